import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import type { SharedLimits } from '../../ports/shared-limits.js';
import { runScript, scriptOf } from './scripts.js';

/**
 * KEYS: the bucket. Arguments: capacity, what comes in a second, cost, patience. By the server's clock, so that those of the nodes need not agree; a
 * bucket that is full again is gone by itself. Answers with the milliseconds to wait, or -1.
 */
const RESERVE = scriptOf(`
local capacity, perSecond, cost, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local level, at = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
if level then level = math.min(capacity, tonumber(level) + math.max(0, now - tonumber(at)) * perSecond / 1000) else level = capacity end
local after = level - cost
local wait = 0
if after < 0 then wait = math.ceil(0 - after / perSecond * 1000) end
if wait > patience then return -1 end
redis.call('SET', KEYS[1], string.format('%.6f %.0f', after, now), 'PX', math.ceil((capacity - after) / perSecond * 1000) + 1000)
return wait
`);

/** Token buckets in Redis. Keys are hashed: an address or a conversation is not to be read there. */
export function createRedisLimits(commands: Redis | Cluster, prefix: string): SharedLimits {
  return {
    async reserve(key, { capacity, perSecond }, cost, patienceMs) {
      const bucket = `${prefix}limit:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
      const wait = Number(await runScript(commands, RESERVE, [bucket], [capacity, perSecond, cost, patienceMs]));
      return wait < 0 ? null : wait;
    },
  };
}
