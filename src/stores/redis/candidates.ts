/** A conversation that may be free, by how long it waits. */
interface Candidate {
  readonly id: string;
  readonly score: number;
}

/** Reads the answer of a script that lists ids and scores, of all partitions, into one order. */
export function inOrder(answers: readonly unknown[]): Candidate[] {
  const found = answers.flatMap((answer) => {
    const flat = Array.isArray(answer) ? answer.map(String) : [];
    return flat.flatMap((id, n): Candidate[] => (n % 2 === 0 ? [{ id, score: Number(flat[n + 1]) }] : []));
  });
  return found.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));
}

/** Hands conversations that wait to the workers of this node, from one look over all partitions for many claims. */
export interface Candidates {
  /** The first that `take` gets hold of; null only when a look that began after this call found nobody. */
  first<T>(now: number, take: (conversationId: string) => Promise<T | null>): Promise<T | null>;
}

/** More looks than this in a row that others emptied before us mean that there are workers enough. */
const MOST_LOOKS = 10;

/** Creates the node's view of who waits; `look` asks all partitions. */
export function createCandidates(look: (now: number) => Promise<Candidate[]>): Candidates {
  let known: Candidate[] = [];
  let looking: Promise<number> | null = null;

  /** How many were found; workers that look at the same moment share one look. */
  function lookAgain(now: number): Promise<number> {
    looking ??= look(now)
      .then((found) => {
        known = found;
        return found.length;
      })
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  async function tryKnown<T>(take: (conversationId: string) => Promise<T | null>): Promise<T | null> {
    for (let next = known.shift(); next !== undefined; next = known.shift()) {
      const taken = await take(next.id);
      if (taken !== null) return taken;
    }
    return null;
  }

  return {
    async first(now, take) {
      let taken = await tryKnown(take);
      // A look on its way may have begun before this call and missed what came in between.
      if (taken === null && looking !== null) {
        await looking;
        taken = await tryKnown(take);
      }
      for (let looks = 0; taken === null && looks < MOST_LOOKS; looks += 1) {
        if ((await lookAgain(now)) === 0) return null;
        taken = await tryKnown(take);
      }
      return taken;
    },
  };
}
