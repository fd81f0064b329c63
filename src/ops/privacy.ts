import { createHash, createHmac } from 'node:crypto';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import type { Clock } from '../ports/clock.js';
import type { ConversationHead, ConversationStore } from '../ports/conversation-store.js';
import type { FileShelf, StoredFile } from '../ports/file-store.js';
import type { Erased, PersonalRecords } from '../ports/personal-data.js';
import type { Records } from '../ports/records.js';
import type { ShopReader } from '../ports/shop.js';

/** What export, erasure and retention work on. */
export interface PrivacyParts {
  readonly store: ConversationStore;
  readonly records: Records;
  readonly personal: PersonalRecords;
  readonly files: FileShelf;
  readonly reader: ShopReader;
  readonly clock: Clock;
  /** Takes away mails that wait in a folder for these addresses; gives how many. */
  readonly eraseMails: (addresses: readonly string[]) => Promise<number>;
  /** Takes away the copy of a conversation at another helpdesk; absent where there is none. */
  readonly forgetElsewhere?: (conversationId: string) => Promise<void>;
  /** Makes the pseudonyms of the audit log: without it nobody can tell whose they are. */
  readonly secret: string;
}

/** Whose data: a customer's, or single conversations of somebody the shop does not know. */
export type Whose = { readonly customerId: string } | { readonly conversationIds: readonly string[] };

/** What an erasure took away. */
export interface ErasureReport {
  readonly subject: string;
  readonly conversations: number;
  readonly files: number;
  readonly mails: number;
  readonly records: Erased;
}

/** Export, erasure and retention of what is kept of people. */
export interface Privacy {
  exportOf(whose: Whose): Promise<Json>;
  /** What is still open and speaks against an erasure: tickets, cases, writes, messages under way. */
  openOf(whose: Whose): Promise<string[]>;
  /**
   * Takes away transcripts, state, inbox and outbox, files, records, codes and waiting mails. Kept is what the law has a shop
   * keep: its orders, and the audit log under a pseudonym. Broken off in between, the same call finishes it.
   */
  erase(whose: Whose, by: string): Promise<ErasureReport>;
  /** Forgets what nobody has touched for so many days (0 = never) and has nothing open; and what has run out by itself. */
  sweep(days: number): Promise<{ readonly conversations: number; readonly records: Erased }>;
}

const everyConversation = 10_000_000;
const sweepAtOnce = 500;
const triesDays = 30;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const identityOf = ({ state }: ConversationHead): { readonly customerId?: string; readonly lastCustomerId?: string } =>
  (state as { readonly conversation?: { readonly identity?: { readonly customerId?: string; readonly lastCustomerId?: string } } } | null)?.conversation?.identity ?? {};

const sumOf = (parts: readonly Erased[]): Erased => {
  const sums: Record<string, number> = {};
  for (const part of parts) for (const [table, count] of Object.entries(part)) sums[table] = (sums[table] ?? 0) + count;
  return sums;
};

/** Makes it from its parts. */
export function createPrivacy(parts: PrivacyParts): Privacy {
  const { store, records, personal, files, reader, clock } = parts;
  const pseudonym = (id: string): string => `erased:${createHmac('sha256', parts.secret).update(`pseudonym ${id}`).digest('hex').slice(0, 16)}`;

  /** The conversations meant, oldest name first. One that now belongs to somebody else is not the former customer's any more. */
  async function conversationsOf(whose: Whose): Promise<string[]> {
    if ('conversationIds' in whose) return [...whose.conversationIds];
    const heads = await store.list(everyConversation);
    const spoken = heads.filter((head) => {
      const { customerId, lastCustomerId } = identityOf(head);
      return (customerId ?? lastCustomerId) === whose.customerId;
    }).map(({ conversationId }) => conversationId);
    return [...new Set([...spoken, ...await personal.conversationsOf(whose.customerId)])].toSorted();
  }

  async function linesOf(conversationId: string): Promise<Json[]> {
    const lines: Json[] = [];
    for (let after = 0; ;) {
      const page = await store.readLog(conversationId, after, 500);
      lines.push(...page as unknown as Json[]);
      const last = page.at(-1);
      if (last === undefined) return lines;
      after = last.seq;
    }
  }

  async function contentOf(file: StoredFile): Promise<Json> {
    const found = await files.get(file.fileId).catch(() => null);
    return { ...file, content: found === null ? null : Buffer.from(found.bytes).toString('base64') };
  }

  /** Whether no copy is left elsewhere. One that cannot be reached now stays known here until the next sweep, and holds up no other. */
  async function isForgottenElsewhere(conversationId: string): Promise<boolean> {
    try {
      await parts.forgetElsewhere?.(conversationId);
      return true;
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
  }

  /** In this order, what tells whose a conversation is goes last: broken off, the rest is still found. */
  async function eraseConversations(ids: readonly string[]): Promise<{ readonly files: number; readonly records: Erased }> {
    const found = await files.ofConversations(new Set(ids));
    for (const { fileId } of found) await files.remove(fileId);
    const erased: Erased[] = [];
    for (const id of ids) {
      for (const key of [`conversation:${id}`, `code:${id}`]) await records.attempts.clear(key);
      erased.push(await personal.eraseConversation(id, pseudonym(id)));
      await store.forget(id);
    }
    return { files: found.length, records: sumOf(erased) };
  }

  return {
    async exportOf(whose) {
      const ids = await conversationsOf(whose);
      const customer = 'customerId' in whose ? await reader.findCustomer(whose.customerId) : null;
      const heads = await Promise.all(ids.map((id) => store.head(id)));
      const kept = await files.ofConversations(new Set(ids));
      const conversations: Json[] = [];
      for (const [n, conversationId] of ids.entries()) {
        const head = heads[n];
        conversations.push({
          conversationId, channel: head?.channel ?? null, address: head?.address ?? null, state: head?.state ?? null, lines: await linesOf(conversationId),
          records: await personal.rowsOf(conversationId),
          files: await Promise.all(kept.filter((file) => file.conversationId === conversationId).map(contentOf)),
        });
      }
      return JSON.parse(JSON.stringify({
        exportedAt: clock.now(), ...('customerId' in whose ? { customerId: whose.customerId } : {}), customer,
        orders: customer ? await reader.ordersOf(customer.id) : [], conversations,
      })) as Json;
    },

    async openOf(whose) {
      const found: string[] = [];
      for (const id of await conversationsOf(whose)) {
        const { inbox, outbox } = await store.pending(id);
        found.push(...await personal.openIn(id), ...(inbox > 0 ? [`${inbox} messages of ${id} that are not answered yet`] : []), ...(outbox > 0 ? [`${outbox} lines of ${id} that are not delivered yet`] : []));
      }
      return found;
    },

    async erase(whose, by) {
      const ids = await conversationsOf(whose);
      const customer = 'customerId' in whose ? await reader.findCustomer(whose.customerId) : null;
      if ('customerId' in whose && !customer && ids.length === 0) throw new Fault('input.invalid', `There is no customer "${whose.customerId}" and nothing is kept of one.`);
      // The copies at another helpdesk first: where it cannot be reached all is still known here, and the same call takes it away later.
      for (const id of ids) await parts.forgetElsewhere?.(id);
      const addresses = customer ? [customer.email] : [];
      // Waiting mails and guesses are found by the customer's address, which the shop keeps.
      for (const contact of [...addresses.map((one) => one.toLowerCase()), ...('customerId' in whose ? [whose.customerId] : [])]) {
        for (const key of [`contact:${hash(contact)}`, `code-sent:${hash(contact)}`]) await records.attempts.clear(key);
      }
      const mails = await parts.eraseMails(addresses);
      const conversations = await eraseConversations(ids);
      const beside = 'customerId' in whose ? await personal.eraseCustomer(whose.customerId, pseudonym(whose.customerId)) : {};
      await personal.compact();
      await store.compact?.();
      const subject = 'customerId' in whose ? pseudonym(whose.customerId) : ids.map(pseudonym).join(' ');
      const report = { subject, conversations: ids.length, files: conversations.files, mails, records: sumOf([conversations.records, beside]) };
      await records.audit.add({ at: clock.now(), who: by, what: 'privacy.erase', subject, details: { conversations: ids.length, files: conversations.files, mails } });
      return report;
    },

    async sweep(days) {
      const now = clock.now();
      const before = (count: number): string => new Date(Date.parse(now) - count * 86_400_000).toISOString();
      const run = await personal.sweep(now, before(triesDays));
      if (days === 0) return { conversations: 0, records: run };
      const idle = [...new Set([...await store.idleBefore(before(days), sweepAtOnce), ...await personal.idleBefore(before(days), sweepAtOnce)])];
      const over: string[] = [];
      for (const id of idle) {
        const head = await store.head(id);
        const isQuiet = head === null || (Date.parse(head.lastAt) < Date.parse(before(days)) && (await store.pending(id)).inbox === 0);
        // A matter that is open is not over, however long nobody wrote.
        if (isQuiet && (await personal.openIn(id)).length === 0 && await isForgottenElsewhere(id)) over.push(id);
      }
      if (over.length === 0) return { conversations: 0, records: run };
      const { files: count, records: erased } = await eraseConversations(over);
      await records.audit.add({ at: clock.now(), who: 'retention', what: 'privacy.retention', subject: `${days} days`, details: { conversations: over.length, files: count } });
      return { conversations: over.length, records: sumOf([run, erased]) };
    },
  };
}
