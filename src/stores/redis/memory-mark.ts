import { Cluster, type Redis } from 'ioredis';
import type { RestorableConversations } from '../../ports/inbox-journal.js';
import { partitionKeys } from './keys.js';

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
  return {
    isVouchedFor: async () => (await commands.get(key)) === await runs(),
    vouch: async () => void await commands.set(key, await runs()),
  };
}
