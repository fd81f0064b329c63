import { defineActionFlow, type Reading, type Refused } from '../dialogue/flow.js';
import { sameAddress, type Address } from '../domain/address.js';
import type { Text } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { addressSlot } from './address-slot.js';
import { orderSlot } from './slots.js';
import { orderItems } from './wording.js';

const isOpen = (order: Order, { policy }: Pick<Reading, 'policy'>): boolean => policy.orders.changeAddressIn.includes(order.state);

/** The refusal for an order past the state in which its address may change, with what is possible instead. */
function locked(order: Order, { policy, now }: Pick<Reading, 'policy' | 'now'>): Refused<'locked'> {
  const inputs = { number: order.number, state: { text: { key: `order-state.${order.state}` } } };
  return { refused: 'locked', with: inputs, receipts: [{ rule: 'address.state', granted: false, inputs, policyVersion: policy.version, at: now }], ...instead(order) };
}

/** Sends an order that has not been packed to another address. */
export const changeAddress = defineActionFlow({
  id: 'change-address',
  needs: 'L1',
  slots: { order: orderSlot(isOpen, (order, finding) => (isOpen(order, finding) ? null : locked(order, finding))), address: addressSlot },
  refusals: ['no-orders', 'locked', 'country-change', 'same-address'],

  async propose({ slots, shop, policy, now }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
    const state = { text: { key: `order-state.${order.state}` } };
    if (!isOpen(order, { policy })) return locked(order, { policy, now });
    const address: Address = slots.address;
    if (sameAddress(address, order.shippingAddress)) return { refused: 'same-address', with: { number: order.number, address: { address } } };
    if (address.country !== order.shippingAddress.country && !policy.orders.countryMayChange) {
      const countries = { from: { country: order.shippingAddress.country }, to: { country: address.country } };
      return {
        refused: 'country-change', with: { number: order.number, ...countries }, receipts: [receipt('address.country', false, countries)],
        alternatives: [{ key: 'instead.cancel-and-reorder' }, { key: 'instead.address-same-country' }], offers: ['order_cancel'],
      };
    }
    return {
      request: { orderNumber: order.number, revision: order.revision, address },
      shows: [{ key: 'change-address.plan', values: { number: order.number, items: orderItems(order), from: { address: order.shippingAddress }, to: { address } } }],
      receipts: [receipt('address.state', true, { number: order.number, state })],
      topic: { order: order.number },
    };
  },

  async commit({ request, writer, key }) {
    const changed = await writer.changeAddress(request, key);
    if ('refused' in changed) return { refused: 'plan-stale' };
    return { say: [{ key: 'change-address.done', values: { number: changed.order.number, address: { address: changed.order.shippingAddress } } }], topic: { order: changed.order.number } };
  },
});

function instead(order: Order): { alternatives: Text[]; offers: string[] } {
  switch (order.state) {
    case 'packed': return { alternatives: [{ key: 'instead.person-before-dispatch' }, { key: 'instead.refuse-delivery' }], offers: ['track_parcel'] };
    case 'shipped': return { alternatives: [{ key: 'instead.carrier-redirect' }, { key: 'instead.refuse-delivery' }, { key: 'instead.return-on-arrival' }], offers: ['track_parcel'] };
    case 'delivered': return { alternatives: [{ key: 'instead.return-and-reorder' }], offers: ['return_request'] };
    default: return { alternatives: [{ key: 'instead.new-order' }], offers: [] };
  }
}
