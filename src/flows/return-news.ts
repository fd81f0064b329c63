import type { Met } from '../dialogue/deadline.js';
import type { Address } from '../domain/address.js';
import { add } from '../domain/money.js';
import { subjectOf } from '../domain/policy-layers.js';
import type { Reading } from '../dialogue/flow.js';
import type { Reply, Text, Value } from '../domain/message.js';
import type { Order, RefundRequest, Return } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { Receipt } from '../domain/receipt.js';
import { clockOf, isChargedForNoFault, isExchange, isRepair, stageOf, stages, type Clock, type Stage } from '../domain/return-life.js';
import { labelDocuments } from './return-item.js';
import { care } from './return-policy.js';
import { paymentName } from './wording.js';

type Telling = Pick<Reading, 'policy' | 'timeZone' | 'now'>;

const day = (date: string, zone: string): Value => ({ date, zone, style: 'day' });
const instant = (date: string, zone: string): Value => ({ date, zone, style: 'both' });

/** Why a shop said no, by its code, and its own words beside. */
export const whyNot = ({ answer }: Pick<Return, 'answer'>): Record<string, Value> => ({
  hasReason: answer?.reason === undefined ? 'no' : 'yes', reason: answer?.reason === undefined ? '' : { text: { key: `counter-reason.${answer.reason}` } }, hasNote: answer?.note === undefined ? 'no' : 'yes', note: answer?.note ?? '', silent: answer?.by === 'silence' ? 'yes' : 'no',
});

/** A stage in words; what the shop does once it has the goods differs by what was asked for. */
function stageText(one: Return, stage: Stage): Text {
  if (stage !== 'seller_confirms') return { key: `return-stage.${stage}` };
  return { key: one.service === 'repair' ? 'return-stage.repairs' : isExchange(one) ? 'return-stage.exchanges' : `return-stage.${stage}` };
}

/** Which of the five stages a return is in, and the clock that runs: until when, by day, hour and zone, and what happens then. */
export function stageReply(one: Return, { policy, timeZone }: Pick<Telling, 'policy' | 'timeZone'>): Reply {
  const stage = stageOf(one);
  const clock = clockOf(one, policy);
  return {
    key: 'return-stage',
    values: {
      step: stages.indexOf(stage) + 1, of: stages.length, stage: { text: stageText(one, stage) }, all: stages.map((_, index) => String(index + 1)).join(' → '),
      hasClock: clock ? 'yes' : 'no', clock: clock ? { text: clockText(one, clock, timeZone) } : '',
    },
  };
}

/** A clock that runs, in words: until when, by day, hour and zone, and what happens then. */
const clockText = (one: Return, clock: Clock, timeZone: string): Text => ({ key: `return-clock.${clock.waitsFor}`, values: { due: instant(clock.dueAt, timeZone), atEnd: clock.atEnd, shipBy: day(one.shipBy, timeZone) } });

/** The clock of what the shop still has to do, a repair or new pieces to send, on its own; nothing where none runs. */
export function workClock(one: Return, { policy, timeZone }: Pick<Telling, 'policy' | 'timeZone'>): Reply[] {
  const clock = clockOf(one, policy);
  return clock?.waitsFor === 'repair' || clock?.waitsFor === 'replacement' ? [clockText(one, clock, timeZone)] : [];
}

/** What has become of a return, in words for the customer; null where they did it themselves. */
export function newsOfReturn(order: Order, one: Return, telling: Telling, to?: Address): Pick<Met, 'say' | 'offers' | 'receipts'> | null {
  const { policy, timeZone } = telling;
  const { refundDays } = policy.returns;
  const values = {
    rma: one.number, number: order.number, refund: { money: one.refund }, to: paymentName(one.refundTo), shipBy: day(one.shipBy, timeZone), carrier: one.carrier, fast: refundDays.from, slow: refundDays.to,
    arrived: one.arrivedAt === undefined ? '' : day(one.arrivedAt, timeZone), found: one.inspection?.found ?? '', service: one.service ?? 'return', ...whyNot(one), byItself: one.inspection === undefined && one.arrivedAt !== undefined && clockOverFor(one, policy) ? 'yes' : 'no',
  };
  switch (one.state) {
    case 'label_issued': return one.answer ? { say: [{ key: 'return-news.accepted', values, documents: one.service === 'repair_on_site' ? [] : labelDocuments(order, one) }, ...whereTo(order, one, telling, to), stageReply(one, telling)], offers: ['return_shipment'] } : null;
    case 'in_transit': return one.arrivedAt === undefined ? null : { say: [{ key: 'return-news.arrived', values }, stageReply(one, telling)], offers: ['return_status'] };
    case 'received': return { say: [{ key: 'return-news.received', values }, stageReply(one, telling)], offers: ['return_status'] };
    case 'accepted': return { say: [{ key: 'return-news.passed', values }, ...chargedForNoFault(one), ...workClock(one, telling)], ...chargedOf(one, telling, 'return_status') };
    case 'refunded': return isRepair(one) || isExchange(one) ? { say: [{ key: isRepair(one) ? 'return-news.repaired' : 'return-news.exchanged', values }], offers: ['return_status'] } : { say: [{ key: 'return-news.refunded', values }, ...chargedForNoFault(one)], ...chargedOf(one, telling, 'refund_status') };
    case 'rejected': return { say: [{ key: isRepair(one) ? 'return-news.not-covered' : 'return-news.rejected', values, ...findingLinks(one) }, canBeDone()], offers: ['dispute_open', 'return_status'] };
    case 'declined': return { say: [{ key: 'return-news.declined', values }, canBeDone()], offers: ['dispute_open', 'return_status'] };
    case 'expired': return isRepair(one) ? { say: [{ key: 'return-news.repair-expired', values }], offers: ['repair_warranty'] } : { say: [{ key: 'return-news.expired', values }], offers: ['return_request'] };
    default: return null;
  }
}

/** Pictures of what the warehouse found, as links. */
export const findingLinks = ({ inspection }: Pick<Return, 'inspection'>): Pick<Reply, 'links'> => {
  const links = (inspection?.photos ?? []).map((url, index) => ({ label: { key: 'return-status.photo', values: { number: index + 1 } }, url }));
  return links.length > 0 ? { links } : {};
};

/** What was found instead of the fault that was told, and how the way back was charged for it: taken off, or settled with an exchange. Nothing where it was not. */
export function chargedForNoFault(one: Return): Reply[] {
  if (!isChargedForNoFault(one)) return [];
  const { freight, refund, inspection } = one;
  return [{
    key: 'return-news.faultless', ...findingLinks(one),
    values: {
      hasFound: inspection === undefined ? 'no' : 'yes', found: inspection?.found ?? '', service: one.service ?? 'return', freight: { money: freight }, refund: { money: refund },
      whole: { money: add(refund, freight) },
    },
  }];
}

/** The rule it was charged by. */
export const chargedReceipts = (one: Return, { policy, now }: Pick<Telling, 'policy' | 'now'>): Receipt[] =>
  (isChargedForNoFault(one) ? [{ rule: 'return.freight-faultless', granted: true, inputs: { freight: { money: one.freight } }, policyVersion: policy.version, at: now }] : []);

/** … with what can be done by somebody who sees it otherwise. */
const chargedOf = (one: Return, telling: Telling, offer: string): Pick<Met, 'offers' | 'receipts'> => ({ offers: [offer, ...(isChargedForNoFault(one) ? ['dispute_open'] : [])], receipts: chargedReceipts(one, telling) });

/** Where the goods of a return go and how they are packed; nothing where they stay. */
function whereTo(order: Order, one: Return, { policy }: Pick<Telling, 'policy'>, to: Address | undefined): Reply[] {
  if (!to || one.service === 'repair_on_site') return [];
  const lines = order.lines.filter((line) => one.lines.some(({ lineId }) => lineId === line.id));
  const packings = new Map(lines.map((line) => care(subjectOf(order, line), { policy }).packing).map((packing) => [JSON.stringify(packing), packing]));
  return [{ key: 'return-news.address', values: { address: { address: to }, packing: { list: [...packings.values()] } } }];
}

/** Whether the shop's days to confirm were over when the money went out, or the new pieces were to. */
function clockOverFor(one: Return, policy: Policy): boolean {
  const { arrivedAt } = one;
  // What is repaired is confirmed by nobody's silence.
  const confirmedAt = isRepair(one) ? undefined : one.passedAt ?? one.closedAt;
  const { confirmDays } = policy.returns.life;
  return confirmedAt !== undefined && arrivedAt !== undefined && confirmDays > 0 && Date.parse(confirmedAt) - Date.parse(arrivedAt) >= confirmDays * 86_400_000;
}

/** What is left to a customer after a no: show more, have people decide, take the goods back. */
export const canBeDone = (): Reply => ({
  key: 'refusal.alternatives', values: { lines: { lines: ['instead.object', 'instead.show-later', 'instead.person-with-proof'].map((key): Value => ({ text: { key } })) } }, choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }],
});

/** What came of money asked back without a return. */
export function newsOfRefund(one: RefundRequest, policy: Policy): Pick<Met, 'say' | 'offers'> {
  const { refundDays } = policy.returns;
  const values = { number: one.number, amount: { money: one.amount }, to: paymentName(one.refundTo), fast: refundDays.from, slow: refundDays.to, ...whyNot(one) };
  if (one.state === 'declined') return { say: [{ key: 'refund-news.declined', values }, canBeDone()], offers: ['dispute_open'] };
  return { say: one.state === 'requested' ? [] : [{ key: 'refund-news.granted', values }], offers: ['refund_status'] };
}
