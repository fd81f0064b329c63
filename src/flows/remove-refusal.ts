import type { Reading, Refused, Topic } from '../dialogue/flow.js';
import type { Text, Value } from '../domain/message.js';
import type { Order, OrderLine } from '../domain/order.js';
import { mayCancel, mayRemoveItems } from '../domain/order-rules.js';
import { deliveredAt } from '../domain/return-rules.js';
import { lineName, orderItems } from './wording.js';

/** Why nothing, or not this, comes out of an order. */
export type RemoveRefusal = 'no-orders' | 'not-allowed' | 'locked' | 'delivered' | 'already-changed' | 'last-item' | 'none-possible';

/** The pieces of one order that are to go; no lines where only the order was named. */
export interface Going {
  readonly order: Order;
  readonly lines: readonly { readonly line: OrderLine; readonly gone: number }[];
}

type Told = Pick<Reading, 'policy' | 'now'>;

/** Whether a line, or an order as a whole, has reached the customer. */
export const isArrived = (order: Order, line?: OrderLine): boolean =>
  ['delivered', 'returned', 'refunded'].includes(order.state) || (line !== undefined && order.state !== 'cancelled' && deliveredAt(order, line) !== undefined);

/** What the next message may call "it": the pieces, and their order where it is one. */
export const topicOfGoing = (going: readonly Going[]): Topic => ({
  order: going.length === 1 ? going[0]?.order.number : undefined,
  items: going.flatMap(({ order, lines }) => lines.map(({ line }) => ({ order: order.number, line: line.id }))),
});

/** The "no" to what cannot come out of one order, with what is possible instead; null when it can. */
export function refusalOf({ order, lines }: Going, { policy, now }: Told): Refused<RemoveRefusal> | null {
  const verdict = mayRemoveItems(order, policy, now);
  if (order.state !== 'cancelled' && (lines.length > 0 ? lines.every(({ line }) => isArrived(order, line)) : isArrived(order))) {
    const items = lines.length > 0 ? lines.map(({ line, gone }) => lineName(line, gone)) : [orderItems(order)];
    return { refused: 'delivered', with: { number: order.number, items: { list: items } }, receipts: verdict.receipts, leadsTo: 'return_request' };
  }
  if ('allowed' in verdict) return null;
  const isCancellable = 'allowed' in mayCancel(order, policy, now);
  const alternatives: Text[] = [...(isCancellable ? [{ key: 'instead.cancel-whole' }] : []), ...(order.state === 'cancelled' ? [] : [{ key: 'instead.return-on-arrival' }])];
  const state: Value = { text: { key: `order-state.${order.state}` } };
  const common = { receipts: verdict.receipts, alternatives, offers: isCancellable ? ['order_cancel'] : [] };
  if (verdict.refused === 'not-allowed') return { refused: 'not-allowed', with: { count: 1, lines: { lines: [{ text: { key: 'remove-item.order-line', values: { number: order.number, items: orderItems(order), state } } }] } }, ...common };
  return { refused: verdict.refused === 'cancelled' ? 'locked' : verdict.refused, with: { number: order.number, state }, ...common };
}

const linesIn = ({ with: values }: Refused<RemoveRefusal>, name: string, kind: 'lines' | 'list'): Value[] => {
  const value = values?.[name];
  return typeof value === 'object' && kind in value ? [...(value as { readonly lines?: readonly Value[]; readonly list?: readonly Value[] })[kind] ?? []] : [];
};

/** One "no" to pieces of several orders of which none can come out. */
export function refusalOfAll(refusals: readonly Refused<RemoveRefusal>[], going: readonly Going[]): Refused<RemoveRefusal> {
  const [first, second] = refusals;
  if (!first) return { refused: 'no-orders' };
  const topic = topicOfGoing(going);
  if (!second) return { ...first, topic };
  const each = refusals.map((one): Text[] => [...one.alternatives ?? [], ...(one.refused === 'delivered' ? [{ key: 'instead.return-now' }] : [])]).flat();
  const common = {
    receipts: refusals.flatMap((one) => one.receipts ?? []), topic,
    alternatives: each.filter((text, index) => each.findIndex((one) => one.key === text.key) === index),
    offers: [...new Set(refusals.flatMap((one) => [...one.offers ?? [], ...(one.refused === 'delivered' ? ['return_request'] : [])]))],
  };
  if (refusals.every((one) => one.refused === 'not-allowed')) return { refused: 'not-allowed', with: { count: refusals.length, lines: { lines: refusals.flatMap((one) => linesIn(one, 'lines', 'lines')) } }, ...common };
  const number: Value = { list: going.map(({ order }) => order.number) };
  if (refusals.every((one) => one.refused === 'delivered')) return { refused: 'delivered', with: { number, items: { list: refusals.flatMap((one) => linesIn(one, 'items', 'list')) } }, receipts: common.receipts, leadsTo: 'return_request', topic };
  if (refusals.every((one) => one.refused === 'last-item')) return { refused: 'last-item', with: { number }, receipts: common.receipts, leadsTo: 'order_cancel', topic };
  return { refused: 'none-possible', with: { lines: { lines: refusals.map((one): Value => ({ text: besideOf(one) })) } }, ...common };
}

/** How a "no" is told beside what can be done. */
export const besideOf = ({ refused, with: values }: Refused<RemoveRefusal>): Text => ({ key: refused === 'last-item' ? 'remove-item.beside.last-item' : `remove-item.refused.${refused}`, ...(values ? { values } : {}) });
