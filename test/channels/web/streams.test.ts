import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { WebSocket } from 'ws';
import { createStreams } from '../../../src/channels/web/streams.js';
import type { Line } from '../../../src/domain/message.js';
import { openSocket, refusedUpgrade, SHOP, startServer, type Server } from './support.js';

let server: Server;
let token: string;
let conversationId: string;
beforeEach(async () => {
  server = await startServer();
  ({ token, conversationId } = await server.widgetToken());
});
afterEach(() => server.close());
const say = (text: string) => server.log.say(`web:${conversationId}`, { text });
const open = async (watermark?: string) => openSocket(await server.streamUrl(conversationId, token, watermark));

test('every frame with words in it has an activities array and a watermark that is a text', async () => {
  const socket = await open();
  await say('one');
  await socket.messages(1);
  await server.channel.typing?.({ conversation: conversationId });
  await socket.until(() => socket.seen.length === 2);
  const groups = socket.frames.map((frame) => JSON.parse(frame) as Record<string, unknown>);
  for (const group of groups) expect(Array.isArray(group['activities'])).toBe(true);
  expect(groups[0]?.['watermark']).toBe('1');
  expect(groups[1]).not.toHaveProperty('watermark');
});

test('a socket without a watermark is shown all that was said, one with it only what is new', async () => {
  for (const text of ['one', 'two', 'three']) await say(text);
  const all = await open();
  const some = await open('2');
  await Promise.all([all.messages(3), some.messages(1)]);
  await say('four');
  await Promise.all([all.messages(4), some.messages(2)]);
  expect(all.texts()).toEqual(['one', 'two', 'three', 'four']);
  expect(some.texts()).toEqual(['three', 'four']);
});

test('sockets that are killed at any moment lose nothing and see nothing twice', async () => {
  const texts: unknown[] = [];
  let watermark = '';
  let said = 0;
  for (let round = 0; round < 40; round += 1) {
    const socket = await open(watermark);
    for (let n = 0; n <= round % 5; n += 1) await say(`${++said}`);
    await socket.messages(1);
    // Cut off in the middle of whatever is under way.
    socket.socket.terminate();
    await socket.closed();
    texts.push(...socket.texts());
    watermark = socket.watermark() ?? watermark;
  }
  const last = await open(watermark);
  await say('end');
  await last.until(() => last.texts().includes('end'));
  texts.push(...last.texts());
  expect(texts).toEqual([...Array.from({ length: said }, (_, index) => `${index + 1}`), 'end']);
});

test('lines that come while others are being read are not lost', async () => {
  const sockets = await Promise.all([open(), open(), open()]);
  for (let n = 0; n < 500; n += 1) {
    await say(`${n}`);
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(sockets.map((socket) => socket.messages(500)));
  for (const socket of sockets) expect(socket.texts()).toEqual(Array.from({ length: 500 }, (_, index) => `${index}`));
});

test('a customer who does not read holds up only themselves', async () => {
  const slow = await open();
  const other = await open();
  await Promise.all([slow, other].map(() => say('first')));
  await slow.messages(2);
  slow.socket.pause();
  for (let n = 0; n < 60; n += 1) await server.log.say(`web:${conversationId}`, { text: 'x'.repeat(100_000) });
  await other.messages(62);
  const held = Math.max(...[...server.app.websocketServer.clients].map(({ bufferedAmount }) => bufferedAmount));
  // One frame of the six megabytes that were said, not all of them.
  expect(held).toBeLessThan(600_000);
  slow.socket.resume();
  await slow.messages(62);
});

test('hints may be lost: a socket finds what was said by looking from time to time', async () => {
  await server.close();
  server = await startServer({ settings: { rereadMs: 20 } });
  ({ token, conversationId } = await server.widgetToken());
  const socket = await open();
  server.log.setHints(false);
  await say('quietly');
  await socket.messages(1);
  expect(socket.texts()).toEqual(['quietly']);
});

test('a store that was away is read on from the same place', async () => {
  await server.close();
  server = await startServer({ settings: { rereadMs: 20 } });
  ({ token, conversationId } = await server.widgetToken());
  const socket = await open();
  await say('one');
  await socket.messages(1);
  server.log.goAway(5);
  await say('two');
  await socket.messages(2);
  expect(socket.texts()).toEqual(['one', 'two']);
});

test('empty frames keep the line alive in both directions, and a dead one is dropped', async () => {
  await server.close();
  server = await startServer({ settings: { keepAliveMs: 30 } });
  ({ token, conversationId } = await server.widgetToken());
  const alive = await open();
  const dead = await open();
  alive.socket.send('');
  alive.socket.send('{"junk":');
  dead.socket.pause();
  await alive.until(() => alive.frames.filter((frame) => frame === '').length >= 4);
  expect(server.app.websocketServer.clients.size).toBe(1);
  await say('still here');
  await alive.messages(1);
  dead.socket.terminate();
});

test('eight windows may look on; the ninth is asked to come back later and the eight stay', async () => {
  const eight = await Promise.all(Array.from({ length: 8 }, () => open()));
  const ninth = await open();
  expect(await ninth.closed()).toBe(1013);
  await say('all eight');
  await Promise.all(eight.map((socket) => socket.messages(1)));
  await eight[0]?.close();
  const again = await open();
  await again.messages(1);
});

test('on a planned stop sockets close with 1012 and REST goes on', async () => {
  const socket = await open();
  await server.channel.stop();
  expect(await socket.closed()).toBe(1012);
  expect((await server.history(conversationId, token)).status).toBe(200);
  expect(await (await open()).closed()).toBe(1012);
});

test('closing the server ends sockets with 1012 too', async () => {
  const socket = await open();
  await server.app.close();
  expect(await socket.closed()).toBe(1012);
});

test('a socket address is good for a minute, for its own conversation, and not without its ticket', async () => {
  const url = await server.streamUrl(conversationId, token);
  const other = await server.widgetToken();
  expect(await refusedUpgrade(url.replace(conversationId, other.conversationId))).toBe(401);
  expect(await refusedUpgrade(url.replace(/t=.*/, `t=${token}`))).toBe(401);
  expect(await refusedUpgrade(url.replace(/\?.*/, ''))).toBe(401);
  server.clock.advance(61_000);
  expect(await refusedUpgrade(url)).toBe(401);
  expect((await server.call('GET', `/v3/directline/conversations/${conversationId}/stream`, { token })).status).toBe(401);
});

test('a ticket is no token', async () => {
  const ticket = new URL(await server.streamUrl(conversationId, token)).searchParams.get('t') ?? '';
  expect((await server.history(conversationId, ticket)).status).toBe(401);
});

test('foreign sites cannot open a socket, and a token of one site is worth nothing on another', async () => {
  const url = await server.streamUrl(conversationId, token);
  expect(await refusedUpgrade(url, { origin: 'https://evil.example' })).toBe(401);
  expect(await refusedUpgrade(url, { origin: 'null' })).toBe(401);
  const shop = await server.widgetToken(undefined, { origin: SHOP });
  const shopUrl = await server.streamUrl(shop.conversationId, shop.token);
  expect(await refusedUpgrade(shopUrl, { origin: 'https://second.example' })).toBe(401);
  await (await openSocket(shopUrl, { origin: SHOP })).close();
});

test('a second start of the same conversation shows it from the beginning', async () => {
  await say('one');
  const { json } = await server.call('POST', '/v3/directline/conversations', { token });
  const socket = await openSocket(String(json['streamUrl']));
  await socket.messages(1);
});

test('a hint that comes while a page is being read is not lost, be it empty or the last', async () => {
  const log: Line[] = [];
  const reads: (() => void)[] = [];
  const sent: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1, CLOSED: 3, readyState: 1,
    send: (frame: string, done: () => void) => {
      sent.push(frame);
      done();
    },
    close: () => queueMicrotask(() => socket.emit('close')),
    terminate: () => undefined,
  });
  const streams = createStreams({
    history: {
      // The page is taken when it is asked for, and arrives when the test says so.
      read: async (_holder, after) => {
        const page = log.filter(({ seq }) => seq > after);
        await new Promise<void>((resolve) => reads.push(resolve));
        return { lines: page, isEnd: true };
      },
      isOpenTo: async () => true,
      positionOf: async () => 0,
    },
    show: ({ text }) => ({ type: 'message', text }),
    keepAliveMs: 60_000, rereadMs: 60_000, maxSockets: 1,
  });
  const asked = async () => {
    while (reads.length === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  const next = async () => {
    await asked();
    reads.shift()?.();
  };
  const say = (seq: number): void => {
    log.push({ id: String(seq), seq, at: '2026-11-22T10:00:00.000Z', from: 'bot', locale: 'en', text: `just then ${seq}` });
    streams.hint('c');
  };
  streams.attach(socket as unknown as WebSocket, { holder: { user: 'dl_1', conv: 'c', origins: [] }, baseUrl: '' }, undefined);
  await Promise.resolve();
  say(1);
  await next();
  await asked();
  say(2);
  await next();
  await next();
  // What was sent is told in the next round.
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([1, 2].map((seq) => JSON.stringify({ activities: [{ type: 'message', text: `just then ${seq}` }], watermark: String(seq) })));
  await streams.drain();
});
