import { printDecisions } from '../domain/decisions/document.js';
import type { Command } from './command.js';

/** Prints the tables by which returns and disputes are decided; `docs/decisions.md` is its output. */
export const decisions: Command = {
  name: 'decisions', summary: 'print the tables returns and disputes are decided by',
  help: 'Usage:\n  aftercare decisions > docs/decisions.md\n\nPrints who is at fault, who pays and what is still to be shown, as Markdown.\n',
  async run(_, io) {
    io.out(printDecisions());
    return 0;
  },
};
