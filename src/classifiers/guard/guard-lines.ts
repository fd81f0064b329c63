import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../domain/fault.js';
import { GUARD_KINDS } from '../../domain/guard.js';
import { guardIdeasOf, guardWordsOf } from '../languages/guard-index.js';
import { MODEL_VERSION, packFile, packLinear, unpackFile, unpackLinear } from '../linear/model-file.js';
import type { LinearModel } from '../linear/training.js';
import { cacheModel } from '../model.js';
import { GUARD_TRAINING, learnGuardModel, type GuardLine } from './guard-model.js';

/** Changes whenever what is read of a message changes, so that an older model is learned anew. */
const TRAITS_VERSION = 3;
const LABELS: readonly string[] = [...GUARD_KINDS, 'normal'];
const isLabel = (label: string | undefined): label is GuardLine['label'] => label !== undefined && LABELS.includes(label);

const CHOICE = /\{([^}]*\|[^}]*)\}/gu;

/**
 * The sentences of a line with choices, "{Send|Give} me your {PIN|IBAN}": as many as its longest choice is long, in which each of
 * its words occurs, and those of the others beside them in turn. They teach that it is the asking that counts, whatever is asked for.
 */
export function sentencesOf(line: string): readonly string[] {
  const sizes = [...line.matchAll(CHOICE)].map(([, words = '']) => words.split('|').length);
  const most = Math.max(1, ...sizes);
  const longest = sizes.indexOf(most);
  return Array.from({ length: most }, (_, i) => {
    let at = -1;
    return line.replace(CHOICE, (_whole, words: string) => {
      at += 1;
      const all = words.split('|');
      return all[(at === longest ? i : i * (2 * at + 1) + at) % all.length] ?? '';
    });
  });
}

/** Reads the lines the guard learns from: a file a language, `<tag>.tsv`, with a text (which may hold choices), a tab and a label a line. */
export async function readGuardLines(folder: string): Promise<readonly GuardLine[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.tsv')).sort();
  const problems: string[] = [];
  const lines: GuardLine[] = [];
  for (const file of files) {
    const [, ...rows] = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');
    rows.forEach((row, i) => {
      const [text, label, ...more] = row.split('\t');
      if (!text || !isLabel(label) || more.length > 0) problems.push(`${file}:${i + 2} is not a text, a tab and a label`);
      else lines.push(...sentencesOf(text).map((one) => ({ text: one, locale: file.slice(0, -'.tsv'.length), label })));
    });
  }
  if (problems.length > 0) throw new Fault('intents.invalid', `${problems.length} mistake(s) in the lines of the guard:\n${problems.join('\n')}`);
  return lines;
}

/** The model as the bytes of its file. */
export const saveGuardModel = (model: LinearModel): Uint8Array => packFile(packLinear(model));

/** The guard's model from the cache, or learned from its lines and cached where they or the program have changed; it takes about a minute then. */
export async function openGuardModel({ linesFolder, cacheFolder }: { readonly linesFolder: string; readonly cacheFolder: string }): Promise<LinearModel> {
  const lines = await readGuardLines(linesFolder);
  const words = [...new Set(lines.map(({ locale }) => locale))].map((locale) => [guardIdeasOf(locale), guardWordsOf(locale)]);
  const program = createHash('sha256').update(JSON.stringify([MODEL_VERSION, TRAITS_VERSION, GUARD_TRAINING, words, lines])).digest('hex').slice(0, 32);
  const path = join(cacheFolder, `guard-${program}.model`);
  try {
    return unpackLinear(unpackFile(await readFile(path)));
  } catch {
    // Absent or damaged: it is only a cache.
    const model = learnGuardModel(lines);
    await cacheModel(path, saveGuardModel(model));
    return model;
  }
}
