import { Fault } from '../domain/fault.js';

type Method = (...parameters: never[]) => Promise<unknown>;

/**
 * Codes by which drivers say that the server is away or too busy: sockets, PostgreSQL's classes 08, 53 and 57 (a statement that took too long is 57014), a transaction that it
 * put out or that stood in another's way (25P03, 40001, 40P01), SQLite's lock.
 */
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08|53|57|25P03|40001|40P01|SQLITE_BUSY)/u;
const AWAY_MESSAGE = /Connection terminated|not queryable|timeout exceeded when trying to connect|timeout expired|Connection is closed|Command timed out|Stream isn't writeable|max retries per request|CLUSTERDOWN|^LOADING|Failed to refresh slots/iu;

/** What a driver threw, as a fault of ours; a fault stays as it is. */
export function faultFrom(error: unknown, store: string): Fault {
  if (error instanceof Fault) return error;
  // Not by `instanceof Error`: an error of another realm (a worker, a test's sandbox) is none of ours.
  const { message = String(error), code = '' } = typeof error === 'object' && error !== null ? (error as { readonly message?: unknown; readonly code?: unknown }) : {};
  const isAway = AWAY.test(String(code)) || AWAY_MESSAGE.test(String(message));
  return new Fault('store.unreachable', `${store}: ${String(message || code)}`, { cause: error, again: isAway });
}

/** The same methods, with whatever the driver throws turned into a fault that names the store. */
export function withFaults<T extends object>(methods: T, store: string): T {
  const guarded = Object.entries(methods).map(([name, method]) => [
    name,
    async (...parameters: never[]): Promise<unknown> => {
      try {
        return await (method as Method)(...parameters);
      } catch (error) {
        throw faultFrom(error, store);
      }
    },
  ]);
  return Object.fromEntries(guarded) as T;
}
