import { copyOf } from '../domain/copy.js';
import type { TrainingLabel, TrainingLabels } from '../ports/training.js';
import { stamp } from './lines.js';

/** What the memory records keep of messages understood. */
interface Row {
  readonly conversationId: string;
  readonly messageId: string;
  readonly at: string;
  readonly understanding: string;
}

const UNCLEAR = /"verdict":"(?:unsure|out_of_scope)"/u;

/** Labels of sentences in memory, and the messages that were not understood for certain. */
export function createMemoryTraining(understandings: ReadonlyMap<string, Row>): TrainingLabels {
  const labels = new Map<string, TrainingLabel>();
  return {
    async put(given) {
      for (const label of given) labels.set(label.id, { ...copyOf(label), at: stamp(label.at) });
    },
    async remove(ids) {
      for (const id of ids) labels.delete(id);
    },
    list: async (limit) => copyOf([...labels.values()].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at > b.at ? -1 : 1)).slice(0, limit)),
    unclear: async (limit) => [...understandings.values()].filter(({ understanding }) => UNCLEAR.test(understanding)).toReversed().slice(0, limit)
      .map((row) => ({ ...row, understanding: JSON.parse(row.understanding) })),
  };
}
