import type { Vector } from '../domain/clusters.js';
import type { Similarity } from '../ports/similarity.js';
import { readDocuments } from './linear/matrix.js';

/** Words with their neighbours, letters within words, letters across words: endings and typos must not part what means the same. */
const WEIGHTS = [0.8, 1, 0.4] as const;
/** What no other of the texts has makes them less alike, but not by much: every sentence has words of its own. */
const ALONE = 0.4;
/** Sentences of a few words that share the one that counts are about this much alike; those that share only "can you" are less. */
const LEAST = 0.3;

/** Likeness by the classifier's own features, weighed by how rare they are among the texts given. */
export function createSimilarity(): Similarity {
  return {
    least: LEAST,
    vectors(texts, locale) {
      const documents = readDocuments(texts.map((text) => ({ text, locale })));
      const frequency = new Map<number, number>();
      for (const { hashes } of documents) for (const hash of hashes) frequency.set(hash, (frequency.get(hash) ?? 0) + 1);
      return documents.map(({ hashes, counts, groups }): Vector => {
        const squares = [0, 0, 0];
        const weights = Array.from(hashes, (hash, i) => {
          const others = (frequency.get(hash) ?? 1) - 1;
          const weight = (1 + Math.log(counts[i] ?? 1)) * (others === 0 ? ALONE * Math.log(1 + documents.length) : Math.log(1 + documents.length / others));
          const group = groups[i] ?? 0;
          squares[group] = (squares[group] ?? 0) + weight * weight;
          return weight;
        });
        const scale = WEIGHTS.map((weight, group) => ((squares[group] ?? 0) > 0 ? weight / Math.sqrt(squares[group] ?? 1) : 0));
        const length = Math.hypot(...scale.map((one, group) => one * Math.sqrt(squares[group] ?? 0)));
        return new Map(Array.from(hashes, (hash, i) => [hash, length === 0 ? 0 : (weights[i] ?? 0) * (scale[groups[i] ?? 0] ?? 0) / length]));
      });
    },
  };
}
