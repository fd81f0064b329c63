import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from './answers.js';
import { api } from './api.js';
import { Approvals } from './approvals.js';
import { Conversation } from './conversation.js';
import { LanguageSwitch } from './gate.js';
import { Icon } from './icons.js';
import { Insights } from './insights.js';
import { startLive } from './live.js';
import { People } from './people.js';
import { PresenceSwitch } from './presence.js';
import { Queue } from './queue.js';
import { useReading } from './reading.js';
import { go, hrefs, type Route } from './route.js';
import { Training } from './training.js';
import { useKeys, useListKeys } from './keys.js';
import { Mentions } from './mentions.js';
import { Replies } from './replies.js';
import { Search } from './search.js';
import { Keys, Shortcuts } from './shortcuts.js';
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
  const approvals = useReading('approvals-count', api.approvals, live, () => true);
  const toDecide = me.role === 'agent' ? 0 : approvals.data?.rows.filter(({ state, askedBy }) => state === 'open' && askedBy.id !== me.id).length ?? 0;
  const openId = route.page === 'conversation' ? route.id : undefined;
  useListKeys(list, openId);
  const mentions = useReading('mentions', api.mentions, live, ({ kind }) => kind !== 'conversation');
  const [over, setOver] = useState<'' | 'search' | 'keys'>('');
  const open = (what: 'search' | 'keys') => (event: KeyboardEvent) => {
    event.preventDefault();
    setOver(what);
  };
  useKeys({ '/': open('search'), '?': open('keys') });
  useEffect(() => {
    if (openId === undefined) document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${words(route.page === 'people' || route.page === 'training' || route.page === 'mentions' || route.page === 'replies' || route.page === 'insights' || route.page === 'approvals' ? route.page : list === 'all' ? 'nav.all' : 'nav.queue')} · ${words('brand')}`;
  }, [waiting, words, route.page, list, openId]);

  async function signOut(): Promise<void> {
    await api.signOut().catch(() => undefined); // the page is left in any case; the session ends by itself
    go(hrefs.queue);
    onSignedOut();
  }

  const mayTeach = ['admin', 'supervisor'].includes(me.role);
  const isList = route.page === 'queue' || route.page === 'all' || route.page === 'conversation';
  const tab = (href: string, label: string, isHere: boolean, count = 0, counted = words('nav.waiting', { count })) => (
    <a href={href} aria-current={isHere ? 'page' : undefined}>{label}{count > 0 && <> <span class="count"><span aria-hidden="true">{count}</span><span class="hidden">{counted}</span></span></>}</a>
  );
  return (
    <div class={`shell at-${route.page === 'all' ? 'queue' : route.page}`}>
      <header class="top">
        <p class="brand"><span class="brand-mark" aria-hidden="true" /><span class="brand-name">{words('brand')}</span></p>
        <nav aria-label={words('nav')}>
          {tab(hrefs.queue, words('nav.queue'), isList && list === 'queue', waiting)}
          {tab(hrefs.all, words('nav.all'), isList && list === 'all')}
          {tab(hrefs.mentions, words('mentions'), route.page === 'mentions', mentions.data?.unseen ?? 0, words('mentions.count', { count: mentions.data?.unseen ?? 0 }))}
          {tab(hrefs.replies, words('replies'), route.page === 'replies')}
          {tab(hrefs.approvals, words('approvals'), route.page === 'approvals', toDecide, words('approvals.count', { count: toDecide }))}
          {mayTeach && tab(hrefs.training, words('training'), route.page === 'training')}
          {me.role !== 'agent' && tab(hrefs.insights, words('insights'), route.page === 'insights')}
          {me.role !== 'agent' && tab(hrefs.people, words('people'), route.page === 'people')}
        </nav>
        <div class="top-end">
          <button class="button quiet find" type="button" aria-keyshortcuts="/" aria-label={words('search')} onClick={() => setOver('search')}><Icon name="search" /><span class="find-word">{words('search')}</span></button>
          <button class="button icon-button help" type="button" aria-keyshortcuts="?" aria-label={words('keys')} onClick={() => setOver('keys')}><Icon name="keys" /></button>
          <PresenceSwitch live={live} />
          <LanguageSwitch onLanguage={onLanguage} />
          <span class="me"><Icon name="person" /><bdi>{me.name}</bdi></span>
          <button class="button quiet" type="button" onClick={() => void signOut()}>{words('sign-out')}</button>
        </div>
      </header>
      {!isConnected && <p class="lost" role="status"><Icon name="warn" />{words('lost')}</p>}
      {over === 'search' && <Search onClose={() => setOver('')} />}
      {over === 'keys' && <Shortcuts onClose={() => setOver('')} />}
      {route.page === 'approvals' ? <Approvals me={me} live={live} /> : route.page === 'insights' ? <Insights live={live} /> : route.page === 'mentions' ? <Mentions reading={mentions} /> : route.page === 'replies' ? <Replies me={me} live={live} /> : route.page === 'people'
        ? <People me={me} live={live} />
        : route.page === 'training' ? <Training live={live} /> : (
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
