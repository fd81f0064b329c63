import type { Order } from './order.js';
import type { Policy } from './policy.js';
import type { Receipt } from './receipt.js';
import type { Value } from './text.js';
import { addDays } from './time.js';

/** What a customer may want done to an order that is placed. */
export type OrderAction = 'cancel' | 'address' | 'contact' | 'items' | 'remove' | 'payment';

/** Why an order stays as it is: cancelled already, changed once where once is all, past the state for it, or never done in this shop. */
export type OrderRefusal = 'cancelled' | 'already-changed' | 'locked' | 'not-allowed';

/** Whether something may be done to an order, with the rules behind it either way. */
export type OrderVerdict =
  | { readonly allowed: true; readonly receipts: readonly Receipt[] }
  | { readonly refused: OrderRefusal; readonly receipts: readonly Receipt[] };

/** A gate: the order, the shop's rules, and the instant the receipts are dated with. */
export type OrderGate = (order: Order, policy: Policy, now: string) => OrderVerdict;

/** Until when an order that is paid should have left, by the shop's handling time; undefined once it has, or where nothing was paid. */
export function leavesBy(order: Order, policy: Policy): string | undefined {
  if (!['under_review', 'paid', 'packed'].includes(order.state)) return undefined;
  const from = order.history.find(({ state }) => state === 'paid' || state === 'under_review')?.at ?? order.placedAt;
  return from === undefined ? undefined : addDays(from, policy.orders.handlingDays.to);
}

const stateOf = (state: string): Value => ({ text: { key: `order-state.${state}` } });
const quoted = (state: string): Value => ({ text: { key: 'order-state.quoted', values: { state: stateOf(state) } } });

/** The order of the checks is part of the rule: a cancelled order is told to be cancelled whatever else is true of it. */
function judge(order: Order, policy: Policy, now: string, states: readonly string[], receipt: (granted: boolean, inputs: Receipt['inputs']) => Receipt): OrderVerdict {
  const inputs = { number: order.number, state: stateOf(order.state), states: { list: states.map(quoted) } };
  if (order.state === 'cancelled') return { refused: 'cancelled', receipts: [receipt(false, inputs)] };
  if (policy.orders.changeItemsOnce && order.itemsChanged === true) {
    return { refused: 'already-changed', receipts: [{ rule: 'order.once', granted: false, inputs: { number: order.number }, policyVersion: policy.version, at: now }] };
  }
  if (states.length === 0) return { refused: 'not-allowed', receipts: [receipt(false, inputs)] };
  return states.includes(order.state) ? { allowed: true, receipts: [receipt(true, inputs)] } : { refused: 'locked', receipts: [receipt(false, inputs)] };
}

/** Whether the whole order may be cancelled. */
export const mayCancel: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.cancelIn, (isGranted, inputs) => ({ rule: 'order.cancel', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** Whether other variants, or other quantities, may be had. */
export const mayChangeItems: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.changeItemsIn, (isGranted, inputs) => ({ rule: 'order.items', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** Whether single lines may be taken out; an empty list of states means never. */
export const mayRemoveItems: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.removeItemsIn, (isGranted, inputs) => ({ rule: 'order.remove', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** Whether it may go to another address. */
export const mayChangeAddress: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.changeAddressIn, (isGranted, inputs) => ({ rule: 'address.state', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** Whether another phone, e-mail or recipient may be written on it. */
export const mayChangeContact: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.changeContactIn, (isGranted, inputs) => ({ rule: 'order.contact', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** Whether it may be paid another way. */
export const mayChangePayment: OrderGate = (order, policy, now) =>
  judge(order, policy, now, policy.orders.changePaymentIn, (isGranted, inputs) => ({ rule: 'order.payment', granted: isGranted, inputs, policyVersion: policy.version, at: now }));

/** The gates by action, for tables and tests. */
export const orderGates: Readonly<Record<OrderAction, OrderGate>> = {
  cancel: mayCancel, address: mayChangeAddress, contact: mayChangeContact, items: mayChangeItems, remove: mayRemoveItems, payment: mayChangePayment,
};
