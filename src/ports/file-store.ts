/** What is known of a stored file. */
export interface StoredFile {
  readonly fileId: string;
  readonly conversationId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly at: string;
  /** SHA-256 of the bytes as they were received, in hexadecimal; absent of files that were stored before it was taken. */
  readonly sha256?: string;
  /** SHA-256 of the bytes as they are kept, once what a camera wrote beside the picture was taken out: the same picture has the same one. */
  readonly kept?: string;
}

/**
 * Keeps files (labels, pictures, evidence) so that any node can serve them. Ids are unguessable (at least 128 random
 * bits) unless `fileId` is given; the same id put twice keeps the first bytes.
 */
export interface FileStore {
  put(bytes: Uint8Array, file: { readonly conversationId: string; readonly name: string; readonly type: string; readonly at: string; readonly fileId?: string; readonly sha256?: string; readonly kept?: string }): Promise<StoredFile>;
  get(fileId: string): Promise<{ readonly file: StoredFile; readonly bytes: Uint8Array } | null>;
}
