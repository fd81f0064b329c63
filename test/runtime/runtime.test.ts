import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/domain/message.js';
import type { Channel } from '../../src/ports/channel.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';

const anna = 'cus-0001';

/** A channel that keeps what it was handed. */
function ear(name = 'test'): Channel & { readonly heard: Line[] } {
  const heard: Line[] = [];
  return { name, heard, start: async () => undefined, stop: async () => undefined, send: async (line) => {
    heard.push(line);
    return { sent: true };
  } };
}

describe('a customer', () => {
  test('whose message is delivered twice is answered once', async () => {
    const talk = await aTalk(await aCore());
    expect(await talk.says('what promotions are running?', { id: 'same' })).toHaveLength(1);
    expect(await talk.says('what promotions are running?', { id: 'same' })).toEqual([]);
  });
  test('who sends several messages at once has them taken in order', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    const send = (id: string, text: string) => talk.runtime.door.accept({ kind: 'message', id, conversationId: talk.id, channel: 'test', address: null, at: core.clock.now(), text, identity: { customerId: anna } });
    await Promise.all([send('1', 'change the address of order AC-100002'), send('2', 'ul. Prosta 5, 00-838 Warszawa'), send('3', 'yes')]);
    await talk.runtime.settled(talk.id);
    const keys = (await core.store.readLog(talk.id, 0, 50)).filter((line) => line.from === 'bot').map((line) => line.replies?.at(-1)?.key);
    expect(keys).toEqual(['address.ask', 'confirm.ask', 'change-address.done']);
  });
  test('hears on their channel what was said, in order, each line once', async () => {
    const core = await aCore();
    const channel = ear();
    core.channels.set('test', channel);
    const talk = await aTalk(core);
    await talk.says('hello');
    await talk.says('what promotions are running?');
    while ((await core.store.pending()).outbox > 0) await new Promise((resolve) => { setImmediate(resolve); });
    expect(channel.heard.map((line) => line.seq)).toEqual((await core.store.readLog(talk.id, 0, 50)).filter((line) => line.from === 'bot').map((line) => line.seq));
  });
  test('[SH-53] who types a card number finds it masked in the log, the state, the ticket and what the desk sees', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('my card is 4111 1111 1111 1111 cvv 123, please refund it');
    await talk.says('我的卡号是5555555555554444');
    await talk.presses('h');
    const everything = JSON.stringify([await core.store.readLog(talk.id, 0, 50), await core.store.head(talk.id), await core.records.tickets.queue(), await core.records.actions.ofConversation(talk.id), core.log.entries]);
    expect(everything).toContain('•••• 1111');
    for (const secret of ['4111 1111', '41111111', '5555555555554444', 'cvv 123']) expect(everything).not.toContain(secret);
  });
  test('whose conversation is of an older version is told that they start over; what was done stays', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('status of order AC-100002', { identity: anna });
    await talk.end();
    await core.store.accept(talk.id, { kind: 'timer', id: 't', conversationId: talk.id, at: core.clock.now(), name: 'none', data: null }, { channel: 'test', address: null });
    const claim = await core.store.claim('of-the-old-version', 1_000, core.clock.now(), talk.id);
    if (!claim) throw new Error('the timer waits in the inbox');
    await core.store.commit(claim, { state: { conversation: { version: 0, id: talk.id }, shown: [] }, lines: [], epoch: 0 }, core.clock.now());
    const again = await aTalk(core);
    await again.says('status of order AC-100002', { identity: anna, id: 'later' });
    expect(again.keys()).toEqual(['start-over.new-version', 'hello.short', 'order-status.one.paid', 'order-status.handling']);
  });
  test('who asks for a person is passed on with all that was gathered; the bot is silent, the person is heard', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send back the desk lamp from AC-100003', { identity: anna });
    await talk.says('let me talk to a human');
    expect(talk.keys()).toEqual(['handover.announced.asked', 'handover.place.empty']);
    const [ticket] = await core.records.tickets.queue();
    expect(ticket?.brief).toMatchObject({ identity: { customerId: anna }, topic: { order: 'AC-100003' }, active: { flow: 'return-item', slots: { items: { picks: [{ order: 'AC-100003', line: 'l1', quantity: 1 }] } } } });
    const act = { kind: 'agent-act' as const, conversationId: talk.id, agent: { id: 'a1', name: 'Ben' } };
    const before = (await core.store.head(talk.id))?.lastSeq ?? 0;
    await talk.runtime.act({ ...act, id: 'x1', at: core.clock.now(), act: 'take' });
    await talk.runtime.act({ ...act, id: 'x2', at: core.clock.now(), act: 'say', text: 'Hi, this is Ben.' });
    await talk.runtime.settled(talk.id);
    expect((await core.store.readLog(talk.id, before, 20)).map((line) => [line.from, line.text])).toEqual([['bot', 'Ben is here now – a person, not a bot.'], ['agent', 'Hi, this is Ben.']]);
    expect(await talk.says('thanks Ben')).toEqual([]);
    expect(await talk.runtime.act({ ...act, id: 'x2', at: core.clock.now(), act: 'say', text: 'Hi, this is Ben.' })).toBe('duplicate');
  });
  test('gets the same answers to the same words, byte for byte', async () => {
    const heard: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      const core = await aCore();
      const talk = await aTalk(core);
      for (const text of ['where is my parcel?', 'what promotions are running?', 'I want to send back the desk lamp from AC-100003', 'changed my mind', 'yes']) await talk.says(text, { identity: anna });
      heard.push(JSON.stringify(await core.store.readLog(talk.id, 0, 100)));
      await talk.end();
    }
    expect(heard[0]).toBe(heard[1]);
  });
});
