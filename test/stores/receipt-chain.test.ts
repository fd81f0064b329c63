import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openSqlite } from '../../src/stores/sqlite.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';

const folder = mkdtempSync(join(tmpdir(), 'aftercare-chain-'));
afterAll(() => rmSync(folder, { recursive: true }));

const receipt = (rule: string) => ({ rule, granted: true, inputs: { days: 3 }, policyVersion: '1', at: '2026-06-17T09:00:00.000Z' });

describe('receipts somebody laid hands on', () => {
  test.each([
    ['a value that was changed', `update receipts set receipt = replace(receipt, '"granted":true', '"granted":false') where n = 2`, 2],
    ['one that was taken out', 'delete from receipts where n = 2', 2],
    ['one that was moved', 'update receipts set n = 7 where n = 3', 3],
    ['one whose hash was made to fit itself', `update receipts set turn = 'other' where n = 1`, 1],
    ['one that is no JSON any more', `update receipts set receipt = '{' where n = 3`, 3],
  ])('are found: %s', async (name, statement, at) => {
    const { db, close } = openSqlite(join(folder, `${name}.db`));
    const records = await createSqlRecords(db, 'sqlite');
    await records.receipts.add(['a', 'b', 'c', 'd'].map((rule) => ({ conversationId: 'c', turn: 't', receipt: receipt(rule) })));
    expect((await records.receipts.prove('c')).broken).toBeUndefined();
    await sql.raw(statement).execute(db);
    expect(await records.receipts.prove('c')).toMatchObject({ broken: { at } });
    await close();
  });
});
