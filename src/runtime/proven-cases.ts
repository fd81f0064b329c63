import type { ProofFile } from '../domain/case-entry.js';
import type { CaseReader, CaseWriter } from '../ports/cases.js';
import type { FileStore } from '../ports/file-store.js';

/** Writes cases so that every file shown in one is put down with its fingerprints, and with the cases it was shown in before. */
export function provenCases(cases: CaseReader & CaseWriter, files: FileStore): CaseWriter {
  async function proven(file: ProofFile, number: string): Promise<ProofFile> {
    const found = await files.get(file.fileId);
    if (!found) return file;
    const { name, type, size, sha256, kept } = found.file;
    const before = kept === undefined ? [] : (await cases.entriesWith(kept)).map((entry) => entry.case).filter((one) => one !== number);
    return { fileId: file.fileId, name, type, size, ...(sha256 === undefined ? {} : { sha256 }), ...(kept === undefined ? {} : { kept }), ...(before.length === 0 ? {} : { usedIn: [...new Set(before)] }) };
  }
  return {
    open: (request, key, at) => cases.open(request, key, at),
    passOn: (number, to) => cases.passOn(number, to),
    close: (number, outcome, at) => cases.close(number, outcome, at),
    async note(entry, key, at) {
      return cases.note(entry.files ? { ...entry, files: await Promise.all(entry.files.map((file) => proven(file, entry.case))) } : entry, key, at);
    },
  };
}
