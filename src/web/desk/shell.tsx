import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from './answers.js';
import { api } from './api.js';
import { Conversation } from './conversation.js';
import { LanguageSwitch } from './gate.js';
import { Icon } from './icons.js';
import { Insights } from './insights.js';
import { startLive } from './live.js';
import { People } from './people.js';
import { Queue } from './queue.js';
import { useReading } from './reading.js';
import { go, hrefs, type Route } from './route.js';
import { useListKeys } from './keys.js';
import { useWords } from './texts.js';

/** The signed-in desk: navigation on top, below it the list, the conversation and what is known. */
export function Shell({ me, route, onLanguage, onSignedOut }: { readonly me: Person; readonly route: Exclude<Route, { readonly page: 'join' }>; readonly onLanguage: (tag: string) => void; readonly onSignedOut: () => void }) {
  const words = useWords();
  const live = useMemo(() => startLive(onSignedOut), []);
  const [isConnected, setIsConnected] = useState(true);
  const [list, setList] = useState<'queue' | 'all'>(route.page === 'all' ? 'all' : 'queue');
  useEffect(() => () => live.stop(), [live]);
  useEffect(() => {
    // A connection is given a moment before it is called lost.
    let timer: number | undefined;
    const stop = live.onState((connected) => {
      window.clearTimeout(timer);
      if (connected) setIsConnected(true);
      else timer = window.setTimeout(() => setIsConnected(false), 2_500);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [live]);
  useEffect(() => {
    if (route.page === 'queue' || route.page === 'all') setList(route.page);
  }, [route.page]);

  const queue = useReading('queue', () => api.list('queue'), live, ({ kind }) => kind !== 'conversation');
  const waiting = queue.data?.rows.filter(({ who }) => who === 'waiting').length ?? 0;
  const openId = route.page === 'conversation' ? route.id : undefined;
  useListKeys(list, openId);
  useEffect(() => {
    if (openId === undefined) document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${words(route.page === 'people' ? 'people' : route.page === 'insights' ? 'insights' : list === 'all' ? 'nav.all' : 'nav.queue')} · ${words('brand')}`;
  }, [waiting, words, route.page, list, openId]);

  async function signOut(): Promise<void> {
    await api.signOut().catch(() => undefined); // the page is left in any case; the session ends by itself
    go(hrefs.queue);
    onSignedOut();
  }

  const tab = (href: string, label: string, isHere: boolean, count = 0) => (
    <a href={href} aria-current={isHere ? 'page' : undefined}>{label}{count > 0 && <> <span class="count"><span aria-hidden="true">{count}</span><span class="hidden">{words('nav.waiting', { count })}</span></span></>}</a>
  );
  return (
    <div class={`shell at-${route.page === 'all' ? 'queue' : route.page}`}>
      <header class="top">
        <p class="brand"><span class="brand-mark" aria-hidden="true" /><span class="brand-name">{words('brand')}</span></p>
        <nav aria-label={words('nav')}>
          {tab(hrefs.queue, words('nav.queue'), route.page !== 'people' && route.page !== 'insights' && list === 'queue', waiting)}
          {tab(hrefs.all, words('nav.all'), route.page !== 'people' && route.page !== 'insights' && list === 'all')}
          {me.role !== 'agent' && tab(hrefs.insights, words('insights'), route.page === 'insights')}
          {me.role === 'admin' && tab(hrefs.people, words('people'), route.page === 'people')}
        </nav>
        <div class="top-end">
          <LanguageSwitch onLanguage={onLanguage} />
          <span class="me"><Icon name="person" /><bdi>{me.name}</bdi></span>
          <button class="button quiet" type="button" onClick={() => void signOut()}>{words('sign-out')}</button>
        </div>
      </header>
      {!isConnected && <p class="lost" role="status"><Icon name="warn" />{words('lost')}</p>}
      {route.page === 'insights' ? <Insights live={live} /> : route.page === 'people'
        ? <People me={me} live={live} />
        : (
          <main class="desk">
            <Queue list={list} me={me} live={live} queue={queue} openId={openId} />
            {openId === undefined
              ? <div class="blank"><p>{words('blank')}</p><Keys /></div>
              : <Conversation key={openId} id={openId} me={me} live={live} backHref={hrefs[list]} />}
          </main>
        )}
    </div>
  );
}

function Keys() {
  const words = useWords();
  const keys = [['J / K', 'keys.move'], ['Enter', 'keys.open'], ['T', 'keys.take'], ['R', 'keys.reply'], ['N', 'keys.note'], ['Esc', 'keys.back']] as const;
  return <dl class="keys">{keys.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{words(text)}</dd></div>)}</dl>;
}
