import { Fault } from '../domain/fault.js';
import type { Shop } from '../ports/shop.js';

/** Longer than a database behind it takes to say that it cannot. */
const mostMs = 20_000;

/** The same calls, each of them a fault when its answer stays out for so long. */
function impatient<T extends object>(calls: T, ms: number): T {
  const within = (name: string, call: (...given: unknown[]) => Promise<unknown>) => async (...given: unknown[]): Promise<unknown> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Fault('shop.unreachable', `The shop has not answered ${name} within ${ms / 1000} s`, { again: true })), ms);
    });
    const answer = call.apply(calls, given);
    // Whatever it says afterwards is heard by nobody: of a write, its key tells what became of it.
    answer.catch(() => undefined);
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, within(name, call as (...given: unknown[]) => Promise<unknown>)])) as T;
}

/** A shop that is not waited for without end: one that is slow beyond that counts as one that cannot be reached, and a write it was given as one nobody knows of. */
export const withPatience = ({ reader, writer }: Shop, ms = mostMs): Shop => ({ reader: impatient(reader, ms), writer: impatient(writer, ms) });
