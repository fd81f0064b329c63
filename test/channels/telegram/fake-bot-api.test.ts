import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeBotApi, type FakeBotApi } from '../../support/fake-bot-api.js';

interface Answer {
  readonly ok: boolean;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number };
  readonly result?: unknown;
}

/** What the fake promises, so that a test that passes against it means something. */
describe('the fake Bot API behaves as the real one does', () => {
  let api: FakeBotApi;
  beforeEach(async () => {
    api = await startFakeBotApi();
  });
  afterEach(() => api.stop());

  const call = async (method: string, payload: object = {}): Promise<Answer> => {
    const response = await fetch(`${api.root}/bot${api.token}/${method}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) });
    return (await response.json()) as Answer;
  };
  const idsOf = (answer: Answer): number[] => (answer.result as { update_id: number }[]).map(({ update_id: id }) => id);

  describe('updates by polling', () => {
    test('are given again until a higher offset confirms them', async () => {
      const ana = api.chat();
      const [one, two] = [ana.says('one'), ana.says('two')];
      expect(idsOf(await call('getUpdates'))).toEqual([one.updateId, two.updateId]);
      expect(idsOf(await call('getUpdates', { limit: 1 }))).toEqual([one.updateId]);
      expect(idsOf(await call('getUpdates', { offset: two.updateId }))).toEqual([two.updateId]);
      expect(idsOf(await call('getUpdates', { offset: two.updateId + 1 }))).toEqual([]);
      expect(api.pending()).toBe(0);
    });

    test('the same offset again at once is answered with one update', async () => {
      const slow = await startFakeBotApi({ speed: 0.001 });
      const { updateId } = slow.chat().says('one');
      slow.chat().says('two');
      const poll = async () => ((await (await fetch(`${slow.root}/bot${slow.token}/getUpdates?`, { method: 'POST', body: new URLSearchParams({ offset: String(updateId) }) })).json()) as { result: unknown[] }).result.length;
      expect([await poll(), await poll()]).toEqual([2, 1]);
      await slow.stop();
    });

    test('a waiting poll is answered when something comes, and ended with 409 when another one begins', async () => {
      const first = call('getUpdates', { timeout: 50 });
      const { updateId } = api.chat().says('Hello');
      expect(idsOf(await first)).toEqual([updateId]);
      const patient = await startFakeBotApi({ speed: 0.1 });
      const open = fetch(`${patient.root}/bot${patient.token}/getUpdates`, { method: 'POST', body: new URLSearchParams({ timeout: '50' }) });
      await patient.when(() => (patient.calls().length === 0 ? true : undefined));
      let ended = false;
      void open.then(() => (ended = true));
      while (!ended) await fetch(`${patient.root}/bot${patient.token}/getUpdates`, { method: 'POST' });
      expect((await open).status).toBe(409);
      await patient.stop();
    });

    test('kinds that were not asked for do not come', async () => {
      await call('getUpdates', { allowed_updates: ['callback_query'] });
      api.chat().says('Hello');
      expect(api.pending()).toBe(0);
    });

    test('a press is worth nothing after 150 seconds, and cannot be answered after 15 or twice', async () => {
      const ana = api.chat();
      const { pressId } = ana.pressesData('m');
      expect(await call('answerCallbackQuery', { callback_query_id: pressId })).toMatchObject({ ok: true });
      expect(await call('answerCallbackQuery', { callback_query_id: pressId })).toMatchObject({ ok: false, description: expect.stringContaining('query is too old') });
      const late = ana.pressesData('m');
      api.pass(20);
      expect(await call('answerCallbackQuery', { callback_query_id: late.pressId })).toMatchObject({ error_code: 400 });
      api.pass(140);
      expect(idsOf(await call('getUpdates'))).toEqual([]);
    });
  });

  describe('updates by webhook', () => {
    let bot: Server;
    let seen: { id: number; headers: IncomingHttpHeaders }[];
    let answers: (readonly [status: number, headers?: Record<string, string>])[];
    beforeEach(async () => {
      seen = [];
      answers = [];
      bot = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
          seen.push({ id: (JSON.parse(Buffer.concat(chunks).toString()) as { update_id: number }).update_id, headers: request.headers });
          const [status, headers] = answers.shift() ?? [200];
          response.writeHead(status, headers).end('{}');
        });
      });
      await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
      await call('setWebhook', { url: `http://127.0.0.1:${(bot.address() as AddressInfo).port}/hook`, secret_token: 'a_secret' });
    });
    afterEach(() => {
      bot.close();
      bot.closeAllConnections();
    });

    test('carry the secret, and polling is refused meanwhile', async () => {
      api.chat().says('Hello');
      await api.idle();
      expect(seen[0]?.headers['x-telegram-bot-api-secret-token']).toBe('a_secret');
      expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 409 });
      expect(await call('getWebhookInfo')).toMatchObject({ result: { pending_update_count: 0 } });
    });

    test('one that fails comes again and blocks its own queue, but not the presses of the same customer', async () => {
      answers = [[500], [503, { 'retry-after': '30' }]];
      const ana = api.chat();
      const [one, two] = [ana.says('one'), ana.says('two')];
      await api.delivered(2);
      const press = ana.pressesData('m');
      await api.idle();
      expect(seen.map(({ id }) => id)).toEqual([one.updateId, one.updateId, press.updateId, one.updateId, two.updateId]);
    });
  });

  test('what cannot be sent is refused in Telegram’s words', async () => {
    const { id } = api.chat();
    const keyboard = (button: object) => ({ chat_id: id, text: 'x', reply_markup: { inline_keyboard: [[button]] } });
    const refused: [object, string][] = [
      [{ chat_id: 1, text: 'x' }, 'chat not found'], [{ chat_id: id, text: '  ' }, 'message text is empty'], [{ chat_id: id, text: 'x'.repeat(4097) }, 'message is too long'],
      [keyboard({ text: 'x', callback_data: 'é'.repeat(33) }), 'BUTTON_DATA_INVALID'], [keyboard({ text: 'x', url: 'http://localhost/' }), 'Wrong HTTP URL'],
      [{ chat_id: id, text: 'a_b', parse_mode: 'MarkdownV2' }, "can't parse entities"],
    ];
    for (const [payload, words] of refused) expect(await call('sendMessage', payload)).toMatchObject({ error_code: 400, description: expect.stringContaining(words) });
    expect(await call('sendMessage', keyboard({ text: 'x', callback_data: 'é'.repeat(32) }))).toMatchObject({ ok: true });
  });

  test('messages can be changed, once the same is too often, and deleted', async () => {
    const ana = api.chat();
    const { result } = await call('sendMessage', { chat_id: ana.id, text: 'one' });
    const where = { chat_id: ana.id, message_id: (result as { message_id: number }).message_id };
    expect(await call('editMessageText', { ...where, text: 'two' })).toMatchObject({ ok: true });
    expect(await call('editMessageText', { ...where, text: 'two' })).toMatchObject({ description: expect.stringContaining('message is not modified') });
    expect(await call('editMessageReplyMarkup', { ...where, reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] } })).toMatchObject({ ok: true });
    expect(ana.received()).toMatchObject([{ text: 'two', rows: [[{ label: 'x' }]] }]);
    expect(await call('deleteMessage', where)).toMatchObject({ result: true });
    expect(ana.received()).toEqual([]);
  });

  test('files up to 20 MB can be fetched', async () => {
    const ana = api.chat();
    ana.sendsDocument({ bytes: Buffer.from('%PDF-'), name: 'a.pdf' });
    ana.sendsDocument({ claims: 20 * 1024 * 1024 + 1 });
    const updates = (await call('getUpdates')).result as { message: { document: { file_id: string } } }[];
    const [small, large] = updates.map(({ message }) => message.document.file_id);
    const found = await call('getFile', { file_id: small });
    const { file_path: path } = found.result as { file_path: string };
    expect(await (await fetch(`${api.root}/file/bot${api.token}/${path}`)).text()).toBe('%PDF-');
    expect(await call('getFile', { file_id: large })).toMatchObject({ description: 'Bad Request: file is too big' });
    expect(await call('getFile', { file_id: 'other' })).toMatchObject({ error_code: 400 });
  });

  test('failures happen as they were scripted, also after the thing was done', async () => {
    const ana = api.chat();
    api.failNext('sendMessage', { status: 429, retryAfter: 3 });
    api.failNext('sendMessage', 'drop-reply');
    expect(await call('sendMessage', { chat_id: ana.id, text: 'one' })).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
    await expect(call('sendMessage', { chat_id: ana.id, text: 'two' })).rejects.toThrow();
    expect(ana.received().map(({ text }) => text)).toEqual(['two']);
  });

  test('a wrong token is nobody', async () => {
    expect((await fetch(`${api.root}/bot1:wrong/getMe`)).status).toBe(401);
    expect(await call('getMe')).toMatchObject({ ok: true, result: { is_bot: true } });
  });
});
