import type { Group } from './matters.js';

/** Who answers for what went wrong. */
export type AtFault = 'seller_defect' | 'seller_wrong_item' | 'carrier' | 'buyer' | 'nobody' | 'open';
/** Who pays a leg of the way; `split` = both, by the shop's share. Undecided while proof is awaited. */
export type Payer = 'shop' | 'customer' | 'split' | 'undecided';
/** In whose favour a case ends. */
export type Winner = 'buyer' | 'seller' | 'settled' | 'open';
/** Why a claim is not taken, as a code. */
export type RefusalCode = 'no-photo' | 'no-contact' | 'user-damage' | 'late' | 'over-window' | 'not-in-scheme';

/** The axes of the table, each with everything it can be. */
export const axes = {
  group: ['quality', 'wrong_item', 'carrier', 'grey', 'subjective', 'wish'],
  /** Whether each side has shown what it says. */
  buyer: ['shown', 'missing'],
  shop: ['shown', 'missing'],
  /** Whether goods of this kind may go back without a fault where the buyer lives. */
  goods: ['free', 'excluded'],
  /** Inside the window for a change of mind; past it but inside the one for faults; past both. */
  time: ['scheme', 'fault', 'late'],
  /** Who pays by what both sides agreed, if they did. */
  agreement: ['none', 'buyer', 'shop', 'split'],
  /** What the buyer did that no proof makes good. */
  conduct: ['none', 'no_contact', 'user_damage'],
} as const;

/** A case as the table sees it: one value an axis. */
export type Cell = { readonly [A in keyof typeof axes]: (typeof axes)[A][number] };

/** What comes of a case. */
export interface Outcome {
  readonly fault: AtFault;
  /** Whether the claim is granted, refused, or waits for what is missing. */
  readonly ruling: 'granted' | 'refused' | 'proof-wanted';
  /** The way there (the fee paid at purchase), the way back, and the way of what is sent instead. */
  readonly there: Payer;
  readonly back: Payer;
  readonly replacement: Payer;
  readonly winner: Winner;
  readonly refusal?: RefusalCode;
  /** Both may meet half-way: the freight is split, nobody is blamed. */
  readonly compromise?: true;
  /** The platform's penalty for the shop, in points; told to the merchant only. */
  readonly points?: number;
}

/** A row: what it applies to (an axis left out = whatever it is) and what comes of it. `id` is also its verdict's sentence, `verdict.<id>`. */
export interface Row {
  readonly id: string;
  readonly when: { readonly [A in keyof typeof axes]?: readonly Cell[A][] };
  readonly outcome: Outcome;
}

const shopPays = { there: 'shop', back: 'shop', replacement: 'shop' } as const;
const buyerPays = { there: 'customer', back: 'customer', replacement: 'customer' } as const;
const undecided = { there: 'undecided', back: 'undecided', replacement: 'undecided' } as const;
const inTime = ['scheme', 'fault'] as const;
const calm = { agreement: ['none'], conduct: ['none'] } as const;
const wishes: readonly Group[] = ['subjective', 'wish'];

/**
 * The table of decisions. Rows have no order: whatever the case, exactly one of them fits. Outcome rule: a fault of the shop's
 * is decided for the buyer; what is a matter of taste, outside the window for a change of mind, for the shop.
 */
export const rows: readonly Row[] = [
  { id: 'user-damage', when: { conduct: ['user_damage'] }, outcome: { fault: 'buyer', ruling: 'refused', refusal: 'user-damage', ...buyerPays, winner: 'seller' } },
  { id: 'no-contact', when: { conduct: ['no_contact'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'no-contact', ...buyerPays, winner: 'seller' } },
  { id: 'late', when: { time: ['late'], conduct: ['none'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'late', ...buyerPays, winner: 'seller' } },

  { id: 'agreed-buyer', when: { time: inTime, agreement: ['buyer'], conduct: ['none'] }, outcome: { fault: 'nobody', ruling: 'granted', ...buyerPays, winner: 'settled' } },
  { id: 'agreed-shop', when: { time: inTime, agreement: ['shop'], conduct: ['none'] }, outcome: { fault: 'nobody', ruling: 'granted', there: 'customer', back: 'shop', replacement: 'shop', winner: 'settled' } },
  { id: 'agreed-split', when: { time: inTime, agreement: ['split'], conduct: ['none'] }, outcome: { fault: 'nobody', ruling: 'granted', there: 'customer', back: 'split', replacement: 'split', winner: 'settled', compromise: true } },

  { id: 'defect-shown', when: { ...calm, group: ['quality'], time: inTime, buyer: ['shown'], shop: ['missing'] }, outcome: { fault: 'seller_defect', ruling: 'granted', ...shopPays, winner: 'buyer' } },
  { id: 'wrong-item-shown', when: { ...calm, group: ['wrong_item'], time: inTime, buyer: ['shown'], shop: ['missing'] }, outcome: { fault: 'seller_wrong_item', ruling: 'granted', ...shopPays, winner: 'buyer' } },
  { id: 'contested', when: { ...calm, group: ['quality', 'wrong_item', 'grey'], time: inTime, buyer: ['shown'], shop: ['shown'] }, outcome: { fault: 'open', ruling: 'proof-wanted', ...undecided, winner: 'open', compromise: true } },
  { id: 'not-shown', when: { ...calm, group: ['quality', 'wrong_item', 'carrier'], time: inTime, buyer: ['missing'] }, outcome: { fault: 'open', ruling: 'proof-wanted', refusal: 'no-photo', ...undecided, winner: 'open' } },
  // The buyer deals with the shop alone: what the carrier broke, the shop settles with the carrier.
  { id: 'carrier', when: { ...calm, group: ['carrier'], time: inTime, buyer: ['shown'] }, outcome: { fault: 'carrier', ruling: 'granted', ...shopPays, winner: 'buyer' } },

  { id: 'size-mismatch', when: { ...calm, group: ['grey'], time: inTime, buyer: ['shown'], shop: ['missing'] }, outcome: { fault: 'seller_defect', ruling: 'granted', ...shopPays, winner: 'buyer', points: 3 } },
  { id: 'evidence-needed', when: { ...calm, group: ['grey'], time: inTime, buyer: ['missing'], shop: ['missing'] }, outcome: { fault: 'open', ruling: 'proof-wanted', ...undecided, winner: 'open', compromise: true } },
  { id: 'as-listed', when: { ...calm, group: ['grey'], time: ['scheme'], goods: ['free'], buyer: ['missing'], shop: ['shown'] }, outcome: { fault: 'nobody', ruling: 'granted', ...buyerPays, winner: 'buyer' } },
  { id: 'as-listed-excluded', when: { ...calm, group: ['grey'], time: ['scheme'], goods: ['excluded'], buyer: ['missing'], shop: ['shown'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'not-in-scheme', ...buyerPays, winner: 'seller' } },
  { id: 'as-listed-over', when: { ...calm, group: ['grey'], time: ['fault'], buyer: ['missing'], shop: ['shown'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'over-window', ...buyerPays, winner: 'seller' } },

  { id: 'change-of-mind', when: { ...calm, group: ['wish'], time: ['scheme'], goods: ['free'] }, outcome: { fault: 'nobody', ruling: 'granted', ...buyerPays, winner: 'buyer' } },
  { id: 'not-a-defect', when: { ...calm, group: ['subjective'], time: ['scheme'], goods: ['free'] }, outcome: { fault: 'nobody', ruling: 'granted', ...buyerPays, winner: 'buyer' } },
  { id: 'not-in-scheme', when: { ...calm, group: wishes, time: ['scheme'], goods: ['excluded'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'not-in-scheme', ...buyerPays, winner: 'seller' } },
  { id: 'over-window', when: { ...calm, group: wishes, time: ['fault'] }, outcome: { fault: 'nobody', ruling: 'refused', refusal: 'over-window', ...buyerPays, winner: 'seller' } },
];

const names = Object.keys(axes) as (keyof typeof axes)[];

/** The rows that fit a cell: one, where the table is whole and does not contradict itself. */
export const rowsFor = (cell: Cell, table: readonly Row[] = rows): Row[] =>
  table.filter(({ when }) => names.every((axis) => (when[axis] as readonly string[] | undefined)?.includes(cell[axis]) !== false));
