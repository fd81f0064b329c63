import type { OutboxEntry } from '../ports/conversation-store.js';
import type { Parts } from './parts.js';

/** A line whose sending itself breaks again and again is given up, so that those behind it are not held up. */
const mostAttempts = 12;
/** A line the channel asks to wait with is kept as long as Telegram keeps a customer's words for us; an answer of the day before yesterday helps nobody. */
const mostAgeMs = 24 * 3_600_000;

/** Delivers what was committed: in order per conversation, until the channel has acknowledged it. */
export interface Outbox {
  pump(): void;
  stop(): Promise<void>;
}

/** An outbox under a name of its own; `most` is how many lines it delivers at a time; `settled` is told of every line that is out. */
export function createOutbox(parts: Parts, owner: string, most = 16, settled: (conversationId: string) => void = () => undefined): Outbox {
  const { store, clock, log, channels } = parts;
  const leaseMs = parts.leases?.deliveryMs ?? 60_000;
  let isStopped = false;
  let isTaking = false;
  let again = false;
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();

  async function takeAll(): Promise<void> {
    if (isTaking) {
      again = true;
      return;
    }
    isTaking = true;
    try {
      do {
        again = false;
        while (!isStopped && running.size < most) {
          const entries = await store.takeOutbox(owner, leaseMs, clock.now(), most - running.size, parts.elsewhere);
          if (entries.length === 0) break;
          for (const entry of entries) {
            const sending = deliver(entry).finally(() => {
              running.delete(sending);
              pump();
            });
            running.add(sending);
          }
        }
      } while (again && !isStopped);
    } catch (error) {
      log.error('outbox.failed', { message: error instanceof Error ? error.message : String(error) });
    } finally {
      isTaking = false;
    }
  }

  async function deliver(entry: OutboxEntry): Promise<void> {
    const channel = channels.get(entry.channel);
    const about = { conversation: entry.conversationId, line: entry.line.id };
    try {
      if (!channel) {
        log.warn('outbox.no-channel', about);
        await store.settleOutbox(entry, { kind: 'dropped' });
        return;
      }
      const outcome = await channel.send(entry.line, entry.address);
      parts.pass?.('deliver');
      if (outcome.sent) {
        await store.settleOutbox(entry, { kind: 'sent' });
        parts.pass?.('ack');
        settled(entry.conversationId);
      }
      else if ('gone' in outcome) {
        log.info('outbox.gone', { ...about, reason: outcome.reason });
        await store.settleOutbox(entry, { kind: 'gone' });
        // Blocked is as good as "do not write to me": nothing is sent there unasked until they write again.
        await parts.records.reach.gone(entry.conversationId, clock.now());
      } else if ('refused' in outcome) {
        log.error('outbox.refused', { ...about, reason: outcome.reason });
        await store.settleOutbox(entry, { kind: 'dropped' });
      } else if ('movedTo' in outcome) await store.settleOutbox(entry, { kind: 'moved', address: outcome.movedTo });
      else await retry(entry, outcome.retryAfterMs, Date.parse(clock.now()) - Date.parse(entry.line.at) > mostAgeMs);
    } catch (error) {
      log.error('outbox.send-failed', { ...about, message: error instanceof Error ? error.message : String(error) });
      await retry(entry, 500 * 2 ** Math.min(entry.attempts, 7), entry.attempts + 1 >= mostAttempts).catch(() => undefined);
    }
  }

  async function retry(entry: OutboxEntry, ms: number, isGivenUp: boolean): Promise<void> {
    if (isGivenUp) {
      log.error('outbox.given-up', { conversation: entry.conversationId, line: entry.line.id });
      await store.settleOutbox(entry, { kind: 'dropped' });
      return;
    }
    await store.settleOutbox(entry, { kind: 'retry', retryAt: new Date(Date.parse(clock.now()) + ms).toISOString() });
    const timer = setTimeout(() => {
      timers.delete(timer);
      pump();
    }, ms + 5);
    timers.add(timer);
  }

  function pump(): void {
    if (!isStopped) void takeAll();
  }

  return {
    pump,
    async stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
