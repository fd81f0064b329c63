import { z } from 'zod';
import type { Json, Line, OutgoingFile } from '../../domain/message.js';
import type { SendOutcome } from '../../ports/channel.js';
import type { FileStore } from '../../ports/file-store.js';
import type { ApiRefusal, BotApi } from './api.js';
import { createBoundedMap } from './bounded-map.js';
import { createInOrder } from './in-order.js';
import { layOut, type Keyboard } from './keyboard.js';
import { outcomeOf } from './outcome.js';
import { backoff } from './backoff.js';
import type { TelegramLog, Timing } from './settings.js';
import { cleanText, splitText } from './text-parts.js';

const addressSchema = z.object({ chatId: z.number().int() });
const typingEveryMs = 4_000;
/** So many chats slowed down at the same time are no matter of one chat. */
const wholeBot = 3;
const textMs = 30_000;
/** So long may the parts of a line take together: less than the lease of its delivery (60 s), after which another node would send it too. */
const lineMs = 50_000;
/** With less left than this, no further part is begun. */
const leastMs = 5_000;

/** What Telegram shows as a picture or a film in the chat, and as one album where several follow each other. */
const shownAs: Readonly<Record<string, 'photo' | 'video'>> = { 'image/jpeg': 'photo', 'image/png': 'photo', 'image/webp': 'photo', 'video/mp4': 'video' };
/** So many Telegram takes in an album. */
const mostInAlbum = 10;
/** So much is sent at a time, so that an album does not outlast its line. */
const albumBytes = 20 * 1024 * 1024;

type Part =
  | { readonly kind: 'text'; readonly text: string; readonly keyboard?: Keyboard }
  | { readonly kind: 'file'; readonly file: OutgoingFile; readonly shown?: 'photo' | 'video' };
type Shown = Part & { readonly kind: 'file'; readonly shown: 'photo' | 'video' };

/** The way out: lines as messages, one request at a time in each chat. */
export interface Sender {
  send(line: Line, address: Json): Promise<SendOutcome>;
  typing(address: Json): Promise<void>;
  settled(): Promise<void>;
}

interface Parts {
  readonly api: BotApi;
  readonly files: FileStore;
  readonly now: () => string;
  readonly timing: Timing;
  readonly log: TelegramLog;
  readonly signal: AbortSignal;
}

/** Text goes out as it is, without any parse mode, so that no character in it can break the sending. */
export function createSender({ api, files, now, timing, log, signal }: Parts): Sender {
  const inOrder = createInOrder();
  /** How many parts of a line are out, so that a second try goes on where the first broke off. */
  const done = createBoundedMap<string, number>(5_000);
  const failures = createBoundedMap<number, number>(5_000);
  const typedAt = createBoundedMap<number, number>(5_000);
  /** Lines whose pictures Telegram would not show: they go as files. */
  const plain = createBoundedMap<string, true>(5_000);

  /** Chats Telegram wants to hear less of for now, and until when; several at a time mean that it is the bot as a whole. */
  const slowed = new Map<number, number>();
  let pausedUntil = 0;

  function slowDown(chatId: number, ms: number): void {
    const at = Date.parse(now());
    slowed.set(chatId, at + ms);
    for (const [chat, until] of slowed) if (until <= at) slowed.delete(chat);
    if (slowed.size < wholeBot) return;
    if (pausedUntil <= at) log.warn({ seconds: Math.ceil(ms / 1000), chats: slowed.size }, 'Telegram asks the whole bot to slow down');
    pausedUntil = Math.max(pausedUntil, at + ms);
  }

  async function sendText(chatId: number, part: Part & { readonly kind: 'text' }, timeoutMs: number): Promise<ApiRefusal | null> {
    const { text, keyboard } = part;
    const rows = keyboard?.rows.map((row) => [...row]) ?? [];
    const say = (words: string, withRows: boolean) =>
      api.call('sendMessage', { chat_id: chatId, text: words, link_preview_options: { is_disabled: true }, ...(withRows ? { reply_markup: { inline_keyboard: rows } } : {}) }, { timeoutMs, signal });
    const answer = await say(text, rows.length > 0);
    if (answer.ok) return null;
    if (keyboard === undefined || rows.length === 0 || answer.status !== 400 || !/button|keyboard|url/i.test(answer.reason)) return answer;
    log.error({ reason: answer.reason }, 'Telegram refused the buttons of a message; they were sent as words');
    for (const piece of splitText([text, '', ...keyboard.allWords].join('\n'))) {
      const again = await say(piece, false);
      if (!again.ok) return again;
    }
    return null;
  }

  /** The bytes as telegraf takes them: never an address, which it would fetch itself; and it writes the name into a header as it is. */
  async function uploadOf(file: OutgoingFile): Promise<{ readonly source: Buffer; readonly filename: string } | ApiRefusal> {
    const found = await files.get(file.fileId);
    if (found === null) return { ok: false, status: 400, reason: `the file ${file.fileId} is not in the store` };
    return { source: Buffer.from(found.bytes), filename: file.name.replaceAll(/["\\\r\n]/g, '_') };
  }

  async function sendFile(chatId: number, file: OutgoingFile, timeoutMs: number): Promise<ApiRefusal | null> {
    const document = await uploadOf(file);
    if ('ok' in document) return document;
    const answer = await api.call('sendDocument', { chat_id: chatId, document, disable_content_type_detection: true }, { timeoutMs, signal });
    return answer.ok ? null : answer;
  }

  /** One picture by itself, several as an album. */
  async function sendShown(chatId: number, shown: readonly Shown[], timeoutMs: number): Promise<ApiRefusal | null> {
    const media: { readonly type: 'photo' | 'video'; readonly media: { readonly source: Buffer; readonly filename: string } }[] = [];
    for (const { file, shown: type } of shown) {
      const upload = await uploadOf(file);
      if ('ok' in upload) return upload;
      media.push({ type, media: upload });
    }
    const [first] = media;
    if (first === undefined) return null;
    const limits = { timeoutMs, signal };
    const answer = media.length > 1 ? await api.call('sendMediaGroup', { chat_id: chatId, media }, limits)
      : first.type === 'photo' ? await api.call('sendPhoto', { chat_id: chatId, photo: first.media }, limits)
      : await api.call('sendVideo', { chat_id: chatId, video: first.media }, limits);
    return answer.ok ? null : answer;
  }

  /** Sends the part at an index, or the album that begins there; `count` parts are out then. */
  async function sendFrom(chatId: number, parts: readonly Part[], index: number, key: string, leftMs: number): Promise<{ readonly count: number; readonly refusal: ApiRefusal | null }> {
    const part = parts[index];
    if (part === undefined) return { count: 1, refusal: null };
    if (part.kind === 'text') return { count: 1, refusal: await sendText(chatId, part, Math.min(textMs, leftMs)) };
    const album = plain.get(key) === true ? [] : albumFrom(parts, index);
    if (album.length === 0) return { count: 1, refusal: await sendFile(chatId, part.file, leftMs) };
    const refusal = await sendShown(chatId, album, leftMs);
    if (refusal === null || !('refused' in outcomeOf(refusal, 0))) return { count: album.length, refusal };
    // Too large, too long, not to be read: as a file it still arrives, and as it was.
    plain.set(key, true);
    return { count: 0, refusal: null };
  }

  async function sendParts(chatId: number, line: Line): Promise<SendOutcome> {
    const key = `${chatId}/${line.id}`;
    const until = Date.parse(now()) + lineMs;
    const parts = partsOf(line, log);
    for (let index = done.get(key) ?? 0; index < parts.length; index = done.get(key) ?? 0) {
      // Asked in vain, Telegram only makes the pause longer, for everybody.
      const pauseMs = pausedUntil - Date.parse(now());
      if (pauseMs > 0) return { sent: false, retryAfterMs: pauseMs };
      const leftMs = until - Date.parse(now());
      if (leftMs < leastMs) return { sent: false, retryAfterMs: 0 };
      const { count: out, refusal } = await sendFrom(chatId, parts, index, key, leftMs);
      if (refusal !== null) {
        const count = (failures.get(chatId) ?? 0) + 1;
        failures.set(chatId, count);
        if (refusal.status === 429) slowDown(chatId, refusal.retryAfterMs ?? timing.backoffMs);
        if (refusal.status === 401 || refusal.status === 404) log.error({ status: refusal.status, reason: refusal.reason }, 'Telegram does not know this bot; check its token');
        return outcomeOf(refusal, backoff(count, timing.backoffMs, timing.mostBackoffMs));
      }
      failures.delete(chatId);
      done.set(key, index + out);
    }
    return { sent: true };
  }

  return {
    send: async (line, address) => {
      const parsed = addressSchema.safeParse(address);
      if (!parsed.success) return { sent: false, refused: true, reason: 'the address names no chat' };
      const { chatId } = parsed.data;
      return inOrder.run(String(chatId), async () => (signal.aborted ? { sent: false, retryAfterMs: timing.backoffMs } : sendParts(chatId, line)));
    },
    typing: async (address) => {
      const parsed = addressSchema.safeParse(address);
      if (!parsed.success || signal.aborted) return;
      const { chatId } = parsed.data;
      const at = Date.parse(now());
      // While a message is on its way there is something better to come than the sign that something comes.
      if (inOrder.isBusy(String(chatId)) || Math.abs(at - (typedAt.get(chatId) ?? -Infinity)) < typingEveryMs) return;
      typedAt.set(chatId, at);
      await inOrder.run(String(chatId), () => api.call('sendChatAction', { chat_id: chatId, action: 'typing' }, { timeoutMs: 5_000, signal }));
    },
    settled: () => inOrder.settled(),
  };
}

/** The pictures and films that follow each other from an index on: so many as go into one album. */
function albumFrom(parts: readonly Part[], index: number): Shown[] {
  const album: Shown[] = [];
  let bytes = 0;
  for (const part of parts.slice(index, index + mostInAlbum)) {
    if (part.kind !== 'file' || part.shown === undefined) break;
    bytes += part.file.size;
    if (album.length > 0 && bytes > albumBytes) break;
    album.push({ ...part, shown: part.shown });
  }
  return album;
}

/** What a file is sent as: pictures and films of people to be looked at; the papers of the bot as they are, since a picture loses in sending what a scanner reads. */
function filePart(file: OutgoingFile, { from }: Pick<Line, 'from'>): Part {
  const shown = from === 'agent' ? shownAs[file.type] : undefined;
  return { kind: 'file', file, ...(shown === undefined ? {} : { shown }) };
}

/** What a line is sent as: its text in parts of a length Telegram takes, the buttons on the last of them, then the files. */
function partsOf(line: Line, log: TelegramLog): Part[] {
  const keyboard = layOut(line);
  if (keyboard.unfit.length > 0) log.error({ line: line.id, choices: keyboard.unfit }, 'choices with an id of no or more than 64 bytes cannot be buttons in Telegram; they were sent as words');
  const words = [...(line.text.trim() === '' ? [] : [line.text]), ...(keyboard.words.length === 0 ? [] : [keyboard.words.join('\n')])].join('\n\n');
  // Buttons need a message to hang on.
  const text = cleanText(words) || (keyboard.rows.length > 0 ? '…' : '');
  const texts = splitText(text);
  return [
    ...texts.map((piece, index): Part => ({ kind: 'text', text: piece, ...(index === texts.length - 1 ? { keyboard } : {}) })),
    ...(line.files ?? []).map((file) => filePart(file, line)),
  ];
}
