import { defineActionFlow, type Answer, type Doing, type Reading, type Refused } from '../dialogue/flow.js';
import type { CaseEntry, NewEntry, ProofKind } from '../domain/case-entry.js';
import { caseFileOf } from '../domain/case-file.js';
import type { Json, Reply, Value } from '../domain/message.js';
import type { Money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { paidWith } from '../domain/refund-rules.js';
import { addDays } from '../domain/time.js';
import type { Case, CaseWriter } from '../ports/cases.js';
import { answeredBy, caseFacts, caseKey } from './case-wording.js';
import { approverText, ladder, openOffer, rungSlot, takenOf, type Rung } from './dispute-offers.js';
import { checklist, disputeLines, knownOf, proofFiles, proofKind, reviewSlot, stepSlot, sureSlot, tooEarly, wordsOfDispute, type Known } from './dispute-slots.js';
import { byOpenCase, dated } from './no-receipt.js';
import { waysBack } from './refund-only.js';
import { orderSlot } from './slots.js';

type Code = 'no-orders' | 'not-paid' | 'too-early' | 'with-platform' | 'nothing-shown' | 'kept' | 'no-offer' | 'offer-waiting' | 'no-agreement';
type Files = readonly { readonly fileId: string }[];
type Opening = Omit<Parameters<CaseWriter['open']>[0], 'conversationId'>;

/** What a yes leads to. A case is opened first where there is none; its key hangs on the pieces, so that two talks open one. */
interface Request {
  readonly does: 'open' | 'evidence' | 'platform' | 'withdraw' | 'goodwill' | 'ask-goodwill';
  readonly opening: (Opening & { readonly key: string }) | null;
  readonly case: string;
  readonly orderNumber: string;
  readonly revision: number;
  readonly text: string;
  readonly files: Files;
  readonly proof: ProofKind | '';
  /** At once with the platform's side. */
  readonly platform: boolean;
  readonly dueAt: string;
  readonly offer: { readonly kind: 'coupon' | 'refund'; readonly amount: Money; readonly coupon: string; readonly approver: 'bot' | 'agent' | 'supervisor' } | null;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly customer: string;
  readonly items: readonly string[];
  readonly review: boolean;
}

const isPaid = (order: Order): boolean => paidWith(order).length > 0;
const instead = (...keys: string[]) => keys.map((key) => ({ key }));

/** The official body of the country, as a last resort; nothing where the shop names none. */
export function lastResort(policy: Policy, country: string): Reply[] {
  const body = policy.disputes.authorities[country];
  return [{ key: 'dispute.last-resort', values: { known: body ? 'yes' : 'no', name: body?.name ?? '', country: { country } }, ...(body ? { links: [{ label: { key: 'dispute.authority', values: { name: body.name } }, url: body.url }] } : {}) }];
}

/** A disagreement with the shop: first what the shop can do, then the platform, with proof of both sides and an end both know. */
export const dispute = defineActionFlow({
  id: 'dispute',
  needs: 'L1',
  slots: {
    order: orderSlot(isPaid, (order, finding) => (isPaid(order) ? null : { refused: 'not-paid', with: { number: order.number }, receipts: dated({ rule: 'refund.paid', granted: false, inputs: { number: order.number } }, finding), alternatives: instead('instead.payment-status'), offers: ['payment_status'] })),
    lines: disputeLines, step: stepSlot, words: wordsOfDispute, files: proofFiles, proof: proofKind, sure: sureSlot,
    coupon: rungSlot('coupon'), partial: rungSlot('partial'), full: rungSlot('full'), review: reviewSlot,
  },
  refusals: ['no-orders', 'not-paid', 'too-early', 'with-platform', 'nothing-shown', 'kept', 'no-offer', 'offer-waiting', 'no-agreement'],

  async propose(reading) {
    const { slots, shop, policy, timeZone, customer, now } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const facts = await knownOf(order, slots.lines, reading);
    const { dispute: there, entries, standing, items } = facts;
    const { step } = slots;
    if (there && (step === 'file' || step === 'transcript')) return papers(facts, step, customer?.name ?? '');
    const platformDue = await answeredBy(reading, policy.disputes.platformBusinessDays);
    const isForPeople = standing.mayIntervene || standing.isLate;
    const dueAt = isForPeople ? platformDue : addDays(now, policy.disputes.answerDays);
    const lines = slots.lines.map(({ line, quantity }) => ({ lineId: line, quantity }));
    const before = (await reading.cases.ofCustomer(order.customerId)).filter((one) => one.kind === 'dispute' && one.orderNumber === order.number && (one.lines ?? []).some((part) => lines.some((line) => line.lineId === part.lineId)));
    const opening: Request['opening'] = there ? null : {
      kind: 'dispute', customerId: order.customerId, orderNumber: order.number, lines, owner: isForPeople ? 'dispute_desk' : 'returns_desk', dueAt,
      details: { wish: step, words: slots.words, photos: [...slots.files], late: standing.isLate, review: slots.review, ...(reading.topic.problem?.order === order.number ? { reason: reading.topic.problem.reason } : {}) }, key: caseKey('dispute', `${order.number}|${lines.map((line) => line.lineId).join(',')}`, before),
    };
    const base: Request = {
      does: 'open', opening, case: there?.number ?? '', orderNumber: order.number, revision: order.revision, text: slots.words, files: slots.files.map((fileId) => ({ fileId })), proof: slots.proof,
      platform: isForPeople, dueAt, offer: null, lines, customer: customer?.name ?? '', items, review: slots.review || hasReview(there),
    };
    const values = {
      number: order.number, items: { list: items }, words: slots.words, files: slots.files.length, kind: slots.proof === '' ? 'none' : slots.proof, wish: step,
      due: { date: dueAt, zone: timeZone, style: 'both' as const }, days: policy.disputes.answerDays, list: checklist(entries), case: there?.number ?? '', owner: { text: { key: isForPeople ? 'owner.dispute_desk' : 'owner.returns_desk' } },
    };
    const plan = (request: Request, shows: readonly Reply[], receipts = [standing.receipt]) => ({ request, shows, receipts, topic: { order: order.number } });
    switch (step) {
      case 'apply':
      case 'resend': {
        if (!isForPeople && standing.from !== undefined) return tooEarly(facts, timeZone);
        const key = standing.mayIntervene ? 'dispute.plan.platform' : standing.isLate ? 'dispute.plan.late' : 'dispute.plan.open';
        return plan(base, [{ key, values }, { key: 'dispute.keep' }, { key: 'dispute.once' }]);
      }
      case 'evidence':
        if (slots.files.length === 0) return { refused: 'nothing-shown', with: { case: values.case }, alternatives: instead('instead.more-proof'), offers: ['dispute_open'] };
        return plan({ ...base, does: 'evidence' }, [{ key: 'dispute.plan.evidence', values }]);
      case 'platform':
        if (there?.owner === 'dispute_desk') return { refused: 'with-platform', with: caseFacts(there, timeZone), receipts: byOpenCase(order, there.number, reading), alternatives: instead('instead.wait-answer', 'instead.more-proof'), offers: ['dispute_open'] };
        if (!standing.mayIntervene) return tooEarly(facts, timeZone);
        return plan({ ...base, does: 'platform', dueAt: platformDue }, [{ key: 'dispute.plan.escalate', values }, { key: 'dispute.keep' }]);
      case 'withdraw':
        if (!slots.sure) return { refused: 'kept', with: { case: values.case }, offers: ['dispute_open'] };
        return plan({ ...base, does: 'withdraw' }, [{ key: 'dispute.plan.withdraw', values }]);
      case 'offer': return goodwillPlan(facts, base, { coupon: slots.coupon, partial: slots.partial, full: slots.full }, reading);
      default: return { refused: 'no-orders' };
    }
  },

  async commit(doing) {
    const { request, caseWriter, key, now, conversationId } = doing;
    if (request.does === 'goodwill' && (await doing.writer.receiptOf(key)) === null && (await doing.shop.findOrder(request.orderNumber))?.revision !== request.revision) return { refused: 'plan-stale' };
    const opened = request.opening ? await caseWriter.open({ ...request.opening, conversationId }, request.opening.key, now) : null;
    const number = opened?.number ?? request.case;
    const note = (entry: Omit<NewEntry, 'case' | 'conversationId'>, of: string): Promise<CaseEntry> => caseWriter.note({ case: number, conversationId, ...entry }, `${key}.${of}`, now);
    const entries: CaseEntry[] = [];
    if (opened) entries.push(await note({ by: 'customer', what: 'opened', ...(request.text === '' ? {} : { text: request.text }) }, 'opened'));
    if (request.files.length > 0) entries.push(await note({ by: 'customer', what: 'evidence', files: request.files, ...(request.proof === '' ? {} : { proof: request.proof }) }, 'evidence'));
    switch (request.does) {
      case 'open': {
        if (request.platform) entries.push(await note({ by: 'customer', what: 'platform' }, 'platform'));
        if (!opened) return { refused: 'plan-stale' };
        const order = await doing.shop.findOrder(request.orderNumber);
        return done(doing, opened, request.platform ? 'dispute.done.platform' : 'dispute.done.open', order?.shippingAddress.country, fileFor(opened, request, entries, order));
      }
      case 'evidence': return { say: [{ key: 'dispute.done.evidence', values: { case: number, files: request.files.length, kind: request.proof } }], topic: { order: request.orderNumber }, offers: ['dispute_open'] };
      case 'platform': {
        const passed = await caseWriter.passOn(number, { owner: 'dispute_desk', dueAt: request.dueAt });
        if (!passed) return { refused: 'plan-stale' };
        await note({ by: 'customer', what: 'platform' }, 'platform');
        const order = await doing.shop.findOrder(request.orderNumber);
        return { ...done(doing, passed, 'dispute.done.platform', order?.shippingAddress.country), handOver: 'dispute' };
      }
      case 'withdraw': {
        await note({ by: 'customer', what: 'withdrawn' }, 'withdrawn');
        await caseWriter.close(number, '', now);
        return { say: [{ key: 'dispute.done.withdraw', values: { case: number } }, ...(request.review ? [{ key: 'dispute.review' }] : [])], topic: { order: request.orderNumber } };
      }
      case 'ask-goodwill': {
        if (!request.offer) return { refused: 'plan-stale' };
        await note({ by: 'customer', what: 'asked', offer: request.offer }, 'asked');
        return { say: [{ key: 'dispute.done.asked', values: { case: number, amount: { money: request.offer.amount }, who: approverText(request.offer.approver), due: { date: opened?.dueAt ?? request.dueAt, zone: doing.timeZone, style: 'both' } } }], topic: { order: request.orderNumber }, offers: ['dispute_open'], handOver: 'limit' };
      }
      case 'goodwill': return grant(doing, number, note);
    }
  },
});

/** The customer spoke of a review when the case was opened. */
const hasReview = (one: Case | undefined): boolean => typeof one?.details === 'object' && one.details !== null && 'review' in one.details && one.details['review'] === true;

/** The case as a file, or what was said about it. */
function papers({ dispute: there, order, entries, items }: Known, step: 'file' | 'transcript', customer: string): Answer {
  if (!there) return { say: [] };
  const file = caseFileOf(there, { customer, items, entries, packing: order.packing ?? [], goodwill: order.goodwill ?? [] });
  return {
    say: [step === 'file' ? { key: 'dispute.file', values: { case: there.number }, documents: [{ document: 'case-file', file }] } : { key: 'dispute.transcript', values: { case: there.number }, documents: [{ document: 'transcript', case: there.number, conversationId: there.conversationId }] }],
    topic: { order: order.number }, offers: ['dispute_open'],
  };
}

/** The offer that was taken as a plan: given at once, or asked of those who may agree to it. */
async function goodwillPlan(facts: Known, base: Request, answers: { coupon: Rung; partial: Rung; full: Rung }, reading: Reading): Promise<{ request: Request; shows: Reply[]; receipts: [Known['standing']['receipt']]; topic: { order: string } } | Refused<Code>> {
  const { order, entries, dispute: there } = facts;
  const { policy, timeZone } = reading;
  const waiting = openOffer(entries, 'asked');
  if (waiting && there) return { refused: 'offer-waiting', with: { ...caseFacts(there, timeZone), amount: waiting.offer?.amount ? { money: waiting.offer.amount } : '' }, receipts: byOpenCase(order, there.number, reading), alternatives: instead('instead.wait-answer', 'instead.more-proof'), offers: ['dispute_open'] };
  const offers = await ladder(facts, reading);
  if (offers.length === 0) return { refused: 'no-offer', with: { number: order.number }, alternatives: instead('instead.send-back', 'instead.person-with-proof'), offers: ['return_request', 'dispute_open'] };
  const offer = takenOf(offers, answers, facts, reading);
  if (!offer) return { refused: 'no-agreement', with: { number: order.number }, alternatives: instead('instead.send-back', 'instead.open-case', 'instead.person-with-proof'), offers: ['dispute_open', 'return_request'] };
  const { refundDays } = policy.returns;
  const isGiven = offer.approver === 'bot';
  const request: Request = {
    ...base, does: isGiven ? 'goodwill' : 'ask-goodwill', platform: false,
    offer: { kind: offer.step === 'coupon' ? 'coupon' : 'refund', amount: offer.amount, coupon: offer.coupon ?? '', approver: offer.approver },
    opening: base.opening && { ...base.opening, owner: 'returns_desk', details: { ...(base.opening.details as Readonly<Record<string, Json>>), offer: offer.step, amount: { ...offer.amount } } },
  };
  const values: Record<string, Value> = {
    number: order.number, items: { list: facts.items }, amount: { money: offer.amount }, coupon: offer.coupon ?? '', what: offer.step === 'coupon' ? 'coupon' : 'refund', to: waysBack(order), fast: refundDays.from, slow: refundDays.to,
    who: approverText(offer.approver), due: { date: there?.dueAt ?? base.dueAt, zone: timeZone, style: 'both' }, case: there?.number ?? '', hasCase: there ? 'yes' : 'no',
  };
  return { request, shows: [{ key: isGiven ? 'dispute.plan.goodwill' : 'dispute.plan.ask-goodwill', values }], receipts: [offer.receipt], topic: { order: order.number } };
}

const fileFor = (opened: Case, { customer, items }: Request, entries: readonly CaseEntry[], order: Order | null): Reply['documents'] =>
  [{ document: 'case-file', file: caseFileOf(opened, { customer, items, entries, packing: order?.packing ?? [], goodwill: order?.goodwill ?? [] }) }];

function done({ timeZone, policy, request }: Doing<Request>, one: Case, key: 'dispute.done.open' | 'dispute.done.platform', country: string | undefined, documents?: Reply['documents']): Answer {
  const values = { ...caseFacts(one, timeZone), number: one.orderNumber, days: policy.disputes.answerDays };
  return {
    say: [{ key, values, ...(documents ? { documents } : {}) }, ...(key === 'dispute.done.platform' && country !== undefined ? lastResort(policy, country) : [])],
    topic: { order: request.orderNumber, problem: undefined }, offers: ['dispute_open'],
  };
}

/** Gives what was agreed to, through the shop alone; with it the case is settled. */
async function grant({ request, writer, caseWriter, key, now, policy }: Doing<Request>, number: string, note: (entry: Omit<NewEntry, 'case' | 'conversationId'>, of: string) => Promise<CaseEntry>): Promise<Answer | Refused<'plan-stale'>> {
  const { offer, orderNumber, revision, lines } = request;
  if (!offer) return { refused: 'plan-stale' };
  const given = await writer.grantGoodwill({ orderNumber, revision, case: number, ...(offer.kind === 'coupon' ? { kind: 'coupon', coupon: offer.coupon } : { kind: 'refund', lines, amount: offer.amount }) }, key, now);
  if ('refused' in given) {
    // Nothing was given: the case opened for it is closed again, so that it does not stand in the way.
    if (request.opening) await caseWriter.close(number, '', now);
    return { refused: 'plan-stale' };
  }
  const { refundDays } = policy.returns;
  await note({ by: 'customer', what: 'accepted', offer }, 'accepted');
  await caseWriter.close(number, '', now);
  const values = { case: number, number: orderNumber, amount: { money: offer.amount }, coupon: offer.coupon, refund: given.refund?.number ?? '', to: waysBack(given.order), fast: refundDays.from, slow: refundDays.to };
  return offer.kind === 'coupon'
    ? { say: [{ key: 'dispute.done.coupon', values }], topic: { order: orderNumber, problem: undefined } }
    : { say: [{ key: 'dispute.done.refund', values }], topic: { order: orderNumber, problem: undefined }, offers: ['refund_status'], sums: [{ what: 'refund', amount: offer.amount }] };
}
