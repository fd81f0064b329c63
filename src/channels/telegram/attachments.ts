import { Fault } from '../../domain/fault.js';
import type { IncomingFile } from '../../domain/message.js';
import { isPixelBomb } from '../../domain/picture.js';
import type { Clock } from '../../ports/clock.js';
import type { FileStore } from '../../ports/file-store.js';
import { fileTypeOf, safeFileName } from '../../domain/file-types.js';
import type { BotApi } from './api.js';
import { createInOrder } from './in-order.js';
import type { Attachment, Unread } from './incoming.js';

/** What bots may download, by Telegram's own rule. */
const mostBytes = 20 * 1024 * 1024;
/** Each download is held in memory until it is stored, so only so many run at a time. */
const lanes = 4;
const call = { timeoutMs: 20_000 };
const transfer = { timeoutMs: 45_000 };

/** Fetches what came with messages into the FileStore. */
export interface Attachments {
  /**
   * Resolves when the file is stored, or with the reason why it never will be. Throws when trying again may help; on the
   * last try it does not.
   */
  fetch(attachment: Attachment, into: { readonly conversationId: string; readonly fileId: string; readonly isLastTry: boolean; readonly signal: AbortSignal }): Promise<IncomingFile | Unread>;
}

/** Downloads go to the API root alone: the address is ours, only the path is Telegram's. */
export function createAttachments(parts: { readonly api: BotApi; readonly files: FileStore; readonly clock: Clock }): Attachments {
  const { api, files, clock } = parts;
  const inOrder = createInOrder();
  let turn = 0;

  async function bytesOf(attachment: Attachment, signal: AbortSignal): Promise<Buffer | 'too-large' | 'not-available' | 'later'> {
    if ((attachment.size ?? 0) > mostBytes) return 'too-large';
    const found = await api.call('getFile', { file_id: attachment.telegramId }, { ...call, signal });
    if (!found.ok) {
      if (found.status === 400) return /too big/i.test(found.reason) ? 'too-large' : 'not-available';
      return 'later';
    }
    if (typeof found.result.file_path !== 'string') return 'not-available';
    const bytes = await api.download(found.result.file_path, mostBytes, { ...transfer, signal });
    if (bytes.ok) return bytes.result;
    if (bytes.status === 413) return 'too-large';
    return bytes.status === 400 ? 'not-available' : 'later';
  }

  return {
    fetch: (attachment, into) =>
      inOrder.run(String(turn++ % lanes), async () => {
        const name = safeFileName(attachment.name);
        const bytes = await bytesOf(attachment, into.signal);
        if (bytes === 'later' && (!into.isLastTry || into.signal.aborted)) throw new Fault('channel.unreachable', 'A file could not be fetched from Telegram.', { again: true });
        if (typeof bytes === 'string') return { what: attachment.what, name, why: bytes === 'later' ? 'not-available' : bytes };
        const known = fileTypeOf(bytes) ?? 'application/octet-stream';
        const type = isPixelBomb(bytes, known) ? 'application/octet-stream' : known;
        const stored = await files.put(bytes, { conversationId: into.conversationId, name, type, at: clock.now(), fileId: into.fileId });
        return { fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size };
      }),
  };
}
