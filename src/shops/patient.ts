import { Fault } from '../domain/fault.js';
import type { Shop } from '../ports/shop.js';
import { within } from '../waiting/within.js';

/** Longer than a database behind it takes to say that it cannot. */
const mostMs = 20_000;

/** The same calls, each of them a fault when its answer stays out for so long; of a write, its key tells what became of it. */
function impatient<T extends object>(calls: T, ms: number): T {
  const hurried = (name: string, call: (...given: unknown[]) => Promise<unknown>) => async (...given: unknown[]): Promise<unknown> =>
    await within(call.apply(calls, given), ms, () => {
      throw new Fault('shop.unreachable', `The shop has not answered ${name} within ${ms / 1000} s`, { again: true });
    });
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, hurried(name, call as (...given: unknown[]) => Promise<unknown>)])) as T;
}

/** A shop that is not waited for without end: one that is slow beyond that counts as one that cannot be reached, and a write it was given as one nobody knows of. */
export const withPatience = ({ reader, writer }: Shop, ms = mostMs): Shop => ({ reader: impatient(reader, ms), writer: impatient(writer, ms) });
