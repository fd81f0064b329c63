import type { z } from 'zod';
import { findPositions, findSyntaxProblem, printPath, type JsonPath } from './json-positions.js';
import type { Complain } from './known.js';

/** One thing that is wrong in a shop's file: where, which field, what. */
export interface ShopProblem {
  readonly line: number;
  readonly column: number;
  /** The field, like `orders[3].lines[0].quantity`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A problem before its place in the text has been looked up. */
export interface Found { readonly path: JsonPath; readonly message: string }

/** As many problems as are told at once. */
export const MOST_PROBLEMS = 200;

/** Where a text that is not JSON stops being it. */
export function syntaxProblem(text: string): ShopProblem {
  const problem = findSyntaxProblem(text);
  return { line: problem?.line ?? 1, column: problem?.column ?? 1, path: '', message: `is not JSON: ${problem?.problem ?? 'it cannot be read'}` };
}

/** Reads a part of a file by its schema and complains of what does not fit. */
export function read<T>(schema: z.ZodType<T>, value: unknown, path: JsonPath, complain: Complain): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const here = [...path, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => complain([...here, key], 'is not a field of the format'));
    else complain(here, explain(issue));
  }
  return undefined;
}

/** What zod says, in the words of someone who looks at the file. */
function explain(issue: z.core.$ZodIssue): string {
  if (issue.message.endsWith('received undefined')) return 'is missing';
  if (issue.code === 'invalid_type') return issue.message.replace(/^Invalid input: expected (\S+), received (\S+)$/u, 'must be of type $1, not $2');
  if (issue.code === 'invalid_value') return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
  return issue.message;
}

/** Finds where the problems stand in the file; no more than can be mended in one go. */
export function locate(found: readonly Found[], text: string): ShopProblem[] {
  const shown = found.slice(0, MOST_PROBLEMS);
  const positions = findPositions(text, shown.map((each) => each.path));
  const problems = shown.map(({ path, message }, index) => ({ ...(positions[index] ?? { line: 1, column: 1 }), path: printPath(path), message }));
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  if (found.length > shown.length) problems.push({ line: 1, column: 1, path: '', message: 'there are more problems than these; mend them first' });
  return problems;
}

/** A problem as one line of text. */
export const printProblem = (problem: ShopProblem): string =>
  `line ${problem.line}, column ${problem.column}: ${problem.path === '' ? 'the file' : problem.path} ${problem.message}`;
