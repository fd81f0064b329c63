import { assignmentsOf, releasesOf } from '../domain/line-up.js';
import type { AgentAct } from '../domain/message.js';
import type { HandOverFacts } from '../ports/team.js';
import type { DeskParts } from './parts.js';
import { seatsOf } from './presence.js';
import { readState } from './stored-state.js';

/** How long a hand-over nobody's conversation knows of is left alone: its turn may still be under way. */
const ORPHAN_MS = 60_000;

/** Gives waiting talks to people and takes them from those who have gone. */
export interface Assigner {
  /** One look at the queue; safe to call at any time and on every node at once. */
  look(): Promise<void>;
  /** Looks soon, and from now on every so often. */
  start(everyMs: number): void;
  stop(): Promise<void>;
}

/**
 * Makes the assigner. It decides by what the records tell and hands every decision to the conversation as an act that names
 * the lease it has seen; the conversation takes the first and lets the others pass, so two nodes may look at once.
 */
export function createAssigner(parts: Pick<DeskParts, 'records' | 'store' | 'act' | 'policy' | 'clock' | 'log'>, tell: (conversationId: string) => void): Assigner {
  const { records, store, act, policy, clock, log } = parts;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function leaseOf({ conversationId, ticket }: Pick<HandOverFacts, 'conversationId' | 'ticket'>) {
    const head = await store.head(conversationId);
    const { charge } = readState(head?.state ?? null);
    return charge.ticket === ticket ? charge : null;
  }

  async function release(one: HandOverFacts, agent: { readonly id: string; readonly name: string }): Promise<void> {
    const charge = await leaseOf(one);
    if (charge?.who !== 'agent' || charge.agent?.id !== agent.id) return;
    const given: AgentAct = { kind: 'agent-act', id: `release.${one.ticket}.${charge.epoch}`, conversationId: one.conversationId, at: clock.now(), agent: { id: agent.id, name: agent.name }, act: 'release', fence: charge.epoch };
    if (await act(given) === 'duplicate') return;
    await records.audit.add({ at: clock.now(), who: 'aftercare', what: 'desk.release', subject: one.conversationId, details: { from: agent.id } });
    tell(one.conversationId);
  }

  async function assign(one: HandOverFacts, to: { readonly id: string; readonly name: string }, instead: string | undefined): Promise<void> {
    const charge = await leaseOf(one);
    if (charge?.who !== 'waiting' || charge.assigned?.id !== instead) return;
    const given: AgentAct = {
      kind: 'agent-act', id: `assign.${one.ticket}.${charge.epoch}.${charge.assigned?.at ?? ''}.${to.id}`, conversationId: one.conversationId, at: clock.now(), agent: to, act: 'assign', fence: charge.epoch,
      ...(instead === undefined ? {} : { instead }),
    };
    if (await act(given) === 'duplicate') return;
    await records.audit.add({ at: clock.now(), who: 'aftercare', what: 'desk.assign', subject: one.conversationId, details: { to: to.id, ...(instead === undefined ? {} : { from: instead }) } });
    tell(one.conversationId);
  }

  /** A hand-over of which its conversation knows nothing: its turn was begun and came to something else the second time. */
  async function closeOrphan(one: HandOverFacts): Promise<void> {
    if (Date.parse(clock.now()) - Date.parse(one.openedAt) < ORPHAN_MS) return;
    // While a turn is under way, its message still lies in the inbox.
    if ((await store.pending(one.conversationId)).inbox > 0) return;
    const head = await store.head(one.conversationId);
    if (!head || readState(head.state).charge.ticket === one.ticket) return;
    await records.handOvers.ended(one.ticket, 'withdrawn', clock.now());
    await records.tickets.update(one.ticket, { state: 'closed', closedAt: clock.now() });
    log.warn('desk.orphan-closed', { conversation: one.conversationId });
  }

  async function look(): Promise<void> {
    const [open, seats] = [await records.handOvers.open(), await seatsOf(parts)];
    const now = clock.now();
    const rules = policy.handOver;
    for (const one of open) await closeOrphan(one);
    if (!rules.assign) return;
    const held = open.flatMap((one) => (one.waitingSince === undefined && one.agent ? [{ ...one, agent: one.agent }] : []));
    for (const one of releasesOf(held, seats, rules, now)) await release(one, one.agent);
    const waiting = open.filter(({ waitingSince }) => waitingSince !== undefined);
    for (const { ticket, to, instead } of assignmentsOf(waiting, seats, rules, now)) {
      const one = waiting.find((each) => each.ticket === ticket);
      if (one) await assign(one, to, instead);
    }
  }

  const once = (): Promise<void> => {
    running ??= look().catch((error: unknown) => log.error('desk.assign-failed', { message: error instanceof Error ? error.message : String(error) })).finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    look: once,
    start(everyMs) {
      timer = setInterval(() => void once(), everyMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
