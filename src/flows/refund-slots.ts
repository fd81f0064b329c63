import type { Finding, Found, Refused, Slot } from '../dialogue/flow.js';
import { decimalsOf } from '../domain/money.js';
import type { ReturnReason } from '../domain/order.js';
import { areLost, planRefund, refundGate, type RefundReason, type RefundRefused } from '../domain/refund-rules.js';
import { deliveredAt, type Pick } from '../domain/return-rules.js';
import { NOT_HERE } from '../domain/words/delivery.js';
import { agrees, orderOf, toldOf } from './problem-slots.js';

/** Reasons a customer can only have who has the goods. */
const inHand: readonly string[] = ['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size'];

/** The reasons for money back with the goods kept; each covers more than its name. */
export const refundReasons = ['defective', 'not_as_described', 'wrong_item', 'missing_parts', 'damaged_in_transit', 'arrived_late'] as const satisfies readonly ReturnReason[];

const picksOf = (finding: Finding): Pick[] => (finding.slots['lines'] ?? []) as unknown as Pick[];

/** What can be done where a refund without a return cannot. */
export function refusal(refused: RefundRefused): Refused<RefundRefused['refused']> {
  const instead = (...keys: string[]) => keys.map((key) => ({ key }));
  switch (refused.refused) {
    case 'not-paid': return { ...refused, alternatives: instead('instead.payment-status'), offers: ['payment_status', 'order_cancel'] };
    case 'not-shipped': return { ...refused, alternatives: instead('instead.cancel'), offers: ['order_cancel'], leadsTo: 'order_cancel' };
    case 'not-delivered-yet': return { ...refused, alternatives: instead('instead.not-received', 'instead.wait-delivery'), offers: ['track_parcel', 'parcel_lost'] };
    case 'already-open':
    case 'already-refunded': return { ...refused, alternatives: instead('instead.refund-status'), offers: ['refund_status'] };
    case 'needs-return': return { ...refused, alternatives: instead('instead.send-back', 'instead.fault'), offers: ['return_request'], leadsTo: 'return_request' };
    case 'window-closed': return { ...refused, alternatives: instead('instead.warranty', 'instead.person-with-proof'), offers: ['repair_warranty'] };
    case 'too-much': return { ...refused, alternatives: instead('instead.refund-less', 'instead.person-with-proof'), offers: ['refund_only'] };
  }
}

/** Whether the customer has the goods: a button, a yes or no, or words that only fit one of the two. */
export const receivedSlot: Slot<boolean> = {
  restsOn: ['order', 'lines'],
  outlives: true,
  hear(heard) {
    const reason = heard.entities.find((entity) => entity.kind === 'return_reason');
    if (NOT_HERE.test(heard.text.normalize('NFC').replaceAll('’', "'")) || (heard.asked && ['delivered_not_received', 'parcel_lost'].includes(heard.intent))) return { said: false, definite: heard.asked };
    if (reason?.kind === 'return_reason' && inHand.includes(reason.value)) return { said: true, definite: heard.asked };
    const answer = heard.asked ? agrees(heard) : undefined;
    return answer === undefined ? undefined : { said: answer === 'yes', definite: true };
  },
  async find(finding): Promise<Found<boolean>> {
    const order = await orderOf(finding);
    if (!order) return { refused: 'no-orders' };
    const picks = picksOf(finding);
    const gate = refundGate(order, picks, finding.policy, finding.now);
    if (gate) return refusal(gate);
    if (['unpaid', 'under_review', 'paid', 'packed'].includes(order.state)) return { value: false };
    const said = typeof finding.said === 'boolean' ? finding.said : toldOf(finding) ? true : undefined;
    if (said !== undefined) return { value: said };
    const isHere = order.lines.some((line) => picks.some((pick) => pick.line === line.id) && deliveredAt(order, line) !== undefined);
    return {
      ask: { key: 'refund-only.ask.received', values: { tracking: isHere ? 'delivered' : 'underway' } },
      options: [{ label: { text: { key: 'choice.received' } }, value: true }, { label: { text: { key: 'choice.not-received' } }, value: false }],
    };
  },
};

/** Why, where the goods are here; each reason says what it covers. Where they are not, that is the reason. */
export const refundReasonSlot: Slot<RefundReason> = {
  restsOn: ['received', 'lines'],
  outlives: true,
  hear(heard) {
    const named = heard.entities.find((entity) => entity.kind === 'return_reason');
    if (named?.kind === 'return_reason') return { said: named.value, definite: true };
    return heard.asked ? { said: '', definite: false } : undefined;
  },
  async find(finding): Promise<Found<RefundReason>> {
    const order = await orderOf(finding);
    if (!order) return { refused: 'no-orders' };
    const picks = picksOf(finding);
    if (finding.slots['received'] === false) return { value: areLost(order, picks) ? 'lost' : 'not_received' };
    const said = typeof finding.said === 'string' && finding.said !== '' ? finding.said : toldOf(finding)?.reason;
    const all: readonly ReturnReason[] = [...refundReasons, 'wrong_size', 'changed_mind', 'ordered_by_mistake'];
    const reason = all.find((one) => one === said);
    const plan = planRefund(order, { picks, received: true, reason: reason ?? refundReasons[0], amount: 'whole', photos: 0 }, finding.policy, finding.now, finding.timeZone, finding.customer?.level);
    if ('refused' in plan) return refusal(plan);
    return reason ? { value: reason } : { ask: { key: 'refund-only.ask.reason' }, options: refundReasons.map((value) => ({ label: { text: { key: `reason.${value}` } }, value })) };
  },
};

type SaidAmount = { readonly whole: true } | { readonly amount: number; readonly currency: string } | { readonly bare: string };

/** How much: fixed at all of it where nothing came, else an amount up to what was paid. The second amount above it is refused. */
export const amountSlot: Slot<number | 'whole'> = {
  restsOn: ['received', 'lines'],
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'money');
    if (said?.kind === 'money') return { said: { amount: said.amount, currency: said.currency ?? '' }, definite: true };
    if (!heard.asked) return undefined;
    if (heard.entities.some((entity) => entity.kind === 'all')) return { said: { whole: true }, definite: true };
    const bare = /^\D{0,40}?(\d{1,7}(?:[.,]\d{1,2})?)\D{0,20}$/u.exec(heard.text)?.[1];
    return bare === undefined ? { said: null, definite: false } : { said: { bare: bare.replace(',', '.') }, definite: true };
  },
  async find(finding): Promise<Found<number | 'whole'>> {
    if (finding.slots['received'] === false) return { value: 'whole' };
    const order = await orderOf(finding);
    if (!order) return { refused: 'no-orders' };
    const wish = { picks: picksOf(finding), received: true, reason: String(finding.slots['reason']) as RefundReason, photos: 0 };
    const plan = planRefund(order, { ...wish, amount: 'whole' }, finding.policy, finding.now, finding.timeZone, finding.customer?.level);
    if ('refused' in plan) return refusal(plan);
    const options = [{ label: { text: { key: 'choice.whole-amount', values: { most: { money: plan.most } } } }, value: 'whole' as const }];
    const ask = (key: string, keep?: boolean): Found<number | 'whole'> => ({ ask: { key, values: { most: { money: plan.most } } }, options, ...(keep === undefined ? {} : { keep }) });
    const said = finding.said as SaidAmount | null | undefined;
    if (!said) return ask('refund-only.ask.amount');
    if ('whole' in said) return { value: 'whole' };
    if ('currency' in said && said.currency !== '' && said.currency !== order.currency) return ask('refund-only.ask.amount-currency');
    const amount = 'bare' in said ? Math.round(Number(said.bare) * 10 ** decimalsOf(order.currency)) : said.amount;
    if (amount < 1) return ask('refund-only.ask.amount');
    if (amount <= plan.most.amount) return { value: amount === plan.most.amount ? 'whole' : amount };
    if (finding.kept !== true) return ask('refund-only.ask.amount-less', true);
    const over = planRefund(order, { ...wish, amount }, finding.policy, finding.now, finding.timeZone, finding.customer?.level);
    return 'refused' in over ? refusal(over) : { value: amount };
  },
};
