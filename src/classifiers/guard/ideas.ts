import type { Locale } from '../../domain/understanding.js';
import { IDEAS, type IdeaName } from '../languages/guard-ideas.js';
import { guardIdeasOf } from '../languages/guard-index.js';
import { compile } from './pattern.js';
import type { Readable } from './readable.js';
import { headsOf } from './scripts.js';
import { tongueOf } from './tongues.js';

/** An idea found in a message: which, where in its folded text, and the words it was found by. */
export interface Idea {
  readonly name: IdeaName | 'asks' | 'shouts' | 'counts' | 'day';
  readonly at: number;
  readonly words: string;
}

const compiled = new Map<Locale, readonly (readonly [IdeaName, RegExp])[]>();

function expressionsOf(locale: Locale): readonly (readonly [IdeaName, RegExp])[] {
  const found = compiled.get(locale) ?? IDEAS.map((name) => [name, new RegExp(compile(guardIdeasOf(locale)[name], headsOf(locale), false).source, 'gu')] as const);
  compiled.set(locale, found);
  return found;
}

const ASKS = /[?\uff1f\u061f]/u;
const SHOUTS = /[!\uff01]/u;

/** The ideas of some sentences, in the order in which they stand there. */
export function ideasIn(message: string, sentences: readonly Readable[], tongue: Locale): readonly Idea[] {
  const isUnspaced = headsOf(tongue) === 'unspaced';
  const found: Idea[] = [];
  let before = 0;
  for (const sentence of sentences) {
    const text = isUnspaced ? sentence.unspaced : sentence.text;
    for (const [name, words] of expressionsOf(tongue)) {
      for (const match of text.matchAll(words)) found.push({ name, at: before + match.index, words: match[0].trim() });
    }
    for (const match of text.matchAll(tongueOf(tongue, headsOf(tongue), false).when)) found.push({ name: 'day', at: before + match.index, words: match[0].trim() });
    const written = message.slice(sentence.start, sentence.end);
    const end = before + text.length;
    const number = text.search(/\d/u);
    if (ASKS.test(written)) found.push({ name: 'asks', at: end, words: '?' });
    if (SHOUTS.test(written)) found.push({ name: 'shouts', at: end, words: '!' });
    if (number >= 0) found.push({ name: 'counts', at: before + number, words: /\d+/u.exec(text)?.[0] ?? '' });
    before = end;
  }
  return found.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
}
