import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../domain/message.js';
import type { Note } from '../../ports/records.js';
import type { Person, TalkLine } from './answers.js';
import { Icon } from './icons.js';
import { LineItem, NoteItem } from './line.js';
import { useWords } from './texts.js';

type Entry = { readonly at: string; readonly line: TalkLine } | { readonly at: string; readonly note: Note };

/** What was said, oldest first, with the agents' notes where they were written; stays at the end while somebody reads there. */
export function Log({ lines, notes, understandings, name, me, hasOlder, onOlder, names, language, readTo, tail, tailKey }: {
  readonly lines: readonly TalkLine[]; readonly notes: readonly Note[]; readonly understandings: Readonly<Record<string, Json>>; readonly name: string; readonly me: Person;
  readonly hasOlder: boolean; readonly onOlder: () => void;
  /** Intents by their names, the customer's language, up to where they have read, and what comes after the last line. */
  readonly names: Readonly<Record<string, string>>; readonly language: string; readonly readTo: number; readonly tail: ComponentChildren; readonly tailKey: string;
}) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasNews, setHasNews] = useState(false);
  const first = lines[0]?.at ?? '';
  const entries: Entry[] = [...lines.map((line) => ({ at: line.at, line })), ...notes.filter(({ at }) => !hasOlder || at >= first).map((note) => ({ at: note.at, note }))]
    .sort((a, b) => a.at.localeCompare(b.at));
  const newest = `${lines.at(-1)?.seq ?? 0} ${notes.length} ${tailKey}`;
  const height = useRef(0);
  const seen = useRef('');
  const sizeOf = ({ scrollHeight, clientHeight }: HTMLElement): string => `${scrollHeight} ${clientHeight}`;

  function toEnd(): void {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setHasNews(false);
  }
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setHasNews(true);
  }, [newest]);
  useLayoutEffect(() => {
    // Older lines come in above; what is being read stays where it is.
    if (box.current && !isAtEnd.current) box.current.scrollTop += box.current.scrollHeight - height.current;
    if (box.current) height.current = box.current.scrollHeight;
  }, [first]);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const stay = new ResizeObserver(() => {
      seen.current = sizeOf(current);
      if (isAtEnd.current) toEnd();
    });
    stay.observe(current);
    for (const child of current.children) stay.observe(child);
    return () => stay.disconnect();
  }, []);

  const lastSeen = lines.findLast(({ from, seq }) => from === 'agent' && seq <= readTo)?.seq;
  let day = '';
  return (
    <div class="log-frame">
      <div
        class="log" ref={box} role="log" aria-label={words('log')} tabIndex={0}
        onScroll={({ currentTarget }) => {
          // When the box or its content grew meanwhile, nobody scrolled: the observer above sees to it.
          if (seen.current !== sizeOf(currentTarget)) return;
          isAtEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 48;
          height.current = currentTarget.scrollHeight;
          if (isAtEnd.current) setHasNews(false);
        }}
      >
        <div class="log-lines">
          {hasOlder && <button class="button quiet older" type="button" onClick={onOlder}>{words('log.older')}</button>}
          {entries.map((entry) => {
            const label = words.day(entry.at);
            const isNewDay = label !== day;
            day = label;
            return (
              <div key={'line' in entry ? entry.line.id : entry.note.id} class="log-entry">
                {isNewDay && <p class="log-day">{label}</p>}
                {'line' in entry ? <LineItem line={entry.line} name={name} me={me} understanding={entry.line.messageId === undefined ? undefined : understandings[entry.line.messageId]} names={names} language={language} isSeen={entry.line.seq === lastSeen} /> : <NoteItem note={entry.note} />}
              </div>
            );
          })}
          {tail}
        </div>
      </div>
      {hasNews && <button class="button news" type="button" onClick={toEnd}><Icon name="down" />{words('log.news')}</button>}
    </div>
  );
}
