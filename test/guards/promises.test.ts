import { describe, expect, test } from '@jest/globals';
import { createPromiseReader } from '../../src/classifiers/guard/promises.js';

const reader = createPromiseReader({ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', answerBusinessDays: 2, holidays: [] });
/** A Wednesday noon. */
const now = { at: '2026-06-17T12:00:00.000Z', timeZone: 'UTC' };
const due = (text: string, locale: string): string | undefined => reader.read(text, { locale, ...now })?.dueAt.slice(0, 16);

describe('what an agent promises', () => {
  test.each([
    ['en', "I'll get back to you by Friday."], ['de', 'Ich melde mich bis Freitag bei Ihnen.'], ['fr', 'Je vous recontacte vendredi.'], ['es', 'Le escribo el viernes.'],
    ['pt', 'Te escrevo na sexta-feira.'], ['ru', 'Отвечу вам в пятницу.'], ['zh', '我周五给您回复。'], ['ar', 'سأرد عليك يوم الجمعة.'],
  ])('%s: is due at the end of the day it names', (locale, text) => expect(due(text, locale)).toBe('2026-06-19T18:00'));
  test.each([
    ['en', "You'll hear from us."], ['de', 'Sie hören von uns.'], ['fr', 'Vous aurez une réponse.'], ['es', 'Le aviso en cuanto sepa algo.'],
    ['pt', 'Te aviso assim que souber.'], ['ru', 'Мы вам перезвоним.'], ['zh', '我们会尽快联系您。'], ['ar', 'سنتواصل معك.'],
  ].slice(0))('%s: without a day is due when the desk answers', (locale, text) => expect(due(text, locale)).toBe('2026-06-19T18:00'));
  test('in hours is due to the hour', () => expect(due('We will call you within 4 hours.', 'en')).toBe('2026-06-17T16:00'));
  test('the first of several counts', () => expect(due("I'll write tomorrow. You'll hear from the carrier by Friday.", 'en')).toBe('2026-06-18T18:00'));
  test.each(['Your parcel was handed over on 3 June.', 'Please write to us by Friday.', 'The return is possible until 30 June.', 'Thank you, have a nice day!'])('is nothing in: %s', (text) => expect(due(text, 'en')).toBeUndefined());
});
