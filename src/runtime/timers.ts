import type { Parts } from './parts.js';

const leaseMs = 60_000;
const most = 50;

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

  async function look(): Promise<number> {
    let fired = 0;
    for (;;) {
      const due = isStopped ? [] : await records.timers.takeDue(clock.now(), leaseMs, most);
      for (const timer of due) {
        const { id, conversationId, name, dueAt, data } = timer;
        const head = await store.head(conversationId);
        if (head) await store.accept(conversationId, { kind: 'timer', id: `${id}@${dueAt}`, timer: id, conversationId, at: dueAt, name, data }, { channel: head.channel, address: head.address });
        else log.warn('timer.nobody', { conversation: conversationId, name });
        await records.timers.done(id);
        fired += 1;
      }
      if (due.length < most) return fired;
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
