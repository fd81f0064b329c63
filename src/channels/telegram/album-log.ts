import { z } from 'zod';
import type { Incoming } from '../../domain/message.js';
import type { Clock } from '../../ports/clock.js';
import type { FileStore } from '../../ports/file-store.js';

const incoming = z.custom<Incoming>((value) => typeof value === 'object' && value !== null && 'conversationId' in value);
const slot = z.union([z.object({ part: z.object({ update: z.number(), message: incoming }) }), z.object({ closed: z.literal(true) })]);
const entry = z.object({ conversationId: z.string(), group: z.string() });

/** One album: the conversation it belongs to and Telegram's name for it. */
export type AlbumKey = z.infer<typeof entry>;
/** A place in the log of an album: a part of it, or its end. */
type Slot = z.infer<typeof slot>;

/** How far back albums left open by a crash are looked for. */
const daysBack = 30;

/**
 * What is kept of albums between confirming their first part and accepting the whole. It lies in the FileStore, as rows
 * that are written once: the id says what a row is, and of two that write the same row the first wins on every node.
 */
export interface AlbumLog {
  read(album: AlbumKey, index: number): Promise<Slot | null>;
  /** Writes a slot unless it is taken; says what stands there now. */
  claim(album: AlbumKey, index: number, slot: Slot): Promise<Slot>;
  /** Puts the album on the list of those that a restart must look at. */
  list(album: AlbumKey): Promise<void>;
  finish(album: AlbumKey): Promise<void>;
  unfinished(): Promise<AlbumKey[]>;
}

/** Opens the log of albums; `idOf` turns a row's name into a file id that nobody can guess. */
export function createAlbumLog(parts: { readonly files: FileStore; readonly clock: Clock; readonly idOf: (name: string) => string }): AlbumLog {
  const { files, clock, idOf } = parts;
  const nextOfDay = new Map<string, number>();

  async function get(name: string): Promise<unknown> {
    const found = await files.get(idOf(name));
    return found === null ? null : JSON.parse(Buffer.from(found.bytes).toString());
  }
  async function put(name: string, conversationId: string, content: unknown): Promise<unknown> {
    const bytes = Buffer.from(JSON.stringify(content));
    await files.put(bytes, { conversationId, name: 'album.json', type: 'application/json', at: clock.now(), fileId: idOf(name) });
    return get(name);
  }
  const nameOf = (album: AlbumKey, what: string | number): string => `album/${album.conversationId}/${album.group}/${what}`;
  const dayOf = (daysAgo: number): string => new Date(Date.parse(clock.now()) - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const isFinished = async (album: AlbumKey): Promise<boolean> => (await get(nameOf(album, 'finished'))) !== null;

  async function unfinishedOf(day: string): Promise<AlbumKey[]> {
    const found: AlbumKey[] = [];
    for (let index = 0; ; index += 1) {
      const row = await get(`albums/${day}/${index}`);
      if (row === null) return found;
      const album = entry.parse(row);
      if (!(await isFinished(album))) found.push(album);
    }
  }

  return {
    read: async (album, index) => {
      const row = await get(nameOf(album, index));
      return row === null ? null : slot.parse(row);
    },
    claim: async (album, index, content) => slot.parse(await put(nameOf(album, index), album.conversationId, content)),
    list: async (album) => {
      const day = dayOf(0);
      for (let index = nextOfDay.get(day) ?? 0; ; index += 1) {
        const there = entry.parse(await put(`albums/${day}/${index}`, album.conversationId, album));
        nextOfDay.set(day, index + 1);
        if (there.conversationId === album.conversationId && there.group === album.group) return;
      }
    },
    finish: async (album) => void (await put(nameOf(album, 'finished'), album.conversationId, true)),
    unfinished: async () => {
      const found: AlbumKey[] = [];
      for (let daysAgo = daysBack; daysAgo >= 0; daysAgo -= 1) {
        const day = dayOf(daysAgo);
        const isPast = daysAgo > 1;
        if (isPast && (await get(`albums/${day}/all-finished`)) !== null) continue;
        const open = await unfinishedOf(day);
        // A day without albums is not marked: an empty row for each would only be litter.
        if (isPast && open.length === 0 && (await get(`albums/${day}/0`)) !== null) await put(`albums/${day}/all-finished`, 'telegram:albums', true);
        found.push(...open);
      }
      return found;
    },
  };
}
