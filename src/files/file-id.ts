import { Fault } from '../domain/fault.js';

/** The id may name a file in a folder: no separators, no leading dot, of sensible length. */
export const isFileId = (fileId: string): boolean => /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$/u.test(fileId);

/** The id itself, or a fault that says what an id may look like. */
export function checkedFileId(fileId: string): string {
  if (isFileId(fileId)) return fileId;
  throw new Fault('input.invalid', 'A file id is 1 to 120 letters, digits, dots, hyphens and underscores, and does not begin with a dot.');
}
