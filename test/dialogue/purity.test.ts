import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newConversation, parseConversation, type Conversation } from '../../src/dialogue/conversation.js';
import type { TurnEvent } from '../../src/dialogue/events.js';
import { takeTurn } from '../../src/dialogue/turn.js';
import { agent, book, message, no, play, press, started, yes, type Move } from './a-play.js';

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

const email = { start: 0, end: 0, raw: 'anna@example.com', kind: 'email' as const, value: 'anna@example.com' };
const number = { start: 0, end: 0, raw: 'AC-1', kind: 'order_number' as const, value: 'AC-1', marked: true };

/** All a conversation may be handed, the right and the wrong, the old and the made-up. */
const anything: fc.Arbitrary<(now: Conversation) => TurnEvent> = fc.oneof(
  fc.constantFrom('send', 'swap', 'secret', 'look', 'tell').map((intent) => () => message(intent, { intents: [intent] })),
  fc.constantFrom('send', 'swap').map((intent) => () => message(`${intent} thing=a count=2`, { intents: [intent] })), fc.constant(() => message('send thing=b count=1', { intents: ['send'] })),
  fc.constantFrom('thing=a', 'thing=b', 'thing=bad', 'count=2', 'thing=a count=3', 'a', 'b').map((text) => () => message(text)),
  fc.constantFrom('thing=b', 'count=9').map((text) => () => message(`yes but ${text}`, { answer: 'yes', intents: ['affirm'] })),
  fc.constantFrom('send', 'look').map((intent) => () => message(`yes and ${intent}`, { answer: 'yes', intents: ['affirm', intent] })),
  fc.constant(() => message('send and look thing=a', { intents: ['send', 'look'] })),
  fc.constant(() => yes()), fc.constant(() => yes()), fc.constant(() => no()),
  fc.constantFrom('thanks', 'greet', 'stop', 'help', 'human_agent').map((intent) => () => message(intent, { intents: [intent] })),
  fc.constantFrom('why' as const, 'repeat' as const, 'also' as const).map((meta) => () => message(meta, { meta, intents: ['look'] })),
  fc.constant(() => message('???')), fc.constant(() => message('hm', { intents: ['send'], verdict: 'unsure' })),
  fc.constant(() => message('anna@example.com AC-1', { entities: [email, number] })),
  fc.constant((now: Conversation) => press(`y:${now.active?.plan?.id ?? 'p1'}`)), fc.constant((now: Conversation) => press(`n:${now.active?.plan?.id ?? 'p1'}`)),
  fc.integer({ min: 0, max: 12 }).map((id) => () => press(`y:p${id}`)),
  fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom('1', '2', 'y', 'n')).map(([turn, option]) => () => press(`s:${turn}.${option}`)),
  fc.constant((now: Conversation) => press(now.offers[0]?.id ?? 's:0.1')),
  fc.constantFrom('i:send', 'i:look', 'i:nothing', 'm', 'h', 'b', 'y:', '', 'y:undefined').map((id) => () => press(id)),
  fc.constantFrom('take' as const, 'say' as const, 'hand-back' as const, 'close' as const).map((act) => () => agent(act)),
  fc.constantFrom<TurnEvent>({ kind: 'identity-expired' }, { kind: 'started-over' }, { kind: 'broke', code: 'shop.unreachable' }, { kind: 'plan-stale' }).map((event) => () => event),
);
const talks = fc.array(anything, { minLength: 1, maxLength: 14 });

async function everyMove(talk: readonly ((now: Conversation) => TurnEvent)[], see: (move: Move) => void): Promise<void> {
  let now = started();
  for (const next of talk) {
    const { moves, conversation } = await play(now, next(now));
    moves.forEach(see);
    now = conversation;
  }
}

describe('whatever a customer, an agent or the shop does', () => {
  test('nothing is done without a yes to that very plan', async () => {
    let commits = 0;
    await fc.assert(fc.asyncProperty(talks, async (talk) => {
      const shown = new Set<string>();
      await everyMove(talk, ({ before, event, turn }) => {
        for (const effect of turn.effects) {
          if (effect.kind !== 'commit') continue;
          commits += 1;
          const plan = before.active?.plan;
          expect(plan).toBeDefined();
          expect(effect.request).toEqual(plan?.request);
          expect(effect.key).toContain(`|${plan?.id}|`);
          expect(before.charge.who).toBe('bot');
          // It was shown, whole, with its buttons, before this message came.
          expect(shown).toContain(`y:${plan?.id} ${JSON.stringify(plan?.shows)}`);
          if (event.kind !== 'message-received') throw new Error(`${event.kind} is no yes`);
          // "Yes, but b" is no yes to a plan about a; "yes, b" is one to a plan about b.
          const said = [...event.understanding.text.matchAll(/(\w+)=(\w+)/gu)].map(([, name = '', value]) => [name, value]);
          const isOfThisPlan = said.every(([name = '', value]) => (plan?.request as Record<string, string> | undefined)?.[name] === value);
          const isPlainYes = event.message.choice === undefined && event.understanding.answer === 'yes' && event.understanding.intents.length === 1 && isOfThisPlan;
          expect(event.message.choice === `y:${plan?.id}` || isPlainYes).toBe(true);
        }
        const plan = turn.conversation.active?.plan;
        if (plan && turn.replies.some((reply) => reply.choices?.some((choice) => choice.id === `y:${plan.id}`))) {
          for (const reply of plan.shows) expect(turn.replies).toContainEqual(reply);
          shown.add(`y:${plan.id} ${JSON.stringify(plan.shows)}`);
        }
      });
    }), { numRuns: 1500, seed: 7 });
    expect(commits).toBeGreaterThan(100);
  });

  test('while a person is in charge the bot says nothing and does nothing but pass their words on', () =>
    fc.assert(fc.asyncProperty(talks, (talk) => everyMove(talk, ({ before, event, turn }) => {
      if (before.charge.who === 'agent' && event.kind === 'message-received') expect({ replies: turn.replies, effects: turn.effects }).toEqual({ replies: [], effects: [] });
      if (before.charge.who === 'waiting' && event.kind === 'message-received') expect(turn.effects.filter((effect) => !['end-hand-over', 'tell-place', 'find', 'propose', 'answer', 'identify', 'send-code'].includes(effect.kind))).toEqual([]);
      for (const effect of turn.effects) if (effect.kind === 'relay') expect(before.charge).toMatchObject({ who: 'agent', agent: effect.act.agent });
    })), { numRuns: 300 }));

  test('the epoch grows whenever somebody else comes in charge, and never shrinks', () =>
    fc.assert(fc.asyncProperty(talks, (talk) => everyMove(talk, ({ before, turn }) => {
      const [old, now] = [before.charge, turn.conversation.charge];
      const isOther = old.who !== now.who || old.agent?.id !== now.agent?.id;
      expect(now.epoch >= old.epoch + (isOther ? 1 : 0)).toBe(true);
    })), { numRuns: 300 }));

  test('the same conversation, event and book give the same turn; nothing handed in is changed; all of it is plain JSON that reads back', () =>
    fc.assert(fc.asyncProperty(talks, (talk) => everyMove(talk, ({ before, event, turn }) => {
      const [here, there] = [takeTurn(frozen(structuredClone(before)), frozen(structuredClone(event)), book), takeTurn(structuredClone(before), structuredClone(event), book)];
      expect(here).toEqual(turn);
      expect(there).toEqual(turn);
      expect(parseConversation(JSON.parse(JSON.stringify(turn.conversation)))).toEqual(JSON.parse(JSON.stringify(turn.conversation)));
      expect(JSON.parse(JSON.stringify(turn.effects))).toEqual(turn.effects);
    })), { numRuns: 80 }));

  test('at most one thing of a turn answers with an event, and every turn comes to an end', () =>
    fc.assert(fc.asyncProperty(talks, async (talk) => {
      let now = started();
      for (const next of talk) {
        const { moves, conversation } = await play(now, next(now));
        expect(moves.length).toBeLessThan(60);
        for (const { turn } of moves) expect(turn.effects.filter((effect) => !['hand-over', 'end-hand-over', 'lease-changed', 'gap', 'relay'].includes(effect.kind)).length).toBeLessThanOrEqual(1);
        now = conversation;
      }
    }), { numRuns: 300 }));

  test('no button outgrows what channels carry, nor holds what anybody said', () =>
    fc.assert(fc.asyncProperty(talks, (talk) => everyMove(talk, ({ turn }) => {
      for (const choice of turn.replies.flatMap((reply) => reply.choices ?? [])) {
        expect(Buffer.byteLength(choice.id)).toBeLessThanOrEqual(64);
        expect(choice.id).toMatch(/^(?:[hmbc]|[ig]:\w+|f:[\w-]+(?::[\w.-]+)?|[yn]:p\d+|s:\d+\.(?:\d+|[yn]))$/u);
      }
    })), { numRuns: 200 }));

  test('wishes are kept in a short queue, however many there are', () =>
    fc.assert(fc.asyncProperty(talks, (talk) => everyMove(talk, ({ turn }) => expect(turn.conversation.wishes.length).toBeLessThanOrEqual(6))), { numRuns: 200 }));
});

describe('stored state', () => {
  test('of another version or shape is not believed', () => {
    const state = JSON.parse(JSON.stringify(newConversation('test:one', 'test', 'en', '2026-06-17T08:00:00.000Z'))) as Record<string, unknown>;
    expect(parseConversation(state as never)).not.toBeNull();
    for (const broken of [{ ...state, version: 0 }, { ...state, version: 2 }, { ...state, charge: 'bot' }, { ...state, offers: [{ id: 'x', act: { kind: 'commit' } }] }, {}, null, 'state', 7, []]) expect(parseConversation(broken as never)).toBeNull();
  });
});
