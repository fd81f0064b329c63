import { describe, expect, test } from '@jest/globals';
import { readFollowUp } from '../../src/classifiers/follow-ups.js';
import { saysNothing, saysToLeave, withKept } from '../../src/classifiers/refraining.js';
import type { FollowUp } from '../../src/domain/understanding.js';

const asked: readonly (readonly [locale: string, ...texts: (readonly [FollowUp, string])[]])[] = [
  ['en', ['back', 'So how much would I get back?'], ['when', 'ok, and by when?'], ['cost', 'is that free?'], ['how', 'and how do I do that'], ['done', 'has it gone through yet?']],
  ['zh', ['back', '能退给我多少啊'], ['when', '要等几天'], ['arrives', '那啥时候能到呢'], ['cost', '免费吗'], ['to', '退到哪里']],
  ['es', ['back', '¿y me devuelven todo?'], ['when', 'pues para cuándo'], ['arrives', '¿y cuándo me llega?'], ['where', 'dónde está ahora'], ['to', '¿en qué cuenta?']],
  ['pt', ['back', 'e vocês me devolvem tudo?'], ['when', 'tá, e qual o prazo?'], ['cost', 'quanto fica isso?'], ['how', 'e como faço isso'], ['done', 'já chegou?']],
  ['fr', ['back', 'et je récupère tout ?'], ['when', 'd’accord, et c’est long ?'], ['cost', 'c’est gratuit ?'], ['where', 'et il est où maintenant ?'], ['how', 'bon, je fais comment ?']],
  ['de', ['back', 'krieg ich dann alles zurück?'], ['when', 'Und bis wann?'], ['arrives', 'kommt es noch diese Woche?'], ['cost', 'Muss ich da was zahlen?'], ['how', 'Und wie geht das?']],
  ['ru', ['back', 'а деньги вернёте?'], ['when', 'и какие сроки?'], ['arrives', 'когда его доставят'], ['cost', 'кто за это платит?'], ['how', 'и что мне делать']],
  ['ar', ['back', 'طيب والفلوس؟'], ['when', 'والمدة؟'], ['arrives', 'امتى هيوصل؟'], ['cost', 'مجانا؟'], ['how', 'كيف أسويها']],
];

describe('bare questions', () => {
  test.each(asked.flatMap(([locale, ...texts]) => texts.map(([kind, text]) => [locale, text, kind] as const)))('%s: "%s" asks %s', (locale, text, kind) => {
    expect(readFollowUp(text, locale)).toBe(kind);
  });

  test('what names a thing, answers or wants something is none', () => {
    for (const [locale, text] of [['en', 'when does my kettle come?'], ['en', 'how much is the blue lamp?'], ['en', 'yes'], ['en', 'cancel it'], ['de', 'Wann ist Ostern?'], ['es', 'cuánto cuesta la lámpara'], ['zh', '退款到哪了'], ['ru', 'сколько стоит лампа'], ['fr', ''], ['xx', 'when?']] as const) {
      expect([text, readFollowUp(text, locale)]).toEqual([text, undefined]);
    }
  });

  test('a long row of words it may be put together of is read to its end', () => {
    for (const text of ['and so then ok '.repeat(4), 'y '.repeat(35), '那'.repeat(69), 'когда а и '.repeat(6)]) expect([text, readFollowUp(text, 'en')]).toEqual([text, undefined]);
  });
});

test('words by which nothing is done are known in every language', () => {
  for (const text of ['then cancel nothing', 'no canceles nada', 'não cancele nada', 'n’annulez rien', 'nichts stornieren', 'ничего не отменяйте', '什么都别取消']) expect([text, saysNothing(text)]).toEqual([text, true]);
  for (const text of ['leave it as it is', 'déjalo como está', 'laissez-la comme elle est', 'lass es so', 'оставьте как есть', '保持原样']) expect([text, saysToLeave(text)]).toEqual([text, true]);
  expect([saysNothing('cancel the order'), saysToLeave('change the order')]).toEqual([false, false]);
  const not = { kind: 'marker', value: 'not', start: 0, end: 6 } as const;
  expect(withKept([{ ...not, raw: 'i keep' }, { ...not, raw: 'do not' }])).toEqual([{ ...not, raw: 'i keep', keeps: true }, { ...not, raw: 'do not' }]);
});
