import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSurroundings } from './context.js';
import { Icon } from './icons.js';
import { Panel } from './panel.js';

/** How the page and the widget open and close each other. */
export interface Door {
  isOpen: boolean;
  /** Whether the customer did it just now: then the keyboard's place moves too. */
  onChange: (isOpen: boolean, isByCustomer: boolean) => void;
}

const SMALL = '(max-width: 480px), (max-height: 420px)';

function useMatches(query: string): boolean {
  const [list] = useState(() => matchMedia(query));
  const [matches, setMatches] = useState(list.matches);
  useEffect(() => {
    const update = () => setMatches(list.matches);
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [list]);
  return matches;
}

/** The launcher, and the panel once it was opened. */
export function Widget({ door, title, host, onOpened }: { readonly door: Door; readonly title: string | undefined; readonly host: HTMLElement; readonly onOpened: (isOpen: boolean) => void }) {
  const { texts, conversation } = useSurroundings();
  const [view, setView] = useState(conversation.view);
  const [open, setOpen] = useState({ isOpen: door.isOpen, isByCustomer: false });
  const launcher = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const isFullScreen = useMatches(SMALL) && open.isOpen;

  useEffect(() => {
    conversation.subscribe(() => setView(conversation.view));
    setView(conversation.view);
    door.onChange = (isOpen, isByCustomer) => setOpen({ isOpen, isByCustomer });
  }, []);

  useLayoutEffect(() => {
    door.isOpen = open.isOpen;
    if (open.isOpen) conversation.connect();
    conversation.look(open.isOpen && !document.hidden);
    onOpened(open.isOpen);
    if (!open.isByCustomer) return;
    if (!open.isOpen) launcher.current?.focus();
    else if (matchMedia('(pointer: coarse)').matches) input.current?.closest<HTMLElement>('.panel')?.focus();
    else input.current?.focus();
  }, [open]);

  useEffect(() => {
    const onVisible = () => {
      conversation.look(door.isOpen && !document.hidden);
      if (!document.hidden) conversation.hurry();
    };
    const onBack = () => conversation.hurry();
    document.addEventListener('visibilitychange', onVisible);
    addEventListener('online', onBack);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      removeEventListener('online', onBack);
    };
  }, []);

  useEffect(() => {
    // The on-screen keyboard covers the page without making it smaller; only this box tells.
    const box = window.visualViewport;
    if (!isFullScreen || box === null) return;
    const fit = () => {
      host.style.setProperty('--top', `${box.offsetTop}px`);
      host.style.setProperty('--height', `${box.height}px`);
    };
    fit();
    box.addEventListener('resize', fit);
    box.addEventListener('scroll', fit);
    return () => {
      box.removeEventListener('resize', fit);
      box.removeEventListener('scroll', fit);
      host.style.removeProperty('--top');
      host.style.removeProperty('--height');
    };
  }, [isFullScreen]);

  const { unread } = view;
  return (
    <div class="frame" role="region" aria-label={title ?? texts('title')} lang={texts.language} dir={texts.direction}>
      <button
        ref={launcher} type="button" class="launcher" hidden={open.isOpen} aria-haspopup="dialog" aria-expanded={open.isOpen}
        aria-label={unread > 0 ? texts('open.unread', { count: unread }) : texts('open')} onClick={() => setOpen({ isOpen: true, isByCustomer: true })}
      >
        <Icon name="chat" />
        {unread > 0 && <span class="badge" aria-hidden="true">{unread > 9 ? '9+' : unread}</span>}
      </button>
      {open.isOpen && <Panel view={view} title={title} input={input} isFullScreen={isFullScreen} onClose={() => setOpen({ isOpen: false, isByCustomer: true })} />}
    </div>
  );
}
