import { describe, expect, test } from '@jest/globals';
import type { Entity } from '../../src/domain/understanding.js';
import { besidesYes } from '../../src/dialogue/second-thoughts.js';
import { bornOut, isFragment } from '../../src/dialogue/telling.js';
import { book, message, play, playAll, started, yes } from './a-play.js';

const mark = (value: 'if' | 'pending', raw: string, start: number): Entity => ({ kind: 'marker', value, raw, start, end: start + raw.length });
const long = 'there is something here that I would like to have sent somewhere';

describe('what was taken up as likeliest', () => {
  test('makes room for what is clearly wanted, with the words said for it', async () => {
    const vague = message(`${long} thing=a`, { intents: ['swap'], verdict: 'unsure' });
    expect((await playAll([vague])).keys).toEqual(['ask.count']);
    const first = await playAll([message(long, { intents: ['swap'], verdict: 'unsure' })]);
    expect(first.keys).toEqual(['ask.thing']);
    expect(first.conversation.active).toMatchObject({ flow: 'swap', vague: true });
    const then = await play(first.conversation, message('I want it sent, count=2', { intents: ['send'] }));
    expect(then.conversation.active?.flow).toBe('send');
    expect(then.conversation.wishes).toEqual([]);
  });

  test.each([[0.7, []], [0.1, ['swap']]])('so does what was wanted with a narrow lead (%s behind 0.8), not with a wide one', async (behind, left) => {
    const near = message(long, { intents: ['swap'] });
    const first = await playAll([{ ...near, understanding: { ...near.understanding, intents: near.understanding.intents.map((one) => ({ ...one, top: [{ intent: 'swap', score: 0.8 }, { intent: 'send', score: behind }] })) } }]);
    expect(first.keys).toEqual(['ask.thing']);
    const then = await play(first.conversation, message('I want it sent, count=2', { intents: ['send'] }));
    expect(then.conversation.active?.flow).toBe('send');
    expect(then.conversation.wishes.map(({ flow }) => flow)).toEqual(left);
  });

  test('stays where it is as likely in the new words, and where something is settled', async () => {
    const first = await playAll([message(long, { intents: ['swap'], verdict: 'unsure' })]);
    const close = message('sent or swapped', { intents: ['send'] });
    const understanding = { ...close.understanding, intents: close.understanding.intents.map((one) => ({ ...one, top: [{ intent: 'send', score: 0.9 }, { intent: 'swap', score: 0.7 }] })) };
    expect((await play(first.conversation, { ...close, understanding })).conversation.wishes.some((wish) => wish.flow === 'swap')).toBe(true);
    const settled = await playAll([message(`${long} thing=a`, { intents: ['swap'], verdict: 'unsure' }), message('send something', { intents: ['send'] })]);
    expect(settled.conversation.wishes.some((wish) => wish.flow === 'swap')).toBe(true);
  });
});

describe('a yes where nothing was asked that a yes answers', () => {
  const said = message('yeah so I mean send it', { intents: ['affirm'], verdict: 'unsure' }).understanding;
  const close = { ...said, intents: said.intents.map((one) => ({ ...one, top: [{ intent: 'affirm', score: 0.4 }, { intent: 'send', score: 0.3 }] })) };
  const active = { flow: 'swap', intent: 'swap', slots: {}, said: {}, kept: {} };
  test('is what else the words say', () => expect(besidesYes(close, active, book).intents[0]).toMatchObject({ intent: 'send', verdict: 'sure' }));
  test('is a yes to a plan', () => expect(besidesYes(close, { ...active, plan: { id: 'p1', request: {}, shows: [], receipts: [] } }, book)).toBe(close));
  test('and where nothing else is near, a yes', () => expect(besidesYes(said, active, book)).toBe(said));
  const three = { ...said, intents: said.intents.map((one) => ({ ...one, top: [{ intent: 'affirm', score: 0.4 }, { intent: 'send', score: 0.3 }, { intent: 'swap', score: 0.2 }] })) };
  test('is what is under way, where that is as near', () => expect(besidesYes(three, active, book).intents[0]).toMatchObject({ intent: 'swap', verdict: 'sure' }));
  test('is what a sentence of it surely says', () => {
    const within = message('swap it', { intents: ['swap'] }).understanding.intents;
    expect(besidesYes({ ...three, within }, { ...active, flow: 'look', intent: 'look' }, book).intents[0]).toMatchObject({ intent: 'swap' });
  });
});

describe('a plan that was put aside', () => {
  test('is taken up as it stood when it is asked for again; what was under way waits', async () => {
    const plan = [message('send thing=a count=1', { intents: ['send'] }), message('swap thing=b count=2', { intents: ['swap'] })];
    expect((await playAll(plan)).keys).toEqual(['swap.plan', 'confirm.ask']);
    const back = await playAll([...plan, message('now send it', { intents: ['send'] })]);
    expect(back.keys).toEqual(['send.plan', 'confirm.ask']);
    expect(back.conversation.wishes.map(({ flow }) => flow)).toEqual(['swap']);
    expect((await play(back.conversation, yes())).keys).toEqual(['send.done', 'resume.back', 'swap.plan', 'confirm.ask']);
  });
  const order: Entity = { kind: 'order_number', value: 'AC7', raw: 'AC7', marked: true, start: 10, end: 13 };
  const aside = [message('send thing=AC7 count=1', { intents: ['send'] }), message('swap thing=b count=2', { intents: ['swap'] })];
  test('is carried out by a yes that names its order, since it was shown', async () => {
    expect((await playAll([...aside, message('yes, send AC7', { intents: ['send'], says: 'yes', entities: [order] })])).keys).toEqual(['send.done', 'resume.back', 'swap.plan', 'confirm.ask']);
  });
  test.each([['yes, send it', []], ['yes, send AC7?', [order]], ['yes, send AC7 if', [order, mark('if', 'if', 14)]]] as const)('and shown again by one that does not, asks, or has a condition: %s', async (text, entities) => {
    expect((await playAll([...aside, message(text, { intents: ['send'], says: 'yes', entities: [...entities] })])).keys).toEqual(['send.plan', 'confirm.ask']);
  });
  test('with what is said of it now', async () => {
    const back = await playAll([message('send thing=a count=1', { intents: ['send'] }), message('swap thing=b count=2', { intents: ['swap'] }), message('send it with count=5', { intents: ['send'] })]);
    expect(back.replies[0]?.values).toMatchObject({ thing: 'a', count: '5' });
  });
});

describe('parts of a message that want nothing', () => {
  test('a condition before what is to be done then', async () => {
    const text = 'If the news is bad send thing=a count=1';
    const two = message(text, { intents: ['tell', 'send'] });
    const parts = [{ text: 'If the news is bad', entities: [mark('if', 'If', 0)] }, { text: 'send thing=a count=1', entities: [] }];
    const understanding = { ...two.understanding, entities: [mark('if', 'If', 0)], intents: two.understanding.intents.map((one, index) => ({ ...one, ...parts[index] })) };
    expect((await play(started(), { ...two, understanding })).keys).toEqual(['send.plan', 'confirm.ask']);
  });
  test('a few words that only point at an order', () => {
    expect(isFragment({ text: 'now my pending order!', entities: [mark('pending', 'pending', 7)] })).toBe(true);
    expect(isFragment({ text: 'cancel every single pending order I have', entities: [mark('pending', 'pending', 20)] })).toBe(false);
  });
  test('that somebody changed their mind, before what they want then', () => {
    const turn: Entity = { kind: 'marker', value: 'instead', raw: "I've changed my mind", start: 6, end: 26 };
    expect(isFragment({ text: "Wait, I've changed my mind!", entities: [turn] })).toBe(true);
    expect(isFragment({ text: "Wait, I've changed my mind about it and want all of the things sent", entities: [turn] })).toBe(false);
  });
  test('a colour that is a name bears nothing out', () => {
    const colour = (raw: string, start: number): Entity => ({ kind: 'colour', value: 'green', raw, start, end: start + raw.length });
    const own = { ...book, flows: { ...book.flows, swap: { ...book.flows['swap'], bornOutBy: ['colour'] } } } as unknown as typeof book;
    const unsure = (text: string, entity: Entity) => ({ ...message(text, { entities: [entity], intents: ['send'], verdict: 'unsure' }).understanding, intents: [{ intent: 'send', confidence: 0.6, verdict: 'unsure' as const, text, entities: [entity], top: [{ intent: 'send', score: 0.5 }, { intent: 'swap', score: 0.4 }] }] });
    expect(bornOut(unsure('Emma Green here, two things', colour('Green', 5)), own).intents[0]?.intent).toBe('send');
    expect(bornOut(unsure('two things in green', colour('green', 14)), own).intents[0]?.intent).toBe('swap');
  });
});

describe('beside a plan on the table', () => {
  const mark2 = (value: 'also', raw: string, start: number): Entity => ({ kind: 'marker', value, raw, start, end: start + raw.length });
  const table = [message('send thing=a count=1', { intents: ['send'] })];
  test('"not yet, there is also …" drops nothing', async () => {
    const text = 'not yet, there is also something to swap thing=b count=2';
    const turn = await playAll([...table, message(text, { intents: ['swap'], says: 'no', entities: [mark2('also', 'also', 18)] })]);
    expect(turn.keys).toEqual(['plan.later', 'send.plan', 'confirm.ask']);
    const later = await playAll([...table, message('hold on, before you do that, swap thing=b count=2', { intents: ['swap'], says: 'no' })]);
    expect(later.keys).toEqual(['swap.plan', 'confirm.ask']);
    expect((await play(later.conversation, yes())).keys).toEqual(['swap.done', 'resume.back', 'send.plan', 'confirm.ask']);
  });
  test('a few words that only ask to wait are no wish beside what is wanted', async () => {
    const two = message('actually, before you do that, swap thing=b count=2', { intents: ['look', 'swap'] });
    const parts = [{ text: 'actually, before you do that', entities: [] }, { text: 'swap thing=b count=2', entities: [] }];
    const turn = await playAll([...table, { ...two, understanding: { ...two.understanding, intents: two.understanding.intents.map((one, index) => ({ ...one, ...parts[index] })) } }]);
    expect(turn.keys).toEqual(['swap.plan', 'confirm.ask']);
    expect(turn.conversation.wishes.map(({ flow }) => flow)).toEqual(['send']);
  });
  test('words about what comes next are kept for it', async () => {
    const noted = await playAll([...table, message('yes and then swap thing=b', { intents: ['affirm', 'swap'], answer: 'yes' })]);
    expect(noted.keys).toEqual(['plan.later', 'send.plan', 'confirm.ask']);
    const more = message('that one is to be swapped with count=1', { intents: ['swap'], verdict: 'unsure' });
    const kept = await play(noted.conversation, { ...more, understanding: { ...more.understanding, entities: [] } });
    expect(kept.conversation.misses).toBe(0);
    expect(kept.conversation.wishes).toMatchObject([{ flow: 'swap', said: { thing: 'b', count: '1' } }]);
  });
  test('the same wish said again while it waits with a question open is one wish', async () => {
    const open = await playAll([message('swap', { intents: ['swap'] }), message('send', { intents: ['send'] }), message('thing=a'), message('count=1')]);
    expect(open.keys).toEqual(['send.plan', 'confirm.ask']);
    const again = await play(open.conversation, message('yes, and swap thing=b', { intents: ['affirm', 'swap'], answer: 'yes' }));
    expect(again.conversation.wishes).toMatchObject([{ flow: 'swap', parked: { said: { thing: 'b' } } }]);
  });
});

describe('a message with more in it', () => {
  const named: Entity = { kind: 'email', value: 'anna@example.com', raw: 'anna@example.com', start: 0, end: 16 };
  const about = (intent: string, confidence: number) => {
    const one = message('anna@example.com and no more questions to me', { intents: [intent], entities: [named] });
    return { ...one, understanding: { ...one.understanding, intents: one.understanding.intents.map((each) => ({ ...each, confidence })) } };
  };
  test('who tells who they are has not asked for a person, unless in so many words', async () => {
    const asked = await playAll([message('secret thing=a count=2', { intents: ['secret'] })]);
    expect(asked.conversation.active?.asked).toBe('$who');
    expect((await play(asked.conversation, about('human_agent', 0.5))).conversation.charge.who).toBe('bot');
    expect((await play(asked.conversation, about('human_agent', 0.9))).conversation.charge.who).toBe('waiting');
  });
  test('what a place told as proof faintly resembles is no wish', async () => {
    const asked = await playAll([message('secret thing=a count=2', { intents: ['secret'] })]);
    expect((await play(asked.conversation, about('send', 0.5))).conversation.wishes).toEqual([]);
    expect((await play(asked.conversation, about('send', 0.9))).conversation.wishes).toMatchObject([{ flow: 'send' }]);
  });
  test('“instead” behind a condition drops no plan, by itself it does', async () => {
    const planned = await playAll([message('send thing=a count=2', { intents: ['send'] })]);
    const says = 'swap thing=b; if there is none, another instead';
    const instead: Entity = { kind: 'marker', value: 'instead', raw: 'instead', start: says.indexOf('instead'), end: says.length };
    const condition: Entity = { kind: 'marker', value: 'if_not', raw: 'if there is none', start: says.indexOf('if'), end: says.indexOf(', another') };
    expect((await play(planned.conversation, message(says, { intents: ['swap'], entities: [condition, instead] }))).conversation.wishes).toMatchObject([{ flow: 'send', parked: { flow: 'send' } }]);
    expect((await play(planned.conversation, message(says, { intents: ['swap'], entities: [instead] }))).conversation.wishes).toEqual([]);
  });
  test('a yes that names what was put aside with its plan takes that up', async () => {
    const both = await playAll([message('send thing=a count=2', { intents: ['send'] }), message('swap thing=b count=1', { intents: ['swap'] })]);
    expect(both.conversation.wishes).toMatchObject([{ flow: 'send', parked: { plan: {} } }]);
    const said = message('yes, the ones that are to be sent, please', { intents: ['affirm'], says: 'yes' });
    const within = message('the ones that are to be sent, please', { intents: ['send'] }).understanding.intents;
    const back = await play(both.conversation, { ...said, understanding: { ...said.understanding, within } });
    expect(back.keys).toEqual(['send.plan', 'confirm.ask']);
    expect(back.conversation.wishes).toMatchObject([{ flow: 'swap' }]);
  });
  test('what thanks faintly resemble is no wish', async () => {
    const planned = await playAll([message('send thing=a count=2', { intents: ['send'] })]);
    const said = message('lovely, so it is all in order then', { intents: ['thanks'] });
    const within = message('it is all in order then', { intents: ['look'] }).understanding.intents.map((one) => ({ ...one, top: [{ intent: 'look', score: 0.3 }] }));
    expect((await play(planned.conversation, { ...said, understanding: { ...said.understanding, within } })).keys.join()).not.toContain('look');
  });
});
