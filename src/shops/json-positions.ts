/** Where something stands in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Steps from the root of a JSON document: names of members and indexes of elements. */
export type JsonPath = readonly (string | number)[];

/** A path as one writes it: `orders[3].total`. */
export const printPath = (path: JsonPath): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), '');

interface Wanted { offset: number; readonly inside: Map<string | number, Wanted> }
interface Frame { readonly close: '}' | ']'; readonly wanted: Wanted | undefined; index: number; isEmpty: boolean }

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
const BLANK = /[ \t\r\n]*/uy;
const WORDS = ['true', 'false', 'null'] as const;

/** A place where a text stops being JSON, and what was expected there. */
class Stop {
  readonly offset: number;
  readonly problem: string;
  constructor(offset: number, problem: string) {
    this.offset = offset;
    this.problem = problem;
  }
}

const match = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const afterBlank = (text: string, at: number): number => at + (match(BLANK, text, at) ?? '').length;

const endOfString = (text: string, at: number): number => {
  if (text[at] !== '"') throw new Stop(at, text[at] === undefined ? 'the file ends here; a name in double quotes was expected' : 'a name in double quotes was expected');
  let end = at + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 0x22) return end + 1;
    if (Number.isNaN(code)) throw new Stop(end, 'the file ends inside a text');
    if (code < 0x20) throw new Stop(end, 'a text in quotes is not closed on its line');
    if (code !== 0x5c) end += 1;
    else {
      const escape = match(ESCAPE, text, end);
      if (escape === null) throw new Stop(end, 'this escape is not one of JSON');
      end += escape.length;
    }
  }
};

const endOfScalar = (text: string, at: number): number => {
  if (text[at] === '"') return endOfString(text, at);
  const word = WORDS.find((candidate) => text.startsWith(candidate, at));
  const scalar = word ?? match(NUMBER, text, at);
  if (scalar === null || scalar === '') throw new Stop(at, text[at] === undefined ? 'the file ends here; a value was expected' : `a value was expected, not “${String.fromCodePoint(text.codePointAt(at) ?? 0)}”`);
  return at + scalar.length;
};

/** Walks the whole document without recursion and notes the offset of every wanted value; throws a Stop where it is not JSON. */
function walk(text: string, root: Wanted | undefined): void {
  const frames: Frame[] = [];
  let at = afterBlank(text, 0);
  let wanted = root;
  for (;;) {
    if (wanted !== undefined) wanted.offset = at;
    const opens = text[at];
    if (opens === '{' || opens === '[') {
      frames.push({ close: opens === '{' ? '}' : ']', wanted, index: -1, isEmpty: true });
      at += 1;
    } else at = endOfScalar(text, at);
    let frame = frames.at(-1);
    at = afterBlank(text, at);
    while (frame !== undefined && text[at] === frame.close) {
      frames.pop();
      frame = frames.at(-1);
      at = afterBlank(text, at + 1);
    }
    if (frame === undefined) {
      if (at < text.length) throw new Stop(at, 'the file goes on after its end');
      return;
    }
    if (!frame.isEmpty) {
      if (text[at] !== ',') throw new Stop(at, text[at] === undefined ? `the file ends here; “${frame.close}” is missing` : `“,” or “${frame.close}” was expected`);
      at = afterBlank(text, at + 1);
    }
    frame.isEmpty = false;
    frame.index += 1;
    let step: string | number = frame.index;
    if (frame.close === '}') {
      const end = endOfString(text, at);
      step = JSON.parse(text.slice(at, end)) as string;
      at = afterBlank(text, end);
      if (text[at] !== ':') throw new Stop(at, '“:” was expected');
      at = afterBlank(text, at + 1);
    }
    wanted = frame.wanted?.inside.get(step);
  }
}

const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
};

/** Finds where a text stops being JSON and why; null if it is JSON. */
export function findSyntaxProblem(text: string): (Position & { readonly problem: string }) | null {
  try {
    walk(text, undefined);
    return null;
  } catch (stop) {
    if (stop instanceof Stop) return { ...positionAt(text, stop.offset), problem: stop.problem };
    throw stop;
  }
}

/** Finds where the values at some paths stand, in one walk; a path that is not there gets the position of what holds it. */
export function findPositions(text: string, paths: readonly JsonPath[]): Position[] {
  const root: Wanted = { offset: 0, inside: new Map() };
  const chains = paths.map((path) => {
    const chain = [root];
    for (const step of path) {
      const parent = chain.at(-1) ?? root;
      const child = parent.inside.get(step) ?? { offset: -1, inside: new Map() };
      parent.inside.set(step, child);
      chain.push(child);
    }
    return chain;
  });
  walk(text, root);
  const offsets = chains.map((chain) => chain.findLast((wanted) => wanted.offset >= 0)?.offset ?? 0);
  return positionsAt(text, offsets);
}

function positionsAt(text: string, offsets: readonly number[]): Position[] {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map<number, Position>();
  let line = 1;
  let start = 0;
  for (const offset of sorted) {
    for (let next = text.indexOf('\n', start); next !== -1 && next < offset; next = text.indexOf('\n', start)) {
      line += 1;
      start = next + 1;
    }
    found.set(offset, { line, column: offset - start + 1 });
  }
  return offsets.map((offset) => found.get(offset) ?? { line: 1, column: 1 });
}
