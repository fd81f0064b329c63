import { expect, jest, test } from '@jest/globals';
import { run } from '../support/served.js';

jest.setTimeout(240_000);

interface Figures {
  readonly steady: { readonly sockets: number; readonly openAfterwards: number; readonly sent: number; readonly answered: number; readonly errors: object; readonly acceptToReply: { readonly p99Ms: number } };
  readonly highest: readonly { readonly turnsPerSecond: number; readonly errors: object }[];
  readonly echo: readonly { readonly turnsPerSecond: number; readonly errors: object }[];
  readonly stop: { readonly milliseconds: number; readonly code: number };
  readonly due: { readonly timers: number; readonly done: number; readonly turns: number; readonly left: number; readonly meanwhile: { readonly sent: number; readonly answered: number; readonly errors: object } };
}

test('a short load: every message is answered, every window stays open, timers of a night come due once each while buyers are answered, and the stop is clean', async () => {
  const bench = run(['bench', 'load', '--sockets', '16', '--talking', '8', '--every', '1', '--seconds', '2', '--at-once', '4', '--timers', '120', '--json'], {});
  const code = await bench.ended;
  const { load: [figures] } = JSON.parse(bench.out()) as { readonly load: readonly [Figures] };
  expect([code, bench.err()]).toEqual([0, '']);
  expect(figures.steady).toMatchObject({ sockets: 16, openAfterwards: 16, sent: 16, answered: 16, errors: {}, acceptToReply: { p99Ms: expect.any(Number) } });
  for (const step of [...figures.highest, ...figures.echo]) expect([step.errors, step.turnsPerSecond > 0]).toEqual([{}, true]);
  expect(figures.due).toMatchObject({ timers: 120, done: 120, turns: 120, left: 0, meanwhile: { errors: {} } });
  expect(figures.due.meanwhile.answered).toBe(figures.due.meanwhile.sent);
  expect([figures.stop.code, figures.stop.milliseconds < 10_000]).toEqual([0, true]);
});

test('what makes no sense is refused with exit code 2', async () => {
  const all = [['--sockets', 'many'], ['--talking', '20', '--sockets', '10'], ['--stores', 'paper'], ['--seconds', '0']].map((args) => run(['bench', 'load', ...args], {}));
  expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([2, 2, 2, 2]);
});
