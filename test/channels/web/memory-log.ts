import { Fault } from '../../../src/domain/fault.js';
import type { Incoming, Line } from '../../../src/domain/message.js';
import type { ChannelDoor } from '../../../src/ports/channel.js';
import type { ConversationStore } from '../../../src/ports/conversation-store.js';
import { createMemoryConversations } from '../../../src/stores/memory-conversations.js';

type Said = Partial<Omit<Line, 'seq' | 'at'>> & { readonly text: string };

/** The conversation store in memory, with a hand on its hints and its faults. */
export interface MemoryLog {
  readonly store: Pick<ConversationStore, 'readLog' | 'watch' | 'head'>;
  readonly door: ChannelDoor;
  readonly accepted: Incoming[];
  /** Appends a line as a turn would. Lines get in the order of the calls. */
  say(conversationId: string, said: Said): Promise<Line>;
  /** Lets the next so many calls fail as a store that is away. */
  goAway(calls: number): void;
  /** Calls say nothing from now on, until what it gives is called. */
  goSilent(): () => void;
  /** Stops or starts giving hints; what is appended meanwhile is only found by looking. */
  setHints(isOn: boolean): void;
  readonly watchers: () => number;
}

/** A log in memory; `answer` is the toy bot, called after a message was accepted. */
export function createMemoryLog(now: () => string, answer: (incoming: Incoming, log: MemoryLog) => void = () => undefined): MemoryLog {
  const conversations = createMemoryConversations();
  const accepted: Incoming[] = [];
  let watchers = 0;
  let away = 0;
  let hasHints = true;
  let count = 0;
  let turns: Promise<unknown> = Promise.resolve();

  let silence: Promise<void> | undefined;
  const guard = async () => {
    await silence;
    if (away === 0) return;
    away -= 1;
    throw new Fault('store.unreachable', 'the store is away', { again: true });
  };

  async function append(conversationId: string, said: Said): Promise<Line> {
    const id = `said-${(count += 1)}`;
    await conversations.accept(conversationId, { kind: 'timer', id, conversationId, at: now(), name: 'test', data: null }, { channel: 'web', address: {} });
    const claim = await conversations.claim('test', 1_000, now(), conversationId);
    if (claim === null) throw new Error('the conversation is busy');
    await conversations.commit(claim, { state: null, lines: [{ id, from: 'bot', locale: 'en', at: now(), ...said }], epoch: 0 }, now());
    const [line] = await conversations.readLog(conversationId, claim.last.seq, 1);
    if (line === undefined) throw new Error('the line is not in the log');
    return line;
  }

  const log: MemoryLog = {
    accepted,
    store: {
      async readLog(...args) {
        await guard();
        return await conversations.readLog(...args);
      },
      async head(conversationId) {
        await guard();
        return await conversations.head(conversationId);
      },
      watch(listener) {
        watchers += 1;
        const stop = conversations.watch((hint) => {
          if (hasHints) listener(hint);
        });
        return () => {
          watchers -= 1;
          stop();
        };
      },
    },
    door: {
      async accept(incoming) {
        await guard();
        const outcome = await conversations.accept(incoming.conversationId, incoming, { channel: incoming.channel, address: incoming.address });
        if (outcome === 'accepted') {
          accepted.push(incoming);
          answer(incoming, log);
        }
        return outcome;
      },
    },
    say(conversationId, said) {
      const line = turns.then(() => append(conversationId, said));
      turns = line;
      return line;
    },
    goAway: (calls) => {
      away = calls;
    },
    goSilent() {
      let isOver = (): void => undefined;
      silence = new Promise((resolve) => {
        isOver = resolve;
      });
      return () => {
        silence = undefined;
        isOver();
      };
    },
    setHints: (isOn) => {
      hasHints = isOn;
    },
    watchers: () => watchers,
  };
  return log;
}
