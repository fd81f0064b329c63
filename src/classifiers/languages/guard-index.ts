import type { Locale } from '../../domain/understanding.js';
import { guard as arabic } from './ar/guard.js';
import { ideas as arabicIdeas } from './ar/guard-ideas.js';
import { guard as german } from './de/guard.js';
import { ideas as germanIdeas } from './de/guard-ideas.js';
import { guard as english } from './en/guard.js';
import { ideas as englishIdeas } from './en/guard-ideas.js';
import { guard as spanish } from './es/guard.js';
import { ideas as spanishIdeas } from './es/guard-ideas.js';
import { guard as french } from './fr/guard.js';
import { ideas as frenchIdeas } from './fr/guard-ideas.js';
import type { GuardIdeas } from './guard-ideas.js';
import type { GuardWords } from './guard-words.js';
import { guard as portuguese } from './pt/guard.js';
import { ideas as portugueseIdeas } from './pt/guard-ideas.js';
import { guard as russian } from './ru/guard.js';
import { ideas as russianIdeas } from './ru/guard-ideas.js';
import { guard as chinese } from './zh/guard.js';
import { ideas as chineseIdeas } from './zh/guard-ideas.js';

/** What the guard knows of each language: kept apart from the rest, because only the guard reads it. */
const WORDS: Readonly<Record<Locale, GuardWords>> = { en: english, zh: chinese, es: spanish, pt: portuguese, fr: french, de: german, ru: russian, ar: arabic };

/** Whether the guard has words for a language. */
export const hasGuardWords = (locale: Locale): boolean => Object.hasOwn(WORDS, locale);

/** The guard's words of a language; English where there are none. */
export const guardWordsOf = (locale: Locale): GuardWords => WORDS[locale] ?? english;

const IDEAS_OF: Readonly<Record<Locale, GuardIdeas>> = { en: englishIdeas, zh: chineseIdeas, es: spanishIdeas, pt: portugueseIdeas, fr: frenchIdeas, de: germanIdeas, ru: russianIdeas, ar: arabicIdeas };

/** The words of the ideas in a language; English where there are none. */
export const guardIdeasOf = (locale: Locale): GuardIdeas => IDEAS_OF[locale] ?? englishIdeas;
