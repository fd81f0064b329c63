import { randomUUID } from 'node:crypto';
import { Cluster, type Redis } from 'ioredis';
import type { RestorableConversations } from '../../ports/inbox-journal.js';
import { partitionKeys, shareKey } from './keys.js';
import { runScript, scriptOf } from './scripts.js';

/** Arguments: the mark as it was when mending began, the run. A memory that was lost while it was mended has another mark, and is mended again. */
const VOUCH = scriptOf("if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end return 1");

const DONE = 'done';
/** A node that has a conversation in hand for longer has died over it, or hangs. */
const inHandMs = 5_000;
/** Putting everything back takes less; what takes longer is looked through once more. */
const doneMs = 600_000;

/**
 * Tells whether the memory of the server is the one that was vouched for: a mark in it that names the run of every master. A server that was
 * started anew, fell back to a copy or was emptied has another run or no mark. All nodes that find the same loss share out what is to be put back by its mark.
 */
export function createMemoryMark(commands: Redis | Cluster, prefix: string): Pick<RestorableConversations, 'isVouchedFor' | 'vouch' | 'share' | 'shared'> {
  const key = `${prefix}${/\{.*\}/u.exec(partitionKeys(prefix, 0)[0] ?? '')?.[0] ?? ''}:mark`;
  const runs = async (): Promise<string> => {
    const servers = commands instanceof Cluster ? commands.nodes('master') : [commands];
    const told = await Promise.all(servers.map((server) => server.info('server')));
    return told.map((text) => /run_id:(\w+)/u.exec(text)?.[1] ?? '').toSorted().join(' ');
  };
  let before = { mark: '', run: '' };
  const node = randomUUID();
  const shareOf = (conversationId: string): string => shareKey(prefix, conversationId, `${before.mark}\n${before.run}`);
  return {
    async isVouchedFor() {
      const run = await runs();
      await commands.set(key, `mending ${randomUUID()}`, 'NX');
      before = { mark: await commands.get(key) ?? '', run };
      return before.mark === run;
    },
    async share(conversationId) {
      const own = shareOf(conversationId);
      if (await commands.set(own, node, 'PX', inHandMs, 'NX') === 'OK') return 'mine';
      const who = await commands.get(own);
      // A try of ours that failed is taken up again.
      return who === DONE ? 'done' : who === node ? 'mine' : 'others';
    },
    shared: async (conversationId) => void await commands.set(shareOf(conversationId), DONE, 'PX', doneMs),
    vouch: async () => void await runScript(commands, VOUCH, [key], [before.mark, before.run]),
  };
}
