import type { Heard } from '../dialogue/flow.js';
import { AS_BEFORE, LIKE, LIKE_THE_ONE, NO_ORDER, OF_ORDER, OTHER_ORDER, PLACED, SAME_AS, SOURCES, THE_SAME_ADDRESS_BEHIND, THE_SAME_BEHIND, WANTED, WENT_THERE, WHERE_IT_WENT } from '../domain/words/address-source.js';
import { refer, type Reference } from './grounding.js';

/** The order whose address is meant as the new one ("the same address as order …"); not one of those to be changed. */
export function sourceOrder(heard: Heard): string | undefined {
  const numbers = heard.entities.flatMap((entity) => (entity.kind === 'order_number' && entity.marked ? [entity] : [])).toSorted((a, b) => a.start - b.start);
  const [last, before] = [numbers.at(-1), numbers.at(-2)];
  if (!last) return undefined;
  if (heard.intent === 'account_update' && !heard.asked) return last.value;
  const at = heard.text.indexOf(last.raw, before ? heard.text.indexOf(before.raw) + before.raw.length : 0);
  const lead = heard.text.slice(before ? heard.text.indexOf(before.raw) + before.raw.length : 0, at);
  const trail = heard.text.slice(at + last.raw.length, at + last.raw.length + 20);
  if (before) return (LIKE.test(lead) || THE_SAME_BEHIND.test(trail)) ? last.value : undefined;
  return LIKE_THE_ONE.test(lead) || AS_BEFORE.test(lead) && THE_SAME_ADDRESS_BEHIND.test(trail) ? last.value : undefined;
}

/** An order that is described where the new address stands: its words, and whether simply another one than those to change. */
export interface DescribedSource {
  readonly phrase: string;
  readonly isOther: boolean;
  /** A thing told to have gone to the new address: its order is none of those to be changed. */
  readonly isThere: boolean;
  readonly reference: Reference;
}

/** The same in the other languages. */
function inOtherWords(text: string): { readonly found: RegExpExecArray; readonly isThere: boolean } | undefined {
  const first = (patterns: readonly RegExp[]): RegExpExecArray | undefined => patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? undefined;
  const ofOrder = first(SOURCES.ofOrder);
  if (ofOrder) return { found: ofOrder, isThere: false };
  const went = first(SOURCES.whereItWent) ?? first(SOURCES.wentThere);
  return went && { found: went, isThere: true };
}

/** The order whose address is meant as the new one, where it is not named by number. */
export function describedSource(heard: Heard): DescribedSource | undefined {
  const there = WENT_THERE.exec(heard.text);
  const went = WHERE_IT_WENT.exec(heard.text);
  const ofThing = went && !/\b(?:orders?|profile|account|default|home|house|address\w*|card|other)\b/iu.test(went.groups?.['order'] ?? went.groups?.['thing'] ?? '') ? went : null;
  const told = inOtherWords(heard.text);
  const found = OF_ORDER.exec(heard.text) ?? SAME_AS.exec(heard.text) ?? ofThing ?? (there && !/\border\b/iu.test(there.groups?.['order'] ?? '') ? there : null) ?? told?.found;
  const phrase = found?.[0];
  const order = found?.groups?.['order'] ?? found?.groups?.['thing'] ?? OF_ORDER.exec(phrase ?? '')?.groups?.['order'];
  if (phrase === undefined || order === undefined || NO_ORDER.test(order)) return undefined;
  const rest = heard.text.replace(phrase, ' ');
  const entities = heard.entities.filter(({ raw }) => order.includes(raw) && !rest.includes(raw));
  if (entities.some(({ kind }) => kind === 'order_number')) return undefined;
  return { phrase, isThere: found === there || found === ofThing || (found === told?.found && told?.isThere === true), isOther: OTHER_ORDER.test(order), reference: refer({ ...heard, text: order, entities }, 'order_number') };
}

/** The words that tell orders by where they go now: "the order I sent to my brother's place in Dallas". */
export function placeClause(text: string): string | undefined {
  for (const match of text.matchAll(PLACED)) {
    // "I want my order sent to the new place": that is where it should go.
    if (/\b(?:order|one|package|parcel)s?,?\s+(?:sent|shipped|going|headed)\b/iu.test(match[0]) && WANTED.test(text.slice(0, match.index))) continue;
    const rest = text.slice(match.index + match[0].length);
    // "The order I sent to my brother": the way there belongs to it; a second one is where it should go.
    const to = /^\s+to (?:my|our|the)\b[^.,;:!?\n]*?(?=\s+to (?:my|our|the|be)\b|\s+(?:should|needs?|must|and|but|so|instead)\b|[.,;:!?\n]|$)/iu.exec(rest)?.[0] ?? '';
    const clause = /\b(?:to|in|at|for)\s/iu.test(match[0].replace(/\b(?:should|needs?)\b.*/iu, '')) ? match[0] : match[0] + to;
    if (/\b(?:to|in|at|for)\s+\S/iu.test(clause)) return clause;
  }
  return undefined;
}
