import { useEffect } from 'preact/hooks';
import type { Mention } from '../../ports/desk-records.js';
import type { Reading } from './reading.js';
import { hrefs } from './route.js';
import { failureText } from './gate.js';
import { useWords } from './texts.js';

/** Notes in which colleagues called whoever is signed in, those not looked at yet in bold. */
export function Mentions({ reading }: { readonly reading: Reading<{ readonly mentions: readonly Mention[]; readonly unseen: number }> }) {
  const words = useWords();
  useEffect(() => reading.again(), []);
  const { data, failed } = reading;
  return (
    <main class="people mentions">
      <h1>{words('mentions')}</h1>
      <p class="hint">{words('mentions.hint')}</p>
      {!data && <p role="status">{failed ? failureText(failed, words) : words('loading')}</p>}
      {data && data.mentions.length === 0 && <p class="faint">{words('mentions.none')}</p>}
      <ul class="plain mention-list">{data?.mentions.map((one) => (
        <li key={one.noteId}><a class={`mention${one.seenAt === undefined ? ' is-new' : ''}`} href={hrefs.conversation(one.conversationId)}>
          <span class="line-who">{one.seenAt === undefined && <span class="hidden">{words('mentions.new')} </span>}<bdi>{one.by.name}</bdi> <time dateTime={one.at} title={words.exact(one.at)}>{words.moment(one.at)}</time></span>
          <span class="mention-text" dir="auto">{one.text}</span>
        </a></li>
      ))}</ul>
    </main>
  );
}
