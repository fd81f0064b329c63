import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { misuse, type Command } from './command.js';

/** A row of the capability list, and the tests that show it. */
export interface CapabilityRow {
  readonly id: string;
  readonly priority: string;
  readonly shown: boolean;
  readonly tests: readonly string[];
}

const report = z.object({
  commit: z.string(),
  tests: z.array(z.object({ title: z.string(), status: z.string() })),
});

/** The report of the last whole test run, as `npm test` leaves it. */
export type TestReport = z.infer<typeof report>;

/** The ids a test's title carries: `[SH-06] …`, up to three. */
export const idsOf = (title: string): string[] => [...title.matchAll(/\[((?:[A-Z]{2}-\d{2}(?:, )?)+)\]/gu)].flatMap((match) => (match[1] ?? '').split(', '));

/** The rows of the list with the passing tests that carry their id. A test with more than three ids is refused by name. */
export function rowsShown(list: string, tests: TestReport['tests']): { readonly rows: CapabilityRow[] } | { readonly problem: string } {
  const greedy = tests.find((test) => idsOf(test.title).length > 3);
  if (greedy) return { problem: `A test carries more than three ids: ${greedy.title}` };
  const rows = [...list.matchAll(/^\| (?<id>[A-Z]{2}-\d{2}) \|.*\| (?<priority>[MSC]) \|$/gmu)].map((match): CapabilityRow => {
    const { id = '', priority = '' } = match.groups ?? {};
    const own = tests.filter((test) => idsOf(test.title).includes(id));
    const passed = own.filter((test) => test.status === 'passed').map((test) => test.title);
    return { id, priority, shown: passed.length > 0 && own.length === passed.length, tests: passed };
  });
  return { rows };
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lists which capabilities a passing test shows. */
export const capabilities: Command = {
  name: 'capabilities',
  summary: 'list which rows of docs/capabilities.md a passing test shows',
  help: `Usage:
  aftercare capabilities [--json]

Reads the report of the last whole test run (npm test leaves it in .cache/) and lists every row of
docs/capabilities.md with the tests that show it. Refused when that run was of another commit.

Exit codes: 0 listed · 1 there is no report of this commit · 2 the command was not understood
`,
  async run(args, io) {
    let json: boolean | undefined;
    try {
      ({ json } = parseArgs({ args: [...args], strict: true, options: { json: { type: 'boolean' } } }).values);
    } catch (error) {
      return misuse(io, 'capabilities', error instanceof Error ? error.message : String(error));
    }
    let read: TestReport;
    try {
      read = report.parse(JSON.parse(readFileSync(`${root}.cache/test-report.json`, 'utf8')));
    } catch {
      io.err('There is no report of a whole test run. Run npm test first.\n');
      return 1;
    }
    const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    if (read.commit !== head) {
      io.err(`The last whole test run was of commit ${read.commit.slice(0, 12)}, not of ${head.slice(0, 12)}. Run npm test again.\n`);
      return 1;
    }
    const shown = rowsShown(readFileSync(`${root}docs/capabilities.md`, 'utf8'), read.tests);
    if ('problem' in shown) {
      io.err(`${shown.problem}\n`);
      return 1;
    }
    if (json) {
      io.out(`${JSON.stringify(shown)}\n`);
      return 0;
    }
    for (const row of shown.rows) io.out(`${row.id}  ${row.priority}  ${row.shown ? row.tests[0] ?? '' : '–'}\n`);
    for (const priority of ['M', 'S', 'C']) {
      const rows = shown.rows.filter((row) => row.priority === priority);
      io.out(`${priority}: ${rows.filter((row) => row.shown).length} of ${rows.length} shown\n`);
    }
    return 0;
  },
};
