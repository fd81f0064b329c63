import { createCheck } from '../../src/desk/check.js';
import { createSending } from '../../src/desk/sending.js';
import { createWorkbench } from '../../src/runtime/workbench.js';
import { z } from 'zod';
import { newConversation, type Conversation } from '../../src/dialogue/conversation.js';
import { defineDeadline } from '../../src/dialogue/deadline.js';
import { createActs } from '../../src/desk/acts.js';
import { createAssigner } from '../../src/desk/assigner.js';
import { createAudit } from '../../src/desk/audit.js';
import { createQueue } from '../../src/desk/queue.js';
import type { DeskParts } from '../../src/desk/parts.js';
import { Fault } from '../../src/domain/fault.js';
import type { AgentAct, Json } from '../../src/domain/message.js';
import type { Understanding } from '../../src/domain/understanding.js';
import type { Claim, Commit, ConversationStore } from '../../src/ports/conversation-store.js';
import type { Agent, Records } from '../../src/ports/records.js';
import { runTurn } from '../../src/runtime/run-turn.js';
import { setAside } from '../../src/runtime/set-aside.js';
import { createMemoryConversations } from '../../src/stores/memory-conversations.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { handClock, type aCore } from '../support/a-core.js';
import { checkHandOvers, type Happening } from './hand-over-checker.js';

type Core = Awaited<ReturnType<typeof aCore>>;
type Charge = Conversation['charge'];

/** What may be taken out, to see that it is missed. */
export type Without = 'nothing' | 'withdrawing' | 'reserve of the withdrawing' | 'fence of the commit' | 'fence of the act';

const id = 'test:one';
const leaseMs = 15_000;
const mostAttempts = 3;
const people = ['pia', 'quy'] as const;

/** Numbers that look random and come again with the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const wishes: Readonly<Record<string, string>> = { 'a person please': 'human_agent', 'never mind': 'stop', hello: 'greet', thanks: 'thanks' };

const understand = (text: string): Understanding => {
  const intent = wishes[text] ?? 'out_of_scope';
  return { text, locale: 'en', localeConfidence: 1, entities: [], intents: [{ intent, confidence: 0.95, verdict: intent === 'out_of_scope' ? 'out_of_scope' : 'sure', text, entities: [], top: [{ intent, score: 0.95 }] }] };
};

/** Says something unasked when its time has come. */
const ping = defineDeadline({ name: 'ping', data: z.null(), meet: async () => ({ say: [{ key: 'thanks.reply' }] }) });

const chargeOf = (state: Json): Charge => (state as { readonly conversation?: Conversation } | null)?.conversation?.charge ?? newConversation(id, 'test', 'en', '').charge;

/** Records of which any write of a hand-over may fail while `isBroken` says so. */
function breakable(records: Records, isBroken: () => boolean): Records {
  const guarded = <T extends object>(methods: T): T => new Proxy(methods, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        if (isBroken()) throw new Fault('store.unreachable', 'away');
        return (method as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });
  return { ...records, tickets: guarded(records.tickets), handOvers: guarded(records.handOvers) };
}

/** The store with one of its guards taken out. */
function weakened(store: ConversationStore, without: Without): ConversationStore {
  return {
    ...store,
    async commit(claim, commit, now) {
      const { withdrawUndelivered: _, epoch: __, ...bare } = commit;
      const { epoch } = chargeOf(commit.state);
      const given: Commit = without === 'withdrawing' ? bare : without === 'reserve of the withdrawing' ? { ...commit, epoch } : commit;
      const outcome = await store.commit(claim, given, now);
      if (outcome !== 'lost' || without !== 'fence of the commit') return outcome;
      const stolen = await store.claim('thief', 1, new Date(Date.parse(now) + 3_600_000).toISOString(), claim.conversationId);
      return stolen ? store.commit(stolen, given, now) : outcome;
    },
  };
}

/**
 * Plays one conversation with a buyer, two workers that may lose their lease, two agents whose presses arrive late, two desks
 * that give talks out, timers, faults and restarts, in an order the seed decides; lets everything come to rest; and gives what
 * did not hold.
 */
export async function play(core: Core, seed: number, without: Without = 'nothing'): Promise<string[]> {
  const below = numbers(seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const clock = handClock('2026-06-17T09:00:00.000Z');
  let isBroken = false;
  const solid = createMemoryRecords();
  const records = breakable(solid, () => isBroken && below(3) === 0);
  const store = weakened(createMemoryConversations(), without);
  const happenings: Happening[] = [];
  const parts = { ...core, store, records, clock, policy: { ...core.policy, handOver: { ...core.policy.handOver, tellPlace: false } }, classifier: { ...core.classifier, understand }, deadlines: { ping }, keepsJournal: false };
  let made = 0;

  const late: AgentAct[] = [];
  const arrive = async (act: AgentAct): Promise<'accepted' | 'duplicate'> => {
    const { fence: _, ...blind } = act;
    return store.accept(id, without === 'fence of the act' ? blind : act, { channel: 'test', address: null });
  };
  const desk = {
    ...parts, records: solid, promises: { read: () => null }, shop: core.shop.reader, mailer: null, settings: { publicUrl: '', secureCookies: false, sessionHours: 1 }, work: createWorkbench(parts),
    // Between what an agent sees and what becomes of the press anything may happen.
    act: async (act: AgentAct) => (below(2) === 0 ? arrive(act) : (late.push(act), 'accepted' as const)),
  } satisfies DeskParts;
  const check = createCheck(desk, createAudit(desk));
  const acts = createActs(desk, createAudit(desk), () => undefined, check, createSending(desk, check, () => undefined, async () => undefined));
  const assigners = [createAssigner(desk, () => undefined), createAssigner(desk, () => undefined)];
  const agents = people.map((name): Agent => ({ id: name, email: `${name}@example.com`, name, role: 'agent', passwordHash: '', createdAt: clock.now() }));
  for (const agent of agents) {
    await solid.agents.addInvite({ tokenHash: agent.id, role: 'agent', createdAt: clock.now(), expiresAt: '2027-01-01T00:00:00.000Z' });
    await solid.agents.createByInvite(agent.id, agent, clock.now());
  }

  const says = (more: { readonly text?: string; readonly choice?: string }) => store.accept(id, { kind: 'message', id: `m${(made += 1)}`, conversationId: id, channel: 'test', address: null, at: clock.now(), ...more }, { channel: 'test', address: null });
  const presses = async (agent: Agent): Promise<void> => {
    const act = pick(['take', 'take', 'confirm', 'say', 'hand-back', 'close'] as const);
    const actId = `press-${String((made += 1)).padStart(4, '0')}`;
    happenings.push({ kind: 'pressed', actId: `desk.${agent.id}.${actId}`, confirm: act === 'confirm', seen: chargeOf((await store.head(id))?.state ?? null) });
    const input = act === 'take' || act === 'confirm' ? { act: 'take' as const, confirm: act === 'confirm' } : act === 'say' ? { act, text: 'Good morning.', files: [], hold: false } : { act };
    await acts(id, agent, { ...input, id: actId }).catch(() => undefined);
  };

  /** What a worker has in hand: a claim, and the commit it came to. */
  let hands: ({ readonly claim: Claim; readonly commit: Commit } | undefined)[] = [undefined, undefined];
  let life = 0;
  async function work(which: number): Promise<void> {
    const held = hands[which];
    if (held) {
      hands[which] = undefined;
      await commit(held.claim, held.commit);
      return;
    }
    const claim = await store.claim(`w${which}.${life}`, leaseMs, clock.now(), id);
    if (!claim) return;
    try {
      hands[which] = { claim, commit: claim.head.attempts >= mostAttempts ? await setAside(claim, parts) : await runTurn(claim, parts) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      await store.release(claim, clock.now());
    }
  }
  async function commit(claim: Claim, given: Commit): Promise<void> {
    const before = chargeOf((await store.head(id))?.state ?? null);
    const outcome = await store.commit(claim, given, clock.now());
    if (outcome !== 'committed') return;
    const seen = without === 'fence of the commit' ? before : chargeOf(claim.state);
    happenings.push({ kind: 'committed', item: claim.head.item, before: seen, after: chargeOf(given.state), lines: given.lines.map((line) => ({ id: line.id, from: line.from, keys: (line.replies ?? []).map(({ key }) => key) })) });
    // The answer was lost and the commit is made again.
    if (below(6) === 0) await store.commit(claim, given, clock.now());
  }
  async function deliver(): Promise<void> {
    const [entry] = await store.takeOutbox('out', 60_000, clock.now(), 1);
    if (!entry) return;
    const isLate = below(4) === 0;
    if (!isLate) happenings.push({ kind: 'delivered', lineId: entry.line.id });
    await store.settleOutbox(entry, isLate ? { kind: 'retry', retryAt: clock.now() } : { kind: 'sent' });
  }

  const steps: (() => Promise<unknown>)[] = [
    () => says({ text: pick(['a person please', 'hello', 'never mind', 'thanks', 'what?', 'what?']) }),
    () => says({ text: 'a person please' }),
    () => says({ choice: pick(['b', 'h']) }),
    () => presses(pick(agents)), () => presses(pick(agents)), () => presses(pick(agents)),
    async () => { const [act] = late.splice(below(late.length || 1), 1); if (act) await arrive(act); },
    () => work(0), () => work(1), () => work(0), () => work(1), () => work(0), () => work(1),
    deliver, deliver,
    async () => clock.move(pick([10, 1_000, 20_000, 200_000])),
    () => pick(assigners).look(), () => pick(assigners).look(),
    () => solid.team.seen(pick(people), below(3) > 0, clock.now()),
    () => store.accept(id, { kind: 'timer', id: `t${(made += 1)}`, timer: `t${made}`, conversationId: id, at: clock.now(), name: 'ping', data: null }, { channel: 'test', address: null }),
    async () => { isBroken = below(3) === 0; },
    async () => { if (below(3) === 0) { hands = [undefined, undefined]; life += 1; } },
  ];
  await says({ text: 'hello' });
  for (let count = 30 + below(30); count > 0; count -= 1) await pick(steps)();

  isBroken = false;
  for (let round = 0; round < 3; round += 1) {
    for (const act of late.splice(0)) await arrive(act);
    hands = [undefined, undefined];
    for (let more = 0; (await store.pending(id)).inbox > 0 && more < 400; more += 1) {
      clock.move(1_000);
      await work(0);
    }
    clock.move(70_000);
    for (let more = 0; (await store.pending(id)).outbox > 0 && more < 200; more += 1) {
      clock.move(100);
      await deliver();
    }
    await assigners[0]?.look();
  }
  for (const act of late.splice(0)) await arrive(act);
  for (let more = 0; (await store.pending(id)).inbox > 0 && more < 400; more += 1) {
    clock.move(1_000);
    await work(0);
  }
  for (let more = 0; (await store.pending(id)).outbox > 0 && more < 400; more += 1) {
    clock.move(70_000);
    await deliver();
  }
  const head = await store.head(id);
  const log = await store.readLog(id, 0, 10_000);
  const rows = await createQueue(desk).open();
  return checkHandOvers(happenings, {
    charge: chargeOf(head?.state ?? null), tickets: await solid.tickets.ofConversation(id), facts: await solid.handOvers.since('2000-01-01T00:00:00.000Z', 1000),
    logged: log.map((line) => line.id), isInQueue: rows.some(({ conversationId }) => conversationId === id),
  });
}
