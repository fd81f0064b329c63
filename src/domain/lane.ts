/** Days from dispatch to delivery of past parcels on a lane: tenth, half and ninetieth percentile, and of how many. */
export interface LaneLike {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly parcels: number;
}
