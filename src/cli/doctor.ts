import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { environment } from '../main.js';
import { examine, findings, type Finding } from '../ops/doctor.js';
import { misuse, type Command } from './command.js';
import { examinationsOf } from './examinations.js';

const signs: Readonly<Record<Finding['state'], string>> = { ok: 'ok     ', off: 'off    ', warning: 'WARNING', problem: 'PROBLEM' };

/** Looks at settings, services, disk, policy, languages, model and channels, and says what to do about each. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'look whether everything the service needs is in order, and say what to do',
  help: `Usage:
  aftercare doctor [--json]

Looks at the settings, DATA_DIR, the database, Redis, their clocks, the policy, the languages, the model, the pages and
the channels. Changes nothing; may be run beside a running service.

Exit codes: 0 nothing is in the way (there may be warnings) · 1 there is a problem · 2 the command was not understood
`,
  async run(args, io) {
    let isJson: boolean;
    try {
      isJson = parseArgs({ args: [...args], strict: true, options: { json: { type: 'boolean' } } }).values.json ?? false;
    } catch (error) {
      return misuse(io, 'doctor', error instanceof Error ? error.message : String(error));
    }
    const read = readConfig(environment());
    const found = 'config' in read
      ? await examine(examinationsOf(read.config))
      : read.problems.map((one) => findings('settings').problem(one, 'Correct it in the environment or in .env; the rest is looked at once the settings can be read.'));
    const problems = found.filter(({ state }) => state === 'problem').length;
    const warnings = found.filter(({ state }) => state === 'warning').length;
    if (isJson) io.out(`${JSON.stringify({ ok: problems === 0, problems, warnings, findings: found })}\n`);
    else {
      for (const { area, state, found: words, todo } of found) io.out(`${signs[state]}  ${area.padEnd(14)} ${words}\n${todo === undefined ? '' : `${' '.repeat(25)}→ ${todo}\n`}`);
      io.out(`\n${problems} problems, ${warnings} warnings\n`);
    }
    return problems > 0 ? 1 : 0;
  },
};
