import { useState } from 'preact/hooks';
import type { Json } from '../../domain/message.js';
import type { ApprovalCard, Person } from './answers.js';
import { api } from './api.js';
import { failureText } from './gate.js';
import type { Live } from './live.js';
import { useReading } from './reading.js';
import { hrefs } from './route.js';
import { useWords } from './texts.js';
import { plainJson } from './understood.js';

/** What was asked of supervisors: open requests with everything it takes to decide, then those decided of late. */
export function Approvals({ me, live }: { readonly me: Person; readonly live: Live }) {
  const words = useWords();
  const reading = useReading('approvals', api.approvals, live, () => true);
  const rows = reading.data?.rows ?? [];
  const open = rows.filter(({ state }) => state === 'open');
  return (
    <main class="people approvals">
      <h1>{words('approvals')}</h1>
      <p class="hint">{words('approvals.hint')}</p>
      <p class="failure" role="alert">{reading.failed ? failureText(reading.failed, words) : ''}</p>
      {reading.data && open.length === 0 && <p class="faint">{words('approvals.none')}</p>}
      <ul class="approval-list">{rows.map((one) => <li key={one.id}><Request one={one} me={me} onDecided={() => reading.again()} /></li>)}</ul>
    </main>
  );
}

/** What the customer told, without the machinery around it. */
const toldIn = (details: Json): string => (typeof details === 'object' && details !== null ? Object.values(details).filter((value): value is string => typeof value === 'string' && /\s/u.test(value)).join(' · ') : plainJson(details));

const part = (one: ApprovalCard, name: string): string => {
  const { request } = one;
  const value = typeof request === 'object' && request !== null && !Array.isArray(request) ? (request as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
};

function Request({ one, me, onDecided }: { readonly one: ApprovalCard; readonly me: Person; readonly onDecided: () => void }) {
  const words = useWords();
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const mayDecide = one.state === 'open' && one.askedBy.id !== me.id && me.role !== 'agent';
  const isAbove = one.needs === 'admin' && me.role !== 'admin';
  async function decide(approve: boolean): Promise<void> {
    setIsBusy(true);
    setFailure('');
    await api.decide(one.id, approve, note.trim()).catch((error: unknown) => setFailure(failureText(error, words)));
    setIsBusy(false);
    onDecided();
  }
  const title = one.kind === 'refund' ? words('approval.refund', { amount: one.amount ? words.money(one.amount) : part(one, 'amount') }) : words.list([words('approval.return', { number: part(one, 'return') }), words(`decision.${part(one, 'decision')}`)]);
  return (
    <article class={`approval is-${one.state}`} aria-label={title}>
      <header class="approval-top">
        <h2>{title}</h2>
        <span class={`state${one.state === 'open' ? ' state-open' : one.state === 'approved' ? ' state-delivered' : ' state-cancelled'}`}>{words(`approval.state.${one.state}`)}</span>
      </header>
      <p class="approval-note"><bdi><q>{one.note}</q></bdi></p>
      <p class="faint"><bdi>{words('approval.asked', { name: one.askedBy.name })}</bdi> · <bdi title={words.exact(one.askedAt)}>{words.moment(one.askedAt)}</bdi></p>
      <dl class="facts">
        {one.customer !== null && <div><dt>{words('side.customer')}</dt><dd><bdi>{one.customer}</bdi></dd></div>}
        {one.order && <div><dt>{words('brief.order')}</dt><dd><bdi>{one.order.number}</bdi> <span class="faint">{words.term('order', one.order.state)} · {words.money(one.order.total)}</span><br /><bdi class="faint">{words.list([...one.order.items])}</bdi></dd></div>}
        {one.case && <div><dt>{words('approval.case', { number: one.case.number })}</dt><dd class="faint"><bdi>{toldIn(one.case.details)}</bdi></dd></div>}
      </dl>
      {one.most && <p class="faint">{words('approval.most', { amount: words.money(one.most) })}</p>}
      {one.kind === 'return' && one.amount && <p class="faint">{words('approval.worth', { amount: words.money(one.amount) })}</p>}
      {one.state !== 'open' && <p>{one.decidedBy && <bdi>{one.decidedBy.name}</bdi>}{one.decidedAt !== undefined && <span class="faint"> · <bdi title={words.exact(one.decidedAt)}>{words.moment(one.decidedAt)}</bdi></span>}{one.answer !== undefined && one.answer !== '' && <bdi><q class="approval-answer">{one.answer}</q></bdi>}</p>}
      {one.conversationId !== '' && <p><a href={hrefs.conversation(one.conversationId)}>{words('approval.talk')}</a></p>}
      {mayDecide && isAbove && <p class="verdict warn">{words('approval.needs-admin')}</p>}
      {mayDecide && !isAbove && (
        <form class="approval-form" onSubmit={(event) => { event.preventDefault(); void decide(true); }}>
          <label class="field"><span>{words('approval.note', { name: one.askedBy.name })}</span><textarea rows={2} maxLength={1000} dir="auto" value={note} onInput={({ currentTarget }) => setNote(currentTarget.value)} /></label>
          <div class="approval-buttons"><button class="button" type="button" disabled={isBusy} onClick={() => void decide(false)}>{words('approval.decline')}</button><button class="button primary" type="submit" disabled={isBusy}>{words('approval.approve')}</button></div>
        </form>
      )}
      <p class="failure" role="alert">{failure}</p>
    </article>
  );
}
