import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';
import { answeredBy, caseFacts, caseKey, casesAbout } from './case-wording.js';
import { orderSlot } from './slots.js';
import { orderItems } from './wording.js';

/** Whether a proof of payment can still matter: nothing has arrived yet, or it has only just come. */
const awaitsMoney = (order: Order): boolean => order.state === 'unpaid' || order.payments.some(({ state }) => state === 'attempted' || state === 'failed');

/** The screenshot or slip; asked for until one comes. */
const proofSlot: Slot<string[]> = {
  hear: ({ files }) => (files.length > 0 ? { said: files.map(({ fileId }) => fileId), definite: true } : undefined),
  join: (before, now) => [...(Array.isArray(before) ? before.map(String) : []), ...(Array.isArray(now) ? now.map(String) : [])],
  find: async ({ said }): Promise<Found<string[]>> => (Array.isArray(said) && said.length > 0 ? { value: said.map(String) } : { ask: { key: 'payment-proof.ask' } }),
};

/** Passes a proof of payment to those who match payments: a picture or document with a word about a payment leads here. */
export const paymentProof = defineActionFlow({
  id: 'payment-proof',
  needs: 'L1',
  withFileOf: ['payment_status'],
  slots: { order: orderSlot(awaitsMoney), proof: proofSlot },
  refusals: ['no-orders'],

  async propose(reading) {
    const { slots, shop, policy, now, timeZone, customer } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order || !customer) return { refused: 'no-orders' };
    const cases = await casesAbout(reading, { order: order.number }, ['payment']);
    const before = cases.find((one) => one.state === 'open');
    const dueAt = await answeredBy(reading, policy.desk.answerBusinessDays);
    const facts = caseFacts(before ?? { number: '', owner: 'payment_desk', dueAt, openedAt: now }, timeZone);
    return {
      request: { order: order.number, proof: slots.proof, dueAt, customerId: customer.id, caseKey: caseKey('payment', order.number, cases), ...(before ? { addTo: before.number } : {}) },
      shows: [{ key: before ? 'payment-proof.plan.add' : 'payment-proof.plan', values: { ...facts, number: order.number, items: orderItems(order), total: { money: order.total }, files: slots.proof.length } }],
      receipts: [],
      topic: { order: order.number },
    };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { order, proof, dueAt, customerId, caseKey: ownKey, addTo } = request;
    const details = { wish: 'match-payment', proof };
    const one = (addTo === undefined ? null : await caseWriter.add(addTo, details, key, now))
      ?? await caseWriter.open({ kind: 'payment', conversationId, customerId, orderNumber: order, owner: 'payment_desk', dueAt, details }, ownKey, now);
    return { say: [{ key: 'payment-proof.done', values: { ...caseFacts(one, timeZone), number: order } }], topic: { order } };
  },
});
