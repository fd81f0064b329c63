import type {} from '../widget/main.js';
import { translatePage, words } from './texts.js';

const SIGNED_IN = 'sample-shop:signed-in';
const THEME = 'sample-shop:theme';
const element = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

const tag = element<HTMLScriptElement>('aftercare');
const toggle = element<HTMLButtonElement>('sign-in');

translatePage();

function tell(text: string, isBad = false): void {
  const status = element('status');
  status.textContent = text;
  status.classList.toggle('bad', isBad);
}

/** What a real shop's own server would do for its signed-in customer. */
async function fetchIdentity(): Promise<string> {
  const response = await fetch('/api/sample/identity', { method: 'POST' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return ((await response.json()) as { identity: string }).identity;
}

const isSignedIn = () => sessionStorage.getItem(SIGNED_IN) === '1';
const showSignIn = () => toggle.setAttribute('aria-checked', String(isSignedIn()));

// The widget asks whenever it needs a fresh proof of who is there.
window.AftercareIdentity = async () => (isSignedIn() ? fetchIdentity() : null);

toggle.addEventListener('click', () => void (async () => {
  try {
    if (isSignedIn()) {
      sessionStorage.removeItem(SIGNED_IN);
      window.Aftercare?.identify(null);
      tell(words('status.out'));
    } else {
      const identity = await fetchIdentity();
      sessionStorage.setItem(SIGNED_IN, '1');
      window.Aftercare?.identify(identity);
      tell(words('status.in'));
    }
  } catch (error) {
    tell(`${words('status.failed')} (${(error as Error).message})`, true);
  }
  showSignIn();
})());
showSignIn();

element('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const isDark = root.dataset['theme'] === 'dark' || (root.dataset['theme'] === undefined && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset['theme'] = isDark ? 'light' : 'dark';
  localStorage.setItem(THEME, root.dataset['theme']);
});
const theme = localStorage.getItem(THEME);
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;

// `?locale=zh` shows the page and the chat in another language, `?locale=it` the chat alone; the widget's own script comes after this one.
const locale = new URLSearchParams(location.search).get('locale');
if (locale !== null && /^[A-Za-z-]{2,12}$/.test(locale)) tag.dataset['locale'] = locale;

element('tag').textContent = `<script src="${location.origin}/widget.js" defer></script>`;

for (const button of document.querySelectorAll<HTMLElement>('[data-open-chat]')) button.addEventListener('click', () => window.Aftercare?.open());
for (const button of document.querySelectorAll<HTMLElement>('[data-say]')) {
  button.addEventListener('click', () => void (async () => {
    try {
      await navigator.clipboard.writeText(button.textContent ?? '');
      tell(words('status.copied'));
    } catch {
      tell(words('status.not-copied'));
    }
    window.Aftercare?.open();
  })());
}
