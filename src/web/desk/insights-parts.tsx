import type { ComponentChildren } from 'preact';
import { useWords } from './texts.js';

/** What the desk's cards are about; each has a title and a meaning among the words. */
export type CardId = 'contacts' | 'durable' | 'handovers' | 'first' | 'resolution' | 'satisfaction' | 'intents' | 'refusals' | 'refunds' | 'defects' | 'disputes' | 'missed';

/** A picture with its title and, beside it, what is counted in it. */
export function Card({ id, isWide = false, isEmpty, children }: { readonly id: CardId; readonly isWide?: boolean; readonly isEmpty: boolean; readonly children: ComponentChildren }) {
  const words = useWords();
  return (
    <section class={`insight${isWide ? ' is-wide' : ''}`} aria-labelledby={`insight-${id}`} data-insight={id}>
      <h2 id={`insight-${id}`}>{words(`insights.${id}`)}</h2>
      <p class="means">{words(`insights.${id}.means`)}</p>
      {isEmpty ? <p class="faint insight-none">{words('insights.none')}</p> : children}
    </section>
  );
}

/** One number, large; below it what it is made of, and what it was. */
export function Tile({ name, value, more, note }: { readonly name: string; readonly value: string; readonly more?: string; readonly note: string }) {
  return <div class="tile"><dt>{name}</dt><dd><span class="tile-value">{value}</span> {more !== undefined && <><span class="faint tile-more">{more}</span>{' '}</>}<span class="faint">{note}</span></dd></div>;
}

/** How numbers are written in the language in use; what there is none of is a dash. */
export function useFormats() {
  const words = useWords();
  const percents = new Intl.NumberFormat(words.language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    percent: (share: number | null): string => (share === null ? '–' : percents.format(share)),
    span: (ms: number | null): string => (ms === null ? '–' : words.span(ms)),
    before: (value: string): string => words('insights.before', { value }),
    money: (amount: number, currency: string): string => words.money({ amount, currency }),
  };
}
