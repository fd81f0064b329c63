import type { Money } from './money.js';

/** The four kinds of proof: the goods beside the page, the messages, the waybill of a return, a test certificate. */
export type ProofKind = 'comparison' | 'chat' | 'waybill' | 'certificate';

/** A file shown in a case. What is known of its bytes is put down when it is shown, so that it can be checked later. */
export interface ProofFile {
  readonly fileId: string;
  readonly name?: string;
  readonly type?: string;
  readonly size?: number;
  /** SHA-256 of the bytes as received, and as kept. */
  readonly sha256?: string;
  readonly kept?: string;
  /** Numbers of earlier cases, refunds and returns in which these very bytes were shown. For the desk alone. */
  readonly usedIn?: readonly string[];
}

/** What happened in a case: one step of its timeline. `proof` of several files is one piece of evidence. */
export interface CaseEntry {
  /** The number of the case; of a refund or return the bot settled at once, without a case, its own. */
  readonly case: string;
  readonly conversationId: string;
  readonly at: string;
  readonly by: 'customer' | 'shop' | 'bot';
  /**
   * opened, evidence shown, an offer asked for (people decide it), approved, accepted, declined; the platform asked to step
   * in; answered by the shop or the platform; withdrawn.
   */
  readonly what: 'opened' | 'evidence' | 'asked' | 'approved' | 'accepted' | 'declined' | 'platform' | 'answered' | 'withdrawn';
  readonly proof?: ProofKind;
  readonly files?: readonly ProofFile[];
  readonly text?: string;
  /** Of an offer: what was offered, how much, and who has to agree. */
  readonly offer?: { readonly kind: 'coupon' | 'refund'; readonly amount?: Money; readonly coupon?: string; readonly approver?: 'bot' | 'agent' | 'supervisor' };
  /** Of what a person at the desk did. */
  readonly agent?: string;
}

/** An entry to be put down; when is told beside it. */
export type NewEntry = Omit<CaseEntry, 'at'>;
