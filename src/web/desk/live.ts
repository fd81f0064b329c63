/** What may have changed; `all` after a time without a connection. */
export type Hint = { readonly kind: 'queue' } | { readonly kind: 'conversation'; readonly id: string } | { readonly kind: 'all' };

/** The connection that says when to read again. */
export interface Live {
  listen(listener: (hint: Hint) => void): () => void;
  onState(listener: (isConnected: boolean) => void): () => void;
  stop(): void;
}

const SIGNED_OUT = 4401;
const LONGEST_WAIT_MS = 15_000;
/** Hints may be lost, and other nodes' are never heard here. */
const REREAD_MS = 10_000;

/** Connects and stays connected until stopped; while there is no connection, everything is read again now and then. */
export function startLive(onSignedOut: () => void): Live {
  const listeners = new Set<(hint: Hint) => void>();
  const watchers = new Set<(isConnected: boolean) => void>();
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let tries = 0;
  let isStopped = false;
  let isConnected = false;

  const tell = (hint: Hint) => listeners.forEach((listener) => listener(hint));
  function become(connected: boolean): void {
    if (isConnected === connected) return;
    isConnected = connected;
    watchers.forEach((watcher) => watcher(connected));
  }

  function connect(): void {
    if (isStopped) return;
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/desk/api/live`);
    socket.onopen = () => {
      tries = 0;
      become(true);
      tell({ kind: 'all' });
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { readonly queueChanged?: boolean; readonly conversation?: string };
      if (message.conversation !== undefined) tell({ kind: 'conversation', id: message.conversation });
      if (message.queueChanged) tell({ kind: 'queue' });
    };
    socket.onclose = ({ code }) => {
      become(false);
      if (code === SIGNED_OUT) return onSignedOut();
      const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6);
      tries += 1;
      timer = window.setTimeout(connect, wait);
    };
  }

  const rereading = window.setInterval(() => {
    if (document.visibilityState === 'visible') tell({ kind: 'all' });
  }, REREAD_MS);
  const hurry = () => {
    tell({ kind: 'all' });
    if (isConnected) return;
    window.clearTimeout(timer);
    if (socket?.readyState === WebSocket.CLOSED) connect();
  };
  const onVisible = () => void (document.visibilityState === 'visible' && hurry());
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', onVisible);
  connect();

  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onState(listener) {
      watchers.add(listener);
      listener(isConnected);
      return () => void watchers.delete(listener);
    },
    stop() {
      isStopped = true;
      window.clearTimeout(timer);
      window.clearInterval(rereading);
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', onVisible);
      if (socket) socket.onclose = null;
      socket?.close();
    },
  };
}
