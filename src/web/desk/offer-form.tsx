import { useState } from 'preact/hooks';
import { api, Failed, newActId } from './api.js';
import { failureText } from './gate.js';
import { useWords } from './texts.js';

/** Minor units of an amount somebody typed; 0 for what is none. */
function minorOf(text: string, currency: string): number {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const [, major = '', minor = ''] = /^(\d{1,9})(?:[.,](\d+))?$/u.exec(text.trim()) ?? [];
  return minor.length > digits ? 0 : Number(`${major}${minor.padEnd(digits, '0')}`);
}

/** Money offered to the customer in a case; above one's own limit a supervisor is asked, with a reason. */
export function OfferForm({ number, currency }: { readonly number: string; readonly currency: string }) {
  const words = useWords();
  const [amount, setAmount] = useState('');
  const [why, setWhy] = useState('');
  const [stage, setStage] = useState<'idle' | 'above' | 'done' | 'asked'>('idle');
  const [failure, setFailure] = useState('');
  const minor = minorOf(amount, currency);
  const isGood = minor > 0;
  async function send(event: Event): Promise<void> {
    event.preventDefault();
    setFailure('');
    try {
      if (stage === 'above') await api.askApproval(newActId(), why.trim(), { kind: 'refund', case: number, amount: minor });
      else await api.offer(number, newActId(), minor);
      setStage(stage === 'above' ? 'asked' : 'done');
    } catch (error) {
      if (error instanceof Failed && (error.code === 'NeedsSupervisor' || error.code === 'NeedsAdmin')) setStage('above');
      else setFailure(failureText(error, words));
    }
  }
  if (stage === 'done' || stage === 'asked') return <p class="verdict good" role="status">{words(stage === 'done' ? 'offer.done' : 'offer.asked')}</p>;
  return (
    <form class="settle offer" aria-label={words('offer.title')} onSubmit={(event) => void send(event)}>
      <label>{words('offer.amount', { currency })}<input type="text" inputMode="decimal" autocomplete="off" required readOnly={stage === 'above'} value={amount} onInput={({ currentTarget }) => setAmount(currentTarget.value)} /></label>
      {stage === 'above' && <><p class="verdict warn" role="status">{words('offer.above')}</p><label>{words('offer.why')}<textarea rows={2} required maxLength={1000} dir="auto" value={why} onInput={({ currentTarget }) => setWhy(currentTarget.value)} /></label></>}
      <p class="failure" role="alert">{failure}</p>
      <button type="submit" class="button" disabled={!isGood || (stage === 'above' && why.trim() === '')}>{words(stage === 'above' ? 'offer.ask' : 'offer.send')}</button>
    </form>
  );
}
