import type { Value } from './text.js';

/** Why something was granted or refused: the rule, what went into it, which policy, when. Kept, and told on "why?". */
export interface Receipt {
  /** Stable rule id, e.g. "return.window"; `receipt.<rule>` is its sentence in the locales. */
  readonly rule: string;
  readonly granted: boolean;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly policyVersion: string;
  readonly at: string;
}
