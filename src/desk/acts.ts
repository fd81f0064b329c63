import type { AgentAct, IncomingFile } from '../domain/message.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import type { Agent } from '../ports/records.js';
import type { Audit } from './audit.js';
import type { ActInput } from './input.js';
import type { StoppedPart, createCheck } from './check.js';
import { doWork } from './doing-work.js';
import { isSaid } from './lines.js';
import { noteMentions } from './mentions.js';
import type { DeskParts } from './parts.js';
import { seatsOf } from './presence.js';
import { badRequest, notFound, Refused } from './refusals.js';
import type { Sending } from './sending.js';
import { readState } from './stored-state.js';

/** What became of an act: handed on, done before, stopped because of what it says, or held back because somebody else is in charge. */
export type ActOutcome =
  | { readonly outcome: 'accepted' | 'duplicate' | 'done' | 'refused' | 'unknown' }
  /** Held back until then, so that it can be taken back. */
  | { readonly outcome: 'held'; readonly until: string }
  | { readonly stopped: readonly StoppedPart[]; readonly mayBeAnsweredFor: boolean }
  | { readonly heldBy: { readonly id: string; readonly name: string }; readonly since: string | null };

const notInCharge = (): Refused => new Refused(409, 'NotInCharge', 'You are not in charge of this conversation. Take it over first.');

/** Makes the door for agents' acts: checks who is in charge, hands the act to the runtime, writes it down. */
export function createActs(parts: DeskParts, audit: Audit, tell: (conversationId: string) => void, check: ReturnType<typeof createCheck>, sending: Sending) {
  const { records, store, files, act: handOn, clock } = parts;

  async function filesOf(ids: readonly string[], conversationId: string): Promise<IncomingFile[]> {
    return Promise.all(ids.map(async (fileId) => {
      const found = await files.get(fileId);
      // A file of another conversation is another customer's.
      if (!found || found.file.conversationId !== conversationId) throw badRequest('NoSuchFile', 'A file of this message is not there. Attach it again.');
      const { name, type, size } = found.file;
      return { fileId, name, type, size };
    }));
  }

  async function take(head: ConversationHead, agent: Agent, input: Extract<ActInput, { act: 'take' }>, act: AgentAct): Promise<ActOutcome> {
    const { charge } = readState(head.state);
    const holder = charge.who === 'agent' ? charge.agent : undefined;
    if (holder?.id === agent.id) return { outcome: 'duplicate' };
    if (holder && !input.confirm) return { heldBy: holder, since: charge.since ?? null };
    const outcome = await handOn(act);
    if (outcome === 'accepted') {
      await audit(agent.id, 'take', act.conversationId, holder && { from: holder.id });
    }
    return { outcome };
  }

  /** The ticket of a hand-over is the runtime's to close, also one that is only being opened; what else is open is ended by the agent who closes the conversation. */
  async function closeOthers(conversationId: string, at: string): Promise<void> {
    for (const { id, state, kind } of await records.tickets.ofConversation(conversationId)) {
      // A case is closed by its answer alone: the customer was told that there would be one.
      if (state === 'closed' || kind === 'handover' || (await records.cases.find(id))?.state === 'open') continue;
      await records.tickets.update(id, { state: 'closed', closedAt: at });
    }
    tell(conversationId);
  }

  return async (conversationId: string, agent: Agent, input: ActInput): Promise<ActOutcome> => {
    const head = await store.head(conversationId);
    if (!head) throw notFound('conversation');
    const at = clock.now();
    // The sender is part of the id, so that no agent can make another's act, or a customer's message, look like a repetition.
    const id = `desk.${agent.id}.${input.id}`;
    const who = { id: agent.id, name: agent.name };
    if (input.act === 'note') {
      const isThere = (await records.notes.ofConversation(conversationId)).some((note) => note.id === id);
      if (!isThere) await records.notes.add({ id, conversationId, at, agent: who, text: input.text });
      await noteMentions({ id, conversationId, at, agent: who, text: input.text }, parts);
      tell(conversationId);
      return { outcome: isThere ? 'duplicate' : 'accepted' };
    }
    // What was sent before anything else is done goes out before it.
    if (input.act !== 'say') await sending.flush(conversationId);
    const { epoch } = readState(head.state).charge;
    const act: AgentAct = { kind: 'agent-act', id, conversationId, at, agent: who, act: input.act === 'pass' ? 'release' : input.act, ...(input.act === 'say' ? {} : { fence: epoch }) };
    if (input.act === 'take') return take(head, agent, input, act);
    const { charge } = readState(head.state);
    const isMine = charge.who === 'agent' && charge.agent?.id === agent.id;
    if (input.act === 'say') {
      if (input.text === '' && input.files.length === 0) throw badRequest('BadArgument', 'text: Write something or attach a file.');
      if (!isMine) {
        // Sent again after the answer was lost and the conversation given back: it was said.
        if (await isSaid(conversationId, `${id}.a`, head, parts)) return { outcome: 'duplicate' };
        throw notInCharge();
      }
      const sent = await filesOf(input.files, conversationId);
      const stopped = await check.read(conversationId, agent, input, head);
      if (stopped) return stopped;
      const held = await sending.hold({ ...act, text: input.text, ...(sent.length === 0 ? {} : { files: sent }) }, input);
      if (held) return held;
      const outcome = await handOn({ ...act, text: input.text, ...(sent.length === 0 ? {} : { files: sent }) });
      if (outcome === 'accepted') await check.promise(conversationId, who, `${id}.a`, input.text, head);
      return { outcome };
    }
    if (input.act === 'do') {
      if (!isMine) throw notInCharge();
      const outcome = await doWork(act, input, parts);
      if (outcome !== 'duplicate') await audit(agent.id, 'do', conversationId, { flow: outcome.flow, outcome: outcome.outcome });
      tell(conversationId);
      return { outcome: outcome === 'duplicate' ? outcome : outcome.outcome };
    }
    if (input.act === 'pass') {
      if (!isMine) throw notInCharge();
      const to = (await seatsOf(parts)).find((seat) => seat.id === input.to && seat.id !== agent.id);
      if (to?.presence !== 'online') throw new Refused(409, 'NotThere', 'Whoever it is passed on to is not at the desk.');
      const outcome = await handOn({ ...act, to: { id: to.id, name: to.name } });
      if (outcome === 'accepted') await audit(agent.id, 'pass', conversationId, { to: to.id });
      tell(conversationId);
      return { outcome };
    }
    if (charge.who === 'agent' && !isMine && charge.agent) return { heldBy: charge.agent, since: charge.since ?? null };
    if (input.act === 'close') await closeOthers(conversationId, at);
    if (charge.who === 'bot') return { outcome: 'duplicate' };
    const outcome = await handOn(act);
    if (outcome === 'accepted') await audit(agent.id, input.act, conversationId);
    return { outcome };
  };
}
