import { useRef, useState } from 'preact/hooks';
import type { Money } from '../../domain/money.js';
import { api, Failed, newActId } from './api.js';
import { Window } from './form-dialog.js';
import { failureText } from './gate.js';
import { useWords, type Words } from './texts.js';

/** What can be said of a return, by its state; everywhere else there is nothing to decide. */
const decisions: Readonly<Record<string, readonly string[]>> = {
  requested: ['accept', 'refuse'], label_issued: ['arrived', 'received'], in_transit: ['arrived', 'received'], received: ['passed', 'failed'],
};
/** … and of a repair: under way once it was found to be covered, it ends by being done; at the customer's place nothing arrives. An exchange ends with the new pieces sent. */
const ofServices: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  exchange: { accepted: ['replaced'] }, repair: { accepted: ['repaired'] }, repair_on_site: { label_issued: ['repaired', 'failed'] },
};
const decisionsOn = (state: string, service: string): readonly string[] => ofServices[service]?.[state] ?? decisions[state] ?? [];
/** Beside them, where the customer was told what it would cost: in order, yet without the fault. */
const choicesOn = (state: string, service: string, ifNoFault: Money | null): readonly string[] => decisionsOn(state, service).flatMap((one) => (one === 'passed' && ifNoFault !== null ? [one, 'faultless'] : [one]));
const reasons = ['over_window', 'resale_harmed', 'not_in_scheme', 'as_described', 'not_shown', 'user_damage', 'sent_without_contact', 'not_the_goods', 'incomplete'] as const;

/** Whether somebody may decide something of a return in this state. */
export const isDecidable = (state: string, service: string): boolean => decisionsOn(state, service).length > 0;

/** Sends once what was filled in; the same press again is the same act. */
export function useSending(words: Words, onDone: () => void, onAbove: () => void = () => undefined) {
  const id = useRef(newActId());
  const [failure, setFailure] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  async function send(how: (id: string) => Promise<unknown>): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    setFailure('');
    try {
      await how(id.current);
      onDone();
    } catch (error) {
      if (error instanceof Failed && (error.code === 'NeedsSupervisor' || error.code === 'NeedsAdmin')) {
        onAbove();
        setIsBusy(false);
        return;
      }
      // What the server says of an amount or a state is more than a form can know.
      setFailure(error instanceof Failed && error.code === 'NotPossible' ? words('error.NotPossible') : failureText(error, words));
    }
    setIsBusy(false);
  }
  return { send, failure, isBusy };
}

function Choice({ label, name, value, options, onValue }: { readonly label: string; readonly name: string; readonly value: string; readonly options: readonly (readonly [value: string, text: string])[]; readonly onValue: (value: string) => void }) {
  return (
    <fieldset class="choice"><legend>{label}</legend>
      {options.map(([one, text]) => <label key={one}><input type="radio" name={name} value={one} checked={value === one} onChange={() => onValue(one)} /> {text}</label>)}
    </fieldset>
  );
}

/** The merchant's word on a return: the answer, the goods' arrival, what inspection found. Above one's own limit a supervisor is asked for it, with a reason. */
export function ReturnDecision({ number, state, service, ifNoFault, onClose, onDone }: { readonly number: string; readonly state: string; readonly service: string; readonly ifNoFault: Money | null; readonly onClose: () => void; readonly onDone: () => void }) {
  const words = useWords();
  const kinds = choicesOn(state, service, ifNoFault);
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [reason, setReason] = useState<string>(reasons[0]);
  const [note, setNote] = useState('');
  const [stage, setStage] = useState<'idle' | 'above' | 'asked'>('idle');
  const [why, setWhy] = useState('');
  const { send, failure, isBusy } = useSending(words, onDone, () => setStage('above'));
  // Another question than the decision itself: with an id of its own.
  const asking = useSending(words, () => setStage('asked'));
  const isNo = kind === 'refuse' || kind === 'failed';
  const hasFinding = kind === 'failed' || kind === 'faultless';
  const isReady = (!hasFinding || note.trim() !== '') && (stage !== 'above' || why.trim() !== '');
  const decision = (): object => (kind === 'refuse' ? { kind, reason, ...(note.trim() === '' ? {} : { note: note.trim() }) } : kind === 'failed' ? { kind, reason, found: note.trim() } : kind === 'faultless' ? { kind, found: note.trim() } : kind === 'arrived' ? { kind, scannedAt: new Date().toISOString() } : { kind });
  if (stage === 'asked') {
    return (
      <Window title={words('decide.return', { number })} onClose={onDone} kind="form-window">
        <p class="verdict good" role="status">{words('offer.asked')}</p>
        <p class="window-end"><button class="button primary" type="button" autofocus onClick={onDone}>{words('form.close')}</button></p>
      </Window>
    );
  }
  return (
    <Window title={words('decide.return', { number })} onClose={onClose} kind="form-window">
      <form class="fields" onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        if (stage === 'above') void asking.send((id) => api.askApproval(id, why.trim(), { kind: 'return', return: number, decision: decision() }));
        else void send((id) => api.decideReturn(number, id, decision()));
      }}>
        <Choice label={words('decide')} name="decision" value={kind} options={kinds.map((one) => [one, words(`decide.${one}`, ifNoFault === null ? {} : { amount: words.money(ifNoFault) })])} onValue={(one) => {
          setKind(one);
          // Not everything of a return is above the limit: that goods have come is only a fact.
          setStage('idle');
        }} />
        {isNo && <label>{words('decide.reason')}<select value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)}>{reasons.map((one) => <option key={one} value={one}>{words(`counter.${one}`)}</option>)}</select></label>}
        {(isNo || hasFinding) && <label>{words(hasFinding ? 'decide.found' : 'decide.note')}<textarea rows={2} dir="auto" maxLength={1000} required={hasFinding} value={note} onInput={({ currentTarget }) => setNote(currentTarget.value)} /></label>}
        {stage === 'above' ? <><p class="verdict warn" role="status">{words('offer.above')}</p><label>{words('offer.why')}<textarea rows={2} dir="auto" maxLength={1000} required value={why} onInput={({ currentTarget }) => setWhy(currentTarget.value)} /></label></> : <p class="hint">{words('decide.told')}</p>}
        <p class="failure" role="alert">{failure || asking.failure}</p>
        <p class="window-end"><button class="button primary" type="submit" aria-disabled={isBusy || asking.isBusy || !isReady}>{words(stage === 'above' ? 'offer.ask' : 'decide.do')}</button></p>
      </form>
    </Window>
  );
}

/** The shop's side of a case: an answer, or no to what was asked for; money is offered beside it. */
export function CaseDecision({ number, onClose, onDone }: { readonly number: string; readonly onClose: () => void; readonly onDone: () => void }) {
  const words = useWords();
  const [kind, setKind] = useState('answer');
  const [decision, setDecision] = useState('solved');
  const [text, setText] = useState('');
  const { send, failure, isBusy } = useSending(words, onDone);
  const isReady = kind === 'decline' || text.trim() !== '';
  const act = (): object => (kind === 'answer' ? { act: kind, decision, text: text.trim() } : { act: kind, text: text.trim() });
  return (
    <Window title={words('decide.case', { number })} onClose={onClose} kind="form-window">
      <form class="fields" onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send((id) => api.actInCase(number, id, act()));
      }}>
        <Choice label={words('decide')} name="act" value={kind} options={['answer', 'decline'].map((one) => [one, words(`case-act.${one}`)])} onValue={setKind} />
        {kind === 'answer' && <Choice label={words('decide.outcome')} name="outcome" value={decision} options={[['solved', words('decide.solved')], ['refused', words('decide.refused')]]} onValue={setDecision} />}
        <label>{words(kind === 'answer' ? 'ticket.answer' : 'decide.note')}<textarea rows={3} dir="auto" maxLength={2000} required={kind === 'answer'} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} /></label>
        <p class="failure" role="alert">{failure}</p>
        <p class="window-end"><button class="button primary" type="submit" aria-disabled={isBusy || !isReady}>{words('decide.do')}</button></p>
      </form>
    </Window>
  );
}
