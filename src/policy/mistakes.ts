import type { z } from 'zod';
import { meanings, type Meaning } from './meanings.js';
import type { Place } from './places.js';

/** What is wrong with a policy: where, and what is allowed there. `line` is 0 where the file leaves it out. */
export interface PolicyProblem extends Place {
  readonly message: string;
}

const layers = ['items', 'categories', 'members', 'countries'];

/** How many letters must be put in, taken out or changed to get from one word to another. */
function apart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === against ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Longer than any name there is. */
const longest = 60;

/** The word of a list somebody may have meant: nearly the same letters, whatever their case. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  const [best] = known.map((one) => ({ one, far: apart(word.toLowerCase(), one.toLowerCase()) })).toSorted((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(word.length / 4)) ? best.one : undefined;
}

const meant = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  return near === undefined ? '' : `; did you mean “${near}”?`;
};

/** The path as the meanings have it: names in a layer and numbers in a list left out. */
function general(path: readonly PropertyKey[]): string[] {
  const out: string[] = [];
  for (const key of path.map(String)) {
    if (layers.includes(out.at(-1) ?? '')) out.splice(-1, 1, '<layer>');
    else if (!/^\d+$/u.test(key)) out.push(key);
  }
  return out;
}

/** What is meant at a path, or at the nearest part above it that has a meaning. */
function meaningAt(path: readonly PropertyKey[]): Meaning | undefined {
  for (let keys = general(path); keys.length > 0; keys = keys.slice(0, -1)) {
    const found = meanings[keys.join('.')];
    if (found) return found;
  }
  return undefined;
}

/** The settings that may stand under a path. */
function settingsAt(path: readonly PropertyKey[]): string[] {
  const keys = general(path);
  const start = keys.length === 0 ? '' : `${keys.join('.')}.`;
  return [...new Set(Object.keys(meanings).filter((one) => one.startsWith(start)).map((one) => one.slice(start.length).split('.')[0] ?? ''))]
    .flatMap((one) => (one === '<layer>' ? layers : [one]));
}

const kinds: Readonly<Record<string, string>> = { int: 'a whole number', number: 'a number', boolean: 'true or false', string: 'text', array: 'a list: [one, two]', object: 'settings of its own: { … }', record: 'settings of its own: { … }' };

/** What one mistake comes to, in words for a merchant. */
function wordsFor(issue: z.core.$ZodIssue): string {
  const wanted = meaningAt(issue.path);
  const hint = wanted ? ` (${wanted.unit}; for example ${wanted.example})` : '';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `is missing${hint}` : `must be ${kinds[issue.expected] ?? issue.expected}${hint}`;
    case 'too_small': return issue.origin === 'number' || issue.origin === 'int' ? `must be at least ${String(issue.minimum)}${hint}` : `must not be empty${hint}`;
    case 'too_big': return `must be at most ${String(issue.maximum)}${hint}`;
    case 'invalid_value': {
      const words = issue.values.map(String);
      return `must be one of: ${words.join(', ')}${typeof issue.input === 'string' ? meant(issue.input, words) : ''}`;
    }
    case 'invalid_key': return issue.issues[0]?.message ?? issue.message;
    default: return issue.message;
  }
}

/** The mistakes zod has found, each with its place and in words for a merchant; of a setting nobody knows, the one that may be meant. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], placeOf: (path: readonly PropertyKey[]) => Place): PolicyProblem[] {
  return issues.flatMap((issue): PolicyProblem[] => {
    if (issue.code !== 'unrecognized_keys') return [{ ...placeOf(issue.path), message: wordsFor(issue) }];
    return issue.keys.map((key) => ({ path: placeOf(issue.path).path, line: placeOf([...issue.path, key]).line, message: `there is no setting “${key}” here${meant(key, settingsAt(issue.path))}` }));
  });
}

/** What keeps a file from being read as YAML. One slip of the indentation makes every line behind it wrong: the first few are told. */
export function slipsOf(mistakes: readonly { readonly line: number; readonly message: string }[]): PolicyProblem[] {
  const most = 3;
  const told = mistakes.slice(0, most).map(({ line, message }): PolicyProblem => ({ path: `line ${line}`, line, message }));
  const rest = mistakes.length - most;
  return rest > 0 ? [...told, { path: '(whole file)', line: 0, message: `${rest} more that may come of these: look at how far the lines stand in, spaces only` }] : told;
}
