import type { Receipt } from './receipt.js';

/** A verdict with its sentence in the agent's language: rules have names for the machine only. */
export interface ToldReceipt extends Receipt {
  readonly told: string;
}

/** What the customer is about, in the agent's language: as it stood when a person was asked for, else as it stands now. */
export interface BriefWords {
  /** The ticket it was put down with; null where it is as things stand now. */
  readonly ticket: string | null;
  /** Intents and flows; their names stand in `names`. */
  readonly intent: string | null;
  readonly wants: readonly string[];
  readonly topic: { readonly order?: string; readonly parcel?: string; readonly return?: string };
  readonly slots: readonly { readonly slot: string; readonly value: string }[];
  /** The slot the bot asked for last; `$who` while it asked who is speaking. */
  readonly asked: string | null;
  readonly plan: string | null;
  readonly verdicts: readonly ToldReceipt[];
  readonly tried: readonly { readonly flow: string; readonly outcome: 'done' | 'refused' | 'unknown' | 'open' }[];
  /** A write whose outcome is not known, by the number it was told under. */
  readonly write: string | null;
}
