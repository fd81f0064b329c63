import { defineActionFlow, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import { faultWindow, parcelsOf, planRefund, type RefundRefused } from '../domain/refund-rules.js';
import { deliveredAt, type Pick as Piece } from '../domain/return-rules.js';
import { answeredBy } from './case-wording.js';
import { nameScore } from './grounding.js';
import { bareWords, checked, orderOf, photosSlot, namedLines } from './problem-slots.js';
import { refundRequest, waysBack } from './refund-only.js';
import { refusal } from './refund-slots.js';
import { orderSlot, productsOf } from './slots.js';
import { lineName } from './wording.js';
import { byOpenCase, byState } from './no-receipt.js';

type Code = 'no-orders' | 'nothing-delivered' | 'in-another-parcel' | 'case-open' | 'window-closed' | 'already-open' | 'no-money';
type What = { readonly whole: boolean; readonly words: string };

const isComing = (parcel: Parcel): boolean => parcel.state !== 'delivered' && parcel.state !== 'lost' && parcel.state !== 'returned_to_sender';
const somethingCame = (order: Order): boolean => ['delivered', 'returned', 'refunded'].includes(order.state) || order.parcels.some((parcel) => parcel.state === 'delivered');
const instead = (...keys: string[]) => keys.map((key) => ({ key }));

/** Nothing came at all: that is a parcel under way or lost, and no missing piece. */
function nothingCame(order: Order, reading: Reading): Refused<'nothing-delivered'> | null {
  if (order.state !== 'cancelled' && somethingCame(order)) return null;
  const leadsTo = order.parcels.some((parcel) => parcel.state === 'lost') ? 'parcel_lost' : 'track_parcel';
  return { refused: 'nothing-delivered', with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } }, receipts: byState(order, undefined, reading), offers: [leadsTo], leadsTo };
}

/** The pieces travel in a parcel that has not come yet: which one, and where it is. */
function elsewhere(order: Order, picks: readonly Piece[], reading: Reading): Refused<'in-another-parcel'> | null {
  const coming = parcelsOf(order, picks).filter(isComing);
  const here = order.lines.filter((line) => picks.some((pick) => pick.line === line.id)).some((line) => deliveredAt(order, line) !== undefined);
  if (coming.length === 0 || here) return null;
  const told = coming.map((parcel): Value => {
    const items = parcel.lines.flatMap((part) => order.lines.filter((line) => line.id === part.lineId).map((line) => lineName(line, part.quantity)));
    return { text: { key: 'item-missing.parcel', values: { tracking: parcel.trackingNumber, carrier: parcel.carrier, state: { text: { key: `parcel-state.${parcel.state}` } }, items: items.join(', ') } } };
  });
  return { refused: 'in-another-parcel', with: { number: order.number, parcels: order.parcels.length, lines: { lines: told } }, receipts: byState(order, coming[0], reading), offers: ['track_parcel'] };
}

/** Somebody is on it already. */
async function caseOpen(order: Order, picks: readonly Piece[], { cases, customer, timeZone, policy, now }: Reading): Promise<Refused<'case-open'> | null> {
  const open = (await cases.ofCustomer(customer?.id ?? '')).find((one) => one.kind === 'missing_item' && one.state === 'open' && one.orderNumber === order.number && (one.lines ?? []).some((part) => picks.some((pick) => pick.line === part.lineId)));
  return open ? { refused: 'case-open', with: { case: open.number, number: order.number, due: { date: open.dueAt, zone: timeZone, style: 'both' } }, receipts: byOpenCase(order, open.number, { policy, now }), alternatives: instead('instead.wait-answer') } : null;
}

/** What can be known once the pieces are: they are on their way, in hand of the shop already, or too long here. */
async function stop(order: Order, picks: readonly Piece[], reading: Reading): Promise<Refused<Code> | null> {
  const [line] = order.lines.filter((one) => picks.some((pick) => pick.line === one.id));
  const window = line ? faultWindow(order, line, reading.policy, reading.now, reading.timeZone, reading.customer?.level) : null;
  const late: Refused<Code> | null = window?.isOver ? { refused: 'window-closed', with: window.inputs, alternatives: instead('instead.person-with-proof'), receipts: [{ rule: 'refund.window', granted: false, inputs: window.inputs, policyVersion: reading.policy.version, at: reading.now }] } : null;
  return elsewhere(order, picks, reading) ?? await caseOpen(order, picks, reading) ?? late;
}

/** No money for the piece: something is open for it, or nothing is left of what was paid. */
function noMoney(refused: RefundRefused): Refused<Code> {
  const { refused: why, ...rest } = refusal(refused);
  return { ...rest, refused: why === 'already-open' ? why : 'no-money', ...(why === 'already-open' ? {} : { alternatives: instead('instead.sent-after') }) };
}

/** The whole piece, or something that belongs to it: told in the customer's own words. */
const whatSlot: Slot<What> = {
  restsOn: ['lines'],
  outlives: true,
  hear(heard) {
    if (heard.asked) return { said: { words: bareWords(heard), isAnswer: true }, definite: heard.intent === 'item_missing' };
    return heard.entities.some((entity) => entity.kind === 'return_reason') ? { said: { words: bareWords(heard), isAnswer: false }, definite: false } : undefined;
  },
  async find(finding): Promise<Found<What>> {
    const said = finding.said as { words: string; isAnswer: boolean } | undefined;
    const order = await orderOf(finding);
    const picks = (finding.slots['lines'] ?? []) as unknown as Piece[];
    const named = order ? order.lines.filter((line) => picks.some((pick) => pick.line === line.id)) : [];
    const products = order ? await productsOf([order], finding) : new Map<string, Product>();
    // No more than the piece's own name may be the piece or a part called the same: that is asked.
    const isName = said !== undefined && said.words.split(/\s+/u).length <= 3 && named.some((line) => nameScore(said.words, line, products.get(line.productId)) >= 1);
    if (said?.isAnswer && said.words !== '' && !isName) return { value: { whole: false, words: said.words } };
    const items = named.map((line) => lineName(line, picks.find((pick) => pick.line === line.id)?.quantity)).join(', ');
    const words = said?.words ?? '';
    return {
      ask: { key: 'item-missing.ask.what', values: { items } },
      options: [
        { label: { text: { key: 'choice.whole-piece' } }, value: { whole: true, words } },
        ...(words === '' ? [] : [{ label: { text: { key: 'choice.part-of-it' } }, value: { whole: false, words } }]),
      ],
    };
  },
};

/** Sent after, or its money back. */
const wishSlot: Slot<'send' | 'refund'> = {
  hear(heard) {
    if (!heard.asked) return undefined;
    return heard.intent === 'refund_only' || heard.intent === 'return_request' ? { said: 'refund', definite: true } : { said: '', definite: false };
  },
  async find({ said }): Promise<Found<'send' | 'refund'>> {
    if (said === 'refund') return { value: 'refund' };
    return { ask: { key: 'item-missing.ask.wish' }, options: [{ label: { text: { key: 'choice.send-after' } }, value: 'send' }, { label: { text: { key: 'choice.refund-it' } }, value: 'refund' }] };
  },
};

/** A piece, accessory or gift is not in the parcel that came: sent after or paid back, with a case that has a number and a day. */
export const itemMissing = defineActionFlow({
  id: 'item-missing',
  needs: 'L1',
  slots: {
    order: orderSlot((order, finding) => nothingCame(order, finding) === null, nothingCame),
    lines: checked(namedLines, async (picks, finding) => {
      const order = await orderOf(finding);
      return order ? stop(order, picks, finding) : null;
    }),
    what: whatSlot,
    photos: photosSlot(() => 'missing_parts'),
    wish: wishSlot,
  },
  refusals: ['no-orders', 'nothing-delivered', 'in-another-parcel', 'case-open', 'window-closed', 'already-open', 'no-money'],

  async propose(reading) {
    const { slots, shop, policy, now, timeZone } = reading;
    const { what, photos, wish } = slots;
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const picks = [...slots.lines];
    const no = nothingCame(order, reading) ?? await stop(order, picks, reading);
    if (no) return no;
    const pays = wish === 'refund' && what.whole ? planRefund(order, { picks, received: true, reason: 'missing_parts', amount: 'whole', photos: photos.length }, policy, now, timeZone, reading.customer?.level) : null;
    if (pays && 'refused' in pays) return noMoney(pays);
    const due = await answeredBy(reading, policy.desk.answerBusinessDays);
    const items = order.lines.filter((line) => picks.some((pick) => pick.line === line.id)).map((line) => lineName(line, picks.find((pick) => pick.line === line.id)?.quantity)).join(', ');
    const { refundDays } = policy.returns;
    const shows: Reply[] = [
      { key: 'item-missing.plan', values: { number: order.number, items, whole: what.whole ? 'yes' : 'no', words: what.words, hasWords: what.words === '' ? 'no' : 'yes', photos: photos.length, owner: { text: { key: 'owner.returns_desk' } }, due: { date: due, zone: timeZone, style: 'both' } } },
      pays
        ? { key: pays.state === 'granted' ? 'item-missing.plan.refund.granted' : 'item-missing.plan.refund.requested', values: { amount: { money: pays.amount }, to: waysBack(order), fast: refundDays.from, slow: refundDays.to } }
        : { key: wish === 'refund' ? 'item-missing.plan.part-refund' : 'item-missing.plan.send', values: { to: waysBack(order), address: { address: order.shippingAddress } } },
    ];
    return {
      request: {
        orderNumber: order.number, customerId: order.customerId, picks: picks.map(({ line, quantity }) => ({ lineId: line, quantity })), what, photos, wish, due,
        ...(pays ? { refund: refundRequest(order, pays, { received: true, reason: 'missing_parts', note: what.words }) } : {}),
      },
      shows, receipts: pays ? pays.receipts : [], topic: { order: order.number },
    };
  },

  async commit({ request, writer, caseWriter, key, now, timeZone, conversationId }) {
    const { refund, what, wish } = request;
    const made = refund ? await writer.requestRefund(refund, key, now) : null;
    if (made && 'refused' in made) return { refused: 'plan-stale' };
    const opened = await caseWriter.open({
      kind: 'missing_item', conversationId, customerId: request.customerId, orderNumber: request.orderNumber, lines: request.picks, owner: 'returns_desk', dueAt: request.due,
      details: { whole: what.whole, words: what.words, photos: [...request.photos], wish, ...(made ? { refund: made.refund.number } : {}) },
    }, made ? `${key}.2` : key, now);
    const values = { case: opened.number, owner: { text: { key: 'owner.returns_desk' } }, due: { date: opened.dueAt, zone: timeZone, style: 'both' as const } };
    const topic = { order: request.orderNumber, problem: undefined };
    if (!made) return { say: [{ key: 'item-missing.done', values }], topic };
    const money = { ...values, refund: made.refund.number, amount: { money: made.refund.amount } };
    return made.refund.state === 'granted'
      ? { say: [{ key: 'item-missing.done.refund.granted', values: money }], topic, offers: ['refund_status'], sums: [{ what: 'refund', amount: made.refund.amount }] }
      : { say: [{ key: 'item-missing.done.refund.requested', values: money }], topic, offers: ['refund_status'] };
  },
});
