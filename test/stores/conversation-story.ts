import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Incoming, InboxItem, Line } from '../../src/domain/message.js';
import type { Claim, ConversationStore, OutboxEntry } from '../../src/ports/conversation-store.js';

/** The start of every story here; `at(n)` is n milliseconds later. */
export const START = Date.parse('2026-11-22T09:00:00.000Z');
export const at = (ms: number): string => new Date(START + ms).toISOString();

export function message(conversationId: string, id: string, ms = 0, more: Partial<Incoming> = {}): Incoming {
  const channel = conversationId.split(':')[0] ?? 'test';
  return { kind: 'message', id, conversationId, channel, address: { chat: conversationId }, at: at(ms), text: `text of ${id}`, localeHint: 'en', ...more };
}

export const metaOf = (item: { readonly conversationId: string }): { channel: string; address: { chat: string } } => ({
  channel: item.conversationId.split(':')[0] ?? 'test',
  address: { chat: item.conversationId },
});

export function said(id: string, from: Line['from'] = 'bot', ms = 0): Omit<Line, 'seq'> {
  return { id, at: at(ms), from, locale: 'en', text: `said ${id}` };
}

/** What a store under test is made by; where the kind of store is shared, `open` twice gives two nodes over the same data. */
export interface Subject {
  open(): Promise<ConversationStore>;
  stop(): Promise<void>;
}

/** A kind of store and how to set it up. */
export interface Kind {
  readonly name: string;
  readonly isShared: boolean;
  /** A turn taken twice says what it came to the first time. */
  readonly firstStands?: boolean;
  /** How many courses of many workers are run; few where each turn costs a disk or a socket. */
  readonly courses: number;
  start(): Promise<Subject>;
}

/** One store under test, with the words its stories are told in. */
export interface Story {
  readonly isShared: boolean;
  readonly firstStands: boolean;
  readonly store: ConversationStore;
  /** A second node over the same data. */
  open(): Promise<ConversationStore>;
  /** The id of a conversation nobody used yet. */
  fresh(channel?: string): string;
  accept(item: InboxItem): Promise<'accepted' | 'duplicate'>;
  mustClaim(id: string, ms?: number, owner?: string, leaseMs?: number): Promise<Claim>;
  /** Claims and commits these lines. */
  turn(id: string, lines: readonly Omit<Line, 'seq'>[], ms?: number, epoch?: number): Promise<void>;
  /** The line of this conversation that may be delivered now. */
  take(id: string, ms: number, leaseMs?: number): Promise<OutboxEntry | undefined>;
  seqs(id: string): Promise<number[]>;
}

/** Sets a store up before the tests of the describe block it is called in, and takes it down after them. */
export function tellStory({ name, isShared, firstStands = false, start }: Kind): Story {
  let subject: Subject;
  let store: ConversationStore;
  let count = 0;
  beforeAll(async () => {
    subject = await start();
    store = await subject.open();
  });
  afterAll(async () => {
    await store?.close();
    await subject?.stop();
  });
  const story: Story = {
    isShared,
    firstStands,
    get store() {
      return store;
    },
    open: () => subject.open(),
    fresh: (channel = 'test') => `${channel}:${name.replaceAll(' ', '-')}-${++count}`,
    accept: (item) => store.accept(item.conversationId, item, metaOf(item)),
    async mustClaim(id, ms = 0, owner = 'worker-1', leaseMs = 1000) {
      const claim = await store.claim(owner, leaseMs, at(ms), id);
      if (claim === null) throw new Error(`${id} could not be claimed`);
      return claim;
    },
    async turn(id, lines, ms = 0, epoch = 0) {
      expect(await store.commit(await story.mustClaim(id, ms), { state: { ms }, lines, epoch }, at(ms))).toBe('committed');
    },
    async take(id, ms, leaseMs = 1000) {
      return (await store.takeOutbox('sender', leaseMs, at(ms), 1000)).find((entry) => entry.conversationId === id);
    },
    seqs: async (id) => (await store.readLog(id, 0, 100)).map((line) => line.seq),
  };
  return story;
}
