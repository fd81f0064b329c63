import type { Claim, Commit } from '../ports/conversation-store.js';
import type { Parts } from './parts.js';
import { createKeeper } from './keeper.js';
import { takeClaimed, type Taken } from './run-turn.js';
import { setAside } from './set-aside.js';

const mostAttempts = 5;
const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

/** Takes turns as long as there are any; one worker, several conversations at a time, each in order. */
export interface Worker {
  /** Looks for conversations with something to do; safe to call at any time. */
  pump(): void;
  /** Something came in here for this conversation. */
  expect(conversationId: string): void;
  /** Resolves when a turn has ended here, or after a moment in which another process may have ended one. */
  moved(): Promise<void>;
  /** Writes down what was committed before this process began. */
  catchUp(): Promise<void>;
  /** Something changed in this conversation that the records should know of. */
  note(conversationId: string): void;
  stop(): Promise<void>;
}

/** Whether the bot is to answer: an agent's act, or a message while one is in charge, is not. */
const isBotsTurn = ({ head, state }: Claim): boolean => {
  const who = (state as { readonly conversation?: { readonly charge?: { readonly who?: string } } } | null)?.conversation?.charge?.who;
  return head.item.kind === 'message' && (who === undefined || who === 'bot');
};

/** A worker under a name of its own; `most` is how many turns it takes at a time. */
export function createWorker(parts: Parts, owner: string, most = 32): Worker {
  const { store, clock, log, channels } = parts;
  const leaseMs = parts.leases?.turnMs ?? 15_000;
  let isStopped = false;
  let isClaiming = false;
  let again = false;
  const running = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  const busy = new Set<string>();
  const own = new Set<string>();
  let given = 0;
  const keeper = createKeeper(parts);

  async function claimAll(): Promise<void> {
    if (isClaiming) {
      again = true;
      return;
    }
    isClaiming = true;
    try {
      do {
        again = false;
        while (!isStopped && running.size < most) {
          const claim = await next();
          if (!claim) break;
          busy.add(claim.conversationId);
          const turn = take(claim).finally(() => {
            busy.delete(claim.conversationId);
            running.delete(turn);
            for (const told of waiting) told();
            waiting.clear();
            pump();
          });
          running.add(turn);
        }
      } while (again && !isStopped);
    } catch (error) {
      log.error('claim.failed', { message: error instanceof Error ? error.message : String(error) });
    } finally {
      isClaiming = false;
    }
  }

  /**
   * Who wrote here goes before what waits otherwise (deadlines of a whole night, say), but every fourth goes to whoever waits
   * longest. Where other channels belong to another process, only the conversations that came in here are taken.
   */
  async function next(): Promise<Claim | null> {
    const isAnybody = parts.elsewhere === undefined;
    given += 1;
    if (isAnybody && given % 4 === 0) {
      const claim = await store.claim(owner, leaseMs, clock.now());
      if (claim) return claim;
    }
    for (const id of [...own].filter((one) => !busy.has(one))) {
      own.delete(id);
      const claim = await store.claim(owner, leaseMs, clock.now(), id);
      if (claim) return claim;
      // Held by another process, or put off: it is looked at again.
      if (!isAnybody && (await store.pending(id)).inbox > 0) own.add(id);
    }
    return isAnybody ? store.claim(owner, leaseMs, clock.now()) : null;
  }

  async function take(claim: Claim): Promise<void> {
    parts.pass?.('claim');
    const renewal = setInterval(() => void store.renew(claim, leaseMs, clock.now()).catch(() => false), leaseMs / 3);
    try {
      if (isBotsTurn(claim)) void channels.get(claim.channel)?.typing?.(claim.address).catch(() => undefined);
      const { commit, kept }: Partial<Taken> & Pick<Taken, 'commit'> = claim.head.attempts >= mostAttempts ? { commit: await apart(claim) } : parts.turn ? { commit: await parts.turn(claim) } : await takeClaimed(claim, parts, keeper.follows(claim.conversationId, claim.state));
      parts.pass?.('turn');
      const toLogOnly = channels.get(claim.channel)?.readsLog === true;
      const outcome = await store.commit(claim, { ...commit, toLogOnly }, clock.now());
      parts.pass?.('commit');
      if (outcome !== 'lost' && !parts.turn) keeper.note(claim.conversationId, kept);
      if (outcome === 'lost') log.warn('turn.lost', { conversation: claim.conversationId, turn: claim.head.id });
    } catch (error) {
      log.error('turn.failed', { conversation: claim.conversationId, turn: claim.head.id, attempts: claim.head.attempts, error: error instanceof Error ? error.stack ?? error.message : String(error) });
      const now = clock.now();
      own.add(claim.conversationId);
      await store.release(claim, later(now, 200 * 2 ** Math.min(claim.head.attempts, 6))).catch(() => undefined);
    } finally {
      clearInterval(renewal);
    }
  }

  const apart = (claim: Claim): Promise<Commit> => {
    log.error('turn.set-aside', { conversation: claim.conversationId, turn: claim.head.id });
    return setAside(claim, parts);
  };

  function pump(): void {
    if (!isStopped) void claimAll();
  }

  return {
    pump,
    catchUp: () => keeper.catchUp(),
    note: (conversationId) => keeper.note(conversationId),
    expect: (conversationId) => void own.add(conversationId),
    async moved() {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    async stop() {
      isStopped = true;
      await Promise.allSettled(running);
      await keeper.drain();
    },
  };
}
