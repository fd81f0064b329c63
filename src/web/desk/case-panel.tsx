import { useState } from 'preact/hooks';
import type { Talk } from './answers.js';
import { CaseDecision } from './decisions.js';
import { OfferForm } from './offer-form.js';
import { NotePacking, Packing } from './packing.js';
import { hrefs } from './route.js';
import { useWords } from './texts.js';

/** What a person should look at, with the facts each hint rests on. Nothing is decided by it. */
export function Signals({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  if (talk.signals.length === 0) return null;
  return (
    <div class="side-part">
      <h2>{words('side.signals')}</h2>
      <p class="faint">{words('signals.note')}</p>
      <ul class="plain">{talk.signals.map(({ signal, reasons }) => (
        <li key={signal}>{words.term('signal', signal)}
          <ul class="plain faint">{reasons.map((reason, index) => <li key={index}>{words.term('signal-why', reason.why)} <bdi>{reason.about}</bdi>{reason.quote !== undefined && <q dir="auto">{reason.quote}</q>}</li>)}</ul>
        </li>
      ))}</ul>
    </div>
  );
}

/** The files of a step, each with its fingerprint, and whether it was shown before. */
function ProofFiles({ entry }: { readonly entry: Talk['cases'][number]['entries'][number] }) {
  const words = useWords();
  return (
    <>
      {(entry.files ?? []).map((file) => (
        <p key={file.fileId} class="parcel"><a href={`/desk/api/files/${encodeURIComponent(file.fileId)}`}><bdi>{file.name ?? file.fileId}</bdi></a>{file.sha256 !== undefined && <> <code title={file.sha256}>{file.sha256.slice(0, 12)}</code></>}{(file.usedIn ?? []).length > 0 && <span class="verdict warn"> {words('case.used', { cases: words.list([...(file.usedIn ?? [])]) })}</span>}</p>
      ))}
    </>
  );
}

/** What was shown for refunds and returns that were settled at once: no case was needed, and it can be looked at all the same. */
export function ShownProof({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  if (talk.shown.length === 0) return null;
  return (
    <div class="side-part">
      <h2>{words('side.shown')}</h2>
      {talk.shown.map(({ number, orderNumber, entries }) => (
        <details key={number} class="order">
          <summary><span class="order-number">{number}</span> <bdi class="faint">{orderNumber}</bdi></summary>
          <ul class="plain">{entries.map((entry, index) => <li key={index}><span class="faint">{words.moment(entry.at)}</span> {words.term('case-by', entry.by)} · {words.term('case-what', entry.what)}<ProofFiles entry={entry} /></li>)}</ul>
        </details>
      ))}
    </div>
  );
}

/** The customer's cases: where each stands, what happened in it, the proof of both sides, and its papers to download. */
export function Cases({ talk, me, onChanged }: { readonly talk: Talk; readonly me: string; readonly onChanged: () => void }) {
  const words = useWords();
  const [deciding, setDeciding] = useState<string | undefined>(undefined);
  if (talk.cases.length === 0) return null;
  return (
    <div class="side-part">
      <h2>{words('side.cases')}</h2>
      {talk.cases.map((one) => (
        <details key={one.number} class="order">
          <summary><span class="order-number">{one.number}</span> <bdi class="faint">{one.orderNumber}</bdi> <span class={`state${one.state === 'closed' ? '' : ' state-open'}`}>{words.term('case-state', one.state)}</span></summary>
          <p class="faint">{words('case.due', { day: words.day(one.dueAt) })}</p>
          {one.cause !== null && <p class="faint">{words('case.cause')}: {words.term('cause', one.cause)}</p>}
          {one.settleEarly && <p class="verdict warn">{words('case.settle-early')}</p>}
          {one.outcome !== null && one.outcome !== '' && <p dir="auto">{one.outcome}</p>}
          <ul class="plain">{one.entries.map((entry, index) => (
            <li key={index}><span class="faint">{words.moment(entry.at)}</span> {words.term('case-by', entry.by)} · {words.term('case-what', entry.what)}{entry.offer?.amount && <> {words.money(entry.offer.amount)}</>}
              {entry.text !== undefined && <p dir="auto">{entry.text}</p>}
              <ProofFiles entry={entry} />
            </li>
          ))}</ul>
          <Packing records={one.packing} />
          {talk.orders.filter((order) => one.state !== 'closed' && order.number === one.orderNumber).map((order) => <NotePacking key={order.number} order={order} packer={me} onNoted={onChanged} />)}
          {talk.waiting.includes(one.number) && <p><a class="verdict warn" href={hrefs.approvals}>{words('decide.waits')}</a></p>}
          {one.state !== 'closed' && <p><button class="button small" type="button" aria-label={words('decide.case', { number: one.number })} onClick={() => setDeciding(one.number)}>{words('decide')}</button></p>}
          {one.state !== 'closed' && <OfferForm number={one.number} currency={talk.orders.find(({ number }) => number === one.orderNumber)?.total.currency ?? 'EUR'} />}
          <p><a href={`/desk/api/case/${one.number}/file?locale=${talk.state.locale || 'en'}`}>{words('case.file')}</a> · <a href={`/desk/api/case/${one.number}/transcript?locale=${talk.state.locale || 'en'}`}>{words('case.transcript')}</a></p>
        </details>
      ))}
      {deciding !== undefined && <CaseDecision number={deciding} onClose={() => setDeciding(undefined)} onDone={() => {
        setDeciding(undefined);
        onChanged();
      }} />}
    </div>
  );
}
