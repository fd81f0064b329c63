import { useEffect, useState } from 'preact/hooks';
import type { Found } from './answers.js';
import { api } from './api.js';
import { Window } from './form-dialog.js';
import { failureText } from './gate.js';
import { go, hrefs } from './route.js';
import { useWords } from './texts.js';

const WAIT_MS = 220;

/** Searches talks, notes, orders, returns, parcels, customers and cases; the arrows go through what was found, Enter opens it. */
export function Search({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found | undefined>(undefined);
  const [failure, setFailure] = useState('');
  const wanted = query.trim();
  useEffect(() => {
    if (wanted.length < 2) return setFound(undefined);
    let isGone = false;
    const timer = window.setTimeout(() => {
      api.search(wanted).then((answer) => {
        if (isGone) return;
        setFound(answer);
        setFailure(answer.isShopAway ? words('shop.away') : '');
      }, (error: unknown) => !isGone && setFailure(failureText(error, words)));
    }, WAIT_MS);
    return () => {
      isGone = true;
      window.clearTimeout(timer);
    };
  }, [wanted]);

  const open = (conversationId: string): void => {
    onClose();
    go(hrefs.conversation(conversationId));
  };
  function move(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = [...document.querySelectorAll<HTMLElement>('.search .hit:not([aria-disabled="true"])')];
    const at = all.findIndex((one) => one === document.activeElement);
    event.preventDefault();
    if (event.key === 'ArrowUp' && at <= 0) document.getElementById('search')?.focus();
    else all[Math.min(all.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))]?.focus();
  }
  const hit = (key: string, conversationId: string | null, title: string, facts: readonly string[], text = '') => (
    <li key={key}><button class="hit" type="button" aria-disabled={conversationId === null} onClick={() => conversationId !== null && open(conversationId)}>
      <b><bdi>{title}</bdi></b> <span class="faint">{[...facts, ...(conversationId === null ? [words('search.no-talk')] : [])].filter((one) => one !== '').map((one, index) => <span key={index}>{index > 0 && ' · '}<bdi>{one}</bdi></span>)}</span>{text !== '' && <span class="hit-text" dir="auto">{text}</span>}
    </button></li>
  );
  const part = (title: string, rows: readonly preact.JSX.Element[]) => rows.length > 0 && <section aria-label={title}><h3>{title}</h3><ul class="hits">{rows}</ul></section>;
  const isNothing = found && found.talks.length + found.orders.length + found.customers.length + found.cases.length + found.notes.length === 0;
  return (
    <Window title={words('search')} onClose={onClose} kind="search">
      <div onKeyDown={move}>
        <form role="search" onSubmit={(event) => {
          event.preventDefault();
          document.querySelector<HTMLButtonElement>('.search .hit:not([aria-disabled="true"])')?.click();
        }}>
          <label class="hidden" for="search">{words('search.what')}</label>
          <input id="search" type="search" autofocus autocomplete="off" dir="auto" maxLength={100} placeholder={words('search.what')} value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
        </form>
        <p class="failure" role="alert">{failure}</p>
        <p class="faint search-none" role="status">{isNothing ? words('search.none') : ''}</p>
        {found && (
          <>
            {part(words('side.orders'), found.orders.map((order) => hit(order.number, order.conversationId, order.number, [words.term('order', order.state), words.money(order.total), order.customer, ...order.parcels.map(({ trackingNumber }) => trackingNumber), ...order.returns.map(({ number }) => number)])))}
            {part(words('search.customers'), found.customers.map((one) => hit(one.id, one.conversationId, one.name, [one.email, words.country(one.country)])))}
            {part(words('side.cases'), found.cases.map((one) => hit(one.number, one.conversationId, one.number, [words.term('case-state', one.state), one.orderNumber])))}
            {part(words('search.talks'), found.talks.map((one) => hit(one.conversationId, one.conversationId, one.customer ?? words('customer.unknown'), [words.term('channel', one.channel), words.moment(one.at)], one.text)))}
            {part(words('side.notes'), found.notes.map((one) => hit(one.id, one.conversationId, one.customer ?? words('customer.unknown'), [one.by, words.moment(one.at)], one.text)))}
          </>
        )}
      </div>
    </Window>
  );
}
