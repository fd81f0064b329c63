import type { Json } from '../../domain/message.js';
import type { Person, Talk } from './answers.js';
import { api } from './api.js';
import { useWords, type Words } from './texts.js';
import { Receipts } from './understood.js';

type Fields = Readonly<Record<string, Json | undefined>>;

const fieldsOf = (json: Json | undefined): Fields | undefined => (typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : undefined);
const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);
const textOf = (json: Json | undefined): string => (typeof json === 'string' ? json : '');

function promisedText(one: Json, words: Words): string {
  const { what, number, by, dueAt } = fieldsOf(one) ?? {};
  return words('brief.due', { what: what === 'case' ? words('approval.case', { number: textOf(number) }) : textOf(by), time: words.within(textOf(dueAt)) });
}

/** The hand-over a person was called with, while it lasts. */
const calledWith = ({ tickets, state: { charge } }: Talk) => (charge.who === 'bot' ? undefined : tickets.find(({ id }) => id === charge.ticket));

/** Whether the brief stands on top of the talk. */
export const hasBriefCard = (talk: Talk): boolean => fieldsOf(calledWith(talk)?.brief) !== undefined;

/** On a telephone the talk needs the room more than what was read already. */
const isNarrow = (): boolean => window.matchMedia('(max-width: 760px)').matches;

/** What shows it: what was there when a person was called, and what the customer has sent since. */
function evidenceOf(brief: Fields, { lines }: Talk): readonly (readonly [fileId: string, name: string])[] {
  const then = listOf(brief['evidence']).map((one) => [textOf(fieldsOf(one)?.['fileId']), textOf(fieldsOf(one)?.['name'])] as const);
  const since = lines.flatMap(({ from, files }) => (from === 'customer' ? files ?? [] : [])).map(({ fileId, name }) => [fileId, name] as const);
  return [...new Map([...then, ...since])];
}

/** What a person who comes in sees first: why, who, what they want, facts, what was tried and promised, evidence, the next step. Folded once it has been taken up. */
export function BriefCard({ talk, me }: { readonly talk: Talk; readonly me: Person }) {
  const words = useWords();
  const { charge, identity } = talk.state;
  const ticket = calledWith(talk);
  const brief = fieldsOf(ticket?.brief);
  if (!ticket || !brief) return null;
  const evidence = evidenceOf(brief, talk);
  const { wants, intent, topic, verdicts, tried, write } = talk.brief;
  const named = (one: string): string => talk.names[one] ?? words.term('intent', one);
  // An answer leaves no row of an action behind; that it was given is seen from what was said.
  const talked = [...new Set(talk.lines.flatMap(({ at, trace }) => (trace?.flow && at <= ticket.openedAt ? [trace.flow] : [])))].filter((flow) => !tried.some((one) => one.flow === flow));
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [words('brief.who'), [talk.customer?.name ?? identity.name ?? words('customer.unknown'), words(`level.${identity.level}.long`)]],
    [words('brief.wants'), (wants.length > 0 || intent === null ? wants : [intent]).map(named)],
    [words('brief.facts'), [topic.order, topic.parcel, topic.return].flatMap((one) => one ?? [])],
    [words('brief.tried'), [...tried.map(({ flow, outcome }) => `${named(flow)} (${words(`action.${outcome}`)})`), ...talked.map((flow) => `${named(flow)} (${words('action.talked')})`), ...(write === null ? [] : [`${write} (${words('action.unknown')})`])]],
    [words('brief.promised'), listOf(brief['promised']).map((one) => promisedText(one, words))],
  ];
  const next = textOf(brief['next']);
  return (
    <details class="brief-card" open={charge.who === 'waiting' || (charge.agent?.id === me.id && !isNarrow())}>
      <summary>{words('brief.title', { reason: words.term('reason', ticket.reason) })}</summary>
      {next !== '' && <p class="brief-next"><strong>{words('brief.next')}:</strong> {words(`next.${next}`)}</p>}
      <dl class="facts">
        {rows.map(([title, values]) => <div key={title}><dt>{title}</dt><dd>{values.length === 0 ? <span class="faint">{words('brief.nothing')}</span> : values.map((value, index) => <span key={index}>{index > 0 && ' · '}<bdi class={/^[A-Z]{2,4}-\w+$/.test(value) ? 'number' : undefined}>{value}</bdi></span>)}</dd></div>)}
        <div><dt>{words('brief.evidence')}</dt><dd>{evidence.length === 0 ? <span class="faint">{words('brief.nothing')}</span> : evidence.map(([fileId, file], index) => (
          <span key={fileId}>{index > 0 && ' · '}<a href={api.fileUrl(fileId)} target="_blank" rel="noopener"><bdi>{file}</bdi></a></span>
        ))}</dd></div>
      </dl>
      {verdicts.length > 0 && <Receipts receipts={verdicts} />}
    </details>
  );
}
