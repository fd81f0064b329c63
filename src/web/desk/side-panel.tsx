import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { OrderCard, Talk } from './answers.js';
import { OrderActions, type FormName } from './actions.js';
import { api } from './api.js';
import { isDecidable, ReturnDecision } from './decisions.js';
import type { Wanted } from './form-dialog.js';
import { hasBriefCard } from './brief-card.js';
import { Labels } from './labels.js';
import { NotePacking, Packing } from './packing.js';
import { hrefs } from './route.js';
import { useWords } from './texts.js';
import { Cases, ShownProof, Signals } from './case-panel.js';
import { Receipts } from './understood.js';

/** Everything gathered: what was handed over, who it is, their orders, what was tried, notes. */
export function SidePanel({ talk, me, isOpen, forms, onWanted, onChanged }: {
  readonly talk: Talk; readonly me: string; readonly isOpen: boolean; readonly forms: readonly FormName[]; readonly onWanted: (wanted: Wanted) => void; readonly onChanged: () => void;
}) {
  const words = useWords();
  const gathered = <Gathered talk={talk} />;
  // With the brief on top of the talk, who it is and what they bought come first.
  const hasBrief = hasBriefCard(talk);
  return (
    <section class={`side${isOpen ? ' is-open' : ''}`} id="side" aria-label={words('details')} tabIndex={0}>
      <Section title={words('labels')}><Labels id={talk.conversationId} labels={talk.labels} onChanged={onChanged} /></Section>
      {!hasBrief && gathered}
      <Signals talk={talk} />
      <CustomerCard talk={talk} />
      <Orders talk={talk} me={me} forms={forms} onWanted={onWanted} onChanged={onChanged} />
      <Cases talk={talk} me={me} onChanged={onChanged} />
      <ShownProof talk={talk} />
      {hasBrief && gathered}
      <Past talk={talk} />
      <Tried talk={talk} />
      <Notes talk={talk} />
      <Tickets talk={talk} />
      <Section title={words('transcript')}><p><a href={api.transcriptUrl(talk.conversationId, words.language, 'text')} download>{words('transcript.text')}</a> · <a href={api.transcriptUrl(talk.conversationId, words.language, 'json')} download>{words('transcript.json')}</a></p></Section>
    </section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return <div class="side-part"><h2>{title}</h2>{children}</div>;
}

function Facts({ rows }: { readonly rows: readonly (readonly [string, string | null | undefined])[] }) {
  return <dl class="facts">{rows.map(([name, value]) => value !== null && value !== undefined && value !== '' && <div key={name}><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>;
}

/** What the customer wants, as it stood when a person was asked for; without a ticket, as it stands now. */
function Gathered({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  const { brief, names } = talk;
  const ticket = talk.tickets.find(({ id }) => id === brief.ticket);
  const named = (one: string): string => names[one] ?? words.term('intent', one);
  const further = brief.wants.filter((one) => one !== brief.intent);
  return (
    <Section title={words(ticket ? 'side.brief' : 'side.now')}>
      {ticket && <p class="side-lead">{words.term('reason', ticket.reason)} <span class="faint">{words.moment(ticket.openedAt)}</span></p>}
      <Facts rows={[
        [words('brief.wants'), brief.intent === null ? words.list(further.map(named)) : named(brief.intent)], [words('brief.order'), brief.topic.order], [words('brief.parcel'), brief.topic.parcel], [words('brief.return'), brief.topic.return],
        ...brief.slots.map(({ slot, value }) => [words.term('slot', slot), value] as const),
        [words('brief.asked'), brief.asked === null ? null : brief.asked === '$who' ? words('brief.asked.who') : words.term('slot', brief.asked)], [words('brief.wishes'), brief.intent === null ? null : words.list(further.map(named))],
      ]} />
      {brief.plan !== null && <details class="understood" open><summary>{words('brief.plan')}</summary><p class="brief-plan" dir="auto">{brief.plan}</p></details>}
      {brief.intent === null && brief.topic.order === undefined && further.length === 0 && <p class="faint">{words('brief.none')}</p>}
    </Section>
  );
}

function CustomerCard({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  const { customer, state } = talk;
  return (
    <Section title={words('side.customer')}>
      <p class="side-lead"><bdi>{customer?.name ?? state.identity.name ?? words('customer.unknown')}</bdi></p>
      <p class={`level level-${state.identity.level}`}>{words(`level.${state.identity.level}.long`)}</p>
      {customer && <Facts rows={[
        [words('email'), customer.email], [words('phone'), customer.phone], [words('country'), words.country(customer.country)], [words('language'), customer.locale === null ? null : words.languageName(customer.locale)], [words('member'), customer.level],
      ]} />}
    </Section>
  );
}

/** What was said with this customer at other times. */
function Past({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  if (talk.past.length === 0) return null;
  return (
    <Section title={words('side.past')}>
      <ul class="plain">{talk.past.map((one) => (
        <li key={one.conversationId}><a href={hrefs.conversation(one.conversationId)}><bdi>{words.term('channel', one.channel)}</bdi> · <bdi>{words.moment(one.lastAt)}</bdi></a>{one.last !== '' && <p class="faint past-last" dir="auto">{one.last}</p>}</li>
      ))}</ul>
    </Section>
  );
}

interface Doing {
  /** Whoever is at the desk, by name. */
  readonly me: string;
  readonly forms: readonly FormName[];
  readonly onWanted: (wanted: Wanted) => void;
  readonly onChanged: () => void;
}

function Orders({ talk, ...doing }: { readonly talk: Talk } & Doing) {
  const words = useWords();
  const { orders, isShopAway, state } = talk;
  return (
    <Section title={words('side.orders')}>
      {isShopAway && <p class="failure">{words('shop.away')}</p>}
      {!isShopAway && orders.length === 0 && <p class="faint">{words(state.identity.level === 'L0' ? 'orders.unproven' : 'orders.none')}</p>}
      {orders.map((order) => <OrderItem key={order.number} order={order} isTopic={order.number === state.topic.order} waiting={talk.waiting} {...doing} />)}
    </Section>
  );
}

function OrderItem({ order, isTopic, waiting, me, forms, onWanted, onChanged }: { readonly order: OrderCard; readonly isTopic: boolean; readonly waiting: readonly string[] } & Doing) {
  const words = useWords();
  const [deciding, setDeciding] = useState<OrderCard['returns'][number] | undefined>(undefined);
  return (
    <details class="order" open={isTopic}>
      <summary><span class="order-number">{order.number}</span> <span class={`state state-${order.state}`}>{words.term('order', order.state)}</span> <span class="order-total">{words.money(order.total)}</span></summary>
      {order.placedAt !== null && <p class="faint">{words('order.placed', { day: words.day(order.placedAt) })}</p>}
      <ul class="plain">{order.lines.map(({ name, quantity }, index) => <li key={index}><bdi>{name}</bdi>{quantity > 1 && ` × ${quantity}`}</li>)}</ul>
      {order.checks.length > 0 && <details class="checks"><summary>{words('order.checks')}</summary><ul>{order.checks.map((check, index) => <li key={index}>{check}</li>)}</ul></details>}
      <Packing records={order.packing} />
      <NotePacking order={order} packer={me} onNoted={onChanged} />
      {order.parcels.map((parcel) => (
        <p key={parcel.trackingNumber} class="parcel">
          {/^https?:\/\//i.test(parcel.trackingUrl) ? <a href={parcel.trackingUrl} target="_blank" rel="noopener noreferrer"><bdi>{parcel.trackingNumber}</bdi><span class="hidden"> ({words('new-tab')})</span></a> : <bdi>{parcel.trackingNumber}</bdi>}
          {' '}<bdi class="faint">{parcel.carrier}</bdi> <span class="state">{words.term('parcel', parcel.state)}</span>
        </p>
      ))}
      {order.returns.map((one) => <p key={one.number} class="parcel">{one.number} <span class="faint">{words.term('return-reason', one.reason)}</span> <span class="state">{words.term('return', one.state)}</span>{waiting.includes(one.number) && <> <a class="verdict warn" href={hrefs.approvals}>{words('decide.waits')}</a></>}{isDecidable(one.state, one.service) && <> <button class="button small" type="button" aria-label={words('decide.return', { number: one.number })} onClick={() => setDeciding(one)}>{words('decide')}</button></>}</p>)}
      <OrderActions order={order.number} forms={forms} onWanted={onWanted} />
      {deciding && <ReturnDecision number={deciding.number} state={deciding.state} service={deciding.service} ifNoFault={deciding.ifNoFault} onClose={() => setDeciding(undefined)} onDone={() => {
        setDeciding(undefined);
        onChanged();
      }} />}
    </details>
  );
}

function Tried({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  const { actions, receipts, lines, names } = talk;
  const named = (flow: string): string => names[flow] ?? words.term('flow-name', flow);
  const flows = [...new Set(lines.flatMap(({ trace }) => (trace?.flow ? [trace.flow] : [])))];
  return (
    <Section title={words('side.tried')}>
      {flows.length === 0 && actions.length === 0 && receipts.length === 0 && <p class="faint">{words('tried.none')}</p>}
      {flows.length > 0 && <p>{words('tried.flows', { flows: words.list([...new Set(flows.map(named))]) })}</p>}
      {actions.length > 0 && (
        <ul class="receipts">{actions.map((action, index) => (
          <li key={index}><span class={`verdict ${action.outcome === 'done' ? 'good' : action.outcome === 'refused' ? 'bad' : 'warn'}`}>{words(`action.${action.outcome ?? 'open'}`)}</span> {named(action.flow)} <span class="inputs">{words.moment(action.at)}</span></li>
        ))}</ul>
      )}
      {receipts.length > 0 && <Receipts receipts={receipts} />}
    </Section>
  );
}

function Notes({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  if (talk.notes.length === 0) return null;
  return (
    <Section title={words('side.notes')}>
      <ul class="plain notes">{talk.notes.map((note) => <li key={note.id}><p dir="auto">{note.text}</p><p class="faint"><bdi>{note.agent.name}</bdi> · <bdi title={words.exact(note.at)}>{words.moment(note.at)}</bdi></p></li>)}</ul>
    </Section>
  );
}

/** The answer to a case: told to the customer in this conversation, and the case is closed. */
function Settle({ ticket }: { readonly ticket: string }) {
  const words = useWords();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setFailed(false);
    await api.settle(ticket, text.trim()).catch(() => setFailed(true));
  };
  return (
    <form class="settle" onSubmit={(event) => void send(event)}>
      <label>{words('ticket.answer')}<textarea rows={2} required maxLength={2000} dir="auto" value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
      {failed && <p class="failure" role="alert">{words('error.other')}</p>}
      <button type="submit" class="button" disabled={text.trim() === ''}>{words('ticket.settle')}</button>
    </form>
  );
}

function Tickets({ talk }: { readonly talk: Talk }) {
  const words = useWords();
  if (talk.tickets.length === 0) return null;
  return (
    <Section title={words('side.tickets')}>
      <ul class="plain">{talk.tickets.map((ticket) => (
        <li key={ticket.id}>{words.list([words.term('ticket', ticket.kind), words.term('reason', ticket.reason)])} <span class={`state${ticket.state === 'closed' ? '' : ' state-open'}`}>{words.term('ticket-state', ticket.state)}</span>
          <span class="faint"> {words.moment(ticket.openedAt)}{ticket.dueAt !== undefined && <> – {words.within(ticket.dueAt)}</>}{ticket.assignedTo && <> · <bdi>{ticket.assignedTo.name}</bdi></>}</span>
          {ticket.state !== 'closed' && ticket.kind !== 'handover' && <Settle ticket={ticket.id} />}</li>
      ))}</ul>
    </Section>
  );
}
