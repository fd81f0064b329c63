import { randomUUID } from 'node:crypto';
import { Cluster, type Redis } from 'ioredis';
import type { RestorableConversations } from '../../ports/inbox-journal.js';
import { partitionKeys } from './keys.js';
import { runScript, scriptOf } from './scripts.js';

/** Arguments: the mark as it was when mending began, the run. A memory that was lost while it was mended has another mark, and is mended again. */
const VOUCH = scriptOf("if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end return 1");

/**
 * Tells whether the memory of the server is the one that was vouched for: a mark in it that names the run of every master. A server that was
 * started anew, fell back to a copy or was emptied has another run or no mark.
 */
export function createMemoryMark(commands: Redis | Cluster, prefix: string): Pick<RestorableConversations, 'isVouchedFor' | 'vouch'> {
  const key = `${prefix}${/\{.*\}/u.exec(partitionKeys(prefix, 0)[0] ?? '')?.[0] ?? ''}:mark`;
  const runs = async (): Promise<string> => {
    const servers = commands instanceof Cluster ? commands.nodes('master') : [commands];
    const told = await Promise.all(servers.map((server) => server.info('server')));
    return told.map((text) => /run_id:(\w+)/u.exec(text)?.[1] ?? '').toSorted().join(' ');
  };
  let before = { mark: '', run: '' };
  return {
    async isVouchedFor() {
      const run = await runs();
      await commands.set(key, `mending ${randomUUID()}`, 'NX');
      before = { mark: await commands.get(key) ?? '', run };
      return before.mark === run;
    },
    vouch: async () => void await runScript(commands, VOUCH, [key], [before.mark, before.run]),
  };
}
