import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createSqliteConversations } from '../../src/stores/sql-conversations.js';
import { openSqlite } from '../../src/stores/sqlite.js';
import { message, metaOf } from './conversation-story.js';

const IDS = Array.from({ length: 5 }, (_, n) => `test:p${n}`);
const ENOUGH = 20;

/** Lets what came in be heard, and the file's lock go to the others for a moment. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** Starts a node; `commits` counts what it reported, `isOver` tells that it ended, `end` sends the signal and waits for that. */
function startNode(path: string, owner: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/stores/sqlite-node.ts', path, owner], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const node = {
    commits: 0,
    errors: '',
    isOver: false,
    async end(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal);
      await exited;
    },
  };
  child.stdout.on('data', (chunk: Buffer) => {
    node.commits += chunk.toString().split('committed').length - 1;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    node.errors += chunk.toString();
  });
  child.once('exit', () => {
    node.isOver = true;
  });
  return node;
}

test('two processes on one SQLite file turn each message once and in order, even when one is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-sqlite-'));
  const path = join(folder, 'conversations.db');
  const file = openSqlite(path);
  const store = createSqliteConversations(file.raw);
  const one = startNode(path, 'one');
  const two = startNode(path, 'two');
  const nodes = [one, two];
  const sent: string[] = [];
  const sendRound = async (): Promise<void> => {
    const id = `m${sent.length}`;
    sent.push(id);
    for (const conversation of IDS) expect(await store.accept(conversation, message(conversation, id), metaOf({ conversationId: conversation }))).toBe('accepted');
  };
  const assertAlive = (): void => {
    const over = nodes.find((node) => node.isOver);
    if (over !== undefined) throw new Error(`a node ended by itself: ${over.errors}`);
  };
  try {
    // Either may start late or find the lock taken: messages come, never many ahead, until both have had their share.
    while (one.commits < ENOUGH || two.commits < ENOUGH) {
      if ((await store.pending()).inbox < ENOUGH) await sendRound();
      await breath();
      assertAlive();
    }
    for (let n = 0; n < ENOUGH; n += 1) await sendRound();
    await one.end('SIGKILL');
    nodes[0] = startNode(path, 'three');
    while ((await store.pending()).inbox > 0) {
      assertAlive();
      await breath();
    }
    for (const id of IDS) {
      expect((await store.head(id))?.state).toEqual(sent);
      const log = await store.readLog(id, 0, 10_000);
      expect(log.filter((line) => line.from === 'bot').map((line) => line.id)).toEqual(sent.map((item) => `${id}/${item}`));
      expect(log.map((line) => line.seq)).toEqual(log.map((_, n) => n + 1));
    }
  } finally {
    for (const node of nodes) await node.end('SIGTERM');
    await store.close();
    await file.close();
    rmSync(folder, { recursive: true });
  }
}, 120_000);
