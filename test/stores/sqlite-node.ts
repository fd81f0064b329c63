import { createSqliteConversations } from '../../src/stores/sql-conversations.js';
import { openSqlite } from '../../src/stores/sqlite.js';

/** A node of its own process over one SQLite file, for `sqlite-processes.test.ts`: turns whatever waits until told to stop, left alone or killed. */
const [path = '', owner = ''] = process.argv.slice(2);
const file = openSqlite(path);
const store = createSqliteConversations(file.raw);
let isStopping = false;
const stop = (): void => {
  isStopping = true;
};
process.on('SIGTERM', stop);
// Who started it holds the other end: a node never outlives its test.
process.stdin.on('end', stop).resume();
while (!isStopping) {
  const now = new Date().toISOString();
  const claim = await store.claim(owner, 100, now);
  if (claim === null) {
    // Nothing waits: the processor is the others'.
    await new Promise((resolve) => setTimeout(resolve, 2));
    continue;
  }
  const past = Array.isArray(claim.state) ? claim.state : [];
  const lines = [{ id: `${claim.conversationId}/${claim.head.id}`, at: now, from: 'bot' as const, locale: 'en', text: owner }];
  const outcome = await store.commit(claim, { state: [...past, claim.head.id], lines, epoch: 0 }, now);
  process.stdout.write(`${outcome}\n`);
}
await store.close();
await file.close();
process.stdin.destroy();
