import { useEffect, useState } from 'preact/hooks';
import type { Talk } from './answers.js';
import { useWords } from './texts.js';

/** Lines that were sent and can still be taken back: how long for, and the button that does it. */
export function Held({ held, skew, onUndo }: { readonly held: Talk['held']; readonly skew: number; readonly onUndo: (id: string, text: string) => void }) {
  const words = useWords();
  const [, tick] = useState(0);
  useEffect(() => {
    if (held.length === 0) return;
    const timer = window.setInterval(() => tick((count) => count + 1), 250);
    return () => window.clearInterval(timer);
  }, [held.length]);
  return (
    <>{held.map(({ id, text, until, files }) => {
      const seconds = Math.ceil((Date.parse(until) - Date.now() - skew) / 1000);
      return (
        <article key={id} class="line from-agent is-held">
          <p class="line-who"><bdi>{words('you')}</bdi> <span>{words(seconds > 0 ? 'held' : 'sending')}</span></p>
          {text !== '' && <p class="bubble" dir="auto">{text}</p>}
          {files.length > 0 && <p class="faint">{words('files', { count: files.length })}</p>}
          {seconds > 0 && <button class="button undo" type="button" aria-keyshortcuts="z" onClick={() => onUndo(id, text)}>{words('undo', { seconds })}</button>}
        </article>
      );
    })}</>
  );
}
