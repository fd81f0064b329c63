import { describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { defineDeadline, type Deadline, type Met } from '../../src/dialogue/deadline.js';
import { Fault } from '../../src/domain/fault.js';
import type { Line } from '../../src/domain/message.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';

jest.setTimeout(60_000);

const minute = 60_000;
/** A deadline that says good-bye in whatever way it is told to. */
const deadline = (more: Partial<Met> = {}, over: Partial<Deadline> = {}): Deadline => ({
  ...defineDeadline({ name: 'bye', data: z.object({ who: z.string() }), customerOf: ({ who }) => who, meet: async () => ({ say: [{ key: 'goodbye.reply' }], ...more }) }), ...over,
});
const withDeadline = async (one: Deadline) => ({ ...(await aCore()), deadlines: { bye: one } });
type Core = Awaited<ReturnType<typeof withDeadline>>;
const set = (core: Core, talk: Talk, ms = minute, id = 't1'): Promise<void> =>
  core.records.timers.set({ id, conversationId: talk.id, name: 'bye', dueAt: new Date(Date.parse(core.clock.now()) + ms).toISOString(), data: { who: 'cus-0001' } });
const lines = async (core: Core, talk: Talk): Promise<string[]> =>
  (await core.store.readLog(talk.id, 0, 100)).flatMap((line: Line) => (line.replies ?? []).map((reply) => reply.key));
async function due(core: Core, talk: Talk, ms = 2 * minute): Promise<string[]> {
  const before = (await lines(core, talk)).length;
  core.clock.move(ms);
  await talk.runtime.sweepTimers();
  await talk.runtime.settled(talk.id);
  return (await lines(core, talk)).slice(before);
}

describe('a timer that comes due', () => {
  test('becomes words in its conversation, once, and not a second before its time', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    expect(await due(core, talk, minute - 1000)).toEqual([]);
    expect(await due(core, talk, 1000)).toEqual(['goodbye.reply']);
    expect(await due(core, talk)).toEqual([]);
  });
  test('comes due after a new start, once, whichever of two nodes looks first', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    await talk.end();
    const [one, two] = [createRuntime({ ...core }), createRuntime({ ...core })];
    core.clock.move(2 * minute);
    await one.start();
    await two.start();
    await Promise.all([one.sweepTimers(), two.sweepTimers()]);
    await one.settled(talk.id);
    await one.stop();
    await two.stop();
    expect((await lines(core, talk)).filter((key) => key === 'goodbye.reply')).toHaveLength(1);
  });
  test('is not said twice when a node fell over between the inbox and the end of it', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    const done = core.records.timers.done;
    (core.records.timers as { done: typeof done }).done = async () => {
      throw new Fault('store.unreachable', 'gone');
    };
    core.clock.move(2 * minute);
    await expect(talk.runtime.sweepTimers()).rejects.toThrow('gone');
    await talk.runtime.settled(talk.id);
    (core.records.timers as { done: typeof done }).done = done;
    expect(await due(core, talk)).toEqual([]);
    expect(await core.records.timers.takeDue('2030-01-01T00:00:00.000Z', 1, 10)).toEqual([]);
    expect((await lines(core, talk)).filter((key) => key === 'goodbye.reply')).toHaveLength(1);
  });
  test('set anew for another time comes due again', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    expect(await due(core, talk)).toEqual(['goodbye.reply']);
    await set(core, talk);
    expect(await due(core, talk)).toEqual(['goodbye.reply']);
  });
  test('whose shop does not answer is met later, and the customer hears nothing of it', async () => {
    let isDown = true;
    const core = await withDeadline(deadline({}, { meet: async () => {
      if (isDown) throw new Fault('shop.unreachable', 'no answer', { again: true });
      return { say: [{ key: 'goodbye.reply' }] };
    } }));
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    expect(await due(core, talk)).toEqual([]);
    isDown = false;
    expect(await due(core, talk, 6 * minute)).toEqual(['goodbye.reply']);
  });
  test('for somebody else than the one served here now says nothing; one nobody knows, or that holds something else, neither', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0002' });
    await set(core, talk);
    expect(await due(core, talk)).toEqual([]);
    await core.records.timers.set({ id: 'x', conversationId: talk.id, name: 'nobody-knows', dueAt: core.clock.now(), data: null });
    await core.records.timers.set({ id: 'y', conversationId: talk.id, name: 'bye', dueAt: core.clock.now(), data: { whom: 1 } });
    expect(await due(core, talk)).toEqual([]);
    expect(core.log.entries.map(({ event }) => event)).toEqual(expect.arrayContaining(['deadline.unknown', 'deadline.broken']));
  });
});

describe('in the middle of something', () => {
  test('it is said, and the question stays open', async () => {
    const core = await withDeadline(deadline());
    const talk = await aTalk(core);
    await talk.says('change the delivery address of order AC-100002', { identity: 'cus-0001' });
    const asked = talk.keys().at(-1);
    await set(core, talk);
    expect(await due(core, talk)).toEqual(['goodbye.reply', asked]);
    await talk.says('ul. Prosta 5, 00-838 Warszawa', { identity: 'cus-0001' });
    expect(talk.keys()).toContain('confirm.ask');
    await set(core, talk);
    expect(await due(core, talk)).toEqual(['goodbye.reply', 'change-address.plan', 'confirm.ask']);
    await talk.says('yes', { identity: 'cus-0001' });
    expect(talk.keys()).toContain('change-address.done');
  });
  test('of an agent the bot is silent: the agent reads it, and what is only for the desk', async () => {
    const core = await withDeadline(deadline({ desk: [{ key: 'bot.yes' }] }));
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    await talk.runtime.act({ kind: 'agent-act', id: 'a', conversationId: talk.id, at: core.clock.now(), agent: { id: 'a1', name: 'Ada' }, act: 'take' });
    await talk.runtime.settled(talk.id);
    expect(await due(core, talk)).toEqual([]);
    const [note] = await core.records.notes.ofConversation(talk.id);
    expect(note?.text).toBe(['goodbye.reply', 'bot.yes'].map((key) => core.texts.say({ key }, 'en')).join('\n\n'));
  });
});

describe('a deadline that writes', () => {
  test('writes once, with the timer’s id as the key', async () => {
    const keys: string[] = [];
    const core = await withDeadline(deadline({}, {
      meet: async () => ({ request: { a: 1 } }),
      commit: async ({ key, request }) => {
        keys.push(`${key} ${JSON.stringify(request)}`);
        return { say: [{ key: 'goodbye.reply' }] };
      },
    }));
    const talk = await aTalk(core);
    await talk.says('hello', { identity: 'cus-0001' });
    await set(core, talk);
    expect(await due(core, talk)).toEqual(['goodbye.reply']);
    await set(core, talk);
    // Set anew by mistake: it is told again, but what was written stays written once.
    expect(await due(core, talk)).toEqual(['goodbye.reply']);
    expect(keys).toEqual(['t1 {"a":1}']);
  });
});
