import type { ProofFile } from '../domain/case-entry.js';
import type { Json } from '../domain/message.js';
import type { Case, CaseReader, CaseWriter } from '../ports/cases.js';
import type { FileStore } from '../ports/file-store.js';

/** The pictures a claim came with, as its flow put them down. */
function photosIn(details: Json): string[] {
  const photos = typeof details === 'object' && details !== null && 'photos' in details ? details['photos'] : null;
  return Array.isArray(photos) ? photos.filter((one): one is string => typeof one === 'string') : [];
}

/** Writes cases so that every file shown in one is put down with its fingerprints, and with the cases it was shown in before. */
export function provenCases(cases: CaseReader & CaseWriter, files: FileStore): CaseWriter {
  async function proven(file: ProofFile, number: string): Promise<ProofFile> {
    const found = await files.get(file.fileId);
    if (!found) return file;
    const { name, type, size, sha256, kept } = found.file;
    const before = kept === undefined ? [] : (await cases.entriesWith(kept)).map((entry) => entry.case).filter((one) => one !== number);
    return { fileId: file.fileId, name, type, size, ...(sha256 === undefined ? {} : { sha256 }), ...(kept === undefined ? {} : { kept }), ...(before.length === 0 ? {} : { usedIn: [...new Set(before)] }) };
  }
  const note: CaseWriter['note'] = async (entry, key, at) =>
    cases.note(entry.files ? { ...entry, files: await Promise.all(entry.files.map((file) => proven(file, entry.case))) } : entry, key, at);
  /** Pictures of a claim of any kind lie in the locker; a dispute puts its own down, with what they show. */
  async function shown(one: Pick<Case, 'number' | 'kind' | 'conversationId'>, details: Json, key: string, at: string): Promise<void> {
    const photos = one.kind === 'dispute' ? [] : photosIn(details);
    if (photos.length > 0) await note({ case: one.number, conversationId: one.conversationId, by: 'customer', what: 'evidence', files: photos.map((fileId) => ({ fileId })) }, `${key}.shown`, at);
  }
  return {
    async open(request, key, at) {
      const opened = await cases.open(request, key, at);
      await shown(opened, request.details, key, at);
      return opened;
    },
    async add(number, details, key, at) {
      const added = await cases.add(number, details, key, at);
      if (added) await shown(added, details, key, at);
      return added;
    },
    passOn: (number, to) => cases.passOn(number, to),
    close: (number, outcome, at) => cases.close(number, outcome, at),
    note,
  };
}
