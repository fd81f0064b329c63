import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormStep } from '../../ports/workbench.js';
import type { Talk } from './answers.js';
import { api, newActId, type Form } from './api.js';
import { failureText } from './gate.js';
import { Icon } from './icons.js';
import { useWords } from './texts.js';
import { Receipts } from './understood.js';

/** A window over the page that a form or list stands in; Esc closes it, and what had the focus gets it back. */
export function Window({ title, onClose, children, kind = '' }: { readonly title: string; readonly onClose: () => void; readonly children: ComponentChildren; readonly kind?: string }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) requestAnimationFrame(() => document.activeElement === document.body && before.focus());
    };
  }, []);
  return (
    <dialog ref={dialog} class={`window ${kind}`} aria-labelledby="window-title" onKeyDown={(event) => {
      // In a search field Esc would only clear it.
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }} onCancel={(event) => {
      event.preventDefault();
      onClose();
    }}>
      <header class="window-top"><h2 id="window-title">{title}</h2><button class="button icon-button" type="button" aria-label={words('cancel')} onClick={onClose}><Icon name="close" /></button></header>
      <div class="window-body">{children}</div>
    </dialog>
  );
}

/** What is to be done for the customer: a flow, with an order it is about; or, with neither, what they said last. */
export interface Wanted {
  readonly flow?: string;
  readonly order?: string;
}

/** The customer's files of late, for forms that ask for proof. */
const filesOf = ({ lines }: Talk): string[] => lines.flatMap(({ from, files }) => (from === 'customer' ? files ?? [] : [])).map(({ fileId }) => fileId).slice(-20);

/** One of the bot's flows as a form: its questions, its plan with every consequence, its rules; done once the agent says so. */
export function FormDialog({ talk, wanted, isMine, onClose, onDone }: { readonly talk: Talk; readonly wanted: Wanted; readonly isMine: boolean; readonly onClose: () => void; readonly onDone: () => void }) {
  const words = useWords();
  const [answers, setAnswers] = useState<Form['answers']>(wanted.order === undefined ? [] : [{ text: wanted.order }]);
  const [trail, setTrail] = useState<readonly { readonly asked: string; readonly said: string }[]>([]);
  const [step, setStep] = useState<FormStep | undefined>(undefined);
  const [outcome, setOutcome] = useState('');
  const [failure, setFailure] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [text, setText] = useState('');
  // The same press again is the same act.
  const actId = useRef('');
  const begun = useRef<string | undefined>(undefined);
  const id = talk.conversationId;
  const form = (given: Form['answers']): Form => ({ ...(wanted.flow === undefined ? {} : { flow: wanted.flow }), locale: words.language, ...(begun.current === undefined ? {} : { at: begun.current }), answers: given });

  async function load(given: Form['answers'], way = trail): Promise<void> {
    setIsBusy(true);
    setFailure('');
    try {
      const { step: next, at } = await api.form(id, form(given));
      begun.current = at;
      setAnswers(given);
      setTrail(way);
      setStep(next);
      setText('');
      actId.current = newActId();
    } catch (error) {
      setFailure(failureText(error, words));
    }
    setIsBusy(false);
  }
  useEffect(() => void load(answers), []);
  // Whoever works by keyboard is where the next answer is given; at a plan they stand before it, not on the button that does it.
  useEffect(() => document.querySelector<HTMLElement>('.form-window [data-first]')?.focus(), [step, outcome]);

  function answer(one: Form['answers'][number], said: string): void {
    if (isBusy || !step) return;
    void load([...answers, one], [...trail, { asked: step.text, said }]);
  }
  function back(): void {
    if (!isBusy) void load(answers.slice(0, -1), trail.slice(0, -1));
  }
  async function perform(): Promise<void> {
    if (isBusy || step?.plan === undefined || !isMine) return;
    setIsBusy(true);
    setFailure('');
    try {
      const done = await api.act(id, actId.current, { act: 'do', ...form(answers), plan: step.plan });
      setOutcome(done.outcome);
      onDone();
    } catch (error) {
      setFailure(failureText(error, words));
      // What was shown is worked out anew, as things are now.
      begun.current = undefined;
      void load(answers).then(() => setFailure(failureText(error, words)));
    }
    setIsBusy(false);
  }

  const files = filesOf(talk);
  const came = outcome === 'duplicate' ? 'done' : outcome;
  return (
    <Window title={step?.title ?? words('form')} onClose={onClose} kind="form-window">
      {trail.length > 0 && <ol class="form-trail" aria-label={words('form.answered')}>{trail.map(({ asked, said }, index) => <li key={index}><span class="faint" dir="auto">{asked.split('\n')[0]}</span> <b dir="auto">{said}</b></li>)}</ol>}
      <div class="form-step" aria-live="polite" aria-busy={isBusy}>
        {!step && !failure && <p>{words('loading')}</p>}
        {outcome !== '' ? <p class={`verdict ${outcome === 'done' || outcome === 'duplicate' ? 'good' : outcome === 'refused' ? 'bad' : 'warn'}`}>{words(`form.outcome.${came}`)}</p> : step && (
          <>
            {step.kind === 'plan' && <p class="form-lead">{words('form.plan')}</p>}
            <p class={`form-text${step.kind === 'plan' ? ' is-plan' : ''}`} dir="auto" {...(step.kind === 'plan' ? { tabIndex: -1, 'data-first': true } : {})}>{step.kind === 'unproven' ? words('form.unproven') : step.text}</p>
            {step.receipts.length > 0 && <details class="understood" open={step.kind === 'told'}><summary>{words('receipts')}</summary><Receipts receipts={step.receipts} /></details>}
          </>
        )}
      </div>
      {outcome === '' && step?.kind === 'ask' && (
        <form class="form-answer" onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') answer({ text: text.trim() }, text.trim());
        }}>
          {step.choices.length > 0 && <div class="form-choices" role="group" aria-label={words('form.choices')}>{step.choices.map((choice, index) => <button key={choice.id} data-first={index === 0 ? true : undefined} class="button" type="button" dir="auto" onClick={() => answer({ choice: choice.id }, choice.label)}>{choice.label}</button>)}</div>}
          <label class="hidden" for="form-text">{words('form.answer')}</label>
          <textarea id="form-text" data-first={step.choices.length === 0 ? true : undefined} rows={2} dir="auto" value={text} maxLength={2000} placeholder={words('form.answer')} onInput={({ currentTarget }) => setText(currentTarget.value)} onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            if (text.trim() !== '') answer({ text: text.trim() }, text.trim());
          }} />
          {files.length > 0 && <button class="button" type="button" onClick={() => answer({ files }, words('files', { count: files.length }))}>{words('form.files', { count: files.length })}</button>}
        </form>
      )}
      <p class="failure" role="alert">{failure}</p>
      <footer class="window-end">
        {outcome === '' && answers.length > 0 && trail.length > 0 && <button class="button" type="button" aria-disabled={isBusy} onClick={back}>{words('form.back')}</button>}
        {outcome === '' && step?.kind === 'plan' && !isMine && <span class="hint">{words('form.take-first')}</span>}
        {outcome === '' && step?.kind === 'plan' && isMine && <span class="hint">{words('form.told', { language: words.languageName(talk.state.locale || 'en') })}</span>}
        {outcome === '' && step?.kind === 'ask' && <button class="button primary" type="button" aria-disabled={isBusy || text.trim() === ''} onClick={() => text.trim() !== '' && answer({ text: text.trim() }, text.trim())}>{words('form.next')}</button>}
        {outcome === '' && step?.kind === 'plan' && <button class="button primary" type="button" aria-disabled={isBusy || !isMine} onClick={() => void perform()}>{words(isBusy ? 'form.doing' : 'form.do')}</button>}
        {(outcome !== '' || step?.kind === 'told' || step?.kind === 'unproven') && <button class="button primary" type="button" data-first onClick={onClose}>{words('form.close')}</button>}
      </footer>
    </Window>
  );
}
