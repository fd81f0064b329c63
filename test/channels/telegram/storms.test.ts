import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Line } from '../../../src/domain/message.js';
import { createOutbox, type Outbox } from '../../../src/runtime/outbox.js';
import { createMemoryConversations } from '../../../src/stores/memory-conversations.js';
import { aCore } from '../../support/a-core.js';
import type { FakeChat } from '../../support/fake-bot-api.js';
import { createInbox, line, setStage } from './support.js';

jest.setTimeout(60_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Telegram, its channel, and the real outbox over a store in memory. */
async function storm() {
  const stage = await setStage('polling');
  await stage.start();
  const core = await aCore();
  const store = createMemoryConversations();
  const outbox: Outbox = createOutbox({ ...core, store, clock: stage.clock, channels: new Map([['telegram', stage.channel]]) }, 'one');
  closing.push(() => stage.stop(), () => outbox.stop());

  /** A turn of this chat that leaves these lines. */
  async function says(chat: FakeChat, ...texts: readonly string[]): Promise<void> {
    const conversationId = `telegram:${chat.id}`;
    const at = stage.clock.now();
    const id = `m-${conversationId}-${texts.join()}`;
    await store.accept(conversationId, { kind: 'message', id, conversationId, channel: 'telegram', address: { chatId: chat.id }, at, text: 'hello' }, { channel: 'telegram', address: { chatId: chat.id } });
    const claim = await store.claim('test', 1_000, at, conversationId);
    if (!claim) throw new Error('nothing to claim');
    const lines = texts.map((text): Omit<Line, 'seq'> => ({ ...line(text), at, id: `${conversationId}/${text}` }));
    expect(await store.commit(claim, { state: {}, lines }, at)).toBe('committed');
  }
  /** Time goes by for the channel and for the outbox, until nothing is left to deliver. */
  async function deliverAll(stepMs = 1_000): Promise<void> {
    for (let n = 0; n < 3_000 && (await store.pending()).outbox > 0; n += 1) {
      outbox.pump();
      await pause(5);
      stage.clock.move(stepMs);
    }
    expect((await store.pending()).outbox).toBe(0);
  }
  const told = (chat: FakeChat): string[] => chat.received().map(({ text }) => text);
  return { stage, core, store, outbox, says, deliverAll, told };
}

describe('a storm of "Too Many Requests"', () => {
  test('over all chats: asked to wait by some, the bot waits with all, loses no line, and each chat gets its own in order, once', async () => {
    const { stage, says, deliverAll, told } = await storm();
    const chats = Array.from({ length: 60 }, () => stage.api.chat());
    stage.api.failNext('sendMessage', { status: 429, retryAfter: 30 }, 40);
    for (const chat of chats) await says(chat, 'one', 'two');
    await deliverAll();
    for (const chat of chats) expect(told(chat)).toEqual(['one', 'two']);
    // Forty refusals were scripted; chat by chat it would have been asked in vain far more often than once a chat under way.
    expect(stage.logged.filter((entry) => entry.includes('the whole bot to slow down')).length).toBeGreaterThan(0);
    expect(stage.api.calls('sendMessage')).toHaveLength(60 * 2 + 40);
  });

  test('in one chat: the others do not wait', async () => {
    const { stage, says, outbox, told } = await storm();
    const [slow, quick] = [stage.api.chat(), stage.api.chat()];
    stage.api.failNext('sendMessage', { status: 429, retryAfter: 600 });
    await says(slow, 'later');
    outbox.pump();
    await stage.api.called('sendMessage');
    await says(quick, 'at once');
    outbox.pump();
    expect((await quick.next()).text).toBe('at once');
    expect(told(slow)).toEqual([]);
  });

  test('or an outage that lasts for hours: no line is given up, and none comes twice', async () => {
    const { stage, core, says, deliverAll, told } = await storm();
    const chat = stage.api.chat();
    stage.api.failNext('sendMessage', { status: 502 }, 40);
    await says(chat, 'kept', 'and in order');
    await deliverAll(60_000);
    expect(told(chat)).toEqual(['kept', 'and in order']);
    expect(core.log.entries.filter(({ event }) => event === 'outbox.given-up')).toEqual([]);
  });

  test('but an answer nobody has waited for since the day before is given up, and what is newer goes out', async () => {
    const { stage, core, says, deliverAll, outbox, store, told } = await storm();
    const chat = stage.api.chat();
    stage.api.failNext('sendMessage', { status: 502 }, 3);
    await says(chat, 'stale');
    outbox.pump();
    await stage.api.called('sendMessage');
    await pause(20);
    stage.clock.move(25 * 3_600_000);
    outbox.pump();
    await stage.api.called('sendMessage', 2);
    await pause(20);
    expect((await store.pending()).outbox).toBe(0);
    await says(chat, 'fresh');
    await deliverAll();
    expect(told(chat)).toEqual(['fresh']);
    expect(core.log.entries.filter(({ event }) => event === 'outbox.given-up')).toHaveLength(1);
  });
});

describe('the line to Telegram cut between sending and the answer', () => {
  test('at every one of twenty lines: each arrives, in order, none more than once for each cut', async () => {
    const { stage, says, deliverAll, told } = await storm();
    const chat = stage.api.chat();
    const texts = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    for (const text of texts) {
      stage.api.failNext('sendMessage', 'drop-reply');
      await says(chat, text);
      await deliverAll();
    }
    const heard = told(chat);
    expect(heard.filter((text, n) => text !== heard[n - 1])).toEqual(texts);
    expect(heard).toHaveLength(40);
  });
});

describe('a customer who blocks the bot in the middle of an answer', () => {
  test('is written to no more, the others are; come back, they get what is said from then on', async () => {
    const { stage, store, says, deliverAll, told, core } = await storm();
    const [gone, here] = [stage.api.chat(), stage.api.chat()];
    await says(gone, 'before');
    await deliverAll();
    gone.blocks();
    await says(gone, 'unheard', 'unheard too');
    await says(here, 'still here');
    await deliverAll();
    expect([told(gone), told(here)]).toEqual([['before'], ['still here']]);
    expect(stage.api.calls('sendMessage').filter(({ status }) => status === 403)).toHaveLength(1);
    expect(core.log.entries.filter(({ event }) => event === 'outbox.gone')).toHaveLength(1);
    gone.unblocks();
    await says(gone, 'again');
    await deliverAll();
    expect(told(gone)).toEqual(['before', 'again']);
    expect((await store.pending()).inbox).toBe(0);
  });
});

describe('updates out of order and more than once', () => {
  test('after a second node has taken over: each is accepted once, and each chat’s own in the order they were written', async () => {
    const inbox = createInbox();
    const first = await setStage('polling');
    closing.push(() => first.api.stop());
    await first.channel.start({ accept: (incoming) => inbox.accept(incoming) });
    const chats = Array.from({ length: 6 }, () => first.api.chat());
    const sent = chats.flatMap((chat) => Array.from({ length: 5 }, (_, n) => chat.says(`${chat.id} ${n}`)));
    await inbox.until(sent.length);
    // Telegram lost the confirmations: all come again, the last first, and meanwhile a second node has taken over.
    await first.channel.stop();
    const second = await setStage('polling', {}, { ...first, inbox });
    closing.push(() => second.stop());
    await second.channel.start({ accept: (incoming) => inbox.accept(incoming) });
    for (const { updateId } of sent.toReversed()) second.api.repeat(updateId);
    for (const chat of chats) chat.says(`${chat.id} last`);
    await inbox.until(sent.length + chats.length);
    await second.api.idle();
    for (const chat of chats) {
      expect(inbox.accepted.filter(({ conversationId }) => conversationId === `telegram:${chat.id}`).map(({ text }) => text)).toEqual([...Array.from({ length: 5 }, (_, n) => `${chat.id} ${n}`), `${chat.id} last`]);
    }
    expect(inbox.duplicates()).toBe(sent.length);
  });
});
