import { SOFT_BREAKS } from '../../domain/words/joiners.js';
import { has } from './narrowing.js';
import type { NameMention } from './names.js';
import { cut, type Part } from './wish.js';
import { isNaming, wordsOf } from './words.js';

const breaks = /[.;!?\n。；！？]+\s*/gu;

/** A mention, the part of the message that speaks of it, and what of that stands before it. */
export interface Region { readonly mention: NameMention; readonly part: Part; readonly before: Part }

/** Each mention with the part of the message that speaks of it; the same thing named again in a row is one. */
export function regionsOf(part: Part, mentions: readonly NameMention[]): Region[] {
  const merged: NameMention[] = [];
  for (const mention of mentions) {
    const last = merged.at(-1);
    const between = last ? cut(part, last.end, mention.end) : undefined;
    const isSame = last && between && mention.products.some((id) => last.products.includes(id)) && !has(between, 'other', 'also');
    if (isSame) merged[merged.length - 1] = { products: last.products.length <= mention.products.length ? last.products : mention.products, start: last.start, end: mention.end };
    else merged.push(mention);
  }
  const starts = merged.map((mention, index) => {
    const from = merged[index - 1]?.end ?? 0;
    const gap = part.text.slice(from, mention.start);
    const cutAt = [...gap.matchAll(breaks)].at(-1) ?? [...gap.matchAll(SOFT_BREAKS)].at(-1);
    return index === 0 ? 0 : cutAt ? from + cutAt.index + cutAt[0].length : mention.start;
  });
  const regions = merged.map((mention, index) => ({ mention, part: cut(part, starts[index] ?? 0, starts[index + 1] ?? part.text.length), before: cut(part, starts[index] ?? 0, mention.start) }));
  // "The bed and the chair to the cheapest": what is said of the last of a row is said of all of it.
  for (let index = regions.length - 2; index >= 0; index -= 1) {
    const [one, next] = [regions[index], regions[index + 1]];
    if (!one || !next) continue;
    const own = part.text.slice(one.mention.end, starts[index + 1]);
    const isSaid = one.part.entities.some(({ kind }) => ['comparison', 'colour', 'size'].includes(kind));
    if (!isSaid && wordsOf(own.replace(SOFT_BREAKS, ' ')).filter((word) => isNaming(word.stem)).length === 0 && !/[.;!?]/u.test(own)) {
      const tail = cut(part, next.mention.end, next.mention.end + Math.max(0, next.part.text.length - (next.mention.end - (starts[index + 1] ?? 0))));
      regions[index] = { ...one, part: join(one.part, tail) };
    }
  }
  return regions;
}

/** Two parts one behind the other. */
export function join(a: Part, b: Part): Part {
  const text = `${a.text} ; `;
  return { text: text + b.text, entities: [...a.entities, ...b.entities.map((entity) => ({ ...entity, start: entity.start + text.length, end: entity.end + text.length }))] };
}

/** What is said of one piece behind what is said of all, but before what is wanted if that cannot be had. */
export function beforeTurn(all: Part, own: Part): Part {
  const turn = all.entities.find((entity) => entity.kind === 'marker' && entity.value === 'if_not');
  return turn ? join(join(cut(all, 0, turn.start), own), cut(all, turn.start, all.text.length)) : join(all, own);
}

/** The sentence, or what of it stands between its marks, in which the first thing is named: what stands before is said of everything. */
export function clauseOf(part: Part, { mention, before }: Region): Region {
  const from = Math.max(0, ...[...before.text.matchAll(breaks), ...before.text.matchAll(SOFT_BREAKS)].map((match) => match.index + match[0].length));
  const to = [...part.text.slice(mention.end).matchAll(breaks)][0]?.index ?? part.text.length - mention.end;
  return { mention, part: cut(part, from, mention.end + to), before: cut(part, from, mention.start) };
}
