import type { Vector } from '../domain/clusters.js';
import type { Similarity } from '../ports/similarity.js';
import { readDocuments } from './linear/matrix.js';

/** Words with their neighbours, letters within words, letters across words: what is meant stands mostly in the words. */
const WEIGHTS = [1, 0.6, 0.3] as const;
/** Sentences of a few words that share the one that counts are about this much alike; those that share only "can you" are less. */
const LEAST = 0.35;

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
          // What no other text has cannot make them alike.
          const others = (frequency.get(hash) ?? 1) - 1;
          const weight = others === 0 ? 0 : (1 + Math.log(counts[i] ?? 1)) * Math.log(1 + documents.length / others);
          const group = groups[i] ?? 0;
          squares[group] = (squares[group] ?? 0) + weight * weight;
          return weight;
        });
        const scale = WEIGHTS.map((weight, group) => ((squares[group] ?? 0) > 0 ? weight / Math.sqrt(squares[group] ?? 1) : 0));
        const length = Math.hypot(...scale.map((one, group) => one * Math.sqrt(squares[group] ?? 0)));
        return new Map(length === 0 ? [] : Array.from(hashes.keys()).flatMap((i) => ((weights[i] ?? 0) === 0 ? [] : [[hashes[i] ?? 0, (weights[i] ?? 0) * (scale[groups[i] ?? 0] ?? 0) / length] as const])));
      });
    },
  };
}
