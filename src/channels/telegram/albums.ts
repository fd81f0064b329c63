import type { Incoming, Json } from '../../domain/message.js';
import type { AlbumKey, AlbumLog } from './album-log.js';
import type { InOrder } from './in-order.js';
import { backoff } from './backoff.js';
import type { TelegramLog, Timing } from './settings.js';

/** Collects the parts of an album into one message. Calls about one conversation must come one after the other. */
export interface Albums {
  /** Keeps a part; when it resolves the part survives a crash. `late` means the album is closed: the part is a message of its own. */
  add(album: AlbumKey, update: number, part: () => Promise<Incoming>): Promise<'kept' | 'late'>;
  /** Accepts what this conversation has open, before anything newer of it is accepted. */
  closeAll(conversationId: string): Promise<void>;
  /** Takes up what a crash left open. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly log: AlbumLog;
  readonly accept: (whole: Incoming) => Promise<unknown>;
  readonly inOrder: InOrder;
  readonly timing: Timing;
  readonly report: TelegramLog;
}

/**
 * Telegram sends each picture of an album as an update of its own, and by webhook sends the next one only after the one
 * before was confirmed; so a part must be confirmed before the album is whole. Each part is therefore written to the
 * AlbumLog before it is confirmed. The log is ended by a row too (whoever writes it, no part can come after it), the
 * whole is accepted under the id of its first update, and only then the album counts as finished: whatever a crash
 * leaves between these steps is found again by `resume`, done again, and recognised by the inbox as the same message.
 */
export function createAlbums({ log, accept, inOrder, timing, report }: Parts): Albums {
  const open = new Map<string, { readonly album: AlbumKey; timer: NodeJS.Timeout | undefined; failures: number }>();
  let isStopped = false;
  const idOf = (album: AlbumKey): string => `${album.conversationId}/${album.group}`;

  function arm(album: AlbumKey): void {
    if (isStopped) return;
    const one = open.get(idOf(album)) ?? { album, timer: undefined, failures: 0 };
    open.set(idOf(album), one);
    clearTimeout(one.timer);
    const ms = one.failures === 0 ? timing.albumMs : backoff(one.failures, timing.backoffMs, timing.mostBackoffMs);
    one.timer = setTimeout(() => void inOrder.run(album.conversationId, () => closeOrTryLater(album)), ms);
  }

  async function keep(album: AlbumKey, update: number, part: () => Promise<Incoming>): Promise<'kept' | 'late'> {
    let made: Incoming | undefined;
    for (let index = 0; ; index += 1) {
      let slot = await log.read(album, index);
      if (slot === null) {
        made ??= await part();
        // Listed before it is kept: a listed album without parts does no harm, an unlisted one would be lost.
        if (index === 0) await log.list(album);
        slot = await log.claim(album, index, { part: { update, message: made } });
      }
      if ('closed' in slot) return 'late';
      if (slot.part.update === update) return 'kept';
    }
  }

  async function closeOrTryLater(album: AlbumKey): Promise<void> {
    if (isStopped || !open.has(idOf(album))) return;
    try {
      await close(album);
    } catch (error) {
      report.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'an album could not be accepted; it will be tried again');
      const one = open.get(idOf(album));
      if (one !== undefined) one.failures += 1;
      arm(album);
    }
  }

  async function close(album: AlbumKey): Promise<void> {
    const parts: { update: number; message: Incoming }[] = [];
    for (let index = 0; ; index += 1) {
      // An album listed without a part is not closed: its first part was never confirmed and is still to come.
      const slot = (await log.read(album, index)) ?? (index === 0 ? null : await log.claim(album, index, { closed: true }));
      if (slot === null || 'closed' in slot) break;
      parts.push(slot.part);
    }
    const whole = merge(parts);
    if (whole !== null) {
      await accept(whole);
      await log.finish(album);
    }
    clearTimeout(open.get(idOf(album))?.timer);
    open.delete(idOf(album));
  }

  return {
    add: async (album, update, part) => {
      // While a part is being fetched the wait for the next one must not run out.
      clearTimeout(open.get(idOf(album))?.timer);
      try {
        const result = await keep(album, update, part);
        if (result === 'kept') arm(album);
        return result;
      } catch (error) {
        if (open.has(idOf(album))) arm(album);
        throw error;
      }
    },
    closeAll: async (conversationId) => {
      for (const { album } of open.values()) if (album.conversationId === conversationId) await close(album);
    },
    resume: async () => {
      for (const album of await log.unfinished()) if (!open.has(idOf(album))) arm(album);
    },
    stop: async () => {
      isStopped = true;
      for (const { timer } of open.values()) clearTimeout(timer);
      await inOrder.settled();
    },
  };
}

/** One message of all parts, in the order the customer chose them. */
function merge(parts: readonly { readonly update: number; readonly message: Incoming }[]): Incoming | null {
  const sorted = [...parts].sort((a, b) => a.update - b.update).map(({ message }) => message);
  const [first] = sorted;
  if (first === undefined) return null;
  const text = sorted.flatMap((message) => message.text ?? []).join('\n');
  const files = sorted.flatMap((message) => message.files ?? []);
  const unread = sorted.flatMap((message) => unreadOf(message.clientData));
  const { text: _text, files: _files, clientData: _data, ...rest } = first;
  return {
    ...rest,
    ...(text === '' ? {} : { text }),
    ...(files.length === 0 ? {} : { files }),
    ...(unread.length === 0 ? {} : { clientData: { unread } }),
  };
}

function unreadOf(data: Json | undefined): readonly Json[] {
  const unread = typeof data === 'object' && data !== null && 'unread' in data ? data['unread'] : undefined;
  return Array.isArray(unread) ? unread : [];
}
