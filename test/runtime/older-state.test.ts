import { readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { newConversation, parseConversation } from '../../src/dialogue/conversation.js';
import type { Json } from '../../src/domain/message.js';
import { aCore, aTalk, type Talk } from '../support/a-core.js';
import { root } from '../support/served.js';

jest.setTimeout(60_000);

/** States as an earlier version stored them in the middle of talks: a plan on the table, a half-filled return, a wait for a person. */
const older = JSON.parse(readFileSync(`${root}test/runtime/older/state.json`, 'utf8')) as readonly { readonly id: string; readonly channel: string; readonly state: Json }[];

/** A talk that goes on where the stored state left off. */
async function goesOn(name: string, state: Json): Promise<{ talk: Talk; core: Awaited<ReturnType<typeof aCore>>; stored: () => Promise<Json> }> {
  const core = await aCore();
  core.clock.move(Math.max(0, Date.parse('2026-11-22T19:10:00.000Z') - Date.parse(core.clock.now())));
  const [id, at] = [`test:${name}`, core.clock.now()];
  await core.store.accept(id, { kind: 'message', id: 'old', conversationId: id, channel: 'test', address: null, at, text: 'before' }, { channel: 'test', address: null });
  const claim = await core.store.claim('old', 1_000, at, id);
  if (!claim || (await core.store.commit(claim, { state, lines: [] }, at)) !== 'committed') throw new Error('the state could not be put there');
  const talk = await aTalk(core, name);
  return { talk, core, stored: async () => (await core.store.head(talk.id))?.state ?? null };
}

const stateOf = (letter: string): Json => older.find(({ id }) => id.endsWith(`:${letter}`))?.state ?? null;

describe('state that an older version stored', () => {
  test('is read, every one of it', () => {
    expect(older).toHaveLength(3);
    for (const { state } of older) expect(parseConversation((state as { conversation: Json }).conversation)).not.toBeNull();
  });

  test('with a plan this version cannot carry out: the plan is made anew and shown, nothing is written before the second yes, then once', async () => {
    const { talk, core } = await goesOn('plan', stateOf('a'));
    const before = (await core.shop.reader.findOrder('AC-100002'))?.shippingAddress;
    await talk.says('yes', { identity: 'cus-0001' });
    expect(talk.keys()).toContain('change-address.plan');
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress).toEqual(before);
    expect(core.log.entries.filter(({ event }) => event === 'turn.failed')).toEqual([]);
    await talk.says('yes', { identity: 'cus-0001' });
    expect(talk.keys()).toContain('change-address.done');
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress).toMatchObject({ city: 'Kraków' });
    await talk.end();
  });

  test('half-way through a return, and waiting for a person: both go on', async () => {
    const half = await goesOn('return', stateOf('b'));
    await half.talk.says('I changed my mind', { identity: 'cus-0001' });
    expect(half.talk.words()).toContain('Desk lamp Luma');
    const waiting = await goesOn('person', stateOf('c'));
    await waiting.talk.says('¿hay alguien?');
    expect(waiting.talk.keys()).toEqual([expect.stringContaining('handover')]);
    await half.talk.end();
    await waiting.talk.end();
  });
});

describe('state that a newer version stored', () => {
  const conversation = { ...newConversation('test:newer', 'test', 'en', '2026-06-17T09:00:00.000Z'), mood: { calm: true }, charge: { who: 'bot' as const, epoch: 0, shift: 'late' } };

  test('with fields nobody here knows: they are still there after a turn', async () => {
    const { talk, stored } = await goesOn('fields', JSON.parse(JSON.stringify({ conversation, shown: [] })) as Json);
    await talk.says('are you a bot?');
    expect(talk.keys()).toContain('bot.yes');
    expect(await stored()).toMatchObject({ conversation: { mood: { calm: true }, charge: { shift: 'late' } } });
    await talk.end();
  });

  test('in another shape: it is left as it is for a newer node, and the log says so', async () => {
    const newer = JSON.parse(JSON.stringify({ conversation: { ...conversation, version: 99 }, shown: [] })) as Json;
    const { core, stored } = await goesOn('shape', newer);
    await core.store.accept('test:shape', { kind: 'message', id: 'm1', conversationId: 'test:shape', channel: 'test', address: null, at: core.clock.now(), text: 'hello' }, { channel: 'test', address: null });
    for (let tries = 0; tries < 200 && !core.log.entries.some(({ event }) => event === 'turn.failed'); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(core.log.entries.find(({ event }) => event === 'turn.failed')?.details['error']).toContain('newer version');
    expect(await stored()).toEqual(newer);
  });
});
