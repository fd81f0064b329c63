import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createTerminalRuntime, openCore, serve, type Core } from '../../../src/app.js';
import { readConfig, type Config } from '../../../src/config.js';
import type { Log } from '../../../src/runtime/parts.js';
import type { Runtime } from '../../../src/runtime/runtime.js';
import { createSampleShop } from '../../../src/shops/sample/sample-shop.js';
import { shopTableNames } from '../../../src/shops/tables.js';
import { replaceShop } from '../../../src/shops/transfer.js';

/** The day on which all talks take place: a Wednesday. */
export const theDay = '2026-06-17T09:00:00.000Z';

/** A clock that is set by hand; every look at it is a millisecond later, as in life. */
interface SetClock {
  now(): string;
  set(instant: string | number): void;
}

/** The whole service in this process, with its stores in a folder of its own. */
export interface Stage {
  readonly core: Core;
  readonly runtime: Runtime;
  readonly clock: SetClock;
  /** Where the HTTP server listens; null when there is none. */
  readonly url: string | null;
  /** Turns that failed and would be tried again; in a talk that is an error. */
  readonly failures: string[];
  /** What the operator was warned of, each with its name in the log. */
  readonly warned: { readonly event: string; readonly details: Readonly<Record<string, unknown>> }[];
  /** The one-time code of the last mail that was sent. */
  lastCode(): string;
  /** The shop as it was in the beginning, and nothing guessed wrongly yet. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

function createClock(): SetClock {
  let at = Date.parse(theDay);
  return {
    now: () => new Date((at += 1)).toISOString(),
    set: (instant) => {
      at = typeof instant === 'number' ? instant : Date.parse(instant);
    },
  };
}

function configOf(environment: Readonly<Record<string, string>>): Config {
  const read = readConfig(environment);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
}

function logOf(failures: string[], warned: Stage['warned']): Log {
  const note = (event: string, details: Record<string, unknown> = {}): void => {
    if (['turn.failed', 'claim.failed', 'outbox.failed', 'outbox.send-failed', 'outbox.refused', 'effect.failed'].includes(event)) failures.push(`${event} ${JSON.stringify(details)}`);
  };
  return { info: () => undefined, warn: (event, details = {}) => void warned.push({ event, details }), error: note };
}

/** Opens the service as `aftercare chat` does (`terminal`), or with every end on one HTTP server (`serve`). */
export async function openStage(kind: 'terminal' | 'serve', settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-talks-'));
  const clock = createClock();
  const failures: string[] = [];
  const warned: Stage['warned'] = [];
  const config = configOf({ DATA_DIR: folder, PORT: '0', ...settings });
  const surroundings = { clock, log: logOf(failures, warned) };
  const opened = kind === 'serve' ? await openServed(config, surroundings) : await openTerminal(config, surroundings);
  const { core } = opened;
  let shopAsItWas: (() => Promise<void>) | undefined;
  return {
    ...opened, clock, failures, warned,
    lastCode() {
      const outbox = join(folder, 'outbox');
      // The clock is set back for every talk: the number at the end of a mail's name tells which is the last.
      const countOf = (name: string): number => Number(/-(\d+)\.txt$/u.exec(name)?.[1] ?? 0);
      const last = readdirSync(outbox).toSorted((a, b) => countOf(a) - countOf(b)).at(-1) ?? '';
      return /\b\d{6}\b/u.exec(readFileSync(join(outbox, last), 'utf8'))?.[0] ?? '';
    },
    async reset() {
      shopAsItWas ??= await keepShop(core);
      await shopAsItWas();
      // All talks take place on one day; a guess or a case of one customer must not stand in the way of the next.
      const records = core.shopDb as unknown as { deleteFrom(table: string): { execute(): Promise<unknown> } };
      for (const table of ['attempts', 'cases']) await records.deleteFrom(table).execute();
    },
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Loads the sample shop of the day and keeps a copy of its tables beside them, which is far quicker to take back than to load it anew. */
async function keepShop({ shopDb }: Core): Promise<() => Promise<void>> {
  await replaceShop(shopDb, createSampleShop(theDay));
  const kept = shopTableNames.filter((table) => table !== 'shop_receipts');
  for (const table of kept) await sql`create table ${sql.table(`kept_${table}`)} as select * from ${sql.table(table)}`.execute(shopDb);
  return () => shopDb.transaction().execute(async (all) => {
    for (const table of kept) {
      await sql`delete from ${sql.table(table)}`.execute(all);
      await sql`insert into ${sql.table(table)} select * from ${sql.table(`kept_${table}`)}`.execute(all);
    }
  });
}

type Opened = Pick<Stage, 'core' | 'runtime' | 'url' | 'close'>;
type Surroundings = Parameters<typeof openCore>[1];

async function openTerminal(config: Config, surroundings: Surroundings): Promise<Opened> {
  const core = await openCore(config, surroundings);
  const runtime = createTerminalRuntime(core);
  await runtime.start();
  return {
    core, runtime, url: null,
    close: async () => {
      await runtime.stop();
      await core.close();
    },
  };
}

async function openServed(config: Config, surroundings: Surroundings): Promise<Opened> {
  const served = await serve(config, surroundings);
  return { core: served.core, runtime: served.runtime, url: served.url, close: () => served.stop() };
}
