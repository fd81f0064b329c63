import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { machineClock, openCore, replayTalk, type Core } from '../app.js';
import type { Json } from '../domain/message.js';
import { configOrExit, createLog } from '../main.js';
import type { JournalOfTalk } from '../ports/records.js';
import { misuse, type Command } from './command.js';

const journal = z.object({ turns: z.array(z.object({ turn: z.number().int(), entry: z.string() })), facts: z.record(z.string(), z.string()) });

/** What came of one talk, as it is printed. */
interface Outcome {
  readonly talk: string;
  readonly turns: number;
  readonly gaps: readonly number[];
  readonly difference: { readonly turn: number; readonly messageId: string; readonly what: string; readonly path: string; readonly was: Json; readonly is: Json } | null;
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value)).split('\n').join('\n      ');

/** One talk in words: right, or the first thing that differs. */
function told({ talk, turns, gaps, difference }: Outcome): string {
  const missing = gaps.length === 0 ? '' : ` (not in the journal: ${gaps.join(', ')})`;
  if (!difference) return `${talk}: ${turns} turns, the same byte for byte${missing}\n`;
  const { turn, what, path, was, is } = difference;
  return `${talk}: differs at turn ${turn}, in ${what}${path === '' ? '' : `, ${path}`}${missing}\n  was:\n      ${shown(was)}\n  is:\n      ${shown(is)}\n`;
}

async function journals(from: { readonly file: string | undefined; readonly conversation: string | undefined }, core: Core): Promise<[string, JournalOfTalk][]> {
  if (from.file !== undefined) return [[from.file, journal.parse(JSON.parse(readFileSync(from.file, 'utf8')))]];
  const ids = from.conversation === undefined ? await core.records.journal.conversations() : [from.conversation];
  return Promise.all(ids.map(async (id): Promise<[string, JournalOfTalk]> => [id, await core.records.journal.ofConversation(id)]));
}

/** Proves that the same events give the same answers. */
export const replay: Command = {
  name: 'replay',
  summary: 'prove that past conversations would be answered the same, byte for byte',
  help: `Usage:
  aftercare replay FILE | --conversation ID [--save FILE] | --all   [--json]

Takes a conversation again from its journal: the same messages over the same facts of then, through today's flows,
rules and words. Prints the first thing that differs: a verdict, an effect, the words, or what is remembered.

  FILE               a journal that was saved
  --conversation ID  the journal of one conversation
  --save FILE        with --conversation: writes the journal there and takes nothing again
  --all              every conversation there is a journal of
  --json             one JSON object

The journal is kept while the setting KEEP_JOURNAL is true.

Exit codes: 0 the same · 1 something differs, or there is no journal · 2 the command was not understood
`,
  async run(args, io) {
    let read: { values: { conversation?: string; save?: string; all?: boolean; json?: boolean }; positionals: string[] };
    try {
      read = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: { conversation: { type: 'string' }, save: { type: 'string' }, all: { type: 'boolean' }, json: { type: 'boolean' } } });
    } catch (error) {
      return misuse(io, 'replay', error instanceof Error ? error.message : String(error));
    }
    const { conversation, save, all, json } = read.values;
    const [file, ...more] = read.positionals;
    if ([file, conversation, all].filter((one) => one !== undefined && one !== false).length !== 1 || more.length > 0) return misuse(io, 'replay', 'Expected one of: FILE, --conversation ID, --all.');
    if (save !== undefined && conversation === undefined) return misuse(io, 'replay', '--save goes with --conversation.');
    const core = await openCore(configOrExit(), { clock: machineClock, log: createLog('error') });
    try {
      const talks = await journals({ file, conversation }, core);
      if (talks.every(([, { turns }]) => turns.length === 0)) {
        io.err('There is no journal of it. It is kept while KEEP_JOURNAL is true.\n');
        return 1;
      }
      if (save !== undefined) {
        writeFileSync(save, JSON.stringify(talks[0]?.[1]));
        return 0;
      }
      const outcomes: Outcome[] = [];
      for (const [talk, one] of talks) outcomes.push({ talk, ...(await replayTalk(core, one)) });
      if (json) io.out(`${JSON.stringify({ same: outcomes.every(({ difference }) => difference === null), talks: outcomes })}\n`);
      else for (const one of outcomes) io.out(told(one));
      return outcomes.every(({ difference }) => difference === null) ? 0 : 1;
    } finally {
      await core.close();
    }
  },
};
