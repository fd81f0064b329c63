import { newConversation, parseConversation, type Conversation } from '../dialogue/conversation.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import { takeTurn } from '../dialogue/turn.js';
import type { Incoming, Json, Line, Reply, Trace } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import type { Claim, Commit } from '../ports/conversation-store.js';
import { followLink, proven } from './identify.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';
import { render } from './render.js';
import { typedChoice, type Shown } from './typed-choice.js';

/** What is stored between turns: the conversation, and the buttons last shown in words. */
interface State {
  readonly conversation: Conversation;
  readonly shown: readonly Shown[];
}

/** More steps than any flow takes; reached only if a flow asks in circles. */
const mostSteps = 60;

/**
 * Takes the turn of a claimed conversation: understands the message, moves the conversation until nothing is left to
 * do, puts the replies into words. Gives what is to be committed; commits nothing itself.
 */
export async function runTurn(claim: Claim, parts: Parts): Promise<Commit> {
  const { item } = claim.head;
  const { state, isOld } = load(claim, parts);
  let conversation = state.conversation;
  const replies: Reply[] = [];
  const spoken: Omit<Line, 'seq'>[] = [];
  let trace: Trace = { locale: conversation.locale, intents: [], entities: [], flow: conversation.active?.flow ?? null, receipts: [] };
  const before = conversation.last.receipts;

  const move = async (first: TurnEvent): Promise<void> => {
    let event: TurnEvent | null = first;
    for (let steps = 0; event && steps < mostSteps; steps += 1) {
      const turn: ReturnType<typeof takeTurn> = takeTurn(conversation, event, parts.book);
      conversation = turn.conversation;
      replies.push(...turn.replies);
      event = null;
      for (const effect of turn.effects) {
        if (conversation.active) trace = { ...trace, flow: conversation.active.flow };
        if (effect.kind === 'relay') spoken.push(relayed(effect, conversation));
        event = (await perform(effect, conversation, item.id, parts)) ?? event;
      }
    }
  };

  if (isOld) await move({ kind: 'started-over' });
  if (item.kind === 'timer') await move({ kind: 'timer-fired', timer: item });
  if (item.kind === 'agent-act') await move({ kind: 'agent-acted', act: item });
  if (item.kind === 'message') {
    for (const event of await whoSpeaks(conversation, item, parts)) conversation = takeTurn(conversation, event, parts.book).conversation;
    const message = withChoice(item, state.shown);
    const understanding = understand(message, conversation, parts);
    trace = traceOf(understanding, trace.flow);
    await move({ kind: 'message-received', message, understanding });
  }

  const { receipts } = conversation.last;
  const flow = conversation.active?.flow ?? trace.flow;
  const line = await render(replies, {
    conversationId: claim.conversationId, messageId: item.id, locale: conversation.locale, at: parts.clock.now(),
    trace: { ...trace, flow, locale: conversation.locale, receipts: receipts === before ? [] : receipts },
  }, parts);
  const lines = [...(line ? [line] : []), ...spoken];
  const shown = line ? line.choices ?? [] : state.shown;
  return {
    state: JSON.parse(JSON.stringify({ conversation, shown })) as Json,
    lines,
    epoch: conversation.charge.epoch,
    withdrawUndelivered: conversation.charge.epoch !== state.conversation.charge.epoch,
  };
}

function load(claim: Claim, { defaultLocale, texts }: Parts): { readonly state: State; readonly isOld: boolean } {
  const { item } = claim.head;
  const hint = item.kind === 'message' ? item.localeHint?.split('-')[0] : undefined;
  const locale = hint !== undefined && texts.locales.includes(hint) ? hint : defaultLocale;
  const fresh: State = { conversation: newConversation(claim.conversationId, claim.channel, locale, item.at), shown: [] };
  if (claim.state === null) return { state: fresh, isOld: false };
  const stored = claim.state as { readonly conversation?: Json; readonly shown?: Json };
  const conversation = parseConversation(stored.conversation ?? null);
  return conversation ? { state: { conversation, shown: (stored.shown ?? []) as unknown as Shown[] }, isOld: false } : { state: fresh, isOld: true };
}

/** What is known of the speaker before the message is read: proven by the channel or a link, or grown cold by silence. */
async function whoSpeaks(conversation: Conversation, item: Incoming, parts: Parts): Promise<TurnEvent[]> {
  const { identity } = conversation;
  if (item.identity) {
    if (identity.level === 'L2' && identity.customerId === item.identity.customerId) return [];
    const event = await proven(item.identity.customerId, parts);
    return event ? [event] : [];
  }
  if (item.payload !== undefined) {
    const event = await followLink(item.payload, item.id, parts);
    return event ? [event] : [];
  }
  const idleMs = parts.policy.identity.idleMinutes * 60_000;
  const isCold = identity.level !== 'L0' && identity.seenAt !== undefined && Date.parse(item.at) - Date.parse(identity.seenAt) > idleMs;
  return isCold ? [{ kind: 'identity-expired' }] : [];
}

/** Words or the number of a button shown are that button. */
function withChoice(item: Incoming, shown: readonly Shown[]): Incoming {
  if (item.choice !== undefined || item.text === undefined) return item;
  const choice = typedChoice(item.text, shown);
  return choice === undefined ? item : { ...item, choice };
}

const nothing = (locale: string, intent: string): Understanding => ({
  text: '', locale, localeConfidence: 0, entities: [], intents: [{ intent, confidence: 1, verdict: 'sure', text: '', entities: [], top: [] }],
});

function understand(message: Incoming, conversation: Conversation, { classifier }: Parts): Understanding {
  const { text, choice } = message;
  if (choice !== undefined) return nothing(conversation.locale, '');
  // Opening the bot without a word is a greeting; a sticker or the like is not, nor is a file.
  const hasMore = (message.files?.length ?? 0) > 0 || (typeof message.clientData === 'object' && message.clientData !== null && 'unread' in message.clientData);
  if (text === undefined || text.trim() === '') return nothing(conversation.locale, hasMore ? '' : 'greet');
  const { timeZone } = conversation.identity;
  return classifier.understand(text, {
    locale: conversation.locale, localeIsChosen: conversation.localeIsChosen, at: message.at, ...(timeZone === undefined ? {} : { timeZone }),
  });
}

const traceOf = (understanding: Understanding, flow: string | null): Trace => ({
  locale: understanding.locale, flow, receipts: [],
  intents: understanding.intents.filter(({ intent }) => intent !== '').map(({ intent, confidence, verdict }) => ({ intent, confidence: Math.round(confidence * 1000) / 1000, verdict })),
  entities: understanding.entities as unknown as Json[],
});

const relayed = ({ act }: Extract<Effect, { kind: 'relay' }>, conversation: Conversation): Omit<Line, 'seq'> => ({
  id: `${act.id}.a`, at: act.at, from: 'agent', agent: act.agent, locale: conversation.locale, text: act.text ?? '',
  ...(act.files && act.files.length > 0 ? { files: act.files } : {}),
});
