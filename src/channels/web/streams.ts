import type { WebSocket } from 'ws';
import type { Line } from '../../domain/message.js';
import type { Activity, Viewer } from './activities.js';
import type { History } from './history.js';

/** The open sockets of this node, each reading the log from its own position. */
export interface Streams {
  /** Takes a socket on; it is fed from `watermark` until it closes. */
  attach(socket: WebSocket, viewer: Viewer, watermark: string | undefined): void;
  /** Something may have been said in this conversation. */
  hint(conversation: string): void;
  /** Shows something that is not kept to whoever looks at the conversation right now. */
  pass(conversation: string, activity: (viewer: Viewer) => Activity): void;
  /** Closes every socket with 1012 and takes no more. */
  drain(): Promise<void>;
}

interface Seat {
  readonly socket: WebSocket;
  readonly viewer: Viewer;
  readonly watermark: string | undefined;
  position: number | undefined;
  isPumping: boolean;
  isHinted: boolean;
  isAlive: boolean;
}

const PAGE = 50;
const MAX_PER_CONVERSATION = 8;
/** In how many portions sockets are looked after. */
const MOST_SLICES = 100;
/** A socket that is this far behind misses signs of typing rather than queueing them. */
const MAX_BUFFERED = 65_536;

/** Makes the streams; the timers run until `drain`. */
export function createStreams(parts: {
  readonly history: History;
  readonly show: (line: Line, viewer: Viewer) => Activity;
  readonly keepAliveMs: number;
  readonly rereadMs: number;
  readonly maxSockets: number;
}): Streams {
  const { history, show } = parts;
  const rooms = new Map<string, Set<Seat>>();
  let count = 0;
  let isDraining = false;

  const everySeat = function* () {
    for (const room of rooms.values()) yield* room;
  };

  /** Sees every seat once in so many milliseconds, a few at a time: thousands at the same moment would hold up whoever is writing. */
  function spread(everyMs: number, see: (seat: Seat) => void): NodeJS.Timeout {
    const slices = Math.min(MOST_SLICES, Math.max(1, Math.floor(everyMs / 25)));
    let [slice, walk, share] = [0, everySeat(), 0];
    const timer = setInterval(() => {
      if (slice === 0) [walk, share] = [everySeat(), Math.ceil(count / slices)];
      slice = (slice + 1) % slices;
      for (let n = 0; n < share; n += 1) {
        const next = walk.next();
        if (next.done === true) return;
        see(next.value);
      }
    }, everyMs / slices);
    return timer.unref();
  }

  /** Resolves when the frame has left for the network: a slow client holds one frame, not the rest of its log. */
  const send = (seat: Seat, frame: string) => new Promise<void>((resolve) => seat.socket.send(frame, () => resolve()));

  async function readOn(seat: Seat): Promise<void> {
    const { socket, viewer } = seat;
    seat.position ??= await history.positionOf(viewer.holder, seat.watermark);
    while (socket.readyState === socket.OPEN) {
      const page = await history.read(viewer.holder, seat.position, PAGE);
      if (page === 'closed') return socket.close(1008, 'conversation closed to this token');
      const last = page.lines.at(-1);
      if (last === undefined) return;
      await send(seat, JSON.stringify({ activities: page.lines.map((line) => show(line, viewer)), watermark: String(last.seq) }));
      seat.position = last.seq;
      // Whatever comes behind the end is hinted at.
      if (page.isEnd) return;
    }
  }

  async function pump(seat: Seat): Promise<void> {
    seat.isHinted = true;
    if (seat.isPumping) return;
    seat.isPumping = true;
    try {
      while (seat.isHinted) {
        seat.isHinted = false;
        await readOn(seat);
      }
    } catch {
      // The store is away. Nothing is lost: the position stands, and the next look at the log goes on from it.
    } finally {
      seat.isPumping = false;
    }
  }

  const rereading = spread(parts.rereadMs, (seat) => void pump(seat));
  const keepingAlive = spread(parts.keepAliveMs, (seat) => {
    if (!seat.isAlive) return seat.socket.terminate();
    seat.isAlive = false;
    seat.socket.ping();
    seat.socket.send('');
  });

  return {
    attach(socket, viewer, watermark) {
      const { conv } = viewer.holder;
      const room = rooms.get(conv) ?? new Set<Seat>();
      // Clients come back by themselves after 3 to 15 seconds. Turning the newest away, not the oldest out, keeps two windows from evicting each other.
      if (isDraining) return socket.close(1012, 'restarting');
      if (room.size >= MAX_PER_CONVERSATION || count >= parts.maxSockets) return socket.close(1013, 'too many sockets');
      const seat: Seat = { socket, viewer, watermark, position: undefined, isPumping: false, isHinted: false, isAlive: true };
      rooms.set(conv, room.add(seat));
      count += 1;
      const markAlive = () => {
        seat.isAlive = true;
      };
      socket.on('pong', markAlive);
      socket.on('message', markAlive);
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        room.delete(seat);
        count -= 1;
        if (room.size === 0 && rooms.get(conv) === room) rooms.delete(conv);
      });
      void pump(seat);
    },
    hint(conversation) {
      for (const seat of rooms.get(conversation) ?? []) void pump(seat);
    },
    pass(conversation, activity) {
      for (const { socket, viewer } of rooms.get(conversation) ?? []) {
        // Without a watermark: clients keep the one they have.
        if (socket.readyState === socket.OPEN && socket.bufferedAmount < MAX_BUFFERED) socket.send(JSON.stringify({ activities: [activity(viewer)] }));
      }
    },
    async drain() {
      isDraining = true;
      clearInterval(rereading);
      clearInterval(keepingAlive);
      const seats = [...everySeat()];
      const closed = seats.map(({ socket }) => new Promise<void>((resolve) => (socket.readyState === socket.CLOSED ? resolve() : socket.once('close', () => resolve()))));
      for (const { socket } of seats) socket.close(1012, 'restarting');
      const cutOff = setTimeout(() => seats.forEach(({ socket }) => socket.terminate()), 1_000);
      await Promise.all(closed);
      clearTimeout(cutOff);
    },
  };
}
