import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.js';
import type { ReceiptProof } from '../ports/records.js';

/** A receipt as it stands in the chain of its conversation. `receipt` is its text as it was stored. */
export interface ChainRow {
  readonly n: number;
  readonly turn: string;
  readonly receipt: string;
  readonly hash: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the first receipt of a conversation is chained to. */
export const firstLink = (conversationId: string): string => sha256(conversationId);

/** The hash of a receipt: of the one before it, and of everything that must not change. */
export function linkOf(before: string, row: Omit<ChainRow, 'hash'>): string {
  return sha256(`${before}\n${canonicalJson({ n: row.n, turn: row.turn, receipt: JSON.parse(row.receipt) as unknown })}`);
}

/** Works the chain of a conversation out anew; the first row that does not fit is named. */
export function proveChain(conversationId: string, rows: readonly ChainRow[]): ReceiptProof {
  let before = firstLink(conversationId);
  for (const [index, row] of rows.entries()) {
    const isReadable = (() => {
      try {
        return linkOf(before, row) === row.hash;
      } catch {
        return false;
      }
    })();
    if (row.n !== index + 1 || !isReadable) return { rows: rows.length, head: before, broken: { at: index + 1, turn: row.turn } };
    before = row.hash;
  }
  return { rows: rows.length, head: before };
}
