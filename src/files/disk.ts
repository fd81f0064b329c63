import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import { maskSecrets } from '../domain/mask.js';
import type { FileShelf, StoredFile } from '../ports/file-store.js';
import { checkedFileId, isFileId } from './file-id.js';

const sidecarShape = z.strictObject({
  fileId: z.string(), conversationId: z.string(), name: z.string(), type: z.string(), size: z.int().nonnegative(), at: z.string(),
  sha256: z.exactOptional(z.string()), kept: z.exactOptional(z.string()),
  /** The file beside it that holds the bytes. */
  bytes: z.string().refine(isFileId),
});

const hasCode = (error: unknown, code: string): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === code;

const unreachable = (folder: string, cause: unknown) =>
  new Fault('store.unreachable', `The file folder ${folder} cannot be used; check that it exists, is writable and has room.`, { cause, again: true });

/**
 * Keeps files in a folder: the bytes in one file, what is known of them in a JSON sidecar. A file is there from the moment
 * its sidecar is, and the first sidecar wins, also between several processes on the same folder.
 */
export function createDiskFiles(folder: string): FileShelf {
  const sidecarOf = (fileId: string) => join(folder, `${fileId}.json`);

  const readSidecar = async (fileId: string) => {
    let text: string;
    try {
      text = await readFile(sidecarOf(fileId), 'utf8');
    } catch (cause) {
      if (hasCode(cause, 'ENOENT')) return null;
      throw unreachable(folder, cause);
    }
    try {
      const { bytes, ...file } = sidecarShape.parse(JSON.parse(text));
      return { file: file satisfies StoredFile, bytes };
    } catch (cause) {
      throw new Fault('store.corrupt', `The sidecar of file ${fileId} cannot be read.`, { cause });
    }
  };

  const writeWhole = async (path: string, content: Uint8Array | string) => {
    const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
    await writeFile(temporary, content, { flush: true, mode: 0o600 });
    return temporary;
  };

  return {
    async put(bytes, { conversationId, name, type, at, fileId = randomBytes(24).toString('hex'), sha256, kept }) {
      const id = checkedFileId(fileId);
      const known = await readSidecar(id);
      if (known) return known.file;
      const file: StoredFile = { fileId: id, conversationId, name: maskSecrets(name), type, size: bytes.byteLength, at, ...(sha256 === undefined ? {} : { sha256 }), ...(kept === undefined ? {} : { kept }) };
      const bytesName = `${id}.${randomBytes(8).toString('hex')}.bytes`;
      const temporaries: string[] = [];
      try {
        await mkdir(folder, { recursive: true });
        const temporaryBytes = await writeWhole(join(folder, bytesName), bytes);
        temporaries.push(temporaryBytes);
        await rename(temporaryBytes, join(folder, bytesName));
        const temporarySidecar = await writeWhole(sidecarOf(id), JSON.stringify({ ...file, bytes: bytesName }));
        temporaries.push(temporarySidecar);
        // A link, unlike a rename, refuses to take the place of a sidecar that came first.
        await link(temporarySidecar, sidecarOf(id));
        return file;
      } catch (cause) {
        await rm(join(folder, bytesName), { force: true });
        if (!hasCode(cause, 'EEXIST')) throw unreachable(folder, cause);
      } finally {
        await Promise.all(temporaries.map((path) => rm(path, { force: true })));
      }
      const first = await readSidecar(id);
      if (!first) throw unreachable(folder, new Error(`The sidecar of ${id} vanished`));
      return first.file;
    },
    async get(fileId) {
      if (!isFileId(fileId)) return null;
      const known = await readSidecar(fileId);
      if (!known) return null;
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await readFile(join(folder, known.bytes)));
      } catch (cause) {
        if (hasCode(cause, 'ENOENT')) throw new Fault('store.corrupt', `The bytes of file ${fileId} are gone.`, { cause });
        throw unreachable(folder, cause);
      }
      if (bytes.byteLength !== known.file.size) throw new Fault('store.corrupt', `File ${fileId} is not as long as it was.`);
      return { file: known.file, bytes };
    },
    async ofConversations(ids) {
      const names = await readdir(folder).catch((cause: unknown) => {
        if (hasCode(cause, 'ENOENT')) return [];
        throw unreachable(folder, cause);
      });
      const found: StoredFile[] = [];
      for (const name of names.filter((one) => one.endsWith('.json'))) {
        // One taken away meanwhile is none; a damaged one belongs to nobody that could be told.
        const known = await readSidecar(name.slice(0, -'.json'.length)).catch(() => null);
        if (known && ids.has(known.file.conversationId)) found.push(known.file);
      }
      return found;
    },
    async remove(fileId) {
      if (!isFileId(fileId)) return;
      const known = await readSidecar(fileId);
      if (!known) return;
      // The sidecar goes last: broken off in between, the file is found and taken away again.
      await rm(join(folder, known.bytes), { force: true });
      await rm(sidecarOf(fileId), { force: true });
    },
  };
}
