import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';

/** One thing that is not as the task wants it: a place of the database, or words that were to be said. */
export interface TauDifference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** A line of the conversation as the scoring program reads it. */
export interface TauLine {
  readonly role: 'bot' | 'buyer';
  readonly text: string;
}

const verdictShape = z.object({
  differences: z.array(z.object({ path: z.string(), expected: z.unknown(), got: z.unknown() })),
  said: z.array(z.object({ info: z.string(), met: z.boolean() })).nullish(),
});

const run = promisify(execFile);
const failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

/** Has the folder's own program compare the database and the transcript with what the task wants. */
export async function score(data: string, task: string, folder: string, database: string, transcript: readonly TauLine[]): Promise<{ readonly passed: boolean; readonly differences: readonly TauDifference[] }> {
  const [after, said] = [join(folder, 'after.json'), join(folder, 'transcript.jsonl')];
  await writeFile(after, database);
  await writeFile(said, transcript.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const args = [join(data, 'score.mjs'), '--db-before', join(data, 'db.json'), '--tasks', join(data, 'tasks.train.json'), '--task', task, '--db-after', after, '--transcript', said, '--json'];
  const done = await run(process.execPath, args, { maxBuffer: 64 * 1_048_576 }).then(({ stdout }) => ({ code: 0, stdout, stderr: '' }), (error: unknown) => {
    const told = failed.safeParse(error);
    if (told.success) return told.data;
    throw error;
  });
  if (done.code > 1) throw new Fault('import.invalid', `score.mjs could not score task ${task}: ${done.stderr.trim()}`);
  const verdict = verdictShape.parse(JSON.parse(done.stdout));
  const unsaid = (verdict.said ?? []).filter(({ met }) => !met).map(({ info }) => ({ path: 'said', expected: info, got: null }));
  return { passed: done.code === 0, differences: [...verdict.differences, ...unsaid] };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Where two documents differ, absent and null being the same; lists must have the same order. */
export function differencesBetween(expected: unknown, got: unknown, path = ''): TauDifference[] {
  const [a, b] = [expected ?? null, got ?? null];
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return a === b ? [] : [{ path, expected: a, got: b }];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differencesBetween(a[key], b[key], path === '' ? key : `${path}.${key}`));
}
