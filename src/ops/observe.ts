import { performance } from 'node:perf_hooks';
import type { Line } from '../domain/message.js';
import type { Channel } from '../ports/channel.js';
import type { Classifier } from '../ports/classifier.js';
import type { Claim, Commit, ConversationStore } from '../ports/conversation-store.js';
import type { Records } from '../ports/records.js';
import type { Log, Parts } from '../runtime/parts.js';
import type { Metrics } from './metrics.js';
import type { Tracer } from './tracer.js';

/** Where what is seen goes; without a tracer nothing is traced. */
export interface Watchers {
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
}

type Observed = Pick<Parts, 'store' | 'classifier' | 'records' | 'log'>;

const kindOf = (item: { readonly kind: string }): string => item.kind;
/** The item a line answers: its id is the item's with a letter behind. */
const itemOf = (lineId: string): string => lineId.replace(/\.[a-z]$/u, '');

/** Watches the parts the runtime works with, and its channels. */
export interface Observer {
  parts(parts: Observed): Observed;
  channel(channel: Channel): Channel;
}

/**
 * Makes the observer: a watcher around the parts the runtime works with. The runtime knows nothing of it: what it asks of store, classifier
 * and records tells all there is to count. Labels hold channels, flows, codes and rules, never ids or words.
 */
export function createObserver({ metrics, tracer }: Watchers): Observer {
  const running = new WeakMap<Claim, number>();
  /** Whose lines are on their way out. */
  const leaving = new WeakMap<Line, string>();
  const stage = (name: string, from: number): number => {
    const took = (performance.now() - from) / 1000;
    metrics.stages.observe(took, { stage: name });
    return took;
  };

  function told(claim: Claim, commit: Commit): { readonly flow: string; readonly intent: string } {
    let [flow, intent] = ['none', 'none'];
    for (const { replies = [], trace } of commit.lines) {
      for (const { key } of replies) {
        const [, from, code] = /^([a-z][\w-]*)\.refused\.([\w-]+)$/u.exec(key) ?? [];
        if (from !== undefined && code !== undefined) metrics.refusals.add({ flow: from, code });
      }
      for (const { rule, granted } of trace?.receipts ?? []) metrics.verdicts.add({ rule, granted: String(granted) });
      flow = trace?.flow ?? flow;
      intent = trace?.intents[0]?.intent ?? intent;
    }
    return { flow, intent: claim.head.item.kind === 'message' ? intent : 'none' };
  }

  const watchStore = (store: ConversationStore, log: Log): ConversationStore => ({
    ...store,
    async accept(conversationId, item, meta) {
      const from = performance.now();
      const outcome = await store.accept(conversationId, item, meta);
      const took = stage('accept', from);
      metrics.accepted.add({ channel: meta.channel, kind: kindOf(item), outcome });
      tracer?.span({ name: 'accept', conversationId, itemId: item.id, seconds: took, attributes: { channel: meta.channel, outcome } });
      return outcome;
    },
    async claim(owner, leaseMs, now, conversationId) {
      const claim = await store.claim(owner, leaseMs, now, conversationId);
      if (claim) {
        running.set(claim, performance.now());
        if (claim.head.attempts === 0) metrics.stages.observe(Math.max(0, (Date.parse(now) - Date.parse(claim.head.item.at)) / 1000), { stage: 'wait' });
      }
      return claim;
    },
    async commit(claim, commit, now) {
      const from = performance.now();
      const outcome = await store.commit(claim, commit, now);
      const took = stage('commit', from);
      const { channel, conversationId, head } = claim;
      const begun = running.get(claim);
      metrics.turns.add({ channel, outcome });
      if (begun === undefined) return outcome;
      const whole = stage('turn', begun);
      if (outcome === 'lost') return outcome;
      const { flow, intent } = told(claim, commit);
      log.debug?.('turn', { conversation: conversationId, turn: head.id, channel, kind: kindOf(head.item), flow, intent, outcome, ms: Math.round(whole * 1000) });
      tracer?.span({ name: 'turn', conversationId, itemId: head.id, seconds: whole, attributes: { channel, flow, intent, outcome, attempts: head.attempts } });
      tracer?.span({ name: 'commit', conversationId, itemId: head.id, parent: 'turn', seconds: took, attributes: {} });
      return outcome;
    },
    async takeOutbox(owner, leaseMs, now, limit, except) {
      const entries = await store.takeOutbox(owner, leaseMs, now, limit, except);
      for (const { line, conversationId } of entries) leaving.set(line, conversationId);
      return entries;
    },
    async release(claim, retryAt) {
      metrics.turns.add({ channel: claim.channel, outcome: 'failed' });
      const begun = running.get(claim);
      tracer?.span({ name: 'turn', conversationId: claim.conversationId, itemId: claim.head.id, seconds: begun === undefined ? 0 : (performance.now() - begun) / 1000, attributes: { channel: claim.channel, outcome: 'failed' }, failed: true });
      await store.release(claim, retryAt);
    },
  });

  const watchClassifier = (classifier: Classifier): Classifier => ({
    understand(text, context) {
      const from = performance.now();
      const understanding = classifier.understand(text, context);
      stage('understand', from);
      for (const { intent, verdict, confidence } of understanding.intents) {
        metrics.intents.add({ intent, verdict });
        metrics.confidence.observe(confidence, { verdict });
      }
      return understanding;
    },
  });

  const watchRecords = (records: Records, log: Log): Records => ({
    ...records,
    tickets: {
      ...records.tickets,
      async open(ticket) {
        await records.tickets.open(ticket);
        metrics.handovers.add({ kind: ticket.kind, reason: ticket.kind === 'handover' ? ticket.reason : 'none' });
        log.info('ticket.opened', { conversation: ticket.conversationId, ticket: ticket.id, kind: ticket.kind });
      },
    },
    cases: {
      ...records.cases,
      async open(request, key, at) {
        const opened = await records.cases.open(request, key, at);
        metrics.handovers.add({ kind: 'case', reason: request.kind });
        return opened;
      },
    },
  });

  return {
    parts: ({ store, classifier, records, log }) => ({ store: watchStore(store, log), classifier: watchClassifier(classifier), records: watchRecords(records, log), log }),
    channel: (channel) => ({
      ...channel,
      async send(line, address) {
        const from = performance.now();
        let outcome = 'failed';
        try {
          const sent = await channel.send(line, address);
          outcome = sent.sent ? 'sent' : 'gone' in sent ? 'gone' : 'refused' in sent ? 'refused' : 'movedTo' in sent ? 'moved' : 'retry';
          return sent;
        } finally {
          const took = stage('deliver', from);
          metrics.deliveries.add({ channel: channel.name, outcome });
          const conversationId = leaving.get(line);
          if (conversationId !== undefined) tracer?.span({ name: 'deliver', conversationId, itemId: itemOf(line.id), parent: 'turn', seconds: took, attributes: { channel: channel.name, outcome }, failed: outcome === 'failed' });
        }
      },
    }),
  };
}
