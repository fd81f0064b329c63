import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { faultFrom } from '../../src/stores/faults.js';
import { migrateRecords } from '../../src/stores/migrations.js';
import { openPostgres, type OpenPostgres } from '../../src/stores/postgres.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { freePort, startPostgres, type TestServer } from '../support/servers.js';
import { at } from './conversation-story.js';

// What is waited for is a server that says nothing.
jest.setTimeout(60_000);

let server: TestServer;
const opened: OpenPostgres[] = [];
beforeAll(async () => {
  server = await startPostgres();
});
afterEach(async () => {
  server.wake();
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});
afterAll(() => server.stop());

const open = (options: Parameters<typeof openPostgres>[1] = {}, url = server.url): OpenPostgres['db'] => {
  const one = openPostgres(url, { connections: 1, statementMs: 500, ...options });
  opened.push(one);
  return one.db;
};
const unreachable = { code: 'store.unreachable', mayHelpAgain: true };
const whoLooked = async (db: OpenPostgres['db']): Promise<unknown[]> => (await (await createSqlRecords(db, 'postgres')).audit.list(50)).map(({ who }) => who);

describe('a PostgreSQL that hangs with all its connections open', () => {
  test('is a fault after a time, and another try does it once it is back; what was under way on the connection never gets into the hands of the next', async () => {
    const db = open();
    const records = await createSqlRecords(db, 'postgres');
    let hasHung = false;
    const underWay = db.transaction().execute(async (transaction) => {
      await sql`create table half_done (id integer)`.execute(transaction);
      server.hang();
      hasHung = true;
      await sql`insert into half_done values (1)`.execute(transaction);
    }).catch((error: unknown) => faultFrom(error, 'PostgreSQL'));
    expect(await underWay).toMatchObject(unreachable);
    expect(hasHung).toBe(true);
    await expect(records.audit.add({ at: at(0), who: 'hung', what: 'looked', subject: 's' })).rejects.toMatchObject(unreachable);
    // A node that starts now does not wait without end either.
    await expect(createSqlRecords(open(), 'postgres')).rejects.toMatchObject(unreachable);
    server.wake();
    await records.audit.add({ at: at(1), who: 'ann', what: 'looked', subject: 's' });
    // Committed, and not within what was left open by somebody else.
    const other = open();
    expect(await whoLooked(other)).toContain('ann');
    expect((await sql<{ found: unknown }>`select to_regclass('half_done') as found`.execute(other)).rows).toEqual([{ found: null }]);
  });
});

describe('a network that swallows everything', () => {
  let relay: Server;
  let port = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    port = await freePort();
    relay = createServer((near) => {
      const far = createConnection({ host: '127.0.0.1', port: server.port });
      for (const [from, to] of [[near, far], [far, near]] as const) {
        sockets.add(from);
        from.on('data', (bytes) => void (isCut || to.write(bytes))).on('error', () => undefined).on('close', () => void (isCut || to.destroy()));
      }
    });
    await new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });

  test('is a fault after a time, on an open connection as on a new one, and once it is whole again so is everything else', async () => {
    const db = open({}, server.url.replace(`:${server.port}/`, `:${port}/`));
    const records = await createSqlRecords(db, 'postgres');
    isCut = true;
    await expect(records.audit.list(1)).rejects.toMatchObject(unreachable);
    await expect(records.audit.list(1)).rejects.toMatchObject(unreachable);
    isCut = false;
    await records.audit.add({ at: at(2), who: 'ben', what: 'looked', subject: 's' });
    expect(await whoLooked(open())).toContain('ben');
  });
});

describe('a statement that takes too long', () => {
  test('is ended by the server, so that its locks are free, and counts as one that may be tried again', async () => {
    const other = open();
    const ended = await sql`select pg_sleep(600)`.execute(open()).catch((error: unknown) => faultFrom(error, 'PostgreSQL'));
    expect(ended).toMatchObject(unreachable);
    expect((await sql<{ many: string }>`select count(*) as many from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`.execute(other)).rows).toEqual([{ many: '0' }]);
    expect((await sql`show idle_in_transaction_session_timeout`.execute(other)).rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }]);
  });

  test('may take as long as the URL says', async () => {
    const db = open({}, `${server.url}?statement_timeout=20000`);
    expect((await sql`show statement_timeout`.execute(db)).rows).toEqual([{ statement_timeout: '20s' }]);
    await sql`select pg_sleep(3)`.execute(db);
  });

  test('is none where it is a migration, or waits for another node that makes one', async () => {
    await sql`create database fresh`.execute(open());
    const url = server.url.replace(/\/aftercare$/u, '/fresh');
    const holder = open({ statementMs: 30_000 }, url);
    // Longer than any other statement would be waited for, by the server and by us.
    const held = sql`select pg_advisory_lock(7201122), pg_sleep(4), pg_advisory_unlock(7201122)`.execute(holder);
    const looking = open({}, url);
    while ((await sql`select 1 from pg_locks where locktype = 'advisory' and granted`.execute(looking)).rows.length === 0);
    const [db, other] = [open({}, url), open({}, url)];
    // Both wait, one migrates, and the other finds it done.
    await Promise.all([migrateRecords(db, 'postgres'), migrateRecords(other, 'postgres')]);
    expect((await db.selectFrom('aftercare_migrations').select('name').execute()).length).toBeGreaterThan(10);
    // The patience went with the transaction.
    expect((await sql`show statement_timeout`.execute(db)).rows).toEqual([{ statement_timeout: '500ms' }]);
    await held;
  });
});
