import { mayBeAnsweredFor, type Finding, type GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import type { SecondOpinion } from './guard-model.js';
import { readable, type Readable } from './readable.js';
import { likeliestTongue } from './tongues.js';

/** From here on the second opinion stops a message by itself; found by cross-validation, so that hardly a harmless one is. */
const ALONE: Readonly<Record<GuardKind, number>> = { payment_data: 1.4, outside_payment: 1.25, unsourced_date: 1.1, disrespect: 1.75, coached_pretext: 1.5 };

/** Below this it does not believe what a pattern found. */
const AGREES: Readonly<Record<GuardKind, number>> = { payment_data: 0, outside_payment: 0.15, unsourced_date: 0.4, disrespect: 0.05, coached_pretext: 0.05 };

/** A message of so many sentences is read in one piece; a longer one two by two. */
const MOST_AT_ONCE = 3;

/** A piece with fewer letters says too little to be stopped, by likeness alone, for what nobody may answer for; a Chinese sign is worth three. */
const FEWEST_LETTERS = 22;
const saysLittle = (text: string): boolean => (text.match(/\p{L}/gu)?.length ?? 0) + 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) < FEWEST_LETTERS;

/** What the second opinion thinks of a piece of a message. */
export interface Likeness {
  readonly sentences: readonly Readable[];
  readonly tongue: Locale;
  readonly scores: Readonly<Record<GuardKind, number>>;
}

/** What the second opinion thinks of a message, piece by piece. */
export function likenessesIn(second: SecondOpinion, message: string, locale: Locale): readonly Likeness[] {
  const sentences = readable(message);
  const tongue = likeliestTongue(message, sentences.map((one) => one.text).join(''), locale);
  const pieces = sentences.length <= MOST_AT_ONCE ? [sentences] : sentences.slice(1).map((_, i) => sentences.slice(i, i + 2));
  return pieces.map((piece) => ({ sentences: piece, tongue, scores: second.scores(message, piece, tongue) }));
}

/** How like a kind the piece is that is most like it. */
export const highest = (likenesses: readonly Likeness[], kind: GuardKind): number => Math.max(...likenesses.map(({ scores }) => scores[kind]));

/** Whether the second opinion agrees with what a pattern found. Whoever draws letters apart hides something, and needs no second one. */
export const isSeconded = ({ kind, span }: Finding, likenesses: readonly Likeness[]): boolean =>
  likenesses.some(({ sentences, scores }) => sentences.some(({ start, end, wasSpaced }) => start < span.end && end > span.start && (wasSpaced || scores[kind] >= AGREES[kind])));

/** The piece that is most like a kind, where it is so like it that no pattern is needed: the sentence of it that is, and what spoke for it. */
export function likest(second: SecondOpinion, message: string, likenesses: readonly Likeness[], kind: GuardKind): Finding[] {
  const most = likenesses.toSorted((a, b) => b.scores[kind] - a.scores[kind])[0];
  if (most === undefined || most.scores[kind] < ALONE[kind]) return [];
  const { sentences, tongue } = most;
  if (!mayBeAnsweredFor([{ kind }]) && saysLittle(message.slice(sentences[0]?.start, sentences.at(-1)?.end))) return [];
  const sentence = sentences.map((one) => ({ one, score: second.scores(message, [one], tongue)[kind] })).toSorted((a, b) => b.score - a.score)[0]?.one;
  if (sentence === undefined) return [];
  // What is merely unlike everything it has learned has no words that speak for a kind, and nobody could be told why it is stopped.
  const words = second.explain(kind, message, sentences, tongue);
  return words.length === 0 ? [] : [{ kind, span: { start: sentence.start, end: sentence.end }, rule: `${tongue}/likeness`, words }];
}
