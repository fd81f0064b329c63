import { defineActionFlow, type Heard, type Slot } from '../dialogue/flow.js';
import { sameAddress, type Address } from '../domain/address.js';
import type { Receipt } from '../domain/receipt.js';
import { ADDRESS, BECOMES, MAIL, MAIL_ADDRESS, TO } from '../domain/words/account.js';
import { ADDRESS_BEFORE, speaksOfOrders } from '../domain/words/address.js';
import { accountAddressSlot } from './address-slot.js';

/** What of the account is meant: the default address, the address of an order after all, or anything else. */
type What = 'address' | 'order' | 'other';

/** "Change the address of that order to my default address" is about the order. */
function isOfOrder({ text, entities }: Heard): boolean {
  const order = entities.find((entity) => (entity.kind === 'order_number' && entity.marked) || (entity.kind === 'marker' && entity.value === 'pending'));
  const marker = entities.find((entity) => entity.kind === 'marker' && entity.value === 'default');
  // "It should come to my default address": what comes there is an order.
  // What is to become the default address cannot be that address itself: "the address to my default one".
  if (marker && !/\b(?:and|also|y|e|et|und)\s+(?:\p{L}+\s+){0,2}$/iu.test(text.slice(0, marker.start)) && BECOMES.test(text.slice(0, marker.start)) && !/\b(?:default|profile|account)\b/iu.test(text.slice(0, marker.start))) return true;
  if (marker && /\b(?:ship|send|deliver|come|go|arrive|redirect|reroute)\p{L}*\s+(?:\p{L}+\s+){0,2}(?:back\s+)?to\s+(?:\p{L}+\s+){0,2}$/iu.test(text.slice(0, text.indexOf(marker.raw)))) return true;
  return order !== undefined && marker !== undefined && order.end <= marker.start && TO.test(text.slice(order.end, marker.end));
}

/** `open`: something of the account, and the words do not say what. */
function whatIsMeant(heard: Heard): What | 'open' | undefined {
  if (heard.intent !== 'account_update') return undefined;
  if (isOfOrder(heard)) return 'order';
  const isOther = heard.entities.some((entity) => entity.kind === 'email' || entity.kind === 'phone') || MAIL.test(heard.text);
  const isPlace = heard.entities.some((entity) => entity.kind === 'street') || ADDRESS_BEFORE.test(heard.text);
  return isPlace || ADDRESS.test(isOther ? heard.text.replaceAll(MAIL_ADDRESS, '') : heard.text) ? 'address' : isOther ? 'other' : 'open';
}

const whatSlot: Slot<What> = {
  hear(heard) {
    const what = whatIsMeant(heard);
    return what && { said: what, definite: false };
  },
  // "On my account, too", where an address was just given to something, is about that address.
  find: async ({ said, topic }) => ({ value: said === 'order' || said === 'address' ? said : said === 'open' && topic.address !== undefined ? 'address' : 'other' }),
};

/** The address is asked for only where it is the address that is to change; who is speaking, too. */
const addressOrNothing: Slot<(Address & { readonly [key: string]: string }) | null> = {
  ...accountAddressSlot,
  restsOn: ['what'],
  hear: (heard) => (heard.asked || ['address', undefined].includes(whatIsMeant(heard)) ? accountAddressSlot.hear(heard) : undefined),
  find: async (finding) => (finding.slots['what'] === 'address' ? accountAddressSlot.find(finding) : { value: null }),
};

/** Whether orders were to go there, too: never asked for, only heard, so that the wish is not lost. */
const ordersToo: Slot<boolean> = {
  hear: ({ text, whole }) => (speaksOfOrders(whole?.text ?? text) ? { said: true, definite: false } : undefined),
  find: async ({ said }) => ({ value: said === true }),
};

/** Changes the default address of the customer's account; for the rest of the account it tells where that is done. */
export const accountUpdate = defineActionFlow({
  id: 'account-update',
  before: ['swap-items', 'remove-item'],
  needs: 'L0',
  slots: { what: whatSlot, address: addressOrNothing, orders: ordersToo },
  refusals: ['other-data', 'of-order', 'no-customer', 'same-address', 'not-deliverable'],
  already: ['same-address'],

  async propose({ slots, shop, policy, now, customer, topic }) {
    if (slots.what === 'order') return { refused: 'of-order', leadsTo: 'order_change_address' };
    if (slots.what === 'other' || slots.address === null) return { refused: 'other-data' };
    if (!customer) return { refused: 'no-customer' };
    const address: Address = slots.address;
    const areOrdersLeft = slots.orders && !(topic.address && sameAddress(topic.address, address));
    if (sameAddress(address, customer.address)) return { refused: 'same-address', with: { address: { address } }, topic: { address }, ...(areOrdersLeft ? { offers: ['order_change_address'] } : {}) };
    const receipt = (rule: string, granted: boolean, inputs: Receipt['inputs']): Receipt => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
    const isDeliverable = address.country === customer.address.country || (await shop.lanesTo(address.country)).length > 0;
    const inputs = { country: { country: address.country } };
    if (!isDeliverable) return { refused: 'not-deliverable', with: inputs, receipts: [receipt('account.country', false, inputs)], alternatives: [{ key: 'instead.address-delivered-to' }] };
    return {
      request: { customerId: customer.id, address, before: customer.address, former: topic.formerAddress ?? customer.address, areOrdersLeft },
      shows: [{ key: 'account-update.plan', values: { from: { address: customer.address }, to: { address } } }],
      receipts: [receipt('account.country', true, inputs)],
    };
  },

  async commit({ request, writer, key }) {
    const changed = await writer.changeDefaultAddress({ customerId: request.customerId, address: request.address }, key);
    if ('refused' in changed) return { refused: 'plan-stale' };
    return {
      say: [{ key: 'account-update.done', values: { from: { address: request.before }, to: { address: changed.customer.address } } }, ...(request.areOrdersLeft ? [{ key: 'account-update.orders-unchanged' }] : [])],
      topic: { address: request.address, formerAddress: request.former }, offers: ['order_change_address'], ...(request.areOrdersLeft ? { leadsTo: 'order_change_address' } : {}),
    };
  },
});
