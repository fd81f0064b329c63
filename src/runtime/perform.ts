import { createHash } from 'node:crypto';
import type { Conversation } from '../dialogue/conversation.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import type { Answer, Reading } from '../dialogue/flow.js';
import { endOfBusiness } from '../domain/business-days.js';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import { endAnswerTimer, setAnswerTimer, watchedCases } from './cases.js';
import { checkCode, identify, sendCode } from './identify.js';
import { meet, note, setTimers } from './meet.js';
import type { Parts } from './parts.js';
import { askLater } from './satisfaction.js';
import { signalsIn } from './told-signals.js';

/**
 * Does one effect and gives the event that tells what came of it, or null for effects that answer nothing.
 * Faults while reading become an event; the conversation stays as it was.
 */
export async function perform(effect: Effect, conversation: Conversation, messageId: string, parts: Parts): Promise<TurnEvent | null> {
  try {
    return await run(effect, conversation, messageId, parts);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    parts.log.error('effect.failed', { code: error.code, effect: effect.kind, conversation: conversation.id, turn: messageId, message: error.message });
    return { kind: 'broke', code: error.code };
  }
}

async function run(effect: Effect, conversation: Conversation, messageId: string, parts: Parts): Promise<TurnEvent | null> {
  switch (effect.kind) {
    case 'identify': return identify(effect.claims, conversation.id, parts);
    case 'send-code': return sendCode(effect, conversation, parts);
    case 'check-code': return checkCode(effect.code, messageId, conversation, parts);
    case 'find': {
      const slot = parts.book.flows[effect.flow]?.slots[effect.slot];
      if (!slot) throw new Fault('dialogue.broken', `Flow ${effect.flow} has no slot ${effect.slot}.`);
      const found = await slot.find({
        ...(await reading(effect, conversation, parts)), slots: effect.slots,
        ...(effect.said === undefined ? {} : { said: effect.said }), ...(effect.kept === undefined ? {} : { kept: effect.kept }),
      });
      return { kind: 'found', slot: effect.slot, found, at: parts.clock.now() };
    }
    case 'propose':
    case 'answer': {
      const flow = parts.book.flows[effect.flow];
      if (!flow) throw new Fault('dialogue.broken', `There is no flow ${effect.flow}.`);
      const given = { ...(await reading(effect, conversation, parts)), slots: effect.slots };
      if (flow.kind === 'answer') {
        const answer = await flow.answer(given);
        return 'refused' in answer ? { kind: 'refused', refused: answer } : { kind: 'answered', answer };
      }
      const proposal = await flow.propose(given);
      if ('say' in proposal) return { kind: 'answered', answer: proposal };
      return 'refused' in proposal ? { kind: 'refused', refused: proposal } : { kind: 'proposed', proposal };
    }
    case 'commit': return commit(effect, conversation, messageId, parts);
    case 'hand-over': {
      // A person is brought in even where the shop does not answer.
      const zone = await parts.shop.reader.profile().then(({ timeZone }) => timeZone, () => 'UTC');
      const dueAt = endOfBusiness(parts.clock.now(), parts.policy.desk.answerBusinessDays, parts.policy.desk, zone);
      await parts.records.tickets.open({
        id: effect.ticket, conversationId: conversation.id, kind: 'handover', state: 'open', reason: effect.reason, dueAt,
        brief: { ...briefOf(conversation), ...(await signalsOfBrief(conversation, parts)), ...(effect.write ? { write: JSON.parse(JSON.stringify(effect.write)) as Json } : {}) }, openedAt: parts.clock.now(),
      });
      await setAnswerTimer(parts, effect.ticket, conversation.id, dueAt, conversation.identity.customerId);
      return null;
    }
    case 'end-hand-over':
      await parts.records.tickets.update(effect.ticket, { state: 'closed', closedAt: parts.clock.now() });
      await endAnswerTimer(parts, effect.ticket);
      if (effect.how === 'closed') await askLater({ case: effect.ticket, by: 'person' }, conversation, parts);
      return null;
    case 'notices': {
      const { customerId, lastCustomerId } = conversation.identity;
      const customer = customerId ?? lastCustomerId;
      for (const whose of [{ conversation: conversation.id }, ...(customer === undefined ? [] : [{ customer }])]) {
        await (effect.on ? parts.records.reach.optIn(whose) : parts.records.reach.optOut(whose, parts.clock.now()));
      }
      return null;
    }
    case 'meet': return meet(effect, conversation, messageId, parts);
    case 'set-timers': return setTimers(effect.timers, conversation.id, parts);
    case 'note': return note(effect.says, conversation.id, messageId, parts);
    case 'gap':
      await parts.records.gaps.add({ id: createHash('sha256').update(`${conversation.id}\n${messageId}`).digest('base64url'), question: effect.question, locale: effect.locale, at: parts.clock.now() });
      return null;
    case 'solved':
      await askLater({ case: effect.case, by: 'case' }, conversation, parts);
      return null;
    case 'rate':
      if (effect.what === 'answered') await parts.records.ratings.answer(effect.case, effect.score, effect.at);
      else await parts.records.ratings.ask({ case: effect.case, conversationId: conversation.id, solvedAt: effect.solvedAt, askedAt: parts.clock.now() });
      return null;
    case 'relay': return null;
  }
}

async function reading(effect: { readonly intent: string; readonly topic: Reading['topic'] }, conversation: Conversation, { shop, records, policy, clock, knowledge }: Parts): Promise<Reading> {
  const { customerId, level, timeZone } = conversation.identity;
  const customer = level !== 'L0' && customerId !== undefined ? await shop.reader.findCustomer(customerId) : null;
  return {
    shop: shop.reader, cases: records.cases, policy, now: clock.now(), topic: effect.topic, intent: effect.intent,
    knowledge, locale: conversation.locale, conversationId: conversation.id,
    timeZone: timeZone ?? (await shop.reader.profile()).timeZone, ...(customer ? { customer } : {}),
  };
}

/**
 * Writes behind a durable row: the row first, then the write with its key, then the receipt. Found again with its
 * receipt, the write is not made again; found without one, it is made with the same key, which the shop answers with
 * the first receipt.
 */
async function commit(effect: Extract<Effect, { kind: 'commit' }>, conversation: Conversation, messageId: string, parts: Parts): Promise<TurnEvent> {
  const flow = parts.book.flows[effect.flow];
  if (flow?.kind !== 'action') throw new Fault('dialogue.broken', `There is no action ${effect.flow}.`);
  const { records, shop, clock, policy, log } = parts;
  const now = clock.now();
  const row = await records.actions.open({ key: effect.key, conversationId: conversation.id, flow: effect.flow, request: effect.request, openedAt: now });
  if (row.outcome === 'done') return { kind: 'committed', answer: row.receipt as unknown as Answer };
  if (row.outcome === 'refused') return { kind: 'plan-stale' };
  const timeZone = conversation.identity.timeZone ?? (await shop.reader.profile()).timeZone;
  try {
    const done = await flow.commit({
      request: row.request, writer: shop.writer, caseWriter: watchedCases(parts), shop: shop.reader, key: effect.key, now: row.openedAt,
      policy, timeZone, conversationId: conversation.id,
    });
    if ('refused' in done) {
      await records.actions.close(effect.key, 'refused', { refused: done.refused }, clock.now());
      return { kind: 'plan-stale' };
    }
    await records.actions.close(effect.key, 'done', done as unknown as Json, clock.now());
    await askLater({ case: effect.key, by: 'bot' }, conversation, parts);
    return { kind: 'committed', answer: done };
  } catch (error) {
    if (!(error instanceof Fault) || !error.mayHelpAgain) throw error;
    // No answer is no "no": the row stays open and the key is asked about later; nothing is said to be done or failed.
    log.error('commit.unknown', { code: error.code, conversation: conversation.id, turn: messageId, key: effect.key, flow: effect.flow });
    const reference = createHash('sha256').update(effect.key).digest('hex').slice(0, 8).toUpperCase();
    return { kind: 'commit-unknown', key: effect.key, reference, at: clock.now() };
  }
}

/** What a person should look at besides; where the shop is away, that they take over must not fail for it. */
async function signalsOfBrief(conversation: Conversation, parts: Parts): Promise<Readonly<Record<string, Json>>> {
  try {
    const signals = await signalsIn(conversation, parts);
    return signals.length === 0 ? {} : { signals: JSON.parse(JSON.stringify(signals)) as Json };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {};
  }
}

/** What a person who takes over sees first. */
function briefOf(conversation: Conversation): Readonly<Record<string, Json>> {
  const { identity, active, topic, locale, wishes, last } = conversation;
  const { claims: _, ...who } = identity;
  return JSON.parse(JSON.stringify({
    locale, identity: who, topic, active: active && { flow: active.flow, intent: active.intent, slots: active.slots, asked: active.asked, plan: active.plan?.request },
    wishes: wishes.map((wish) => wish.intent), receipts: last.receipts,
  })) as Readonly<Record<string, Json>>;
}
