import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** Everything that can happen in a talk and must be shown by some. */
export const kinds = [
  'digression', 'correction', 'refusal', 'which-order', 'which-line', 'by-number', 'by-item', 'by-time', 'by-position', 'several-orders', 'several-items',
  'several-parcels', 'burst', 'wrong-identity', 'language-switch', 'never-mind', 'why', 'repeat', 'stale-button', 'twice', 'typed-words', 'typed-number',
  'photo', 'hand-over', 'out-of-scope', 'unsure', 'action', 'no-trace',
] as const;

/** The five handlers of the first hour. */
export const handlers = ['order', 'address', 'tracking', 'return', 'offers'] as const;

const words = z.union([z.string(), z.array(z.string()).min(1)]).transform((one) => (typeof one === 'string' ? [one] : one));

const turn = z.strictObject({
  /** A message, or several sent in a burst. */
  says: words.optional(),
  /** A button by its words, its id, or the beginning of its id ("y" for the yes to a plan); the newest such one. */
  presses: z.string().optional(),
  /** As above, but not one of the last answer: a button further up. Skipped where buttons cannot be pressed. */
  pressesOld: z.string().optional(),
  /** A photo; where none can be sent, the words said instead. */
  sendsPhoto: z.strictObject({ elseSays: z.string() }).optional(),
  expects: z.array(z.string()).default([]),
  lacks: z.array(z.string()).default([]),
  shows: z.array(z.string()).default([]),
  hides: z.array(z.string()).default([]),
  choices: z.array(z.string()).default([]),
  files: z.array(z.string()).optional(),
  /** Regular expressions that links of the answer fit. */
  links: z.array(z.string()).default([]),
  /** What must not be found anywhere in what is kept of the talk. */
  neverKept: z.array(z.string()).default([]),
  /** Writes made in the shop so far; without it, none is made in this turn. */
  writes: z.number().int().optional(),
  /** How often the shop's orders were changed so far, where that is not once a write (a case is opened without a change). */
  changes: z.number().int().optional(),
  /** What the shop holds of an order now. */
  holds: z.record(z.string(), z.string()).default({}),
}).refine(({ says, presses, pressesOld, sendsPhoto }) => [says, presses, pressesOld, sendsPhoto].filter((one) => one !== undefined).length === 1, { error: 'a turn says, presses or sends one thing' });

const talk = z.strictObject({
  name: z.string().refine((name) => (name.match(/\[[A-Z]{2}-\d+\]/gu) ?? []).length <= 3, { error: 'a talk carries at most three ids of capabilities' }),
  kinds: z.array(z.enum(kinds)).default([]),
  turns: z.array(turn).min(1),
});

/** One thing a customer does, and what must come of it. */
export type Turn = z.infer<typeof turn>;
/** A conversation as a customer has it, with where it is told. */
export type Talk = z.infer<typeof talk> & { /** What the file is called by: a handler, or a topic. */ readonly handler: string; readonly locale: string; readonly index: number };

const folder = join(fileURLToPath(new URL('.', import.meta.url)), 'talks');

/** Reads one talk; what is wrong with it is an error that names it. */
export const parseTalk = (raw: unknown): z.infer<typeof talk> => talk.parse(raw);

/** All talks, in the order of their files. */
export function readTalks(): Talk[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();
  const talks = files.flatMap((file) => {
    const [handler = '', locale = ''] = file.split('.');
    const parsed = z.array(talk).safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
    return parsed.data.map((one) => ({ ...one, handler, locale }));
  });
  return talks.map((one, index) => ({ ...one, index }));
}
