import type { Locale } from '../../domain/understanding.js';
import { concepts as englishConcepts } from './en/concepts.js';
import { concepts as spanishConcepts } from './es/concepts.js';
import { concepts as chineseConcepts } from './zh/concepts.js';

/** What is known of a language beyond its training sentences: one folder a language, one line here. */
export interface Language {
  /** Words of shopping by what they mean; the concepts have the same names in all languages. */
  readonly concepts: Readonly<Record<string, string>>;
}

/** The languages the bot speaks, by tag. */
export const LANGUAGES: Readonly<Record<Locale, Language>> = {
  en: { concepts: englishConcepts },
  es: { concepts: spanishConcepts },
  zh: { concepts: chineseConcepts },
};
