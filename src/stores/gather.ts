/** Does many small pieces of work together: who comes while a batch is under way goes into the next one. */
export function createGatherer<One, Answer>(most: number, work: (batch: readonly One[]) => Promise<readonly Answer[]>): (one: One) => Promise<Answer> {
  let waiting: { readonly one: One; readonly done: (answer: Answer) => void; readonly failed: (error: unknown) => void }[] = [];
  let isWorking = false;

  async function workAll(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await work(batch.map(({ one }) => one));
        for (const [n, { done }] of batch.entries()) done(answers[n] as Answer);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    isWorking = false;
  }

  return (one) => new Promise((done, failed) => {
    waiting.push({ one, done, failed });
    void workAll();
  });
}
