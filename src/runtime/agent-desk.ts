import { parseConversation, type Conversation } from '../dialogue/conversation.js';
import type { AgentAct, IncomingFile, Json, Line } from '../domain/message.js';
import type { AgentDesk, DeskEntry, DeskTalk, SaidAtDesk } from '../ports/agent-desk.js';
import type { ConversationHead } from '../ports/conversation-store.js';
import { deskBrief, speakerOf } from './desk-brief.js';
import type { Parts } from './parts.js';

/** Keeps conversations that are handed over and another helpdesk in step, both ways. */
export interface AgentDeskBridge {
  start(): Promise<void>;
  /** Resolves when nothing is being done; what waits for another try does not count. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** What the bridge needs of the service. */
export interface BridgeParts extends Pick<Parts, 'store' | 'records' | 'files' | 'guard' | 'texts' | 'clock' | 'log' | 'random' | 'defaultLocale'> {
  readonly desk: AgentDesk;
  act(act: AgentAct): Promise<'accepted' | 'duplicate'>;
  /** How often is looked for what no hint told of, and the first pause after a failure; for tests. */
  readonly sweepMs?: number;
  readonly firstPauseMs?: number;
}

/** Renewed while there is work: a process that was killed holds nobody up for longer. */
const LEASE_MS = 15_000;
const HELD_MS = 2_000;
const PAGE = 100;
const LONGEST_PAUSE_MS = 5 * 60_000;
const ISO = /\d{4}-\d{2}-\d{2}/gu;

const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
/** How long is waited for acts that were sent and are not done yet. */
const UNDER_WAY_MS = 100;

type ChargeRead = Partial<Conversation['charge']>;
const stateOf = (state: Json): ChargeRead => (state as { readonly conversation?: { readonly charge?: ChargeRead } } | null)?.conversation?.charge ?? {};

/** A bridge to one helpdesk. What is to be sent is told by a row's place in the conversation's log, so nothing is lost with the process. */
export function createAgentDeskBridge(parts: BridgeParts): AgentDeskBridge {
  const { desk, store, records, files, guard, texts, clock, log, defaultLocale, act } = parts;
  const { sweepMs = 20_000, firstPauseMs = 1_000 } = parts;
  const owner = Buffer.from(parts.random(9)).toString('base64url');
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const open = new Set<string>();
  /** Talks of which the helpdesk told something: looked at although they are over. */
  const hinted = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  let unwatch = (): void => undefined;
  let sweep: NodeJS.Timeout | undefined;
  let isStopped = false;
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string => texts.say({ key, values }, defaultLocale);
  /** The same entries of the audit log as at our own desk. */
  const audit = (who: string, what: 'take' | 'close' | 'stopped', subject: string, details?: Readonly<Record<string, string>>): Promise<void> =>
    records.audit.add({ at: clock.now(), who, what: ['desk', what].join('.'), subject, ...(details === undefined ? {} : { details }) });

  function pump(conversationId: string): void {
    if (isStopped) return;
    if (running.has(conversationId)) return void again.add(conversationId);
    const work = step(conversationId).catch((error: unknown) => log.error('agent-desk.failed', { conversation: conversationId, message: error instanceof Error ? error.message : String(error) })).finally(() => {
      running.delete(conversationId);
      if (again.delete(conversationId)) pump(conversationId);
    });
    running.set(conversationId, work);
  }

  function pumpIn(conversationId: string, ms: number): void {
    if (isStopped || timers.has(conversationId)) return;
    timers.set(conversationId, setTimeout(() => {
      timers.delete(conversationId);
      pump(conversationId);
    }, ms));
  }

  const isOurs = (agent: ChargeRead['agent']): boolean => agent?.id.startsWith(`${desk.name}.`) === true;

  /** Taken from the bot at our own desk, a talk was never handed over: nobody is to be called in there for it. */
  const isTakenHere = async ({ who, ticket, agent }: ChargeRead): Promise<boolean> =>
    who === 'agent' && ticket !== undefined && !isOurs(agent) && (await records.tickets.find(ticket))?.reason === 'taken';

  /** One look at a conversation: opens, sends, reads, closes, whatever is due. */
  async function step(conversationId: string): Promise<void> {
    const head = await store.head(conversationId);
    const charge = stateOf(head?.state ?? null);
    const { ticket } = charge;
    const who = (await isTakenHere(charge)) ? 'bot' : charge.who ?? 'bot';
    const before = await records.deskTalks.find(conversationId);
    const isHinted = hinted.delete(conversationId) && before !== null;
    if (!head || (who === 'bot' && before?.state !== 'open' && !isHinted) || (who !== 'bot' && ticket === undefined && before === null)) return void open.delete(conversationId);
    const fresh: DeskTalk = { conversationId, ticket: ticket ?? '', reference: null, state: 'open', seq: 0, mark: null, sending: null, attempts: 0, dueAt: null };
    const now = clock.now();
    if (before?.dueAt != null && before.dueAt > now) return pumpIn(conversationId, Date.parse(before.dueAt) - Date.parse(now) + 5);
    let talk = await records.deskTalks.take(fresh, owner, later(now, LEASE_MS), now);
    if (!talk) return pumpIn(conversationId, HELD_MS);
    open.add(conversationId);
    let renewed: Promise<unknown> = Promise.resolve();
    const renewal = setInterval(() => {
      renewed = records.deskTalks.take(fresh, owner, later(clock.now(), LEASE_MS), clock.now()).catch(() => null);
    }, LEASE_MS / 3);
    const keep = async (change: Partial<DeskTalk>): Promise<void> => {
      talk = { ...(talk ?? fresh), ...change };
      if (!(await records.deskTalks.put(talk, owner))) throw new Error('the lease was lost');
    };
    try {
      if (who !== 'bot' && ticket !== undefined && (talk.state === 'closed' || talk.ticket !== ticket)) {
        if (talk.state === 'open' && talk.reference !== null) await desk.close(talk.reference);
        await keep(fresh);
      }
      if (who === 'bot') {
        if (talk.reference !== null) {
          if (!(await take(talk, keep))) return;
          if (talk.state === 'open') await desk.close(talk.reference);
        }
        await keep({ state: 'closed', attempts: 0, dueAt: null });
        open.delete(conversationId);
        return;
      }
      if (talk.reference === null && head.lastSeq > await placesKnown(conversationId)) return pumpIn(conversationId, UNDER_WAY_MS);
      if (talk.reference === null) await begin(talk, head, keep);
      await send(talk, keep);
      await take(talk, keep);
      if (talk.attempts > 0) await keep({ attempts: 0, dueAt: null });
    } catch (error) {
      const attempts = talk.attempts + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** Math.min(attempts - 1, 9));
      log.warn('agent-desk.retry', { conversation: conversationId, attempts, message: error instanceof Error ? error.message : String(error) });
      await keep({ attempts, dueAt: later(clock.now(), pause) }).catch(() => undefined);
      pumpIn(conversationId, pause + 5);
    } finally {
      clearInterval(renewal);
      await renewed;
      await records.deskTalks.release(conversationId, owner).catch(() => undefined);
    }
  }

  type Keep = (change: Partial<DeskTalk>) => Promise<void>;

  async function begin({ conversationId, ticket }: DeskTalk, head: ConversationHead, keep: Keep): Promise<void> {
    const conversation = conversationOf(head);
    if (!conversation) throw new Error('the conversation is of another version');
    const lines = await store.readLog(conversationId, Math.max(0, head.lastSeq - PAGE), PAGE);
    const reason = (await records.tickets.find(ticket))?.reason ?? 'asked';
    const reference = await desk.open({
      conversationId, ticket, locale: conversation.locale, customer: { name: conversation.identity.name ?? '' }, brief: deskBrief(conversation, reason, lines, texts, defaultLocale),
    });
    await keep({ reference, seq: lines.at(-1)?.seq ?? 0 });
  }

  const conversationOf = (head: ConversationHead): Conversation | null => parseConversation((head.state as { readonly conversation?: Json } | null)?.conversation ?? null);

  /** The customer's words as theirs, whatever else was said as a note, in order; one that was said there already is not sent back. */
  async function send(given: DeskTalk, keep: Keep): Promise<void> {
    let { seq, sending } = given;
    for (;;) {
      const found = await store.readLog(given.conversationId, seq, PAGE);
      const known = await placesKnown(given.conversationId);
      const lines = found.filter((line) => line.seq <= known);
      if (lines.length < found.length) pumpIn(given.conversationId, UNDER_WAY_MS);
      if (lines.length === 0) return;
      for (const line of lines) {
        const entry = line.id.startsWith(`${desk.name}.`) ? null : await entryOf(line);
        if (entry && given.reference !== null) {
          await keep({ sending: entry.id });
          await desk.add(given.reference, entry, sending === entry.id);
        }
        ({ seq } = line);
        sending = null;
        await keep({ seq, sending });
      }
    }
  }

  /** Up to where a place in the log is for good: a store that loses its memory may put a line that the records do not know yet at another place, and one would be overlooked. */
  const placesKnown = async (conversationId: string): Promise<number> => (store.snapshot ? records.transcripts.last(conversationId) : Infinity);

  async function entryOf(line: Line): Promise<DeskEntry | null> {
    // "You are in the queue" tells an agent nothing.
    if (line.from === 'bot' && (line.replies ?? []).length > 0 && line.replies?.every(({ key }) => key.startsWith('handover.')) === true) return null;
    const found = await Promise.all((line.files ?? []).map(async ({ fileId, name, type }) => {
      const file = await files.get(fileId);
      return file ? [{ name, type, bytes: file.bytes }] : [];
    }));
    const isCustomer = line.from === 'customer';
    const text = isCustomer || line.text === '' ? line.text : `${speakerOf(line, texts, defaultLocale)}: ${line.text}`;
    return text === '' && found.flat().length === 0 ? null : { id: line.id, kind: isCustomer ? 'customer' : 'note', text, files: found.flat() };
  }

  /** Reads what agents did there since last time, and does it here; whether it came to the end of it. */
  async function take(given: DeskTalk, keep: Keep): Promise<boolean> {
    const { reference, conversationId } = given;
    if (reference === null) return true;
    const { said, mark, isResolved, agent } = await desk.read(reference, given.mark);
    for (const one of said) {
      const now = await asItIs(conversationId);
      if (!now) return false;
      if (stateOf(now.state).who === 'bot') await desk.add(reference, { id: `${one.id}.late`, kind: 'note', text: say('helpdesk.late'), files: [] }, true);
      else await relay(one, given, now);
      await keep({ mark: one.id });
    }
    if (mark !== given.mark) await keep({ mark });
    if (!isResolved) return true;
    const now = await asItIs(conversationId);
    if (!now) return false;
    const { who = 'bot', agent: holder, epoch: fence = 0 } = stateOf(now.state);
    // What somebody at our own desk has taken up is not ended from there.
    if (who === 'bot' || (who === 'agent' && !isOurs(holder))) return true;
    const by = agent ?? said.at(-1)?.agent ?? { id: desk.name, name: desk.name };
    const person = { id: `${desk.name}.${by.id}`, name: by.name };
    // Whoever resolves it there, the lease that ends is the holder's.
    const outcome = await act({ kind: 'agent-act', id: `${desk.name}.${reference}.resolved.${fence}`, conversationId, at: clock.now(), agent: holder ?? person, act: 'close', fence });
    if (outcome === 'accepted') await audit(person.id, 'close', conversationId);
    return true;
  }

  /**
   * The conversation when all that was sent to it is done; null, and another look soon, while something is under way. Who is in charge
   * decides what an act does, so none is sent by what may have changed already.
   */
  async function asItIs(conversationId: string): Promise<ConversationHead | null> {
    if ((await store.pending(conversationId)).inbox === 0) return store.head(conversationId);
    hinted.add(conversationId);
    pumpIn(conversationId, UNDER_WAY_MS);
    return null;
  }

  /** An agent's words to the customer; those the guard minds stay there, and a note says so. */
  async function relay({ id, agent, text, files: sent }: SaidAtDesk, { conversationId, reference }: DeskTalk, head: ConversationHead): Promise<void> {
    const person = { id: `${desk.name}.${agent.id}`, name: agent.name };
    const at = clock.now();
    const findings = text === '' ? [] : guard.read(text, { locale: conversationOf(head)?.locale ?? defaultLocale, facts: await factsOf(conversationId, head) });
    if (findings.length > 0) {
      const kinds = [...new Set(findings.map(({ kind }) => kind))];
      await audit(person.id, 'stopped', conversationId, { kinds: kinds.join(' '), rules: [...new Set(findings.map(({ rule }) => rule))].join(' ') });
      if (reference !== null) await desk.add(reference, { id: `${id}.withheld`, kind: 'note', text: [say('helpdesk.withheld'), ...kinds.map((kind) => say(`desk.guard.${kind}`))].join('\n'), files: [] }, true);
      return;
    }
    const taken: IncomingFile[] = [];
    for (const { url, name } of sent) {
      const got = await desk.file(url);
      if (got) {
        const file = await files.put(got.bytes, { conversationId, name, type: got.type, at });
        taken.push({ fileId: file.fileId, name, type: got.type, size: file.size });
      } else if (reference !== null) await desk.add(reference, { id: `${id}.${name}.lost`, kind: 'note', text: say('helpdesk.file-lost', { name }), files: [] }, true);
    }
    if (text === '' && taken.length === 0) return;
    const charge = conversationOf(head)?.charge;
    const base = { kind: 'agent-act', conversationId, at, agent: person } as const;
    // Taken over with the first word, not when a helpdesk assigns somebody who may not be there: the customer is told that a person has come.
    if (charge?.who !== 'agent' || charge.agent?.id !== person.id) {
      if (await act({ ...base, id: `${desk.name}.${id}.take`, act: 'take' }) === 'accepted') await audit(person.id, 'take', conversationId);
    }
    await act({ ...base, id: `${desk.name}.${id}`, act: 'say', text, ...(taken.length === 0 ? {} : { files: taken }) });
  }

  /** The days the bot told: an agent may repeat them. */
  async function factsOf(conversationId: string, head: ConversationHead): Promise<string[]> {
    const lines = await store.readLog(conversationId, Math.max(0, head.lastSeq - PAGE), PAGE);
    return [...new Set(lines.flatMap(({ from, replies }) => (from === 'bot' ? JSON.stringify(replies ?? []).match(ISO) ?? [] : [])))];
  }

  async function lookAround(): Promise<void> {
    const tickets = (await records.tickets.queue()).filter(({ kind }) => kind === 'handover').map(({ conversationId }) => conversationId);
    for (const id of new Set([...(await records.deskTalks.open()).map((talk) => talk.conversationId), ...tickets])) pump(id);
  }

  const isConcerned = async (conversationId: string): Promise<boolean> => open.has(conversationId) || stateOf((await store.head(conversationId))?.state ?? null).who !== 'bot';

  return {
    async start() {
      desk.listen((reference) => void records.deskTalks.byReference(reference).then((talk) => {
        if (!talk) return;
        hinted.add(talk.conversationId);
        pump(talk.conversationId);
      }, () => undefined));
      unwatch = store.watch(({ conversationId }) => void isConcerned(conversationId).then((is) => {
        if (is) pump(conversationId);
      }, () => undefined));
      await lookAround();
      sweep = setInterval(() => void lookAround().catch((error: unknown) => log.warn('agent-desk.look-failed', { message: error instanceof Error ? error.message : String(error) })), sweepMs);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    async stop() {
      isStopped = true;
      unwatch();
      clearInterval(sweep);
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
}
