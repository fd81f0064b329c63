import type { Locale } from '../../domain/understanding.js';
import type { Heads } from './pattern.js';

/** A script, how its words begin, and the languages written in it. */
export interface Script {
  readonly letters: RegExp;
  readonly heads: Heads;
  readonly tongues: readonly Locale[];
}

/** The scripts of the languages the guard knows. */
export const SCRIPTS: readonly Script[] = [
  { letters: /\p{Script=Latin}/u, heads: 'words', tongues: ['en', 'es', 'pt', 'fr', 'de'] },
  { letters: /\p{Script=Cyrillic}/u, heads: 'words', tongues: ['ru'] },
  { letters: /\p{Script=Han}/u, heads: 'unspaced', tongues: ['zh'] },
  { letters: /\p{Script=Arabic}/u, heads: 'glued', tongues: ['ar'] },
];

/** How words begin in a language. */
export const headsOf = (locale: Locale): Heads => SCRIPTS.find(({ tongues }) => tongues.includes(locale))?.heads ?? 'words';
