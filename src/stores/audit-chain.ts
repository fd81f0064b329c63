import { createHash, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { canonicalJson } from '../domain/canonical.js';
import type { AuditEntry, AuditProof, Records } from '../ports/records.js';
import { parseStored } from './lines.js';
import type { RecordTables, SqlDialect } from './tables.js';

/**
 * What seals an entry: its number, and a hash over the entry before it and itself. What the entry is about stands in the hash by
 * way of `about`, a hash of it with a salt of its own: an erasure may put a pseudonym there and takes the salt away, and the
 * chain holds all the same, while nobody can work out any more whom it was about.
 */
const seal = z.object({ n: z.number().int(), salt: z.string().optional(), about: z.string(), hash: z.string() });
type Sealed = AuditEntry & { readonly seal?: z.infer<typeof seal> };

const LOCK = 4_711_002;
const START = '';
/** What an erasure puts in the place of a name. */
const PSEUDONYM = /"erased:[0-9a-f]{16}"/u;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const aboutOf = ({ subject, details }: AuditEntry, salt: string): string => sha256(`${salt}\n${canonicalJson({ subject, details })}`);
const linkOf = (before: string, n: number, { at, who, what }: AuditEntry, about: string): string => sha256(`${before}\n${canonicalJson({ n, at, who, what, about })}`);

/** The entry as it is stored, chained to the one before it. */
export function sealed(entry: AuditEntry, last: Sealed | undefined): Sealed {
  const [n, salt] = [(last?.seal?.n ?? 0) + 1, randomBytes(16).toString('hex')];
  const about = aboutOf(entry, salt);
  return { ...entry, seal: { n, salt, about, hash: linkOf(last?.seal?.hash ?? START, n, entry, about) } };
}

/** An entry's text once a name in it has become another: without the salt that would tell whose it was. */
export function renamedAudit(text: string, from: string, to: string): string {
  const entry = parseStored<Sealed>(text.replaceAll(JSON.stringify(from), JSON.stringify(to)), '(none)', 'audit entry');
  if (!entry.seal) return JSON.stringify(entry);
  const { salt: _, ...kept } = entry.seal;
  return JSON.stringify({ ...entry, seal: kept });
}

/** Works the chain out anew; entries from before there was one may stand in front of it. */
export function proveAudit(texts: readonly string[], noted?: string): AuditProof {
  let [before, n, erased, unsealed] = [START, 0, 0, 0];
  let isThere = noted === undefined ? undefined : false;
  const head = (): Pick<AuditProof, 'head' | 'isHeadThere'> => ({ head: before, ...(isThere === undefined ? {} : { isHeadThere: isThere }) });
  for (const [index, text] of texts.entries()) {
    const broken = { entries: texts.length, sealed: n, erased, unsealed, ...head(), broken: { at: index + 1 } };
    let entry: Sealed;
    try {
      entry = JSON.parse(text) as Sealed;
    } catch {
      return broken;
    }
    if (entry.seal === undefined && n === 0) {
      unsealed += 1;
      continue;
    }
    const read = seal.safeParse(entry.seal);
    if (!read.success || read.data.n !== n + 1) return broken;
    const { salt, about, hash } = read.data;
    const isRight = salt === undefined ? PSEUDONYM.test(canonicalJson({ subject: entry.subject, details: entry.details })) : aboutOf(entry, salt) === about;
    if (!isRight || linkOf(before, n + 1, entry, about) !== hash) return broken;
    if (hash === noted) isThere = true;
    [before, n, erased] = [hash, n + 1, erased + (salt === undefined ? 1 : 0)];
  }
  return { entries: texts.length, sealed: n, erased, unsealed, ...head() };
}

/** The audit log, each entry chained to the one before it; entries of all nodes come one after the other. */
export function createSqlAudit(db: Kysely<RecordTables>, dialect: SqlDialect): Records['audit'] {
  return {
    add: (entry) => db.transaction().execute(async (transaction) => {
      // SQLite took its write lock at the beginning.
      if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      const last = await transaction.selectFrom('audit').select('entry').orderBy('position', 'desc').limit(1).executeTakeFirst();
      await transaction.insertInto('audit').values({ entry: JSON.stringify(sealed(entry, last && parseStored<Sealed>(last.entry, '(none)', 'audit entry'))) }).execute();
    }),
    async list(limit) {
      const rows = await db.selectFrom('audit').select('entry').orderBy('position', 'desc').limit(limit).execute();
      return rows.map((row) => {
        const { seal: _, ...entry } = parseStored<Sealed>(row.entry, '(none)', 'audit entry');
        return entry;
      });
    },
    async prove(head) {
      return proveAudit((await db.selectFrom('audit').select('entry').orderBy('position').execute()).map(({ entry }) => entry), head);
    },
  };
}
