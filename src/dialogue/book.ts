import type { IdentityLevel } from '../domain/customer.js';
import type { FollowUp } from '../domain/understanding.js';
import type { Flow } from './flow.js';

/** What an intent leads to. */
export interface IntentEntry {
  readonly intent: string;
  readonly group: string;
  /** A flow's id, or null for the intents of talk that the engine answers itself. */
  readonly flow: string | null;
}

/**
 * Which intents, or behind `f:` which flows, answer bare questions behind a flow; `underWay` while it is still being gone
 * through, where that differs. `asks`: intents that meanwhile ask such a question of it, unless they name something else.
 */
export type FollowUps = Readonly<Partial<Record<FollowUp, string>>> & {
  readonly underWay?: Readonly<Partial<Record<FollowUp, string>>>;
  readonly asks?: Readonly<Record<string, FollowUp>>;
};

/** Flows and intents, as handed to the engine, with the level each flow needs after the shop's settings. */
export interface Book {
  readonly flows: Readonly<Record<string, Flow>>;
  readonly intents: Readonly<Record<string, IntentEntry>>;
  readonly levels: Readonly<Record<string, IdentityLevel>>;
  /** Intents offered in the menu, in order. */
  readonly menu: readonly string[];
  /** Locales the bot speaks. */
  readonly locales: readonly string[];
  /** What brings a person in besides being asked for, not understanding and anger. */
  readonly handOverOn?: readonly string[];
  /** How many angry messages are answered before a person comes in; left out, one is. */
  readonly angerAnswered?: number;
  /** What bare questions mean behind a flow, by its id; '' behind an order that was only spoken of. */
  readonly followUps?: Readonly<Record<string, FollowUps>>;
  /** Whether an e-mail alone, or name and postcode alone, prove L1 here. */
  readonly identity: { readonly emailAlone: boolean; readonly nameAndPostcodeAlone: boolean };
}
