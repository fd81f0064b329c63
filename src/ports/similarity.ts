import type { Vector } from '../domain/clusters.js';

/** Turns texts of one language into vectors of length 1, so that texts that say the same are alike. Deterministic. */
export interface Similarity {
  vectors(texts: readonly string[], locale: string): readonly Vector[];
  /** From how much alike two texts are said to belong together. */
  readonly least: number;
}
