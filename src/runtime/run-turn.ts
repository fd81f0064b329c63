import { chargeOf, isNewerState, newConversation, parseConversation, type Conversation } from '../dialogue/conversation.js';
import type { Effect, TurnEvent } from '../dialogue/events.js';
import { takeTurn } from '../dialogue/turn.js';
import { Fault } from '../domain/fault.js';
import type { Incoming, Json, Line, Reply, Trace } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { Understanding } from '../domain/understanding.js';
import type { Claim, Commit } from '../ports/conversation-store.js';
import { withKnown } from './known.js';
import { followLink, proven } from './identify.js';
import { seen } from './notices.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';
import { hashOf, isRepeatable, listening, type TapeStep, type TapeTurn } from './tape.js';
import type { Kept } from './keeper.js';
import { render } from './render.js';
import { reportThreat } from './told-signals.js';
import { typedChoice, type Shown } from './typed-choice.js';

/** What is stored between turns: the conversation, and the buttons last shown in words. */
interface State {
  readonly conversation: Conversation;
  readonly shown: readonly Shown[];
  /** How many turns of it are on the tape; absent where the last one is not. */
  readonly tape?: { readonly turns: number };
}

/** A turn as it is to be committed, and what is kept of it besides. */
export interface Taken {
  readonly commit: Commit;
  readonly kept: Kept;
}

/** More steps than any flow takes; reached only if a flow asks in circles. */
const mostSteps = 60;

/**
 * Takes the turn of a claimed conversation: understands the message, moves the conversation until nothing is left to
 * do, puts the replies into words. Gives what is to be committed; commits nothing itself.
 */
export async function runTurn(claim: Claim, parts: Parts): Promise<Commit> {
  return (await takeClaimed(claim, parts)).commit;
}

/** As above, with what is kept of the turn beside its commit; `follows` = the turn before it is certainly on the tape. */
export async function takeClaimed(claim: Claim, own: Parts, follows = false): Promise<Taken> {
  const { item } = claim.head;
  const parts: Parts = item.kind === 'message' && item.source !== undefined ? { ...own, source: item.source } : own;
  const { state, isOld } = load(claim, parts);
  let conversation = state.conversation;
  const replies: Reply[] = [];
  const spoken: Omit<Line, 'seq'>[] = [];
  let trace: Trace = { locale: conversation.locale, intents: [], entities: [], flow: conversation.active?.flow ?? null, receipts: [] };
  const given: Receipt[] = [];
  const taped: TapeStep[] = [];
  const [facts, sharedFacts]: [Record<string, string>, Record<string, string>] = [{}, {}];
  let heard: Understanding | undefined;

  const move = async (first: TurnEvent): Promise<void> => {
    taped.push({ event: first });
    let event: TurnEvent | null = first;
    for (let steps = 0; event && steps < mostSteps; steps += 1) {
      const before: Conversation = conversation;
      const turn: ReturnType<typeof takeTurn> = takeTurn(conversation, event, parts.book);
      conversation = turn.conversation;
      if (conversation.last.receipts !== before.last.receipts) given.push(...conversation.last.receipts);
      replies.push(...turn.replies);
      event = null;
      for (const effect of turn.effects) {
        if (conversation.active) trace = { ...trace, flow: conversation.active.flow };
        if (effect.kind === 'relay') spoken.push(relayed(effect, conversation));
        const ear = parts.keepsJournal !== false && isRepeatable(effect.kind) ? listening(parts) : undefined;
        const came = await perform(effect, conversation, item.id, ear?.parts ?? parts);
        if (came) taped.push({ event: came, effect: effect.kind, ...(ear ? { reads: ear.reads, looks: ear.looks } : {}) });
        Object.assign(facts, ear?.facts);
        Object.assign(sharedFacts, ear?.sharedFacts);
        event = came ?? event;
      }
    }
  };

  if (isOld) await move({ kind: 'started-over' });
  if (item.kind === 'timer') await move({ kind: 'timer-fired', timer: item });
  if (item.kind === 'agent-act') await move({ kind: 'agent-acted', act: item });
  if (item.kind === 'message') {
    for (const event of await whoSpeaks(conversation, item, parts)) {
      taped.push({ event, isSilent: true });
      conversation = takeTurn(conversation, event, parts.book).conversation;
    }
    const message = withChoice(item, state.shown);
    const understanding = withKnown(understand(message, conversation, parts), parts);
    if (message.choice === undefined) heard = understanding;
    trace = traceOf(understanding, trace.flow);
    await move({ kind: 'message-received', message, understanding });
    if (item.text !== undefined) await reportThreat(item.text, conversation, parts);
  }

  if (item.kind !== 'timer') await seen(state.conversation, conversation, parts);
  const flow = conversation.active?.flow ?? trace.flow;
  const line = await render(replies, {
    conversationId: claim.conversationId, messageId: item.id, locale: conversation.locale, at: parts.clock.now(),
    trace: { ...trace, flow, locale: conversation.locale, receipts: given },
  }, parts);
  const lines = [...(line ? [line] : []), ...spoken];
  const shown = line ? line.choices ?? [] : state.shown;
  const turn = (state.tape?.turns ?? 0) + 1;
  const stands = JSON.stringify(conversation);
  const tape = parts.keepsJournal === false ? {} : { tape: { turns: turn } };
  const entry: TapeTurn = {
    messageId: item.id, steps: taped, to: hashOf(stands), ...(!follows || isOld || state.tape === undefined ? { from: plain(state.conversation) } : {}),
    said: line ? { locale: line.locale, text: line.text, ...(line.choices ? { choices: plain(line.choices) } : {}), ...(line.links ? { links: plain(line.links) } : {}) } : null,
  };
  return {
    commit: {
      state: { conversation: JSON.parse(stands) as Json, shown: plain(shown), ...tape },
      lines,
      ...takenOver(state.conversation.charge, conversation.charge),
    },
    kept: { messageId: item.id, at: item.at, ...(heard ? { understanding: plain(heard) } : {}), ...(parts.keepsJournal === false ? {} : { tape: { turn, entry: JSON.stringify(entry), facts, sharedFacts } }) },
  };
}

/** Only a person who takes over makes older words of the bot void. Where the bot hands over by itself they go out before its announcement, in their order: one may tell of a write that was made. */
const takenOver = (before: Conversation['charge'], after: Conversation['charge']): Pick<Commit, 'epoch' | 'withdrawUndelivered'> => (after.who === 'agent' && after.epoch !== before.epoch ? { epoch: after.epoch, withdrawUndelivered: true } : {});

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function load(claim: Claim, { defaultLocale, texts }: Parts): { readonly state: State; readonly isOld: boolean } {
  const { item } = claim.head;
  const hint = item.kind === 'message' ? item.localeHint?.split('-')[0] : undefined;
  const locale = hint !== undefined && texts.locales.includes(hint) ? hint : defaultLocale;
  const fresh: State = { conversation: newConversation(claim.conversationId, claim.channel, locale, item.at), shown: [] };
  if (claim.state === null) return { state: fresh, isOld: false };
  const stored = claim.state as { readonly conversation?: Json; readonly shown?: Json; readonly tape?: State['tape'] };
  // Two versions run side by side during a deploy: this conversation is left to a node that knows its state.
  if (isNewerState(stored.conversation ?? null)) throw new Fault('state.newer', 'The conversation was last held by a newer version of this program.', { again: true });
  const conversation = parseConversation(stored.conversation ?? null);
  if (conversation) return { state: { conversation, shown: (stored.shown ?? []) as unknown as Shown[], ...(stored.tape ? { tape: stored.tape } : {}) }, isOld: false };
  // Whoever is in charge stays so, whatever else of the state was started over.
  return { state: { ...fresh, conversation: { ...fresh.conversation, charge: chargeOf(stored.conversation ?? null) ?? fresh.conversation.charge } }, isOld: true };
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
