import type { Finding } from '../dialogue/flow.js';
import type { Candidate, Selection } from './grounding/selection.js';
import { namesIn } from './grounding/names.js';

/** What was said for a slot that gathers pieces, message by message; a pressed button says none. */
interface Words { readonly messages?: readonly { readonly text: string; readonly intent: string }[] }

/** Flows that do something with pieces of what has arrived. */
const OF_PIECES: readonly string[] = ['return-item', 'swap-items'];

/**
 * "Yes, for the lamp and the mug, too", where something else was wanted of the mug and waits: beside a yes the mug is named for
 * that, and does not join the plan on the table.
 */
export function withoutWaitedFor(now: Selection, { kept, said, waiting = [] }: Finding, all: readonly Candidate[]): Selection {
  const [only, second] = (said as unknown as Words | undefined)?.messages ?? [];
  const before = kept as unknown as Selection | undefined;
  if (!before || only?.intent !== 'affirm' || second) return now;
  const products = [...new Map(all.map(({ product }) => [product.id, product])).values()];
  const texts = waiting.filter(({ flow }) => OF_PIECES.includes(flow)).flatMap((wish) => Object.values(wish.said).flatMap((one) => {
    const heard = one as unknown as Words | null;
    return heard?.messages?.map(({ text }) => text) ?? [];
  }));
  const named = new Set(texts.flatMap((text) => namesIn(text, products)).flatMap((mention) => mention.products));
  const isMeant = (pick: Selection['picks'][number]): boolean => {
    const piece = all.find(({ order, line }) => order.number === pick.order && line.id === pick.line);
    return before.picks.some((one) => one.order === pick.order && one.line === pick.line) || piece === undefined || !named.has(piece.product.id);
  };
  const picks = now.picks.filter(isMeant);
  return picks.length === now.picks.length || picks.length === 0 ? now : { ...now, picks };
}
