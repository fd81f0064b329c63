import { useState } from 'preact/hooks';
import type { Failed } from './api.js';
import { useWords } from './texts.js';

/** Why a message did not go out: what in it stopped it, and whether whoever is signed in may answer for it. */
export interface Stopped {
  readonly stopped: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
  readonly mayBeAnsweredFor: boolean;
}

/** Reads the server's answer to a message it stopped. */
export const stoppedOf = ({ body }: Failed): Stopped => body as unknown as Stopped;

/** Says what stopped a message, with the words it is about; and lets somebody answer for it where that is allowed. */
export function StoppedMessage({ text, stopped, onAnswerFor }: { readonly text: string; readonly stopped: Stopped; readonly onAnswerFor: (reason: string) => void }) {
  const words = useWords();
  const [reason, setReason] = useState('');
  const kinds = [...new Set(stopped.stopped.map(({ kind }) => kind))];
  return (
    <div class="stopped" role="alert">
      <p class="stopped-title">{words('guard.title')}</p>
      <ul>
        {kinds.map((kind) => (
          <li key={kind} data-kind={kind}>{words(`guard.${kind}`)}
            {stopped.stopped.filter((one) => one.kind === kind).map(({ start, end }) => <q key={start} dir="auto">{text.slice(start, end).trim()}</q>)}
          </li>
        ))}
      </ul>
      {stopped.mayBeAnsweredFor && (
        <form class="stopped-answer" onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') onAnswerFor(reason.trim());
        }}>
          <label for="stopped-reason">{words('guard.reason')}</label>
          <input id="stopped-reason" type="text" maxLength={300} dir="auto" value={reason} aria-describedby="stopped-hint" onInput={({ currentTarget }) => setReason(currentTarget.value)} />
          <p class="hint" id="stopped-hint">{words('guard.noted')}</p>
          <button class="button" type="submit" aria-disabled={reason.trim() === ''}>{words('guard.answer-for')}</button>
        </form>
      )}
    </div>
  );
}
