import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Failed } from './api.js';
import { LANGUAGES, useWords, type Words } from './texts.js';

/** The frame of the pages before the desk: one card in the middle. */
export function Gate({ title, lead, onLanguage, children }: { readonly title: string; readonly lead?: string | undefined; readonly onLanguage: (tag: string) => void; readonly children: ComponentChildren }) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words('brand')}`;
  }, [title, words]);
  return (
    <main class="gate">
      <div class="card">
        <p class="brand"><span class="brand-mark" aria-hidden="true" />{words('brand')}</p>
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
        {children}
      </div>
      <LanguageSwitch onLanguage={onLanguage} />
    </main>
  );
}

/** Chooses the language of the desk. */
export function LanguageSwitch({ onLanguage }: { readonly onLanguage: (tag: string) => void }) {
  const words = useWords();
  return (
    <label class="language">
      <span class="hidden">{words('language')}</span>
      <select value={words.language} onChange={(event) => onLanguage(event.currentTarget.value)}>
        {LANGUAGES.map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      </select>
    </label>
  );
}

/** A labelled field of a form. */
export function Field(props: {
  readonly id: string; readonly label: string; readonly hint?: string; readonly type: 'email' | 'password' | 'text'; readonly autocomplete: string; readonly value: string;
  readonly onValue: (value: string) => void; readonly isBad?: boolean; readonly isReadOnly?: boolean; readonly minLength?: number; readonly isFocused?: boolean;
}) {
  const { id, hint } = props;
  const shared = {
    id, name: id, autocomplete: props.autocomplete, value: props.value, required: true, readOnly: props.isReadOnly ?? false, maxLength: 200, spellcheck: false, autocapitalize: 'off', 'aria-invalid': props.isBad ?? false,
    ...(props.minLength === undefined ? {} : { minLength: props.minLength }), ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
    ref: (input: HTMLInputElement | null) => void (props.isFocused && input && document.activeElement === document.body && input.focus()),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => props.onValue(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.type === 'password' ? <input {...shared} type="password" /> : props.type === 'email' ? <input {...shared} type="email" /> : <input {...shared} type="text" />}
      {hint !== undefined && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** What went wrong, in words for the agent. */
export function failureText(error: unknown, words: Words): string {
  if (!(error instanceof Failed)) return words('error.other');
  if (error.status === 0) return words('error.unreachable');
  const known = words(`error.${error.code}`);
  return known.startsWith('error.') ? words('error.other') : known;
}
