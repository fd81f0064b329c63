/** Rows of one statement; a database takes only so many parameters at once. */
const CHUNK = 200;

/** Rows in the portions a database takes. */
export function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, n) => rows.slice(n * CHUNK, (n + 1) * CHUNK));
}
