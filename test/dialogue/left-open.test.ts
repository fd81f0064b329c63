import { describe, expect, test } from '@jest/globals';
import type { Active, Conversation } from '../../src/dialogue/conversation.js';
import type { Book } from '../../src/dialogue/book.js';
import { otherNumber } from '../../src/dialogue/second-thoughts.js';
import { takeTurn } from '../../src/dialogue/turn.js';
import type { Json } from '../../src/domain/message.js';
import type { Entity, SaidReason } from '../../src/domain/understanding.js';
import { book as plain, message, play, playAll, started, yes } from './a-play.js';

const { swap } = plain.flows;
/** As in the other tests, but a colour bears a swap out, and another intent leads to it. */
const book = { ...plain, flows: { ...plain.flows, swap: { ...swap, bornOutBy: ['colour'] } }, intents: { ...plain.intents, change: { intent: 'change', group: 'orders', flow: 'swap' } } } as unknown as Book;
const open = (text: string, ...intents: readonly string[]): Conversation => ({ ...started(), turns: 1, unclear: { text, entities: [], intents: [...intents], turn: 1 } });
const colour = (text: string, raw: string): Entity[] => [{ kind: 'colour', value: 'black', raw, start: text.indexOf(raw), end: text.indexOf(raw) + raw.length }];
const number = (text: string, value: string): Entity[] => [{ kind: 'order_number', value, marked: false, raw: value, start: text.indexOf(value), end: text.indexOf(value) + value.length }];

/** What is under way after one message; `lead` is how much likelier it is than the next. */
function after(conversation: Conversation, text: string, top: readonly [string, string], { confidence = 0.66, lead = 0.4, entities = [] as readonly Entity[] } = {}): Active | null {
  const heard = message(text, { intents: [top[0]], entities });
  const intents = heard.understanding.intents.map((one) => ({ ...one, confidence, top: [{ intent: top[0], score: lead }, { intent: top[1], score: 0 }] }));
  return takeTurn(conversation, { ...heard, understanding: { ...heard.understanding, intents } }, book).conversation.active;
}

describe('behind a message that left open what is wanted', () => {
  const blue = open('the blue ones are not for me', 'swap', 'send');
  const text = 'for black ones with the short strap';
  test('values that bear one of it out tell more of that', () => expect(after(blue, text, ['look', 'swap'], { entities: colour(text, 'black') })).toMatchObject({ flow: 'swap', heard: [{ text }] }));
  test.each([
    ['without such a value', text, {}], ['in a question', `${text}?`, { entities: colour(text, 'black') }], ['where something else is clearly asked', text, { confidence: 0.9, entities: colour(text, 'black') }],
  ])('not %s', (_, said, more) => expect(after(blue, said, ['look', 'swap'], more)?.flow).toBe('look'));
  test('nor later', () => expect(after({ ...blue, turns: 4 }, text, ['look', 'swap'], { entities: colour(text, 'black') })?.flow).toBe('look'));

  const told = 'order is 100234';
  test('a number that resembles a question about its order hardly more than anything else tells which is meant', () => {
    expect(after(blue, told, ['look', 'send'], { entities: number(told, '100234') })?.flow).toBe('swap');
  });
  test('and is a question where it plainly asks', () => expect(after(blue, 'look at 100234', ['look', 'send'], { lead: 1, entities: number('look at 100234', '100234') })?.flow).toBe('look'));

  test('its words are those of every intent that leads to the same', () => {
    expect(after(open('take thing=a', 'swap'), 'now change it, count=1', ['change', 'send'], { confidence: 0.9 })).toMatchObject({ flow: 'swap', said: { thing: 'a', count: '1' } });
    expect(after(open('take thing=a', 'send'), 'now change it, count=1', ['change', 'send'], { confidence: 0.9 })?.said).not.toHaveProperty('thing');
  });
});

describe('a few words around a number', () => {
  const wrong = (text: string, raw: string, value: SaidReason, order: string): Entity[] => [{ kind: 'return_reason', value, raw, start: text.indexOf(raw), end: text.indexOf(raw) + raw.length }, ...number(text, order)];
  const asked = (before: string): Active => ({ flow: 'send', intent: 'send', slots: {}, said: {}, kept: {}, asked: 'thing', heard: [{ text: before, entities: number(before, '100111') as unknown as Json }] });
  const correct = (text: string, raw: string, value: SaidReason, order: string, before = 'it was 100111') => otherNumber(message(text, { intents: ['look'], entities: wrong(text, raw, value, order) }).understanding, asked(before));
  test.each([['ah, the wrong one, 100222', 'wrong one', 'wrong_item' as const], ['my mistake, 100222', 'my mistake', 'ordered_by_mistake' as const]])('that call the one before wrong say nothing of what was bought: %s', (text, raw, value) => {
    const { entities, intents } = correct(text, raw, value, '100222');
    expect([entities.map(({ kind }) => kind), intents[0]?.verdict]).toEqual([['order_number'], 'out_of_scope']);
  });
  test('say it of the order that was numbered before', () => expect(correct('the wrong one came, 100111', 'wrong one', 'wrong_item', '100111').intents[0]?.intent).toBe('look'));
  test('and of any where none was numbered', () => expect(otherNumber(message('the wrong one, 100222', { intents: ['look'], entities: wrong('the wrong one, 100222', 'wrong one', 'wrong_item', '100222') }).understanding, { ...asked(''), heard: [] }).intents[0]?.intent).toBe('look'));
});

describe('what is wanted only if something else cannot be had', () => {
  test('makes room for that, while it is still asked about', async () => {
    const first = await play(started(), message('send it', { intents: ['send'] }));
    expect(first.conversation.active?.flow).toBe('send');
    const text = 'swap thing=b count=2 . if not, send thing=a count=1';
    const two = message(text, { intents: ['swap', 'send'] });
    const mark = (raw: string): Entity[] => [{ kind: 'marker', value: 'if_not', raw: 'if not', start: raw.indexOf('if not'), end: raw.indexOf('if not') + 6 }];
    const parts = [{ text: 'swap thing=b count=2', entities: [] }, { text: 'if not, send thing=a count=1', entities: mark('if not') }];
    const then = await play(first.conversation, { ...two, understanding: { ...two.understanding, entities: mark(text), intents: two.understanding.intents.map((one, index) => ({ ...one, ...parts[index] })) } });
    expect(then.keys).toEqual(['swap.plan', 'confirm.ask']);
    expect(then.conversation.active?.otherwise?.map(({ flow }) => flow)).toEqual(['send']);
    expect(then.conversation.wishes).toEqual([]);
  });
});

describe('a yes with "too", where nothing is open', () => {
  const also = (text: string) => message(text, { intents: ['affirm'], says: 'yes', entities: [{ kind: 'marker', value: 'also', raw: 'too', start: text.indexOf('too'), end: text.indexOf('too') + 3 }] });
  const done = async (): Promise<Conversation> => (await playAll([message('send thing=a count=1', { intents: ['send'] }), yes()])).conversation;
  test('does again what was done last, where it names something', async () => expect((await play(await done(), also('yes, thing=b too please'))).keys).toEqual(['ask.count']));
  test('begins nothing where it names nothing', async () => expect((await play(await done(), also('yep, that too'))).keys).toEqual(['menu.ask']));
});
