import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, Line } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import { at, message, metaOf, type Kind, type Subject } from './conversation-story.js';

const CONVERSATIONS = 20;
const MESSAGES = 20;
const LEASE_MS = 40;

interface Course {
  readonly ids: readonly string[];
  /** Item ids per conversation in the order they were accepted. */
  readonly accepted: ReadonlyMap<string, readonly string[]>;
  /** What was answered as committed, in the order the answers came. */
  readonly committed: readonly string[];
}

const breathe = async (ticks: number): Promise<void> => {
  for (let n = 0; n < ticks; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A small generator of our own, so that one seed makes one course of stalls. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lets several workers and senders loose on the stores (nodes over the same data), with doubled messages, stalls beyond the lease and repeated commits. */
async function runCourse(nodes: readonly ConversationStore[], seed: number, label: string): Promise<Course> {
  const random = randomFrom(seed);
  let clock = 0;
  const now = (): string => at((clock += random(4)));
  const node = (): ConversationStore => nodes[random(nodes.length)] as ConversationStore;
  const ids = Array.from({ length: CONVERSATIONS }, (_, n) => `test:${label}-${seed}-${n}`);
  const accepted = new Map(ids.map((id) => [id, [] as string[]]));
  const committed: string[] = [];
  let isFed = false;
  let claims = 0;

  async function feed(mine: readonly string[]): Promise<void> {
    for (let n = 0; n < MESSAGES; n += 1) {
      for (const id of mine) {
        const item = message(id, `m${n}`, clock);
        const times = random(10) < 3 ? 2 : 1;
        const answers = await Promise.all(Array.from({ length: times }, () => node().accept(id, item, metaOf(item))));
        if (answers.filter((answer) => answer === 'accepted').length !== 1) throw new Error(`${id}/m${n} was accepted ${answers.join(', ')}`);
        accepted.get(id)?.push(item.id);
        if (random(4) === 0) await breathe(random(5));
      }
    }
  }

  /** Sleeps past the lease, until others had time to claim, if there is anything left for them. */
  async function stall(): Promise<void> {
    clock += LEASE_MS;
    for (let ticks = 0, until = claims + random(12); ticks < 300 && claims < until; ticks += 1) await breathe(1);
  }

  async function work(owner: string): Promise<void> {
    for (;;) {
      const store = node();
      const claim = await store.claim(owner, LEASE_MS, now());
      if (claim === null) {
        if (isFed && (await store.pending()).inbox === 0) return;
        clock += 5;
        await breathe(1);
        continue;
      }
      const past = (claim.state ?? []) as readonly Json[];
      claims += 1;
      if (random(8) === 0) await stall();
      if (random(20) === 0) {
        await store.release(claim, now());
        continue;
      }
      const lines: Omit<Line, 'seq'>[] = ['a', 'b'].map((part) => ({
        id: `${claim.conversationId}/${claim.head.id}/${part}`, at: now(), from: 'bot', locale: 'en', text: claim.head.id,
      }));
      const commit = { state: [...past, claim.head.id], lines, epoch: 0 };
      const outcome = await store.commit(claim, commit, now());
      if (outcome === 'committed') committed.push(`${claim.conversationId}/${claim.head.id}`);
      if (random(10) === 0) await node().commit(claim, commit, now());
    }
  }

  const feeders = [0, 1, 2, 3].map((part) => feed(ids.filter((_, n) => n % 4 === part)));
  const workers = Array.from({ length: 6 }, (_, n) => work(`${label}-${seed}-worker-${n}`));
  await Promise.all(feeders);
  isFed = true;
  await Promise.all(workers);
  return { ids, accepted, committed };
}

/** Everything that is wrong after a course, in words; empty when each item was turned exactly once, in order, and no line lost or doubled. */
async function faultsOf(store: ConversationStore, course: Course): Promise<string[]> {
  const faults: string[] = [];
  const same = (what: string, got: readonly unknown[], wanted: readonly unknown[]): void => {
    if (JSON.stringify(got) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
  };
  for (const id of course.ids) {
    const accepted = course.accepted.get(id) ?? [];
    const log = await store.readLog(id, 0, 10_000);
    // Each once; in which order is told by the state and the log: answers on several connections overtake one another.
    same(`${id} turns`, course.committed.filter((entry) => entry.startsWith(`${id}/`)).toSorted(), accepted.map((item) => `${id}/${item}`).toSorted());
    same(`${id} state`, ((await store.head(id))?.state ?? []) as readonly Json[], accepted);
    same(`${id} customer's lines`, log.filter((line) => line.from === 'customer').map((line) => line.messageId), accepted);
    same(`${id} bot's lines`, log.filter((line) => line.from === 'bot').map((line) => line.id), accepted.flatMap((item) => [`${id}/${item}/a`, `${id}/${item}/b`]));
    same(`${id} seq`, log.map((line) => line.seq), log.map((_, n) => n + 1));
    if (log.some((line, n) => n > 0 && line.at <= (log[n - 1]?.at ?? ''))) faults.push(`${id}: times do not grow`);
  }
  return faults;
}

/** Delivers all there is with two senders, one of which now and then forgets to answer, and gives the order per conversation. */
async function deliverAll(nodes: readonly ConversationStore[], course: Course, seed: number): Promise<Map<string, string[]>> {
  const random = randomFrom(seed + 1);
  const delivered = new Map(course.ids.map((id) => [id, [] as string[]]));
  let clock = 1_000_000;
  async function send(name: string): Promise<void> {
    for (let idle = 0; idle < 3; ) {
      const store = nodes[random(nodes.length)] as ConversationStore;
      const entries = await store.takeOutbox(name, LEASE_MS, at((clock += 1)), 1 + random(8));
      idle = entries.length === 0 ? idle + 1 : 0;
      if (entries.length === 0) clock += LEASE_MS;
      for (const entry of entries) {
        delivered.get(entry.conversationId)?.push(entry.line.id);
        if (random(10) !== 0) await store.settleOutbox(entry, { kind: 'sent' });
      }
    }
  }
  await Promise.all([send('sender-1'), send('sender-2')]);
  return delivered;
}

/** A store whose commit does not look at the fence: what the checker must catch. */
function withoutFence(inner: ConversationStore): ConversationStore {
  return {
    ...inner,
    async commit(claim, commit, now) {
      const outcome = await inner.commit(claim, commit, now);
      if (outcome !== 'lost') return outcome;
      const stolen = await inner.claim('thief', 1, at(10_000_000), claim.conversationId);
      return stolen === null ? 'lost' : inner.commit(stolen, commit, now);
    },
  };
}

/** The promise of exactly one turn per item, under load, for every implementation; and that the check of it can fail. */
export function describeConcurrency({ name, isShared, courses, start }: Kind): void {
  describe(`many workers on ${name}`, () => {
    let subject: Subject;
    let nodes: ConversationStore[];
    beforeAll(async () => {
      subject = await start();
      nodes = isShared ? [await subject.open(), await subject.open()] : [await subject.open()];
    });
    afterAll(async () => {
      for (const node of nodes ?? []) await node.close();
      await subject?.stop();
    });

    test('turn each message once and in order, and deliver each line in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 30 }), async (seed) => {
          const course = await runCourse(nodes, seed, 'sound');
          const store = nodes[0] as ConversationStore;
          expect(await faultsOf(store, course)).toEqual([]);
          const delivered = await deliverAll(nodes, course, seed);
          for (const id of course.ids) {
            const wanted = (await store.readLog(id, 0, 10_000)).filter((line) => line.from === 'bot').map((line) => line.id);
            // A line whose sender forgot to answer or was too slow comes again; none may come before the one before it was out.
            expect([...new Set(delivered.get(id))]).toEqual(wanted);
          }
          expect(await store.pending()).toEqual({ inbox: 0, outbox: 0 });
        }),
        { numRuns: courses, seed: 20_261_122, endOnFailure: true },
      );
    }, 120_000);

    test('would be caught if the fence were not looked at', async () => {
      const course = await runCourse(nodes.map(withoutFence), 7, 'broken');
      expect(await faultsOf(nodes[0] as ConversationStore, course)).not.toEqual([]);
    }, 120_000);
  });
}
