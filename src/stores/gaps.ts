import type { Kysely } from 'kysely';
import type { Records } from '../ports/records.js';
import { stamp } from './lines.js';
import type { RecordTables } from './tables.js';

type Counted = Awaited<ReturnType<Records['gaps']['list']>>;

/** The same question asked by several, in any dress, is one; most asked first, then the newest. */
export function countGaps(rows: readonly { readonly question: string; readonly locale: string; readonly at: string }[], most: number): Counted {
  const counted = new Map<string, { question: string; locale: string; count: number; lastAt: string }>();
  for (const { question, locale, at } of rows) {
    const key = `${locale}\n${question.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}…]+/gu, ' ').trim()}`;
    const there = counted.get(key);
    counted.set(key, there ? { ...there, count: there.count + 1, lastAt: at > there.lastAt ? at : there.lastAt } : { question, locale, count: 1, lastAt: at });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count || (a.lastAt === b.lastAt ? (a.question < b.question ? -1 : 1) : a.lastAt > b.lastAt ? -1 : 1)).slice(0, most);
}

/** As many as are looked through for the list: the newest. */
const MOST_READ = 20_000;

/** Questions nothing answered, in SQL. They hold nothing of a person or a conversation, so no erasure needs to find them. */
export function createSqlGaps(db: Kysely<RecordTables>): Records['gaps'] {
  return {
    async add({ id, question, locale, at }) {
      await db.insertInto('gaps').values({ id, question, locale, at: stamp(at) }).onConflict((conflict) => conflict.column('id').doNothing()).execute();
    },
    async list(limit) {
      return countGaps(await db.selectFrom('gaps').select(['question', 'locale', 'at']).orderBy('at', 'desc').limit(MOST_READ).execute(), limit);
    },
  };
}
