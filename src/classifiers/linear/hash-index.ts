/** Finds the place of a 32-bit hash in a list, by open addressing at half load. */
export interface HashIndex {
  /** The place of the hash, or −1. */
  find(hash: number): number;
}

/** Gathers distinct hashes, numbering them in the order they come. */
export interface GrowingHashIndex extends HashIndex {
  /** The place of the hash, which is given one if it has none. */
  add(hash: number): number;
  /** All hashes by place; a copy. */
  hashes(): Uint32Array;
}

function tableSize(count: number): number {
  let size = 16;
  while (size < count * 2) size *= 2;
  return size;
}

/** Builds an index over hashes that are all different. */
export function createHashIndex(hashes: Uint32Array): HashIndex {
  const size = tableSize(hashes.length);
  const mask = size - 1;
  // Hash and place side by side, so that one look-up touches one cache line.
  const table = new Int32Array(size * 2);
  for (let place = 0; place < hashes.length; place++) {
    const hash = hashes[place]!; // in range: the loop's own bound
    let slot = hash & mask;
    while (table[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
    table[slot * 2] = hash;
    table[slot * 2 + 1] = place + 1;
  }
  return {
    find(hash) {
      const wanted = hash | 0;
      let slot = hash & mask;
      for (;;) {
        const held = table[slot * 2 + 1]!; // in range: masked
        if (held === 0) return -1;
        if (table[slot * 2] === wanted) return held - 1;
        slot = (slot + 1) & mask;
      }
    },
  };
}

/** Builds an empty index that doubles as it fills. */
export function createGrowingHashIndex(): GrowingHashIndex {
  let held = new Uint32Array(1024);
  let slots = new Int32Array(2048);
  let count = 0;

  function slotOf(hash: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const place = slots[slot]! - 1; // in range: masked
      if (place < 0 || held[place] === hash) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const larger = new Uint32Array(held.length * 2);
    larger.set(held);
    held = larger;
    slots = new Int32Array(held.length * 2);
    for (let place = 0; place < count; place++) slots[slotOf(held[place]!)] = place + 1; // in range: below count
  }

  return {
    find: (hash) => slots[slotOf(hash)]! - 1, // in range: slotOf masks
    add(hash) {
      const slot = slotOf(hash);
      const place = slots[slot]! - 1; // in range: slotOf masks
      if (place >= 0) return place;
      held[count] = hash;
      slots[slot] = ++count;
      if (count === held.length) grow();
      return count - 1;
    },
    hashes: () => held.slice(0, count),
  };
}

/** How many hashes share a bucket on average; a look-up touches one bucket. */
const BUCKET_LOAD = 2;

/** Hashes dealt into buckets: `order` lists their places bucket by bucket, bucket b from `buckets[b]` to `buckets[b + 1]`. */
export function dealIntoBuckets(hashes: Uint32Array): { readonly order: Uint32Array; readonly buckets: Uint32Array } {
  let size = 1;
  while (size * BUCKET_LOAD < hashes.length) size *= 2;
  const buckets = new Uint32Array(size + 1);
  const mask = size - 1;
  for (const hash of hashes) buckets[(hash & mask) + 1]!++; // in range: masked
  for (let bucket = 0; bucket < size; bucket++) buckets[bucket + 1]! += buckets[bucket]!; // in range, as above
  const next = buckets.slice();
  const order = new Uint32Array(hashes.length);
  hashes.forEach((hash, place) => (order[next[hash & mask]!++] = place)); // in range: every hash has its slot
  return { order, buckets };
}

/** Finds hashes that stand in the order of their buckets; it builds nothing, so that a large file is ready once read. */
export function createBucketIndex(hashes: Uint32Array, buckets: Uint32Array): HashIndex {
  const mask = buckets.length - 2;
  return {
    find(hash) {
      const bucket = hash & mask;
      const end = buckets[bucket + 1]!; // in range: masked, and one longer than the buckets
      for (let place = buckets[bucket]!; place < end; place++) if (hashes[place] === hash) return place;
      return -1;
    },
  };
}
