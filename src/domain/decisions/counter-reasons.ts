import type { Cell } from './verdicts.js';

/** Why a shop says no to a claim, as a code; what it says beside is for people. */
export const counterReasons = ['over_window', 'resale_harmed', 'not_in_scheme', 'as_described', 'not_shown', 'user_damage', 'sent_without_contact', 'not_the_goods', 'incomplete'] as const;
/** One of them. */
export type CounterReason = (typeof counterReasons)[number];

/** What a counter-reason rests on: it stands only where the case bears it out; the others are for the inspection, or for people, to judge. */
export const counterReasonHolds: Readonly<Record<CounterReason, (cell: Cell) => 'holds' | 'fails' | 'open'>> = {
  over_window: ({ time, group }) => (time === 'late' || (time === 'fault' && (group === 'wish' || group === 'subjective')) ? 'holds' : 'fails'),
  not_in_scheme: ({ goods, group }) => (goods === 'excluded' && (group === 'wish' || group === 'subjective') ? 'holds' : 'fails'),
  not_shown: ({ buyer, group }) => (group === 'wish' || group === 'subjective' ? 'fails' : buyer === 'missing' ? 'holds' : 'fails'),
  as_described: ({ shop, group }) => (group === 'wish' || group === 'subjective' ? 'fails' : shop === 'shown' ? 'open' : 'fails'),
  resale_harmed: ({ group }) => (group === 'wish' || group === 'subjective' ? 'open' : 'fails'),
  user_damage: () => 'open',
  sent_without_contact: () => 'open',
  not_the_goods: () => 'open',
  incomplete: () => 'open',
};
