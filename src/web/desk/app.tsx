import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from './answers.js';
import { api, Failed, whenSignedOut } from './api.js';
import { Join } from './join.js';
import { hrefs, go, useRoute } from './route.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';
import { createWords, directionOf, pickLanguage, WordsProvider } from './texts.js';

const LANGUAGE_KEY = 'aftercare-desk-language';

function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    return null; // storage is barred; the browser's language does
  }
}

/** The whole desk: who is signed in, in which language, on which page. */
export function App() {
  const route = useRoute();
  const [me, setMe] = useState<Person | null | undefined>(undefined);
  const [isAway, setIsAway] = useState(false);
  const [joined, setJoined] = useState('');
  const [language, setLanguage] = useState(() => pickLanguage([rememberedLanguage() ?? '', ...navigator.languages]));
  const words = useMemo(() => createWords(language), [language]);

  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  useEffect(() => whenSignedOut(() => setMe(null)), []);
  useEffect(() => {
    if (me !== undefined) return;
    let timer: number | undefined;
    const look = () => api.me().then(({ agent }) => setMe(agent)).catch((error: unknown) => {
      if (error instanceof Failed && error.status === 401) return setMe(null);
      setIsAway(true);
      timer = window.setTimeout(look, 3_000);
    });
    void look();
    return () => window.clearTimeout(timer);
  }, [me]);

  function choose(tag: string): void {
    setLanguage(tag);
    try {
      localStorage.setItem(LANGUAGE_KEY, tag);
    } catch {
      // Storage is barred; the choice holds until the page is closed.
    }
  }

  const page = () => {
    if (route.page === 'join') {
      return <Join key={route.token} token={route.token} onLanguage={choose} onJoined={(email) => {
        setJoined(email);
        setMe(null);
        go(hrefs.queue);
      }} />;
    }
    if (me === undefined) return <p class="lonely" role="status">{words(isAway ? 'error.unreachable' : 'loading')}</p>;
    if (me === null) return <SignIn joined={joined} onLanguage={choose} onSignedIn={setMe} />;
    return <Shell me={me} route={route} onLanguage={choose} onSignedOut={() => setMe(null)} />;
  };
  return <WordsProvider value={words}>{page()}</WordsProvider>;
}
