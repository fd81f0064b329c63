import { useEffect, useState } from 'preact/hooks';
import type { Suggested } from '../../ports/workbench.js';
import type { Talk } from './answers.js';
import { api } from './api.js';
import { useWords } from './texts.js';

/** What the bot would answer to the customer's last message, from the rules and the shop; undefined while there is none. */
export function useSuggestion(talk: Talk | undefined, language: string): Suggested | undefined {
  const [found, setFound] = useState<{ readonly key: string; readonly suggestion: Suggested | null } | undefined>(undefined);
  const last = talk?.lines.findLast(({ from }) => from === 'customer' || from === 'agent');
  const isWanted = talk !== undefined && talk.state.charge.who !== 'bot' && last?.from === 'customer';
  const key = isWanted ? `${talk.conversationId} ${last.seq} ${language}` : '';
  useEffect(() => {
    if (key === '' || !talk) return;
    let isGone = false;
    void api.suggestion(talk.conversationId, language).then(({ suggestion }) => !isGone && setFound({ key, suggestion }), () => undefined);
    return () => void (isGone = true);
  }, [key]);
  return found?.key === key ? found.suggestion ?? undefined : undefined;
}

/** The suggestion over the field to write in: read in the agent's language, used in the customer's. */
export function SuggestionBar({ suggestion, language, onUse, onForm }: { readonly suggestion: Suggested; readonly language: string; readonly onUse: (text: string) => void; readonly onForm: () => void }) {
  const words = useWords();
  const isSame = suggestion.own === suggestion.text;
  return (
    <section class="suggestion" aria-label={words('suggestion')}>
      <p class="suggestion-top"><b>{words('suggestion')}</b> <span class="faint">{suggestion.title}</span></p>
      <p class="suggestion-text" dir="auto" tabIndex={0} role="group" aria-label={suggestion.title}>{suggestion.own}</p>
      {!isSame && <details class="understood"><summary>{words('own.original', { language: words.languageName(language) })}</summary><p dir="auto" lang={language}>{suggestion.text}</p></details>}
      <p class="suggestion-acts">
        <button class="button" type="button" aria-keyshortcuts="s" onClick={() => onUse(suggestion.text)}>{words('suggestion.use')}</button>
        {suggestion.kind === 'form' && <button class="button" type="button" onClick={onForm}>{words('suggestion.form')}</button>}
      </p>
    </section>
  );
}
