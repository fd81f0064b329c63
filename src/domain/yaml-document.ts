/** What of a YAML document is looked at here; the reader that makes it is the caller's. */
interface DocumentRead {
  readonly contents: unknown;
  readonly errors: readonly { readonly message: string; readonly pos: readonly [number, number] }[];
}

/** A mistake in the writing of a YAML file, and the line it stands in. */
export interface YamlMistake {
  readonly line: number;
  readonly message: string;
}

/** How files of an operator are read as YAML: what a reader finds out by itself in a time that grows with the square of the file's length is left to `yamlMistakes`. */
export const yamlReading = { prettyErrors: false, uniqueKeys: false } as const;

const mostMistakes = 20;

/** Keys that stand twice in one map, by where the second begins. */
function repeatedKeys(contents: unknown): { readonly key: string; readonly at: number }[] {
  const found: { key: string; at: number }[] = [];
  const open: unknown[] = [contents];
  while (open.length > 0 && found.length < mostMistakes) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { items, key, value, range } = node as { readonly items?: readonly unknown[]; readonly key?: unknown; readonly value?: unknown; readonly range?: readonly number[] };
    if (key !== undefined || range === undefined) open.push(value, key);
    if (!Array.isArray(items)) continue;
    const seen = new Set<unknown>();
    for (const item of items) {
      open.push(item);
      const name = (item as { readonly key?: { readonly value?: unknown; readonly range?: readonly number[] } } | null)?.key;
      if (name === undefined || name === null || !('value' in name) || name.value === '<<') continue;
      if (seen.has(name.value)) found.push({ key: String(name.value), at: name.range?.[0] ?? 0 });
      seen.add(name.value);
    }
  }
  return found;
}

/** The first mistakes in the writing of a document that was read with `yamlReading`, in their order. */
export function yamlMistakes(document: DocumentRead, source: string): YamlMistake[] {
  const told = document.errors.slice(0, mostMistakes).map(({ message, pos: [at] }) => ({ message, at }));
  const found = [...told, ...repeatedKeys(document.contents).map(({ key, at }) => ({ message: `"${key}" stands here twice`, at }))].toSorted((a, b) => a.at - b.at).slice(0, mostMistakes);
  let [line, place] = [1, 0];
  return found.map(({ message, at }) => {
    for (let next = source.indexOf('\n', place); next !== -1 && next < at; next = source.indexOf('\n', place)) {
      line += 1;
      place = next + 1;
    }
    return { line, message };
  });
}
