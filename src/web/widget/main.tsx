import { render } from 'preact';
import { Provider } from './context.js';
import { createConversation } from './conversation.js';
import { createSession } from './session.js';
import { inkOn, readSettings, type Settings } from './settings.js';
import styles from './widget.css?inline';
import { createTexts } from './texts.js';
import { Widget, type Door } from './widget.js';

/** What the page may do with the widget. */
export interface Aftercare {
  open(): void;
  close(): void;
  /** Signs the customer in with a JWT of the shop's site; null signs out and forgets the conversation on this device. */
  identify(identity: string | null): void;
}

declare global {
  interface Window {
    Aftercare?: Aftercare;
    /** Gives the signed-in customer's JWT, freshly made, or null. */
    AftercareIdentity?: () => string | null | undefined | Promise<string | null | undefined>;
  }
}

function storageOf(kind: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[kind];
  } catch {
    return undefined; // barred by the browser or a sandbox
  }
}

function addStyles(root: ShadowRoot): void {
  // A sheet made by script is allowed by every content security policy; a <style> is not.
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = styles;
  root.append(style);
}

/** The page's own switch between light and dark counts as long as the script tag says nothing. */
function followTheme(host: HTMLElement, theme: Settings['theme']): void {
  const update = () => {
    const chosen = theme ?? document.documentElement.dataset['theme'];
    if (chosen === 'light' || chosen === 'dark') host.dataset['theme'] = chosen;
    else delete host.dataset['theme'];
  };
  update();
  new MutationObserver(update).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

function mount(settings: Settings): Aftercare {
  const texts = createTexts(settings.locales);
  const key = `aftercare:${settings.server}`;
  const memory = storageOf('sessionStorage');
  const device = storageOf('localStorage');
  const session = createSession({ server: settings.server, storage: device, identity: settings.identity, locale: texts.locale, onChanged: () => conversation.reset() });
  const conversation = createConversation({ session, locale: texts.locale, key, memory, device });

  const host = document.createElement('aftercare-widget');
  host.dataset['side'] = settings.side;
  const ink = settings.accent === undefined ? undefined : inkOn(settings.accent);
  if (settings.accent !== undefined && ink !== undefined) {
    for (const [name, value] of [['accent', settings.accent], ['accent-hover', settings.accent], ['on-accent', ink]]) host.style.setProperty(`--ac-${name}`, value ?? '');
  }
  followTheme(host, settings.theme);
  const root = host.attachShadow({ mode: 'open' });
  addStyles(root);
  // Beside the body, not in it: a body that is moved, faded or replaced by the page takes nothing along.
  document.documentElement.append(host);

  const wasOpen = memory?.getItem(`${key}:open`) === '1' && !matchMedia('(max-width: 480px)').matches;
  const door: Door = { isOpen: settings.isOpen || wasOpen, onChange: (isOpen) => void (door.isOpen = isOpen) };
  const onOpened = (isOpen: boolean) => {
    try {
      memory?.setItem(`${key}:open`, isOpen ? '1' : '0');
    } catch {
      // Barred: the next page shows the launcher.
    }
  };
  render(
    <Provider value={{ texts, conversation, origin: new URL(settings.server).origin }}>
      <Widget door={door} title={settings.title} host={host} onOpened={onOpened} />
    </Provider>,
    root,
  );
  if (!door.isOpen) void conversation.resume();

  return {
    open: () => door.onChange(true, true),
    close: () => door.onChange(false, false),
    identify(identity) {
      session.identify(identity);
      if (identity === null) conversation.forget();
      else if (conversation.view.line === 'idle') void conversation.resume();
      else conversation.reconnect();
    },
  };
}

const script = (document.currentScript as HTMLScriptElement | null) ?? document.querySelector<HTMLScriptElement>('script[src*="widget.js"]');

// The tag may stand in the head, and by mistake twice.
if (window.Aftercare === undefined) {
  const settings = readSettings(script);
  let waiting: ((widget: Aftercare) => void)[] | undefined = [];
  let widget: Aftercare | undefined;
  const later = (act: (mounted: Aftercare) => void) => (widget === undefined ? void waiting?.push(act) : act(widget));
  window.Aftercare = { open: () => later((one) => one.open()), close: () => later((one) => one.close()), identify: (identity) => later((one) => one.identify(identity)) };
  const begin = () => {
    widget = mount(settings);
    for (const act of waiting ?? []) act(widget);
    waiting = undefined;
  };
  if (document.body === null) document.addEventListener('DOMContentLoaded', begin, { once: true });
  else begin();
}
