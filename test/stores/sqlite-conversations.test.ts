import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createSqliteConversations } from '../../src/stores/sql-conversations.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { describeConcurrency } from './concurrency.js';
import { at, message, metaOf, said, type Kind } from './conversation-story.js';
import { describeConversations } from './conversations-contract.js';

const sqlite: Kind = {
  name: 'SQLite',
  isShared: true,
  courses: 2,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-sqlite-'));
    return {
      async open() {
        const file = openSqlite(join(folder, 'conversations.db'));
        const store = createSqliteConversations(file.raw);
        return { ...store, close: async () => { await store.close(); await file.close(); } };
      },
      stop: async () => rmSync(folder, { recursive: true }),
    };
  },
};

describeConversations(sqlite);
describeConcurrency(sqlite);

describe('a SQLite file', () => {
  test('makes a commit reach the disk, waits for its lock and keeps a log beside the file', async () => {
    const subject = mkdtempSync(join(tmpdir(), 'aftercare-sqlite-'));
    const file = openSqlite(join(subject, 'deep', 'x.db'));
    expect(file.raw.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(file.raw.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(file.raw.pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(file.raw.pragma('busy_timeout')).toEqual([{ timeout: 5000 }]);
    await file.close();
    rmSync(subject, { recursive: true });
  });

  test('is durable again after a lease, which is not', async () => {
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    const item = message('test:1', 'm1');
    await store.accept('test:1', item, metaOf(item));
    await store.claim('worker', 1000, at(0));
    expect(file.raw.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    await file.close();
  });

  test.each(['state', 'address'] as const)('whose %s cannot be read is a fault that names the conversation and stops no other', async (column) => {
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    for (const id of ['test:bad', 'test:good']) {
      const item = message(id, 'm1');
      await store.accept(id, item, metaOf(item));
    }
    file.raw.exec(`UPDATE conversations SET ${column} = '{' WHERE id = 'test:bad'`);
    await expect(store.claim('worker', 1000, at(0))).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('test:bad') });
    expect((await store.claim('worker', 1000, at(1)))?.conversationId).toBe('test:good');
    await file.close();
  });

  test('delivers the readable lines before it tells of an unreadable one', async () => {
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    for (const id of ['test:bad', 'test:good']) {
      const item = message(id, 'm1');
      await store.accept(id, item, metaOf(item));
      const claim = await store.claim('worker', 1000, at(0), id);
      if (claim !== null) await store.commit(claim, { state: null, lines: [said('b1')], epoch: 0 }, at(0));
    }
    file.raw.exec("UPDATE conversation_lines SET line = '{' WHERE conversation_id = 'test:bad' AND seq = 2");
    expect((await store.takeOutbox('sender', 10, at(1), 10)).map((entry) => entry.conversationId)).toEqual(['test:good']);
    await expect(store.takeOutbox('sender', 1, at(11), 1)).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining('test:bad') });
    await expect(store.readLog('test:bad', 0, 10)).rejects.toMatchObject({ code: 'store.corrupt' });
    await file.close();
  });

  test('lets a conversation wait while a transaction of the records is open on the same connection', async () => {
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    const item = message('test:1', 'm1');
    let accepted: Promise<string> = Promise.resolve('');
    await expect(file.db.transaction().execute(async () => {
      accepted = store.accept('test:1', item, metaOf(item));
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(await store.head('test:1')).toBeNull();
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await accepted).toBe('accepted');
    expect(await store.head('test:1')).not.toBeNull();
    await file.close();
  });

  test('that cannot be written is a fault', async () => {
    expect(() => openSqlite('/dev/null/x.db')).toThrow(expect.objectContaining({ code: 'store.unreachable' }));
    const file = openSqlite(':memory:');
    const store = createSqliteConversations(file.raw);
    const item = message('test:1', 'm1');
    file.raw.exec('PRAGMA query_only = ON');
    await expect(store.accept('test:1', item, metaOf(item))).rejects.toMatchObject({ code: 'store.unreachable' });
    await file.close();
  });
});
