import type { Texts } from './texts.js';

/** What a file chooser offers; the server looks at the bytes. */
export const ACCEPTED = 'image/png,image/jpeg,image/gif,image/webp,image/heic,.heic,application/pdf,.pdf,video/mp4,.mp4';
const TYPES = /^(image\/(png|jpe?g|gif|webp|hei[cf])|application\/pdf|video\/mp4)$/;
const NAMES = /\.(png|jpe?g|gif|webp|hei[cf]|pdf|mp4)$/i;
const MAX_FILES = 10;

/** Those of the new files that may go along, and what is wrong with the first of the others. */
export function addFiles(chosen: readonly File[], added: readonly File[], texts: Texts, maxBytes: number): { readonly files: readonly File[]; readonly problem: string } {
  let files = chosen;
  let problem = '';
  for (const file of added) {
    const wrong = !(TYPES.test(file.type) || NAMES.test(file.name)) ? texts('error.type', { name: file.name })
      : file.size === 0 ? texts('error.empty', { name: file.name })
      : files.length >= MAX_FILES ? texts('error.count', { count: MAX_FILES })
      : files.reduce((sum, { size }) => sum + size, file.size) > maxBytes ? texts('error.size', { limit: texts.size(maxBytes) })
      : '';
    if (wrong === '') files = [...files, file];
    else problem ||= wrong;
  }
  return { files, problem };
}
