import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitText } from '../../../src/channels/telegram/text-parts.js';
import type { OutgoingFile } from '../../../src/domain/message.js';
import { labelsOf, type FakeChat } from '../../support/fake-bot-api.js';
import { jpeg, line, setStage, type Stage } from './support.js';

describe('what the bot sends on Telegram', () => {
  let stage: Stage;
  let ana: FakeChat;
  beforeEach(async () => {
    stage = await setStage('polling');
    ana = stage.api.chat({ id: 31 });
  });
  afterEach(() => stage.stop());

  const to = { chatId: 31 };
  const store = async (name: string, bytes: Uint8Array, kind = 'application/pdf'): Promise<OutgoingFile> => {
    const { fileId, size, type } = await stage.files.put(bytes, { conversationId: 'telegram:31', name, type: kind, at: stage.clock.now() });
    return { fileId, name, size, type };
  };
  const photo = (name: string, seed = 1) => store(name, jpeg(seed), 'image/jpeg');
  /** How a customer sees what came: an album by a letter for each, a photo by itself, a file. */
  const kinds = () => ana.received().map(({ album, isPhoto, document, text }) => (album !== undefined ? `album: ${document?.name}` : isPhoto ? `photo: ${document?.name}` : document ? `file: ${document.name}` : text));
  const ofAgent = (files: readonly OutgoingFile[], text = 'Like this') => line(text, { from: 'agent', agent: { id: 'a', name: 'Ada' }, files });

  test('words full of formatting characters arrive as they were written', async () => {
    const hostile = '*a* _b_ `c` [d](tg://user?id=1) <b>&lt;</b> ~|#+-=.!{} \\ @shop /start 100% \u202e ok';
    expect(await stage.channel.send(line(hostile), to)).toEqual({ sent: true });
    expect((await ana.next()).text).toBe(hostile);
    expect(stage.api.calls('sendMessage')[0]?.payload).not.toHaveProperty('parse_mode');
  });

  test('any words at all reach the customer, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(fc.constantFrom(0xd800, 0xdfff, 0, 27), { maxLength: 3 }), async (text, odd) => {
        const outcome = await stage.channel.send(line(`x${text}${String.fromCharCode(...odd)}y`), to);
        expect(outcome).toEqual({ sent: true });
      }),
      { numRuns: 60 },
    );
  });

  test('a long text comes in parts, broken between paragraphs, with the buttons on the last', async () => {
    const paragraphs = Array.from({ length: 40 }, (_, index) => `${index}: ${'word '.repeat(60).trim()}`);
    const said = line(paragraphs.join('\n\n'), { choices: [{ id: 'm', label: 'Menu' }] });
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    const messages = ana.received();
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.map(({ text }) => text).join('\n\n')).toBe(said.text);
    expect(messages.map(labelsOf)).toEqual([...messages.slice(1).map(() => []), ['Menu']]);
  });

  test('a text without any border is broken between characters, never inside one', async () => {
    await stage.channel.send(line(`a${'😀'.repeat(5_000)}`), to);
    const texts = ana.received().map(({ text }) => text);
    expect(texts.join('')).toBe(`a${'😀'.repeat(5_000)}`);
    expect(texts.every((text) => text.length <= 4096 && Buffer.from(text).toString() === text)).toBe(true);
  });

  test('a text of a megabyte is split in no time and loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }), fc.constantFrom(' ', '\n', '\n\n')), { maxLength: 200 }), fc.integer({ min: 2, max: 50 }), (pieces, limit) => {
        const text = pieces.join('');
        const parts = splitText(text, limit);
        expect(parts.every((part) => part.length <= limit && part.length > 0)).toBe(true);
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
    expect(splitText('lorem ipsum '.repeat(90_000)).join(' ')).toBe('lorem ipsum '.repeat(90_000).trim());
  });

  test('short labels stand two in a row, long ones alone, and links are buttons below', async () => {
    await stage.channel.send(
      line('What now?', {
        choices: [{ id: 'y', label: 'Yes' }, { id: 'n', label: 'No' }, { id: 'a', label: 'Send it to another address' }, { id: 'h', label: 'A person' }],
        links: [{ label: 'Track it', url: 'https://shop.example/track/1' }],
      }),
      to,
    );
    expect((await ana.next()).rows.map((row) => row.map(({ label }) => label))).toEqual([['Yes', 'No'], ['Send it to another address'], ['A person'], ['Track it']]);
  });

  test('many choices fit into eight rows, and those beyond are told in words', async () => {
    const choices = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `s:${index}`, label: `The article number ${index}` }));
    await stage.channel.send(line('Which?', { choices: choices(20) }), to);
    const twenty = await ana.next();
    expect(twenty.rows.length).toBeLessThanOrEqual(8);
    expect(labelsOf(twenty)).toHaveLength(20);
    await stage.channel.send(line('Which?', { choices: choices(66) }), to);
    const many = await ana.next();
    expect(many.rows).toHaveLength(8);
    expect(labelsOf(many)).toHaveLength(64);
    expect(many.text).toBe('Which?\n\n• The article number 64\n• The article number 65');
  });

  test('a choice whose id is too long for Telegram is told in words, and reported', async () => {
    await stage.channel.send(line('Which?', { choices: [{ id: 'é'.repeat(33), label: 'The lamp' }, { id: 'é'.repeat(32), label: 'The cup' }] }), to);
    const message = await ana.next();
    expect(message.text).toBe('Which?\n\n• The lamp');
    expect(labelsOf(message)).toEqual(['The cup']);
    expect(stage.logged.join('')).toContain('64 bytes');
  });

  test('an address that is no web address is told in words, never made a button', async () => {
    await stage.channel.send(line('See', { links: [{ label: 'Mail', url: 'mailto:help@shop.example' }, { label: 'Local', url: 'http://localhost:3000/x' }, { label: 'Bad', url: 'javascript:alert(1)' }] }), to);
    expect(await ana.next()).toMatchObject({ text: 'See\n\nMail: mailto:help@shop.example\nLocal: http://localhost:3000/x\nBad: javascript:alert(1)', rows: [] });
  });

  test('when Telegram refuses the buttons the customer still gets the words', async () => {
    stage.api.failNext('sendMessage', { status: 400, description: 'Bad Request: BUTTON_URL_INVALID' });
    const outcome = await stage.channel.send(line('See', { choices: [{ id: 'm', label: 'Menu' }], links: [{ label: 'Shop', url: 'https://shop.example/' }] }), to);
    expect(outcome).toEqual({ sent: true });
    expect(await ana.next()).toMatchObject({ text: 'See\n\n• Menu\nShop: https://shop.example/', rows: [] });
  });

  test('documents come after the words, byte for byte, under their own names', async () => {
    const label = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256));
    const files = [await store('label "A6"\r\n: x.pdf', label), await store('退货 étiquette.pdf', Buffer.from('%PDF-1.7\r\n--\r\n'))];
    expect(await stage.channel.send(line('Your labels', { files }), to)).toEqual({ sent: true });
    const [words, first, second] = ana.received();
    expect(words?.text).toBe('Your labels');
    expect(first?.document?.bytes.equals(label)).toBe(true);
    expect(first?.document?.name).not.toMatch(/["\r\n]/);
    expect(second?.document).toMatchObject({ name: '退货 étiquette.pdf', bytes: Buffer.from('%PDF-1.7\r\n--\r\n') });
  });

  test('pictures of an agent are shown: one as a photo, several as albums of ten at most, in order, byte for byte; what lies between breaks them', async () => {
    const one = await photo('one.jpg', 7);
    expect(await stage.channel.send(ofAgent([one]), to)).toEqual({ sent: true });
    expect(kinds()).toEqual(['Like this', 'photo: one.jpg']);
    expect(ana.received()[1]?.document?.bytes.equals(jpeg(7))).toBe(true);
    const many = await Promise.all(Array.from({ length: 11 }, (_, index) => photo(`${index}.jpg`, index)));
    const film = await store('film.mp4', Buffer.from('film'), 'video/mp4');
    const paper = await store('how.pdf', Buffer.from('%PDF'));
    expect(await stage.channel.send(ofAgent([...many, film, paper, one]), to)).toEqual({ sent: true });
    expect(kinds().slice(3)).toEqual([...Array.from({ length: 10 }, (_, index) => `album: ${index}.jpg`), 'album: 10.jpg', 'album: film.mp4', 'file: how.pdf', 'photo: one.jpg']);
    expect(new Set(ana.received().flatMap(({ album }) => album ?? [])).size).toBe(2);
    expect(ana.received().slice(3, 13).map(({ document }) => document?.bytes.equals(jpeg(Number.parseInt(document.name, 10))))).toEqual(Array.from({ length: 10 }, () => true));
  });

  test('a paper of the bot stays a file, though it is a picture: a photo loses what a scanner reads', async () => {
    expect(await stage.channel.send(line('Your label', { files: [await store('label.png', Buffer.from('png'), 'image/png')] }), to)).toEqual({ sent: true });
    expect(kinds()).toEqual(['Your label', 'file: label.png']);
  });

  test('pictures Telegram will not show go as files, each once, over a try that broke off, too', async () => {
    const files = [await photo('a.jpg'), await store('odd.jpg', Buffer.from('no picture at all'), 'image/jpeg'), await photo('b.jpg')];
    const said = ofAgent(files);
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    expect(kinds()).toEqual(['Like this', 'file: a.jpg', 'file: odd.jpg', 'file: b.jpg']);
    const again = ofAgent(files, 'Again');
    stage.api.failNext('sendMediaGroup', { status: 502 });
    expect(await stage.channel.send(again, to)).toMatchObject({ sent: false, retryAfterMs: expect.any(Number) });
    stage.api.failNext('sendDocument', { status: 429, retryAfter: 1 });
    expect(await stage.channel.send(again, to)).toEqual({ sent: false, retryAfterMs: 1_000 });
    expect(await stage.channel.send(again, to)).toEqual({ sent: true });
    expect(kinds().slice(4)).toEqual(['Again', 'file: a.jpg', 'file: odd.jpg', 'file: b.jpg']);
  });

  test('an album whose answer was lost comes a second time as a whole, the words before it do not', async () => {
    const said = ofAgent([await photo('a.jpg'), await photo('b.jpg')]);
    stage.api.failNext('sendMediaGroup', 'drop-reply');
    expect(await stage.channel.send(said, to)).toEqual({ sent: false, retryAfterMs: 5 });
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    expect(kinds()).toEqual(['Like this', 'album: a.jpg', 'album: b.jpg', 'album: a.jpg', 'album: b.jpg']);
  });

  test('a line that takes nearly as long as its delivery is leased is broken off, and goes on where it was', async () => {
    const { files, clock } = stage;
    const slow = { ...files, get: async (fileId: string) => {
      clock.move(48_000);
      return files.get(fileId);
    } };
    const later = await setStage('polling', { files: slow }, stage);
    const said = line('Your labels', { files: [await store('one.pdf', Buffer.from('%PDF 1')), await store('two.pdf', Buffer.from('%PDF 2'))] });
    expect(await later.channel.send(said, to)).toEqual({ sent: false, retryAfterMs: 0 });
    expect(await later.channel.send(said, to)).toEqual({ sent: true });
    await later.stop();
    expect(ana.received().map(({ text, document }) => document?.name ?? text)).toEqual(['Your labels', 'one.pdf', 'two.pdf']);
  });

  test('a file that is no longer in the store is refused, what goes with it is sent', async () => {
    const outcome = await stage.channel.send(line('Your label', { files: [{ fileId: 'gone', name: 'x.pdf', type: 'application/pdf', size: 1 }] }), to);
    expect(outcome).toMatchObject({ sent: false, refused: true });
    expect(ana.received().map(({ text }) => text)).toEqual(['Your label']);
  });

  test('when it is asked to slow down it says for how long', async () => {
    stage.api.failNext('sendMessage', { status: 429, retryAfter: 7 });
    const said = line('Hi');
    expect(await stage.channel.send(said, to)).toEqual({ sent: false, retryAfterMs: 7_000 });
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    expect(ana.received()).toHaveLength(1);
  });

  test.each([
    [{ status: 403, description: 'Forbidden: bot was blocked by the user' }, { gone: true, reason: 'Forbidden: bot was blocked by the user' }],
    [{ status: 403, description: 'Forbidden: user is deactivated' }, { gone: true, reason: 'Forbidden: user is deactivated' }],
    [{ status: 400, description: 'Bad Request: chat not found' }, { gone: true, reason: 'Bad Request: chat not found' }],
    [{ status: 400, description: 'Bad Request: something new' }, { refused: true, reason: 'Bad Request: something new' }],
    [{ status: 413, description: 'Request Entity Too Large' }, { refused: true, reason: 'Request Entity Too Large' }],
    [{ status: 400, migrateTo: -1001 }, { movedTo: { chatId: -1001 } }],
  ])('Telegram answers %j, and the runtime is told what that means', async (failure, meaning) => {
    stage.api.failNext('sendMessage', failure);
    expect(await stage.channel.send(line('Hi'), to)).toEqual({ sent: false, ...meaning });
  });

  test('a chat that moved gets the line at its new address', async () => {
    const there = stage.api.chat({ id: 32 });
    ana.movesTo(32);
    const said = line('Hi');
    const outcome = await stage.channel.send(said, to);
    expect(outcome).toEqual({ sent: false, movedTo: { chatId: 32 } });
    expect(await stage.channel.send(said, { chatId: 32 })).toEqual({ sent: true });
    expect((await there.next()).text).toBe('Hi');
  });

  test('while Telegram is broken each try waits longer, until it works again', async () => {
    stage.api.failNext('sendMessage', { status: 502 }, 3);
    const said = line('Hi');
    const waits: unknown[] = [];
    for (let tries = 0; tries < 3; tries += 1) waits.push(await stage.channel.send(said, to));
    expect(waits).toEqual([5, 10, 20].map((retryAfterMs) => ({ sent: false, retryAfterMs })));
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    stage.api.failNext('sendMessage', { status: 500 });
    expect(await stage.channel.send(line('Next'), to)).toEqual({ sent: false, retryAfterMs: 5 });
  });

  test('a wrong token loses no line', async () => {
    stage.api.failNext('sendMessage', { status: 401, description: 'Unauthorized' });
    expect(await stage.channel.send(line('Hi'), to)).toMatchObject({ sent: false, retryAfterMs: expect.any(Number) });
    expect(stage.logged.join('')).toContain('check its token');
  });

  test('a reply that was lost means one part twice, never a part missing and never the whole line again', async () => {
    const file = await store('label.pdf', Buffer.from('%PDF-1.7'));
    const said = line(`${'a '.repeat(2_040)}\n\n${'b '.repeat(1_000)}`, { files: [file] });
    stage.api.failNext('sendDocument', 'drop-reply');
    expect(await stage.channel.send(said, to)).toEqual({ sent: false, retryAfterMs: 5 });
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    expect(ana.received().map(({ text, document }) => document?.name ?? text.charAt(0))).toEqual(['a', 'b', 'label.pdf', 'label.pdf']);
    expect(await stage.channel.send(said, to)).toEqual({ sent: true });
    expect(ana.received()).toHaveLength(4);
  });

  test('lines handed over together reach a chat in order, one request at a time', async () => {
    const lines = Array.from({ length: 10 }, (_, index) => line(String(index)));
    await Promise.all(lines.map((one) => stage.channel.send(one, to)));
    expect(ana.received().map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  });

  test('typing is shown at most every four seconds, and its failing troubles nobody', async () => {
    await stage.channel.typing?.(to);
    await stage.channel.typing?.(to);
    stage.clock.move(3_999);
    await stage.channel.typing?.(to);
    expect(ana.typings()).toBe(1);
    stage.clock.move(1);
    await stage.channel.typing?.(to);
    expect(ana.typings()).toBe(2);
    stage.clock.move(5_000);
    stage.api.failNext('sendChatAction', 'drop-reply');
    await stage.channel.typing?.(to);
    await stage.channel.typing?.({ chatId: 404 });
    await stage.channel.typing?.('nonsense');
  });

  test('an address that names no chat is refused', async () => {
    expect(await stage.channel.send(line('Hi'), { chat: 'who' })).toMatchObject({ sent: false, refused: true });
  });

  test('after the stop nothing is sent any more, and the line is kept', async () => {
    await stage.channel.stop();
    expect(await stage.channel.send(line('Hi'), to)).toMatchObject({ sent: false, retryAfterMs: expect.any(Number) });
    expect(stage.api.calls('sendMessage')).toHaveLength(0);
  });
});

describe('the menu of commands', () => {
  test('is set for each language at start', async () => {
    const commands = [{ command: 'menu', description: 'What I can do' }];
    const stage = await setStage('polling', { commands: [{ commands }, { locale: 'de', commands }] });
    await stage.start();
    const calls = await stage.api.called('setMyCommands', 2);
    expect(calls.map(({ payload }) => payload)).toEqual([{ commands }, { commands, language_code: 'de' }]);
    await stage.stop();
  });
});
