import { useEffect } from 'preact/hooks';
import { go, hrefs } from './route.js';

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.queue .row')];

/** Letters belong to whoever is writing, and keys to the dialog that is open. */
const isWriting = (event: KeyboardEvent): boolean => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return true;
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
};

/** Calls back for a key pressed while nobody is writing. */
export function useKeys(handlers: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const handler = handlers[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!handler || (isWriting(event) && event.key !== 'Escape')) return;
      if (event.key === 'Escape' && document.querySelector('dialog[open]')) return;
      handler(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function move(step: 1 | -1, openId: string | undefined): void {
  const all = rows();
  const focused = all.findIndex((row) => row === document.activeElement);
  const from = focused !== -1 ? focused : all.findIndex((row) => openId !== undefined && row.dataset['id'] === openId);
  const next = from === -1 ? (step === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + step));
  all[next]?.focus();
}

/** Keys of the list: j and k or the arrows go through it, Esc comes back to it. Enter opens, since rows are links. */
export function useListKeys(list: 'queue' | 'all', openId: string | undefined): void {
  const arrows = (step: 1 | -1) => (event: KeyboardEvent) => {
    const { activeElement } = document;
    // Elsewhere the arrows scroll.
    if (activeElement !== document.body && !activeElement?.matches('.queue, .queue *')) return;
    event.preventDefault();
    move(step, openId);
  };
  useKeys({
    j: () => move(1, openId),
    k: () => move(-1, openId),
    ArrowDown: arrows(1),
    ArrowUp: arrows(-1),
    Escape: () => {
      if (openId === undefined) return;
      go(hrefs[list]);
      // On a narrow screen the list is only there once the conversation is gone.
      requestAnimationFrame(() => setTimeout(() => (rows().find((row) => row.dataset['id'] === openId) ?? rows()[0])?.focus(), 0));
    },
  });
}
