import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultPolicyFile, parsePolicy } from '../policy/read-policy.js';
import { configOrExit } from '../main.js';
import { returnConflicts } from '../domain/decisions/conflicts.js';
import { misuse, type Command } from './command.js';

/** Checks a policy file and says what its rules come to. */
export const policy: Command = {
  name: 'policy',
  summary: 'check a policy and explain it',
  help: `Usage:
  aftercare policy check [FILE] [--json]

Checks FILE, or the policy of the setting POLICY_FILE, or the one that ships, and says what its rules come to.

Exit codes: 0 right · 1 something is wrong with it · 2 the command was not understood
`,
  async run(args, io) {
    let read: { values: { json?: boolean }; positionals: string[] };
    try {
      read = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: { json: { type: 'boolean' } } });
    } catch (error) {
      return misuse(io, 'policy', error instanceof Error ? error.message : String(error));
    }
    const [word, file, ...more] = read.positionals;
    if (word !== 'check' || more.length > 0) return misuse(io, 'policy', 'Expected: aftercare policy check [FILE].');
    const from = file ?? configOrExit().POLICY_FILE ?? defaultPolicyFile;
    let yaml: string;
    try {
      yaml = readFileSync(from, 'utf8');
    } catch {
      io.err(`The policy file ${String(from)} cannot be read.\n`);
      return 1;
    }
    const parsed = parsePolicy(yaml);
    if ('problems' in parsed) {
      if (read.values.json) io.out(`${JSON.stringify({ ok: false, problems: parsed.problems })}\n`);
      else io.err(`The policy is wrong:\n${parsed.problems.map((one) => `  ${one.path}: ${one.message}`).join('\n')}\n`);
      return 1;
    }
    const { version, returns, orders, identity } = parsed.policy;
    const conflicts = returnConflicts(parsed.policy);
    if (read.values.json) io.out(`${JSON.stringify({ ok: true, policy: parsed.policy, conflicts })}\n`);
    else {
      io.out([
        `Policy ${version} is right. It says:`,
        `  Without a fault goods go back ${returns.windowDays === null ? "without a limit" : `within ${returns.windowDays} days of delivery`}${returns.withoutFault ? '' : ' – not at all'}; with one within ${returns.faultWindowDays}.`,
        `  The customer pays ${returns.freight} minor units (cents) of the order's currency for the way back unless the reason is one of: ${returns.faultReasons.join(', ')}.`,
        `  Not without a fault: ${Object.entries(returns.categories).filter(([, rule]) => rule.withoutFault === false).map(([name]) => name).join(', ') || 'nothing is left out'}.`,
        `  Kinder law counts in: ${Object.keys(returns.countries).join(', ') || 'no country'}.`,
        `  Addresses change while an order is: ${orders.changeAddressIn.join(', ')}.`,
        `  After ${identity.guesses} wrong tries in ${identity.guessWindowMinutes} minutes nobody is let in for that long.`,
        ...conflicts.map(({ path, message }) => `  Contradiction at ${path}: ${message}`),
        '',
      ].join('\n'));
    }
    return 0;
  },
};
