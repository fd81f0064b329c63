import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { checkHistory } from '../../src/chaos/checker.js';
import { chaosBook, chaosClassifier, chaosTexts } from '../../src/chaos/talk.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { Records } from '../../src/ports/records.js';
import type { ShopWriter } from '../../src/ports/shop.js';
import type { Failpoint } from '../../src/runtime/failpoints.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import * as inbox from '../../src/stores/redis/inbox.lua.js';
import * as turn from '../../src/stores/redis/turn.lua.js';
import { startRedis, type TestServer } from '../support/servers.js';
import { reading } from '../flows/writes.js';
import { aCore } from '../support/a-core.js';
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

describe('the two ledgers of a write, the row of the records and the receipt of the shop', () => {
  /** The writer, which tells of each write that is really made; `forgets` has the shop not know a key again. */
  const writerOf = (writer: ShopWriter, forgets: boolean, made: () => void): ShopWriter => {
    let calls = 0;
    return {
      ...writer,
      async changeDefaultAddress(request, given) {
        const key = forgets ? `${given}|${(calls += 1)}` : given;
        if (await writer.receiptOf(key) === null) made();
        return writer.changeDefaultAddress(request, key);
      },
    };
  };
  /** Rows as they are kept; `forgets` has them know of no receipt. */
  const rowsOf = ({ actions, ...records }: Records, forgets: boolean): Records => ({ ...records, actions: { ...actions, close: async (...given) => void (forgets || await actions.close(...given)) } });

  /** A change with its plan and its yes, through the runtime, whose turn breaks off the first time it comes past this place; then the whole history is looked through. */
  async function broken(at: Failpoint, { row, receipt }: { readonly row: boolean; readonly receipt: boolean }): Promise<string[]> {
    const core = await aCore();
    const own = core.shop;
    const [conversation, customer] = ['test:one', 'cus-0001'];
    let [isBroken, made] = [false, 0];
    const runtime = createRuntime({
      ...core, book: chaosBook, classifier: chaosClassifier, texts: chaosTexts, guard: { read: () => [] }, records: rowsOf(core.records, !row),
      shop: { ...reading(own, { findCustomer: () => own.reader.findCustomer(customer) }), writer: writerOf(own.writer, !receipt, () => void (made += 1)) },
      pass: (place) => {
        if (place !== at || isBroken) return;
        isBroken = true;
        throw new Error('the turn breaks off');
      },
    });
    await runtime.start();
    const accepted = [{ conversation, message: 'm1' }, { conversation, message: 'm2', write: '1x1' }];
    for (const [n, text] of ['street 1x1', 'yes'].entries()) {
      await runtime.door.accept({ kind: 'message', id: `m${n + 1}`, conversationId: conversation, channel: 'test', address: null, at: core.clock.now(), text });
      // What broke off is taken again later, by the clock.
      const later = setInterval(() => core.clock.move(1_000), 20);
      await runtime.settled(conversation);
      clearInterval(later);
    }
    await runtime.stop();
    expect(isBroken).toBe(true);
    const delivered = (await core.store.readLog(conversation, 0, 99)).filter(({ from }) => from === 'bot').map(({ id: line, text }) => ({ conversation, message: line.replace(/\.\w$/u, ''), line, text, ...(text.includes('chaos.done') ? { says: 'written' as const } : {}) }));
    const writes = Array.from({ length: made }, () => ({ conversation, write: '1x1' }));
    return checkHistory({ accepted, delivered, writes }).map(({ kind, what }) => `${kind} ${what}`);
  }

  test.each([['shop-write', { row: true, receipt: true }], ['receipt', { row: true, receipt: true }], ['shop-write', { row: false, receipt: true }], ['receipt', { row: true, receipt: false }]] as const)('broken off at %s, with %j: written once', async (at, there) => {
    expect(await broken(at, there)).toEqual([]);
  });
  test.each([['shop-write', { row: true, receipt: false }], ['receipt', { row: false, receipt: false }]] as const)('are missed: broken off at %s, with %j, it is written again', async (at, there) => {
    expect(await broken(at, there)).toEqual(['repeated write']);
  });
});
