import type { Json } from '../../domain/message.js';
import type { Note } from '../../ports/records.js';
import type { Person, TalkLine } from './answers.js';
import { api } from './api.js';
import { Correct } from './correct.js';
import { Icon } from './icons.js';
import { isPicture, Pictures } from './pictures.js';
import { useWords } from './texts.js';
import { Understood } from './understood.js';

/** Links of bot lines are shown as such only when they lead to the web. */
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** One line of the conversation; what people wrote is text and nothing else. */
export function LineItem({ line, name, me, understanding, names, language, isSeen }: { readonly line: TalkLine; readonly name: string; readonly me: Person; readonly understanding: Json | undefined; readonly names: Readonly<Record<string, string>>; readonly language: string; readonly isSeen: boolean }) {
  const words = useWords();
  const who = line.from === 'customer' ? name : line.from === 'agent' ? (line.agent?.id === me.id ? words('you') : line.agent?.name ?? words('agent')) : words(line.from === 'bot' ? 'bot' : 'system');
  const files = line.files ?? [];
  const [pictures, others] = [files.filter(({ type }) => isPicture(type)), files.filter(({ type }) => !isPicture(type))];
  return (
    <article class={`line from-${line.from}`}>
      <p class="line-who"><bdi>{who}</bdi> <time dateTime={line.at} title={words.exact(line.at)}>{words.time(line.at)}</time></p>
      {line.text !== '' && <p class="bubble" dir="auto">{line.own?.text ?? line.text}</p>}
      {line.own && <details class="understood original"><summary>{words('own.original', { language: words.languageName(language) })}</summary><p dir="auto" lang={language}>{line.text}</p></details>}
      {(line.links ?? []).length > 0 && (
        <ul class="links">{line.links?.map(({ label, url }) => <li key={url}>{isWebAddress(url) ? <a href={url} target="_blank" rel="noopener noreferrer">{label}<span class="hidden"> ({words('new-tab')})</span></a> : <>{label}: {url}</>}</li>)}</ul>
      )}
      {pictures.length > 0 && <Pictures files={pictures} who={who} />}
      {others.length > 0 && <ul class="files">{others.map((file) => <li key={file.fileId}><FileCard file={file} /></li>)}</ul>}
      {(line.choices ?? []).length > 0 && <ul class="chips" aria-label={words('choices')}>{line.choices?.map(({ id, label }, index) => <li key={id} dir="auto">{line.own?.choices[index] ?? label}</li>)}</ul>}
      {line.trace && <Understood trace={line.trace} names={names} />}
      {understanding !== undefined && <Understood trace={fromStored(understanding)} names={names} />}
      {understanding !== undefined && line.messageId !== undefined && <Correct messageId={line.messageId} />}
      {isSeen && <p class="seen faint">{words('seen')}</p>}
    </article>
  );
}

function FileCard({ file }: { readonly file: NonNullable<TalkLine['files']>[number] }) {
  const words = useWords();
  return (
    <a class="file" href={api.fileUrl(file.fileId)} download={file.name}>
      <Icon name="file" />
      <span class="file-name"><bdi>{file.name}</bdi> <bdi class="file-size">{words.size(file.size)}</bdi></span>
    </a>
  );
}

/** A note among the lines: seen by agents only. */
export function NoteItem({ note }: { readonly note: Note }) {
  const words = useWords();
  return (
    <article class="line from-note">
      <p class="line-who"><Icon name="note" />{words('note.by')} <bdi>{note.agent.name}</bdi> <time dateTime={note.at} title={words.exact(note.at)}>{words.time(note.at)}</time></p>
      <p class="bubble" dir="auto">{note.text}</p>
    </article>
  );
}

/** What was kept of a message while the bot was silent, as far as it has the shape of a trace. */
function fromStored(stored: Json): NonNullable<TalkLine['trace']> {
  const { intents, entities, locale } = (typeof stored === 'object' && stored !== null ? stored : {}) as { readonly intents?: Json; readonly entities?: Json; readonly locale?: Json };
  return {
    locale: typeof locale === 'string' ? locale : '', flow: null, receipts: [], entities: Array.isArray(entities) ? entities as Json[] : [],
    intents: (Array.isArray(intents) ? intents as Json[] : []).flatMap((one) => {
      const { intent, confidence, verdict } = (one ?? {}) as Record<string, Json | undefined>;
      return typeof intent === 'string' && typeof confidence === 'number' ? [{ intent, confidence, verdict: String(verdict ?? '') }] : [];
    }),
  };
}
