import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Source files by their path inside `src/`. */
export type Sources = Readonly<Record<string, string>>;

/** Every TypeScript file of `src/`, as text. */
export function readSources(): Sources {
  const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/u.test(file)).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(`${root}src/${file}`, 'utf8')]));
}

/** Code without its comments; what stands in strings is kept. */
export const withoutComments = (source: string): string =>
  source.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*/gu, (whole, text: string | undefined) => text ?? whole.replace(/[^\n]/gu, ''));
