import { createHash } from 'node:crypto';
import type { FileStore } from '../ports/file-store.js';
import { withoutMetadata } from './image-metadata.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A store whose files can stand as evidence: what is put into it gets its fingerprint at receipt, pictures are kept without
 * what the camera wrote beside them, and the fingerprint of what is kept tells the same picture again.
 */
export function withProof(files: FileStore): FileStore {
  return {
    put: (bytes, file) => {
      const clean = withoutMetadata(bytes, file.type);
      return files.put(clean, { ...file, sha256: sha256(bytes), kept: sha256(clean) });
    },
    get: (fileId) => files.get(fileId),
  };
}
