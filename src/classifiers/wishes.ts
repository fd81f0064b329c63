import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';
import type { Prediction } from './linear/classifier.js';
import { languagePack } from './linear/language-pack.js';
import { createPhraseBook, phrasesOf } from './phrases.js';
import { namesDeed } from './verbs.js';

/** A part of a message that may hold a wish of its own. Offsets are into the whole message. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** What parts two pieces of a message: the end of a question or of another sentence, words that join wishes, a mark or "and" before what begins a wish, any other "and" or mark, nothing but the beginning of a wish. */
export type Joint = 'question' | 'sentence' | 'also' | 'opening' | 'and' | 'comma' | 'bare';

/** A place where a message may be cut: one piece ends, the next begins. */
export interface Seam {
  readonly end: number;
  readonly start: number;
  readonly joint: Joint;
}

/** Longer messages are not cut. */
const LONGEST = 600;
/** More seams than these are not tried, the weakest left out: each costs two predictions. */
const MOST_SEAMS = 10;

const KINDS = ['and', 'also', 'opens'] as const;
type Kind = (typeof KINDS)[number];

/** The joining words of each language; those of another are often other words here. */
const BOOKS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, {
  book: createPhraseBook<Kind>(KINDS.flatMap((kind) => phrasesOf(replies[kind]).map((phrase): [string, Kind] => [phrase, kind]))),
  joining: new Set(phrasesOf(replies.and)), glued: phrasesOf(replies.gluedAnd ?? ''),
}]));
/** Letters that must follow before a glued "and" is one. */
const GLUED_TO = 3;

const SENTENCE_END = /[.!?؟]+["”»)]*(?=\s|$)|[。！？；;؛\n]+|\.{2,}|…+/gu;
const MARK = /[,，、:：،—–]|\s[-+]\s|[\p{Extended_Pictographic}\p{Emoji_Presentation}]+|[)(]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** Whether a sign parts words; a hyphen does not part "e-mail". */
const isApart = (sign: string): boolean => !/[_@'’-]/u.test(sign);
/** A single character of Chinese begins a wish after a mark, but in the middle of a sentence it may be anything. */
const isClear = (phrase: string): boolean => !/^\p{Script=Han}$/u.test(phrase);

/** Whether a piece ends with a word that wants another after it: "the status of my" is not all of a wish. */
const endsInFunctionWord = (piece: string, locale: Locale): boolean => {
  const { stopWords, plain } = languagePack(locale);
  return stopWords.has(plain(/[\p{L}\p{M}']+(?=\s*$)/u.exec(piece.slice(-40))?.[0].toLowerCase() ?? ''));
};

/** Every place where a message in the given language may be cut, in order. */
export function seamsOf(text: string, locale: Locale): readonly Seam[] {
  const words = BOOKS.get(locale);
  if (text.length > LONGEST || !words) return [];
  const { book, glued } = words;
  const found: { from: number; to: number; joint: Joint }[] = [];
  for (const match of text.matchAll(SENTENCE_END)) found.push({ from: match.index + match[0].length, to: match.index + match[0].length, joint: /[?？؟]/u.test(match[0]) ? 'question' : 'sentence' });
  for (const match of text.matchAll(MARK)) found.push({ from: match.index, to: match.index + match[0].length, joint: 'comma' });
  const folded = foldText(text);
  const at = (place: number): number => folded.at[place] ?? text.length;
  const opens = new Set<number>();
  const clear = new Set<number>();
  for (let place = 0; place < folded.text.length; place++) {
    for (const { end, tags } of book.at(folded.text, place)) {
      if (tags.includes('opens')) opens.add(at(place));
      if (tags.includes('opens') && isClear(folded.text.slice(place, end))) clear.add(at(place));
      const isJoint = isApart(text.charAt(at(place) - 1)) && isApart(text.charAt(at(end)));
      for (const joint of ['also', 'and'] as const) if (isJoint && tags.includes(joint)) found.push({ from: at(place), to: at(end), joint });
    }
    const letter = folded.text.charAt(place - 1) === ' ' ? glued.find((one) => folded.text.startsWith(one, place)) : undefined;
    if (letter === undefined) continue;
    const rest = place + letter.length;
    if ((/^\p{L}+/u.exec(folded.text.slice(rest, rest + GLUED_TO))?.[0].length ?? 0) < GLUED_TO) continue;
    found.push({ from: at(place), to: at(place), joint: 'and' });
    if (book.at(` ${folded.text.slice(rest)}`, 1).some(({ tags }) => tags.includes('opens'))) opens.add(at(place));
  }
  for (const place of clear) if (!endsInFunctionWord(text.slice(0, place), locale)) found.push({ from: place, to: place, joint: 'bare' });
  return join(text, found.sort((a, b) => a.from - b.from || b.to - a.to), opens);
}

const RANK: Readonly<Record<Joint, number>> = { question: 6, sentence: 5, also: 4, opening: 3, and: 2, comma: 1, bare: 0 };

/** Seams that touch become one, the strongest; what opens the next piece makes a weak one stronger. */
function join(text: string, found: readonly { from: number; to: number; joint: Joint }[], opens: ReadonlySet<number>): Seam[] {
  const seams: { end: number; start: number; joint: Joint }[] = [];
  const skip = (place: number): number => place + (text.slice(place).length - text.slice(place).trimStart().length);
  for (const { from, to, joint } of found) {
    const last = seams.at(-1);
    const end = text.slice(0, from).trimEnd().length;
    const start = skip(to);
    if (last && from <= last.start) {
      last.start = Math.max(last.start, start);
      if (RANK[joint] > RANK[last.joint]) last.joint = joint;
    } else seams.push({ end, start, joint });
  }
  return seams.filter(({ end, start }) => /[\p{L}\p{N}]/u.test(text.slice(0, end)) && /[\p{L}\p{N}]/u.test(text.slice(start)))
    .map((seam) => ((seam.joint === 'and' || seam.joint === 'comma') && opens.has(seam.start) ? { ...seam, joint: 'opening' } : seam));
}

/** Small talk around a wish is no wish of its own. */
export const TALK: ReadonlySet<string> = new Set(['greet', 'goodbye', 'thanks', 'affirm', 'deny', 'help', 'stop', 'bot_challenge', 'change_language']);

/** What speaks for a cut, as logistic regression over labelled messages has it; above 0 the odds are even. */
const WEIGHTS = {
  start: -14.4,
  joint: { question: 1.49, sentence: 0, also: 1.88, opening: -0.04, and: -0.49, comma: -0.94, bare: -1.33 } satisfies Readonly<Record<Joint, number>>,
  /** How high the whole message holds the weaker of the two wishes. */
  whole: 12.27,
  /** How far each part prefers its own wish to the other's. */
  apart: 12.19,
  /** The logarithm of the letters in the shorter part. */
  length: 0.75,
  /** How sure the less sure of the two wishes is, as log odds between −1 and 3. */
  surety: 0.35,
};
/** The messages weighed hold several wishes more often than customers' do; yet what is cut wrongly shows in the plan, what is overlooked is not done. */
const CUT_FROM = -0.1;
/** A part of a message leaves more in doubt than a whole one: so likely its wish must be shown. */
const PART_FROM = 0.3;
/** In a message of so many letters there is much that is only told: a part of it is a wish where it resembles one at least so well. */
const STORY = 140;
const TOLD_FROM = -0.15;
/** A Chinese character says about as much as three letters. */
const HAN_WORTH = 3;
const LONG_ENOUGH = 90;

/** With fewer words there is no wish. */
const FEWEST_WORDS = 2;

/** Where nothing parts them, so few words are the rest of one wish: "where are / my points", "my coupon / does not work". */
const FEWEST_BARE = 3;

/** Whether there are words enough for a wish, joining words aside. */
function speaks(said: string, locale: Locale, fewest = FEWEST_WORDS): boolean {
  const words = foldText(said).text.match(/\p{Script=Han}|\p{L}{2,}/gu) ?? [];
  return words.filter((word) => !BOOKS.get(locale)?.joining.has(word)).length >= fewest;
}

/** What is merely told before something is asked: the goods are back, and the money is not. */
const TOLD_BEFORE: Readonly<Record<string, readonly string[]>> = {
  refund_status: ['return_status', 'order_cancel'], return_label: ['return_status'], delivered_not_received: ['delivery_failed'], delivery_failed: ['delivered_not_received'],
  repair_warranty: ['item_defective'], order_status: ['price_adjustment', 'payment_status'], exchange_request: ['item_not_as_described'],
};
const ASKS = /[?？؟]/u;

/** A wish, with the part of the message it was found in. */
export interface FoundWish {
  readonly part: Part;
  readonly prediction: Prediction;
}

/** A part of a message counts alone only where it says this many words and its wish is shown at least so likely. */
const ALONE_WORDS = 3;
const ALONE_FROM = 0.6;
/** Where the whole message seems to be about something else, a sentence must be surer. */
const ALONE_AGAINST = 0.85;

/**
 * What single sentences want, where the message as a whole leaves it open: a greeting, a story or a yes around a wish hides
 * it from who looks at all of it. Each wish once, in the order they were said; nothing where no sentence says one surely.
 */
export function findInSentences({ text, locale, whole, predict, saidIn }: Pick<Parameters<typeof findWishes>[0], 'text' | 'locale' | 'whole' | 'predict' | 'saidIn'>): readonly FoundWish[] {
  const seams = seamsOf(text, locale);
  // A yes before a mark is a sentence of its own: "yes, and the other one".
  const cuts = seams.filter(({ joint, end }, index) => joint === 'question' || joint === 'sentence' || (index === 0 && end <= OPENING_YES && (joint === 'comma' || joint === 'also' || joint === 'opening')));
  if (cuts.length === 0) return [];
  const edges = [0, ...cuts.map(({ start }) => start)];
  const parts = edges.map((start, index) => ({ start, end: cuts[index]?.end ?? text.length }));
  const found: FoundWish[] = [];
  for (const part of parts) {
    const words = foldText(saidIn(part) ?? '').text.match(/\p{Script=Han}|\p{L}{2,}/gu) ?? [];
    if (words.length < ALONE_WORDS) continue;
    const prediction = predict(part);
    if (prediction.verdict !== 'sure' || TALK.has(prediction.label) || prediction.shown < (whole.verdict === 'out_of_scope' && !namesDeed(text.slice(part.start, part.end), locale, prediction.label) ? ALONE_AGAINST : ALONE_FROM) || found.some((one) => one.prediction.label === prediction.label)) continue;
    found.push({ part, prediction });
  }
  return found;
}

/** Small talk that says nothing of the wish it stands around. */
const AROUND: ReadonlySet<string> = new Set(['greet', 'thanks', 'goodbye']);

/** The sentences of a message that are no small talk, as parts; nothing where none is, or hardly anything is left. */
export function withoutTalk({ text, locale, predict, saidIn, isAside }: Pick<Parameters<typeof findWishes>[0], 'text' | 'locale' | 'predict' | 'saidIn'> & { /** Says only who is speaking. */ isAside(part: Part): boolean }): readonly Part[] | undefined {
  const cuts = seamsOf(text, locale).filter(({ joint }) => joint === 'question' || joint === 'sentence');
  if (cuts.length === 0) return undefined;
  const parts = [0, ...cuts.map(({ start }) => start)].map((start, index) => ({ start, end: cuts[index]?.end ?? text.length }));
  const kept = parts.filter((part) => {
    if (isAside(part)) return false;
    const { verdict, label } = predict(part);
    return verdict !== 'sure' || !AROUND.has(label);
  });
  const words = kept.flatMap((part) => foldText(saidIn(part) ?? '').text.match(/\p{Script=Han}|\p{L}{2,}/gu) ?? []).length;
  return kept.length < parts.length && words >= (parts.some(isAside) ? FEWEST_WORDS : ALONE_WORDS) ? kept : undefined;
}

/** How far into a message its first mark may stand for what is before it to be a mere yes. */
const OPENING_YES = 12;

/** How high a label's score stands among all of them: 1 is as high as can be, 0 the middle. */
function standing({ scores }: Prediction, place: number): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0));
  return spread === 0 ? 0 : ((scores[place] ?? mean) - mean) / spread * Math.sqrt(scores.length / (scores.length - 1));
}

const lettersIn = (text: string): number => text.length + (HAN_WORTH - 1) * (text.match(/\p{Script=Han}/gu)?.length ?? 0);

/**
 * The wishes of a message, if it can be cut into parts that clearly want different things: a cut counts by what stands
 * between the parts, by how clearly each part wants something else, and by how much the whole message speaks of both.
 */
export function findWishes({ text, locale, whole, labels, predict, saidIn }: {
  readonly text: string; readonly locale: Locale;
  /** What the whole message is taken for. */
  readonly whole: Prediction;
  /** The intents, in the order of a prediction's scores. */
  readonly labels: readonly string[];
  predict(part: Part): Prediction;
  /** What a part says besides the numbers and names in it; nothing where one of them runs across its edge. */
  saidIn(part: Part): string | undefined;
}): readonly FoundWish[] | undefined {
  const strongest = [...seamsOf(text, locale)].sort((a, b) => RANK[b.joint] - RANK[a.joint]).slice(0, MOST_SEAMS);
  const isStory = lettersIn(text) >= STORY;
  const known = new Map<string, FoundWish | undefined>();

  /** What a part wants, if it may want anything and says so halfway surely. */
  function wishIn(part: Part): FoundWish | undefined {
    const key = `${part.start} ${part.end}`;
    if (known.has(key)) return known.get(key);
    const prediction = speaks(saidIn(part) ?? '', locale) ? predict(part) : undefined;
    const wish = prediction !== undefined && prediction.shown >= PART_FROM && (!isStory || part.end - part.start === text.length || (prediction.top[0]?.score ?? 0) >= TOLD_FROM) && !TALK.has(prediction.label) ? { part, prediction } : undefined;
    known.set(key, wish);
    return wish;
  }

  /** A cut of a part in two, by what speaks for it; nothing where the parts want the same. */
  function weigh(both: Prediction, left: FoundWish, right: FoundWish, joint: Joint): number {
    const [one, two] = [left, right].map(({ prediction }) => labels.indexOf(prediction.label));
    if (one === undefined || two === undefined || one === two) return Number.NEGATIVE_INFINITY;
    const isTold = TOLD_BEFORE[right.prediction.label]?.includes(left.prediction.label) === true;
    if (isTold && joint !== 'also' && !ASKS.test(text.slice(left.part.start, right.part.start))) return Number.NEGATIVE_INFINITY;
    const held = Math.min(standing(both, one), standing(both, two));
    const apart = (standing(left.prediction, one) - standing(left.prediction, two) + standing(right.prediction, two) - standing(right.prediction, one)) / 2;
    const shown = Math.min(left.prediction.shown, right.prediction.shown);
    const surety = Math.max(-1, Math.min(3, Math.log(shown / (1 - shown))));
    const shorter = Math.min(...[left, right].map(({ part }) => lettersIn(text.slice(part.start, part.end))), LONG_ENOUGH);
    return WEIGHTS.start + WEIGHTS.joint[joint] + WEIGHTS.whole * held + WEIGHTS.apart * apart + WEIGHTS.length * Math.log(shorter) + WEIGHTS.surety * surety;
  }

  function split(wish: FoundWish): readonly FoundWish[] {
    let best: { readonly weight: number; readonly left: FoundWish; readonly right: FoundWish } | undefined;
    for (const { end, start, joint } of strongest) {
      if (end <= wish.part.start || start >= wish.part.end) continue;
      const left = wishIn({ start: wish.part.start, end });
      const right = left && wishIn({ start, end: wish.part.end });
      if (!right || (joint === 'bare' && [left, right].some(({ part }) => !speaks(saidIn(part) ?? '', locale, FEWEST_BARE)))) continue;
      const weight = weigh(wish.prediction, left, right, joint);
      if (weight > (best?.weight ?? CUT_FROM)) best = { weight, left, right };
    }
    if (!best) return [wish];
    const pieces = [...split(best.left), ...split(best.right)];
    // A wish that comes back further on was cut too finely.
    return new Set(pieces.map(({ prediction }) => prediction.label)).size === pieces.length ? pieces : [best.left, best.right];
  }

  const wishes = strongest.length === 0 ? [] : split({ part: { start: 0, end: text.length }, prediction: whole });
  return wishes.length > 1 ? wishes : undefined;
}
