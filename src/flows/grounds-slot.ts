import type { Finding, Found, Heard, Reading, Slot } from '../dialogue/flow.js';
import { matterFacts, type Matter } from '../domain/decisions/matters.js';
import { detailsOf } from '../domain/decisions/reasons.js';
import type { Json, Value } from '../domain/message.js';
import type { Order, OrderLine, ReturnReason } from '../domain/order.js';
import { matterOf } from '../domain/return-rules.js';
import { nameScore } from './grounding.js';
import type { Picked, Selection } from './grounding/selection.js';
import { hearReason, reasonOptions, reasons } from './slots.js';
import { lineName } from './wording.js';

/** Why one piece goes back. */
export type Ground = { readonly order: string; readonly line: string; readonly reason: ReturnReason };
/** One reason for everything, or one a piece. */
export type Grounds = ReturnReason | { readonly of: readonly Ground[] };

type Key = { readonly order: string; readonly line: string };
type SaidReason = { readonly reason: string; readonly words: string; readonly whole: string; readonly all: boolean };
type Said = { readonly said: readonly SaidReason[] } | { readonly picked: { readonly reason: ReturnReason; readonly of: readonly Key[] } };

const same = (a: Key, b: Key): boolean => a.order === b.order && a.line === b.line;
const picksOf = ({ slots }: Pick<Finding, 'slots'>): readonly Picked[] => (slots['items'] as unknown as Selection | undefined)?.picks ?? [];

/** The reason for a piece. */
export const reasonFor = (grounds: Json, key: Key): ReturnReason => {
  const given = grounds as unknown as Grounds;
  return typeof given === 'string' ? given : given.of.find((one) => same(one, key))?.reason ?? 'unstated';
};

const MARKS = /[,.;!?:，。；！？、\n]/u;

/** The words around a reason, from mark to mark: a piece named there is the one it is the reason for. */
function clauseAround({ text }: Heard, start: number, end: number): string {
  const [head, tail] = [text.slice(0, start), text.slice(end)];
  const from = Math.max(...[...head.matchAll(new RegExp(MARKS, 'gu'))].map((match) => match.index + 1), 0);
  const to = MARKS.exec(tail)?.index ?? tail.length;
  return text.slice(from, end + to);
}

/** Hears every reason in a message, each with the words around it. */
function hear(heard: Heard) {
  const named = heard.entities.filter((entity) => entity.kind === 'return_reason');
  const all = heard.entities.some(({ kind }) => kind === 'all' || kind === 'both');
  const said = named.flatMap((entity, index): SaidReason[] => {
    if (entity.kind !== 'return_reason') return [];
    // Between two reasons in one breath, what stands before each is its own.
    const before = named[index - 1];
    const words = named.length > 1 ? heard.text.slice(before?.end ?? 0, entity.end) : clauseAround(heard, entity.start, entity.end);
    return [{ reason: entity.value, words, whole: heard.text, all }];
  });
  if (said.length > 0) return { said: { said }, definite: true };
  // Clearly about something else: no answer to what was asked.
  if (heard.elsewhere) return undefined;
  const other = hearReason(heard);
  return other && { ...other, said: { said: other.said === '' ? [] : [{ reason: String(other.said), words: heard.text, whole: heard.text, all }] } };
}

/** The pieces of the plan some words name, where they name some of them and not all. */
function namedBy(words: string, lines: readonly { readonly key: Key; readonly line: OrderLine; readonly score: (said: string) => number }[]): Key[] {
  const scored = lines.map(({ key, score }) => ({ key, score: score(words) })).filter((one) => one.score >= 0.34);
  const best = Math.max(0, ...scored.map((one) => one.score));
  return scored.filter((one) => one.score >= best - 0.34).map((one) => one.key);
}

async function linesOf(picks: readonly Key[], { shop }: Pick<Finding, 'shop'>) {
  const found = await Promise.all(picks.map(async (key) => {
    const order = await shop.findOrder(key.order);
    const line = order?.lines.find((one) => one.id === key.line);
    const product = line ? await shop.findProduct(line.productId) : null;
    return line ? [{ key: { order: key.order, line: key.line }, line, score: (said: string) => nameScore(said, line, product ?? undefined) }] : [];
  }));
  return found.flat();
}

/**
 * Why each piece goes back. One reason is taken for all of them unless it names some; a fault that is told of several pieces
 * at once is asked after, so that none of them is taken for faulty that is not.
 */
export const groundsSlot: Slot<Json> = {
  edits: true,
  hear,
  async find(finding): Promise<Found<Json>> {
    const { policy, topic, kept } = finding;
    if (!policy.returns.askReason) return { value: 'unstated' };
    const picks = picksOf(finding);
    const lines = await linesOf(picks, finding);
    const known: Ground[] = [];
    const put = (keys: readonly Key[], reason: ReturnReason): void => {
      for (const key of keys) {
        const at = known.findIndex((one) => same(one, key));
        if (at >= 0) known.splice(at, 1);
        known.push({ order: key.order, line: key.line, reason });
      }
    };
    // What the flow that led here was told, then what was settled before, then what is said now.
    const { problem } = topic;
    if (problem) put(picks.filter((pick) => pick.order === problem.order && problem.lines.some(({ line }) => line === pick.line)), problem.reason as ReturnReason);
    if (kept !== undefined) for (const pick of picks) if (typeof kept === 'string' || (kept as unknown as { of: Ground[] }).of.some((one) => same(one, pick))) put([pick], reasonFor(kept, pick));
    const said = finding.said as unknown as Said | undefined;
    const keep = (): { keep?: Json } => (known.length > 0 ? { keep: { of: known } as unknown as Json } : {});
    if (said && 'picked' in said) put(said.picked.of, said.picked.reason);
    const words = said && 'said' in said ? said.said : [];
    for (const one of words) {
      const reason = reasons.find((each) => each === one.reason);
      if (!reason) continue;
      const named = lines.length > 1 && !one.all ? namedBy(one.words, lines) : [];
      const isPart = named.length > 0 && named.length < lines.length;
      const open = picks.filter((pick) => !known.some((each) => same(each, pick)));
      if (isPart) put(named, reason);
      // Told once for what is still without a reason: that, and only that.
      else if (open.length > 0 && open.length < picks.length && finding.kept !== undefined) put(open, reason);
      else if (lines.length > 1 && !one.all && words.length === 1 && policy.returns.faultReasons.includes(reason) && !(known.length === picks.length && known.every((each) => each.reason === reason))) {
        return { ask: { key: 'reason.ask-which', values: { reason: { text: { key: `reason.${reason}` } } } }, options: whichOptions(lines, picks, reason), ...keep() };
      } else put(picks, reason);
    }
    const open = picks.filter((pick) => !known.some((one) => same(one, pick)));
    if (open.length === 0 && picks.length > 0) {
      const [first] = known;
      return { value: first && known.every((one) => one.reason === first.reason) ? first.reason : { of: known } as unknown as Json };
    }
    const rest = lines.filter(({ key }) => open.some((pick) => same(pick, key))).map(({ line }) => lineName(line, 1)).join(', ');
    const key = known.length > 0 ? 'reason.ask-rest' : said === undefined || words.length > 0 ? 'reason.ask' : 'reason.ask-again';
    return { ask: { key, ...(known.length > 0 ? { values: { items: rest } } : {}) }, options: reasonOptions.map(({ label, value }) => ({ label, value: { reason: value, of: open.map(({ order, line }) => ({ order, line })) } })), ...keep() };
  },
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
};

const whichOptions = (lines: readonly { readonly key: Key; readonly line: OrderLine }[], picks: readonly Key[], reason: ReturnReason): { label: Value; value: Json }[] => [
  { label: { text: { key: 'choice.all-of-them' } }, value: { reason, of: picks.map(({ order, line }) => ({ order, line })) } },
  ...lines.slice(0, 6).map(({ key, line }) => ({ label: lineName(line, 1), value: { reason, of: [{ order: key.order, line: key.line }] } })),
];

/** What each reason was told to be more closely; empty where nothing was asked. */
export type Details = Readonly<Partial<Record<ReturnReason, Matter>>>;

/** Whether a reason is asked more closely for some pieces: where some of what it can mean is no defect. */
function isAskedCloser(reason: ReturnReason, lines: readonly OrderLine[], { policy }: Pick<Reading, 'policy'>): boolean {
  const { detailFor, smallMarksIn } = policy.returns.judging;
  if (!policy.returns.faultReasons.includes(reason) || detailsOf[reason] === undefined) return false;
  return detailFor.includes(reason) || (reason === 'defective' && lines.some((line) => smallMarksIn.includes(line.category)));
}

/** What exactly is wrong, asked by buttons for the reasons that need it; a colour or a size named says it, too. */
export const detailsSlot = (isWanted: (order: Order) => boolean = () => true): Slot<Json> => ({
  edits: true,
  restsOn: ['reason'],
  hear(heard) {
    if (!heard.asked || heard.elsewhere) return undefined;
    const kinds = new Set(heard.entities.map(({ kind }) => kind));
    return { said: kinds.has('size') ? 'measurements' : kinds.has('colour') ? 'colour' : '', definite: false };
  },
  async find(finding): Promise<Found<Json>> {
    const picked = (finding.said as { readonly picked?: Details } | undefined)?.picked;
    const done: Partial<Record<ReturnReason, Matter>> = { ...(finding.kept as Details | undefined), ...picked };
    const picks = picksOf(finding);
    const lines = await linesOf(picks, finding);
    for (const reason of new Set(picks.map((pick) => reasonFor(finding.slots['reason'] ?? 'unstated', pick)))) {
      if (done[reason] !== undefined) continue;
      const orders = await Promise.all([...new Set(picks.map(({ order }) => order))].map((number) => finding.shop.findOrder(number)));
      const of = lines.filter(({ key }) => reasonFor(finding.slots['reason'] ?? 'unstated', key) === reason && orders.some((order) => order?.number === key.order && isWanted(order)));
      if (of.length === 0 || !isAskedCloser(reason, of.map(({ line }) => line), finding)) continue;
      const details = detailsOf[reason] ?? [];
      const said = details.find((matter) => matter === finding.said);
      if (said) {
        done[reason] = said;
        continue;
      }
      return {
        ask: { key: finding.said === undefined || picked ? 'matter.ask' : 'matter.ask-again', values: { items: of.map(({ line }) => lineName(line, 1)).join(', '), reason: { text: { key: `reason.${reason}` } } } },
        options: details.map((matter) => ({ label: { text: { key: `matter.${matter}` } }, value: { ...done, [reason]: matter } })), keep: done,
      };
    }
    return { value: done };
  },
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

/** The matter a piece is judged by. */
export const matterFor = (slots: Readonly<Record<string, Json>>, key: Key, policy: Reading['policy']): Matter => {
  const reason = reasonFor(slots['reason'] ?? 'unstated', key);
  const told = (slots['details'] as Details | undefined)?.[reason];
  return matterOf(reason, told === undefined ? undefined : { matter: told }, policy);
};

/** Whether any piece is of a matter in which both sides bring proof. */
export const isGrey = (slots: Readonly<Record<string, Json>>, policy: Reading['policy']): boolean =>
  picksOf({ slots }).some((pick) => matterFacts[matterFor(slots, pick, policy)].group === 'grey');

/** How a grey case is to go on: meet half-way, or show it. */
export type Terms = 'none' | 'split' | 'prove';

/** Asked in a grey case alone: what both sides would have to show, and the way to meet half-way. */
export const termsSlot: Slot<Terms> = {
  restsOn: ['reason', 'details'],
  hear: () => undefined,
  async find(finding): Promise<Found<Terms>> {
    const { policy, slots } = finding;
    if (!isGrey(slots, policy)) return { value: 'none' };
    const share = policy.returns.judging.customerShare;
    if (share === null) return { value: 'prove' };
    const facts = matterFacts.measurements;
    const proof = (sets: readonly (readonly string[])[]): Value => ({ list: (sets[0] ?? []).map((one): Value => ({ text: { key: `proof.${one}` } })) });
    return {
      ask: { key: 'return-item.ask.terms', values: { yours: proof(facts.buyer), ours: proof(facts.shop), share } },
      options: (['split', 'prove'] as const).map((value) => ({ label: { text: { key: `terms.${value}` } }, value })),
    };
  },
};

/** What the customer measured, in their words; asked where it is to be shown. */
export const measuredSlot: Slot<string> = {
  restsOn: ['terms'],
  hear: (heard) => (heard.asked && heard.text.trim() !== '' ? { said: heard.text.trim().slice(0, 500), definite: /\d/u.test(heard.text) } : undefined),
  async find({ said, slots }): Promise<Found<string>> {
    if (slots['terms'] !== 'prove') return { value: '' };
    return typeof said === 'string' && /\d/u.test(said) ? { value: said } : { ask: { key: said === undefined ? 'return-item.ask.measured' : 'return-item.ask.measured-again' } };
  },
};

/** Pieces that go back on the same grounds: one return each, with its own window, fault and freight. */
export interface Batch {
  readonly order: string;
  readonly reason: ReturnReason;
  readonly matter: Matter;
  readonly keys: readonly Key[];
}

/** The pieces of a plan by order and grounds, in the order they were named. */
export function batchesOf(slots: Readonly<Record<string, Json>>, policy: Reading['policy']): Batch[] {
  const batches: (Batch & { keys: Key[] })[] = [];
  for (const { order, line } of picksOf({ slots })) {
    const [reason, matter] = [reasonFor(slots['reason'] ?? 'unstated', { order, line }), matterFor(slots, { order, line }, policy)];
    const found = batches.find((one) => one.order === order && one.reason === reason && one.matter === matter);
    if (found) found.keys.push({ order, line });
    else batches.push({ order, reason, matter, keys: [{ order, line }] });
  }
  return batches;
}
