import { readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { openModel } from '../../src/classifiers/model.js';
import { root } from '../house/sources.js';
import { complaints, LANGUAGES, measure, type Baseline } from './gate.js';

// Where nothing has been built yet the model is trained first.
jest.setTimeout(300_000);

const baseline = JSON.parse(readFileSync(`${root}test/understanding/baseline.json`, 'utf8')) as Baseline;

describe('what is understood does not get worse unnoticed', () => {
  test('on the development sets of all languages', async () => {
    const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
    expect(complaints(await measure(model), baseline)).toEqual([]);
  });

  test('and whoever writes a new baseline says why', () => {
    expect(Object.keys(baseline.figures)).toEqual([...LANGUAGES]);
    expect(baseline.written.length).toBeGreaterThan(0);
    for (const { date, because } of baseline.written) expect([date, because]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/u), expect.stringMatching(/\S{3,}.*\s.*\S{3,}/u)]);
  });

  test.each([
    ['a language falls by more than two points in scope', { inScopeAccuracy: 0.86 }, ['en: inScopeAccuracy fell from 90.0 % to 86.0 %']],
    ['a language lets more out-of-scope texts through', { outOfScopeRecall: 0.85 }, ['en: outOfScopeRecall fell from 90.0 % to 85.0 %']],
    ['all together fall by more than half a point', { accuracy: 0.88 }, ['over all languages accuracy fell from 90.0 % to 89.0 %']],
    ['nothing falls by more than may be', { inScopeAccuracy: 0.881, outOfScopeRecall: 0.881, accuracy: 0.892 }, []],
  ])('the gate shuts when it should: %s', (_, change, expected) => {
    const good = { accuracy: 0.9, inScopeAccuracy: 0.9, outOfScopeRecall: 0.9, top3: 0.95 };
    const before: Baseline = { written: [], figures: { en: good, de: good } };
    expect(complaints({ en: { ...good, ...change }, de: good }, before)).toEqual(expected);
  });

  test('the gate shuts when a language is not measured', () => {
    const good = { accuracy: 0.9, inScopeAccuracy: 0.9, outOfScopeRecall: 0.9, top3: 0.95 };
    expect(complaints({ en: good }, { written: [], figures: { en: good, de: good } })).toContain('de is not measured any more');
  });
});
