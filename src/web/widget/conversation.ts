import { readActivity, SEEN_EVENT, type Choice, type Message, type Typing } from './activity.js';
import { createConnection, type LineState } from './connection.js';
import { request, RequestFailed, upload } from './direct-line.js';
import type { Session } from './session.js';

/** A message of ours that the server has not echoed yet. */
export interface Pending {
  readonly clientId: string;
  readonly text: string;
  readonly value: unknown;
  readonly files: readonly File[];
  readonly at: number;
  /** `posted`: the server has it, the echo is on its way. */
  readonly state: 'sending' | 'posted' | 'failed';
  /** From 0 to 1 while files go up. */
  readonly progress: number;
  readonly reason: 'length' | 'size' | 'type' | 'refused' | undefined;
}

/** Everything there is to see. */
export interface View {
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  readonly typing: Typing | undefined;
  /** The last line somebody at the shop has read. */
  readonly seen: number;
  readonly line: LineState;
  /** Whether the history has come, so that what follows is news. */
  readonly isLoaded: boolean;
  readonly unread: number;
  readonly maxUploadBytes: number;
}

/** The conversation as this page sees it. */
export interface Conversation {
  readonly view: View;
  subscribe(listener: () => void): void;
  connect(): void;
  /** Connects only when there is an earlier conversation to go on with. */
  resume(): Promise<void>;
  send(text: string, files?: readonly File[], value?: unknown): void;
  press(choice: Choice): void;
  /** The customer is writing: shown to a person who talks with them. */
  typed(): void;
  retry(clientId: string): void;
  /** Whether the customer is looking: what they look at is not unread. */
  look(isLooking: boolean): void;
  hurry(): void;
  /** The customer signed in. */
  reconnect(): void;
  /** It is another conversation now; what was not sent yet goes there. */
  reset(): void;
  /** The customer signed out: nothing of theirs stays in this tab. */
  forget(): void;
}

const TYPING_MS = 12_000;
const TELL_TYPING_MS = 3_000;
const ECHO_MS = 6_000;
/** Waits before a post that did not arrive is tried again; then the customer is told. */
const POST_AGAIN_MS = [1_000, 3_000];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Why a message will not be taken however often it is sent; undefined when it may well be, later. */
function reasonOf(failure: RequestFailed, hasFiles: boolean): Pending['reason'] {
  if (failure.mayHelpAgain || failure.isAuth) return undefined;
  if (failure.code === 'UnsupportedFile') return 'type';
  if (failure.status === 413 || failure.code === 'MessageTooLong') return hasFiles ? 'size' : 'length';
  return 'refused';
}

/** Holds the conversation; `memory` (of this tab) keeps what was not sent over a reload, `device` what was seen. */
export function createConversation(parts: { readonly session: Session; readonly locale: string; readonly key: string; readonly memory: Storage | undefined; readonly device: Storage | undefined }): Conversation {
  const { session } = parts;
  const listeners = new Set<() => void>();
  const messages = new Map<string, Message>();
  let pending: readonly Pending[] = readUnsent();
  let seen = 0;
  let toldSeen = 0;
  let toldTyping = 0;
  let typing: Typing | undefined;
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let line: LineState = 'idle';
  let isLoaded = false;
  let isLooking = false;
  let queue: Promise<void> = Promise.resolve();
  let view: View = draw();

  const connection = createConnection({
    session,
    onActivities: take,
    onState(state, reason) {
      if (reason !== undefined && state === 'unavailable') console.warn(`[aftercare] ${reason.status} ${reason.code}: ${reason.message}`);
      const isBack = state === 'online' && line !== 'online';
      line = state;
      if (state === 'lost' || state === 'unavailable') typing = undefined;
      if (isBack) setTimeout(load, 400);
      changed();
      if (isBack) retryUnsent();
    },
  });

  function draw(): View {
    const sorted = [...messages.values()].sort((one, other) => one.order - other.order);
    const last = lastSeen();
    return { messages: sorted, pending, typing, seen, line, isLoaded, unread: isLooking ? 0 : sorted.filter((message) => message.from !== 'own' && message.order > last).length, maxUploadBytes: session.maxUploadBytes };
  }

  function changed(): void {
    if (isLooking) {
      noteSeen();
      tellSeen();
    }
    view = draw();
    for (const listener of listeners) listener();
  }

  /** Without any message in it a conversation is loaded when nothing comes. */
  function load(): void {
    if (isLoaded) return;
    isLoaded = true;
    changed();
  }

  function take(activities: readonly unknown[]): void {
    for (const activity of activities) {
      const read = readActivity(activity);
      if (read === undefined) continue;
      if ('seen' in read) {
        seen = Math.max(seen, read.seen);
        continue;
      }
      if ('typing' in read) {
        showTyping(read.typing);
        continue;
      }
      const { message } = read;
      const known = messages.get(message.id);
      // The same id again is the message edited; it stays where it stood.
      messages.set(message.id, known === undefined ? message : { ...message, order: known.order });
      if (message.from === 'own') settle(message.clientId);
      else if (typing?.id === '' || typing?.id === senderOf(activity)) showTyping(undefined);
    }
    changed();
    if (activities.length > 0) setTimeout(load, 0);
  }

  const senderOf = (activity: unknown) => (activity as { from?: { id?: string } }).from?.id ?? '';

  function showTyping(who: Typing | undefined): void {
    clearTimeout(typingEnds);
    typing = who;
    if (who === undefined) return;
    typingEnds = setTimeout(() => {
      typing = undefined;
      changed();
    }, TYPING_MS);
  }

  function setPending(next: readonly Pending[]): void {
    pending = next;
    keepUnsent();
  }

  const settle = (clientId: string | undefined) => setPending(pending.filter((one) => one.clientId !== clientId));
  const amend = (clientId: string, change: Partial<Pending>) => setPending(pending.map((one) => (one.clientId === clientId ? { ...one, ...change } : one)));

  async function post({ clientId, text, value, files, at }: Pending): Promise<void> {
    const activity = (from: string) => ({
      type: 'message',
      text,
      ...(value === undefined ? {} : { value }),
      textFormat: 'plain',
      from: { id: from, name: '', role: 'user' },
      locale: parts.locale,
      localTimestamp: new Date(at).toISOString(),
      localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      channelData: { clientActivityID: clientId, ...(files.length === 0 ? {} : { attachmentSizes: files.map(({ size }) => size) }) },
      ...(files.length === 0 ? {} : { attachments: files.map(({ name, type }) => ({ name, contentType: type || 'application/octet-stream' })) }),
    });
    await session.use((token, base) => {
      const user = session.userId;
      if (files.length === 0) return request('POST', `${base}/activities`, { token, body: activity(user) });
      return upload(`${base}/upload?userId=${encodeURIComponent(user)}`, {
        token, files, activity: activity(user),
        onProgress(progress) {
          amend(clientId, { progress });
          changed();
        },
      });
    });
  }

  /** Posts one after the other, so that what was written first arrives first. */
  function enqueue(clientId: string): void {
    queue = queue.then(async () => {
      for (let attempt = 0; ; attempt += 1) {
        const one = pending.find((candidate) => candidate.clientId === clientId);
        if (one === undefined) return;
        try {
          await post(one);
          amend(clientId, { state: 'posted', progress: 1 });
          changed();
          setTimeout(() => {
            if (pending.some((candidate) => candidate.clientId === clientId)) connection.hurry();
          }, ECHO_MS);
          return;
        } catch (error) {
          const failure = error instanceof RequestFailed ? error : new RequestFailed(0, 'Broken', String(error));
          const wait = POST_AGAIN_MS[attempt];
          if (failure.mayHelpAgain && wait !== undefined && navigator.onLine) {
            await pause(wait);
            continue;
          }
          amend(clientId, { state: 'failed', progress: 0, reason: reasonOf(failure, one.files.length > 0) });
          changed();
          return;
        }
      }
    });
  }

  function retry(clientId: string): void {
    amend(clientId, { state: 'sending', reason: undefined, progress: 0 });
    changed();
    connection.start();
    enqueue(clientId);
  }

  /** What failed for the line's sake is sent as soon as the line may be good again; the server takes it once. */
  function retryUnsent(): void {
    for (const one of pending) if (one.state === 'failed' && one.reason === undefined) retry(one.clientId);
  }

  function send(text: string, files: readonly File[] = [], value?: unknown): void {
    const clientId = newId();
    setPending([...pending, { clientId, text, value, files, at: Date.now(), state: 'sending', progress: 0, reason: undefined }]);
    changed();
    connection.start();
    enqueue(clientId);
  }

  /** The newest line by a person, if a person is talking here: what it would tell a bot to know who writes, nobody needs. */
  function lastOfPerson(): Message | undefined {
    const last = [...messages.values()].filter(({ from }) => from === 'agent' || from === 'bot').sort((one, other) => one.order - other.order).at(-1);
    return last?.from === 'agent' ? last : undefined;
  }

  /** Tells what passes; that it is lost does not matter. */
  const pass = (activity: object): void => void session.use((token, base) => request('POST', `${base}/activities`, { token, body: { ...activity, from: { id: session.userId, name: '', role: 'user' } } })).catch(() => undefined);

  function tellSeen(): void {
    const seq = lastOfPerson()?.seq ?? 0;
    if (seq <= toldSeen || line !== 'online') return;
    toldSeen = seq;
    pass({ type: 'event', name: SEEN_EVENT, value: seq });
  }

  function reset(): void {
    seen = toldSeen = 0;
    messages.clear();
    typing = undefined;
    isLoaded = false;
    if (isLooking || pending.length > 0) connection.restart();
    else connection.stop();
    changed();
  }

  function readUnsent(): readonly Pending[] {
    try {
      const kept = JSON.parse(parts.memory?.getItem(`${parts.key}:unsent`) ?? '[]') as readonly Pending[];
      return kept.map((one) => ({ ...one, files: [], state: 'failed' as const, progress: 0, reason: undefined }));
    } catch {
      return []; // barred, or not ours
    }
  }

  function keepUnsent(): void {
    try {
      // Files cannot be kept this way; a message that had some is not sent without them.
      parts.memory?.setItem(`${parts.key}:unsent`, JSON.stringify(pending.filter(({ files }) => files.length === 0)));
    } catch {
      // Barred or full: unsent messages live as long as the page.
    }
  }

  function lastSeen(): number {
    try {
      return Number(parts.device?.getItem(`${parts.key}:seen`) ?? 0);
    } catch {
      return Infinity; // without storage we cannot tell old from new
    }
  }

  function noteSeen(): void {
    const newest = Math.max(0, ...[...messages.values()].map(({ order }) => order));
    if (newest <= lastSeen()) return;
    try {
      parts.device?.setItem(`${parts.key}:seen`, String(newest));
    } catch {
      // Barred: nothing will count as unread.
    }
  }

  return {
    get view() {
      return view;
    },
    subscribe: (listener) => void listeners.add(listener),
    connect: () => connection.start(),
    async resume() {
      if (await session.hasEarlier()) connection.start();
    },
    send,
    press: ({ text, value }) => send(text, [], value),
    typed() {
      if (Date.now() - toldTyping < TELL_TYPING_MS || line !== 'online' || !lastOfPerson()) return;
      toldTyping = Date.now();
      pass({ type: 'typing' });
    },
    retry,
    look(next) {
      isLooking = next;
      changed();
    },
    hurry() {
      connection.hurry();
      if (line !== 'idle') retryUnsent();
    },
    reconnect: () => connection.reconnect(),
    reset,
    forget() {
      setPending([]);
      reset();
    },
  };
}
