import type { AgentAct, Json } from '../domain/message.js';
import type { HeldLine } from '../ports/desk-records.js';
import type { ActInput } from './input.js';
import type { createCheck } from './check.js';
import type { DeskParts } from './parts.js';

/** Holds lines of agents back for a moment, sends them when it is over, and lets them be taken back until then. */
export interface Sending {
  /** Holds a line back; null where it is to go out at once. */
  hold(act: AgentAct, input: Extract<ActInput, { act: 'say' }>): Promise<{ readonly outcome: 'held'; readonly until: string } | null>;
  /** True: it was taken back and is never sent. False: it has gone out. */
  undo(conversationId: string, agentId: string, id: string): Promise<boolean>;
  /** Sends at once what is held back in a conversation, in order. */
  flush(conversationId: string): Promise<void>;
  /** Sends everything whose time has come. */
  sweep(): Promise<void>;
  start(): void;
  stop(): void;
}

interface Sent {
  readonly act: AgentAct;
  readonly reply?: string;
}

const LEASE_MS = 30_000;
const SWEEP_MS = 1_000;

/** Makes it. What is held lies in the records, so that a line outlives a restart of this node; taking and taking back exclude each other there. */
export function createSending(
  { records, store, act: handOn, clock, policy, log }: DeskParts, check: ReturnType<typeof createCheck>, tell: (conversationId: string) => void,
  /** What a saved reply does once it was sent. */
  afterwards: (conversationId: string, agent: AgentAct['agent'], reply: string, id: string) => Promise<void>,
): Sending {
  const { held } = records.desk;
  let sweeping: NodeJS.Timeout | undefined;
  const timers = new Set<NodeJS.Timeout>();

  async function send({ id, conversationId, line }: HeldLine): Promise<void> {
    const { act, reply } = line as unknown as Sent;
    const head = await store.head(conversationId);
    if (head && await handOn({ ...act, at: clock.now() }) === 'accepted') await check.promise(conversationId, act.agent, `${act.id}.a`, act.text ?? '', head);
    await held.done(id);
    tell(conversationId);
    if (head && reply !== undefined) await afterwards(conversationId, act.agent, reply, act.id);
  }

  async function sweep(): Promise<void> {
    for (const id of await held.due(clock.now(), 100)) {
      const line = await held.take(id, clock.now(), LEASE_MS);
      if (line) await send(line);
    }
  }
  const quietly = (): void => void sweep().catch((error: unknown) => log.warn('desk.sending.failed', { message: error instanceof Error ? error.message : 'unknown' }));

  return {
    async hold(act, { hold, reply }) {
      const ms = policy.writing.undoSeconds * 1_000;
      if (!hold || ms === 0) return null;
      const until = new Date(Date.parse(clock.now()) + ms).toISOString();
      await held.add({ id: act.id, conversationId: act.conversationId, agentId: act.agent.id, dueAt: until, line: JSON.parse(JSON.stringify({ act, ...(reply === undefined ? {} : { reply }) })) as Json });
      const timer = setTimeout(() => {
        timers.delete(timer);
        quietly();
      }, ms + 20).unref();
      timers.add(timer);
      tell(act.conversationId);
      return { outcome: 'held', until };
    },
    async undo(conversationId, agentId, id) {
      const isBack = (await held.ofConversation(conversationId)).some((one) => one.id === id && one.agentId === agentId) && await held.withdraw(id);
      if (isBack) tell(conversationId);
      return isBack;
    },
    async flush(conversationId) {
      for (const { id } of await held.ofConversation(conversationId)) {
        const line = await held.take(id, clock.now(), LEASE_MS, true);
        if (line) await send(line);
      }
    },
    sweep,
    start: () => void (sweeping = setInterval(quietly, SWEEP_MS).unref()),
    stop() {
      clearInterval(sweeping);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
