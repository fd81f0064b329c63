import { readFile } from 'node:fs/promises';
import { Fault } from '../domain/fault.js';

/** A text with the intent (or several) someone gave it. */
export interface LabelledText {
  readonly text: string;
  readonly intents: readonly string[];
  /** What kind of text it is ("typo", "angry"); figures are given for each. */
  readonly tags: readonly string[];
}

/** Reads labelled text: tab-separated with a header that names the columns `text` and `intent`; `a+b` is two intents. A column `tags` may follow, blank-separated. */
export function parseLabelledText(source: string, file: string): readonly LabelledText[] {
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
  const header = (lines[0] ?? '').split('\t').map((column) => column.trim().toLowerCase());
  const [textAt, intentAt, tagsAt] = [header.indexOf('text'), header.indexOf('intent'), header.indexOf('tags')];
  if (textAt < 0 || intentAt < 0) {
    throw new Fault('input.invalid', `${file}: the first line must name the columns "text" and "intent", separated by a tab; it reads "${lines[0] ?? ''}"`);
  }
  const texts: LabelledText[] = [];
  lines.slice(1).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = line.split('\t');
    const text = cells[textAt];
    const intents = (cells[intentAt] ?? '').split('+').map((intent) => intent.trim()).filter((intent) => intent !== '');
    if (text === undefined || text.trim() === '' || intents.length === 0) throw new Fault('input.invalid', `${file}: line ${i + 2} lacks its text or its intent`);
    texts.push({ text, intents, tags: (cells[tagsAt] ?? '').split(/\s+/).filter((tag) => tag !== '') });
  });
  if (texts.length === 0) throw new Fault('input.invalid', `${file}: holds no text`);
  return texts;
}

/** Reads a file of labelled text; one that is not there or wrong is a Fault `input.invalid` that names it. */
export async function readLabelledText(file: string): Promise<readonly LabelledText[]> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (cause) {
    throw new Fault('input.invalid', `${file} cannot be read`, { cause });
  }
  return parseLabelledText(source, file);
}
