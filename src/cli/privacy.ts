import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openPrivacy } from '../app.js';
import { configOrExit } from '../main.js';
import type { Whose } from '../ops/privacy.js';
import { misuse, type Command } from './command.js';

/** Exports or erases what is kept of a customer. */
export const privacy: Command = {
  name: 'privacy',
  summary: 'export or erase what is kept of a customer',
  help: `Usage:
  aftercare privacy export (--customer ID | --conversation ID…) [--out FILE]
  aftercare privacy erase (--customer ID | --conversation ID…) [--even-open] [--json]

export prints everything kept of the customer as one JSON object: what the shop has, every conversation with its lines,
state, records and files (base64). erase takes away transcripts, state, inbox and outbox, files, tickets, cases,
understandings, codes and waiting mails. Kept are the shop's orders and the audit log, there under a pseudonym.
Somebody the shop does not know is found by --conversation, which may be given several times.
An erasure is refused while a ticket, case or write is open or a message is under way, unless --even-open is given.
May be run beside a running service.

  --out FILE    writes the export there (readable by you alone) instead of to standard output

Exit codes: 0 done · 1 refused or failed · 2 the command was not understood
`,
  async run(args, io) {
    let read: ReturnType<typeof parse>;
    try {
      read = parse(args);
    } catch (error) {
      return misuse(io, 'privacy', error instanceof Error ? error.message : String(error));
    }
    const { positionals: [word, ...more], values } = read;
    const { customer, conversation = [] } = values;
    if ((word !== 'export' && word !== 'erase') || more.length > 0) return misuse(io, 'privacy', 'Expected: export or erase.');
    if ((customer === undefined) === (conversation.length === 0)) return misuse(io, 'privacy', 'Give either --customer or --conversation.');
    const whose: Whose = customer === undefined ? { conversationIds: conversation } : { customerId: customer };
    const opened = await openPrivacy(configOrExit());
    try {
      if (word === 'export') {
        const text = `${JSON.stringify(await opened.privacy.exportOf(whose), null, 2)}\n`;
        if (values.out === undefined) io.out(text);
        else writeFileSync(values.out, text, { mode: 0o600 });
        return 0;
      }
      const open = values['even-open'] === true ? [] : await opened.privacy.openOf(whose);
      if (open.length > 0) {
        if (values.json) io.out(`${JSON.stringify({ erased: false, open })}\n`);
        else io.err(`Not erased, because this is still open:\n${open.map((one) => `  ${one}\n`).join('')}Settle it first, or give --even-open.\n`);
        return 1;
      }
      const report = await opened.privacy.erase(whose, 'operator');
      if (values.json) io.out(`${JSON.stringify({ erased: true, ...report })}\n`);
      else io.out(`Erased ${report.conversations} conversations, ${report.files} files, ${report.mails} mails; in records: ${Object.entries(report.records).map(([table, count]) => `${count} ${table}`).join(', ') || 'nothing'}.\nIn the audit log: ${report.subject}\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};

const parse = (args: readonly string[]) => parseArgs({
  args: [...args], strict: true, allowPositionals: true,
  options: { customer: { type: 'string' }, conversation: { type: 'string', multiple: true }, out: { type: 'string' }, json: { type: 'boolean' }, 'even-open': { type: 'boolean' } },
});
