import type { Figures } from '../../domain/metrics/figures.js';
import type { Column } from './charts.js';

const dayMs = 86_400_000;

/** What the page is answered. */
export interface InsightsAnswer {
  readonly now: string;
  readonly figures: Figures;
  readonly before: Figures;
  readonly isShopAway: boolean;
}

/** A share, or null of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Contacts that came to an end and were about something. */
export const settledOf = ({ contacts }: Figures): number => contacts.confirmed + contacts.assumed + contacts['handed-over'] + contacts.unsolved;

/** Satisfied and still so after a week, of all who answered. */
export const satisfiedOf = ({ satisfaction: { good, bad, reopened } }: Figures): number | null => shareOf(good - reopened, good + bad);

/** What is wanted over the days, or weeks where there are many: the most frequent intents and the rest. */
export function intentsOver(figures: Figures, only: { readonly locale: string; readonly channel: string }, most: number, label: (day: string) => string) {
  const rows = figures.intents.filter(({ locale, channel }) => (only.locale === '' || only.locale === locale) && (only.channel === '' || only.channel === channel));
  const totals = new Map<string, number>();
  for (const { intent, count } of rows) totals.set(intent, (totals.get(intent) ?? 0) + count);
  const ranked = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const top = ranked.slice(0, most).map(([intent]) => intent);
  const from = Date.parse(figures.span.from);
  const days = Math.round((Date.parse(figures.span.to) - from) / dayMs);
  const step = days > 45 ? 7 : 1;
  const columns: Column[] = Array.from({ length: Math.ceil(days / step) }, (_, index) => ({ label: label(new Date(from + index * step * dayMs).toISOString()), values: [...top, ''].map(() => 0) }));
  const values = columns.map((column) => [...column.values]);
  for (const { day, intent, count } of rows) {
    const own = values[Math.floor((Date.parse(`${day}T00:00:00Z`) - from) / dayMs / step)];
    const at = top.indexOf(intent);
    const series = at < 0 ? top.length : at;
    if (own) own[series] = (own[series] ?? 0) + count;
  }
  return {
    columns: columns.map((column, index) => ({ ...column, values: values[index] ?? [] })),
    series: [...top.map((intent) => ({ intent, count: totals.get(intent) ?? 0 })), { intent: '', count: ranked.slice(most).reduce((sum, [, count]) => sum + count, 0) }],
  };
}
