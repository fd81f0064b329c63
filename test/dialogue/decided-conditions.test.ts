import { describe, expect, test } from '@jest/globals';
import type { Conversation } from '../../src/dialogue/conversation.js';
import type { Json } from '../../src/domain/message.js';
import type { Entity, Marker } from '../../src/domain/understanding.js';
import { message, play, playAll, started } from './a-play.js';

const marks = (text: string, value: Marker, raw: string): Entity[] => [{ kind: 'marker', value, raw, start: text.indexOf(raw), end: text.indexOf(raw) + raw.length }];

const told = 'send the small thing if there is none of the large';
/** The plan for what was wanted in case of a no. */
const table = (more: Partial<NonNullable<Conversation['active']>>): Conversation => ({
  ...started(),
  active: {
    flow: 'send', intent: 'send', slots: { thing: 'a', count: '1' }, said: {}, kept: {}, heard: [{ text: told, entities: marks(told, 'if', 'if there') as unknown as Json }],
    plan: { id: 'p1', request: { thing: 'a', count: '1' }, shows: [{ key: 'send.plan' }], receipts: [] }, ...more,
  },
});
const sayYes = (text: string, raw = 'if') => message(text, { intents: ['affirm'], says: 'yes', entities: marks(text, 'if', raw) });

describe('a yes that repeats the condition told before', () => {
  test('counts once the condition is met', async () => expect((await play(table({ decided: true }), sayYes('yes, the small thing if there is none of the large'))).keys).toEqual(['send.done']));
  test('does not count while nothing has met it', async () => expect((await play(table({}), sayYes('yes, the small thing if there is none of the large'))).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']));
  test.each(['yes, if it arrives by the weekend', 'yes, the small thing if there is none of the large for 20'])('is no yes with a condition of its own: %s', async (text) => {
    expect((await play(table({ decided: true }), sayYes(text))).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']);
  });
  test('comes after a no by itself', async () => {
    const text = 'send thing=bad count=1 . if not, swap thing=b count=2';
    const two = message(text, { intents: ['send', 'swap'] });
    const parts = [{ text: 'send thing=bad count=1', entities: [] }, { text: 'if not, swap thing=b count=2', entities: marks('if not, swap', 'if_not', 'if not') }];
    const understanding = { ...two.understanding, entities: marks(text, 'if_not', 'if not'), intents: two.understanding.intents.map((one, index) => ({ ...one, ...parts[index] })) };
    const turn = await playAll([{ ...two, understanding }]);
    expect(turn.keys.slice(-2)).toEqual(['swap.plan', 'confirm.ask']);
    expect(turn.conversation.active?.decided).toBe(true);
  });
});

describe('a condition the shop has answered with a no', () => {
  const answered = async (turn: number): Promise<Conversation> => {
    const words = [{ text: 'swap the large one; if there is none, only the small thing', entities: marks('swap the large one; if there is none', 'if_not', 'if there is none') as unknown as Json }];
    return (await play({ ...started(), turns: turn, answered: { heard: words, turn: 1 } }, message('send thing=a count=1', { intents: ['send'] }))).conversation;
  };
  const again = sayYes('yes, do that. If there is no large one, the small thing', 'If');
  test('is remembered with the words it was told in', async () => {
    const before = { ...started(), active: { flow: 'swap', intent: 'swap', slots: {}, said: {}, kept: {}, heard: [{ text: told, entities: [] }] } };
    const ended = async (byCondition: boolean) => (await play(before, { kind: 'refused', refused: { refused: 'not-that', byCondition } })).conversation.answered;
    expect([(await ended(true))?.heard?.[0]?.text, await ended(false)]).toEqual([told, undefined]);
  });
  test('limits no yes to what comes right behind it', async () => expect((await play(await answered(2), again)).keys).toEqual(['send.done']));
  test('and is forgotten later', async () => expect((await play(await answered(9), again)).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']));
  test('a new one beside the yes still does', async () => expect((await play(await answered(2), sayYes('yes. If my neighbour says so tomorrow', 'If'))).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']));
});

describe('a yes that calls the thing the other one', () => {
  const yes = message('yes, the other order', { intents: ['affirm'], says: 'yes', entities: marks('yes, the other order', 'other', 'the other') });
  test('counts where it was called so before, however long ago', async () => {
    const before = await playAll([message('another order is to be sent', { intents: ['send'] }), message('thing=a'), message('so yes well it is like that'), message('hm let me see now'), message('count=1')]);
    expect(before.keys).toEqual(['send.plan', 'confirm.ask']);
    expect((await play(before.conversation, yes)).keys).toEqual(['send.done']);
  });
  test('else it may mean something that is not on the table', async () => expect((await play(table({}), yes)).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']));
});

describe('a yes to only that', () => {
  const only = message('yes, only the small thing', { intents: ['affirm'], says: 'yes', entities: marks('yes, only the small thing', 'only', 'only') });
  test('counts where the plan is about one thing', async () => expect((await play(table({}), only)).keys).toEqual(['send.done']));
  test('is asked again where it is about several', async () => {
    expect((await play(table({ slots: { thing: ['a', 'b'], count: '1' } }), only)).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']);
  });
  test('is asked again where more is said, which the plan may not hold', async () => {
    const text = 'yes, the small thing as it was before, but that only';
    expect((await play(table({}), message(text, { intents: ['affirm'], says: 'yes', entities: marks(text, 'only', 'only') }))).keys).toEqual(['confirm.once-more', 'send.plan', 'confirm.ask']);
  });
});
