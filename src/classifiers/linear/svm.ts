import type { Matrix } from './matrix.js';

/** How a class is learned. */
export interface SvmOptions {
  /** The cost of an error on a negative example; positives get this times sqrt(negatives / positives). */
  readonly cost: number;
  readonly passes: number;
  readonly tolerance: number;
  readonly seed: number;
}

/** The separating plane of one class: a weight per column, and the bias. */
export interface Plane {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** A small generator with a fixed sequence per seed (mulberry32); numbers from 0 to 1, 1 excluded. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Learns to tell the rows marked positive from all others: L2-regularised squared-hinge SVM by dual coordinate descent
 * with shrinking, as LIBLINEAR does it. Indexes run over the matrix's own bounds, hence the `!` here.
 */
export function learnPlane(matrix: Matrix, isPositive: Uint8Array, options: SvmOptions): Plane {
  const { rowStart, columns, values, columnCount } = matrix;
  const count = isPositive.length;
  let positives = 0;
  for (const mark of isPositive) positives += mark;
  const costPositive = options.cost * Math.sqrt(positives === 0 ? 1 : (count - positives) / positives || 1);
  const diagonals = [1 / (2 * options.cost), 1 / (2 * costPositive)] as const;
  const w = new Float64Array(columnCount);
  let bias = 0;
  const alpha = new Float64Array(count);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  const random = seededRandom(options.seed);
  let active = count;
  let mostBefore = Number.POSITIVE_INFINITY;

  for (let pass = 0; pass < options.passes; pass++) {
    let most = Number.NEGATIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < active; i++) {
      const j = i + Math.floor(random() * (active - i));
      const row = order[j]!;
      order[j] = order[i]!;
      order[i] = row;
    }
    for (let i = 0; i < active; i++) {
      const row = order[i]!;
      const from = rowStart[row]!;
      const to = rowStart[row + 1]!;
      let score = bias;
      for (let k = from; k < to; k++) score += w[columns[k]!]! * values[k]!;
      const positive = isPositive[row]!;
      const sign = positive === 1 ? 1 : -1;
      const diagonal = positive === 1 ? diagonals[1] : diagonals[0];
      const old = alpha[row]!;
      const gradient = sign * score - 1 + old * diagonal;
      let projected = gradient;
      if (old === 0) {
        if (gradient > mostBefore) {
          order[i--] = order[--active]!;
          order[active] = row;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      if (projected > most) most = projected;
      if (projected < least) least = projected;
      if (Math.abs(projected) < 1e-12) continue;
      // Every row has length 1 (or 0), and the bias is one more feature of value 1.
      const next = Math.max(old - gradient / ((to > from ? 2 : 1) + diagonal), 0);
      alpha[row] = next;
      const change = (next - old) * sign;
      if (change === 0) continue;
      bias += change;
      for (let k = from; k < to; k++) w[columns[k]!]! += change * values[k]!;
    }
    if (most - least <= options.tolerance) {
      if (active === count) break;
      active = count;
      mostBefore = Number.POSITIVE_INFINITY;
    } else mostBefore = most > 0 ? most : Number.POSITIVE_INFINITY;
  }
  return { weights: w, bias };
}
