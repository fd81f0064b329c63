import type { Json } from '../../domain/message.js';
import type { Person, Talk } from './answers.js';
import { useWords, type Words } from './texts.js';
import { plainJson } from './understood.js';

type Fields = Readonly<Record<string, Json | undefined>>;

const fieldsOf = (json: Json | undefined): Fields | undefined => (typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : undefined);
const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);
const textOf = (json: Json | undefined): string => (typeof json === 'string' ? json : '');
const name = (text: string): string => text.replaceAll(/[-_]/g, ' ');

function triedText(one: Json, words: Words): string {
  const { flow, outcome } = fieldsOf(one) ?? {};
  return `${name(textOf(flow))} (${words(`action.${textOf(outcome)}`)})`;
}

function promisedText(one: Json, words: Words): string {
  const { what, number, by, dueAt } = fieldsOf(one) ?? {};
  return words('brief.due', { what: what === 'case' ? words('approval.case', { number: textOf(number) }) : textOf(by), time: words.moment(textOf(dueAt)) });
}

/** What a person who comes in sees first: why, who, what they want, facts, what was tried and promised, evidence, the next step. Folded once it has been taken up. */
export function BriefCard({ talk, me }: { readonly talk: Talk; readonly me: Person }) {
  const words = useWords();
  const { charge, identity, topic } = talk.state;
  const ticket = talk.tickets.find(({ id }) => id === charge.ticket);
  const brief = fieldsOf(ticket?.brief);
  if (charge.who === 'bot' || !ticket || !brief) return null;
  const wants = [...listOf(brief['wants']), ...listOf(brief['wishes'])].map(textOf).filter((one, index, all) => one !== '' && all.indexOf(one) === index).map(name);
  const about = fieldsOf(brief['topic']) ?? topic;
  const facts = [textOf(about['order']), textOf(about['parcel']), textOf(about['return'])].filter((one) => one !== '');
  const verdicts = listOf(brief['receipts']).flatMap((one) => { const { rule, granted } = fieldsOf(one) ?? {}; return typeof rule === 'string' ? [`${rule}: ${words(granted === true ? 'receipt.granted' : 'receipt.refused')}`] : []; });
  const write = fieldsOf(brief['write']);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [words('brief.who'), [talk.customer?.name ?? identity.name ?? words('customer.unknown'), words(`level.${identity.level}.long`)]],
    [words('brief.wants'), wants],
    [words('brief.facts'), [...facts, ...verdicts]],
    [words('brief.tried'), [...listOf(brief['tried']).map((one) => triedText(one, words)), ...(write ? [plainJson(brief['write'] ?? null)] : [])]],
    [words('brief.promised'), listOf(brief['promised']).map((one) => promisedText(one, words))],
  ];
  const next = textOf(brief['next']);
  return (
    <details class="brief-card" open={charge.who === 'waiting' || charge.agent?.id === me.id}>
      <summary>{words('brief.title', { reason: words.term('reason', ticket.reason) })}</summary>
      {next !== '' && <p class="brief-next"><strong>{words('brief.next')}:</strong> {words(`next.${next}`)}</p>}
      <dl class="facts">
        {rows.map(([title, values]) => <div key={title}><dt>{title}</dt><dd>{values.length === 0 ? <span class="faint">{words('brief.nothing')}</span> : values.map((value, index) => <span key={index}>{index > 0 && ' · '}<bdi>{value}</bdi></span>)}</dd></div>)}
        <div><dt>{words('brief.evidence')}</dt><dd>{listOf(brief['evidence']).length === 0 ? <span class="faint">{words('brief.nothing')}</span> : listOf(brief['evidence']).map((one, index) => {
          const { fileId, name: file } = fieldsOf(one) ?? {};
          return <span key={index}>{index > 0 && ' · '}<a href={`/desk/api/files/${encodeURIComponent(textOf(fileId))}`} target="_blank" rel="noopener"><bdi>{textOf(file)}</bdi></a></span>;
        })}</dd></div>
      </dl>
    </details>
  );
}
