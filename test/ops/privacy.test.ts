import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { openPrivacy, type Core } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { startRetention } from '../../src/ops/retention.js';
import { photo, type Visit } from '../support/doors/door.js';
import { openStage, theDay, type Stage } from '../support/doors/stage.js';
import { openWebDoor } from '../support/doors/web.js';
import { dataFolder, until } from '../support/served.js';
import { startPostgres, startRedis, type TestServer } from '../support/servers.js';

jest.setTimeout(120_000);

/** Said by Tom alone, in words, as a name and as a file; nothing of the shop's holds it. */
const planted = ['quokka', 'planted-photo.png'];

interface Export {
  readonly customer: { readonly email: string };
  readonly orders: readonly { readonly number: string }[];
  readonly conversations: readonly { readonly conversationId: string; readonly lines: readonly { readonly text: string }[]; readonly records: Readonly<Record<string, readonly object[]>>; readonly files: readonly { readonly name: string; readonly content: string }[] }[];
}

/** The rows of every table, as one text. */
async function recordsText(core: Core): Promise<string> {
  const tables = await core.shopDb.introspection.getTables();
  const rows = await Promise.all(tables.map(async ({ name }) => JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(core.shopDb)).rows)));
  return rows.join('\n');
}

/** Everything in a folder, as bytes in one text. */
const bytesIn = (path: string): string => readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)).filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'latin1')).join('\n');

async function tomTalks(stage: Stage): Promise<Visit> {
  const visit = await openWebDoor(stage).visit('tom');
  await visit.says(['The quokka on my pillow says hello']);
  await visit.says(['Where is my order AC-100004?']);
  await visit.says(['tom@example.com']);
  await visit.sendsPhoto?.(photo, 'planted-photo.png');
  await visit.says(['talk to a person about the quokka']);
  const { core } = stage;
  const at = core.clock.now();
  const conversationId = visit.conversationId;
  await core.records.cases.open({ kind: 'carrier_enquiry', conversationId, customerId: 'cus-0002', orderNumber: 'AC-100004', owner: 'carrier_desk', dueAt: at, details: { said: 'quokka' } }, `k-${conversationId}`, at);
  await core.records.understandings.add({ conversationId, messageId: 'm1', at, understanding: { text: 'quokka' } });
  await core.records.transcripts.add(conversationId, [{ id: 'l1', seq: 1, at, from: 'customer', locale: 'en', text: 'quokka' }]);
  await core.records.notes.add({ id: `n-${conversationId}`, conversationId, at, agent: { id: 'a', name: 'Ada' }, text: 'he likes his quokka' });
  await core.records.tokens.put(`t-${conversationId}`, 'customer-link', { customerId: 'cus-0002' }, at);
  await core.records.audit.add({ at, who: 'ada', what: 'desk.view', subject: conversationId });
  await core.mailer.send({ to: 'Tom@example.com', subject: 'your code', text: 'quokka' });
  return visit;
}

async function settle({ records }: Core, conversationId: string): Promise<void> {
  for (const { id } of await records.tickets.ofConversation(conversationId)) await records.tickets.update(id, { state: 'closed' });
  for (const { number } of await records.cases.ofCustomer('cus-0002')) await records.cases.update(number, { state: 'closed' });
}

const kinds = [
  { name: 'SQLite', start: async () => ({ settings: {}, servers: [] as TestServer[] }) },
  { name: 'PostgreSQL and Redis', start: async () => {
    const servers = await Promise.all([startPostgres(), startRedis()]);
    return { settings: { DATABASE_URL: servers[0].url, REDIS_URL: servers[1].url }, servers };
  } },
];

describe.each(kinds)('a customer whose data are in $name', ({ name, start }) => {
  let folder: ReturnType<typeof dataFolder>;
  let servers: readonly TestServer[] = [];
  let settings: Record<string, string>;
  let stage: Stage;
  let tom: Visit;
  let emily: Visit;
  beforeAll(async () => {
    folder = dataFolder();
    const started = await start();
    servers = started.servers;
    settings = { ...started.settings, DATA_DIR: folder.path };
    stage = await openStage('serve', settings);
    tom = await tomTalks(stage);
    emily = await openWebDoor(stage).visit('emily');
    await emily.says(['Where is my order AC-100050?']);
    await emily.says(['emily@example.com']);
  });
  afterAll(async () => {
    await stage?.close();
    for (const server of servers) await server.stop();
    folder?.remove();
  });

  test('gets all of it in one piece: shop, talks, state, records, files', async () => {
    const got = await stage.core.privacy.exportOf({ customerId: 'cus-0002' }) as unknown as Export;
    expect(got.customer.email).toBe('tom@example.com');
    expect(got.orders.map(({ number }) => number)).toContain('AC-100004');
    expect(got.conversations.map(({ conversationId }) => conversationId)).toEqual([tom.conversationId]);
    const [talk] = got.conversations;
    expect(talk?.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['The quokka on my pillow says hello', 'tom@example.com']));
    // Beside Redis what it holds is kept in the records, too.
    const besides = name === 'SQLite' ? [] : ['inbox', 'snapshots'];
    expect(Object.keys(talk?.records ?? {}).toSorted()).toEqual(['audit', 'cases', 'facts', 'handovers', 'journal', 'notes', 'reach', 'tickets', 'timers', 'transcripts', 'understandings', ...besides].toSorted());
    expect(talk?.files.map((file) => [file.name, file.content])).toEqual([['planted-photo.png', expect.stringMatching(/^iVBOR/u)]]);
    expect(JSON.stringify(got)).not.toContain('emily');
  });

  test('is not erased while a matter is open, and is told which', async () => {
    const open = await stage.core.privacy.openOf({ customerId: 'cus-0002' });
    expect(open.map((one) => one.split(' ')[0]).toSorted()).toEqual(['case', 'ticket', 'ticket']);
  });

  test('is erased beside the running service everywhere but from the shop’s orders; the audit log knows them by a pseudonym', async () => {
    await settle(stage.core, tom.conversationId);
    const read = readConfig(settings);
    if ('problems' in read) throw new Error('wrong settings');
    const other = await openPrivacy(read.config);
    const report = await other.privacy.erase({ customerId: 'cus-0002' }, 'operator');
    await other.close();
    expect(report).toMatchObject({ conversations: 1, files: 1, mails: 1, records: { cases: 1, notes: 1, transcripts: expect.any(Number), understandings: expect.any(Number), tokens: 1 } });
    expect(await stage.core.store.head(tom.conversationId)).toBeNull();
    const records = await recordsText(stage.core);
    for (const trace of [...planted, tom.conversationId]) expect([trace, records.includes(trace)]).toEqual([trace, false]);
    // Of the shop's own, nothing is missing.
    expect((await stage.core.shop.reader.ordersOf('cus-0002')).length).toBeGreaterThan(3);
    const audit = await stage.core.records.audit.list(10);
    expect(audit[0]).toMatchObject({ what: 'privacy.erase', who: 'operator', subject: report.subject, details: { conversations: 1, files: 1, mails: 1 } });
    expect(audit.find(({ what }) => what === 'desk.view')?.subject).toMatch(/^erased:[0-9a-f]{16}$/u);
    expect(report.subject).toMatch(/^erased:[0-9a-f]{16}$/u);
    // Not even in what a deletion leaves behind on the disk.
    const left = bytesIn(folder.path);
    for (const trace of [...planted, tom.conversationId]) expect([trace, left.includes(trace)]).toEqual([trace, false]);
  });

  test('others keep what is theirs, and the service goes on', async () => {
    expect((await emily.says(['Where is my order AC-100050?'])).words).toContain('AC-100050');
    const again = await openWebDoor(stage).visit('new');
    expect((await again.says(['Are you a bot?'])).words).not.toBe('');
    expect(stage.failures).toEqual([]);
  });

  test('a second erasure finds nothing more; one of somebody unknown is refused', async () => {
    expect(await stage.core.privacy.erase({ customerId: 'cus-0002' }, 'operator')).toMatchObject({ conversations: 0, files: 0, mails: 0 });
    await expect(stage.core.privacy.erase({ customerId: 'nobody' }, 'operator')).rejects.toMatchObject({ code: 'input.invalid' });
  });

  test('somebody the shop does not know is found by the conversation', async () => {
    const visit = await openWebDoor(stage).visit('anonymous');
    await visit.says(['my secret word is quokka']);
    expect(await stage.core.privacy.erase({ conversationIds: [visit.conversationId] }, 'operator')).toMatchObject({ conversations: 1 });
    expect(await stage.core.store.readLog(visit.conversationId, 0, 10)).toEqual([]);
  });

  test('what nobody has touched for the days of the setting is forgotten, what is open or newer stays', async () => {
    const { core, clock } = stage;
    const [quiet, waiting] = [await openWebDoor(stage).visit('quiet'), await openWebDoor(stage).visit('waiting')];
    await quiet.says(['hello there']);
    await quiet.sendsPhoto?.(photo, 'old.png');
    await waiting.says(['talk to a person']);
    await core.records.tokens.put('old', 'one-time-code', {}, core.clock.now());
    await core.records.attempts.note('conversation:old', core.clock.now());
    clock.set(Date.parse(theDay) + 40 * 86_400_000);
    const recent = await openWebDoor(stage).visit('recent');
    await recent.says(['hello there']);
    expect((await core.privacy.sweep(0)).conversations).toBe(0);
    expect(await core.store.head(quiet.conversationId)).not.toBeNull();
    const swept = await core.privacy.sweep(30);
    expect(swept.conversations).toBeGreaterThanOrEqual(1);
    const heads = await Promise.all([quiet, waiting, recent].map((one) => core.store.head(one.conversationId)));
    expect(heads.map((head) => head !== null)).toEqual([false, true, true]);
    expect(await core.privacy.exportOf({ conversationIds: [quiet.conversationId] })).toMatchObject({ conversations: [{ lines: [], records: {}, files: [] }] });
    expect((await core.records.audit.list(1))[0]).toMatchObject({ who: 'retention', what: 'privacy.retention', subject: '30 days' });
    // Timers of the others that the leap of the clock woke may have held a conversation back; then it comes to rest.
    await until('nothing more to forget', async () => (await core.privacy.sweep(30)).conversations === 0);
    expect(await core.store.head(waiting.conversationId)).not.toBeNull();
    expect(await core.store.head(recent.conversationId)).not.toBeNull();
    clock.set(theDay);
  });
});

describe('retention', () => {
  test('runs in the background, tells what it did, survives a failure and waits for its end', async () => {
    jest.useFakeTimers();
    try {
      const told: string[] = [];
      const log = { info: (event: string) => void told.push(event), warn: () => undefined, error: (event: string) => void told.push(event) };
      let sweeps = 0;
      const stop = startRetention({ days: 30, log, privacy: { sweep: async (days) => {
        sweeps += 1;
        if (sweeps === 1) throw new Error(`no ${days}`);
        return { conversations: 2, records: {} };
      } } });
      await jest.advanceTimersByTimeAsync(3_700_000);
      await stop();
      expect([sweeps, told]).toEqual([2, ['retention.failed', 'retention.swept']]);
    } finally {
      jest.useRealTimers();
    }
  });
});
