import { copyOf } from '../domain/copy.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Cases } from '../ports/cases.js';
import { spelt } from './case-number.js';
import { stamp } from './lines.js';


/** What happened in cases, in memory, by the keys of the entries. */
export function createMemoryCaseEntries(rows: Map<string, CaseEntry>): Pick<Cases, 'note' | 'entries' | 'entriesWith'> {
  return {
    async note(entry, key, at) {
      const there = rows.get(key);
      if (there !== undefined) return copyOf(there);
      const made = copyOf({ ...entry, case: spelt(entry.case), at: stamp(at) });
      rows.set(key, made);
      return copyOf(made);
    },
    async entries(number) {
      return copyOf([...rows.values()].filter((entry) => entry.case === spelt(number)));
    },
    async entriesWith(kept) {
      return copyOf([...rows.values()].filter((entry) => entry.files?.some((file) => file.kept === kept) === true));
    },
  };
}
