import { randomBytes } from 'node:crypto';
import { maskSecrets } from '../domain/mask.js';
import type { FileShelf, StoredFile } from '../ports/file-store.js';
import { checkedFileId } from './file-id.js';

/** Keeps files in memory: for tests and for trying the bot out. */
export function createMemoryFiles(): FileShelf {
  const files = new Map<string, { readonly file: StoredFile; readonly bytes: Uint8Array }>();
  return {
    async put(bytes, { conversationId, name, type, at, fileId = randomBytes(24).toString('hex'), sha256, kept }) {
      const id = checkedFileId(fileId);
      const known = files.get(id);
      if (known) return known.file;
      const file: StoredFile = { fileId: id, conversationId, name: maskSecrets(name), type, size: bytes.byteLength, at, ...(sha256 === undefined ? {} : { sha256 }), ...(kept === undefined ? {} : { kept }) };
      files.set(id, { file, bytes: Uint8Array.from(bytes) });
      return file;
    },
    async get(fileId) {
      const known = files.get(fileId);
      return known ? { file: known.file, bytes: Uint8Array.from(known.bytes) } : null;
    },
    async ofConversations(ids) {
      return [...files.values()].map(({ file }) => file).filter((file) => ids.has(file.conversationId));
    },
    async remove(fileId) {
      files.delete(fileId);
    },
  };
}
