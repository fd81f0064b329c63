import type { Entity, Locale } from '../domain/understanding.js';
import { isContrary } from '../domain/words/price-bounds.js';
import type { Prediction } from './linear/classifier.js';
import { seamsOf, TALK, type FoundWish, type Part } from './wishes.js';

/** So far into a sentence a condition may stand for all of it to hang on it. */
const HEAD = 10;
/** What a sentence under a condition wants must be shown so likely. */
const SURE = 0.75;
/** In fewer words a condition says nothing of what is to be done then. */
const FEWEST = 4;

/**
 * "Swap it for a blue one. If there is none, send it back": a sentence that begins with a condition and surely wants
 * something else is a wish of its own, though the whole message resembles the first alone. What comes before the first such
 * sentence has to want what the whole is taken for.
 */
export function conditionalWishes({ text, locale, whole, entities, predict, isAside }: {
  readonly text: string; readonly locale: Locale; readonly whole: Prediction; readonly entities: readonly Entity[];
  predict(part: Part): Prediction;
  /** Said beside a wish, and none of its own. */
  isAside(label: string): boolean;
}): readonly FoundWish[] | undefined {
  if (whole.verdict !== 'sure' || TALK.has(whole.label)) return undefined;
  const starts = seamsOf(text, locale).filter(({ joint }) => joint === 'sentence').map(({ start }) => start);
  const upTo = (from: number, to: number): { text: string; entities: Entity[] } => ({ text: text.slice(from, to), entities: entities.filter(({ start, end }) => start >= from && end <= to).map((entity) => ({ ...entity, start: entity.start - from, end: entity.end - from })) });
  // "If it's different anywhere, correct it" is no case of its own; "if there is none" is, and so is the contrary of a price that was told.
  const isConditional = (start: number, end: number): boolean => entities.some((entity) => entity.kind === 'marker' && entity.value === 'if_not' && entity.start >= start && entity.start - start <= HEAD) || isContrary(upTo(0, start), upTo(start, end));
  const found: FoundWish[] = [];
  for (const [index, start] of starts.entries()) {
    const part = { start, end: starts[index + 1] ?? text.length };
    if (!isConditional(part.start, part.end)) continue;
    if ((text.slice(part.start, part.end).match(/\p{L}+|\p{Script=Han}/gu) ?? []).length < FEWEST) continue;
    const prediction = predict(part);
    if (prediction.verdict === 'sure' && prediction.shown >= SURE && prediction.label !== (found.at(-1)?.prediction.label ?? whole.label) && !TALK.has(prediction.label) && !isAside(prediction.label)) found.push({ part, prediction });
  }
  const [first] = found;
  if (!first) return undefined;
  const before = predict({ start: 0, end: first.part.start });
  if (before.label !== whole.label && before.verdict === 'sure') return undefined;
  // What follows a sentence goes with it, up to the next.
  const ends = found.map((_, index) => found[index + 1]?.part.start ?? text.length);
  return [{ part: { start: 0, end: first.part.start }, prediction: whole }, ...found.map((one, index) => ({ ...one, part: { start: one.part.start, end: ends[index] ?? text.length } }))];
}

/** Words that tell under which condition alone what stands before them is wanted. */
const ONLY_IF = /only|as long as|provided|nur|sofern|vorausgesetzt|s[oó]l[oa]|siempre que|somente|apenas|só|desde que|seulement|uniquement|condition|только|при условии|只|前提|فقط|بشرط|بس/iu;
/** A condition begins so near to the head of a part. */
const NEAR = 6;

/** "Swap it for a bigger one, but only if it is cheaper": the condition goes with what it limits; a sentence behind it may be a wish of its own. */
export function withTheirConditions({ found, text, entities, predict }: { readonly found: readonly FoundWish[]; readonly text: string; readonly entities: readonly Entity[]; predict(part: Part): Prediction }): readonly FoundWish[] | undefined {
  const joined = found.reduce<FoundWish[]>((all, wish) => {
    const last = all.at(-1);
    const { start, end } = wish.part;
    const isLimit = last !== undefined && entities.some((entity) => entity.kind === 'marker' && entity.value === 'if' && entity.start <= start + NEAR && entity.end > start && ONLY_IF.test(entity.raw)) && !/[.!?。！？؟]\s*$/u.test(text.slice(0, start));
    if (!last || !isLimit) return [...all, wish];
    const sentence = /[.!?。！？؟]\s*(?=\S)/u.exec(text.slice(start, end));
    const behind = sentence ? start + sentence.index + sentence[0].length : end;
    const rest = behind < end ? predict({ start: behind, end }) : undefined;
    const isOwn = rest?.verdict === 'sure' && !TALK.has(rest.label) && rest.label !== last.prediction.label;
    return [...all.slice(0, -1), { ...last, part: { start: last.part.start, end: isOwn ? behind : end } }, ...(rest && isOwn ? [{ part: { start: behind, end }, prediction: rest }] : [])];
  }, []);
  return joined.length > 1 ? joined : undefined;
}
