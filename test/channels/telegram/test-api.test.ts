import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import emulator from 'telegram-test-api';
import { createTelegramChannel } from '../../../src/channels/telegram.js';
import { createMemoryFiles } from '../../../src/files/memory.js';
import type { Channel } from '../../../src/ports/channel.js';
import { createHandClock, createInbox, freePort, line, type Inbox } from './support.js';

// Its types say `export default`, its code says `module.exports =`.
const TelegramServer = emulator as unknown as typeof emulator.default;
type Server = InstanceType<typeof TelegramServer>;

/** What a customer's client gets to see of a message. */
interface Seen {
  readonly message: { readonly text: string; readonly chat_id: number; readonly reply_markup?: { readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data?: string }[])[] } };
}

/** An emulator that others wrote, unchanged, as a check that our own fake has not been built to our own misunderstandings. */
describe('a customer of telegram-test-api', () => {
  const token = '4712:AAanother-token';
  let server: Server;
  let client: ReturnType<Server['getClient']>;
  let channel: Channel;
  let inbox: Inbox;

  beforeEach(async () => {
    server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
    await server.start();
    client = server.getClient(token, { chatId: 31, userId: 31, firstName: 'Ana', timeout: 10_000, interval: 5 });
    inbox = createInbox();
    const silent = (): void => undefined;
    ({ channel } = createTelegramChannel({
      token, apiRoot: server.config.apiURL, mode: 'polling', files: createMemoryFiles(), clock: createHandClock(), allowInsecureHttp: true,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    }));
    await channel.start({ accept: (incoming) => inbox.accept(incoming) });
  });
  afterEach(async () => {
    await channel.stop();
    await server.stop();
  });

  const sees = async (): Promise<readonly Seen[]> => (await client.getUpdates()).result as unknown as Seen[];

  test('says something, is offered buttons, presses one and is answered', async () => {
    await client.sendMessage(client.makeMessage('Where is my order?'));
    const [asked] = await inbox.until(1);
    expect(asked).toMatchObject({ text: 'Where is my order?', conversationId: 'telegram:31', address: { chatId: 31 }, displayName: 'Ana' });

    const choices = [{ id: 's:1.0', label: 'The lamp' }, { id: 's:1.1', label: 'The cup' }];
    expect(await channel.send(line('Which one? *lamp* or _cup_', { choices }), asked?.address ?? null)).toEqual({ sent: true });
    const [offer] = await sees();
    expect(offer?.message.text).toBe('Which one? *lamp* or _cup_');
    const buttons = offer?.message.reply_markup?.inline_keyboard.flat() ?? [];
    expect(buttons.map(({ text }) => text)).toEqual(['The lamp', 'The cup']);

    await client.sendCallback(client.makeCallbackQuery(buttons[1]?.callback_data ?? ''));
    const [, pressed] = await inbox.until(2);
    expect(pressed).toMatchObject({ choice: 's:1.1', conversationId: 'telegram:31' });
    expect(await channel.send(line('The cup is on its way.'), pressed?.address ?? null)).toEqual({ sent: true });
    expect((await sees())[0]?.message.text).toBe('The cup is on its way.');
  });

  test('comes by a link of the shop', async () => {
    await client.sendCommand(client.makeCommand('/start Zm9vYmFy'));
    expect((await inbox.until(1))[0]).toMatchObject({ payload: 'Zm9vYmFy' });
  });

  test('gets a long text in parts', async () => {
    const text = 'word '.repeat(2_000).trim();
    expect(await channel.send(line(text), { chatId: 31 })).toEqual({ sent: true });
    const parts: string[] = [];
    while (parts.join(' ').length < text.length) parts.push(...(await sees()).map(({ message }) => message.text));
    expect(parts.length).toBe(3);
    expect(parts.join(' ')).toBe(text);
  });
});
