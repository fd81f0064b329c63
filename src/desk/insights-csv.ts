import type { Figures, Times } from '../domain/metrics/figures.js';
import type { Insights } from './insights.js';

/** One number: what it is, of what, in which unit. */
type Row = readonly [metric: string, of: string, unit: string, value: number | null];

const times = (metric: string, { count, medianMs, p90Ms, inTime, late }: Times): Row[] => [
  [metric, 'count', 'count', count], [metric, 'median', 'seconds', medianMs === null ? null : medianMs / 1000], [metric, 'p90', 'seconds', p90Ms === null ? null : p90Ms / 1000],
  [metric, 'in time', 'count', inTime], [metric, 'late', 'count', late],
];

function rowsOf(figures: Figures): Row[] {
  const { contacts, durable, handOvers, satisfaction, refusals, refunds, goodwill, defects, disputes, notUnderstood } = figures;
  return [
    ...Object.entries(contacts).map(([outcome, count]): Row => ['contacts', outcome, 'count', count]),
    ['durable resolution', 'solved', 'count', durable.solved], ['durable resolution', 'held 7 days', 'count', durable.held],
    ...handOvers.map(({ reason, count }): Row => ['hand-overs', reason, 'count', count]),
    ...times('first answer', figures.firstAnswer), ...times('resolution', figures.resolution),
    ...Object.entries(satisfaction).map(([name, count]): Row => ['satisfaction', name, 'count', count]),
    ...refusals.map(({ rule, count }): Row => ['refusals', rule, 'count', count]),
    ...refunds.flatMap(({ flow, currency, count, amount }): Row[] => [['refunds', `${flow} ${currency}`, 'count', count], ['refunds', `${flow} ${currency}`, 'minor units', amount]]),
    ...goodwill.flatMap(({ kind, currency, count, amount }): Row[] => [['goodwill', `${kind} ${currency}`.trim(), 'count', count], ...(currency === '' ? [] : [['goodwill', `${kind} ${currency}`, 'minor units', amount] as const])]),
    ['order defects', 'orders', 'count', defects.orders], ['order defects', 'defective', 'count', defects.defective],
    ['disputes', 'orders told', 'count', disputes.told.orders], ['disputes', 'orders told, disputed', 'count', disputes.told.disputed],
    ['disputes', 'orders not told', 'count', disputes.untold.orders], ['disputes', 'orders not told, disputed', 'count', disputes.untold.disputed],
    ['not understood', 'messages', 'count', notUnderstood.messages], ['not understood', 'unsure', 'count', notUnderstood.unsure],
    ['not understood', 'out of scope', 'count', notUnderstood.outOfScope], ['not understood', 'questions without an answer', 'count', notUnderstood.gaps],
    ...notUnderstood.byLocale.flatMap(({ locale, messages, missed }): Row[] => [['not understood', `${locale}: messages`, 'count', messages], ['not understood', `${locale}: missed`, 'count', missed]]),
    ...figures.intents.map(({ day, intent, locale, channel, count }): Row => ['intents', `${day} ${intent} ${locale} ${channel}`, 'count', count]),
  ];
}

/** A field: quoted, and never begun with what a spreadsheet would take as a formula. */
const field = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  return `"${(typeof value === 'string' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

/** All figures as one table, a number a line, with the span before it beside it. */
export function insightsCsv({ figures, before }: Pick<Insights, 'figures' | 'before'>): string {
  const [now, then] = [rowsOf(figures), rowsOf(before)];
  const keyOf = ([metric, of, unit]: Row): string => JSON.stringify([metric, of, unit]);
  const earlier = new Map(then.map((row) => [keyOf(row), row[3]]));
  const own = new Set(now.map(keyOf));
  // Of what there was none in one of the spans stands nothing there; what happened on a day belongs to its own span alone.
  const rows = [...now.map((row) => [...row, row[0] === 'intents' ? null : earlier.get(keyOf(row)) ?? 0] as const), ...then.filter((row) => row[0] !== 'intents' && !own.has(keyOf(row))).map(([metric, of, unit, value]) => [metric, of, unit, 0, value] as const)];
  const head = ['metric', 'of', 'unit', `${figures.span.from}/${figures.span.to}`, `${before.span.from}/${before.span.to}`];
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}
