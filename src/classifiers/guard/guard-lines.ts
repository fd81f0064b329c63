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

/** The files of a folder of lines by name, as they are. */
async function filesOf(folder: string): Promise<readonly { readonly file: string; readonly content: Buffer }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.tsv')).sort();
  return Promise.all(files.map(async (file) => ({ file, content: await readFile(join(folder, file)) })));
}

function linesOf(files: Awaited<ReturnType<typeof filesOf>>): readonly GuardLine[] {
  const problems: string[] = [];
  const lines: GuardLine[] = [];
  for (const { file, content } of files) {
    const [, ...rows] = content.toString('utf8').trimEnd().split('\n');
    rows.forEach((row, i) => {
      const [text, label, ...more] = row.split('\t');
      if (!text || !isLabel(label) || more.length > 0) problems.push(`${file}:${i + 2} is not a text, a tab and a label`);
      else lines.push(...sentencesOf(text).map((one) => ({ text: one, locale: file.slice(0, -'.tsv'.length), label })));
    });
  }
  if (problems.length > 0) throw new Fault('intents.invalid', `${problems.length} mistake(s) in the lines of the guard:\n${problems.join('\n')}`);
  return lines;
}

/** Reads the lines the guard learns from: a file a language, `<tag>.tsv`, with a text (which may hold choices), a tab and a label a line. */
export const readGuardLines = async (folder: string): Promise<readonly GuardLine[]> => linesOf(await filesOf(folder));

/** The model as the bytes of its file. */
export const saveGuardModel = (model: LinearModel): Uint8Array => packFile(packLinear(model));

/** The guard's model from the cache, or learned from its lines and cached where they or the program have changed; it takes about a minute then. */
export async function openGuardModel({ linesFolder, cacheFolder }: { readonly linesFolder: string; readonly cacheFolder: string }): Promise<LinearModel> {
  // What is learned from is known by its bytes: at a start with a model at hand no line is read.
  const files = await filesOf(linesFolder);
  const words = files.map(({ file }) => file.slice(0, -'.tsv'.length)).map((locale) => [guardIdeasOf(locale), guardWordsOf(locale)]);
  const hash = createHash('sha256').update(JSON.stringify([MODEL_VERSION, TRAITS_VERSION, GUARD_TRAINING, words]));
  for (const { file, content } of files) hash.update(`${file} ${content.length}\n`).update(content);
  const program = hash.digest('hex').slice(0, 32);
  const path = join(cacheFolder, `guard-${program}.model`);
  try {
    return unpackLinear(unpackFile(await readFile(path)));
  } catch {
    // Absent or damaged: it is only a cache.
    const model = learnGuardModel(linesOf(files));
    await cacheModel(path, saveGuardModel(model));
    return model;
  }
}
