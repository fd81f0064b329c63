/** A source of choices that gives the same ones for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** A pattern with every `#` a digit, every `~` one that is not nought and every `@` a capital letter. */
  fill(pattern: string): string;
}

/** Makes a source of choices (Mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next, int,
    pick: <T>(list: readonly T[]): T => {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
    chance: (probability) => next() < probability,
    fill: (pattern) => pattern.replace(/[#~@]/gu, (mark) => (mark !== '@' ? String(int(mark === '#' ? 0 : 1, 9)) : 'ABCDEFGHJLNPQRSTUWXY'[int(0, 19)] ?? 'A')),
  };
}
