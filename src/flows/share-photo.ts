import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';
import { answeredBy, caseFacts } from './case-wording.js';
import { agrees } from './problem-slots.js';
import { orderSlot } from './slots.js';
import { orderItems } from './wording.js';

const isHere = (order: Order): boolean => order.state === 'delivered';

/** The pictures; asked for until one comes, and a no drops the wish. */
const pictures: Slot<string[]> = {
  hear: (heard) => (heard.files.length > 0 ? { said: heard.files.map(({ fileId }) => fileId), definite: true } : heard.asked && agrees(heard) === 'no' ? { said: [], definite: true } : undefined),
  join: (before, now) => [...new Set([...(Array.isArray(before) ? before.map(String) : []), ...(Array.isArray(now) ? now.map(String) : [])])],
  async find({ said }): Promise<Found<string[]>> {
    if (Array.isArray(said)) return said.length > 0 ? { value: said.map(String) } : { refused: 'none' };
    return { ask: { key: 'share-photo.ask' }, options: [{ label: { text: { key: 'choice.no-photo' } }, value: [] }] };
  },
};

/** A customer who is content shows what they bought: the shop may use the pictures only after a yes that says what for, and nothing is given for it. */
export const sharePhoto = defineActionFlow({
  id: 'share-photo',
  needs: 'L1',
  slots: { order: orderSlot(isHere), photos: pictures },
  refusals: ['no-orders', 'none'],

  async propose(reading) {
    const { slots, shop, policy, now, timeZone, customer } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order || !customer) return { refused: 'no-orders' };
    const dueAt = await answeredBy(reading, policy.feedback.businessDays.low);
    const facts = caseFacts({ number: '', owner: 'product_desk', dueAt, openedAt: now }, timeZone);
    return {
      request: { order: order.number, customerId: customer.id, lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity })), photos: slots.photos, dueAt },
      shows: [{ key: 'share-photo.plan', values: { ...facts, number: order.number, items: orderItems(order), photos: slots.photos.length } }],
      receipts: [],
      topic: { order: order.number },
    };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { order, customerId, lines, photos, dueAt } = request;
    const one = await caseWriter.open({ kind: 'suggestion', conversationId, customerId, orderNumber: order, lines, owner: 'product_desk', dueAt, details: { wish: 'show-photos', consent: now, photos: [...photos] } }, key, now);
    return { say: [{ key: 'share-photo.done', values: { ...caseFacts(one, timeZone), number: order } }], topic: { order } };
  },
});
