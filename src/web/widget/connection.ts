import { request, RequestFailed } from './direct-line.js';
import type { Session } from './session.js';

/** How the line to the server is. `connecting` is the first try, `lost` every later one. */
export type LineState = 'idle' | 'connecting' | 'online' | 'lost' | 'unavailable';

/** Hears what is said in the conversation: by socket, and by asking again and again where sockets do not get through. */
export interface Connection {
  start(): void;
  /** Something may have been missed: ask at once, and come back at once when the line is down. */
  hurry(): void;
  /** Begin again from the first message (another conversation). */
  restart(): void;
  /** Come back with a new token, going on from where we are. */
  reconnect(): void;
  stop(): void;
}

interface Frame {
  readonly activities?: unknown;
  readonly watermark?: unknown;
}

const KEEP_ALIVE_MS = 20_000;
const REFRESH_MS = 15 * 60_000;
const OPENING_MS = 8_000;
const IMPATIENT_MS = 2_000;
const STEADY_MS = 10_000;
const LONGEST_WAIT_MS = 30_000;
const POLL_MS = 1_000;
const POLL_HIDDEN_MS = 10_000;
/** So many sockets that die before they open, and we ask instead; after a while sockets get another chance. */
const HOPELESS = 2;
const POLLS_BEFORE_SOCKET = 60;

/** Connects `session`; activities come as they are, at least once, in order. */
export function createConnection(parts: {
  readonly session: Session;
  readonly onActivities: (activities: readonly unknown[]) => void;
  readonly onState: (state: LineState, reason?: RequestFailed) => void;
}): Connection {
  const { session } = parts;
  let watermark = '';
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshing: ReturnType<typeof setInterval> | undefined;
  let attempts = 0;
  let deadSockets = 0;
  let isRunning = false;
  /** Every new beginning gets a number, so that what an older one still hears is thrown away. */
  let round = 0;

  const isCurrent = (mine: number) => isRunning && mine === round;

  function take(frame: Frame): void {
    // The watermark moves only after the messages are in.
    if (Array.isArray(frame.activities)) parts.onActivities(frame.activities);
    if (typeof frame.watermark === 'string' && frame.watermark !== '') watermark = frame.watermark;
  }

  function again(mine: number, reason?: RequestFailed): void {
    if (!isCurrent(mine)) return;
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempts) * (0.5 + Math.random());
    attempts += 1;
    parts.onState(reason !== undefined && !reason.mayHelpAgain ? 'unavailable' : 'lost', reason);
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), wait);
  }

  async function connect(): Promise<void> {
    if (!isRunning) return;
    const mine = ++round;
    clearTimeout(timer);
    drop();
    try {
      const streamUrl = await session.open(watermark);
      if (!isCurrent(mine)) return;
      if (deadSockets >= HOPELESS || streamUrl === '') await poll(mine, POLLS_BEFORE_SOCKET);
      else listen(mine, streamUrl);
    } catch (error) {
      again(mine, error instanceof RequestFailed ? error : undefined);
    }
  }

  function listen(mine: number, streamUrl: string): void {
    // Behind a proxy that ends TLS a server may not know that it is reached by it.
    const url = location.protocol === 'https:' ? streamUrl.replace(/^ws:/, 'wss:') : streamUrl;
    const mySocket = new WebSocket(url);
    socket = mySocket;
    let openedAt = 0;
    const opening = setTimeout(() => mySocket.close(), OPENING_MS);
    // Some proxies let a socket hang instead of refusing it; nobody should wait for that.
    const asking = setInterval(() => void ask(mine).then(() => isCurrent(mine) && parts.onState('online')).catch(() => undefined), IMPATIENT_MS);
    const keepingAlive = setInterval(() => {
      if (mySocket.readyState === WebSocket.OPEN) mySocket.send('');
    }, KEEP_ALIVE_MS);
    mySocket.onopen = () => {
      clearTimeout(opening);
      clearInterval(asking);
      openedAt = Date.now();
      if (!isCurrent(mine)) return;
      deadSockets = 0;
      parts.onState('online');
    };
    mySocket.onmessage = ({ data }) => {
      if (typeof data !== 'string' || data === '' || !isCurrent(mine)) return;
      attempts = 0;
      try {
        take(JSON.parse(data) as Frame);
      } catch (error) {
        console.warn('[aftercare] A frame could not be read.', error);
      }
    };
    mySocket.onclose = ({ code }) => {
      clearTimeout(opening);
      clearInterval(asking);
      clearInterval(keepingAlive);
      if (!isCurrent(mine)) return;
      if (openedAt === 0) deadSockets += 1;
      else if (Date.now() - openedAt > STEADY_MS) attempts = 0;
      // 1008: this token may not listen here any more.
      if (code === 1008) session.distrust();
      again(mine);
    };
  }

  async function ask(mine: number): Promise<void> {
    for (;;) {
      const frame: Frame = await session.use((token, base) => request<Frame>('GET', `${base}/activities?watermark=${encodeURIComponent(watermark)}`, { token }));
      if (!isCurrent(mine)) return;
      take(frame);
      if (!Array.isArray(frame.activities) || frame.activities.length === 0) return;
    }
  }

  async function poll(mine: number, left: number): Promise<void> {
    await ask(mine);
    if (!isCurrent(mine)) return;
    attempts = 0;
    parts.onState('online');
    timer = setTimeout(() => {
      if (left > 0) void poll(mine, left - 1).catch((error: unknown) => again(mine, error instanceof RequestFailed ? error : undefined));
      else {
        deadSockets = HOPELESS - 1;
        void connect();
      }
    }, document.hidden ? POLL_HIDDEN_MS : POLL_MS);
  }

  function drop(): void {
    const old = socket;
    socket = undefined;
    old?.close();
  }

  function hurry(): void {
    if (!isRunning) return;
    if (socket?.readyState !== WebSocket.OPEN) {
      attempts = 0;
      void connect();
      return;
    }
    // The socket says it is open; after sleep or a change of network it may be dead without knowing.
    const mine = round;
    const suspect = socket;
    void ask(mine).catch(() => suspect.close());
  }

  function start(): void {
    if (isRunning) return;
    isRunning = true;
    parts.onState('connecting');
    refreshing = setInterval(() => void session.refresh().catch(() => session.distrust()), REFRESH_MS);
    void connect();
  }

  function stop(): void {
    isRunning = false;
    round += 1;
    clearTimeout(timer);
    clearInterval(refreshing);
    drop();
    parts.onState('idle');
  }

  return {
    start,
    hurry,
    stop,
    reconnect: () => void connect(),
    restart() {
      watermark = '';
      attempts = 0;
      if (isRunning) void connect();
    },
  };
}
