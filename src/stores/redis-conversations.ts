import { randomUUID } from 'node:crypto';
import { Cluster } from 'ioredis';
import { Fault } from '../domain/fault.js';
import type { InboxItem, Json, Line } from '../domain/message.js';
import type { Clock } from '../ports/clock.js';
import type { ConversationHead, OutboxEntry } from '../ports/conversation-store.js';
import { withFaults } from './faults.js';
import { createHints } from './hints.js';
import { customerLine, instantMs, isoOf, parseStored } from './lines.js';
import { createCandidates, inOrder } from './redis/candidates.js';
import { connectRedis, type RedisPlace } from './redis/connect.js';
import type { ItemMeta, RestorableConversations } from '../ports/inbox-journal.js';
import type { SharedLimits } from '../ports/shared-limits.js';
import { ACCEPT, CLAIM, FORGET, HEAD, RELEASE, RENEW } from './redis/inbox.lua.js';
import { ALL_PARTITIONS, keysOf, partitionKeys } from './redis/keys.js';
import { SETTLE, TAKE } from './redis/outbox.lua.js';
import { createRedisLimits } from './redis/limits.js';
import { createMemoryMark } from './redis/memory-mark.js';
import { DUE, FREE } from './redis/partition.lua.js';
import { GATE, PRELUDE } from './redis/prelude.lua.js';
import { LATE, RESTORE, SNAPSHOT, TICKET, TRUST } from './redis/restore.lua.js';
import { runScript, scriptOf, type Script } from './redis/scripts.js';
import { COMMIT } from './redis/turn.lua.js';

const ofWhole = (text: string): Script => scriptOf(PRELUDE, GATE, text);
const SCRIPTS = {
  accept: ofWhole(ACCEPT), claim: ofWhole(CLAIM), renew: ofWhole(RENEW), release: ofWhole(RELEASE), commit: ofWhole(COMMIT), take: ofWhole(TAKE), settle: ofWhole(SETTLE), snapshot: ofWhole(SNAPSHOT),
  head: scriptOf(PRELUDE, HEAD), forget: scriptOf(PRELUDE, FORGET), ticket: scriptOf(PRELUDE, TICKET), restore: scriptOf(PRELUDE, RESTORE), late: scriptOf(PRELUDE, LATE, ACCEPT), trust: scriptOf(PRELUDE, TRUST),
  free: scriptOf(FREE), due: scriptOf(DUE),
};

/** How many of each partition one look brings home. */
const LOOK = 32;
/** How many heads are read at the same time. */
const HEADS = 500;
/** How often a conversation is looked through that is doubted again at once, before the asker is told to come again. */
const LOOKS = 5;

/** Where the conversations are kept and how: `prefix` sets shops apart, `expireSeconds` (0 = never) lets idle ones go. */
export type RedisConversationsOptions = RedisPlace & {
  readonly prefix?: string;
  readonly expireSeconds?: number;
  /** Only orders who came first; leases and due times go by the `now` of each call. */
  readonly clock?: Clock;
  readonly onWarning?: (message: string) => void;
};

const listOf = (answer: unknown): string[] | null => (Array.isArray(answer) ? answer.map(String) : null);

function lineOf(conversationId: string, seq: number, stored: string): Line {
  const space = stored.indexOf(' ');
  const said = parseStored<Omit<Line, 'seq' | 'at'>>(stored.slice(space + 1), conversationId, 'line');
  return { ...said, seq, at: isoOf(Number(stored.slice(0, space))) };
}

/** Keeps conversations in Redis, one server or a cluster, for any number of nodes. */
export async function createRedisConversations(options: RedisConversationsOptions): Promise<RestorableConversations & { readonly limits: SharedLimits }> {
  const { prefix = 'aftercare:', expireSeconds = 0, clock, onWarning = () => undefined } = options;
  const hints = createHints();
  const node = randomUUID();
  const hintChannel = `${prefix}hints`;
  const { commands, subscriber, close } = await connectRedis(options, hintChannel, onWarning);
  let lastArrival = 0;
  /** The partitions one look may ask for together: all of them on one server; in a cluster each lies somewhere else. */
  const together = commands instanceof Cluster ? ALL_PARTITIONS.map((partition) => [partition]) : [ALL_PARTITIONS];

  subscriber.on('message', (channel: string, text: string) => {
    const [from = '', what = '', ...id] = text.split(' ');
    // Our own were told without the way round.
    if (channel === hintChannel && from !== node && (what === 'inbox' || what === 'log')) hints.tell(id.join(' '), what);
  });

  const runOnce = (script: Script, conversationId: string, values: readonly (string | number)[]): Promise<unknown> =>
    runScript(commands, script, keysOf(prefix, conversationId), [conversationId, expireSeconds, hintChannel, node, ...values]);
  /** Who asks about the same one waits for the same look. */
  const looks = new Map<string, Promise<unknown>>();
  let lookThrough = (conversationId: string): Promise<unknown> => runOnce(SCRIPTS.trust, conversationId, ['']);

  async function run(script: Script, conversationId: string, ...values: (string | number)[]): Promise<unknown> {
    for (let tries = 0; tries < LOOKS; tries += 1) {
      const answer = await runOnce(script, conversationId, values);
      if (answer !== 'doubted') return answer;
      const look = looks.get(conversationId) ?? lookThrough(conversationId).finally(() => looks.delete(conversationId));
      looks.set(conversationId, look);
      await look;
    }
    throw new Fault('store.unreachable', 'Redis loses its memory again and again', { again: true });
  }

  /** Milliseconds with a count behind the point, so that two of this node never arrive together. */
  function arrival(): number {
    const ms = clock === undefined ? Date.now() : instantMs(clock.now());
    lastArrival = Math.max(ms, lastArrival + 0.001);
    return lastArrival;
  }

  const candidates = createCandidates(async (now) =>
    inOrder(await Promise.all(together.map((partitions) => runScript(commands, SCRIPTS.free, partitions.flatMap((one) => partitionKeys(prefix, one).slice(0, 2)), [now, LOOK])))));

  async function claimOne(owner: string, leaseMs: number, now: number, conversationId: string, isByName: boolean) {
    const answer = listOf(await run(SCRIPTS.claim, conversationId, owner, now, now + leaseMs, isByName ? 1 : 0));
    if (answer === null) return null;
    const [fence = '', headId = '', item = '', attempts = '', state = '', channel = '', address = '', seq = '', at = ''] = answer;
    return {
      conversationId, owner, fence: Number(fence), channel,
      head: { id: headId, item: parseStored<InboxItem>(item, conversationId, 'item'), attempts: Number(attempts) },
      state: parseStored(state, conversationId, 'state'),
      address: parseStored(address, conversationId, 'address'),
      last: { seq: Number(seq), at: isoOf(Number(at)) },
    };
  }

  async function readHead(conversationId: string): Promise<ConversationHead | null> {
    const answer = listOf(await run(SCRIPTS.head, conversationId));
    if (answer === null) return null;
    const [channel = '', address = '', state = '', seq = '', at = ''] = answer;
    return {
      conversationId, channel, address: parseStored(address, conversationId, 'address'), state: parseStored(state, conversationId, 'state'),
      lastSeq: Number(seq), lastAt: isoOf(Number(at)),
    };
  }

  async function takeOne(leaseMs: number, now: number, conversationId: string): Promise<OutboxEntry | null> {
    const answer = listOf(await run(SCRIPTS.take, conversationId, now, now + leaseMs));
    if (answer === null) return null;
    const [channel = '', address = '', seq = '', attempts = '', stored = ''] = answer;
    return {
      conversationId, channel, address: parseStored<Json>(address, conversationId, 'address'),
      line: lineOf(conversationId, Number(seq), stored), attempts: Number(attempts),
    };
  }

  async function put(conversationId: string, item: InboxItem, meta: ItemMeta, onlyKnown: boolean, ticket?: string): Promise<'accepted' | 'duplicate' | 'unknown'> {
    const isMessage = item.kind === 'message';
    const outcome = await run(
      ticket === undefined ? SCRIPTS.accept : SCRIPTS.late, conversationId, item.id, JSON.stringify(item), arrival(), meta.channel, JSON.stringify(meta.address),
      isMessage ? 1 : 0, instantMs(item.at), isMessage ? JSON.stringify(customerLine(item)) : '', onlyKnown ? 1 : 0, ticket ?? '',
    );
    if (outcome !== 1) return outcome === 2 ? 'unknown' : 'duplicate';
    if (isMessage) hints.tell(conversationId, 'log');
    hints.tell(conversationId, 'inbox');
    return 'accepted';
  }

  const mark = createMemoryMark(commands, prefix);
  const methods: Omit<RestorableConversations, 'watch' | 'whenDoubted'> = {
    ...mark,
    accept: async (conversationId, item, meta) => ((await put(conversationId, item, meta, false)) === 'accepted' ? 'accepted' : 'duplicate'),
    acceptKnown: (conversationId, item, meta) => put(conversationId, item, meta, true),

    async known(conversationIds) {
      const there = await Promise.all(conversationIds.map((id) => commands.exists(keysOf(prefix, id)[0] ?? '')));
      return new Set(conversationIds.filter((_, n) => there[n] === 1));
    },

    async snapshot(conversationId, sinceTurn) {
      const answer = await run(SCRIPTS.snapshot, conversationId, sinceTurn);
      if (!Array.isArray(answer)) return null;
      const [turn, seq, at, epoch, channel, address, state, answered, undelivered, course] = answer as readonly unknown[];
      return {
        conversationId, turn: Number(turn), seq: Number(seq), at: isoOf(Number(at)), epoch: Number(epoch), channel: String(channel),
        address: parseStored<Json>(String(address), conversationId, 'address'), state: parseStored<Json>(String(state), conversationId, 'state'),
        answered: listOf(answered) ?? [], undelivered: listOf(undelivered) ?? [], course: String(course),
      };
    },

    async ticket(conversationId) {
      const ticket = randomUUID();
      await run(SCRIPTS.ticket, conversationId, ticket);
      return ticket;
    },

    acceptLate: async (conversationId, item, meta, ticket) => void await put(conversationId, item, meta, true, ticket),
    trust: async (conversationId, ticket) => (await run(SCRIPTS.trust, conversationId, ticket)) === 1,

    async restore({ conversationId, channel, address, state, epoch, turn, lines, answered, open, undelivered, keptSeq }, ticket) {
      const waiting = open.flatMap(({ item, isLogged }) => {
        const isToLog = item.kind === 'message' && !isLogged;
        return [item.id, JSON.stringify(item), isToLog ? instantMs(item.at) : '', isToLog ? JSON.stringify(customerLine(item)) : ''];
      });
      const outcome = await run(
        SCRIPTS.restore, conversationId, turn, channel, JSON.stringify(address), JSON.stringify(state), epoch, instantMs(new Date().toISOString()), arrival(), ticket, keptSeq,
        lines.length, ...lines.map(({ seq: _, at, ...line }) => `${instantMs(at)} ${JSON.stringify(line)}`),
        answered.length, ...answered.flatMap(({ id, turn: of }) => [id, 0 - of]), open.length, ...waiting, undelivered.length, ...undelivered,
      );
      if (outcome !== 1) return outcome === 2 ? 'stale' : outcome === 3 ? 'doubted' : 'left';
      hints.tell(conversationId, 'log');
      hints.tell(conversationId, 'inbox');
      return 'restored';
    },

    async claim(owner, leaseMs, now, conversationId) {
      const at = instantMs(now);
      if (conversationId !== undefined) return claimOne(owner, leaseMs, at, conversationId, true);
      return candidates.first(at, (id) => claimOne(owner, leaseMs, at, id, false));
    },

    async renew(claim, leaseMs, now) {
      return (await run(SCRIPTS.renew, claim.conversationId, claim.fence, claim.owner, instantMs(now) + leaseMs)) === 1;
    },

    async commit(claim, commit, now) {
      const lines = commit.lines.flatMap(({ at, ...line }) => [instantMs(at), line.from, JSON.stringify(line)]);
      const outcome = await run(
        SCRIPTS.commit, claim.conversationId, claim.fence, claim.owner, claim.head.id, instantMs(now), JSON.stringify(commit.state), commit.epoch ?? '',
        commit.withdrawUndelivered === true ? 1 : 0, commit.toLogOnly === true ? 1 : 0, ...lines,
      );
      if (outcome !== 'committed') return outcome === 'already' ? 'already' : 'lost';
      if (lines.length > 0) hints.tell(claim.conversationId, 'log');
      hints.tell(claim.conversationId, 'inbox');
      return 'committed';
    },

    async release(claim, retryAt) {
      await run(SCRIPTS.release, claim.conversationId, claim.fence, claim.owner, instantMs(retryAt));
    },

    async readLog(conversationId, afterSeq, limit) {
      const [, , , , log = ''] = keysOf(prefix, conversationId);
      const stored = limit <= 0 ? [] : await commands.lrange(log, afterSeq, afterSeq + limit - 1);
      return stored.map((line, n) => lineOf(conversationId, afterSeq + n + 1, line));
    },

    head: readHead,

    async list(limit) {
      if (limit <= 0) return [];
      const answers = await Promise.all(ALL_PARTITIONS.map((partition) =>
        commands.zrevrange(partitionKeys(prefix, partition)[3] ?? '', 0, limit - 1, 'WITHSCORES')));
      const newest = inOrder(answers).reverse().slice(0, limit);
      const heads: (ConversationHead | null)[] = [];
      // So many at a time, or a long list would wait longer than one answer may take.
      for (let from = 0; from < newest.length; from += HEADS) heads.push(...await Promise.all(newest.slice(from, from + HEADS).map(({ id }) => readHead(id))));
      return heads.filter((head) => head !== null);
    },

    async takeOutbox(_owner, leaseMs, now, limit, except = []) {
      const at = instantMs(now);
      const due = inOrder(await Promise.all(together.map((partitions) =>
        runScript(commands, SCRIPTS.due, partitions.flatMap((one) => partitionKeys(prefix, one).slice(2, 3)), [at, limit, ...except]))));
      const taken = await Promise.allSettled(due.slice(0, limit).map(({ id }) => takeOne(leaseMs, at, id)));
      const entries = taken.flatMap((one) => (one.status === 'fulfilled' && one.value !== null ? [one.value] : []));
      // What failed is told when nothing else is left to deliver; its lease keeps it from coming up every time.
      const failed = taken.find((one) => one.status === 'rejected');
      if (entries.length === 0 && failed !== undefined) throw failed.reason;
      return entries;
    },

    async settleOutbox(entry, outcome) {
      const waiting = await run(
        SCRIPTS.settle, entry.conversationId, entry.line.seq, entry.attempts, outcome.kind,
        outcome.kind === 'retry' ? instantMs(outcome.retryAt) : 0, outcome.kind === 'moved' ? JSON.stringify(outcome.address) : '',
      );
      if (Number(waiting) > 0) hints.tell(entry.conversationId, 'log');
    },

    async pending(conversationId) {
      if (conversationId !== undefined) {
        const [, inbox, , , , outbox] = keysOf(prefix, conversationId);
        const [items, lines] = await Promise.all([commands.llen(inbox ?? ''), commands.llen(outbox ?? '')]);
        return { inbox: items, outbox: lines };
      }
      const counts = await Promise.all(ALL_PARTITIONS.map((partition) => commands.hmget(partitionKeys(prefix, partition)[4] ?? '', 'inbox', 'outbox')));
      const sum = (place: 0 | 1): number => counts.reduce((total, count) => total + Number(count[place] ?? 0), 0);
      return { inbox: sum(0), outbox: sum(1) };
    },

    async waiting() {
      const first = async (key: 0 | 2): Promise<string | null> => {
        const scores = await Promise.all(ALL_PARTITIONS.map((partition) => commands.zrangebyscore(partitionKeys(prefix, partition)[key] ?? '', '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)));
        const least = scores.flatMap(([, score]) => (score === undefined ? [] : [Number(score)]));
        return least.length === 0 ? null : isoOf(Math.floor(Math.min(...least)));
      };
      return { inboxSince: await first(0), outboxDue: await first(2) };
    },

    async idleBefore(at, limit) {
      const found: string[] = [];
      for (const partition of ALL_PARTITIONS) {
        const ids = await commands.zrangebyscore(partitionKeys(prefix, partition)[3] ?? '', '-inf', `(${instantMs(at)}`, 'LIMIT', 0, limit);
        for (const id of ids) {
          const [, inbox = '', , , , outbox = ''] = keysOf(prefix, id);
          const [items, lines] = await Promise.all([commands.llen(inbox), commands.llen(outbox)]);
          if (items + lines === 0) found.push(id);
        }
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async forget(conversationId) {
      await run(SCRIPTS.forget, conversationId);
    },

    async compact() {
      // Where writes are appended to a file, it holds them until it is written anew; a hosted server may forbid to ask for it.
      const servers = commands instanceof Cluster ? commands.nodes('master') : [commands];
      await Promise.all(servers.map((server) => server.bgrewriteaof().catch(() => undefined)));
    },

    close,
  };
  return { ...withFaults(methods, 'Redis'), limits: createRedisLimits(commands, prefix), watch: (listener) => hints.watch(listener), whenDoubted: (look) => void (lookThrough = look) };
}
