import { createHash } from 'node:crypto';

/** How many hash slots conversations spread over; a stored fact, so it never changes. */
export const PARTITIONS = 64;

/** Every partition's number. */
export const ALL_PARTITIONS: readonly number[] = Array.from({ length: PARTITIONS }, (_, n) => n);

const tagOf = (partition: number): string => `{p${String(partition).padStart(3, '0')}}`;

/** The partition of a conversation: FNV-1a over its id, so that every node finds the same. */
export function partitionOf(conversationId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(conversationId, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % PARTITIONS;
}

/** The keys a partition's conversations share: who waits, who is busy until when, whose outbox is due, who was active, how much is left to do, what is being put back. */
export function partitionKeys(prefix: string, partition: number): string[] {
  return ['ready', 'busy', 'due', 'recent', 'count', 'mending'].map((name) => `${prefix}${tagOf(partition)}:${name}`);
}

/** Who puts a conversation back after one loss: in its own slot, so that where this is there, what was put back is, too. Hashed, since it outlives an erasure by minutes. */
export const shareKey = (prefix: string, conversationId: string, loss: string): string =>
  `${prefix}${tagOf(partitionOf(conversationId))}:share:${createHash('sha256').update(`${loss}\n${conversationId}`).digest('base64url').slice(0, 22)}`;

/** All keys a script about one conversation may touch, in the order the prelude names them; all in one hash slot. */
export function keysOf(prefix: string, conversationId: string): string[] {
  const partition = partitionOf(conversationId);
  const own = ['c', 'in', 'items', 'seen', 'log', 'out', 'done'].map((name) => `${prefix}${tagOf(partition)}:${name}:${conversationId}`);
  return [...own, ...partitionKeys(prefix, partition)];
}
