import { defineActionFlow, type Reading, type Refused } from '../dialogue/flow.js';
import type { Text, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { mayChangeContact } from '../domain/order-rules.js';
import { contactSlot, type Contact } from './contact-slot.js';
import { orderSlot } from './slots.js';
import { orderItems } from './wording.js';

type Told = Pick<Reading, 'policy' | 'now'>;
const isOpen = (order: Order, { policy, now }: Told): boolean => 'allowed' in mayChangeContact(order, policy, now);

function refusal(order: Order, { policy, now }: Told): Refused<'locked' | 'already-changed'> | null {
  const verdict = mayChangeContact(order, policy, now);
  if ('allowed' in verdict) return null;
  const isOnItsWay = order.state === 'shipped';
  const alternatives: Text[] = isOnItsWay ? [{ key: 'instead.carrier-contact' }] : ['delivered', 'returned', 'refunded', 'cancelled'].includes(order.state) ? [{ key: 'instead.account-contact' }] : [{ key: 'instead.person-before-dispatch' }];
  return {
    refused: verdict.refused === 'already-changed' ? 'already-changed' : 'locked', with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } },
    receipts: verdict.receipts, alternatives, offers: isOnItsWay ? ['track_parcel'] : [],
  };
}

/** What stands on the order now, and what would. */
function changesOf(order: Order, { phone, email, name }: Contact): { readonly what: 'phone' | 'email' | 'name'; readonly from: string; readonly to: string }[] {
  return [
    ...(phone === undefined ? [] : [{ what: 'phone' as const, from: order.contact.phone ?? '–', to: phone }]),
    ...(email === undefined ? [] : [{ what: 'email' as const, from: order.contact.email, to: email }]),
    ...(name === undefined ? [] : [{ what: 'name' as const, from: order.shippingAddress.name, to: name }]),
  ].filter(({ from, to }) => from.replace(/[\s()-]/gu, '').toLowerCase() !== to.replace(/[\s()-]/gu, '').toLowerCase());
}

/** Writes another phone number, e-mail address or recipient on an order; whoever asks has proven who they are by a code or their account. */
export const changeContact = defineActionFlow({
  id: 'change-contact',
  likeWho: true,
  needs: 'L1',
  slots: { order: orderSlot(isOpen, refusal), contact: contactSlot },
  refusals: ['no-orders', 'locked', 'already-changed', 'same-contact'],
  already: ['same-contact'],

  async propose({ slots, shop, policy, now }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const refused = refusal(order, { policy, now });
    if (refused) return refused;
    const changes = changesOf(order, slots.contact);
    if (changes.length === 0) return { refused: 'same-contact', with: { number: order.number } };
    const lines = changes.map(({ what, from, to }): Value => ({ text: { key: 'change-contact.line', values: { what, from, to } } }));
    return {
      request: { orderNumber: order.number, revision: order.revision, ...Object.fromEntries(changes.map(({ what, to }) => [what, to])) },
      shows: [{ key: 'change-contact.plan', values: { number: order.number, items: orderItems(order), lines: { lines } } }],
      receipts: mayChangeContact(order, policy, now).receipts, topic: { order: order.number },
    };
  },

  async commit({ request, writer, key }) {
    const changed = await writer.changeContact(request, key);
    if ('refused' in changed) return { refused: 'plan-stale' };
    const { order } = changed;
    return {
      say: [{ key: 'change-contact.done', values: { number: order.number, name: order.shippingAddress.name, phone: order.contact.phone ?? '–', email: order.contact.email } }],
      topic: { order: order.number },
    };
  },
});
