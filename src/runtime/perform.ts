import { createHash } from 'node:crypto';
import type { Conversation } from '../dialogue/conversation.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import type { Answer, Reading } from '../dialogue/flow.js';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import { watchedCases } from './cases.js';
import { endHandOver, noteLease, openHandOver, tellPlace } from './hand-over.js';
import { checkCode, identify, sendCode } from './identify.js';
import { meet, note, setTimers } from './meet.js';
import type { Parts } from './parts.js';
import { askLater } from './satisfaction.js';
import { tellingCalls } from './touched.js';

/** What keeps the records in step with who is in charge. */
const ofTheLease: readonly Effect['kind'][] = ['hand-over', 'end-hand-over', 'lease-changed', 'relay'];

/**
 * Does one effect and gives the event that tells what came of it, or null for effects that answer nothing.
 * Faults while reading become an event; the conversation stays as it was.
 */
export async function perform(effect: Effect, conversation: Conversation, messageId: string, parts: Parts): Promise<TurnEvent | null> {
  try {
    return await run(effect, conversation, messageId, parts);
  } catch (error) {
    // Half a hand-over would be a customer nobody sees: the whole turn is taken again.
    if (!(error instanceof Fault) || ofTheLease.includes(effect.kind)) throw error;
    // Before a write nobody knows whether an earlier try at this turn has made it: the turn is taken again instead of saying sorry for what may be done.
    if (effect.kind === 'commit' && error.mayHelpAgain) throw error;
    parts.log.error('effect.failed', { code: error.code, effect: effect.kind, conversation: conversation.id, turn: messageId, message: error.message });
    return { kind: 'broke', code: error.code, at: parts.clock.now() };
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
        ...(effect.said === undefined ? {} : { said: effect.said }), ...(effect.kept === undefined ? {} : { kept: effect.kept }), ...(effect.narrows === undefined ? {} : { narrows: effect.narrows }),
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
    case 'hand-over':
      await openHandOver(effect, conversation, parts);
      return null;
    case 'lease-changed':
      await noteLease(effect, parts);
      return null;
    case 'tell-place': return tellPlace(effect.ticket, parts);
    case 'end-hand-over':
      await endHandOver(effect, parts);
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
    case 'relay': {
      const { ticket } = conversation.charge;
      if (ticket !== undefined) await parts.records.handOvers.answered(ticket, effect.act.at);
      return null;
    }
  }
}

async function reading(effect: { readonly intent: string; readonly topic: Reading['topic'] }, conversation: Conversation, { shop, records, policy, clock, knowledge }: Parts): Promise<Reading> {
  const { customerId, level, timeZone } = conversation.identity;
  const customer = level !== 'L0' && customerId !== undefined ? await shop.reader.findCustomer(customerId) : null;
  return {
    shop: shop.reader, cases: records.cases, policy, now: clock.now(), topic: effect.topic, intent: effect.intent,
    knowledge, locale: conversation.locale, conversationId: conversation.id,
    waiting: conversation.wishes.map(({ flow, intent, said, parked }) => ({ flow, intent, said: { ...parked?.said, ...said }, slots: parked?.slots ?? {} })),
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
  parts.pass?.('intent-row');
  if (row.outcome === 'done') return { kind: 'committed', answer: row.receipt as unknown as Answer };
  if (row.outcome === 'refused') return { kind: 'plan-stale' };
  const timeZone = conversation.identity.timeZone ?? (await shop.reader.profile()).timeZone;
  let isTouched = row.openedAt !== now;
  const touch = (): void => void (isTouched = true);
  try {
    const done = await flow.commit({
      request: row.request, writer: tellingCalls(shop.writer, touch), caseWriter: tellingCalls(watchedCases(parts), touch), shop: shop.reader, key: effect.key, now: row.openedAt,
      policy, timeZone, conversationId: conversation.id,
    });
    if ('refused' in done) {
      await records.actions.close(effect.key, 'refused', { refused: done.refused }, clock.now());
      return { kind: 'plan-stale' };
    }
    parts.pass?.('shop-write');
    await records.actions.close(effect.key, 'done', done as unknown as Json, clock.now());
    parts.pass?.('receipt');
    await askLater({ case: effect.key, by: 'bot' }, conversation, parts);
    return { kind: 'committed', answer: done };
  } catch (error) {
    if (!isTouched && !(error instanceof Fault)) {
      // A plan of another version of this flow, which this one cannot carry out; nothing was written, so it is made anew.
      log.warn('commit.unreadable', { conversation: conversation.id, turn: messageId, flow: effect.flow, message: error instanceof Error ? error.message : String(error) });
      await records.actions.close(effect.key, 'refused', { refused: 'plan-stale' }, clock.now());
      return { kind: 'plan-stale' };
    }
    if (!(error instanceof Fault) || !error.mayHelpAgain) throw error;
    // No answer is no "no": the row stays open and the key is asked about later; nothing is said to be done or failed.
    log.error('commit.unknown', { code: error.code, conversation: conversation.id, turn: messageId, key: effect.key, flow: effect.flow });
    const reference = createHash('sha256').update(effect.key).digest('hex').slice(0, 8).toUpperCase();
    return { kind: 'commit-unknown', key: effect.key, reference, at: clock.now() };
  }
}
