import type { ComponentChildren } from 'preact';

/** A part of a whole, with the name of its colour. */
export interface Part {
  readonly name: string;
  readonly value: number;
  readonly colour: string;
}

/** One bar made of its parts; the legend under it says what each is and how many. */
export function Stack({ label, parts, share }: { readonly label: string; readonly parts: readonly Part[]; readonly share: (part: number, whole: number) => string }) {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  let start = 0;
  const shown = parts.map((part) => {
    const from = start;
    start += whole === 0 ? 0 : (part.value / whole) * 100;
    return { ...part, from, width: start - from };
  });
  return (
    <>
      <svg class="stack" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`${label}: ${parts.map(({ name, value }) => `${name} ${value}`).join(', ')}`}>
        <rect class="chart-empty" x="0" y="0" width="100" height="8" />
        {shown.map(({ name, from, width, colour }) => width > 0 && <rect key={name} class={`fill-${colour}`} x={from} y="0" width={Math.max(0.2, width - 0.25)} height="8" />)}
      </svg>
      <ul class="legend">{parts.map(({ name, value, colour }) => <li key={name}><span class={`dot back-${colour}`} aria-hidden="true" />{name} <b>{value}</b> <span class="faint">{share(value, whole)}</span></li>)}</ul>
    </>
  );
}

/** A row of a list of bars. */
export interface Bar {
  readonly name: ComponentChildren;
  readonly key: string;
  readonly value: number;
  readonly text: string;
  readonly colour?: string;
  readonly before?: string | undefined;
}

/** Bars under each other, the longest as long as there is room; `most` sets the scale where the bars are shares. */
export function Bars({ bars, most }: { readonly bars: readonly Bar[]; readonly most?: number }) {
  const top = most ?? Math.max(0, ...bars.map(({ value }) => value));
  return (
    <ul class="bars">
      {bars.map(({ key, name, value, text, colour = 'accent', before }) => (
        <li key={key}>
          <span class="bar-name">{name}</span>
          <span class="bar-value">{text}{before !== undefined && <span class="faint"> {before}</span>}</span>
          <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="chart-empty" x="0" y="0" width="100" height="6" />
            <rect class={`fill-${colour}`} x="0" y="0" width={top === 0 ? 0 : Math.max(value > 0 ? 0.6 : 0, (value / top) * 100)} height="6" />
          </svg>
        </li>
      ))}
    </ul>
  );
}

/** A column of a span of days, by series. */
export interface Column {
  readonly label: string;
  readonly values: readonly number[];
}

/** Columns over time, each stacked by series in one order. */
export function Columns({ label, columns, colours }: { readonly label: string; readonly columns: readonly Column[]; readonly colours: readonly string[] }) {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...sums);
  const width = 100 / Math.max(1, columns.length);
  return (
    <figure class="columns">
      <span class="columns-most faint" aria-hidden="true">{most}</span>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={`${label}: ${columns.map((column, index) => `${column.label} ${sums[index]}`).join(', ')}`}>
        <line class="chart-line" x1="0" y1="0.2" x2="100" y2="0.2" /><line class="chart-line" x1="0" y1="20" x2="100" y2="20" /><line class="chart-line" x1="0" y1="39.8" x2="100" y2="39.8" />
        {columns.map((column, index) => {
          let top = 40;
          return column.values.map((value, series) => {
            const height = (value / most) * 40;
            top -= height;
            return height > 0 && <rect key={`${column.label} ${series}`} class={`fill-${colours[series] ?? 'rest'}`} x={index * width + width * 0.12} y={top} width={width * 0.76} height={height}><title>{`${column.label}: ${value}`}</title></rect>;
          });
        })}
      </svg>
      <figcaption class="columns-ends faint"><span>{columns[0]?.label ?? ''}</span><span>{columns.length > 1 ? columns.at(-1)?.label ?? '' : ''}</span></figcaption>
    </figure>
  );
}
