import type { Conversation } from '../dialogue/conversation.js';
import type { Effect } from '../dialogue/events.js';
import { Fault } from '../domain/fault.js';
import { nextStepOf } from '../domain/hand-over-brief.js';
import type { Json } from '../domain/message.js';
import type { Parts } from './parts.js';
import { signalsIn } from './told-signals.js';

type Opening = Extract<Effect, { kind: 'hand-over' }>;

const MOST_LINES = 200;
const MOST_FILES = 20;

/** What a person who takes over sees first: who, what they want, facts, what was tried, what is promised, evidence, and the step that comes next. */
export async function briefOf(effect: Opening, conversation: Conversation, parts: Parts): Promise<Json> {
  const { identity, active, topic, locale, wishes, last } = conversation;
  const { claims: _, ...who } = identity;
  const wants = [...new Set([...(active ? [active.intent] : []), ...wishes.map((wish) => wish.intent), ...effect.wants ?? [], ...(conversation.asked === undefined ? [] : [conversation.asked])])];
  return JSON.parse(JSON.stringify({
    locale, identity: who, topic, active: active && { flow: active.flow, intent: active.intent, slots: active.slots, asked: active.asked, plan: active.plan?.request, shows: active.plan?.shows },
    wishes: wishes.map((wish) => wish.intent), receipts: last.receipts, wants,
    ...(await gathered(effect, conversation, wants, parts)), ...(await signals(conversation, parts)), ...(effect.write ? { write: effect.write } : {}),
  })) as Json;
}

/** What was done here, what was promised, and what was shown. */
async function gathered({ reason, write }: Opening, { id, active, identity }: Conversation, wants: readonly string[], { records, store }: Parts): Promise<Readonly<Record<string, unknown>>> {
  const head = await store.head(id);
  const [actions, cases, promises, lines] = await Promise.all([
    records.actions.ofConversation(id), records.cases.ofConversation(id), records.promises.ofConversation(id), store.readLog(id, Math.max(0, (head?.lastSeq ?? 0) - MOST_LINES), MOST_LINES),
  ]);
  const open = cases.filter(({ state }) => state === 'open');
  return {
    tried: actions.map(({ flow, outcome = 'open', openedAt }) => ({ flow, outcome, at: openedAt })),
    promised: [
      ...open.map(({ number, kind, owner, dueAt }) => ({ what: 'case', number, kind, owner, dueAt })),
      ...promises.filter(({ outcome }) => outcome === undefined).map(({ owner, dueAt }) => ({ what: 'word', by: owner.name, dueAt })),
    ],
    evidence: lines.filter(({ from }) => from === 'customer').flatMap(({ files = [] }) => files.map(({ fileId, name, type }) => ({ fileId, name, type }))).slice(-MOST_FILES),
    next: nextStepOf({
      reason, hasOpenWrite: write !== undefined || actions.some(({ outcome }) => outcome === undefined || outcome === 'unknown'), hasOpenCase: open.length > 0,
      hasPlan: active?.plan !== undefined, isKnown: identity.level !== 'L0', hasWish: wants.length > 0,
    }),
  };
}

/** What a person should look at besides; where the shop is away, that they take over must not fail for it. */
async function signals(conversation: Conversation, parts: Parts): Promise<Readonly<Record<string, unknown>>> {
  try {
    const found = await signalsIn(conversation, parts);
    return found.length === 0 ? {} : { signals: found };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {};
  }
}
