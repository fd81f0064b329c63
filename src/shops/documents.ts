import type { z } from 'zod';
import { Fault } from '../domain/fault.js';

/** Reads a document out of its column; one that is not what was put there is a Fault. */
export function readDocument<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const read = schema.safeParse(parseJson(text, what));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Fault('store.corrupt', `${what} in the shop's tables is damaged at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? '?'}`);
}

/** Reads JSON out of a column. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('store.corrupt', `${what} in the shop's tables is not JSON`, { cause });
  }
}

/** Asks the database and makes a failure of it a Fault; what is already a Fault passes. */
export async function askingDatabase<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('shop.unreachable', 'The shop’s database did not answer as it should', { cause, again: true });
  }
}
