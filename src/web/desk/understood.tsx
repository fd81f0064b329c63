import type { Json, Trace, Value } from '../../domain/message.js';
import type { Receipt } from '../../domain/receipt.js';
import { useWords, type Words } from './texts.js';

/** How the bot came to a line: what it understood, in which flow, by which rules. Folded until wanted. */
export function Understood({ trace, names = {} }: { readonly trace: Trace; readonly names?: Readonly<Record<string, string>> }) {
  const words = useWords();
  const { intents, entities, receipts, flow } = trace;
  if (intents.length === 0 && receipts.length === 0 && entities.length === 0) return null;
  const head = [
    ...(intents.length > 0 ? [words('understood', { what: intents.map(({ intent, confidence }) => `${names[intent] ?? intent} ${confidence.toFixed(2)}`).join(' + ') })] : []),
    ...(flow === null ? [] : [words('flow', { flow })]),
    ...(intents.length === 0 && receipts.length > 0 ? [words('receipts')] : []),
  ].join(' · ');
  const unsure = intents.filter(({ verdict }) => verdict !== 'sure');
  if (entities.length === 0 && receipts.length === 0 && unsure.length === 0) return <p class="understood plain">{head}</p>;
  return (
    <details class="understood">
      <summary>{head}</summary>
      {unsure.length > 0 && <p>{unsure.map(({ intent, verdict }) => `${names[intent] ?? intent}: ${words.term('verdict', verdict)}`).join(' · ')}</p>}
      {entities.length > 0 && <dl class="facts">{entities.map((entity, index) => <EntityRow key={index} entity={entity} />)}</dl>}
      {receipts.length > 0 && <Receipts receipts={receipts} />}
    </details>
  );
}

function EntityRow({ entity }: { readonly entity: Json }) {
  const words = useWords();
  const { kind, raw, start: _start, end: _end, ...value } = (typeof entity === 'object' && entity !== null ? entity : {}) as Record<string, Json | undefined>;
  return <div><dt>{words.term('entity', String(kind ?? '?'))}</dt><dd><bdi>{plainJson('value' in value ? value['value'] ?? null : Object.keys(value).length > 0 ? (value as Json) : raw ?? null)}</bdi></dd></div>;
}

/** Verdicts with their rule and what went into them. */
export function Receipts({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const words = useWords();
  return (
    <ul class="receipts">
      {receipts.map((receipt, index) => (
        <li key={index}>
          <span class={`verdict ${receipt.granted ? 'good' : 'bad'}`}>{words(receipt.granted ? 'receipt.granted' : 'receipt.refused')}</span> <code>{receipt.rule}</code>
          {Object.keys(receipt.inputs).length > 0 && <span class="inputs"> {Object.entries(receipt.inputs).map(([name, value]) => `${name}: ${plainValue(value, words)}`).join(' · ')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** A value of a rule in few words; sentences to be are named by their key. */
function plainValue(value: Value, words: Words): string {
  if (typeof value !== 'object') return String(value);
  if ('money' in value) return words.money(value.money);
  if ('date' in value) return value.style === 'time' ? words.time(value.date) : words.day(value.date);
  if ('country' in value) return words.country(value.country);
  if ('language' in value) return words.languageName(value.language);
  if ('text' in value) return value.text.key;
  if ('category' in value) return value.category.replaceAll('_', ' ');
  if ('list' in value) return words.list(value.list.map((one) => plainValue(one, words)));
  if ('lines' in value) return value.lines.map((one) => plainValue(one, words)).join('; ');
  const { name, line1, postcode, city, country } = value.address;
  return words.list([name, line1, `${postcode} ${city}`, country]);
}

/** JSON as a person would jot it down. */
export function plainJson(value: Json): string {
  if (value === null) return '–';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(plainJson).join(', ');
  return Object.entries(value as Readonly<Record<string, Json>>).map(([name, one]) => `${name}: ${plainJson(one)}`).join(' · ');
}
