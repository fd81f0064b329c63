import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startFakeBotApi, type FakeBotApi } from '../support/fake-bot-api.js';
import { dataFolder, run, serveProcess, until, type Running, type ServedProcess } from '../support/served.js';
import { joinAsAdmin, type DeskAgent } from './agent.js';
import { createBuyer, request } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(60_000);

let folder: ReturnType<typeof dataFolder>;
let telegram: FakeBotApi;
let server: ServedProcess;
let ada: DeskAgent;
const serve = () => serveProcess(folder.path, { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root, TRUST_PROXY: 'true' });
beforeAll(async () => {
  folder = dataFolder();
  telegram = await startFakeBotApi();
  server = await serve();
  ada = await joinAsAdmin(server.url, await until('the admin link', () => server.adminLink()));
});
afterAll(async () => {
  ada?.leave();
  await server?.stop();
  await telegram?.stop();
  folder?.remove();
});

let buyers = 0;
/** Every buyer comes from an address of their own. */
const buyer = (more: { readonly identity?: string } = {}) => createBuyer(server.url, { headers: { 'x-forwarded-for': `10.1.0.${(buyers += 1)}` }, ...more });
const joined = (locale = 'en') => words('handover.joined', locale, { name: 'Ada' });
const accepted = { status: 200, json: { outcome: 'accepted' } };

describe('a buyer on the web', () => {
  test.each([
    ['en', 'I want to talk to a person'], ['en', 'human please'], ['zh', '我要找真人客服'], ['zh', '转人工'], ['es', 'Quiero hablar con una persona'], ['es', 'pásame con un agente, por favor'],
  ])('asks once for a person (%s: %s) and is in the queue, told so in that language', async (locale, text) => {
    const customer = await buyer();
    expect((await customer.ask(text)).text).toContain(words('handover.announced.asked', locale));
    expect(await ada.queued(`web:${customer.conversationId}`)).toMatchObject({ who: 'waiting', locale, reason: 'asked' });
    await customer.leave();
  });

  test('is told who is there, talks with them live while the bot is silent, and is given back to a bot that says so', async () => {
    const { json } = await request(server.url, 'POST', '/api/sample/identity', { body: {} });
    const customer = await buyer({ identity: String(json['identity']) });
    const conversation = `web:${customer.conversationId}`;
    await customer.ask('Where is my order AC-100001?');
    await customer.ask('I want to talk to a person');
    expect(await ada.queued(conversation)).toMatchObject({ who: 'waiting', customer: 'Anna Kowalska' });

    expect(await ada.act(conversation, { act: 'take' })).toMatchObject(accepted);
    await customer.hears(joined());
    expect(await ada.queued(conversation)).toMatchObject({ who: 'agent' });
    // Whatever is said now, even what the bot knows best, is for the agent alone.
    const heard = customer.heard().length;
    const said = ['Where is my order AC-100002?', 'yes', '你好', 'human', 'never mind', '4711', '¿Dónde está mi pedido?', 'Are you still there, please?'];
    for (const text of said) await customer.say(text);
    for (const text of said) await ada.reads(conversation, text);
    expect(await ada.act(conversation, { act: 'note', text: 'a note that only the desk may read' })).toMatchObject(accepted);
    expect(await ada.act(conversation, { act: 'say', text: 'Good afternoon, I look into it.' })).toMatchObject(accepted);
    const spoken = await customer.hears('Good afternoon, I look into it.');
    expect(spoken.from).toMatchObject({ name: 'Ada', role: 'bot' });
    expect(customer.heard().slice(heard)).toEqual(['Good afternoon, I look into it.']);

    expect(await ada.act(conversation, { act: 'hand-back' })).toMatchObject(accepted);
    await customer.hears(words('handover.back'));
    expect((await customer.ask('Where is my order AC-100001?')).text).toContain('LP000100012CN');
    const dossier = await ada.call('GET', `/conversation/${encodeURIComponent(conversation)}`);
    expect(dossier.json).toMatchObject({ customer: { name: 'Anna Kowalska' }, notes: [{ text: 'a note that only the desk may read' }] });
    expect(JSON.stringify(await customer.history())).not.toContain('a note that only');
    expect(JSON.stringify(customer.seen)).not.toContain('a note that only');
    await customer.leave();
  });

  test('is told when the agent closes the conversation, leaves the queue, and can begin anew', async () => {
    const customer = await buyer();
    const conversation = `web:${customer.conversationId}`;
    await customer.ask('I want to talk to a person');
    await ada.act(conversation, { act: 'take' });
    await customer.hears(joined());
    expect(await ada.act(conversation, { act: 'close' })).toMatchObject(accepted);
    await customer.hears(words('handover.closed'));
    await until('the queue without it', async () => (await ada.queue()).every(({ conversationId }) => conversationId !== conversation));
    expect((await customer.ask('Are you a bot?')).text).toContain(words('bot.yes'));
    await customer.leave();
  });

  test('may go back to the bot while waiting', async () => {
    const customer = await buyer();
    await customer.ask('I want to talk to a person');
    await ada.queued(`web:${customer.conversationId}`);
    expect((await customer.press(words('choice.back-to-bot'))).text).toContain(words('handover.withdrawn'));
    await until('the queue without it', async () => (await ada.queue()).every(({ conversationId }) => conversationId !== `web:${customer.conversationId}`));
    await customer.leave();
  });

  test('an agent takes over while messages of a burst are being answered: after "a person is here" the bot says nothing', async () => {
    const customer = await buyer();
    const conversation = `web:${customer.conversationId}`;
    await customer.ask('hello');
    const burst = Array.from({ length: 12 }, (_, index) => customer.say(`What is your return policy? ${index}`));
    const taken = ada.act(conversation, { act: 'take' });
    await Promise.all([...burst, taken]);
    await customer.hears(joined());
    await ada.act(conversation, { act: 'say', text: 'the last word' });
    await customer.hears('the last word');
    const heard = customer.heard();
    expect(heard.slice(heard.findIndex((text) => text.includes(joined())))).toEqual([expect.stringContaining(joined()), 'the last word']);
    await customer.leave();
  });
});

describe('a buyer on Telegram', () => {
  test('goes to a person and back, words flowing both ways', async () => {
    const chat = telegram.chat({ languageCode: 'es' });
    const conversation = `telegram:${chat.id}`;
    const reads = (text: string) => telegram.when(() => chat.received().find((message) => message.text.includes(text)));
    chat.says('quiero hablar con una persona');
    await reads(words('handover.announced.asked', 'es'));
    expect(await ada.queued(conversation)).toMatchObject({ who: 'waiting', locale: 'es' });
    await ada.act(conversation, { act: 'take' });
    await reads(joined('es'));
    const before = chat.received().length;
    chat.says('¿Dónde está mi pedido AC-100020?');
    await ada.reads(conversation, 'AC-100020');
    await ada.act(conversation, { act: 'note', text: 'only for the desk' });
    await ada.act(conversation, { act: 'say', text: 'Buenas tardes <b>& bienvenida</b>_*[' });
    await reads('Buenas tardes <b>& bienvenida</b>_*[');
    expect(chat.received().slice(before).map(({ text }) => text.includes('Buenas tardes'))).toEqual([true]);
    await ada.act(conversation, { act: 'hand-back' });
    await reads(words('handover.back', 'es'));
    chat.says('¿Eres un bot?');
    await reads(words('bot.yes', 'es'));
    expect(chat.received().some(({ text }) => text.includes('only for the desk'))).toBe(false);
  });

  test('an answer of the bot that was still on its way when an agent took over is not delivered', async () => {
    const chat = telegram.chat();
    const conversation = `telegram:${chat.id}`;
    // Telegram asks to wait, so the answer is computed and undelivered when the agent comes.
    telegram.failNext('sendMessage', { status: 429, retryAfter: 2 });
    const calls = telegram.calls('sendMessage').length;
    chat.says('Are you a bot?');
    await telegram.called('sendMessage', calls + 1);
    const again = Date.now() + 2_000;
    expect(await ada.act(conversation, { act: 'take' })).toMatchObject(accepted);
    await telegram.when(() => chat.received().find(({ text }) => text.includes(joined())));
    await ada.act(conversation, { act: 'say', text: 'I am not one.' });
    await telegram.when(() => chat.received().find(({ text }) => text === 'I am not one.'));
    // Nor when the time has come that Telegram named, and the outbox has looked again since.
    await until('the second try', () => Date.now() > again + 2_000);
    expect(chat.received().map(({ text }) => text)).toEqual([expect.stringContaining(joined()), 'I am not one.']);
  });
});

describe('a buyer in the terminal of another process', () => {
  const opened: Running[] = [];
  const open = (...args: string[]): Running => {
    const terminal = run(['chat', ...args], { DATA_DIR: folder.path });
    opened.push(terminal);
    return terminal;
  };
  afterAll(() => opened.forEach(({ child }) => child.kill('SIGKILL')));

  test('goes to a person and back, words flowing both ways', async () => {
    const terminal = open('--session', 'at the counter');
    const conversation = 'terminal:at the counter';
    const says = (text: string) => void terminal.child.stdin?.write(`${text}\n`);
    const reads = (text: string) => until(`"${text}" in the terminal`, () => terminal.out().includes(text));
    await reads('/quit');
    says('I want to talk to a person');
    await reads(words('handover.announced.asked'));
    await ada.queued(conversation);
    await ada.act(conversation, { act: 'take' });
    await reads(joined());
    says('Are you a bot?');
    // Another process tells the desk nothing; its page looks again by itself, as this does.
    await until('the words at the desk', async () => (await ada.lines(conversation)).some(({ text }) => text === 'Are you a bot?'));
    await ada.act(conversation, { act: 'say', text: 'No, I sit at a desk.' });
    await reads('Ada: No, I sit at a desk.');
    expect(terminal.out()).not.toContain(words('bot.yes'));
    await ada.act(conversation, { act: 'hand-back' });
    await reads(words('handover.back'));
    says('Are you a bot?');
    await reads(words('bot.yes'));
    says('/quit');
    let code: unknown;
    void terminal.ended.then((given) => (code = given));
    expect(await until('the terminal to end after /quit', () => (code === undefined ? undefined : { code }))).toEqual({ code: 0 });
  });

  test('leaves alone what waits for buyers of other channels', async () => {
    const chat = telegram.chat();
    // Telegram asks to wait, and the server is stopped with the answer undelivered.
    telegram.failNext('sendMessage', { status: 429, retryAfter: 3 });
    const calls = telegram.calls('sendMessage').length;
    chat.says('Are you a bot?');
    await telegram.called('sendMessage', calls + 1);
    const again = Date.now() + 3_000;
    await server.stop();
    expect(chat.received()).toEqual([]);
    const terminal = open('--jsonl');
    terminal.child.stdin?.write('{"session":"one","text":"Are you a bot?"}\n');
    await until('an answer in the terminal, and the time Telegram named', () => terminal.out().includes('\n') && Date.now() > again + 2_000);
    terminal.child.stdin?.end();
    expect(await terminal.ended).toBe(0);
    expect(terminal.out()).toContain(words('bot.yes'));
    expect(terminal.err()).not.toContain('outbox.no-channel');
    server = await serve();
    await telegram.when(() => chat.received().find(({ text }) => text.includes(words('bot.yes'))));
  });
});

test('no turn failed in all this', () => {
  for (const event of ['turn.failed', 'outbox.send-failed', 'outbox.given-up', 'claim.failed']) expect(server.logged(event)).toEqual([]);
});
