import { parseArgs } from 'node:util';
import { openRecords } from '../app.js';
import { configOrExit } from '../main.js';
import { misuse, type Command } from './command.js';

/** Proves that no entry of the audit log was changed, taken out or put in between. */
export const audit: Command = {
  name: 'audit',
  summary: 'prove that nothing in the audit log was changed since it was written',
  help: `Usage:
  aftercare audit verify [--head HASH] [--json]

Every entry holds a hash (SHA-256) of the one before it. Works the chain out anew and names the first entry that does not
fit. Entries cut off at the end cannot be seen from the log alone: note the head that is printed somewhere else, and give
it back with --head to have it looked for. What an erasure put a pseudonym into is counted and fits.

Exit codes: 0 all fit · 1 one does not, or the head is not there any more · 2 the command was not understood
`,
  async run(args, io) {
    let read: { values: { head?: string; json?: boolean }; positionals: string[] };
    try {
      read = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: { head: { type: 'string' }, json: { type: 'boolean' } } });
    } catch (error) {
      return misuse(io, 'audit', error instanceof Error ? error.message : String(error));
    }
    if (read.positionals.join(' ') !== 'verify') return misuse(io, 'audit', 'Expected: aftercare audit verify.');
    const { records, close } = await openRecords(configOrExit());
    try {
      const { broken, entries, sealed, erased, unsealed, head, isHeadThere } = await records.audit.prove(read.values.head);
      const ok = broken === undefined && isHeadThere !== false;
      if (read.values.json) io.out(`${JSON.stringify({ ok, entries, sealed, erased, unsealed, head, ...(broken ? { broken } : {}), ...(isHeadThere === undefined ? {} : { isHeadThere }) })}\n`);
      else {
        if (broken) io.out(`Entry ${broken.at} does not fit the one before it.\n`);
        if (isHeadThere === false) io.out('The head you gave is not in the log any more: entries are missing at its end.\n');
        io.out(`${entries} entries, ${sealed} chained (${unsealed} are older than the chain, ${erased} were erased to a pseudonym); ${ok ? 'all fit' : 'not all fit'}.\nHead: ${head === '' ? '(none yet)' : head}\n`);
      }
      return ok ? 0 : 1;
    } finally {
      await close();
    }
  },
};
