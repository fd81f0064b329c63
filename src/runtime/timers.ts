import { setTimeout as pause } from 'node:timers/promises';
import type { Timer } from '../ports/records.js';
import type { Parts } from './parts.js';

const leaseMs = 60_000;
const most = 50;
/** So much may wait in the inboxes before more is put in behind it: deadlines of a whole night must not stand before whoever writes now. */
const mostWaiting = 32;
/** How long is waited for that; an inbox that does not empty must not stop the deadlines. */
const patienceMs = 1_000;

/** Turns timers whose time has come into items of their conversations' inboxes. */
export interface TimerSweep {
  /** Looks for due timers; safe to call at any time, one look at a time. */
  pump(): void;
  /** One look, until nothing more is due by the clock; gives how many came due. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * A sweep over the timers, on every node: what is due is leased, so that one node has it, put into the conversation's inbox
 * under an id that follows from the timer and its time, and only then removed. A node that falls over in between leaves it to
 * the next, and the inbox knows the id already: each coming due is one item.
 */
export function createTimerSweep({ records, store, clock, log, elsewhere }: Parts): TimerSweep {
  let running: Promise<number> | undefined;
  let isStopped = false;

  async function fire({ id, conversationId, name, dueAt, data }: Timer): Promise<void> {
    const head = await store.head(conversationId);
    if (head) await store.accept(conversationId, { kind: 'timer', id: `${id}@${dueAt}`, timer: id, conversationId, at: dueAt, name, data }, { channel: head.channel, address: head.address });
    else log.warn('timer.nobody', { conversation: conversationId, name });
  }

  async function givingWay(): Promise<void> {
    for (let waited = 0; !isStopped && waited < patienceMs && (await store.pending()).inbox > mostWaiting; waited += 20) await pause(20);
  }

  async function look(): Promise<number> {
    let fired = 0;
    for (;;) {
      const due = isStopped ? [] : await records.timers.takeDue(clock.now(), leaseMs, most);
      // Those of one conversation come one after the other, in the order of their times.
      const conversations = [...new Set(due.map(({ conversationId }) => conversationId))];
      await Promise.all(conversations.map(async (id) => {
        for (const timer of due) if (timer.conversationId === id) await fire(timer);
      }));
      if (due.length > 0) await records.timers.done(...due.map(({ id }) => id));
      fired += due.length;
      if (due.length < most) return fired;
      await givingWay();
    }
  }

  const sweep = (): Promise<number> => {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    sweep,
    pump() {
      // A process that serves one channel of its own leaves them to the server.
      if (isStopped || elsewhere !== undefined) return;
      sweep().catch((error: unknown) => log.error('timers.failed', { message: error instanceof Error ? error.message : String(error) }));
    },
    async stop() {
      isStopped = true;
      await running?.catch(() => undefined);
    },
  };
}
