import { copyOf } from '../domain/copy.js';
import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Claim, ConversationHead, ConversationStore, OutboxEntry } from '../ports/conversation-store.js';
import { createHints } from './hints.js';
import { customerLine, instantMs, isoOf, longestRestMs } from './lines.js';

interface Waiting {
  readonly id: string;
  readonly item: InboxItem;
  readonly arrival: number;
}

interface Undelivered {
  readonly line: Line;
  readonly epoch: number;
  attempts: number;
}

interface Conversation {
  readonly id: string;
  readonly channel: string;
  address: Json;
  state: Json;
  epoch: number;
  fence: number;
  owner: string;
  busyUntil: number;
  attempts: number;
  lastAt: number;
  outDue: number;
  inFlight: string;
  inbox: Waiting[];
  outbox: Undelivered[];
  readonly log: Line[];
  /** Of every item ever accepted: the fence it was committed under, 0 while it waits. */
  readonly seen: Map<string, number>;
}

const isBusy = ({ busyUntil }: Conversation, now: number): boolean => busyUntil > now && busyUntil - now <= longestRestMs;

/** Keeps conversations in memory: the twin the other stores are measured by, for tests and for trying out. */
export function createMemoryConversations(): ConversationStore {
  const all = new Map<string, Conversation>();
  const hints = createHints();
  let arrivals = 0;

  function append(conversation: Conversation, line: Omit<Line, 'seq' | 'at'>, at: number): Line {
    conversation.lastAt = Math.max(at, conversation.lastAt + 1);
    const whole: Line = copyOf({ ...line, seq: conversation.log.length + 1, at: isoOf(conversation.lastAt) });
    conversation.log.push(whole);
    return whole;
  }

  const holds = (claim: Claim): Conversation | null => {
    const conversation = all.get(claim.conversationId);
    return conversation?.fence === claim.fence && conversation.owner === claim.owner ? conversation : null;
  };

  const headOf = (conversation: Conversation): ConversationHead => ({
    conversationId: conversation.id,
    channel: conversation.channel,
    address: copyOf(conversation.address),
    state: copyOf(conversation.state),
    lastSeq: conversation.log.length,
    lastAt: isoOf(conversation.lastAt),
  });

  function free(now: number, wanted: string | undefined, owner: string): Conversation | undefined {
    if (wanted !== undefined) {
      const one = all.get(wanted);
      return one !== undefined && one.inbox.length > 0 && (!isBusy(one, now) || one.owner === owner) ? one : undefined;
    }
    return [...all.values()]
      .filter((one) => one.inbox.length > 0 && !isBusy(one, now))
      .sort((a, b) => (a.inbox[0]?.arrival ?? 0) - (b.inbox[0]?.arrival ?? 0))[0];
  }

  return {
    async accept(conversationId, item, meta) {
      const at = instantMs(item.at);
      let conversation = all.get(conversationId);
      if (conversation?.seen.has(item.id)) return 'duplicate';
      conversation ??= {
        id: conversationId, channel: meta.channel, address: copyOf(meta.address), state: null, epoch: 0, fence: 0, owner: '', busyUntil: 0,
        attempts: 0, lastAt: 0, outDue: 0, inFlight: '', inbox: [], outbox: [], log: [], seen: new Map(),
      };
      all.set(conversationId, conversation);
      conversation.seen.set(item.id, 0);
      conversation.inbox.push({ id: item.id, item: copyOf(item), arrival: ++arrivals });
      if (item.kind === 'message') {
        conversation.address = copyOf(meta.address);
        append(conversation, customerLine(item), at);
        hints.tell(conversationId, 'log');
      }
      hints.tell(conversationId, 'inbox');
      return 'accepted';
    },

    async claim(owner, leaseMs, now, conversationId) {
      const at = instantMs(now);
      const conversation = free(at, conversationId, owner);
      const head = conversation?.inbox[0];
      if (conversation === undefined || head === undefined) return null;
      const isAgain = isBusy(conversation, at);
      conversation.fence = Math.max(conversation.fence + 1, at);
      conversation.owner = owner;
      conversation.busyUntil = at + leaseMs;
      if (!isAgain) conversation.attempts += 1;
      return {
        conversationId: conversation.id,
        owner,
        fence: conversation.fence,
        head: { id: head.id, item: copyOf(head.item), attempts: conversation.attempts - 1 },
        state: copyOf(conversation.state),
        channel: conversation.channel,
        address: copyOf(conversation.address),
        last: { seq: conversation.log.length, at: isoOf(conversation.lastAt) },
      };
    },

    async renew(claim, leaseMs, now) {
      const conversation = holds(claim);
      if (conversation === null) return false;
      conversation.busyUntil = instantMs(now) + leaseMs;
      return true;
    },

    async commit(claim, commit, now) {
      if (all.get(claim.conversationId)?.seen.get(claim.head.id) === claim.fence) return 'already';
      const conversation = holds(claim);
      if (conversation === null || conversation.inbox[0]?.id !== claim.head.id) return 'lost';
      const epoch = commit.epoch ?? conversation.epoch;
      conversation.state = copyOf(commit.state);
      conversation.outbox = conversation.outbox.filter(
        (one) => one.line.from !== 'bot' || (commit.withdrawUndelivered !== true && one.epoch >= epoch),
      );
      conversation.epoch = Math.max(conversation.epoch, epoch);
      const isIdle = conversation.outbox.length === 0 && conversation.inFlight === '';
      for (const given of commit.lines) {
        const line = append(conversation, given, instantMs(given.at));
        if (commit.toLogOnly === true || line.from === 'customer' || (line.from === 'bot' && epoch < conversation.epoch)) continue;
        conversation.outbox.push({ line, epoch, attempts: 0 });
      }
      if (isIdle) conversation.outDue = instantMs(now);
      conversation.inbox.shift();
      conversation.seen.set(claim.head.id, claim.fence);
      conversation.owner = '';
      conversation.busyUntil = 0;
      conversation.attempts = 0;
      if (commit.lines.length > 0) hints.tell(conversation.id, 'log');
      if (conversation.inbox.length > 0) hints.tell(conversation.id, 'inbox');
      return 'committed';
    },

    async release(claim, retryAt) {
      const conversation = holds(claim);
      if (conversation === null) return;
      conversation.owner = '';
      conversation.busyUntil = instantMs(retryAt);
    },

    async readLog(conversationId, afterSeq, limit) {
      return copyOf(all.get(conversationId)?.log.slice(afterSeq, afterSeq + limit) ?? []);
    },

    async head(conversationId) {
      const conversation = all.get(conversationId);
      return conversation === undefined ? null : headOf(conversation);
    },

    async list(limit) {
      return [...all.values()].sort((a, b) => b.lastAt - a.lastAt).slice(0, limit).map(headOf);
    },

    async takeOutbox(_owner, leaseMs, now, limit, except = []) {
      const at = instantMs(now);
      const due = [...all.values()]
        .filter((one) => one.outbox.length > 0 && one.outDue <= at && !except.includes(one.channel))
        .sort((a, b) => a.outDue - b.outDue)
        .slice(0, limit);
      return due.flatMap((conversation): OutboxEntry[] => {
        const first = conversation.outbox[0];
        if (first === undefined) return [];
        conversation.outDue = at + leaseMs;
        conversation.inFlight = `${first.line.seq}/${first.attempts}`;
        first.attempts += 1;
        return [{
          conversationId: conversation.id, channel: conversation.channel, address: copyOf(conversation.address),
          line: copyOf(first.line), attempts: first.attempts - 1,
        }];
      });
    },

    async settleOutbox(entry, outcome) {
      const conversation = all.get(entry.conversationId);
      if (conversation === undefined) return;
      if (outcome.kind === 'moved') conversation.address = copyOf(outcome.address);
      if (outcome.kind === 'gone') conversation.outbox = [];
      if (outcome.kind === 'sent' || outcome.kind === 'dropped') {
        conversation.outbox = conversation.outbox.filter(({ line }) => line.seq !== entry.line.seq);
      }
      // Only who holds the line now may let the next one out; a late answer of an earlier holder may not.
      if (conversation.inFlight !== `${entry.line.seq}/${entry.attempts}`) return;
      conversation.inFlight = '';
      conversation.outDue = outcome.kind === 'retry' ? instantMs(outcome.retryAt) : 0;
      if (conversation.outbox.length > 0) hints.tell(conversation.id, 'log');
    },

    watch: (listener) => hints.watch(listener),

    async pending(conversationId) {
      const every = conversationId === undefined ? [...all.values()] : [all.get(conversationId)].filter((one) => one !== undefined);
      return {
        inbox: every.reduce((sum, one) => sum + one.inbox.length, 0),
        outbox: every.reduce((sum, one) => sum + one.outbox.length, 0),
      };
    },

    async waiting() {
      const since = [...all.values()].flatMap((one) => (one.inbox[0] === undefined ? [] : [instantMs(one.inbox[0].item.at)]));
      const due = [...all.values()].filter((one) => one.outbox.length > 0).map((one) => one.outDue);
      return { inboxSince: since.length === 0 ? null : isoOf(Math.min(...since)), outboxDue: due.length === 0 ? null : isoOf(Math.min(...due)) };
    },

    async idleBefore(at, limit) {
      return [...all.values()].filter((one) => one.inbox.length === 0 && one.outbox.length === 0 && one.lastAt < instantMs(at))
        .sort((a, b) => a.lastAt - b.lastAt).slice(0, limit).map((one) => one.id);
    },

    async forget(conversationId) {
      all.delete(conversationId);
    },

    async close() {
      all.clear();
    },
  };
}
