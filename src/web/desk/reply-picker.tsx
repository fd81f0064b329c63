import { useEffect, useState } from 'preact/hooks';
import type { SavedReply } from '../../ports/desk-records.js';
import type { Talk } from './answers.js';
import { api, type Filled } from './api.js';
import { Window } from './form-dialog.js';
import { failureText } from './gate.js';
import { hrefs } from './route.js';
import { useWords } from './texts.js';

/** Chooses a saved reply, asks what it asks, shows it filled in; what cannot be filled in is said, and then it is not taken. */
export function ReplyPicker({ talk, onClose, onText }: { readonly talk: Talk; readonly onClose: () => void; readonly onText: (text: string, reply: SavedReply) => void }) {
  const words = useWords();
  const [replies, setReplies] = useState<readonly SavedReply[] | undefined>(undefined);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<SavedReply | undefined>(undefined);
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [order, setOrder] = useState(talk.state.topic.order ?? '');
  const [filled, setFilled] = useState<Filled | undefined>(undefined);
  const [failure, setFailure] = useState('');
  useEffect(() => void api.replies(words.language).then((answer) => setReplies(answer.replies), (error: unknown) => setFailure(failureText(error, words))), []);
  useEffect(() => {
    if (!chosen) return;
    let isGone = false;
    api.fillReply(talk.conversationId, chosen.id, { inputs: given, ...(order === '' ? {} : { order }) })
      .then((answer) => !isGone && setFilled(answer), (error: unknown) => !isGone && setFailure(failureText(error, words)));
    return () => void (isGone = true);
  }, [chosen, given, order]);

  const found = replies?.filter(({ title, texts }) => `${title} ${Object.values(texts).join(' ')}`.toLowerCase().includes(query.trim().toLowerCase())) ?? [];
  const usesOrder = chosen !== undefined && /\{\{\s*(?:order|parcel|return|case)\./u.test(Object.values(chosen.texts).join(' '));
  const use = (): void => void (chosen && filled?.text !== null && filled?.text !== undefined && onText(filled.text, chosen));
  if (chosen) {
    const { labels, note, act } = chosen.after;
    return (
      <Window title={chosen.title} onClose={onClose} kind="form-window">
        <form class="fields" onSubmit={(event) => {
          event.preventDefault();
          use();
        }}>
          {usesOrder && talk.orders.length > 0 && <label>{words('brief.order')}<select value={order} onChange={({ currentTarget }) => setOrder(currentTarget.value)}><option value="">–</option>{talk.orders.map(({ number }) => <option key={number} value={number}>{number}</option>)}</select></label>}
          {chosen.inputs.map(({ name, label, options }) => (
            <label key={name}><bdi>{label}</bdi>{options
              ? <select value={given[name] ?? ''} onChange={({ currentTarget }) => setGiven({ ...given, [name]: currentTarget.value })}><option value="">–</option>{options.map((one) => <option key={one} value={one}>{one}</option>)}</select>
              : <input type="text" dir="auto" maxLength={500} value={given[name] ?? ''} onInput={({ currentTarget }) => setGiven({ ...given, [name]: currentTarget.value })} />}</label>
          ))}
          {filled && <p class="form-text is-plan" dir="auto" lang={filled.locale}>{filled.text ?? chosen.texts[filled.locale]}</p>}
          {filled?.isOtherLanguage && <p class="verdict warn">{words('replies.other-language', { language: words.languageName(filled.locale), theirs: words.languageName(talk.state.locale) })}</p>}
          {filled && filled.missing.length > 0 && <p class="failure" role="alert">{words('replies.missing', { names: words.list(filled.missing.map((name) => chosen.inputs.find((one) => `input.${one.name}` === name)?.label ?? name)) })}</p>}
          {(labels.length > 0 || note !== undefined || act !== undefined) && <p class="hint">{words('replies.then')} {words.list([...labels, ...(note === undefined ? [] : [words('mode.note')]), ...(act === undefined ? [] : [words(act)])])}</p>}
          <p class="failure" role="alert">{failure}</p>
          <p class="window-end"><button class="button" type="button" onClick={() => {
            setChosen(undefined);
            setFilled(undefined);
          }}>{words('form.back')}</button><button class="button primary" type="submit" aria-disabled={filled?.text == null}>{words('suggestion.use')}</button></p>
        </form>
      </Window>
    );
  }
  return (
    <Window title={words('replies')} onClose={onClose} kind="picker">
      <form onSubmit={(event) => {
        event.preventDefault();
        setChosen(found[0]);
      }}>
        <label class="hidden" for="pick">{words('filter')}</label>
        <input id="pick" type="search" autofocus autocomplete="off" placeholder={words('filter')} value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
      </form>
      <p class="failure" role="alert">{failure}</p>
      {replies?.length === 0 && <p class="faint">{words('replies.none')} <a href={hrefs.replies} onClick={onClose}>{words('replies.new')}</a></p>}
      <ul class="picks">{found.map((reply) => <li key={reply.id}><button class="pick" type="button" onClick={() => setChosen(reply)}><b dir="auto">{reply.title}</b><span class="faint pick-text" dir="auto">{reply.texts[talk.state.locale] ?? Object.values(reply.texts)[0]}</span></button></li>)}</ul>
    </Window>
  );
}
