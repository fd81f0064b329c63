import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { checkHistory } from '../../src/chaos/checker.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import * as inbox from '../../src/stores/redis/inbox.lua.js';
import * as turn from '../../src/stores/redis/turn.lua.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { createLedger, runCourse, type Ledger } from './course.js';

jest.setTimeout(60_000);

let server: TestServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** The store as it is, but for one line of a script in another place's stead; the line must be there. */
async function open(prefix: string, from = '', to = ''): Promise<ConversationStore> {
  expect(inbox.ACCEPT + turn.COMMIT).toContain(from);
  jest.resetModules();
  jest.unstable_mockModule('../../src/stores/redis/inbox.lua.js', () => ({ ...inbox, ACCEPT: inbox.ACCEPT.replace(from, to) }));
  jest.unstable_mockModule('../../src/stores/redis/turn.lua.js', () => ({ ...turn, COMMIT: turn.COMMIT.replace(from, to) }));
  const { createRedisConversations } = await import('../../src/stores/redis-conversations.js');
  return createRedisConversations({ url: server.url, prefix });
}

async function violations(name: string, from?: string, to?: string, ledger: Ledger = createLedger()): Promise<string[]> {
  const store = await open(`${name}:`, from, to);
  try {
    return [...new Set(checkHistory(await runCourse(store, ledger, 11, name)).map(({ kind, what }) => `${kind} ${what}`))];
  } finally {
    await store.close();
  }
}

const checks = "if call('LPOS', done, fence) then return 'already' end\nif not holds(fence, owner) or call('LINDEX', inbox, 0) ~= head then return 'lost' end";
const remembered = "if call('LPOS', done, fence) then return 'already' end\n";
const isEmpty = "if call('LLEN', inbox) == 0 then return 'lost' end";

describe('the checks of a turn', () => {
  test('all there: nothing is lost, repeated or out of order', async () => {
    expect(await violations('sound')).toEqual([]);
  });
  test.each([
    ['the fence', `${remembered}if call('LINDEX', inbox, 0) ~= head then return 'lost' end`],
    ['the head', `${remembered}if not holds(fence, owner) then return 'lost' end`],
    ['the last turn', "if not holds(fence, owner) or call('LINDEX', inbox, 0) ~= head then return 'lost' end"],
  ])('stand in for one another: without %s alone the others still hold', async (name, to) => {
    expect(await violations(name.replaceAll(' ', '-'), checks, to)).toEqual([]);
  });
  test.each([
    ['the fence, where the head does not stand in for it, who lost the lease commits all the same', 'fence', `${remembered}${isEmpty}`],
    ['the head, where the fence does not stand in for it, a commit takes a message away that it has not answered', 'head', `if field('fence') == '' or call('LLEN', inbox) == 0 then return 'lost' end`],
    ['the last turn, where head and owner do not stand in for it, a commit whose answer was lost is made twice', 'last', `if field('fence') ~= fence or call('LLEN', inbox) == 0 then return 'lost' end`],
  ])('are missed: without %s', async (_, name, to) => {
    expect(await violations(`no-${name}`, checks, to)).toEqual(expect.arrayContaining(['repeated reply']));
  });
  test('are missed: without the ledger a turn taken again writes again', async () => {
    expect(await violations('no-ledger', undefined, undefined, createLedger(false))).toEqual(['repeated write']);
  });
  test('are missed: without the deduplication a message sent twice stands in the way of those behind it', async () => {
    expect(await violations('no-deduplication', "if call('ZSCORE', seen, itemId) then return 0 end", '')).not.toEqual([]);
  });
});
