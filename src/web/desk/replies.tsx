import { useState } from 'preact/hooks';
import type { SavedReply } from '../../ports/desk-records.js';
import type { Person } from './answers.js';
import { api, newActId } from './api.js';
import { failureText } from './gate.js';
import type { Live } from './live.js';
import { useReading } from './reading.js';
import { LANGUAGES, useWords } from './texts.js';

type Draft = Pick<SavedReply, 'id' | 'title' | 'texts' | 'inputs' | 'after'>;

const fresh = (language: string): Draft => ({ id: newActId(), title: '', texts: { [language]: '' }, inputs: [], after: { labels: [] } });

/** Saved replies and macros: what there is, and a form to write one. */
export function Replies({ me, live }: { readonly me: Person; readonly live: Live }) {
  const words = useWords();
  const reading = useReading(`replies ${words.language}`, async () => api.replies(words.language), live, ({ kind }) => kind === 'all');
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [failure, setFailure] = useState('');
  async function change(how: () => Promise<unknown>): Promise<void> {
    setFailure('');
    try {
      await how();
      setDraft(undefined);
      reading.again();
    } catch (error) {
      setFailure(failureText(error, words));
    }
  }
  const { data, failed } = reading;
  const mayChange = ({ by }: SavedReply): boolean => by.id === me.id || me.role !== 'agent';
  return (
    <main class="people saved">
      <div class="saved-top"><h1>{words('replies')}</h1>{!draft && <button class="button primary" type="button" onClick={() => setDraft(fresh(words.language))}>{words('replies.new')}</button>}</div>
      <p class="hint">{words('replies.hint')}</p>
      {draft && <Editor key={draft.id} draft={draft} variables={data?.variables ?? []} failure={failure} onCancel={() => setDraft(undefined)} onSave={(given) => void change(() => api.saveReply(given))} />}
      {!draft && <p class="failure" role="alert">{failure}</p>}
      {!data && <p role="status">{failed ? failureText(failed, words) : words('loading')}</p>}
      {data && data.replies.length === 0 && !draft && <p class="faint">{words('replies.none')}</p>}
      <ul class="plain saved-list">{data?.replies.map((reply) => (
        <li key={reply.id} class="saved-reply">
          <p class="saved-title"><b dir="auto">{reply.title}</b> <span class="faint">{words.list(Object.keys(reply.texts).map((tag) => words.languageName(tag)))}{' · '}<bdi>{reply.by.name}</bdi></span></p>
          <p class="faint saved-text" dir="auto">{reply.texts[words.language] ?? Object.values(reply.texts)[0]}</p>
          {mayChange(reply) && <p class="saved-acts">
            <button class="button" type="button" aria-label={words('replies.edit-of', { title: reply.title })} onClick={() => setDraft(reply)}>{words('replies.edit')}</button>
            {reply.by.id !== '' && <button class="button" type="button" aria-label={words('remove', { name: reply.title })} onClick={() => void change(() => api.removeReply(reply.id))}>{words('replies.remove')}</button>}
          </p>}
        </li>
      ))}</ul>
    </main>
  );
}

function Editor({ draft, variables, failure, onCancel, onSave }: { readonly draft: Draft; readonly variables: readonly string[]; readonly failure: string; readonly onCancel: () => void; readonly onSave: (draft: Draft) => void }) {
  const words = useWords();
  const [title, setTitle] = useState(draft.title);
  const [texts, setTexts] = useState(draft.texts);
  const [language, setLanguage] = useState(words.language in draft.texts ? words.language : Object.keys(draft.texts)[0] ?? words.language);
  const [asked, setAsked] = useState(draft.inputs.map(({ name, label, options }) => `${name}: ${label}${options ? ` = ${options.join(' | ')}` : ''}`).join('\n'));
  const [labels, setLabels] = useState(draft.after.labels.join(', '));
  const [note, setNote] = useState(draft.after.note ?? '');
  const [end, setEnd] = useState(draft.after.act ?? '');
  // One a line: `name: what is asked`, and after `=` what may be chosen.
  const inputs = asked.split('\n').flatMap((line) => {
    const [, name, label = '', options] = /^\s*([a-z_]+)\s*:\s*([^=]*?)\s*(?:=\s*(.+))?$/u.exec(line) ?? [];
    return name === undefined ? [] : [{ name, label: label || name, ...(options === undefined ? {} : { options: options.split('|').map((one) => one.trim()).filter((one) => one !== '') }) }];
  });
  const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
  return (
    <form class="fields editor" onSubmit={(event) => {
      event.preventDefault();
      onSave({
        id: draft.id, title, texts: written, inputs,
        after: { labels: labels.split(',').map((one) => one.trim()).filter((one) => one !== ''), ...(note.trim() === '' ? {} : { note: note.trim() }), ...(end === 'close' || end === 'hand-back' ? { act: end } : {}) },
      });
    }}>
      <label>{words('replies.title')}<input type="text" required maxLength={80} dir="auto" value={title} onInput={({ currentTarget }) => setTitle(currentTarget.value)} /></label>
      <label>{words('language')}<select value={language} onChange={({ currentTarget }) => setLanguage(currentTarget.value)}>{LANGUAGES.map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}{(texts[tag] ?? '').trim() === '' ? '' : ' ✓'}</option>)}</select></label>
      <label>{words('replies.text')}<textarea rows={5} dir="auto" lang={language} maxLength={4000} aria-describedby="variables" value={texts[language] ?? ''} onInput={({ currentTarget }) => setTexts({ ...texts, [language]: currentTarget.value })} /></label>
      <p class="hint" id="variables">{words('replies.variables')} {[...variables, ...inputs.map(({ name }) => `input.${name}`)].map((name) => <span key={name}><code>{`{{${name}}}`}</code>{' '}</span>)}</p>
      <details open={asked !== '' || labels !== '' || note !== '' || end !== ''}><summary>{words('replies.macro')}</summary>
        <div class="fields">
          <label>{words('replies.inputs')}<textarea rows={2} dir="ltr" maxLength={1000} placeholder={words('replies.inputs.example')} value={asked} onInput={({ currentTarget }) => setAsked(currentTarget.value)} /></label>
          <label>{words('replies.labels')}<input type="text" dir="auto" maxLength={300} value={labels} onInput={({ currentTarget }) => setLabels(currentTarget.value)} /></label>
          <label>{words('replies.note')}<input type="text" dir="auto" maxLength={1000} value={note} onInput={({ currentTarget }) => setNote(currentTarget.value)} /></label>
          <label>{words('replies.end')}<select value={end} onChange={({ currentTarget }) => setEnd(currentTarget.value as typeof end)}><option value="">{words('replies.end.stay')}</option><option value="hand-back">{words('hand-back')}</option><option value="close">{words('close')}</option></select></label>
        </div>
      </details>
      <p class="failure" role="alert">{failure}</p>
      <p class="window-end"><button class="button" type="button" onClick={onCancel}>{words('cancel')}</button><button class="button primary" type="submit" aria-disabled={title.trim() === '' || Object.keys(written).length === 0}>{words('replies.save')}</button></p>
    </form>
  );
}
