/** A bucket that holds `capacity` and fills by `perSecond`. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/** Token buckets that all nodes share, so that a second node does not double what one sender may do. */
export interface SharedLimits {
  /** Takes `cost` from a key's bucket; gives the milliseconds to wait first, or null when that would be longer than `patienceMs`, and then nothing is taken. */
  reserve(key: string, size: BucketSize, cost: number, patienceMs: number): Promise<number | null>;
}
