/** What a message to a customer must never do: ask for payment data, move money past the shop, state days nobody gave, hurt, teach untrue reasons. */
export const GUARD_KINDS = ['payment_data', 'outside_payment', 'unsourced_date', 'disrespect', 'coached_pretext'] as const;

/** One of them. */
export type GuardKind = (typeof GUARD_KINDS)[number];

/** One thing found in a message that is about to go out. */
export interface Finding {
  readonly kind: GuardKind;
  /** The part of the message it was found in. */
  readonly span: { readonly start: number; readonly end: number };
  /** Which pattern found it, `<language>/<name>`: for the log and for whoever tends the patterns. */
  readonly rule: string;
  /** Words that spoke for it, where it was found by likeness: to show whoever wrote them, never for a log. */
  readonly words?: readonly string[];
}

/** What somebody who answers for it may send all the same, with a reason: a day they know from elsewhere, a word that was not meant so. */
const answerable: readonly GuardKind[] = ['unsourced_date', 'disrespect'];

/** Whether a message with these findings may go out when somebody answers for it; payment data, payment past the shop and untrue reasons never may. */
export const mayBeAnsweredFor = (findings: readonly Pick<Finding, 'kind'>[]): boolean => findings.every(({ kind }) => answerable.includes(kind));
