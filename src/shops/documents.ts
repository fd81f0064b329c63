import type { z } from 'zod';
import { Fault } from '../domain/fault.js';
import { remembering } from '../domain/remember.js';

/** Documents of one kind that are kept as they were read. */
const mostKnown = 1_000;
const readers = new WeakMap<z.ZodType, (text: string, what: string) => unknown>();

/**
 * Reads a document out of its column; one that is not what was put there is a Fault. The same text gives the same frozen document
 * again: checking one takes far longer than fetching it, and most are read many times before they change.
 */
export function readDocument<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const read = readers.get(schema) ?? remembering(mostKnown, (stored: string, name: string) => frozen(checked(schema, stored, name)));
  readers.set(schema, read);
  return read(text, what) as T;
}

/** Many hold it at once, so nobody may change it. */
function frozen<T>(document: T): T {
  if (typeof document !== 'object' || document === null || Object.isFrozen(document)) return document;
  for (const part of Object.values(document)) frozen(part);
  return Object.freeze(document);
}

function checked<T>(schema: z.ZodType<T>, text: string, what: string): T {
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
