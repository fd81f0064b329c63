import type { EntityWords, Phrases } from '../languages/entity-words.js';
import { LANGUAGES } from '../languages/index.js';
import { patternFor, tableOf, type Slots, type Table, type Tongue } from './phrasebook.js';

/** A language the reader knows: how it is written, and its words. */
export interface Spoken { readonly tongue: Tongue; readonly words: EntityWords }

/** Every language of the folder `languages`. */
export const spoken: readonly Spoken[] = Object.entries(LANGUAGES).map(([locale, { entities }]) => ({ tongue: { locale, script: entities.script }, words: entities }));

/** A locale's language: "en" of "en-GB". */
export const languageOf = (locale: string): string => locale.split('-')[0] ?? locale;

/** Makes something for every language, and gives it with the language of a message first: where two claim the same words, that one has them. */
export function perLanguage<T>(make: (language: Spoken) => T): (locale: string) => readonly T[] {
  const made = spoken.map((language) => ({ locale: language.tongue.locale, value: make(language) }));
  const orders = new Map(made.map(({ locale }) => [locale, made.toSorted((a, b) => Number(b.locale === locale) - Number(a.locale === locale)).map(({ value }) => value)]));
  const usual = made.map(({ value }) => value);
  return (locale) => orders.get(languageOf(locale)) ?? usual;
}

/** Makes something for a language when the first message in it comes; nothing for a language that is not spoken. */
export function whenSpoken<T>(make: (language: Spoken) => T): (locale: string) => T | undefined {
  const made = new Map<string, T>();
  return (locale) => {
    const tag = languageOf(locale);
    const language = made.has(tag) ? undefined : spoken.find(({ tongue }) => tongue.locale === tag);
    if (language) made.set(tag, make(language));
    return made.get(tag);
  };
}

/** The phrases of all languages as the source of one pattern for plain text. */
export const inAnyLanguage = (pick: (words: EntityWords) => Phrases, slots: Slots = {}): string =>
  `(?:${spoken.map(({ tongue, words }) => patternFor(pick(words), tongue, slots)).join('|')})`;

/** A table of phrases by key, as it stands in a language's words. */
export const tableIn = <K extends string>(record: Readonly<Partial<Record<K, Phrases>>>, tongue: Tongue): Table<K> =>
  tableOf((Object.entries(record) as [K, Phrases][]).map(([key, phrases]) => [key, phrases] as const), tongue);
