import { defineActionFlow, type Heard, type Mention, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import { sameAddress, type Address } from '../domain/address.js';
import type { Reply, Text, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { mayChangeAddress } from '../domain/order-rules.js';
import type { Receipt } from '../domain/receipt.js';
import { speaksOfAccount, tellsOfAccount } from '../domain/words/address.js';
import { addressSlot } from './address-slot.js';
import { describedSource, sourceOrder } from './address-source.js';
import { hearOrders, severalOrdersSlot } from './several-orders.js';
import { orderItems } from './wording.js';

type Told = Pick<Reading, 'policy' | 'now'>;
const isOpen = (order: Order, { policy, now }: Told): boolean => 'allowed' in mayChangeAddress(order, policy, now);
const stateOf = (order: Order): Value => ({ text: { key: `order-state.${order.state}` } });

/** The "no" to orders of which none may go elsewhere any more, with what is possible instead. */
function locked(orders: readonly Order[], { policy, now }: Told): Refused<'no-orders' | 'locked' | 'already-changed'> {
  const [order, other] = orders;
  if (!order) return { refused: 'no-orders' };
  const verdicts = orders.map((one) => mayChangeAddress(one, policy, now));
  const number: Value = other ? { list: orders.map((one) => one.number) } : order.number;
  const state: Value = other ? { list: [...new Set(orders.map((one) => one.state))].map((one) => stateOf({ ...order, state: one })) } : stateOf(order);
  const isChanged = verdicts.every((verdict) => 'refused' in verdict && verdict.refused === 'already-changed');
  return { refused: isChanged ? 'already-changed' : 'locked', with: { number, state }, receipts: verdicts.flatMap((verdict) => verdict.receipts), ...instead(order), ...(other ? {} : { topic: { order: order.number } }) };
}

/** Why one of several orders stays as it is. */
type Left = 'locked' | 'country' | 'same';
const leftKeys: Readonly<Record<Left, string>> = { locked: 'change-address.left.locked', country: 'change-address.left.country', same: 'change-address.left.same' };

/** Whether the account's address was to change, too: never asked for, only heard, so that the wish is not lost. */
const accountToo: Slot<boolean> = {
  hear: ({ text, whole }) => (speaksOfAccount(whole?.text ?? text) ? { said: true, definite: false } : undefined),
  find: async ({ said }) => ({ value: said === true }),
};

/** Whose address is to change: "the same for my orders" are all of them. */
function hearTargets(heard: Heard): Mention | undefined {
  const mention = hearOrders(heard, sourceOrder(heard));
  const areAll = /(?<!\b(?:one|some|two|which) )\b(?:for|on|of|to) (?:my|our|those|these) orders\b(?! (?:with|from|in|that|which))/iu.test(heard.text);
  const said = mention?.said as { readonly numbers: string[] } | undefined;
  // "Change the one with the lamp, use the address of the order with the sofa": said with where it stands, it says which.
  const source = describedSource(heard);
  const isDescribed = source !== undefined && !source.isThere && /\b(?:the|my|that|this) (?:[\w'’-]+ ){0,3}order\b|\border with\b/iu.test(heard.text.replace(source.phrase, ' '));
  if (mention && isDescribed) return { ...mention, definite: true };
  return mention && said && areAll && said.numbers.length === 0 ? { ...mention, said: { ...said, every: true } } : mention;
}

/** Sends one or several orders that have not been packed to another address. */
export const changeAddress = defineActionFlow({
  id: 'change-address',
  needs: 'L1',
  bornOutBy: ['order_number'],
  before: ['swap-items', 'remove-item'],
  // "It stands in my profile" tells which address, and changes nothing there.
  tells: ({ intent, text }) => intent === 'account_update' && tellsOfAccount(text) && !speaksOfAccount(text),
  slots: { orders: severalOrdersSlot(isOpen, locked, hearTargets), address: addressSlot, account: accountToo },
  refusals: ['no-orders', 'locked', 'already-changed', 'country-change', 'same-address'],
  already: ['same-address'],

  async propose({ slots, shop, policy, now, customer }) {
    const orders = (await Promise.all(slots.orders.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const open = orders.filter((order) => isOpen(order, { policy, now }));
    if (open.length === 0) return locked(orders, { policy, now });
    const address: Address = slots.address;
    const isForAccount = slots.account && customer !== undefined && !sameAddress({ ...address, name: '' }, { ...customer.address, name: '' });
    const isAbroad = (order: Order): boolean => address.country !== order.shippingAddress.country && !policy.orders.countryMayChange;
    const whyNot = (order: Order): Left | null => (!open.includes(order) ? 'locked' : sameAddress(address, order.shippingAddress) ? 'same' : isAbroad(order) ? 'country' : null);
    const [first, second] = orders.filter((order) => whyNot(order) === null);
    const receipts = orders.flatMap((order) => mayChangeAddress(order, policy, now).receipts);
    if (!first) return refusal(open, address, { policy, now }, isForAccount, slots.account);
    const changed = orders.filter((order) => whyNot(order) === null);
    const left = orders.flatMap((order) => {
      const why = whyNot(order);
      return why === null ? [] : [{ text: { key: leftKeys[why], values: { number: order.number, items: orderItems(order), state: stateOf(order), country: { country: order.shippingAddress.country } } } }];
    });
    const shows: Reply[] = [
      second
        ? { key: 'change-address.plan.several', values: { count: changed.length, lines: { lines: changed.map((order): Value => ({ text: { key: 'change-address.line', values: { number: order.number, items: orderItems(order), from: flatAddress(order.shippingAddress) } } })) }, to: { address } } }
        : { key: 'change-address.plan', values: { number: first.number, items: orderItems(first), from: { address: first.shippingAddress }, to: { address }, total: { money: first.total } } },
      ...(left.length > 0 ? [{ key: 'change-address.left', values: { lines: { lines: left } } }] : []),
    ];
    return { request: { orders: changed.map((order) => ({ orderNumber: order.number, revision: order.revision })), address, isForAccount }, shows, receipts, topic: { address, ...(second ? {} : { order: first.number }) } };
  },

  async commit({ request, writer, key }) {
    const done: Order[] = [];
    const failed: string[] = [];
    for (const [index, order] of request.orders.entries()) {
      const changed = await writer.changeAddress({ ...order, address: request.address }, request.orders.length > 1 ? `${key}.${index + 1}` : key);
      // What is done stays done: only a plan of which nothing was carried out is stale.
      if ('refused' in changed && index === 0) return { refused: 'plan-stale' };
      if ('refused' in changed) failed.push(order.orderNumber);
      else done.push(changed.order);
    }
    const [first] = done;
    const number: Value = done.length === 1 && first ? first.number : { list: done.map((order) => order.number) };
    return {
      say: [
        { key: done.length > 1 ? 'change-address.done.several' : 'change-address.done', values: { number, address: { address: first?.shippingAddress ?? request.address } } },
        ...(failed.length > 0 ? [{ key: 'change-address.not-done', values: { number: { list: failed } } }] : []),
        ...(request.isForAccount === true ? [{ key: 'change-address.account-unchanged' }] : []),
      ],
      topic: { address: request.address, ...(request.orders.length === 1 && first ? { order: first.number } : {}) },
      ...(request.isForAccount === true ? { offers: ['account_update'], leadsTo: 'account_update' } : {}),
    };
  },
});

/** The "no" to an address none of the open orders can get. */
function refusal(open: readonly Order[], address: Address, { policy, now }: Told, isForAccount: boolean, isOfAccount: boolean): Refused<'same-address' | 'country-change'> {
  const abroad = open.find((order) => order.shippingAddress.country !== address.country);
  const number: Value = open.length === 1 && open[0] ? open[0].number : { list: open.map((order) => order.number) };
  if (!abroad) return { refused: 'same-address', ...(isOfAccount ? { leadsTo: 'account_update' } : {}), with: { number, address: { address } }, topic: { address }, ...(isForAccount ? { offers: ['account_update'] } : {}) };
  const countries = { from: { country: abroad.shippingAddress.country }, to: { country: address.country } };
  const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  return {
    refused: 'country-change', with: { number, ...countries }, receipts: [receipt('address.country', false, countries)],
    alternatives: [{ key: 'instead.cancel-and-reorder' }, { key: 'instead.address-same-country' }], offers: ['order_cancel'],
  };
}

const flatAddress = ({ line1, line2, postcode, city }: Address): string => [line1, line2, `${postcode} ${city}`].filter((part) => part !== undefined).join(', ');

function instead(order: Order): { alternatives: Text[]; offers: string[] } {
  switch (order.state) {
    case 'packed': return { alternatives: [{ key: 'instead.person-before-dispatch' }, { key: 'instead.refuse-delivery' }], offers: ['track_parcel'] };
    case 'shipped': return { alternatives: [{ key: 'instead.carrier-redirect' }, { key: 'instead.refuse-delivery' }, { key: 'instead.return-on-arrival' }], offers: ['track_parcel'] };
    case 'delivered': return { alternatives: [{ key: 'instead.return-and-reorder' }], offers: ['return_request'] };
    default: return { alternatives: [{ key: 'instead.new-order' }], offers: [] };
  }
}
