/** How long to wait after the n-th failure in a row (1, 2, …): doubling from `firstMs` up to `mostMs`. */
export const backoff = (failures: number, firstMs: number, mostMs: number): number => Math.min(mostMs, firstMs * 2 ** Math.min(20, failures - 1));
