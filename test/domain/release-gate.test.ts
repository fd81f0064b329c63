import { describe, expect, test } from '@jest/globals';
import { cardMarkdown, type ModelCard } from '../../src/domain/model-card.js';
import { judgeRelease, type CheckFigures } from '../../src/domain/release-gate.js';

const good: CheckFigures = { texts: 400, macroF1: 0.9, accuracy: 0.91, outOfScope: 80, outOfScopeRecall: 0.9 };

describe('the release gate', () => {
  test.each<[string, Partial<CheckFigures>, readonly string[]]>([
    ['nothing changed', {}, []],
    ['everything better', { macroF1: 0.95, outOfScopeRecall: 1 }, []],
    ['F1 falls by exactly one point', { macroF1: 0.89 }, []],
    ['F1 falls by more than one point', { macroF1: 0.889 }, ['de f1']],
    ['out-of-scope recall falls by more than one point over all languages', { outOfScopeRecall: 0.87 }, ['* outOfScopeRecall']],
    ['out-of-scope recall falls in one language, hardly over all', { outOfScopeRecall: 0.885 }, []],
    ['accuracy alone falls', { accuracy: 0.5 }, []],
    ['fewer texts were measured', { texts: 399 }, ['de notMeasured']],
  ])('%s', (_, change, objections) => {
    const verdict = judgeRelease({ en: good, de: good }, { en: good, de: { ...good, ...change } });
    expect(verdict.objections.map(({ locale, what }) => `${locale} ${what}`)).toEqual(objections);
    expect(verdict.passes).toBe(objections.length === 0);
  });

  test('a gain in one language does not make up for a loss in another', () =>
    expect(judgeRelease({ en: good, de: good }, { en: { ...good, macroF1: 0.99 }, de: { ...good, macroF1: 0.88 } }).passes).toBe(false));
  test('a language that is not measured any more is refused', () => expect(judgeRelease({ en: good, de: good }, { en: good }).objections).toEqual([{ locale: 'de', what: 'notMeasured', before: 400, after: 0 }]));
  test('nothing to measure by is no reason to trust a model', () => expect(judgeRelease({}, {}).passes).toBe(false));
});

describe('a model’s card', () => {
  const card: ModelCard = {
    id: '20261122T100000Z-abcdef12', at: '2026-11-22T10:00:00.000Z', by: { id: 'a', name: 'Ada' }, learnedFrom: 'f1', before: 'f0', outcome: 'refused',
    sentences: { en: { inScope: 100, outOfScope: 20 } }, added: [{ text: 'gift wrap please', locale: 'en', intent: 'product_question' }, { text: 'wrap it', locale: 'en', intent: 'product_question' }],
    checkedOn: [{ name: 'en.tsv', locale: 'en', texts: 400 }], figures: { before: { en: good }, after: { en: { ...good, macroF1: 0.85 } } },
    gate: judgeRelease({ en: good }, { en: { ...good, macroF1: 0.85 } }), milliseconds: 1234, bytes: 55_000_000,
  };
  test('says from what, how well, what the gate said, when and by whom', () => {
    const text = cardMarkdown(card);
    for (const part of ['Learned 2026-11-22T10:00:00.000Z by Ada', '**Refused.** en: F1 from 90.0 % to 85.0 %.', '| en | 400 | 90.0 % | 85.0 % |', '| en | 100 | 20 |', '| product_question | en | 2 |', 'en.tsv (en, 400 texts)']) expect(text).toContain(part);
  });
});
