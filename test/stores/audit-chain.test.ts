import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { audit } from '../../src/cli/audit.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { createSqlPersonal } from '../../src/stores/sql-personal.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { openSqlite, type OpenSqlite } from '../../src/stores/sqlite.js';
import type { Records } from '../../src/ports/records.js';

let folder: string;
let file: OpenSqlite;
let records: Records;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-audit-'));
  file = openSqlite(join(folder, 'records.db'));
  records = await createSqlRecords(file.db, 'sqlite');
});
afterEach(async () => {
  await file.close();
  rmSync(folder, { recursive: true, force: true });
});

const entry = (n: number, subject = `web:${n}`) => ({ at: `2026-06-17T09:00:0${n}.000Z`, who: 'ada', what: 'desk.view', subject, details: { customer: 'cus-0001' } });
const fill = async (count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await records.audit.add(entry(n));
};

describe('the audit log', () => {
  test('is chained, also where entries come at the same moment, and lists what was added without the chain', async () => {
    await Promise.all(Array.from({ length: 9 }, (_, n) => records.audit.add(entry(n + 1))));
    expect(await records.audit.prove()).toMatchObject({ entries: 9, sealed: 9, erased: 0, unsealed: 0 });
    expect((await records.audit.prove()).broken).toBeUndefined();
    expect((await records.audit.list(20)).map((one) => Object.keys(one).toSorted())).toEqual(Array(9).fill(['at', 'details', 'subject', 'what', 'who']));
    const twin = createMemoryRecords();
    await twin.audit.add(entry(1));
    expect([await twin.audit.list(1), await twin.audit.prove()]).toMatchObject([[entry(1)], { entries: 1, sealed: 1 }]);
  });

  test.each([
    ['a changed time', sql`update audit set entry = replace(entry, '09:00:03', '09:00:33') where position = 3`, 3],
    ['a changed name of who did it', sql`update audit set entry = replace(entry, '"ada"', '"eve"') where position = 4`, 4],
    ['a changed subject', sql`update audit set entry = replace(entry, 'web:2', 'web:7') where position = 2`, 2],
    ['a changed detail', sql`update audit set entry = replace(entry, 'cus-0001', 'cus-0002') where position = 2`, 2],
    ['a subject changed with its salt taken away', sql`update audit set entry = json_remove(replace(entry, 'web:2', 'web:7'), '$.seal.salt') where position = 2`, 2],
    ['an entry taken out', sql`delete from audit where position = 3`, 3],
    ['an entry without a seal put in', sql`insert into audit (entry) values ('{"at":"x","who":"ada","what":"desk.view","subject":"s"}')`, 6],
    ['an entry that is no entry', sql`update audit set entry = 'nothing' where position = 1`, 1],
  ])('tells %s', async (_what, tampering, at) => {
    await fill(5);
    await tampering.execute(file.db);
    expect((await records.audit.prove()).broken).toEqual({ at });
  });

  test('an erasure puts a pseudonym in, and the chain holds; whose it was can be worked out from nothing that is left', async () => {
    await fill(4);
    await createSqlPersonal(file.db, 'sqlite').eraseConversation('web:2', 'erased:0123456789abcdef');
    await createSqlPersonal(file.db, 'sqlite').eraseCustomer('cus-0001', 'erased:00112233445566aa');
    await fill(1);
    expect(await records.audit.prove()).toMatchObject({ entries: 5, sealed: 5, erased: 4 });
    expect((await records.audit.prove()).broken).toBeUndefined();
    const stored = JSON.stringify((await sql<{ entry: string }>`select entry from audit where position <= 4`.execute(file.db)).rows);
    expect(stored).not.toMatch(/web:2|cus-0001|salt/u);
  });

  test('entries from before there was a chain stand in front of it', async () => {
    await sql`insert into audit (entry) values (${JSON.stringify(entry(1))})`.execute(file.db);
    await fill(2);
    expect(await records.audit.prove()).toMatchObject({ entries: 3, sealed: 2, unsealed: 1 });
  });

  test('an end cut off is told by the head that was noted', async () => {
    await fill(3);
    const { head } = await records.audit.prove();
    expect(await records.audit.prove(head)).toMatchObject({ isHeadThere: true });
    await sql`delete from audit where position = 3`.execute(file.db);
    expect(await records.audit.prove(head)).toMatchObject({ isHeadThere: false });
    const told: string[] = [];
    const before = process.env['DATA_DIR'];
    process.env['DATA_DIR'] = folder;
    const io = { out: (text: string) => void told.push(text), err: () => undefined, stdin: Readable.from([]) };
    const codes = [await audit.run(['verify', '--json'], io), await audit.run(['verify', '--head', head], io)];
    if (before === undefined) delete process.env['DATA_DIR'];
    else process.env['DATA_DIR'] = before;
    expect(codes).toEqual([0, 1]);
    expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ ok: true, entries: 2 });
    expect(told.join('')).toContain('entries are missing at its end');
  });
});
