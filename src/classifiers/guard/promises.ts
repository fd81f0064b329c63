import { endOfBusiness, instantIn } from '../../domain/business-days.js';
import type { Policy } from '../../domain/policy.js';
import type { Locale } from '../../domain/understanding.js';
import type { PromiseReader } from '../../ports/promises.js';
import { createEntityReader } from '../entities/entity-reader.js';
import { guardWordsOf, hasGuardWords } from '../languages/guard-index.js';
import { compile } from './pattern.js';
import { readable } from './readable.js';
import { headsOf } from './scripts.js';

const HOUR_MS = 3_600_000;

const words = new Map<Locale, { readonly made: RegExp; readonly hours: RegExp }>();
function wordsOf(locale: Locale): { readonly made: RegExp; readonly hours: RegExp } {
  const heads = headsOf(locale);
  const { made, hours } = guardWordsOf(locale).promise;
  const found = words.get(locale) ?? { made: compile(made, heads, false), hours: compile(hours, heads, false) };
  words.set(locale, found);
  return found;
}

/**
 * Makes the reader of promises in agents' messages. A sentence promises when it says that we will do or tell something; its day
 * is the last one named in it, at the end of the desk's hours; without a day it is the time in which the desk answers.
 */
export function createPromiseReader(desk: Policy['desk']): PromiseReader {
  const readEntities = createEntityReader({ orderNumberPattern: '(?!)', returnNumberPattern: '(?!)', country: 'US' });
  return {
    read(text, { locale: given, at, timeZone }) {
      const locale = hasGuardWords(given) ? given : 'en';
      const tongues = locale === 'en' ? [locale] : [locale, 'en'];
      const dues = readable(text).flatMap((sentence) => {
        const told = (heads: string): string => (heads === 'unspaced' ? sentence.unspaced : sentence.text);
        const tongue = tongues.find((one) => wordsOf(one).made.test(told(headsOf(one))));
        if (!tongue) return [];
        const { hours } = wordsOf(tongue);
        const inHours = Number(/\d+/u.exec(hours.exec(told(headsOf(tongue)))?.[0] ?? '')?.[0] ?? 0);
        if (inHours > 0) return [new Date(Date.parse(at) + inHours * HOUR_MS).toISOString()];
        const days = readEntities(text.slice(sentence.start, sentence.end), tongue, { locale: tongue, localeIsChosen: true, at, timeZone })
          .flatMap((entity) => (entity.kind === 'date' ? [instantIn(entity.to, desk.to, timeZone)] : []))
          .filter((due) => due > at).toSorted();
        return [days.at(-1) ?? endOfBusiness(at, desk.answerBusinessDays, desk, timeZone)];
      });
      const [dueAt] = dues.toSorted();
      return dueAt === undefined ? null : { dueAt };
    },
  };
}
