import { readFileSync } from 'node:fs';
import { root } from '../house/sources.js';

/** The languages there are messages in. */
export const LANGUAGES = ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar'] as const;

/** The two halves: one to work with, one to measure with at the end. */
export const HALVES = ['tuning', 'sealed'] as const;

/** What a message of an agent or bot may be labelled. */
export const LABELS = ['payment_data', 'outside_payment', 'unsourced_date', 'disrespect', 'coached_pretext', 'normal'] as const;

/** What a message of a buyer may be labelled. */
export const ABUSE_LABELS = ['abuse', 'harsh_but_fine', 'calm'] as const;

/** One message, and where it stands: a failing test names the place, so that it shows nothing of the sealed half. */
export interface Labelled { readonly text: string; readonly label: string; readonly place: string }

function read(file: string): Labelled[] {
  const [head, ...lines] = readFileSync(`${root}test/guards/corpus/${file}`, 'utf8').trimEnd().split('\n');
  if (head !== 'text\tlabel') throw new Error(`${file} does not begin with its head line`);
  return lines.map((line, i) => {
    const [text, label, ...more] = line.split('\t');
    if (!text || !label || more.length > 0) throw new Error(`${file}:${i + 2} is not a text, a tab and a label`);
    return { text, label, place: `${file}:${i + 2}` };
  });
}

/** Messages of agents and bots to buyers; `fresh` are further ones, apart from the two halves, that nothing is learned from either; `validation` was that before, and is learned from now. */
export const readSent = (half: (typeof HALVES)[number] | 'validation' | 'fresh', language: string): Labelled[] => read(`${half}/${language}.tsv`);

/** Messages of buyers: abusive, angry, calm. */
export const readAbuse = (half: (typeof HALVES)[number], language: string): Labelled[] => read(`abuse/${half}/${language}.tsv`);
