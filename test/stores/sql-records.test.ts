import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrateRecords } from '../../src/stores/migrations.js';
import { openPostgres } from '../../src/stores/postgres.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { startPostgres, type TestServer } from '../support/servers.js';
import { at } from './conversation-story.js';
import { aCase, describeRecords } from './records-contract.js';

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await postgres?.stop();
});

describeRecords({
  name: 'SQLite',
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-records-'));
    // One connection, as every process has it.
    const { db, close } = openSqlite(join(folder, 'records.db'));
    return {
      open: () => createSqlRecords(db, 'sqlite'),
      async stop() {
        await close();
        rmSync(folder, { recursive: true });
      },
    };
  },
});

describe('cases in a SQLite file', () => {
  test('are there when the file is opened again, also one from before there were cases', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-cases-'));
    const file = join(folder, 'records.db');
    const before = openSqlite(file);
    await createSqlRecords(before.db, 'sqlite');
    // As the file was left by the version before.
    await before.db.schema.dropTable('cases').execute();
    await before.db.deleteFrom('aftercare_migrations').where('name', '=', '002-cases').execute();
    await before.close();
    const first = openSqlite(file);
    const opened = await (await createSqlRecords(first.db, 'sqlite')).cases.open(aCase('test:1', 'c1'), 'k', at(0));
    await first.close();
    const again = openSqlite(file);
    const records = await createSqlRecords(again.db, 'sqlite');
    expect(await records.cases.find(opened.number)).toEqual(opened);
    expect(await records.cases.open(aCase('test:1', 'c1'), 'k', at(9))).toEqual(opened);
    await again.close();
    rmSync(folder, { recursive: true });
  });
});

describeRecords({
  name: 'PostgreSQL',
  start: async () => ({
    async open() {
      const { db, close } = openPostgres(postgres.url);
      return { ...(await createSqlRecords(db, 'postgres')), close };
    },
    stop: async () => undefined,
  }),
});

describe('records in SQL', () => {
  test('bring their tables up to date again without harm', async () => {
    const { db, close } = openPostgres(postgres.url);
    await Promise.all([1, 2, 3].map(() => migrateRecords(db, 'postgres')));
    const names = (await db.selectFrom('aftercare_migrations').select('name').execute()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['001-records', '002-cases', '003-case-entries', '004-reach', '005-receipt-chain-and-journal', '006-promises', '007-gaps']));
    await close();
  });

  test('take timers that are due past those another node is just taking, without waiting for it', async () => {
    const [node, other] = [openPostgres(postgres.url), openPostgres(postgres.url)];
    const { timers } = await createSqlRecords(other.db, 'postgres');
    const timer = (n: number) => ({ id: `taking/${n}`, conversationId: 'test:taking', name: 'n', dueAt: at(-1_000_000 + n), data: null });
    await timers.set(timer(1), timer(2), timer(3));
    await node.db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('timers').selectAll().where('id', 'in', ['taking/1', 'taking/3']).forUpdate().execute();
      expect((await timers.takeDue(at(-900_000), 1000, 10)).map(({ id }) => id)).toEqual(['taking/2']);
    });
    expect((await timers.takeDue(at(-900_000), 1000, 10)).map(({ id }) => id)).toEqual(['taking/1', 'taking/3']);
    await timers.done('taking/1', 'taking/2', 'taking/3');
    await Promise.all([node.close(), other.close()]);
  });

  test('that cannot be read are a fault naming the conversation', async () => {
    const { db, close } = openSqlite(':memory:');
    const records = await createSqlRecords(db, 'sqlite');
    await records.actions.open({ key: 'k', conversationId: 'test:1', flow: 'f', request: null, openedAt: at(0) });
    await db.updateTable('actions').set({ request: '{' }).execute();
    await expect(records.actions.find('k')).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('test:1') });
    await close();
  });

  test('of a PostgreSQL that is away are a fault, and come back with it', async () => {
    const server = await startPostgres();
    const warnings: string[] = [];
    const { db, close } = openPostgres(server.url, { onWarning: (warning) => warnings.push(warning) });
    const records = await createSqlRecords(db, 'postgres');
    await records.audit.add({ at: at(0), who: 'ann', what: 'looked', subject: 's' });
    await server.restart();
    // The pool may still hold the dead connection; what is asked after that gets a new one.
    const first = await records.audit.list(1).catch((error: unknown) => error);
    if (!Array.isArray(first)) expect(first).toMatchObject({ code: 'store.unreachable', mayHelpAgain: true });
    expect(await records.audit.list(1)).toHaveLength(1);
    await close();
    await server.stop();
    const away = openPostgres(server.url);
    await expect(createSqlRecords(away.db, 'postgres')).rejects.toMatchObject({ code: 'store.unreachable', mayHelpAgain: true });
    await away.close();
  }, 60_000);
});
