import { parseArgs } from 'node:util';
import { runChaos } from '../chaos/run.js';
import { misuse, type Command } from './command.js';

const options = { kills: { type: 'string' }, messages: { type: 'string' }, nodes: { type: 'string' }, seed: { type: 'string' }, seconds: { type: 'string' }, 'keep-memory': { type: 'boolean' }, cluster: { type: 'boolean' }, json: { type: 'boolean' } } as const;

/** Kills nodes, Redis and PostgreSQL under load and checks the whole history. */
export const chaos: Command = {
  name: 'chaos',
  summary: 'kill nodes and servers under load, then check that nothing was lost, repeated or reordered',
  help: `Usage:
  aftercare chaos [--kills N] [--messages M] [--nodes K] [--seed S] [--seconds T] [--keep-memory] [--cluster] [--json]

Starts a Redis and a PostgreSQL of its own on free ports of this machine (Debian's packages redis-server and postgresql),
and nodes as processes of their own; sends messages, 30 % of them twice; kills nodes by SIGKILL between all stages of a
turn and at random; kills, empties, hangs and cuts off Redis and PostgreSQL. Then every accepted message, every write of
the shop and every delivered reply is looked through. Nothing outside its own folders is touched.

  --kills N      how often a node is killed (20)
  --messages M   how many messages are sent (2,000)
  --nodes K      how many nodes (4)
  --seed S       which course (1)
  --seconds T    nothing new is said after so long (600)
  --keep-memory  Redis is not emptied
  --cluster      Redis is a cluster of three masters, each with a replica; masters are killed, hang and are replaced
  --json         print one JSON object a program can read

Exit codes: 0 nothing lost, repeated or reordered · 1 something was, or it could not be run · 2 the command was not understood
`,
  async run(args, io) {
    let values: Partial<Record<Exclude<keyof typeof options, 'json' | 'keep-memory' | 'cluster'>, string>> & { json?: boolean; 'keep-memory'?: boolean; cluster?: boolean };
    try {
      ({ values } = parseArgs({ args: [...args], strict: true, options }));
    } catch (error) {
      return misuse(io, 'chaos', error instanceof Error ? error.message : String(error));
    }
    const [kills, messages, nodes, seed, seconds] = [values.kills ?? '20', values.messages ?? '2000', values.nodes ?? '4', values.seed ?? '1', values.seconds ?? '600'].map(Number);
    if (![kills, seed].every((one) => Number.isSafeInteger(one) && Number(one) >= 0) || ![messages, nodes, seconds].every((one) => Number.isSafeInteger(one) && Number(one) >= 1)) return misuse(io, 'chaos', '--kills, --messages, --nodes, --seed and --seconds are whole numbers.');
    const report = await runChaos({ kills: kills ?? 0, messages: messages ?? 1, nodes: nodes ?? 1, seed: seed ?? 1, seconds: seconds ?? 1, keepsMemory: values['keep-memory'] === true, isCluster: values.cluster === true, onProgress: (text) => io.err(`${text}\n`) });
    const isGood = report.violations === 0 && report.crashes.length === 0;
    if (values.json) io.out(`${JSON.stringify(report)}\n`);
    else {
      io.out(`${report.messages} messages (${report.sentTwice} sent twice) on ${report.nodes} nodes in ${report.seconds} s, seed ${report.seed}\n`);
      io.out(`kills: ${report.kills} (${Object.entries(report.killsAt).map(([place, count]) => `${place} ${count}`).join(', ')})\n`);
      io.out(`servers: ${Object.entries(report.serverFaults).map(([name, count]) => `${name} ${count}`).join(', ')}\n`);
      io.out(`${report.writes} writes, ${report.uncertain} handed to a person as uncertain, ${report.apologies} apologies, ${report.redelivered} lines delivered again, ${report.folded} known again by a page\n`);
      for (const crash of report.crashes) io.out(`ended by itself or stood still: ${crash}\n`);
      for (const { kind, what, conversation, id, detail } of report.found) io.out(`${kind} ${what} in ${conversation}: ${id} ${detail}\n`);
      io.out(`${report.violations} violations\n`);
    }
    return isGood ? 0 : 1;
  },
};
