import type { Finding, Found, Reading, Refused, Slot } from '../dialogue/flow.js';
import type { CaseEntry, ProofKind } from '../domain/case-entry.js';
import { proofKinds, shownKinds } from '../domain/case-file.js';
import { standingOf, type Standing } from '../domain/dispute-rules.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { stepIn, type Step } from '../domain/words/dispute.js';
import { SPEAKS_OF_REVIEW } from '../domain/words/reviews.js';
import type { Case } from '../ports/cases.js';
import { caseFacts } from './case-wording.js';
import { agrees, lacksPhoto, orderOf, problemLines, wordsSlot } from './problem-slots.js';
import type { LinePick } from './slots.js';
import { lineName } from './wording.js';

/** What is known of a disagreement: the order and pieces, the case there is, what happened in it, and where it stands. */
export interface Known {
  readonly order: Order;
  readonly picks: readonly LinePick[];
  readonly items: readonly string[];
  /** The case open for one of the pieces, else the one that was. */
  readonly dispute: Case | undefined;
  readonly entries: readonly CaseEntry[];
  readonly standing: Standing;
}

/** Looks everything up that is known of a disagreement about some pieces. */
export async function knownOf(order: Order, picks: readonly LinePick[], { cases, customer, policy, now, timeZone }: Pick<Reading, 'cases' | 'customer' | 'policy' | 'now' | 'timeZone'>): Promise<Known> {
  const all = (await cases.ofCustomer(customer?.id ?? '')).filter((one) => one.orderNumber === order.number);
  const own = all.filter((one) => one.kind === 'dispute' && (one.lines ?? []).some((part) => picks.some((pick) => pick.line === part.lineId)));
  const dispute = own.find((one) => one.state !== 'closed') ?? own[0];
  return {
    order, picks, dispute, items: order.lines.flatMap((line) => picks.filter((pick) => pick.line === line.id).map((pick) => lineName(line, pick.quantity))),
    entries: dispute ? await cases.entries(dispute.number) : [], standing: standingOf(order, picks, all, policy, now, timeZone),
  };
}

/** The pieces; after a word about a case of the customer's they are those of that case, unless others are named. */
export const disputeLines: Slot<LinePick[]> = {
  ...problemLines,
  async find(finding): Promise<Found<LinePick[]>> {
    const found = await problemLines.find(finding);
    const order = 'ask' in found && found.keep === undefined ? await orderOf(finding) : null;
    const about = (finding.topic.items ?? []).filter((one) => one.order === order?.number).map(({ line }) => line);
    if (!order || about.length === 0 || !finding.customer) return found;
    const spoken = (await finding.cases.ofCustomer(finding.customer.id)).find((one) => one.kind === 'dispute' && one.orderNumber === order.number && one.lines?.some(({ lineId }) => about.includes(lineId)));
    return spoken?.lines ? { value: spoken.lines.map(({ lineId, quantity }) => ({ line: lineId, quantity })) } : found;
  },
};

/** The same, from the slots found so far. */
export async function known(finding: Finding): Promise<Known | null> {
  const order = await orderOf(finding);
  return order && knownOf(order, (finding.slots['lines'] ?? []) as unknown as LinePick[], finding);
}

const told = (style: 'day' | 'both') => (instant: string | undefined, zone: string): Value => (instant === undefined ? '' : { date: instant, zone, style });
const day = told('day');
/** A time that runs out, to the minute. */
const by = told('both');
const option = (step: Step): { label: Value; value: Step } => ({ label: { text: { key: labels[step] } }, value: step });
const labels: Readonly<Record<Step, string>> = {
  resend: 'dispute.choice.resend', apply: 'dispute.choice.apply', offer: 'dispute.choice.offer', evidence: 'dispute.choice.evidence', platform: 'dispute.choice.platform',
  withdraw: 'dispute.choice.withdraw', file: 'dispute.choice.file', transcript: 'dispute.choice.transcript',
};

/** The checklist: each of the four kinds, shown or still to come. */
export const checklist = (entries: readonly CaseEntry[]): Value => {
  const shown = shownKinds(entries);
  return { lines: proofKinds.map((kind): Value => ({ text: { key: 'dispute.check', values: { kind, shown: shown.includes(kind) ? 'yes' : 'no' } } })) };
};

/** What was asked of the shop before, each with where it stands. */
const askedLines = ({ standing }: Known, zone: string): Value =>
  ({ lines: standing.asked.map((one): Value => ({ text: { key: 'dispute.asked', values: { ask: one.number, stands: one.stands, due: by(one.due, zone), hasDue: one.due === undefined ? 'no' : 'yes' } } })) });

function question(facts: Known, zone: string): { ask: Reply; steps: readonly Step[] } {
  const { order, items, dispute, standing, entries } = facts;
  const values = { number: order.number, items: { list: items } };
  if (dispute && dispute.state === 'closed') {
    return { steps: ['file', 'transcript'], ask: { key: 'dispute.ask.closed', values: { ...values, case: dispute.number, outcome: dispute.outcome ?? '', how: entries.at(-1)?.what ?? 'closed' }, choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] } };
  }
  if (dispute) {
    const withPlatform = dispute.owner === 'dispute_desk';
    const waiting = entries.findLast((entry) => entry.what === 'approved');
    return {
      steps: ['evidence', ...(withPlatform ? [] : ['platform' as const, 'offer' as const]), 'withdraw', 'file', 'transcript'],
      ask: { key: 'dispute.ask.open', values: {
        ...values, ...caseFacts(dispute, zone), state: dispute.state, platform: withPlatform ? 'yes' : 'no',
        outcome: dispute.outcome ?? '', hasOutcome: dispute.outcome === undefined ? 'no' : 'yes', list: checklist(entries), approved: waiting && !entries.some((entry) => entry.what === 'accepted' || entry.what === 'declined') ? 'yes' : 'no',
      } },
    };
  }
  const key = standing.isLate ? 'dispute.ask.late' : 'dispute.ask.solutions';
  return {
    steps: ['resend', 'apply', 'offer'],
    ask: {
      key, values: { ...values, until: by(standing.until, zone), completed: day(standing.completed, zone), isOpen: standing.completed === undefined ? 'yes' : 'no', asked: askedLines(facts, zone), hasAsked: standing.asked.length > 0 ? 'yes' : 'no', may: standing.mayIntervene ? 'yes' : 'no' },
      choices: ['return_request', 'exchange_request'].map((intent) => ({ id: `i:${intent}`, label: { text: { key: `intent.${intent}` } } })),
    },
  };
}

/** What is to be done: among the three solutions before there is a case, among what a case allows once there is one. */
export const stepSlot: Slot<Step> = {
  restsOn: ['order', 'lines'],
  hear(heard) {
    const step = stepIn(heard.text);
    if (step !== undefined) return { said: step, definite: heard.asked };
    if (heard.files.length > 0) return { said: 'evidence', definite: false };
    return heard.asked ? { said: '', definite: false } : undefined;
  },
  async find(finding): Promise<Found<Step>> {
    const facts = await known(finding);
    if (!facts) return { refused: 'no-orders' };
    const { ask, steps } = question(facts, finding.timeZone);
    // Before there is a case the three solutions are shown, whatever the words ask for: the shop is spoken to first.
    const wasShown = finding.kept === true || facts.dispute !== undefined;
    const said = finding.said === 'platform' && !facts.dispute ? 'apply' : finding.said;
    // What is with the platform already is told to be so, though it is no button any more.
    const chosen = [...steps, ...(facts.dispute && facts.dispute.state !== 'closed' ? ['platform' as const] : [])].find((step) => step === said);
    return chosen !== undefined && wasShown ? { value: chosen } : { ask, options: steps.map(option), keep: true, ...(finding.said === '' ? { heard: false } : {}) };
  },
};

const wording = wordsSlot('dispute.ask.words');
const opening: readonly string[] = ['apply', 'resend'];

/** What is wrong and what is wanted, in the customer's words; asked where a case is opened. */
export const wordsOfDispute: Slot<string> = {
  restsOn: ['step'],
  hear(heard) {
    const mention = wording.hear(heard);
    const isTelling = mention?.definite === true || ['dispute_open', 'refund_status', 'review_help', 'delivered_not_received'].includes(heard.intent);
    return mention && heard.asked && isTelling ? { ...mention, definite: true, prose: true } : mention;
  },
  async find(finding): Promise<Found<string>> {
    if (!opening.includes(String(finding.slots['step']))) return { value: '' };
    return typeof finding.said === 'string' && finding.said !== '' ? { value: finding.said } : { ask: { key: 'dispute.ask.words' } };
  },
};

/** Files that show it: several in one message are one piece of evidence. */
export const proofFiles: Slot<string[]> = {
  restsOn: ['step'],
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return lacksPhoto(heard) ? { said: [], definite: true } : undefined;
  },
  async find(finding): Promise<Found<string[]>> {
    if (![...opening, 'evidence'].includes(String(finding.slots['step']))) return { value: [] };
    if (Array.isArray(finding.said)) return { value: finding.said.map(String) };
    const facts = await known(finding);
    return { ask: { key: 'dispute.ask.files', values: { list: checklist(facts?.entries ?? []) } }, options: [{ label: { text: { key: 'dispute.choice.nothing-now' } }, value: [] }] };
  },
};

/** Which of the four kinds it is. */
export const proofKind: Slot<ProofKind | ''> = {
  restsOn: ['files', 'step'],
  hear: (heard) => (heard.asked ? { said: '', definite: false } : undefined),
  async find({ slots }): Promise<Found<ProofKind | ''>> {
    if (((slots['files'] ?? []) as readonly unknown[]).length === 0) return { value: '' };
    return { ask: { key: 'dispute.ask.proof', values: { files: ((slots['files'] ?? []) as readonly unknown[]).length } }, options: proofKinds.map((kind) => ({ label: { text: { key: 'dispute.proof', values: { kind } } }, value: kind })) };
  },
};

/** Withdrawing is asked about before it is planned: there is no second request. */
export const sureSlot: Slot<boolean> = {
  restsOn: ['step'],
  hear(heard) {
    const answer = heard.asked ? agrees(heard) : undefined;
    return answer === undefined ? undefined : { said: answer === 'yes', definite: true };
  },
  async find(finding): Promise<Found<boolean>> {
    if (finding.slots['step'] !== 'withdraw') return { value: false };
    if (typeof finding.said === 'boolean') return { value: finding.said };
    const facts = await known(finding);
    return { ask: { key: 'dispute.ask.withdraw', values: { case: facts?.dispute?.number ?? '' } }, options: [{ label: { text: { key: 'dispute.choice.settled' } }, value: true }, { label: { text: { key: 'dispute.choice.keep' } }, value: false }] };
  },
};

/** Whether the customer spoke of a review: then, and only then, a word about it is said once all is settled. */
export const reviewSlot: Slot<boolean> = {
  hear: (heard) => (SPEAKS_OF_REVIEW.test(heard.whole?.text ?? heard.text) ? { said: true, definite: false } : undefined),
  find: async ({ said }): Promise<Found<boolean>> => ({ value: said === true }),
};

/** A no that names when the platform can be asked, and what can be done until then. */
export function tooEarly({ standing, order }: Known, zone: string): Refused<'too-early'> {
  return {
    refused: 'too-early', with: { number: order.number, from: by(standing.from, zone), hasFrom: standing.from === undefined ? 'no' : 'yes', ask: standing.asked.find((one) => one.stands === 'waiting')?.number ?? '' },
    alternatives: [{ key: 'instead.wait-answer' }, { key: 'instead.send-back' }, { key: 'instead.more-proof' }], offers: ['dispute_open', 'return_request', 'exchange_request'], receipts: [standing.receipt],
  };
}
