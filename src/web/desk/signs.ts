import { useEffect, useRef } from 'preact/hooks';
import { api } from './api.js';

const TELL_MS = 3_000;

/** Tells the customer, where their channel shows it, that whoever is in charge has read up to here; gives what tells that they are writing. */
export function useSigns(id: string, isMine: boolean, lastRead: number): () => void {
  const toldTyping = useRef(0);
  const toldSeen = useRef(0);
  useEffect(() => {
    const tell = (): void => {
      if (!isMine || lastRead <= toldSeen.current || document.visibilityState !== 'visible') return;
      toldSeen.current = lastRead;
      void api.signal(id, { seen: lastRead }).catch(() => undefined); // a sign may be lost
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [id, isMine, lastRead]);
  return () => {
    if (!isMine || Date.now() - toldTyping.current < TELL_MS) return;
    toldTyping.current = Date.now();
    void api.signal(id, { typing: true }).catch(() => undefined);
  };
}

/** Reads again once something that ends by itself has ended. */
export function useAgain(until: string | undefined, now: number, again: () => void): void {
  useEffect(() => {
    if (until === undefined) return;
    const timer = window.setTimeout(again, Math.max(100, Date.parse(until) - now + 300));
    return () => window.clearTimeout(timer);
  }, [until]);
}
