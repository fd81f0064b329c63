import type { Locale } from '../../domain/understanding.js';
import { guard as arabic } from './ar/guard.js';
import { guard as german } from './de/guard.js';
import { guard as english } from './en/guard.js';
import { guard as spanish } from './es/guard.js';
import { guard as french } from './fr/guard.js';
import type { GuardWords } from './guard-words.js';
import { guard as portuguese } from './pt/guard.js';
import { guard as russian } from './ru/guard.js';
import { guard as chinese } from './zh/guard.js';

/** What the guard knows of each language: kept apart from the rest, because only the guard reads it. */
const WORDS: Readonly<Record<Locale, GuardWords>> = { en: english, zh: chinese, es: spanish, pt: portuguese, fr: french, de: german, ru: russian, ar: arabic };

/** Whether the guard has words for a language. */
export const hasGuardWords = (locale: Locale): boolean => Object.hasOwn(WORDS, locale);

/** The guard's words of a language; English where there are none. */
export const guardWordsOf = (locale: Locale): GuardWords => WORDS[locale] ?? english;
