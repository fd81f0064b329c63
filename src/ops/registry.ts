/** The labels of one series: names and values from small fixed sets, never anything a customer wrote. */
export type Labels = Readonly<Record<string, string>>;

/** Counts up. */
export interface Counter {
  add(labels?: Labels, by?: number): void;
}

/** Counts observations in buckets, with their sum. */
export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

type Reading = number | readonly (readonly [Labels, number])[];

/** All metrics of this process, and their text in the exposition format that Prometheus reads. */
export interface Registry {
  counter(name: string, help: string): Counter;
  histogram(name: string, help: string, buckets: readonly number[]): Histogram;
  /** Read when somebody looks; one value, or one a series. What cannot be read at that moment is left out. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, type?: 'gauge' | 'counter'): void;
  text(): Promise<string>;
}

/** More series than any metric of ours has; a label that goes astray must not fill the memory. */
const mostSeries = 2_000;

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const keyOf = (labels: Labels): string => Object.keys(labels).sort().map((name) => `${name}="${escaped(labels[name] ?? '')}"`).join(',');
const series = (name: string, key: string, value: number): string => `${name}${key === '' ? '' : `{${key}}`} ${value}`;
const and = (key: string, more: string): string => (key === '' ? more : `${key},${more}`);

/**
 * Makes an empty registry. The text format is a few lines, so this is kept here instead of a client library, whose further
 * packages would be installed for everybody.
 */
export function createRegistry(): Registry {
  const parts: (() => Promise<string[]>)[] = [];
  const put = <T>(map: Map<string, T>, key: string, fresh: () => T): T | undefined => {
    const known = map.get(key);
    if (known !== undefined || map.size >= mostSeries) return known;
    const made = fresh();
    map.set(key, made);
    return made;
  };
  const head = (name: string, help: string, type: string): string[] => [`# HELP ${name} ${help.replaceAll('\n', ' ')}`, `# TYPE ${name} ${type}`];

  return {
    counter(name, help) {
      const values = new Map<string, { count: number }>();
      parts.push(async () => [...head(name, help, 'counter'), ...[...values].map(([key, { count }]) => series(name, key, count))]);
      return {
        add(labels = {}, by = 1) {
          const one = put(values, keyOf(labels), () => ({ count: 0 }));
          if (one) one.count += by;
        },
      };
    },
    histogram(name, help, buckets) {
      const values = new Map<string, { readonly counts: number[]; sum: number; count: number }>();
      parts.push(async () => [...head(name, help, 'histogram'), ...[...values].flatMap(([key, { counts, sum, count }]) => [
        ...buckets.map((most, n) => series(`${name}_bucket`, and(key, `le="${most}"`), counts[n] ?? 0)),
        series(`${name}_bucket`, and(key, 'le="+Inf"'), count), series(`${name}_sum`, key, sum), series(`${name}_count`, key, count),
      ])]);
      return {
        observe(value, labels = {}) {
          const one = put(values, keyOf(labels), () => ({ counts: buckets.map(() => 0), sum: 0, count: 0 }));
          if (!one || !Number.isFinite(value)) return;
          one.sum += value;
          one.count += 1;
          for (let n = buckets.length - 1; n >= 0 && value <= (buckets[n] ?? 0); n -= 1) one.counts[n] = (one.counts[n] ?? 0) + 1;
        },
      };
    },
    gauge(name, help, read, type = 'gauge') {
      parts.push(async () => {
        const value = await read();
        return [...head(name, help, type), ...(typeof value === 'number' ? [series(name, '', value)] : value.map(([labels, one]) => series(name, keyOf(labels), one)))];
      });
    },
    async text() {
      // One source that is away (a database) must not hide the others.
      const lines = await Promise.all(parts.map((part) => part().catch(() => [])));
      return `${lines.flat().join('\n')}\n`;
    },
  };
}
