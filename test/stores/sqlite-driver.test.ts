import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqlite, type OpenSqlite } from '../../src/stores/sqlite.js';

let file: OpenSqlite;

beforeEach(() => {
  file = openSqlite(':memory:');
  file.raw.exec('CREATE TABLE gaps (id TEXT PRIMARY KEY, question TEXT, locale TEXT, at TEXT)');
});

afterEach(() => file.close());

const add = (id: string, db = file.db) => db.insertInto('gaps').values({ id, question: '', locale: 'en', at: '' }).execute();
const ids = async (): Promise<string[]> => (await file.db.selectFrom('gaps').select('id').orderBy('id').execute()).map(({ id }) => id);

describe('a SQLite file that many write to at the same moment', () => {
  test('keeps what each wrote, and tells whose write could not be', async () => {
    await add('b');
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => add(id)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: expect.stringMatching(/^SQLITE_CONSTRAINT/u) } });
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  test('says how many rows a write touched', async () => {
    await Promise.all(['a', 'b'].map((id) => add(id)));
    expect((await file.db.updateTable('gaps').set({ locale: 'de' }).executeTakeFirst()).numUpdatedRows).toBe(2n);
    expect((await file.db.deleteFrom('gaps').where('id', '=', 'z').executeTakeFirst()).numDeletedRows).toBe(0n);
    expect(await file.db.deleteFrom('gaps').where('id', '=', 'a').returning('locale').execute()).toEqual([{ locale: 'de' }]);
  });

  test('lets nobody into a transaction: what is undone is that alone, and nobody sees it before', async () => {
    let undo = (): void => undefined;
    const held = new Promise<void>((resolve) => (undo = resolve));
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const undone = file.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('gaps').values({ id: 'undone', question: '', locale: 'en', at: '' }).execute();
      begin();
      await held;
      throw new Error('undone');
    });
    await begun;
    const others = Promise.all([ids(), add('kept'), file.db.transaction().execute((transaction) => transaction.insertInto('gaps').values({ id: 'too', question: '', locale: 'en', at: '' }).execute())]);
    undo();
    await expect(undone).rejects.toThrow('undone');
    expect((await others)[0]).not.toContain('undone');
    expect(await ids()).toEqual(['kept', 'too']);
  });

  test('has written what was asked for before it is closed', async () => {
    await add('first');
    const written = add('last');
    const closed = file.close();
    await expect(written).resolves.toBeDefined();
    await closed;
    await expect(ids()).rejects.toThrow(/destroyed|closed/u);
    file = openSqlite(':memory:');
  });
});
