import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { yamlMistakes, yamlReading, type YamlMistake } from '../domain/yaml-document.js';

/** Where something stands in a policy file: the path of the value, and its line (0 where it was left out). */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** A place as it is told: "returns.windowDays (line 34)". */
export const placeName = ({ path, line }: Place): string => (line === 0 || path.startsWith('line ') ? path : `${path} (line ${line})`);

/** A policy file as read, and where each of its values stands. */
export interface PlacedDocument {
  readonly document: Document.Parsed;
  /** What is wrong with how it is written. */
  readonly mistakes: readonly YamlMistake[];
  /** The place of a path; where the file leaves it out, that of the nearest part that is there. */
  placeOf(path: readonly PropertyKey[]): Place;
}

/** The pair of a map by its key, those merged in with `<<` too. */
function valueIn(node: unknown, key: string, document: Document): { readonly node: unknown; readonly from: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
    if (pair) return { node: pair.value, from: pair.key };
    const merged = node.items.find((one) => isScalar(one.key) && one.key.value === '<<');
    return merged ? valueIn(resolved(merged.value, document), key, document) : undefined;
  }
  if (isSeq(node)) {
    const item: unknown = node.items[Number(key)];
    return item === undefined ? undefined : { node: item, from: isPair(item) ? item.key : item };
  }
  return undefined;
}

/** What an alias (`*eu`) stands for; anything else as it is. */
const resolved = (node: unknown, document: Document): unknown => (isAlias(node) ? node.resolve(document) : node);

/** Reads YAML, keeping the lines. */
export function readPlaced(yaml: string): PlacedDocument {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, merge: true, ...yamlReading });
  const lineOf = (node: unknown): number => {
    const start = (node as Node | null | undefined)?.range?.[0];
    return start === undefined ? 0 : lines.linePos(start).line;
  };
  return {
    document,
    mistakes: yamlMistakes(document, yaml),
    placeOf(path) {
      let [node, line]: [unknown, number] = [document.contents, 0];
      for (const key of path) {
        const found = valueIn(resolved(node, document), String(key), document);
        if (!found) break;
        // An alias is told where it is used, not where what it stands for was written.
        [node, line] = [found.node, lineOf(found.from) || line];
      }
      return { path: path.map(String).join('.') || '(whole file)', line };
    },
  };
}
