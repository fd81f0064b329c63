import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person, Row } from './answers.js';
import { api } from './api.js';
import { failureText } from './gate.js';
import { Icon } from './icons.js';
import type { Live } from './live.js';
import { useReading, useServerNow, type Reading } from './reading.js';
import { hrefs } from './route.js';
import { useWords } from './texts.js';

type List = { readonly rows: readonly Row[]; readonly now: string };

/** The list beside the conversation: who waits, or everything of late. */
export function Queue({ list, me, live, queue, openId }: { readonly list: 'queue' | 'all'; readonly me: Person; readonly live: Live; readonly queue: Reading<List>; readonly openId: string | undefined }) {
  const words = useWords();
  const title = words(list === 'all' ? 'nav.all' : 'nav.queue');
  return (
    <section class="queue" aria-label={title}>
      {openId === undefined ? <h1 class="queue-title">{title}</h1> : <h2 class="queue-title">{title}</h2>}
      {list === 'all' ? <Recent me={me} live={live} openId={openId} /> : <Rows reading={queue} me={me} openId={openId} empty={words('queue.empty')} />}
    </section>
  );
}

function Recent({ me, live, openId }: { readonly me: Person; readonly live: Live; readonly openId: string | undefined }) {
  const words = useWords();
  const [label, setLabel] = useState('');
  const labels = useReading('labels', api.labels, live, ({ kind }) => kind !== 'conversation');
  const reading = useReading(`conversations ${label}`, () => (label === '' ? api.list('conversations') : api.labelled(label)), live, ({ kind }) => kind !== 'conversation');
  const known = labels.data?.labels ?? [];
  return (
    <>
      {(known.length > 0 || label !== '') && (
        <label class="label-filter"><span class="hidden">{words('labels.filter')}</span>
          <select value={label} onChange={({ currentTarget }) => setLabel(currentTarget.value)}>
            <option value="">{words('labels.all')}</option>
            {known.map((one) => <option key={one.label} value={one.label}>{`${one.label} (${one.count})`}</option>)}
          </select>
        </label>
      )}
      <Rows reading={reading} me={me} openId={openId} empty={words('all.empty')} />
    </>
  );
}

function Rows({ reading, me, openId, empty }: { readonly reading: Reading<List>; readonly me: Person; readonly openId: string | undefined; readonly empty: string }) {
  const words = useWords();
  const { data, failed } = reading;
  const now = useServerNow(data?.now);
  const place = useRef<{ readonly id: string; readonly index: number } | undefined>(undefined);
  const ids = data?.rows.map(({ conversationId }) => conversationId) ?? [];
  useEffect(() => {
    const lost = place.current;
    // The row somebody stood on has gone; they go on from the one in its place, not from the top of the page.
    if (!lost || ids.includes(lost.id) || document.activeElement !== document.body || openId !== undefined) return;
    document.querySelectorAll<HTMLElement>('.queue .row')[Math.min(lost.index, ids.length - 1)]?.focus();
  }, [ids.join('\n'), openId]);
  if (!data) return <p class="queue-empty" role="status">{failed ? failureText(failed, words) : words('loading')}</p>;
  if (data.rows.length === 0) return <p class="queue-empty">{empty}</p>;
  return <ul class="rows">{data.rows.map((row, index) => <li key={row.conversationId} onFocusIn={() => void (place.current = { id: row.conversationId, index })}><QueueRow row={row} me={me} now={now} isOpen={row.conversationId === openId} /></li>)}</ul>;
}

/** Beyond these waits a row draws the eye. */
const LONG_MS = 5 * 60_000;
const VERY_LONG_MS = 20 * 60_000;

function QueueRow({ row, me, now, isOpen }: { readonly row: Row; readonly me: Person; readonly now: number; readonly isOpen: boolean }) {
  const words = useWords();
  const { who, agent, since, last, position, assigned } = row;
  // A clock that has stopped needs nobody's eye; of the others the next one does.
  const clocks = row.clocks.filter(({ state }) => state === 'running' || state === 'warning' || state === 'late').slice(0, 1);
  const worst = clocks[0]?.state;
  const waited = since === null ? 0 : now - Date.parse(since);
  const heat = worst === 'late' ? 'is-late' : worst === 'warning' ? 'is-due' : who !== 'waiting' ? '' : waited >= VERY_LONG_MS ? 'is-late' : waited >= LONG_MS ? 'is-due' : 'is-new';
  const preview = last === null ? '' : last.text === '' && last.files > 0 ? words('files', { count: last.files }) : last.text;
  return (
    <a class={`row ${heat}`} href={hrefs.conversation(row.conversationId)} data-id={row.conversationId} aria-current={isOpen ? 'true' : undefined}>
      <span class="row-top">
        <bdi class="row-name">{row.customer ?? words('customer.unknown')}</bdi>
        <span class="row-time" title={words.exact(who === 'waiting' && since !== null ? since : row.lastAt)}>{who === 'waiting' ? <><Icon name="clock" /><span class="hidden">{words('waiting')} </span>{words.span(waited)}</> : words.moment(row.lastAt)}</span>
      </span>
      {row.promise && <span class={`row-promise${Date.parse(row.promise.dueAt) < now ? ' is-broken' : ''}`}><Icon name="clock" />{words(Date.parse(row.promise.dueAt) < now ? 'promise.broken' : 'promise.open', { time: words.within(row.promise.dueAt), name: row.promise.owner.name })}</span>}
      {clocks.length > 0 && <span class="row-clocks">{clocks.map(({ what, state, dueAt }) => <span key={what} class={`clock-${state}`} title={words.exact(dueAt)}>{words(`clock.${state}`, { what: words(`clock.${what}`), time: words.within(dueAt) })}</span>)}</span>}
      <span class="row-line">
        <span class="row-last" dir="auto">{last?.from === 'agent' && <Icon name="person" />}{preview}</span>
        {who === 'waiting' && assigned && <span class={`who who-${assigned.id === me.id ? 'mine' : 'agent'}`}>{assigned.id === me.id ? words('assigned.me') : words('assigned', { name: assigned.name })}</span>}
        <span class={`who who-${who}`}>{who === 'agent' ? (agent?.id === me.id ? words('who.me') : <bdi>{agent?.name ?? ''}</bdi>) : words(`who.${who}`)}</span>
      </span>
      <span class="row-facts">
        {position !== null && <span class="row-place">{words('position', { position })}</span>}
        <span>{words.term('channel', row.channel)}</span>
        {row.locale !== '' && <span>{words.languageName(row.locale)}</span>}
        {row.reason !== null && <span>{words.term('reason', row.reason)}</span>}
      </span>
    </a>
  );
}
