import type { WebSocket } from 'ws';
import type { DeskParts } from './parts.js';
import type { Sessions, SignedIn } from './sessions.js';

/** The desks that are open on this node; they are told what to read again. */
export interface Live {
  attach(socket: WebSocket, signedIn: SignedIn): void;
  /** Something about this conversation (none: about the desk) changed that the store does not tell of. */
  tell(conversationId: string): void;
  /** Cuts off the desks of an agent who may not work any more, or of one session that ended. */
  drop(whose: { readonly agentId: string } | { readonly sessionHash: string }): void;
  close(): void;
}

interface Seat {
  readonly socket: WebSocket;
  readonly signedIn: SignedIn;
  isAlive: boolean;
}

const COALESCE_MS = 120;
const CHECK_MS = 30_000;
/** Beyond that single conversations are not named any more; the desk reads everything again by itself. */
const MOST_NAMED = 100;
const MOST_PER_AGENT = 12;
const MOST_BUFFERED = 65_536;
/** Tells the page to sign in again instead of coming back. */
export const SIGNED_OUT = 4401;

/** Makes the live end; it listens to the store until `close`. */
export function createLive({ store, log }: Pick<DeskParts, 'store' | 'log'>, sessions: Sessions, seen: (agentId: string, isHere: boolean) => void = () => undefined): Live {
  const seats = new Set<Seat>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function send(message: object): void {
    const frame = JSON.stringify(message);
    for (const { socket } of seats) {
      // Hints may be lost: a desk this slow reads again on its own account.
      if (socket.readyState === socket.OPEN && socket.bufferedAmount < MOST_BUFFERED) socket.send(frame);
    }
  }

  async function flush(): Promise<void> {
    timer = undefined;
    const named = [...changed].slice(0, MOST_NAMED);
    changed.clear();
    if (seats.size === 0) return;
    for (const conversation of named) {
      if (conversation === '') continue;
      const head = await store.head(conversation);
      send({ conversation, seq: head?.lastSeq ?? 0 });
    }
    send({ queueChanged: true });
  }

  function tell(conversationId: string): void {
    if (changed.size < MOST_NAMED) changed.add(conversationId);
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => log.warn('desk.live.failed', { message: error instanceof Error ? error.message : 'unknown' }));
    }, COALESCE_MS).unref();
  }

  const unwatch = store.watch(({ conversationId }) => {
    if (seats.size > 0) tell(conversationId);
  });

  async function check(seat: Seat): Promise<void> {
    if (!seat.isAlive) return seat.socket.terminate();
    seat.isAlive = false;
    seat.socket.ping();
    seen(seat.signedIn.agent.id, true);
    if (!(await sessions.isAlive(seat.signedIn.sessionHash))) seat.socket.close(SIGNED_OUT, 'signed out');
  }
  const checking = setInterval(() => {
    // While the records are away nobody is thrown out for it.
    for (const seat of seats) check(seat).catch(() => undefined);
  }, CHECK_MS).unref();

  return {
    attach(socket, signedIn) {
      const isTooMany = [...seats].filter((seat) => seat.signedIn.agent.id === signedIn.agent.id).length >= MOST_PER_AGENT;
      if (isTooMany) return socket.close(1013, 'too many desks open');
      const seat: Seat = { socket, signedIn, isAlive: true };
      seats.add(seat);
      socket.on('pong', () => (seat.isAlive = true));
      socket.on('error', () => socket.terminate());
      const { id } = signedIn.agent;
      socket.on('close', () => {
        seats.delete(seat);
        if (![...seats].some((other) => other.signedIn.agent.id === id)) seen(id, false);
      });
      seen(id, true);
      socket.send(JSON.stringify({ queueChanged: true }));
    },
    tell,
    drop(whose) {
      for (const { socket, signedIn } of seats) {
        const isMeant = 'agentId' in whose ? signedIn.agent.id === whose.agentId : signedIn.sessionHash === whose.sessionHash;
        if (isMeant) socket.close(SIGNED_OUT, 'signed out');
      }
    },
    close() {
      unwatch();
      clearTimeout(timer);
      clearInterval(checking);
    },
  };
}
