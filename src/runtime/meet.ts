import type { Conversation } from '../dialogue/conversation.js';
import type { Deadline, Met } from '../dialogue/deadline.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import type { Answer, TimerWish } from '../dialogue/flow.js';
import { Fault } from '../domain/fault.js';
import type { Json, Reply, TimerFired } from '../domain/message.js';
import { watchedCases } from './cases.js';
import { begin, mayTell, settle } from './notices.js';
import type { Parts } from './parts.js';
import { isUpset } from './satisfaction.js';

/** A deadline that could not be met (the shop does not answer) is tried again this much later … */
const againMs = 5 * 60_000;
/** … until this long after its time; what is then still not said has been overtaken by events. */
const mostLateMs = 48 * 3_600_000;

/**
 * Meets a deadline: looks at the shop as it is now and gives what is to be said, or null where it has become needless or is
 * put off. A deadline for a customer who is not the one this conversation serves any more says nothing.
 */
export async function meet({ timer, topic }: Extract<Effect, { kind: 'meet' }>, conversation: Conversation, messageId: string, parts: Parts): Promise<TurnEvent | null> {
  const deadline = parts.deadlines?.[timer.name];
  if (!deadline) {
    parts.log.warn('deadline.unknown', { conversation: conversation.id, name: timer.name });
    return null;
  }
  const data = deadline.data.safeParse(timer.data);
  if (!data.success) {
    parts.log.error('deadline.broken', { conversation: conversation.id, name: timer.name });
    return null;
  }
  try {
    const met = await metBy(deadline, data.data, timer, topic, conversation, parts);
    return met ? { kind: 'deadline-met', met, isNotice: deadline.notice !== undefined } : null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return putOff(timer, error, messageId, parts);
  }
}

async function metBy(deadline: Deadline, data: Json, timer: TimerFired, topic: Conversation['topic'], conversation: Conversation, parts: Parts): Promise<Met | null> {
  const { shop, records, policy, clock } = parts;
  const { identity } = conversation;
  const customerId = deadline.customerOf?.(data);
  const serves = identity.customerId ?? identity.lastCustomerId;
  if (customerId !== undefined && serves !== undefined && serves !== customerId) return null;
  const customer = customerId === undefined ? null : await shop.reader.findCustomer(customerId);
  if (customerId !== undefined && !customer) return null;
  if (deadline.notice?.kind === 'satisfaction' && await isUpset(conversation, parts)) return null;
  const key = timer.timer ?? timer.id;
  const timeZone = customer?.timeZone ?? identity.timeZone ?? (await shop.reader.profile()).timeZone;
  if (!(await mayTell(deadline, data, timer, customerId, timeZone, conversation, parts))) return null;
  const met = await deadline.meet({
    shop: shop.reader, cases: records.cases, policy, now: clock.now(), topic, intent: '', timeZone, knowledge: parts.knowledge, locale: conversation.locale, ...(customer ? { customer } : {}),
    data, key, dueAt: timer.at, conversationId: conversation.id, ...(conversation.heardAt === undefined ? {} : { heardAt: conversation.heardAt }),
    ticket: (id) => records.tickets.find(id),
  });
  // Told by nobody else meanwhile: from here on it is this one's to tell.
  if (!(await begin(deadline, data, timer, customerId, conversation, parts))) return null;
  await settle(deadline, data, customerId, conversation, met === null ? 'needless' : 'sent', parts);
  if (met === null || !('request' in met)) return met;
  return written(deadline, met.request, key, timeZone, conversation, parts);
}

/** Behind a durable row, like every write: found again with its receipt it is not made again, without one it is made with the same key. */
async function written(deadline: Deadline, request: Json, key: string, timeZone: string, conversation: Conversation, { records, files, shop, clock, policy }: Parts): Promise<Answer | null> {
  if (!deadline.commit) throw new Fault('dialogue.broken', `The deadline ${deadline.name} wants to write and cannot.`);
  const row = await records.actions.open({ key, conversationId: conversation.id, flow: deadline.name, request, openedAt: clock.now() });
  if (row.outcome === 'done') return row.receipt as unknown as Answer;
  if (row.outcome === 'refused') return null;
  const done = await deadline.commit({
    request: row.request, writer: shop.writer, caseWriter: watchedCases({ records, files }), shop: shop.reader, key, now: row.openedAt, policy, timeZone, conversationId: conversation.id,
  });
  if ('refused' in done) {
    await records.actions.close(key, 'refused', { refused: done.refused }, clock.now());
    return null;
  }
  await records.actions.close(key, 'done', done as unknown as Json, clock.now());
  return done;
}

async function putOff(timer: TimerFired, error: Fault, messageId: string, { records, clock, log }: Parts): Promise<null> {
  const now = Date.parse(clock.now());
  const id = timer.timer ?? timer.id;
  log.error('deadline.failed', { conversation: timer.conversationId, name: timer.name, item: messageId, code: error.code, message: error.message });
  if (now - Date.parse(timer.at) > mostLateMs) return null;
  await records.timers.set({ id, conversationId: timer.conversationId, name: timer.name, data: timer.data, dueAt: new Date(now + againMs).toISOString() });
  return null;
}

/** Sets and cancels timers of a conversation; doing it again changes nothing. */
export async function setTimers(wishes: readonly TimerWish[], conversationId: string, { records }: Parts): Promise<null> {
  for (const wish of wishes) {
    if ('cancel' in wish) await records.timers.cancel(wish.cancel);
    else await records.timers.set({ ...wish, conversationId });
  }
  return null;
}

/** A word for the people at the desk, kept beside the conversation and never shown to the customer. */
export async function note(says: readonly Reply[], conversationId: string, messageId: string, { records, texts, shop, clock, defaultLocale }: Parts): Promise<null> {
  const { name } = await shop.reader.profile();
  await records.notes.add({
    id: `${messageId}.n`, conversationId, at: clock.now(), agent: { id: 'aftercare', name }, text: says.map((reply) => texts.say(reply, defaultLocale)).join('\n\n'),
  });
  return null;
}
