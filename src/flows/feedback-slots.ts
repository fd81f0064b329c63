import type { Finding, Found, Slot } from '../dialogue/flow.js';
import { ANNOUNCED } from '../domain/words/feedback.js';
import type { Case, CaseKind, CaseReader } from '../ports/cases.js';
import { agrees, bareWords } from './problem-slots.js';

const LONGEST = 900;

/** Intents whose words tell what happened: said in answer to "what happened?", they are the answer. */
const telling = new Set(['complaint', 'suggestion', 'review_help', 'offplatform_payment', 'item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged', 'delivery_failed', 'parcel_lost', 'out_of_scope']);

/** Intents of questions: what a proposal is about sounds like one, unless it is put as a question. */
const asking = new Set([
  'coupon_help', 'promotion_info', 'points_info', 'membership_info', 'howto_search', 'howto_checkout', 'howto_wishlist', 'shipping_options', 'delivery_estimate', 'payment_methods', 'product_question', 'return_policy',
  'account_register', 'account_login',
]);
const QUESTION = /[?？؟]\s*$/u;

const isTold = (text: string): boolean => {
  const size = Math.max(text.trim().split(/\s+/u).length, Math.floor((text.match(/\p{Script=Han}/gu)?.length ?? 0) / 1.5));
  return size >= 4 && !ANNOUNCED.test(text);
};

/** What happened, or what is proposed, in the customer's own words: told with the wish already, or asked for. */
export const toldSlot = (ask: string): Slot<string> => ({
  hear(heard) {
    if (heard.asked) return agrees(heard) === undefined ? { said: bareWords(heard), definite: telling.has(heard.intent) || (asking.has(heard.intent) && !QUESTION.test(heard.text)) } : undefined;
    return telling.has(heard.intent) && isTold(heard.text) ? { said: heard.text.trim().slice(0, LONGEST), definite: false } : undefined;
  },
  join: (before, now) => `${String(before)}\n${String(now)}`.slice(0, LONGEST),
  find: async ({ said }): Promise<Found<string>> => (typeof said === 'string' && said !== '' ? { value: said } : { ask: { key: ask } }),
});

/** The order it is about, where one is named or was talked about; nothing is asked for. */
export const namedOrder: Slot<string> = {
  hear(heard) {
    const number = heard.entities.find((entity) => entity.kind === 'order_number' && entity.marked);
    return number?.kind === 'order_number' ? { said: number.value, definite: false } : undefined;
  },
  find: async ({ said, topic }) => ({ value: typeof said === 'string' ? said : topic.order ?? '' }),
};

/** Files sent with the words. */
export const sentFiles: Slot<string[]> = {
  hear: ({ files }) => (files.length > 0 ? { said: files.map(({ fileId }) => fileId), definite: true } : undefined),
  join: (before, now) => [...new Set([...(Array.isArray(before) ? before.map(String) : []), ...(Array.isArray(now) ? now.map(String) : [])])],
  find: async ({ said }) => ({ value: Array.isArray(said) ? said.map(String) : [] }),
};

/** The open cases of a kind that this customer, or this conversation, has; newest first. */
export async function openCases({ cases, customer, conversationId }: Pick<Finding, 'conversationId' | 'customer'> & { readonly cases: CaseReader }, kind: CaseKind): Promise<Case[]> {
  const all = [...(await cases.ofConversation(conversationId)), ...(customer ? await cases.ofCustomer(customer.id) : [])];
  return [...new Map(all.map((one) => [one.number, one])).values()].filter((one) => one.kind === kind && one.state === 'open');
}

/** A field of what a case holds, where it is text. */
export const detailOf = ({ details }: Case, name: string): string | undefined => {
  const value = typeof details === 'object' && details !== null && !Array.isArray(details) ? (details as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};
