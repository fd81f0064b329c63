import type { Conversation } from '../dialogue/conversation.js';
import type { Deadline } from '../dialogue/deadline.js';
import { afterQuietHours } from '../domain/business-days.js';
import { Fault } from '../domain/fault.js';
import { lookAt } from '../domain/look.js';
import type { Json, TimerFired } from '../domain/message.js';
import { eventName, type ShopEvent } from '../domain/notice.js';
import type { Order } from '../domain/order.js';
import type { NoticeOutcome, OptOut } from '../ports/reach.js';
import type { Timer } from '../ports/records.js';
import type { Parts } from './parts.js';

/** Of whom it is kept what they were told: the customer, or the conversation of somebody nobody knows. */
const listenerOf = (customerId: string | undefined, conversation: Conversation): string => customerId ?? `conversation|${conversation.id}`;

/** Who may have said that they do not want to be written to. */
const optOutsOf = (customerId: string | undefined, conversationId: string): OptOut[] => [{ conversation: conversationId }, ...(customerId === undefined ? [] : [{ customer: customerId }])];

/**
 * Whether something may be told unasked, here and now. Kept back where the policy does not tell such things, where it was told
 * before, where the customer has opted out (counted); put off in quiet hours; passed on to where the customer is by now.
 */
export async function mayTell(deadline: Deadline, data: Json, timer: TimerFired, customerId: string | undefined, timeZone: string, conversation: Conversation, parts: Parts): Promise<boolean> {
  const { notice } = deadline;
  if (!notice) return true;
  const { policy, records, clock } = parts;
  if (!policy.notices.kinds.includes(notice.kind)) return false;
  const event = notice.event(data);
  const listener = listenerOf(customerId, conversation);
  if (await records.notices.isTaken(listener, event) && !(await begin(deadline, data, timer, customerId, conversation, parts))) return false;
  const later = (id: string, dueAt: string): Promise<void> => records.timers.set({ id: timer.timer ?? timer.id, conversationId: id, name: timer.name, data: timer.data, dueAt });
  if (customerId !== undefined && notice.here !== true) {
    const [place] = await records.reach.of(customerId);
    if (!place) return refuse('nowhere');
    if (place.conversationId !== conversation.id) {
      await later(place.conversationId, clock.now());
      return false;
    }
  }
  if (await records.reach.isOptedOut(optOutsOf(customerId, conversation.id))) return refuse('opted_out');
  const now = clock.now();
  const at = afterQuietHours(now, policy.notices.quietHours, timeZone);
  if (at === now) return true;
  await later(conversation.id, at);
  return false;

  async function refuse(outcome: NoticeOutcome): Promise<false> {
    if (await begin(deadline, data, timer, customerId, conversation, parts)) await settle(deadline, data, customerId, conversation, outcome, parts);
    return false;
  }
}

/** Takes it for this coming due; false where another one has told it. */
export async function begin(deadline: Deadline, data: Json, timer: TimerFired, customerId: string | undefined, conversation: Conversation, { records, clock }: Parts): Promise<boolean> {
  const { notice } = deadline;
  return !notice || records.notices.begin({ customerId: listenerOf(customerId, conversation), event: notice.event(data), kind: notice.kind, conversationId: conversation.id, by: timer.id, at: clock.now() });
}

/** Keeps what came of it. */
export async function settle(deadline: Deadline, data: Json, customerId: string | undefined, conversation: Conversation, outcome: NoticeOutcome, { records }: Parts): Promise<void> {
  if (deadline.notice) await records.notices.settle(listenerOf(customerId, conversation), deadline.notice.event(data), outcome);
}

/** Sets the timers that orders have by themselves, as far as they lie ahead and nothing of them was told yet; the same again changes nothing. */
export async function watchOrders(orders: readonly Order[], conversationId: string, parts: Parts): Promise<void> {
  const { deadlines = {}, policy, records, clock } = parts;
  const now = Date.parse(clock.now());
  const ahead = Object.values(deadlines).flatMap((deadline) => (!deadline.of || (deadline.notice && !policy.notices.kinds.includes(deadline.notice.kind)) ? [] : orders.map(async (order): Promise<Timer[]> => {
    const timer = deadline.of?.(order, policy);
    if (!timer || Date.parse(timer.dueAt) <= now) return [];
    const event = deadline.notice?.event(timer.data);
    if (event !== undefined && await records.notices.isTaken(order.customerId, event)) return [];
    return [{ id: `${deadline.name}|${order.number}`, conversationId, name: deadline.name, dueAt: timer.dueAt, data: timer.data }];
  })));
  await records.timers.set(...(await Promise.all(ahead)).flat());
}

/** Notes where a customer is now, and has what their orders wait for come due there. */
export async function seen(before: Conversation, after: Conversation, parts: Parts): Promise<void> {
  const { identity } = after;
  if (identity.customerId === undefined || identity.level === 'L0') return;
  const isNew = before.identity.customerId !== identity.customerId || before.identity.level === 'L0';
  const quietMs = Date.parse(after.heardAt ?? after.bornAt) - Date.parse(before.heardAt ?? after.bornAt);
  if (!isNew && before.locale === after.locale && quietMs < 60_000) return;
  const noted = parts.records.reach.see({
    conversationId: after.id, customerId: identity.customerId, channel: after.channel, locale: after.locale, seenAt: parts.clock.now(),
    ...(identity.timeZone === undefined ? {} : { timeZone: identity.timeZone }),
  });
  // Written down at the same moment: the customer waits for it.
  await Promise.all([noted, ...(isNew ? [watch(identity.customerId, after.id, parts)] : [])]);
}

/** Has what a customer's orders wait for come due in this conversation. */
async function watch(customerId: string, conversationId: string, parts: Parts): Promise<void> {
  const { reach } = parts.records;
  try {
    const orders = await parts.shop.reader.ordersOf(customerId);
    // From here on changes are news.
    const look = async (): Promise<void> => (await reach.lookOf(customerId) === null ? reach.keepLook(customerId, lookAt(orders) as unknown as Json) : undefined);
    await Promise.all([watchOrders(orders, conversationId, parts), look()]);
  } catch (error) {
    // The customer's own turn must not suffer; the next time they are seen is another chance.
    if (!(error instanceof Fault)) throw error;
    parts.log.warn('notices.not-watched', { conversation: conversationId, code: error.code });
  }
}

/** What became of an event of the shop. */
export type EventOutcome = 'accepted' | 'duplicate' | 'nobody' | 'unknown-order' | 'off';

/** Takes something the shop system tells: it comes due at once in the conversation where the customer was last. Once taken, the same again is a duplicate. */
export async function takeShopEvent(event: ShopEvent, parts: Parts): Promise<EventOutcome> {
  const { records, shop, policy, clock, deadlines = {} } = parts;
  const name = eventName(event.type);
  const deadline = deadlines[name];
  if (!deadline?.notice || !policy.notices.kinds.includes(deadline.notice.kind)) return 'off';
  const order = await shop.reader.findOrder(event.order);
  if (!order) return 'unknown-order';
  const data = { ...event, customerId: order.customerId } as unknown as Json;
  const key = deadline.notice.event(data);
  if (await records.notices.isTaken(order.customerId, key)) return 'duplicate';
  const [place] = await records.reach.of(order.customerId);
  if (!place) {
    const now = clock.now();
    await records.notices.begin({ customerId: order.customerId, event: key, kind: deadline.notice.kind, by: event.id, at: now });
    await records.notices.settle(order.customerId, key, 'nowhere');
    return 'nobody';
  }
  await records.timers.set({ id: `${name}|${event.id}`, conversationId: place.conversationId, name, dueAt: clock.now(), data });
  await watchOrders([order], place.conversationId, parts);
  return 'accepted';
}
