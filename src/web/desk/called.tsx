import { useEffect, useState } from 'preact/hooks';
import { api } from './api.js';
import { useWords } from './texts.js';

/** While a name begins with "@" at the end of a note: the colleagues it may be, to press. */
export function Called({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const words = useWords();
  const [names, setNames] = useState<readonly string[]>([]);
  const begun = /(?:^|\s)@([^\s@]{0,30})$/u.exec(text)?.[1];
  const isBegun = begun !== undefined;
  useEffect(() => {
    if (isBegun && names.length === 0) void api.colleagues().then((answer) => setNames(answer.names), () => undefined);
  }, [isBegun]);
  const found = begun === undefined ? [] : names.filter((name) => name.toLowerCase().includes(begun.toLowerCase())).slice(0, 6);
  if (found.length === 0) return null;
  return (
    <ul class="called" aria-label={words('mentions.who')}>{found.map((name) => (
      <li key={name}><button class="button" type="button" onClick={() => onText(`${text.slice(0, text.length - (begun?.length ?? 0))}${name} `)}><bdi>{name}</bdi></button></li>
    ))}</ul>
  );
}
