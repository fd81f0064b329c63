import type { Json } from './text.js';

/** JSON in the one spelling that a hash is taken of: keys in order, no blanks. What JSON cannot hold is left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  const plain = JSON.parse(JSON.stringify(value ?? null)) as Json;
  return JSON.stringify(sorted(plain));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, one]) => [key, sorted(one)]));
}

/** Where two pieces of plain JSON first differ, and what stands there in each; null where they are the same. */
export function firstDifference(one: Json | undefined, other: Json | undefined, path = ''): { readonly path: string; readonly was: Json | undefined; readonly is: Json | undefined } | null {
  if (canonicalJson(one) === canonicalJson(other) && (one === undefined) === (other === undefined)) return null;
  const areNested = typeof one === 'object' && one !== null && typeof other === 'object' && other !== null && Array.isArray(one) === Array.isArray(other);
  if (!areNested) return { path, was: one, is: other };
  const [left, right] = [one as Readonly<Record<string, Json>>, other as Readonly<Record<string, Json>>];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = firstDifference(left[key], right[key], path === '' ? key : `${path}.${key}`);
    if (found) return found;
  }
  return { path, was: one, is: other };
}
