import { parseArgs } from 'node:util';
import { openRecords } from '../app.js';
import { configOrExit } from '../main.js';
import { misuse, type Command } from './command.js';

/** Proves that no receipt was changed, taken out or put in between since it was given. */
export const receipts: Command = {
  name: 'receipts',
  summary: 'prove that no receipt of a verdict was changed since it was given',
  help: `Usage:
  aftercare receipts verify [--conversation ID] [--json]

Every receipt holds a hash (SHA-256) of the one before it in its conversation. Works the chains out anew, all of them or
that of one conversation, holds them against the transcripts, and names the first receipt that does not fit.

Exit codes: 0 all fit · 1 one does not · 2 the command was not understood
`,
  async run(args, io) {
    let read: { values: { conversation?: string; json?: boolean }; positionals: string[] };
    try {
      read = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: { conversation: { type: 'string' }, json: { type: 'boolean' } } });
    } catch (error) {
      return misuse(io, 'receipts', error instanceof Error ? error.message : String(error));
    }
    if (read.positionals.join(' ') !== 'verify') return misuse(io, 'receipts', 'Expected: aftercare receipts verify.');
    const { records, close } = await openRecords(configOrExit());
    try {
      const ids = read.values.conversation === undefined ? await records.receipts.conversations() : [read.values.conversation];
      const chains = await Promise.all(ids.map(async (conversation) => {
        const proof = await records.receipts.prove(conversation);
        // The end of a chain can be cut off without breaking it; the lines that were said tell how long it was.
        const said = (await records.transcripts.read(conversation)).reduce((sum, line) => sum + (line.trace?.receipts.length ?? 0), 0);
        return { conversation, ...proof, ...(proof.rows < said && !proof.broken ? { missing: said - proof.rows } : {}) };
      }));
      const bad = chains.filter((chain) => chain.broken ?? chain.missing);
      if (read.values.json) io.out(`${JSON.stringify({ ok: bad.length === 0, chains })}\n`);
      else {
        for (const { conversation, broken, missing } of bad) io.out(broken ? `${conversation}: receipt ${broken.at} (${broken.turn}) does not fit the one before it\n` : `${conversation}: ${missing ?? 0} receipts are missing at the end\n`);
        io.out(`${chains.reduce((sum, { rows }) => sum + rows, 0)} receipts of ${chains.length} conversations; ${bad.length === 0 ? 'all fit' : `${bad.length} do not fit`}.\n`);
      }
      return bad.length === 0 ? 0 : 1;
    } finally {
      await close();
    }
  },
};
