import type Database from 'libsql';
import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Claim, Commit, ConversationHead, ConversationStore, OutboxEntry } from '../ports/conversation-store.js';
import { createHints } from './hints.js';
import { customerLine, instantMs, isoOf, longestRestMs, parseStored } from './lines.js';
import { createBatch } from './sqlite-batch.js';
import { createConversationTables, prepareStatements, type ConversationRow } from './sqlite-statements.js';

/**
 * Keeps conversations in a SQLite file, for one node or a few processes on one machine. Wake-ups reach this process only.
 * `close` leaves the file open; who opened it closes it.
 */
export function createSqliteConversations(raw: Database.Database): ConversationStore {
  createConversationTables(raw);
  const statements = prepareStatements(raw);
  const batch = createBatch(raw);
  const hints = createHints();

  const lineOf = (conversationId: string, row: { readonly seq: number; readonly at: number; readonly line: string }): Line => ({
    ...parseStored<Omit<Line, 'seq' | 'at'>>(row.line, conversationId, 'line'), seq: row.seq, at: isoOf(row.at),
  });
  const headOf = (row: ConversationRow): ConversationHead => ({
    conversationId: row.id, channel: row.channel, address: parseStored(row.address, row.id, 'address'), state: parseStored(row.state, row.id, 'state'),
    lastSeq: row.last_seq, lastAt: isoOf(row.last_at),
  });
  const isHeld = (row: ConversationRow | undefined, claim: Claim): row is ConversationRow => row?.fence === claim.fence && row.owner === claim.owner;

  /** The due time of the outbox after this commit. One that waits already, or whose line (even one taken back) is in flight, keeps its time. */
  function fillOutbox(row: ConversationRow, commit: Commit, now: number, seqs: readonly { readonly seq: number; readonly from: Line['from'] }[]): number | null {
    const epoch = commit.epoch ?? row.epoch;
    statements.dropBotLines.run(row.id, commit.withdrawUndelivered === true ? Number.MAX_SAFE_INTEGER : epoch);
    const isIdle = row.flight_seq === null && statements.hasUndelivered.get(row.id) === undefined;
    for (const { seq, from } of seqs) {
      if (commit.toLogOnly === true || from === 'customer' || (from === 'bot' && epoch < row.epoch)) continue;
      statements.insertUndelivered.run(row.id, seq, epoch, from === 'bot' ? 1 : 0);
    }
    if (isIdle) return statements.hasUndelivered.get(row.id) === undefined ? null : now;
    return row.out_due ?? now;
  }

  return {
    async accept(conversationId, item, meta) {
      const at = instantMs(item.at);
      const isMessage = item.kind === 'message';
      const text = JSON.stringify(item);
      const isNew = await batch.durably(() => {
        const inserted = statements.insertItem.get(conversationId, item.id, text);
        if (inserted === undefined) return false;
        const last = statements.touchConversation.get(conversationId, meta.channel, JSON.stringify(meta.address), isMessage ? 1 : 0, at, inserted.position);
        if (isMessage && last !== undefined) statements.insertLine.run(conversationId, last.last_seq, last.last_at, JSON.stringify(customerLine(item)));
        return true;
      });
      if (!isNew) return 'duplicate';
      if (isMessage) hints.tell(conversationId, 'log');
      hints.tell(conversationId, 'inbox');
      return 'accepted';
    },

    async claim(owner, leaseMs, now, conversationId) {
      const at = instantMs(now);
      // Looking is free; only who is there costs a transaction.
      if (conversationId === undefined && statements.hasFree.get(at) === undefined) return null;
      const found = await batch.briefly(() => {
        const row = conversationId === undefined ? statements.findFree.get(at) : statements.find.get(conversationId);
        if (row === undefined || row.head_position === null) return null;
        const isBusy = row.busy_until > at && row.busy_until - at <= longestRestMs;
        if (isBusy && row.owner !== owner) return null;
        const item = statements.item.get(row.head_position);
        if (item === undefined) return null;
        const attempts = isBusy ? row.attempts : row.attempts + 1;
        const fence = Math.max(row.fence + 1, at);
        statements.lease.run(fence, owner, at + leaseMs, attempts, row.id);
        return { row, item, fence, attempts };
      });
      if (found === null) return null;
      // Read only now, under the lease: what cannot be read rests until the lease ends and does not stop the others.
      const { row, item, fence, attempts } = found;
      return {
        conversationId: row.id, owner, fence, channel: row.channel,
        head: { id: item.item_id, item: parseStored<InboxItem>(item.item, row.id, 'item'), attempts: attempts - 1 },
        state: parseStored(row.state, row.id, 'state'),
        address: parseStored(row.address, row.id, 'address'),
        last: { seq: row.last_seq, at: isoOf(row.last_at) },
      };
    },

    renew(claim, leaseMs, now) {
      const until = instantMs(now) + leaseMs;
      return batch.briefly(() => statements.renew.run(until, claim.conversationId, claim.fence, claim.owner) > 0);
    },

    async commit(claim, commit, now) {
      const at = instantMs(now);
      const id = claim.conversationId;
      const state = JSON.stringify(commit.state);
      const lines = commit.lines.map(({ at: said, ...line }) => ({ from: line.from, at: instantMs(said), text: JSON.stringify(line) }));
      const outcome = await batch.durably(() => {
        if (statements.itemFence.get(id, claim.head.id)?.fence === claim.fence) return 'already';
        const row = statements.find.get(id);
        if (!isHeld(row, claim) || row.head_position === null || statements.item.get(row.head_position)?.item_id !== claim.head.id) return 'lost';
        let last = row.last_at;
        const seqs = lines.map((line, index) => {
          const seq = row.last_seq + index + 1;
          last = Math.max(line.at, last + 1);
          statements.insertLine.run(id, seq, last, line.text);
          return { seq, from: line.from };
        });
        const due = fillOutbox(row, commit, at, seqs);
        statements.finishItem.run(claim.fence, row.head_position);
        statements.commit.run(state, Math.max(row.epoch, commit.epoch ?? row.epoch), row.last_seq + seqs.length, last, due, id);
        return 'committed';
      });
      if (outcome === 'committed') {
        if (lines.length > 0) hints.tell(id, 'log');
        hints.tell(id, 'inbox');
      }
      return outcome;
    },

    async release(claim, retryAt) {
      const until = instantMs(retryAt);
      await batch.briefly(() => statements.release.run(until, claim.conversationId, claim.fence, claim.owner));
    },

    async readLog(conversationId, afterSeq, limit) {
      return statements.readLines.all(conversationId, afterSeq, limit).map((row) => lineOf(conversationId, row));
    },

    async head(conversationId) {
      const row = statements.find.get(conversationId);
      return row === undefined ? null : headOf(row);
    },

    async list(limit) {
      return statements.recent.all(limit).map(headOf);
    },

    async takeOutbox(_owner, leaseMs, now, limit, except = []) {
      const at = instantMs(now);
      const channels = JSON.stringify(except);
      // Looking is free; only what is there costs a transaction.
      if (statements.dueConversations.get(at, channels, 1) === undefined) return [];
      const taken = await batch.briefly(() => statements.dueConversations.all(at, channels, limit).flatMap((row) => {
        const first = statements.firstUndelivered.get(row.id);
        if (first === undefined) {
          statements.flight.run(null, null, null, row.id);
          return [];
        }
        statements.countAttempt.run(row.id, first.seq);
        statements.flight.run(at + leaseMs, first.seq, first.attempts, row.id);
        return [{ row, first }];
      }));
      const entries: OutboxEntry[] = [];
      const faults: unknown[] = [];
      for (const { row, first } of taken) {
        try {
          const address = parseStored<Json>(row.address, row.id, 'address');
          entries.push({ conversationId: row.id, channel: row.channel, address, line: lineOf(row.id, first), attempts: first.attempts });
        } catch (fault) {
          // Told when nothing else is left to deliver; the lease keeps it from coming up every time.
          faults.push(fault);
        }
      }
      if (entries.length === 0 && faults.length > 0) throw faults[0];
      return entries;
    },

    async settleOutbox(entry, outcome) {
      const id = entry.conversationId;
      const retryAt = outcome.kind === 'retry' ? instantMs(outcome.retryAt) : 0;
      const hasMore = await batch.durably(() => {
        const row = statements.find.get(id);
        if (row === undefined) return false;
        if (outcome.kind === 'moved') statements.setAddress.run(JSON.stringify(outcome.address), id);
        if (outcome.kind === 'gone') statements.removeAllUndelivered.run(id);
        if (outcome.kind === 'sent' || outcome.kind === 'dropped') statements.removeUndelivered.run(id, entry.line.seq);
        const isLeft = statements.hasUndelivered.get(id) !== undefined;
        // Only who holds the line now may let the next one out; a late answer of an earlier holder may not.
        if (row.flight_seq === entry.line.seq && row.flight_attempt === entry.attempts) statements.flight.run(isLeft ? retryAt : null, null, null, id);
        else if (!isLeft && row.flight_seq === null) statements.flight.run(null, null, null, id);
        return isLeft;
      });
      if (hasMore) hints.tell(id, 'log');
    },

    watch: (listener) => hints.watch(listener),

    async pending(conversationId) {
      return (conversationId === undefined ? statements.pending.get() : statements.pendingOf.get(conversationId, conversationId)) ?? { inbox: 0, outbox: 0 };
    },

    async waiting() {
      const first = statements.firstWaiting.get();
      const due = statements.firstDue.get()?.due ?? null;
      return { inboxSince: first === undefined ? null : parseStored<InboxItem>(first.item, '(any)', 'item').at, outboxDue: due === null ? null : isoOf(due) };
    },

    async idleBefore(at, limit) {
      return statements.idle.all(instantMs(at), limit).map(({ id }) => id);
    },

    async forget(conversationId) {
      await batch.durably(() => {
        for (const statement of statements.forget) statement.run(conversationId);
      });
    },

    async compact() {
      await batch.drain();
      raw.exec('VACUUM');
      raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },

    close: () => batch.drain(),
  };
}
