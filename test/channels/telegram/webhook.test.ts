import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTelegramChannel } from '../../../src/channels/telegram.js';
import { line, secret, setStage, type Stage } from './support.js';

describe('the end that Telegram delivers to', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage('webhook');
    await stage.start();
    await stage.api.called('setWebhook');
  });
  afterEach(() => stage.stop());

  const post = async (body: string | Buffer, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': secret }) => {
    const response = await fetch(stage.hook, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    const answer: unknown = await response.json();
    return { status: response.status, answer, retryAfter: response.headers.get('retry-after') };
  };
  const update = (id: number, text = 'Hello') => JSON.stringify({ update_id: id, message: { message_id: 1, date: 0, chat: { id: 5, type: 'private' }, from: { id: 5, first_name: 'Ana' }, text } });

  test('is announced with its secret and the kinds of updates we read', async () => {
    expect(stage.api.calls('setWebhook')[0]?.payload).toMatchObject({
      url: stage.hook, secret_token: secret, allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  });

  test.each([{}, { 'x-telegram-bot-api-secret-token': '' }, { 'x-telegram-bot-api-secret-token': `${secret}x` }, { 'x-telegram-bot-api-secret-token': secret.toUpperCase() }] as Record<string, string>[])(
    'takes nothing without the right secret: %j', async (headers) => {
      expect(await post(update(1), headers)).toMatchObject({ status: 401, answer: { error: { code: 'WrongSecret' } } });
      expect(stage.inbox.accepted).toHaveLength(0);
    },
  );

  test('answers 503 with a time to come back while the inbox is away', async () => {
    stage.inbox.fail(1);
    expect(await post(update(1))).toMatchObject({ status: 503, retryAfter: '3' });
    expect(await post(update(1))).toMatchObject({ status: 200 });
    expect(stage.inbox.accepted).toHaveLength(1);
  });

  test.each(['', '{', 'null', '[]', '"text"', '7', '{}', '{"update_id":"1"}', '{"update_id":1.5}', '{"message":{}}'])('says that %j is malformed', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, answer: { error: { code: expect.any(String), message: expect.any(String) } } });
  });

  test('takes no body beyond a megabyte, and lives on', async () => {
    expect(await post(update(1, 'x'.repeat(1024 * 1024)))).toMatchObject({ status: 413, answer: { error: { code: 'PayloadTooLarge' } } });
    expect(await post(update(2, 'x'.repeat(500_000)))).toMatchObject({ status: 200 });
    expect(stage.inbox.accepted[0]?.text).toHaveLength(500_000);
  });

  test('survives a sender who hangs up half-way', async () => {
    await new Promise<void>((resolve) => {
      const half = request(stage.hook, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': '500', 'x-telegram-bot-api-secret-token': secret } });
      half.on('error', () => resolve());
      half.write('{"update_id":', () => half.destroy(new Error('gone')));
    });
    expect(await post(update(1))).toMatchObject({ status: 200 });
  });

  test('always answers, whatever an update looks like', async () => {
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }), fc.maxSafeInteger());
    const loose = (fields: readonly string[]) => fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] });
    const message = fc.record(
      {
        message_id: fc.oneof(fc.nat(), odd), chat: fc.oneof(fc.record({ id: fc.oneof(fc.nat(), odd), type: fc.oneof(fc.constant('private'), odd) }), odd),
        from: fc.oneof(loose(['id', 'first_name', 'last_name', 'language_code']), odd), text: fc.oneof(fc.string(), odd), caption: odd, media_group_id: odd,
        photo: fc.oneof(fc.array(fc.record({ file_id: fc.string(), width: fc.nat(), height: fc.nat() })), odd), document: fc.oneof(fc.record({ file_id: fc.string(), file_name: odd, file_size: odd }), odd), voice: odd,
      },
      { requiredKeys: [] },
    );
    const anything = fc.record(
      {
        update_id: fc.oneof(fc.nat(), odd), message: fc.oneof(message, odd), edited_message: fc.oneof(message, odd),
        callback_query: fc.oneof(fc.record({ id: fc.string(), from: loose(['id']), data: odd, message: fc.oneof(message, odd) }), odd), my_chat_member: odd,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, fc.record({ update_id: fc.nat(), message })), async (value) => {
        const { status } = await post(JSON.stringify(value));
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 200 },
    );
    expect(await post(update(987_654_321_001))).toMatchObject({ status: 200 });
    for (const incoming of stage.inbox.accepted) expect(incoming.conversationId).toMatch(/^telegram:-?\d+$/);
    const faults = stage.logged.filter((entry) => entry.includes('request failed'));
    expect(faults).toEqual([]);
  });

  test('a press that overtakes the words before it is accepted as it comes, and nothing is lost', async () => {
    const ana = stage.api.chat();
    await stage.channel.send(line('Sure?', { choices: [{ id: 'y:1', label: 'Yes' }] }), { chatId: ana.id });
    stage.inbox.fail(1);
    ana.says('order 1002');
    await stage.api.delivered(1);
    ana.presses('Yes');
    const messages = await stage.inbox.until(2);
    await stage.api.idle();
    expect(messages.map(({ choice, text }) => choice ?? text).sort()).toEqual(['order 1002', 'y:1']);
    expect(stage.api.deliveries().map(({ status }) => status).sort()).toEqual([200, 200, 503]);
  });

  test('after the stop updates are sent back to Telegram for later', async () => {
    await stage.channel.stop();
    expect(await post(update(1))).toMatchObject({ status: 503 });
  });
});

describe('setting the webhook', () => {
  test('is tried until Telegram has taken it', async () => {
    const stage = await setStage('webhook');
    stage.api.failNext('setWebhook', { status: 502 }, 2);
    await stage.start();
    stage.api.chat().says('Hello');
    await stage.inbox.until(1);
    expect(stage.api.calls('setWebhook').map(({ status }) => status)).toEqual([502, 502, 200]);
    await stage.stop();
  });

  const parts = async (): Promise<Parameters<typeof createTelegramChannel>[0]> => {
    const stage = await setStage('polling');
    await stage.stop();
    return { token: '1:token', mode: 'polling', files: stage.files, clock: stage.clock, log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined } };
  };
  const webhook = { path: '/t', secret, publicUrl: 'https://shop.example' };

  test('mistakes in the settings are found at start, without repeating the secret', async () => {
    const right = await parts();
    const wrong = [
      { token: 'planted-secret' }, { apiRoot: 'http://api.example' }, { apiRoot: 'nonsense' }, { mode: { webhook: { ...webhook, publicUrl: 'http://shop.example' } } },
      { mode: { webhook: { ...webhook, secret: 'short' } } }, { mode: { webhook: { ...webhook, secret: 'planted-secret with spaces' } } }, { mode: { webhook: { ...webhook, path: 't' } } },
    ];
    for (const change of wrong) {
      expect(() => createTelegramChannel({ ...right, ...change })).toThrow(expect.objectContaining({ code: 'config.invalid', message: expect.not.stringContaining('planted') }));
    }
    expect(createTelegramChannel(right).routes).toBeUndefined();
    expect(createTelegramChannel({ ...right, mode: { webhook } }).routes).toBeDefined();
  });
});
