import type { Conversation } from '../dialogue/conversation.js';
import type { Json } from '../domain/message.js';
import { isReviewThreat, settledAtOnce, signalsOf, type Signal } from '../domain/signals.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'shop' | 'records' | 'store' | 'policy' | 'clock'>;
const MOST_LINES = 200;

/** What a person should look at in a conversation whose customer is known; nothing is known of anybody else. */
export async function signalsIn({ id, identity }: Pick<Conversation, 'id' | 'identity'>, { shop, records, store, policy, clock }: Needs, latest?: string): Promise<Signal[]> {
  const head = await store.head(id);
  const lines = await store.readLog(id, Math.max(0, (head?.lastSeq ?? 0) - MOST_LINES), MOST_LINES);
  const messages = [...lines.filter((line) => line.from === 'customer').map((line) => line.text), ...(latest === undefined ? [] : [latest])];
  const customerId = identity.level === 'L0' ? undefined : identity.customerId;
  if (customerId === undefined) return signalsOf({ messages, orders: [], cases: [], entries: [] }, policy, clock.now());
  const [orders, cases] = await Promise.all([shop.reader.ordersOf(customerId), records.cases.ofCustomer(customerId)]);
  const entries = (await Promise.all([...cases.map((one) => one.number), ...settledAtOnce(orders)].map((number) => records.cases.entries(number)))).flat();
  return signalsOf({ messages, orders, cases, entries }, policy, clock.now());
}

/**
 * A message that holds a review over the shop opens a ticket for a person, once a conversation, with the words themselves.
 * The customer is told nothing else than without it, and nothing is decided.
 */
export async function reportThreat(text: string, conversation: Conversation, parts: Needs & Pick<Parts, 'log'>): Promise<void> {
  if (!isReviewThreat(text)) return;
  const { id, bornAt, topic, identity } = conversation;
  try {
    const signals = JSON.parse(JSON.stringify(await signalsIn(conversation, parts, text))) as Json;
    await parts.records.tickets.open({
      id: `${id}@${bornAt}!signal`, conversationId: id, kind: 'enquiry', state: 'open', reason: 'signal', openedAt: parts.clock.now(),
      brief: { signals, topic: topic.order === undefined ? {} : { order: topic.order }, customer: identity.customerId ?? '' },
    });
  } catch (error) {
    // A hint for a person must not keep the customer from being answered.
    parts.log.error('signal.failed', { conversation: id, message: error instanceof Error ? error.message : String(error) });
  }
}
