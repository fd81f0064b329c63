import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { createStage, type TauOutcome, type TauPlace, type TauShop } from './tau-stage.js';
import type { TauTalk } from './tau-talks.js';

const orderShape = z.object({
  place: z.object({ data: z.string(), policy: z.string(), folder: z.string(), transcripts: z.exactOptional(z.string()) }),
  talk: z.object({ file: z.string(), task: z.string(), lines: z.array(z.string()) }),
});
const outcomeShape: z.ZodType<TauOutcome> = z.object({
  file: z.string(), task: z.string(), passed: z.boolean(), differences: z.array(z.object({ path: z.string(), expected: z.unknown(), got: z.unknown() })),
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A talk that could not be held to its end has failed, and says why. */
const broken = ({ file, task }: TauTalk, why: string): TauOutcome => ({ file, task, passed: false, differences: [{ path: 'fault', expected: null, got: why }] });

/** What a worker process does: a talk a line in, how it came out a line out. */
export async function work(input: Readable, print: (line: string) => void, shop: TauShop): Promise<void> {
  let stage: ReturnType<typeof createStage> | undefined;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const { place, talk } = orderShape.parse(JSON.parse(line));
    stage ??= createStage(place, shop);
    print(JSON.stringify(await stage.play(talk).catch((error: unknown) => broken(talk, reasonOf(error)))));
  }
}

/** Plays talks in so many processes at once, in no fixed order; gives the outcomes in the order of the talks. */
export async function playAll(talks: readonly TauTalk[], place: TauPlace, jobs: number, tell: (outcome: TauOutcome) => void): Promise<TauOutcome[]> {
  const outcomes: TauOutcome[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(jobs, talks.length) }, async () => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'tau', '--worker'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const gone = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`a worker process ended with ${code ?? 'a signal'}`)));
    });
    gone.catch(() => undefined);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    try {
      for (let index = next++; index < talks.length; index = next++) {
        const talk = talks[index];
        if (talk === undefined) break;
        child.stdin.write(`${JSON.stringify({ place, talk })}\n`);
        const answer = await Promise.race([answers.next(), gone]);
        if (answer.done === true) throw await gone;
        const outcome = outcomeShape.parse(JSON.parse(answer.value));
        outcomes[index] = outcome;
        tell(outcome);
      }
    } finally {
      child.stdin.end();
    }
    await gone.catch(() => undefined);
  }));
  return outcomes;
}
