import { setTimeout as pause } from 'node:timers/promises';
import type { History } from '../../src/chaos/checker.js';
import { randomFrom } from '../../src/chaos/nodes.js';
import type { Json, Line } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import { at, message, metaOf } from '../stores/conversation-story.js';

const CONVERSATIONS = 8;
const MESSAGES = 12;
const LEASE_MS = 40;

/** Where writes are made, and how often each was. */
export interface Ledger {
  once(conversation: string, write: string): Promise<void>;
  readonly made: { readonly conversation: string; readonly write: string }[];
}

/** A ledger that knows what it has written; `isKept` false, and it does not. */
export function createLedger(isKept = true): Ledger {
  const known = new Set<string>();
  const made: { conversation: string; write: string }[] = [];
  return {
    made,
    async once(conversation, write) {
      if (isKept && known.has(`${conversation} ${write}`)) return;
      known.add(`${conversation} ${write}`);
      made.push({ conversation, write });
    },
  };
}

/**
 * Lets workers loose on a store in one process: messages sent twice, workers that sleep past their lease and go on, that die after the write, whose
 * commit's answer is lost so that they commit again; then delivers everything and gives the whole history.
 */
export async function runCourse(store: ConversationStore, ledger: Ledger, seed: number, label: string): Promise<History> {
  const random = randomFrom(seed);
  const accepted: { conversation: string; message: string; write: string }[] = [];
  let clock = 0;
  const now = (): string => at((clock += random(4)));
  const ids = Array.from({ length: CONVERSATIONS }, (_, n) => `test:${label}-${n}`);
  let isFed = false;

  async function feed(id: string): Promise<void> {
    for (let n = 0; n < MESSAGES; n += 1) {
      const item = message(id, `m${n}`, clock);
      for (let times = random(10) < 3 ? 2 : 1; times > 0; times -= 1) await store.accept(id, item, metaOf(item));
      accepted.push({ conversation: id, message: item.id, write: item.id });
      // A message sent again much later, as channels do.
      if (n > 3 && random(5) === 0) {
        const late = message(id, `m${n - 3}`, clock);
        await store.accept(id, late, metaOf(late));
      }
    }
  }

  async function work(owner: string): Promise<void> {
    for (let idle = 0; idle < 150;) {
      const claim = await store.claim(owner, LEASE_MS, now()).catch(() => null);
      if (claim === null) {
        if (isFed && (await store.pending()).inbox === 0) return;
        idle += 1;
        clock += 5;
        await pause(1);
        continue;
      }
      const past = Array.isArray(claim.state) ? claim.state as readonly Json[] : [];
      await ledger.once(claim.conversationId, claim.head.id);
      // Dead after the write: the lease runs out, and another takes the same turn.
      if (random(12) === 0) {
        clock += LEASE_MS;
        continue;
      }
      // Asleep past the lease, while others go on.
      if (random(5) === 0) {
        clock += LEASE_MS;
        await pause(3 + random(12));
      }
      const lines: Omit<Line, 'seq'>[] = [{ id: `${claim.head.id}.r`, at: now(), from: 'bot', locale: 'en', text: `${claim.head.id} after ${past.length}` }];
      const commit = { state: [...past, claim.head.id], lines, epoch: 0 };
      await store.commit(claim, commit, now());
      // The answer was lost: the same commit again, at once or after others have gone on.
      if (random(4) === 0) {
        if (random(2) === 0) await pause(random(10));
        await store.commit(claim, commit, now());
      }
    }
  }

  const workers = Array.from({ length: 6 }, (_, n) => work(`${label}-worker-${n}`));
  await Promise.all(ids.map(feed));
  isFed = true;
  await Promise.all(workers);
  const delivered = [];
  for (const conversation of ids) {
    for (const line of await store.readLog(conversation, 0, 10_000)) {
      if (line.from === 'bot') delivered.push({ conversation, message: line.id.replace(/\.r$/u, ''), line: line.id, text: line.text, says: 'written' as const, isShown: true });
    }
  }
  return { accepted, delivered, writes: ledger.made };
}
