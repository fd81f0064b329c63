import type { Json, Trace } from '../../domain/message.js';
import type { Verdict } from './answers.js';
import { useWords } from './texts.js';

/** How the bot came to a line: what it understood, in which flow, by which rules. Folded until wanted. */
export function Understood({ trace, names = {} }: { readonly trace: Trace; readonly names?: Readonly<Record<string, string>> }) {
  const words = useWords();
  const { entities, receipts, flow } = trace;
  // A message of pictures alone wants nothing by itself.
  const intents = trace.intents.filter(({ intent }) => intent !== '');
  const nameOf = (intent: string): string => names[intent] ?? words.term('intent', intent);
  if (intents.length === 0 && receipts.length === 0 && entities.length === 0) return null;
  const head = [
    ...(intents.length > 0 ? [words('understood', { what: intents.map(({ intent, confidence }) => `${nameOf(intent)} ${words.share(confidence)}`).join(' + ') })] : []),
    ...(flow === null ? [] : [words('flow', { flow: names[flow] ?? words.term('flow-name', flow) })]),
    ...(intents.length === 0 && receipts.length > 0 ? [words('receipts')] : []),
  ].join(' · ');
  const unsure = intents.filter(({ verdict }) => verdict !== 'sure');
  if (entities.length === 0 && receipts.length === 0 && unsure.length === 0) return <p class="understood plain">{head}</p>;
  return (
    <details class="understood">
      <summary>{head}</summary>
      {unsure.length > 0 && <p>{unsure.map(({ intent, verdict }) => `${nameOf(intent)}: ${words.term('verdict', verdict)}`).join(' · ')}</p>}
      {entities.length > 0 && <dl class="facts">{entities.map((entity, index) => <EntityRow key={index} entity={entity} />)}</dl>}
      {receipts.length > 0 && <Receipts receipts={receipts} />}
    </details>
  );
}

/** What was read out of a message: what it is, and the customer's own words for it. */
function EntityRow({ entity }: { readonly entity: Json }) {
  const words = useWords();
  const { kind, raw, value } = (typeof entity === 'object' && entity !== null ? entity : {}) as Record<string, Json | undefined>;
  return <div><dt>{words.term('entity', String(kind ?? ''))}</dt><dd><bdi>{plainJson(raw ?? value ?? null)}</bdi></dd></div>;
}

/** Verdicts, each with its rule said in the agent's language. */
export function Receipts({ receipts }: { readonly receipts: readonly Verdict[] }) {
  const words = useWords();
  return (
    <ul class="receipts">
      {receipts.map((receipt, index) => (
        <li key={index}><span class={`verdict ${receipt.granted ? 'good' : 'bad'}`}>{words(receipt.granted ? 'receipt.granted' : 'receipt.refused')}</span> <span class="told" dir="auto">{receipt.told ?? words('rule.other')}</span></li>
      ))}
    </ul>
  );
}

/** JSON as a person would jot it down. */
export function plainJson(value: Json): string {
  if (value === null) return '–';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(plainJson).join(', ');
  return Object.entries(value as Readonly<Record<string, Json>>).map(([name, one]) => `${name}: ${plainJson(one)}`).join(' · ');
}
