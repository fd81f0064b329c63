import type { Clock } from '../ports/clock.js';
import type { BucketSize, SharedLimits } from '../ports/shared-limits.js';

/** Token buckets, one per key. */
export interface RateLimiter {
  /**
   * Takes `cost` from the key's bucket and says how many milliseconds to wait first (0 = go on at once); null when that
   * would be longer than `patienceMs`, and then nothing is taken.
   */
  reserve(key: string, cost: number, patienceMs: number): number | null;
}

/** As above, where the answer may come from elsewhere. */
export interface SharedLimiter {
  reserve(key: string, cost: number, patienceMs: number): number | null | Promise<number | null>;
}

interface Bucket {
  level: number;
  at: number;
}

/** A limiter whose buckets hold `capacity` and fill by `perSecond`; it remembers at most `maxKeys` keys. */
export function createRateLimiter(options: { readonly clock: Clock; readonly capacity: number; readonly perSecond: number; readonly maxKeys?: number }): RateLimiter {
  const { clock, capacity, perSecond } = options;
  const maxKeys = options.maxKeys ?? 20_000;
  const buckets = new Map<string, Bucket>();

  const levelAt = (bucket: Bucket, now: number) => Math.min(capacity, bucket.level + (Math.max(0, now - bucket.at) * perSecond) / 1000);

  function makeRoom(now: number): void {
    if (buckets.size < maxKeys) return;
    for (const [key, bucket] of buckets) if (levelAt(bucket, now) >= capacity) buckets.delete(key);
    // A flood of fresh addresses must not grow the map: the keys that were quiet longest are forgotten first.
    for (const key of buckets.keys()) {
      if (buckets.size <= maxKeys * 0.9) break;
      buckets.delete(key);
    }
  }

  return {
    reserve(key, cost, patienceMs) {
      const now = Date.parse(clock.now());
      const known = buckets.get(key);
      if (known === undefined) makeRoom(now);
      // After a jump back of the clock the bucket must not stand still until the old time comes round again.
      if (known !== undefined && known.at > now) known.at = now;
      const level = known === undefined ? capacity : levelAt(known, now);
      const after = level - cost;
      const wait = after >= 0 ? 0 : Math.ceil((-after / perSecond) * 1000);
      if (wait > patienceMs) return null;
      buckets.delete(key);
      buckets.set(key, { level: after, at: now });
      return wait;
    },
  };
}

/** The same buckets for all nodes, where they share a store; while that is away, or for a node alone, its own count. */
export function createSharedLimiter(name: string, size: BucketSize, { clock, shared }: { readonly clock: Clock; readonly shared?: SharedLimits | undefined }): SharedLimiter {
  const own = createRateLimiter({ clock, ...size });
  return {
    reserve: (key, cost, patienceMs) => (shared === undefined ? own.reserve(key, cost, patienceMs)
      : shared.reserve(`${name} ${key}`, size, cost, patienceMs).catch(() => own.reserve(key, cost, patienceMs))),
  };
}
