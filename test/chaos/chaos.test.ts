import { expect, jest, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { chaos } from '../../src/cli/chaos.js';
import type { ChaosReport } from '../../src/chaos/run.js';
import { run } from '../support/served.js';

jest.setTimeout(180_000);

test('nodes killed between the stages of a turn and at random, Redis and PostgreSQL killed, hung and cut off, Redis emptied: nothing lost, repeated or out of order', async () => {
  const running = run(['chaos', '--kills', '8', '--messages', '240', '--nodes', '4', '--seed', '7', '--seconds', '20', '--json'], {});
  const code = await running.ended;
  const report = JSON.parse(running.out() || '{}') as ChaosReport;
  expect({ code, found: report.found, crashes: report.crashes }).toEqual({ code: 0, found: [], crashes: [] });
  expect(report.violations).toBe(0);
  // How much of it fits into the time is the machine's; on a quiet one it is all of it.
  expect(report.messages).toBeGreaterThan(10);
  for (const count of [report.sentTwice, report.kills, report.writes, Object.keys(report.serverFaults).length]) expect(count).toBeGreaterThan(0);
  // The second of the eight faults: emptied with everything in it.
  if (report.messages > 120) expect(report.serverFaults['redis-wiped']).toBe(1);
});

test('masters of a cluster lost, one with a replica that lacks the last writes, and nodes killed: nothing lost, repeated or out of order, and no node stands still', async () => {
  const running = run(['chaos', '--cluster', '--kills', '4', '--messages', '160', '--nodes', '3', '--seed', '5', '--seconds', '25', '--json'], {});
  const code = await running.ended;
  const report = JSON.parse(running.out() || '{}') as ChaosReport;
  expect({ code, found: report.found, crashes: report.crashes }).toEqual({ code: 0, found: [], crashes: [] });
  expect(report.violations).toBe(0);
  expect(report.messages).toBeGreaterThan(10);
  if (report.messages > 60) expect(report.serverFaults['master-killed']).toBe(1);
});

test('a wrong call is said as such', async () => {
  for (const args of [['--kills', 'many'], ['--messages', '0'], ['--what']]) expect(await chaos.run(args, { out: () => undefined, err: () => undefined, stdin: Readable.from([]) })).toBe(2);
});
