import type { CaseEntry, ProofKind } from './case-entry.js';
import type { Goodwill, PackingRecord } from './order.js';

/** Everything of a case that both sides may see, as it goes on paper: what it is about, its timeline, the proof of both sides. */
export interface CaseFile {
  readonly number: string;
  readonly orderNumber: string;
  readonly customer: string;
  readonly items: readonly string[];
  readonly state: 'open' | 'answered' | 'closed';
  readonly owner: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly outcome?: string;
  readonly entries: readonly CaseEntry[];
  readonly packing: readonly PackingRecord[];
  readonly goodwill: readonly Goodwill[];
}

/** The four kinds of proof, in the order they are asked for. */
export const proofKinds = ['comparison', 'chat', 'waybill', 'certificate'] as const satisfies readonly ProofKind[];

/** Which kinds of proof the customer has shown. */
export const shownKinds = (entries: readonly CaseEntry[]): ProofKind[] =>
  proofKinds.filter((kind) => entries.some((entry) => entry.by === 'customer' && entry.proof === kind && (entry.files ?? []).length > 0));

/** The entry without what is for the desk alone: in which other cases a file was shown. */
const forBoth = (entry: CaseEntry): CaseEntry => (entry.files ? { ...entry, files: entry.files.map(({ usedIn: _, ...file }) => file) } : entry);

/** The file of a case, put together from what the records and the shop hold. */
export function caseFileOf(
  one: Pick<CaseFile, 'number' | 'orderNumber' | 'state' | 'owner' | 'openedAt' | 'dueAt' | 'outcome'> & { readonly lines?: readonly { readonly lineId: string }[] },
  about: { readonly customer: string; readonly items: readonly string[]; readonly entries: readonly CaseEntry[]; readonly packing?: readonly PackingRecord[]; readonly goodwill?: readonly Goodwill[] },
): CaseFile {
  const { number, orderNumber, state, owner, openedAt, dueAt, outcome } = one;
  return {
    number, orderNumber, state, owner, openedAt, dueAt, ...(outcome === undefined ? {} : { outcome }), customer: about.customer, items: about.items,
    entries: about.entries.map(forBoth), packing: about.packing ?? [], goodwill: (about.goodwill ?? []).filter((given) => given.case === number),
  };
}
