import { createHash } from 'node:crypto';
import { z } from 'zod';
import { clusterVectors } from '../domain/clusters.js';
import { isTeachable, sentenceKey, trainingSentence } from '../domain/training-sentence.js';
import type { Entity } from '../domain/understanding.js';
import type { Similarity } from '../ports/similarity.js';
import type { TrainingLabel, UnderstoodMessage } from '../ports/training.js';

/** A sentence that was not understood for certain, how often it was said, and what it was taken for. */
export interface UnclearSentence {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  readonly lastAt: string;
  readonly guess: readonly { readonly intent: string; readonly confidence: number }[];
  readonly verdict: string;
}

/** Sentences of one language that are alike. */
export interface UnclearCluster {
  readonly id: string;
  readonly locale: string;
  /** How often its sentences were said. */
  readonly count: number;
  readonly sentences: readonly UnclearSentence[];
  /** What its sentences were taken for most, the likeliest first. */
  readonly guess: readonly string[];
}

const shape = z.object({
  text: z.string(), locale: z.string(), entities: z.array(z.looseObject({ kind: z.string(), start: z.number(), end: z.number() })),
  intents: z.array(z.object({ intent: z.string(), confidence: z.number(), verdict: z.string(), top: z.array(z.object({ intent: z.string(), score: z.number() })) })).min(1),
});

/** The most a language shows at a time; who has taught these sees the next. */
const MOST_A_LANGUAGE = 200;
const MOST_GUESSES = 3;

/** The name of a sentence: the same words in the same language have the same. */
export const labelId = (text: string, locale: string): string => createHash('sha256').update(sentenceKey(text, locale)).digest('base64url').slice(0, 24);

/** A message as a sentence to be taught; null where its record is of another shape or there is nothing in it to learn. */
export function sentenceOf({ understanding, at }: UnderstoodMessage, isKnown: (word: string) => boolean): (UnclearSentence & { readonly locale: string }) | null {
  const parsed = shape.safeParse(understanding);
  if (!parsed.success) return null;
  const { locale, intents, entities } = parsed.data;
  const text = trainingSentence(parsed.data.text, entities as unknown as readonly Entity[], isKnown);
  if (!isTeachable(text)) return null;
  // That it is none of them has a button of its own; what it might be is asked of the intents.
  const guess = [...new Map(intents.flatMap(({ top, intent, confidence }) => [...(intent === 'out_of_scope' ? [] : [{ intent, confidence }]), ...top.flatMap((one) => (one.intent === 'out_of_scope' ? [] : [{ intent: one.intent, confidence: one.intent === intent ? confidence : 0 }]))]).map((one) => [one.intent, one])).values()];
  return { id: labelId(text, locale), locale, text, count: 1, lastAt: at, verdict: intents[0]?.verdict ?? '', guess: guess.slice(0, MOST_GUESSES) };
}

/** What is to be grouped, and by what. */
export interface Unclear {
  readonly messages: readonly UnderstoodMessage[];
  readonly labels: readonly TrainingLabel[];
  readonly isKnown: (word: string) => boolean;
}

/** The sentences nobody has given a meaning to, by language, what was said most first. */
function unlabelled({ messages, labels, isKnown }: Unclear): ReadonlyMap<string, readonly UnclearSentence[]> {
  const labelled = new Set(labels.map(({ id }) => id));
  const byLocale = new Map<string, Map<string, UnclearSentence>>();
  for (const message of messages) {
    const sentence = sentenceOf(message, isKnown);
    if (!sentence || sentence.verdict === 'sure' || labelled.has(sentence.id)) continue;
    const { locale, ...one } = sentence;
    const sentences = byLocale.get(locale) ?? new Map<string, UnclearSentence>();
    byLocale.set(locale, sentences);
    const there = sentences.get(one.id);
    sentences.set(one.id, there ? { ...there, count: there.count + 1 } : one);
  }
  return new Map([...byLocale].map(([locale, all]) => [locale,
    [...all.values()].sort((a, b) => b.count - a.count || (a.lastAt === b.lastAt ? (a.id < b.id ? -1 : 1) : a.lastAt > b.lastAt ? -1 : 1)).slice(0, MOST_A_LANGUAGE)]));
}

function clusterOf(locale: string, sentences: readonly UnclearSentence[]): UnclearCluster {
  const votes = new Map<string, number>();
  for (const { guess, count } of sentences) guess.forEach(({ intent }, rank) => votes.set(intent, (votes.get(intent) ?? 0) + count / (rank + 1)));
  return {
    id: `${locale}-${sentences[0]?.id ?? ''}`, locale, sentences, count: sentences.reduce((sum, { count }) => sum + count, 0),
    guess: [...votes].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, MOST_GUESSES).map(([intent]) => intent),
  };
}

/** Makes what groups what was not understood for certain, by language; what was said most comes first. Only a language in which something changed is grouped anew, and between two of them others have their turn. */
export function createClusterer(similarity: Similarity): (unclear: Unclear) => Promise<readonly UnclearCluster[]> {
  const known = new Map<string, { readonly key: string; readonly groups: readonly (readonly number[])[] }>();
  return async (unclear) => {
    const clusters: UnclearCluster[] = [];
    for (const [locale, sentences] of unlabelled(unclear)) {
      const key = sentences.map(({ id }) => id).join(' ');
      const before = known.get(locale);
      const groups = before?.key === key ? before.groups : clusterVectors(similarity.vectors(sentences.map(({ text }) => text), locale), similarity.least);
      known.set(locale, { key, groups });
      clusters.push(...groups.map((places) => clusterOf(locale, places.flatMap((place) => sentences[place] ?? []))));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return clusters.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  };
}
