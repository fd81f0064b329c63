import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { misuse, type Command, type CommandIo } from './command.js';
import { playAll, work } from './tau-pool.js';
import { differencesBetween, type TauDifference } from './tau-score.js';
import { exportTemplate, prepareStage, type TauOutcome, type TauPlace, type TauShop } from './tau-stage.js';
import { readTalks, type TauTalk } from './tau-talks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FILES = ['db.json', 'tasks.train.json', 'score.mjs'] as const;

/** Plays written talks of the outside benchmark through the whole bot and has its own program score them. */
export const tau = (shop: TauShop): Command => ({
  name: 'tau',
  summary: 'play the outside benchmark’s written talks through the bot and score them',
  help: `Usage:
  aftercare tau [--script FILE]… [--task ID] [--data DIR] [--transcripts DIR] [--jobs N] [--json]
  aftercare tau --check-adapter [--data DIR] [--json]

Plays each talk on a fresh import of the benchmark's shop, under its rules (test/tau/policy.yaml), until its lines
end or the conversation is handed over to a person; then score.mjs of the folder compares the shop with the task.
Nothing of this machine's own shop, settings or conversations is touched.

  --script FILE      talks to play, a JSON line each: {"task":"16","lines":["…"]}; may be repeated.
                     Without it: every test/tau/*.jsonl
  --task ID          only the talks of this task
  --data DIR         the benchmark's folder: db.json, tasks.train.json, score.mjs. Default: ../shared/benchmarks/tau-retail
  --policy FILE      other rules
  --transcripts DIR  keeps every talk there, with what was understood and which flow answered
  --jobs N           processes at work at once; default: the cores of this machine
  --check-adapter    plays nothing: imports the folder's db.json, exports it again and tells what differs
  --json             print one JSON object: {"passRate","talks":[{"file","task","passed","differences"}]}
  --help             print this

Exit codes: 0 done, whatever was passed · 1 could not be done, or the export differs · 2 the command was not understood
`,
  async run(args, io) {
    let values: ReturnType<typeof readArgs>;
    try {
      values = readArgs(args);
    } catch (error) {
      return misuse(io, 'tau', error instanceof Error ? error.message : String(error));
    }
    if (values.worker === true) {
      await work(io.stdin, (line) => io.out(`${line}\n`), shop);
      return 0;
    }
    const jobs = Number(values.jobs ?? availableParallelism());
    if (!Number.isInteger(jobs) || jobs < 1) return misuse(io, 'tau', '--jobs must be a whole number of 1 or more');
    const data = values.data ?? join(root, '..', 'shared', 'benchmarks', 'tau-retail');
    const missing = FILES.filter((file) => !existsSync(join(data, file)));
    if (missing.length > 0) {
      io.err(`aftercare tau: the benchmark is not in ${data}: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing. Name its folder with --data DIR.\n`);
      return 1;
    }
    const folder = await mkdtemp(join(tmpdir(), 'aftercare-tau-'));
    const place: TauPlace = { data, folder, policy: values.policy ?? join(root, 'test', 'tau', 'policy.yaml'), ...(values.transcripts === undefined ? {} : { transcripts: values.transcripts }) };
    try {
      if (values['check-adapter'] === true) return await checkAdapter(place, shop, values.json === true, io);
      const talks = (await talksOf(values.script)).filter((talk) => values.task === undefined || talk.task === values.task);
      if (talks.length === 0) {
        io.err(`aftercare tau: there is no talk to play${values.task === undefined ? '' : ` for task ${values.task}`}\n`);
        return 1;
      }
      await prepareStage(place, shop);
      let done = 0;
      const outcomes = await playAll(talks, place, jobs, () => {
        done += 1;
        if (io.isTerminal === true) io.err(`\r${done} of ${talks.length} `);
      });
      if (io.isTerminal === true) io.err('\r');
      io.out(values.json === true ? `${JSON.stringify({ passRate: passRateOf(outcomes), talks: outcomes })}\n` : table(outcomes));
      return 0;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

const readArgs = (args: readonly string[]) => parseArgs({
  args: [...args], strict: true,
  options: {
    script: { type: 'string', multiple: true }, task: { type: 'string' }, data: { type: 'string' }, policy: { type: 'string' }, transcripts: { type: 'string' },
    jobs: { type: 'string' }, 'check-adapter': { type: 'boolean' }, json: { type: 'boolean' }, worker: { type: 'boolean' },
  },
}).values;

async function talksOf(scripts: readonly string[] | undefined): Promise<TauTalk[]> {
  const folder = join(root, 'test', 'tau');
  const files = scripts ?? (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted().map((name) => join(folder, name));
  return (await Promise.all(files.map(readTalks))).flat();
}

async function checkAdapter(place: TauPlace, shop: TauShop, wantsJson: boolean, io: CommandIo): Promise<0 | 1> {
  await prepareStage(place, shop);
  const differences = differencesBetween(JSON.parse(await readFile(join(place.data, 'db.json'), 'utf8')), JSON.parse(await exportTemplate(place, shop)));
  if (wantsJson) io.out(`${JSON.stringify({ same: differences.length === 0, differences })}\n`);
  else io.out(differences.length === 0 ? 'Imported and exported: the same.\n' : `Imported and exported: ${differences.length} differences.\n${differences.slice(0, 20).map(tellDifference).join('')}`);
  return differences.length === 0 ? 0 : 1;
}

const passRateOf = (outcomes: readonly TauOutcome[]): number => outcomes.filter(({ passed }) => passed).length / Math.max(outcomes.length, 1);

const SHOWN = 4;

const tellDifference = ({ path, expected, got }: TauDifference): string => `    ${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}\n`.slice(0, 400);

function table(outcomes: readonly TauOutcome[]): string {
  const width = Math.max(...outcomes.map(({ file }) => file.length));
  const lines = outcomes.map(({ file, task, passed, differences }) => {
    const shown = passed ? '' : differences.slice(0, SHOWN).map(tellDifference).join('') + (differences.length > SHOWN ? `    … ${differences.length - SHOWN} more\n` : '');
    return `${file.padEnd(width)}  ${task.padStart(4)}  ${passed ? 'passed' : 'failed'}\n${shown}`;
  });
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  return `${lines.join('')}\n${passed} of ${outcomes.length} passed (${(passRateOf(outcomes) * 100).toFixed(1)} %)\n`;
}
