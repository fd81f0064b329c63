import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Policy, ReturnOverride } from '../domain/policy.js';
import type { Contradiction } from '../policy/contradictions.js';
import type { PolicyProblem } from '../policy/mistakes.js';
import { placeName, readPlaced } from '../policy/places.js';
import { defaultPolicyFile, parsePolicy } from '../policy/read-policy.js';
import { flows } from '../flows/index.js';
import { explain, settingPaths } from '../policy/settings.js';
import { unknownFlows } from '../policy/unknown-names.js';
import { configOrExit } from '../main.js';
import { misuse, type Command, type CommandIo } from './command.js';

/** Whether a setting of an override is the shop's own choice: neither a law, nor what is told as left out. */
const isOwn = (name: string, rule: ReturnOverride): boolean =>
  !['law', 'lawExempt'].includes(name) && !(name === 'withoutFault' && rule.withoutFault === false) && !(rule.law !== undefined && ['windowDays', 'faultWindowDays', 'withoutFault'].includes(name));

/** What the rules of a policy come to, in a few lines. */
function summary({ version, returns, orders, identity }: Policy): string[] {
  const own = (['items', 'categories', 'members', 'countries'] as const).map((layer) => [layer, Object.entries(returns[layer]).filter(([, rule]) => Object.keys(rule).some((name) => isOwn(name, rule))).map(([name]) => name)] as const);
  const layers = own.flatMap(([layer, names]) => (names.length > 0 ? [`  Rules of their own for ${layer}: ${names.join(', ')}.`] : []));
  return [
    `Policy ${version} is right. It says:`,
    `  Without a fault goods go back ${returns.windowDays === null ? 'without a limit' : `within ${returns.windowDays} days of delivery`}${returns.withoutFault ? '' : ' – not at all'}; with one within ${returns.faultWindowDays}.`,
    `  The customer pays ${returns.freight} minor units (cents) of the order's currency for the way back unless the reason is one of: ${returns.faultReasons.join(', ')}.`,
    `  Not without a fault: ${Object.entries(returns.categories).filter(([, rule]) => rule.withoutFault === false).map(([name]) => name).join(', ') || 'nothing is left out'}.`,
    ...layers,
    `  Kinder law counts in: ${Object.entries(returns.countries).filter(([, rule]) => rule.law !== undefined).map(([country]) => country).join(', ') || 'no country'}.`,
    `  Addresses change while an order is: ${orders.changeAddressIn.join(', ')}.`,
    `  After ${identity.guesses} wrong tries in ${identity.guessWindowMinutes} minutes nobody is let in for that long.`,
  ];
}

const told = ({ code, says, meanwhile, places }: Contradiction): string => `  ${says}\n    ${placeName(places[0])}\n    ${placeName(places[1])}\n    Until you decide: ${meanwhile}.\n    To let it stand: decided: [${code}]\n`;

/** Contradictions, those that stand by decision in one line. */
function toldAll(all: readonly Contradiction[]): string {
  const open = all.filter(({ isDecided }) => !isDecided);
  const decided = all.filter(({ isDecided }) => isDecided);
  const head = open.length === 0 ? '' : `It speaks against itself in ${open.length === 1 ? 'one place' : `${open.length} places`}:\n${open.map(told).join('')}`;
  return head + (decided.length === 0 ? '' : `  Left standing by decision: ${decided.map(({ code }) => code).join(', ')}.\n`);
}

/** Tells what is wrong; gives the exit code. */
function wrong(io: CommandIo, problems: readonly PolicyProblem[], isJson: boolean | undefined): 1 {
  if (isJson) io.out(`${JSON.stringify({ ok: false, problems })}\n`);
  else io.err(`The policy is wrong:\n${problems.map((one) => `  ${placeName(one)}: ${one.message}`).join('\n')}\n`);
  return 1;
}

/** Checks a policy file and says what its rules come to. */
export const policy: Command = {
  name: 'policy',
  summary: 'check a policy and explain it',
  help: `Usage:
  aftercare policy check [FILE] [--explain SECTION] [--json]

Checks FILE, or the policy of the setting POLICY_FILE, or the one that ships, says what its rules come to, and
where they speak against each other: both places, by line, and what counts until you decide.

  --explain SECTION  every setting of a section (returns, delivery, …) with its value and meaning
  --json             one JSON object

docs/policy.md describes every setting.

Exit codes: 0 right · 1 something is wrong with it · 2 the command was not understood · 3 right, but it speaks against itself
`,
  async run(args, io) {
    let read: { values: { json?: boolean; explain?: string }; positionals: string[] };
    try {
      read = parseArgs({ args: [...args], strict: true, allowPositionals: true, options: { json: { type: 'boolean' }, explain: { type: 'string' } } });
    } catch (error) {
      return misuse(io, 'policy', error instanceof Error ? error.message : String(error));
    }
    const [word, file, ...more] = read.positionals;
    if (word !== 'check' || more.length > 0) return misuse(io, 'policy', 'Expected: aftercare policy check [FILE].');
    const section = read.values.explain;
    const sections = [...new Set(settingPaths().map((path) => path.split('.')[0] ?? ''))];
    if (section !== undefined && !sections.includes(section)) return misuse(io, 'policy', `There is no section ${section}. There are: ${sections.join(', ')}.`);
    const from = file ?? configOrExit().POLICY_FILE ?? defaultPolicyFile;
    let yaml: string;
    try {
      yaml = readFileSync(from, 'utf8');
    } catch {
      io.err(`The policy file ${String(from)} cannot be read.\n`);
      return 1;
    }
    const parsed = parsePolicy(yaml);
    if ('problems' in parsed) return wrong(io, parsed.problems, read.values.json);
    const strange = unknownFlows(parsed.policy, flows.map(({ id }) => id));
    if (strange.length > 0) return wrong(io, strange.map(({ name, near }) => ({ ...readPlaced(yaml).placeOf(['identity', 'levels', name]), message: `there is no such flow${near === undefined ? '' : `; did you mean “${near}”?`}` })), read.values.json);
    const { policy: rules, contradictions, needless } = parsed;
    const settings = section === undefined ? undefined : explain(rules, section);
    if (read.values.json) io.out(`${JSON.stringify({ ok: true, policy: rules, contradictions, needless, ...(settings ? { settings } : {}) })}\n`);
    else if (settings) io.out(settings.map(({ path, value, meaning }) => `${path}: ${value}\n  ${meaning?.says ?? ''} (${meaning?.unit ?? ''})\n`).join(''));
    else io.out(`${summary(rules).join('\n')}\n${toldAll(contradictions)}${needless.length === 0 ? '' : `  Decided, but nothing speaks against itself so: ${needless.join(', ')}.\n`}`);
    return contradictions.some(({ isDecided }) => !isDecided) ? 3 : 0;
  },
};
