import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Incoming, Line } from '../domain/message.js';
import { createSampleShop } from '../shops/sample/sample-shop.js';
import type { ShopDb } from '../shops/tables.js';
import { migrateShop } from '../shops/tables.js';
import { replaceShop } from '../shops/transfer.js';
import { openPostgres } from '../stores/postgres.js';
import type { RecordTables } from '../stores/tables.js';
import { checkHistory, type AcceptedMessage, type DeliveredReply, type KeptLine, type MadeWrite, type Violation } from './checker.js';
import { startChaosCluster } from './cluster.js';
import { clusterFaults, serverFaults } from './faults.js';
import { randomFrom, startNodes } from './nodes.js';
import { startChaosPostgres, startChaosRedis } from './servers.js';
import { customerOf, streetOf } from './talk.js';

/** How much of it, and which. */
export interface ChaosPlan {
  readonly messages: number;
  readonly kills: number;
  readonly nodes: number;
  readonly seed: number;
  /** Nothing new is said after so many seconds; what was said is answered. */
  readonly seconds: number;
  /** Redis is killed, hung and cut off, but not emptied. */
  readonly keepsMemory?: boolean;
  /** Redis is a cluster, whose masters are lost. */
  readonly isCluster?: boolean;
  readonly onProgress?: (text: string) => void;
}

/** What came of it. */
export interface ChaosReport {
  readonly seed: number;
  readonly nodes: number;
  readonly messages: number;
  readonly sentTwice: number;
  readonly kills: number;
  readonly killsAt: Readonly<Record<string, number>>;
  readonly serverFaults: Readonly<Record<string, number>>;
  /** Nodes that ended by themselves or stood still, and messages no node would take. */
  readonly crashes: readonly string[];
  /** Errors in the nodes' logs, by name; each of them was tried again. */
  readonly logged: Readonly<Record<string, number>>;
  readonly writes: number;
  /** Writes the shop did not answer, handed to a person; and messages answered by an apology while a server was away. */
  readonly uncertain: number;
  readonly apologies: number;
  /** The same line delivered again, as is allowed where a channel's acknowledgement got lost. */
  readonly redelivered: number;
  /** Came to a page that showed it already, under another number after Redis lost its memory: the page knows it by its id and does not show it again. */
  readonly folded: number;
  readonly violations: number;
  readonly found: readonly Violation[];
  readonly seconds: number;
}

const eachMessages = 20;
const talksAtOnce = 64;
/** So long a statement of a node may take; two seconds later its connection is torn down. */
const nodeStatementMs = 2_000;
/** So long an answer is waited for while others talk, and, when all have ended, as long as anything comes and so long after: nodes may stand still together while a server is away, and a machine may be slow. */
const drainSeconds = 60;
/** A message that no node has taken by then is given up, and the run is not good. */
const sayMs = 300_000;
const shownViolations = 50;

interface Talk {
  readonly id: string;
  readonly channel: 'wire' | 'web';
  readonly messages: readonly { readonly id: string; readonly text: string; readonly write?: string }[];
}

function makeTalk(n: number, random: (below: number) => number): Talk {
  const channel = n % 2 === 0 ? 'wire' : 'web';
  const messages: { id: string; text: string; write?: string }[] = [];
  while (messages.length < eachMessages) {
    const k = messages.length;
    if (random(2) === 0) messages.push({ id: `m${k}`, text: `echo ${k}` });
    else messages.push({ id: `m${k}`, text: `street ${n}x${k}` }, { id: `m${k + 1}`, text: 'yes', write: `${n}x${k}` });
  }
  return { id: `${channel}:${n}`, channel, messages };
}

/** Runs it: real nodes on a Redis and a PostgreSQL of its own, killed and cut off again and again; then looks through all that happened. */
export async function runChaos({ messages, kills, nodes: count, seed, seconds, keepsMemory = false, isCluster = false, onProgress }: ChaosPlan): Promise<ChaosReport> {
  const from = Date.now();
  const postgres = await startChaosPostgres();
  const redis = await (isCluster ? startChaosCluster().then((cluster) => ({ ...cluster, faults: clusterFaults(cluster, postgres) })) : startChaosRedis().then((one) => ({ ...one, faults: serverFaults(one, postgres) })));
  const random = randomFrom(seed);
  const talks = Array.from({ length: Math.ceil(messages / eachMessages) }, (_, n) => makeTalk(n, random));
  const accepted: AcceptedMessage[] = [];
  const delivered: DeliveredReply[] = [];
  const answered = new Map<string, Set<string>>();
  /** Lines that came at least once, by conversation and line. */
  const seen = new Set<string>();
  const struck: Record<string, number> = {};
  let [sentTwice, redelivered, folded, apologies, isOver] = [0, 0, 0, 0, false];
  let lastAnswerAt = Date.now();

  function note(conversation: string, line: Line, isShown: boolean): void {
    if (line.from !== 'bot') return;
    const message = line.id.replace(/\.\w$/u, '');
    const key = `${conversation} ${line.id}`;
    if (!seen.has(key) && line.text.includes('fault.sorry')) apologies += 1;
    seen.add(key);
    const says = line.text.includes('chaos.done') ? 'written' : line.text.includes('plan.unknown') ? 'uncertain' : undefined;
    delivered.push({ conversation, message, line: line.id, text: line.text, ...(says ? { says } : {}), ...(isShown ? { isShown } : {}) });
    const known = answered.get(conversation) ?? new Set();
    if (!known.has(message)) lastAnswerAt = Date.now();
    answered.set(conversation, known.add(message));
  }

  const { db, close } = openPostgres(postgres.url, { connections: 2, onWarning: () => undefined });
  const shopDb = db as unknown as ShopDb;
  const nodes = await (async () => {
    await migrateShop(shopDb);
    const sample = createSampleShop(new Date(from).toISOString());
    const [model] = sample.customers;
    if (!model) throw new Error('The sample shop has no customers');
    await replaceShop(shopDb, { ...sample, orders: [], customers: talks.map(({ id }) => ({ ...model, id: customerOf(id), email: `${customerOf(id)}@example.com`, coupons: [] })) });
    const life = Math.max(20, Math.round(count * messages / Math.max(1, kills)));
    return startNodes(count, { REDIS_URL: redis.url, DATABASE_URL: `${postgres.url}?statement_timeout=${nodeStatementMs}` }, seed, life, (conversation, line) => {
      if (seen.has(`${conversation} ${line.id}`)) redelivered += 1;
      note(conversation, line, false);
    });
  })();
  const revisions = async (): Promise<Map<string, number>> => new Map((await shopDb.selectFrom('shop_customers').select(['id', 'revision']).execute()).map((row) => [row.id, row.revision]));
  const before = await revisions();
  const killed = (): number => Object.values(nodes.counts().kills).reduce((sum, one) => sum + one, 0);

  // Counted from the first message that got through: how long servers and nodes take to start is the machine's.
  let begun = Infinity;
  const isLate = (): boolean => Date.now() - begun > seconds * 1000;

  const refused: string[] = [];
  async function say(message: Incoming): Promise<void> {
    const until = Date.now() + sayMs;
    while (!(await nodes.say(message))) {
      if (Date.now() > until) throw new Error(`${message.conversationId}: ${message.id} was taken by no node for ${sayMs / 1000} s`);
      await pause(50);
    }
  }

  /** Shows what is new in a log, as an open page does: by number, and a line it has shown already is not shown again (activities are known by their line). */
  function page(conversation: string): () => Promise<void> {
    let watermark = 0;
    const shown = new Map<string, number>();
    return async () => {
      for (const line of await nodes.read(conversation, watermark)) {
        watermark = line.seq;
        const before = shown.get(line.id);
        if (before !== undefined) {
          folded += 1;
          onProgress?.(`${conversation}: ${line.id} came as ${before} and again as ${line.seq}`);
        }
        note(conversation, line, before === undefined);
        shown.set(line.id, line.seq);
      }
    };
  }

  /** Pages and conversations that still wait for an answer. */
  const late: (() => Promise<void>)[] = [];
  async function hold(talk: Talk): Promise<void> {
    let said = 0;
    const look = talk.channel === 'web' ? page(talk.id) : async () => undefined;
    for (const { id, text, write } of talk.messages) {
      if (isLate()) break;
      const message: Incoming = { kind: 'message', id, conversationId: talk.id, channel: talk.channel, address: talk.id, at: new Date().toISOString(), text };
      const isTwice = random(10) < 3;
      if (isTwice) sentTwice += 1;
      try {
        await Promise.all([say(message), isTwice ? say(message) : undefined]);
      } catch (error) {
        refused.push(String(error));
        break;
      }
      said += 1;
      begun = Math.min(begun, Date.now());
      accepted.push({ conversation: talk.id, message: id, ...(write === undefined ? {} : { write }) });
      if (random(5) === 0) await look();
    }
    const isAnswered = (): boolean => (answered.get(talk.id)?.size ?? 0) >= said;
    const drain = async (isLost: () => boolean): Promise<void> => {
      while (!isAnswered() && !isLost()) {
        await pause(200);
        await look();
      }
    };
    const until = Date.now() + drainSeconds * 1000;
    await drain(() => Date.now() > until);
    if (!isAnswered()) late.push(() => drain(() => Date.now() > lastAnswerAt + drainSeconds * 1000));
  }

  async function killSome(): Promise<void> {
    while (!isOver) {
      if (killed() < Math.min(kills, Math.ceil(kills * (accepted.length + 1) / messages))) nodes.kill();
      if (killed() >= kills) nodes.calm();
      await pause(60);
    }
  }

  async function strikeSome(): Promise<void> {
    const faults = redis.faults.filter(({ name }) => !keepsMemory || !name.includes('wiped'));
    const strikes = Math.max(faults.length, Math.floor(messages / 400));
    for (let n = 0; n < strikes && !isOver; n += 1) {
      while (!isOver && accepted.length < messages * (n + 1) / (strikes + 1)) await pause(50);
      const fault = faults[n % faults.length];
      if (isOver || !fault) return;
      struck[fault.name] = (struck[fault.name] ?? 0) + 1;
      await fault.strike().catch((error: unknown) => onProgress?.(`${fault.name} failed: ${String(error)}`));
    }
  }

  try {
    const disasters = [killSome(), strikeSome()];
    const waiting = talks.values();
    const report = setInterval(() => onProgress?.(`${accepted.length} messages, ${killed()} kills, ${Math.round((Date.now() - from) / 1000)} s`), 5_000);
    await Promise.all(Array.from({ length: talksAtOnce }, async () => {
      for (const talk of waiting) {
        if (isLate()) return;
        await hold(talk);
      }
    }));
    isOver = true;
    clearInterval(report);
    await Promise.all(disasters);
    onProgress?.(`all has been said; ${late.length} conversations wait for answers`);
    lastAnswerAt = Date.now();
    await Promise.all(late.map((drain) => drain()));
    await allRecorded(db, onProgress);
    await nodes.stop();
    const held = new Set(accepted.map(({ conversation }) => conversation));
    const writes = await madeWrites(shopDb, talks.filter(({ id }) => held.has(id)), before, await revisions());
    const found = checkHistory({ accepted, delivered, writes, kept: await keptLines(db) });
    const { kills: killsAt, crashes, logged } = nodes.counts();
    return {
      seed, nodes: count, messages: accepted.length, sentTwice, kills: killed(), killsAt, serverFaults: struck, crashes: [...crashes, ...refused], logged, writes: writes.length,
      uncertain: delivered.filter(({ says }) => says === 'uncertain').length, apologies, redelivered, folded,
      violations: found.length, found: found.slice(0, shownViolations), seconds: Math.round((Date.now() - from) / 100) / 10,
    };
  } finally {
    isOver = true;
    await nodes.stop();
    await close();
    await Promise.all([redis.stop(), postgres.stop()]);
  }
}

/** What a killed node had not written down yet, another one makes up for; waited for as long as it becomes less. */
async function allRecorded(db: Kysely<RecordTables>, onProgress: ChaosPlan['onProgress']): Promise<void> {
  let [least, lessAt] = [Infinity, Date.now()];
  for (;;) {
    const left = await unrecorded(db);
    if (left === 0 || Date.now() > lessAt + drainSeconds * 1000) return;
    if (left < least) {
      onProgress?.(`${left} answers the records do not know of yet`);
      [least, lessAt] = [left, Date.now()];
    }
    await pause(200);
  }
}

/** How many accepted messages the records do not know the answer of. */
async function unrecorded(db: Kysely<RecordTables>): Promise<number> {
  const row = await db.selectFrom('inbox').select((select) => select.fn.countAll<string>().as('many')).where('turn', 'is', null).executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** The transcripts as the desk reads them. */
async function keptLines(db: Kysely<RecordTables>): Promise<KeptLine[]> {
  const rows = await db.selectFrom('transcripts').select(['conversation_id', 'line']).orderBy('conversation_id').orderBy('seq').execute();
  return rows.map(({ conversation_id: conversation, line }) => {
    const { id, from, messageId } = JSON.parse(line) as Line;
    return { conversation, line: id, ...(from === 'customer' && messageId !== undefined ? { message: messageId } : {}) };
  });
}

/** What the shop holds: each write by its receipt, the last one by the address it left; a change without a receipt counts as made again. */
async function madeWrites(db: ShopDb, talks: readonly Talk[], before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Promise<MadeWrite[]> {
  const receipts = await db.selectFrom('shop_receipts').select('receipt').execute();
  const made = new Map<string, string[]>();
  for (const { receipt } of receipts) {
    const { customer } = JSON.parse(receipt) as { readonly customer: { readonly id: string; readonly address: { readonly line1: string } } };
    made.set(customer.id, [...made.get(customer.id) ?? [], customer.address.line1]);
  }
  const last = new Map((await db.selectFrom('shop_customers').select(['id', 'document']).execute()).map(({ id, document }) => [id, (JSON.parse(document) as { readonly address: { readonly line1: string } }).address.line1]));
  return talks.flatMap(({ id: conversation, messages }) => {
    const customer = customerOf(conversation);
    const asked = messages.flatMap(({ write }) => (write === undefined ? [] : [write]));
    const count = new Map<string, number>();
    for (const street of made.get(customer) ?? []) count.set(street, (count.get(street) ?? 0) + 1);
    const inOrder = asked.flatMap((write) => Array.from({ length: count.get(streetOf(write)) ?? 0 }, () => write));
    const final = asked.find((write) => streetOf(write) === last.get(customer));
    const ordered = final === undefined ? inOrder : [...inOrder.filter((write) => write !== final), ...inOrder.filter((write) => write === final)];
    const unaccounted = (after.get(customer) ?? 0) - (before.get(customer) ?? 0) - ordered.length;
    return [...ordered, ...Array.from({ length: Math.max(0, unaccounted) }, () => ordered.at(-1) ?? 'unknown')].map((write) => ({ conversation, write }));
  });
}
