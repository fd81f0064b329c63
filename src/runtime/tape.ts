import { createHash } from 'node:crypto';
import type { Json } from '../domain/message.js';
import type { TurnEvent } from '../dialogue/events.js';
import type { Parts } from './parts.js';

/** One thing that was asked of the shop or the cases: what, and by which hash the answer is kept. */
type Read = readonly [asked: string, answer: string];

/** One event that moved a conversation: given from outside, or what came of an effect, then with all it was worked out from. */
export interface TapeStep {
  readonly event: TurnEvent;
  /** Moved the conversation without a word (who is speaking). */
  readonly isSilent?: true;
  readonly effect?: string;
  readonly reads?: readonly Read[];
  /** Every look at the clock, in order. */
  readonly looks?: readonly string[];
}

/** What was said, as the customer got it. */
export interface Said {
  readonly locale: string;
  readonly text: string;
  readonly choices?: Json;
  readonly links?: Json;
}

/** A turn as it was taken: enough to take it again. */
export interface TapeTurn {
  readonly messageId: string;
  /** The conversation before it, where the turn before is not on the tape. */
  readonly from?: Json;
  readonly steps: readonly TapeStep[];
  readonly said: Said | null;
  /** The hash of the conversation after it. */
  readonly to: string;
}

/** The short hash facts and conversations go by on a tape. */
export const hashOf = (json: string): string => createHash('sha256').update(json).digest('base64url').slice(0, 22);

/** Effects whose answer follows from what is read: they can be done again from the tape. */
export const isRepeatable = (kind: string): boolean => ['find', 'propose', 'answer'].includes(kind);

/** How a call is named on a tape. */
export const asked = (what: string, method: string, given: readonly unknown[]): string => `${what}.${method} ${JSON.stringify(given)}`;

/** Every method of a part through one function, by its name and what it is given. */
export const through = <T extends object>(part: T, call: (method: string, given: readonly unknown[], make: () => unknown) => unknown): T => new Proxy(part, {
  get: (target, name) => {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function' || typeof name !== 'string') return method;
    return (...given: readonly unknown[]): unknown => call(name, given, () => Reflect.apply(method, target, given));
  },
});

/** What is the same for everybody: it is kept once, not with each conversation. */
const shared: ReadonlySet<string> = new Set(['profile', 'products', 'findProduct', 'lanesTo', 'lane', 'promotions', 'findCoupon', 'openCoupons', 'memberLevels']);

/** Parts that note everything read through them. */
export function listening(parts: Parts): { readonly parts: Parts; readonly reads: Read[]; readonly looks: string[]; readonly facts: Record<string, string>; readonly sharedFacts: Record<string, string> } {
  const [reads, looks, facts, sharedFacts]: [Read[], string[], Record<string, string>, Record<string, string>] = [[], [], {}, {}];
  const note = (what: string) => async (method: string, given: readonly unknown[], make: () => unknown): Promise<unknown> => {
    const answer = await make();
    const json = JSON.stringify(answer ?? null);
    const hash = hashOf(json);
    (what === 'shop' && shared.has(method) ? sharedFacts : facts)[hash] = json;
    reads.push([asked(what, method, given), hash]);
    return answer;
  };
  return {
    reads, looks, facts, sharedFacts,
    parts: {
      ...parts,
      clock: { now: () => { const at = parts.clock.now(); looks.push(at); return at; } },
      shop: { ...parts.shop, reader: through(parts.shop.reader, note('shop')) },
      records: { ...parts.records, cases: through(parts.records.cases, note('cases')) },
    },
  };
}
