import type { Book } from '../dialogue/book.js';
import { defineActionFlow, defineAnswerFlow } from '../dialogue/flow.js';
import type { Text, Value } from '../domain/message.js';
import type { Classifier } from '../ports/classifier.js';
import type { Texts } from '../ports/texts.js';

/** The customer of the shop who speaks in a conversation. */
export const customerOf = (conversationId: string): string => `cus-${conversationId.replace(':', '-')}`;
/** A write as it stands in the shop: the line of the address it leaves behind. */
export const streetOf = (write: string): string => `Street ${write}`;

const change = defineActionFlow({
  id: 'chaos-change',
  needs: 'L0',
  slots: {
    street: {
      hear: ({ text }) => {
        const said = /^street (\w+)$/u.exec(text)?.[1];
        return said === undefined ? undefined : { said, definite: true };
      },
      find: async ({ said }) => ({ value: String(said ?? '') }),
    },
  },
  refusals: [],
  propose: async ({ slots, conversationId }) => ({ request: { customerId: customerOf(conversationId), street: slots.street }, shows: [{ key: 'chaos.plan', values: { street: slots.street } }], receipts: [] }),
  async commit({ request, writer, shop, key }) {
    const customer = await shop.findCustomer(request.customerId);
    if (!customer) return { refused: 'plan-stale' };
    const done = await writer.changeDefaultAddress({ customerId: customer.id, address: { ...customer.address, line1: streetOf(request.street) } }, key);
    return 'refused' in done ? { refused: 'plan-stale' } : { say: [{ key: 'chaos.done', values: { street: request.street } }] };
  },
});

const echo = defineAnswerFlow({ id: 'chaos-echo', needs: 'L0', slots: {}, refusals: [], answer: async () => ({ say: [{ key: 'chaos.echo' }] }) });

/** What the talks of a chaos run are made of: a question, and a change with its plan, its yes and its one write. */
export const chaosBook: Book = {
  flows: { 'chaos-change': change, 'chaos-echo': echo },
  intents: { chaos_change: { intent: 'chaos_change', group: 'orders', flow: 'chaos-change' }, chaos_echo: { intent: 'chaos_echo', group: 'orders', flow: 'chaos-echo' } },
  levels: { 'chaos-change': 'L0', 'chaos-echo': 'L0' },
  menu: ['chaos_echo'], locales: ['en'], identity: { emailAlone: false, nameAndPostcodeAlone: false },
};

/** Reads the few sentences those talks have. */
export const chaosClassifier: Classifier = {
  understand(text) {
    const intent = text.startsWith('street') ? 'chaos_change' : text.startsWith('echo') ? 'chaos_echo' : 'out_of_scope';
    const verdict = intent === 'out_of_scope' ? 'out_of_scope' : 'sure';
    return {
      text, locale: 'en', localeConfidence: 1, entities: [], intents: [{ intent, confidence: 1, verdict, text, entities: [], top: [{ intent, score: 1 }] }],
      ...(text === 'yes' ? { answer: 'yes' } : {}),
    };
  },
};

const plainText = ({ key, values }: Text): string => (values ? `${key} ${JSON.stringify(values)}` : key);
const plainValue = (value: Value): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Sentences as their keys and values: what a check can read. */
export const chaosTexts: Texts = { locales: ['en'], say: (text) => plainText(text), value: (value) => plainValue(value), has: () => true };
