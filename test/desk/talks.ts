import type { AgentAct, Incoming, Json, Line } from '../../src/domain/message.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { Records } from '../../src/ports/records.js';

type Spoken = Omit<Line, 'seq' | 'at' | 'id' | 'locale'>;

interface State {
  readonly locale: string;
  readonly charge: { readonly who: 'bot' | 'waiting' | 'agent'; readonly epoch: number; readonly since?: string; readonly agent?: AgentAct['agent']; readonly ticket?: string };
  readonly identity: { readonly level: 'L0' | 'L1' | 'L2'; readonly customerId?: string; readonly name?: string };
  readonly active: Json;
  readonly wishes: readonly { readonly intent: string; readonly flow: string }[];
  readonly topic: { readonly order?: string; readonly parcel?: string };
}

/** What a customer says in a test, what the bot answers, and what is known after it. */
export interface Said {
  readonly text?: string;
  readonly files?: Incoming['files'];
  readonly answer?: Partial<Spoken>;
  readonly change?: Partial<State>;
  readonly at?: string;
}

const fresh: State = { locale: 'en', charge: { who: 'bot', epoch: 0 }, identity: { level: 'L0' }, active: null, wishes: [], topic: {} };

/** The runtime's twin for the desk's tests: real store, real log, and who is in charge as the dialogue keeps it. */
export function createTalks(store: ConversationStore, records: Records, clock: Clock) {
  let count = 0;
  const acts: AgentAct[] = [];

  async function turn(conversationId: string, lines: readonly Spoken[], change: (state: State, at: string) => Partial<State>): Promise<void> {
    const now = clock.now();
    const claim = await store.claim('twin', 30_000, now, conversationId);
    if (!claim) throw new Error(`${conversationId} has nothing to take`);
    const state = (claim.state as { conversation?: State } | null)?.conversation ?? fresh;
    const next = { ...state, ...change(state, claim.head.item.at) };
    await store.commit(claim, {
      state: { conversation: next, shown: [] } as unknown as Json, epoch: next.charge.epoch, toLogOnly: true,
      lines: lines.map((line, index) => ({ id: `${claim.head.id}.${line.from === 'agent' ? 'a' : index}`, at: claim.head.item.at, locale: next.locale, ...line })),
    }, now);
  }

  async function says(conversationId: string, said: Said): Promise<void> {
    const at = said.at ?? clock.now();
    const channel = conversationId.split(':')[0] ?? 'web';
    await store.accept(conversationId, {
      kind: 'message', id: `m${(count += 1)}`, conversationId, channel, address: null, at,
      ...(said.text === undefined ? {} : { text: said.text }), ...(said.files === undefined ? {} : { files: said.files }),
    }, { channel, address: null });
    await turn(conversationId, said.answer ? [{ from: 'bot', text: '', ...said.answer }] : [], () => said.change ?? {});
  }

  return {
    acts,
    says,
    /** The customer asks for a person: the bot says so, falls silent, and a ticket lies in the queue. */
    async asks(conversationId: string, said: Said & { readonly reason?: string } = {}): Promise<void> {
      const at = said.at ?? clock.now();
      const ticket = `${conversationId}@${at}#1`;
      await says(conversationId, {
        text: 'A person please', answer: { text: "I'm passing you on to a person." }, ...said,
        change: { ...said.change, charge: { who: 'waiting', epoch: 1, since: at, ticket } },
      });
      const known = (await store.head(conversationId))?.state as unknown as { conversation: State };
      const { identity, topic, active, locale } = known.conversation;
      await records.tickets.open({
        id: ticket, conversationId, kind: 'handover', state: 'open', reason: said.reason ?? 'asked', openedAt: at,
        brief: JSON.parse(JSON.stringify({ locale, identity, topic, active, wishes: [], receipts: [] })) as Json,
      });
    },
    /** The desk's door, as the runtime behaves behind it. */
    async act(act: AgentAct): Promise<'accepted' | 'duplicate'> {
      const head = await store.head(act.conversationId);
      if (!head) return 'duplicate';
      const accepted = await store.accept(act.conversationId, act, { channel: head.channel, address: head.address });
      if (accepted === 'duplicate') return 'duplicate';
      acts.push(act);
      const { charge } = (head.state as unknown as { conversation: State }).conversation;
      const isMine = charge.who === 'agent' && charge.agent?.id === act.agent.id;
      const epoch = charge.epoch + 1;
      switch (act.act) {
        case 'take':
          if (charge.ticket !== undefined) await records.tickets.update(charge.ticket, { state: 'assigned', assignedTo: { id: act.agent.id, name: act.agent.name } });
          await turn(act.conversationId, [{ from: 'bot', text: `${act.agent.name} is here now – a person, not a bot.` }], (_state, at) => ({
            charge: { who: 'agent', epoch, agent: act.agent, since: at, ticket: charge.ticket ?? `${act.conversationId}#${epoch}` },
          }));
          break;
        case 'say':
          await turn(act.conversationId, isMine ? [{ from: 'agent', agent: act.agent, text: act.text ?? '', ...(act.files ? { files: act.files } : {}) }] : [], () => ({}));
          break;
        case 'assign':
        case 'release':
        case 'do':
          await turn(act.conversationId, [], () => ({}));
          break;
        case 'settle':
          await turn(act.conversationId, [{ from: 'bot', text: act.text ?? '' }], () => ({}));
          break;
        case 'hand-back':
        case 'close':
          if (charge.ticket !== undefined) await records.tickets.update(charge.ticket, { state: 'closed', closedAt: act.at });
          await turn(act.conversationId, [{ from: 'bot', text: act.act === 'close' ? 'This conversation with our team is closed.' : 'The bot is back.' }], () => ({ charge: { who: 'bot', epoch } }));
      }
      return 'accepted';
    },
  };
}
