import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jpeg, line, setStage, ways, type Stage } from './support.js';

describe.each(ways)('what a customer sends on Telegram, by %s', (way) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage(way);
    await stage.start();
  });
  afterEach(() => stage.stop());

  test('a text arrives with its words, the name and the language Telegram knows', async () => {
    const ana = stage.api.chat({ id: 31, firstName: 'Ana', lastName: 'García', languageCode: 'es' });
    const { updateId } = ana.says('¿Dónde está mi pedido? 📦');
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toEqual({
      kind: 'message', id: `u${updateId}`, conversationId: 'telegram:31', channel: 'telegram', address: { chatId: 31 }, at: stage.clock.now(),
      text: '¿Dónde está mi pedido? 📦', localeHint: 'es', displayName: 'Ana García',
    });
    await stage.api.idle();
  });

  test('a message Telegram delivers three times is accepted once', async () => {
    const ana = stage.api.chat();
    const { updateId } = ana.says('Hello');
    await stage.api.idle();
    stage.api.repeat(updateId);
    stage.api.repeat(updateId);
    await stage.api.idle();
    ana.says('Bye');
    await stage.inbox.until(2);
    expect(stage.inbox.accepted.map(({ text }) => text)).toEqual(['Hello', 'Bye']);
  });

  test('a message that came before a restart is recognised after it', async () => {
    const ana = stage.api.chat();
    const { updateId } = ana.says('Hello');
    await stage.api.idle();
    await stage.channel.stop();
    await stage.server?.close();
    const second = await setStage(way, {}, stage);
    await second.start();
    stage.api.repeat(updateId);
    ana.says('Still there?');
    await stage.inbox.until(2);
    await stage.api.idle();
    expect(stage.inbox.accepted.map(({ text }) => text)).toEqual(['Hello', 'Still there?']);
    expect(stage.inbox.duplicates()).toBe(1);
    await second.stop();
  });

  test('while the inbox is away nothing is confirmed, and everything comes again in order', async () => {
    stage.inbox.fail(3);
    const ana = stage.api.chat();
    ana.says('one');
    ana.says('two');
    ana.says('three');
    await stage.inbox.until(3);
    await stage.api.idle();
    expect(stage.inbox.accepted.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  test('a customer whose message cannot be taken does not hold up another one', async () => {
    const [ana, ben] = [stage.api.chat({ id: 1 }), stage.api.chat({ id: 2 })];
    stage.api.failNext('getFile', { status: 502 }, 3);
    ana.sendsPhoto(jpeg(1));
    ben.says('Hello');
    const first = await stage.inbox.until(1);
    expect(first[0]?.conversationId).toBe('telegram:2');
    await stage.inbox.until(2);
    await stage.api.idle();
    expect(stage.inbox.accepted.map(({ conversationId }) => conversationId)).toEqual(['telegram:2', 'telegram:1']);
  });

  test('a pressed button is a choice, and stops spinning at once', async () => {
    const ana = stage.api.chat();
    await stage.channel.send(line('Which?', { choices: [{ id: 's:1.0', label: 'The lamp' }, { id: 's:1.1', label: 'The cup' }] }), { chatId: ana.id });
    const { pressId, updateId } = ana.presses('The cup');
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toMatchObject({ id: `u${updateId}`, choice: 's:1.1', conversationId: `telegram:${ana.id}` });
    expect(incoming).not.toHaveProperty('text');
    await stage.api.when(() => (ana.isAnswered(pressId) ? true : undefined));
  });

  test('a press that Telegram finds too old to answer still counts', async () => {
    const ana = stage.api.chat();
    stage.api.failNext('answerCallbackQuery', { status: 400, description: 'Bad Request: query is too old and response timeout expired or query ID is invalid' });
    ana.pressesData('m');
    await stage.inbox.until(1);
    await stage.api.called('answerCallbackQuery');
    expect(stage.inbox.accepted[0]?.choice).toBe('m');
    expect(stage.logged.filter((entry) => entry.includes('"level":50'))).toEqual([]);
  });

  test('an edited message says which one it takes the place of', async () => {
    const ana = stage.api.chat();
    const sent = ana.says('order 1002');
    await stage.inbox.until(1);
    ana.edits(sent, 'order 1003');
    const [, edited] = await stage.inbox.until(2);
    expect(edited).toMatchObject({ text: 'order 1003', edits: `u${sent.updateId}` });
    expect(edited?.id).not.toBe(`u${sent.updateId}`);
  });

  test('an edit of a message from before a restart names the message by its number in the chat', async () => {
    const ana = stage.api.chat();
    ana.edits({ updateId: 0, messageId: 17 }, 'order 1003');
    expect((await stage.inbox.until(1))[0]).toMatchObject({ text: 'order 1003', edits: 'm17' });
  });

  test('where a customer came from is the payload of /start, never words', async () => {
    const ana = stage.api.chat();
    ana.says('/start Zm9v_YmFy-1');
    ana.says('/start');
    ana.says('/start not a payload');
    const [linked, bare, odd] = await stage.inbox.until(3);
    expect(linked).toMatchObject({ payload: 'Zm9v_YmFy-1' });
    for (const one of [linked, bare, odd]) expect(one).not.toHaveProperty('text');
    for (const one of [bare, odd]) expect(one).not.toHaveProperty('payload');
  });

  test('commands are choices where the bot has one, else words', async () => {
    const ana = stage.api.chat();
    for (const command of ['/help', '/menu', '/human@shop_bot', '/stop', '/language español', '/order_status 1002', 'and/or', '/']) ana.says(command);
    const messages = await stage.inbox.until(8);
    expect(messages.map(({ choice, text }) => choice ?? `"${text}"`)).toEqual(['m', 'm', 'h', '"stop"', '"language español"', '"order status 1002"', '"and/or"', '"/"']);
  });

  test('a photo is stored in its largest size before its message is accepted, byte for byte', async () => {
    const ana = stage.api.chat();
    ana.sendsPhoto(jpeg(7, 300_000), 'It came broken');
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toMatchObject({ text: 'It came broken', files: [{ name: 'photo.jpg', type: 'image/jpeg', size: 300_000 }] });
    const stored = await stage.files.get(incoming?.files?.[0]?.fileId ?? '');
    expect(Buffer.from(stored?.bytes ?? [])).toEqual(jpeg(7, 300_000));
    expect(stored?.file.conversationId).toBe(`telegram:${ana.id}`);
  });

  test('a document keeps its name without folders and is known by its bytes, not by what it says it is', async () => {
    const ana = stage.api.chat();
    ana.sendsDocument({ bytes: Buffer.from('%PDF-1.7 an invoice'), name: '../../发票 2026.pdf', type: 'text/html' });
    ana.sendsDocument({ bytes: Buffer.from('<script>alert(1)</script>'), name: 'page.pdf', type: 'application/pdf' });
    const [invoice, page] = await stage.inbox.until(2);
    expect(invoice?.files).toMatchObject([{ name: '发票 2026.pdf', type: 'application/pdf' }]);
    expect(page?.files).toMatchObject([{ name: 'page.pdf', type: 'application/octet-stream' }]);
  });

  test('a file beyond what bots may fetch is left out, and the message says so', async () => {
    const ana = stage.api.chat();
    ana.sendsDocument({ claims: 21 * 1024 * 1024, name: 'film.mov' }, 'See the film');
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toMatchObject({ text: 'See the film', clientData: { unread: [{ what: 'document', name: 'film.mov', why: 'too-large' }] } });
    expect(incoming).not.toHaveProperty('files');
    expect(stage.api.calls('getFile')).toHaveLength(0);
  });

  test('a file that hides how large it is is read no further than allowed', async () => {
    const ana = stage.api.chat();
    ana.sendsDocument({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1), name: 'film.mov', hidesSize: true });
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toMatchObject({ clientData: { unread: [{ what: 'document', name: 'film.mov', why: 'too-large' }] } });
  });

  test('a file that Telegram cannot deliver for minutes is given up, the message is not', async () => {
    const ana = stage.api.chat();
    stage.api.failNext('download', { status: 500 }, 1_000);
    ana.sendsPhoto(jpeg(1), 'It came broken');
    await stage.api.called('download', 2);
    expect(stage.inbox.accepted).toHaveLength(0);
    stage.clock.move(301_000);
    const [incoming] = await stage.inbox.until(1);
    expect(incoming).toMatchObject({ text: 'It came broken', clientData: { unread: [{ what: 'photo', why: 'not-available' }] } });
  });

  test('a download cut off half-way is fetched again and accepted once', async () => {
    stage.api.failNext('download', 'drop-reply', 2);
    stage.api.chat().sendsPhoto(jpeg(3));
    const [incoming] = await stage.inbox.until(1);
    await stage.api.idle();
    expect(incoming?.files).toHaveLength(1);
    expect(stage.inbox.accepted).toHaveLength(1);
  });

  test('what cannot be read is said to have come', async () => {
    const ana = stage.api.chat();
    ana.sends({ voice: { file_id: 'v', duration: 3 } });
    ana.sends({ sticker: { file_id: 's', emoji: '👍' } });
    ana.sends({ location: { latitude: 1, longitude: 2 } });
    ana.sends({ contact: { phone_number: '+34600000000', first_name: 'Ana' } });
    const messages = await stage.inbox.until(4);
    expect(messages.map(({ clientData }) => clientData)).toEqual(['voice', 'sticker', 'location', 'contact'].map((what) => ({ unread: [{ what, why: 'not-readable' }] })));
    for (const message of messages) expect(message).not.toHaveProperty('text');
  });

  test('what is said in a group is left unanswered', async () => {
    stage.api.chat({ id: -500, type: 'group' }).says('/help');
    const ana = stage.api.chat();
    ana.says('Hello');
    await stage.inbox.until(1);
    await stage.api.idle();
    expect(stage.inbox.accepted.map(({ text }) => text)).toEqual(['Hello']);
  });

  test('who blocks the bot and comes back goes on in the same conversation', async () => {
    const ana = stage.api.chat();
    ana.says('Hello');
    ana.blocks();
    await stage.api.idle();
    expect(await stage.channel.send(line('Hi'), { chatId: ana.id })).toEqual({ sent: false, gone: true, reason: expect.stringContaining('blocked') });
    ana.unblocks();
    ana.says('Back again');
    const messages = await stage.inbox.until(2);
    expect(new Set(messages.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(await stage.channel.send(line('Hi'), { chatId: ana.id })).toEqual({ sent: true });
  });

  test('updates that nobody can read do not stop the next customer', async () => {
    stage.api.add('message', '9', { chat: 'what is this' });
    stage.api.add('message', '9', { message_id: 1, chat: { id: 9, type: 'private' }, text: { not: 'a text' } });
    stage.api.add('callback_query', 'press:9', { id: 5 });
    stage.api.chat().says('Hello');
    await stage.inbox.until(1);
    await stage.api.idle();
    expect(stage.inbox.accepted.map(({ text }) => text)).toEqual(['Hello']);
  });

  test('a bot that talks, fails and is refused never writes its token or the webhook secret into the log', async () => {
    const ana = stage.api.chat();
    stage.api.failNext('getFile', 'drop-reply');
    stage.api.failNext('sendMessage', 'drop-reply');
    stage.api.failNext('sendMessage', { status: 500 });
    stage.api.failNext('getUpdates', 'drop-reply');
    stage.inbox.fail(1);
    ana.sendsPhoto(jpeg(1));
    await stage.inbox.until(1);
    const said = line('Hi');
    const outcomes = [await stage.channel.send(said, { chatId: ana.id }), await stage.channel.send(said, { chatId: ana.id }), await stage.channel.send(said, { chatId: ana.id })];
    const text = stage.logged.join('') + JSON.stringify(outcomes);
    expect(stage.logged.length).toBeGreaterThan(0);
    expect(text).not.toContain(stage.api.token.split(':')[1]);
    expect(text).not.toContain('the-webhook-secret');
  });

  test('its stop leaves no connection open and confirms nothing more', async () => {
    stage.api.chat().says('Hello');
    await stage.inbox.until(1);
    await stage.channel.stop();
    await stage.channel.stop();
    // The server learns of closed sockets a moment later; asking it is the only way to see that.
    while ((await stage.api.connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
    stage.api.chat().says('Too late');
    expect(stage.inbox.accepted).toHaveLength(1);
    expect(stage.api.pending()).toBeGreaterThan(0);
  });
});

describe('how updates are taken by polling', () => {
  test('a second process is reported, and the first goes on when it is gone', async () => {
    const stage = await setStage('polling');
    stage.api.failNext('getUpdates', { status: 409, description: 'Conflict: terminated by other getUpdates request' }, 2);
    await stage.start();
    stage.api.chat().says('Hello');
    await stage.inbox.until(1);
    expect(stage.logged.join('')).toContain('a second process');
    await stage.stop();
  });

  test('a webhook left over from before is taken away', async () => {
    const stage = await setStage('polling');
    await fetch(`${stage.api.root}/bot${stage.api.token}/setWebhook?`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"url":"http://127.0.0.1:9/gone"}' });
    stage.api.failNext('deleteWebhook', { status: 500 });
    await stage.start();
    stage.api.chat().says('Hello');
    await stage.inbox.until(1);
    await stage.stop();
  });

  test('words and presses that wait together are accepted in the order they were made', async () => {
    const stage = await setStage('polling');
    const ana = stage.api.chat();
    ana.pressesData('i:track');
    ana.says('order 1002');
    ana.pressesData('y:1');
    await stage.start();
    const messages = await stage.inbox.until(3);
    expect(messages.map(({ choice, text }) => choice ?? text)).toEqual(['i:track', 'order 1002', 'y:1']);
    await stage.stop();
  });

  test('a hundred and fifty waiting messages all arrive, each chat in order', async () => {
    const stage = await setStage('polling');
    const chats = Array.from({ length: 5 }, () => stage.api.chat());
    for (let index = 0; index < 30; index += 1) for (const chat of chats) chat.says(String(index));
    await stage.start();
    await stage.inbox.until(150);
    await stage.api.idle();
    for (const chat of chats) {
      const texts = stage.inbox.accepted.filter(({ conversationId }) => conversationId === `telegram:${chat.id}`).map(({ text }) => text);
      expect(texts).toEqual(Array.from({ length: 30 }, (_, index) => String(index)));
    }
    await stage.stop();
  });
});
