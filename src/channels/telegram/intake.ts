import type { Incoming } from '../../domain/message.js';
import type { Albums } from './albums.js';
import type { BotApi } from './api.js';
import type { Attachments } from './attachments.js';
import { createBoundedMap } from './bounded-map.js';
import { complete, readUpdate, type Reading, type Unread } from './incoming.js';
import type { InOrder } from './in-order.js';
import type { TelegramLog } from './settings.js';
import { chatOf, parseUpdate, updateIdOf } from './updates.js';

/** How long a file is tried before the message is taken without it, so that a broken file does not block the customer for a day. */
const patienceMs = 300_000;

/** Takes updates, from whichever end they come. */
export interface Intake {
  /**
   * Resolves when the update is durably ours or is none of ours, and may be confirmed; throws when it must come again.
   * `malformed` is what is no update at all.
   */
  take(raw: unknown): Promise<'taken' | 'ignored' | 'malformed'>;
  settled(): Promise<void>;
}

interface Parts {
  readonly accept: (message: Incoming) => Promise<unknown>;
  readonly api: BotApi;
  readonly attachments: Attachments;
  readonly albums: Albums;
  readonly inOrder: InOrder;
  readonly fileIdOf: (name: string) => string;
  readonly now: () => string;
  readonly log: TelegramLog;
  readonly signal: AbortSignal;
}

/** The way of an update: read it, fetch its files, accept it, answer the press. */
export function createIntake(parts: Parts): Intake {
  const { accept, api, attachments, albums, inOrder, fileIdOf, now, log, signal } = parts;
  /** Only saves work: that a message is taken once is the inbox's promise. */
  const taken = createBoundedMap<number, true>(5_000);
  const triedSince = createBoundedMap<number, number>(1_000);
  /** By which update a message came, as an edit names the message. */
  const idOfMessage = createBoundedMap<string, string>(20_000);
  const answers = new Set<Promise<unknown>>();

  async function withFiles(update: number, reading: Reading): Promise<Incoming> {
    const at = now();
    const since = triedSince.get(update) ?? Date.parse(at);
    triedSince.set(update, since);
    const into = { conversationId: reading.message.conversationId, isLastTry: Date.parse(at) - since >= patienceMs, signal };
    const fetched = await Promise.all(
      reading.attachments.map((attachment, index) => attachments.fetch(attachment, { ...into, fileId: fileIdOf(`file/${update}/${index}`) })),
    );
    const files = fetched.flatMap((one) => ('fileId' in one ? one : []));
    const unread: Unread[] = [...reading.unread, ...fetched.flatMap((one) => ('why' in one ? one : []))];
    const edited = reading.isEdit ? (idOfMessage.get(`${reading.chatId}/${reading.messageId}`) ?? `m${reading.messageId}`) : undefined;
    return complete(reading, at, files, unread, edited);
  }

  function answerPress(callbackId: string): void {
    // Not awaited: Telegram wants the answer within seconds, the customer's turn has its own time. It may be too late
    // after a redelivery, which is as good as answered.
    const answer = api.call('answerCallbackQuery', { callback_query_id: callbackId }, { timeoutMs: 10_000, signal }).then((result) => {
      if (!result.ok && result.status !== 400) log.debug({ status: result.status, reason: result.reason }, 'a press could not be answered');
    });
    answers.add(answer);
    void answer.finally(() => answers.delete(answer));
  }

  async function takeReading(update: number, reading: Reading): Promise<void> {
    const { conversationId, id } = reading.message;
    if (reading.album !== undefined) {
      const album = { conversationId, group: reading.album };
      if ((await albums.add(album, update, () => withFiles(update, reading))) === 'late') await accept(await withFiles(update, reading));
    } else {
      await albums.closeAll(conversationId);
      await accept(await withFiles(update, reading));
    }
    if (reading.messageId !== undefined && !reading.isEdit) idOfMessage.set(`${reading.chatId}/${reading.messageId}`, id);
    if (reading.callbackId !== undefined) answerPress(reading.callbackId);
  }

  return {
    take: async (raw) => {
      const updateId = updateIdOf(raw);
      if (updateId === null) return 'malformed';
      const update = parseUpdate(raw);
      if (update === null) {
        // It is confirmed all the same: it would not read better the next time, and would hold up all that waits behind it.
        log.warn({ update: updateId }, 'an update of a form we cannot read was left out');
        return 'ignored';
      }
      return inOrder.run(`telegram:${chatOf(update)?.id ?? ''}`, async () => {
        if (taken.has(updateId)) return 'taken';
        const reading = readUpdate(update);
        // Who has blocked us says so by my_chat_member too; the next send is refused by Telegram itself, which is the surer sign.
        if (reading === null) return 'ignored';
        await takeReading(updateId, reading);
        taken.set(updateId, true);
        return 'taken';
      });
    },
    settled: async () => {
      await inOrder.settled();
      await Promise.all(answers);
    },
  };
}
