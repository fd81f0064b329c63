import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ConversationStore } from '../ports/conversation-store.js';
import type { Clock } from '../ports/clock.js';
import { createRegistry, type Counter, type Histogram, type Registry } from './registry.js';

/** What Aftercare counts; names and labels are listed in docs/operations.md. */
export interface Metrics {
  readonly registry: Registry;
  readonly accepted: Counter;
  readonly turns: Counter;
  readonly stages: Histogram;
  readonly deliveries: Counter;
  readonly handovers: Counter;
  readonly refusals: Counter;
  readonly verdicts: Counter;
  readonly intents: Counter;
  readonly confidence: Histogram;
  readonly requests: Counter;
  readonly requestSeconds: Histogram;
}

const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Declares the metrics. */
export function createMetrics(): Metrics {
  const registry = createRegistry();
  return {
    registry,
    accepted: registry.counter('aftercare_messages_total', 'Items taken into an inbox, by channel and kind; a repeated one is a duplicate.'),
    turns: registry.counter('aftercare_turns_total', 'Turns that ended, by channel and outcome.'),
    stages: registry.histogram('aftercare_stage_duration_seconds', 'Time a message spends in each stage: accept, wait, understand, turn, commit, deliver.', seconds),
    deliveries: registry.counter('aftercare_deliveries_total', 'Lines handed to a channel, by channel and outcome.'),
    handovers: registry.counter('aftercare_handovers_total', 'Tickets opened for people, by kind and, for hand-overs, reason.'),
    refusals: registry.counter('aftercare_refusals_total', 'Refusals told to customers, by flow and code.'),
    verdicts: registry.counter('aftercare_rule_verdicts_total', 'Verdicts of the shop’s rules, by rule and whether they granted.'),
    intents: registry.counter('aftercare_intents_total', 'Intents understood, by intent and how far they are trusted.'),
    confidence: registry.histogram('aftercare_intent_confidence', 'Confidence of the intents understood.', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]),
    requests: registry.counter('aftercare_http_requests_total', 'HTTP requests, by method, route and status.'),
    requestSeconds: registry.histogram('aftercare_http_request_duration_seconds', 'Time HTTP requests took, by route.', seconds),
  };
}

/** Adds what is read only when somebody looks: queues and the process. Gives the way to stop watching the event loop. */
export function watchProcess({ registry }: Metrics, { store, clock, version }: { readonly store: ConversationStore; readonly clock: Clock; readonly version: string }): () => void {
  const since = (instant: string | null): number => (instant === null ? 0 : Math.max(0, (Date.parse(clock.now()) - Date.parse(instant)) / 1000));
  registry.gauge('aftercare_inbox_items', 'Items whose turn has not been taken yet.', async () => (await store.pending()).inbox);
  registry.gauge('aftercare_outbox_lines', 'Lines that are not delivered yet.', async () => (await store.pending()).outbox);
  registry.gauge('aftercare_inbox_age_seconds', 'How long the item that waits longest has waited.', async () => since((await store.waiting()).inboxSince));
  registry.gauge('aftercare_outbox_age_seconds', 'How long the line that waits longest is overdue.', async () => since((await store.waiting()).outboxDue));
  registry.gauge('aftercare_build_info', 'Always 1; the version is in the label.', () => [[{ version, node: process.version }, 1]]);

  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  const inSeconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9) : 0);
  registry.gauge('nodejs_eventloop_lag_seconds', 'Delay of the event loop since the last look, by quantile.', () => {
    const values = [[{ quantile: '0.5' }, inSeconds(lag.percentile(50))], [{ quantile: '0.99' }, inSeconds(lag.percentile(99))], [{ quantile: '1' }, inSeconds(lag.max)]] as const;
    lag.reset();
    return values;
  });
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  registry.gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  registry.gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', () => Math.round(Date.now() / 1000 - process.uptime()));
  registry.gauge('process_cpu_seconds_total', 'Processor time used.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }, 'counter');
  return () => lag.disable();
}
