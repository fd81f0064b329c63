import type { Receipt } from '../receipt.js';
import { matterFacts, type Cause, type Evidence, type Matter } from './matters.js';
import { rowsFor, type Cell, type Outcome, type Row } from './verdicts.js';

/** A case as it lies on the table. */
export interface Case {
  readonly matter: Matter;
  readonly buyer: readonly Evidence[];
  readonly shop: readonly Evidence[];
  readonly goods: Cell['goods'];
  readonly time: Cell['time'];
  readonly agreement: Cell['agreement'];
  readonly conduct: Cell['conduct'];
  /** The shop wants no proof of the buyer for this. */
  readonly takesWord?: boolean;
}

/** A verdict with what it rests on and what would still change it. */
export interface Decision extends Outcome {
  /** The row's id; its sentence is `verdict.<id>`. */
  readonly verdict: string;
  readonly matter: Matter;
  readonly cause: Cause;
  /** What each side has not shown yet, by its shortest way to show it. */
  readonly missing: { readonly buyer: readonly Evidence[]; readonly shop: readonly Evidence[] };
  readonly receipt: Receipt;
}

/** What is lacking of the set that needs least; null where nothing would show it. */
function lacking(sets: readonly (readonly Evidence[])[], have: readonly Evidence[]): readonly Evidence[] | null {
  const open = sets.map((set) => set.filter((one) => !have.includes(one))).toSorted((a, b) => a.length - b.length);
  return open[0] ?? null;
}

/** The case as one cell of the table. */
export function cellOf(given: Case): Cell {
  const facts = matterFacts[given.matter];
  const isShown = (sets: readonly (readonly Evidence[])[], have: readonly Evidence[]): 'shown' | 'missing' => (lacking(sets, have)?.length === 0 ? 'shown' : 'missing');
  return {
    group: facts.group, buyer: given.takesWord === true ? 'shown' : isShown(facts.buyer, given.buyer), shop: isShown(facts.shop, given.shop),
    goods: given.goods, time: given.time, agreement: given.agreement, conduct: given.conduct,
  };
}

/**
 * Decides a case by the table: who is at fault, who pays each leg, or what is missing of whom. Pure; a case that no row fits
 * is a broken table and throws, which the test of every combination rules out.
 */
export function decide(given: Case, { policyVersion, at, table }: { readonly policyVersion: string; readonly at: string; readonly table?: readonly Row[] }): Decision {
  const cell = cellOf(given);
  const [row] = rowsFor(cell, table);
  if (!row) throw new RangeError(`No row fits ${JSON.stringify(cell)}`);
  const facts = matterFacts[given.matter];
  const { outcome, id } = row;
  return {
    ...outcome, verdict: id, matter: given.matter, cause: cell.conduct === 'none' ? facts.cause : 'buyer',
    missing: { buyer: given.takesWord === true ? [] : lacking(facts.buyer, given.buyer) ?? [], shop: lacking(facts.shop, given.shop) ?? [] },
    receipt: { rule: 'return.verdict', granted: outcome.ruling === 'granted', policyVersion, at, inputs: { verdict: { text: { key: `verdict.${id}` } }, matter: { text: { key: `matter.${given.matter}` } } } },
  };
}
