import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createSqliteConversations } from '../../src/stores/sql-conversations.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { message, metaOf } from './conversation-story.js';

const CONVERSATIONS = 5;
const MESSAGES = 60;

/** Starts a node and resolves `commits(n)` once it reported so many. */
function startNode(path: string, owner: string): { readonly child: ChildProcess; commits(n: number): Promise<void>; end(signal: NodeJS.Signals): Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/stores/sqlite-node.ts', path, owner], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = 0;
  let check = (): void => undefined;
  child.stdout?.on('data', (chunk: Buffer) => {
    count += chunk.toString().split('committed').length - 1;
    check();
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => { check(); resolve(); }));
  return {
    child,
    commits: (n) => new Promise((resolve, reject) => {
      check = () => {
        if (count >= n) resolve();
        else if (child.exitCode !== null) reject(new Error(`the node ended with ${child.exitCode} after ${count} commits`));
      };
      check();
    }),
    async end(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

test('two processes on one SQLite file turn each message once and in order, even when one is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-sqlite-'));
  const path = join(folder, 'conversations.db');
  const file = openSqlite(path);
  const store = createSqliteConversations(file.raw);
  const ids = Array.from({ length: CONVERSATIONS }, (_, n) => `test:p${n}`);
  const nodes = [startNode(path, 'one'), startNode(path, 'two')];
  try {
    for (let n = 0; n < MESSAGES; n += 1) {
      for (const id of ids) expect(await store.accept(id, message(id, `m${n}`), metaOf({ conversationId: id }))).toBe('accepted');
    }
    await nodes[0]?.commits(20);
    await nodes[0]?.end('SIGKILL');
    nodes[0] = startNode(path, 'three');
    while ((await store.pending()).inbox > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const wanted = Array.from({ length: MESSAGES }, (_, n) => `m${n}`);
    for (const id of ids) {
      expect((await store.head(id))?.state).toEqual(wanted);
      const log = await store.readLog(id, 0, 1000);
      expect(log.filter((line) => line.from === 'bot').map((line) => line.id)).toEqual(wanted.map((item) => `${id}/${item}`));
      expect(log.map((line) => line.seq)).toEqual(log.map((_, n) => n + 1));
    }
  } finally {
    for (const node of nodes) await node.end('SIGTERM');
    await store.close();
    await file.close();
    rmSync(folder, { recursive: true });
  }
}, 120_000);
