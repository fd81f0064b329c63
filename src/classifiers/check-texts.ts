import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckFigures } from '../domain/release-gate.js';
import { sentenceKey } from '../domain/training-sentence.js';
import { sentencesOf } from './added-sentences.js';
import { evaluateUnderstanding } from './evaluation.js';
import { OUT_OF_SCOPE, type IntentDefinition } from './intents-folder.js';
import { readLabelledText, type LabelledText } from './labelled-text.js';
import { createLinearClassifier } from './linear/classifier.js';
import { createLocalClassifier } from './local-classifier.js';
import type { Model } from './model.js';

/** Labelled texts of one language, and the file they are from. */
export interface CheckTexts {
  readonly name: string;
  readonly locale: string;
  readonly texts: readonly LabelledText[];
}

/** Files are named after their language. */
const FILE = /^([a-z]{2,3}(?:-[A-Za-z]{2,8})?)\.tsv$/u;

/** The labelled texts of some folders, each file `<language>.tsv`; a folder that is not there holds none. */
export async function readCheckTexts(folders: readonly string[]): Promise<readonly CheckTexts[]> {
  const sets: CheckTexts[] = [];
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => []); // a shop need not have texts of its own
    for (const file of files.sort()) {
      const locale = FILE.exec(file)?.[1];
      if (locale !== undefined) sets.push({ name: join(folder, file), locale, texts: await readLabelledText(join(folder, file)) });
    }
  }
  return sets;
}

/**
 * What of the sets can be measured with: languages and intents that are learned, and no text that is itself learned from, by one model
 * or the other – it would measure nothing but memory.
 */
export function fitTexts(sets: readonly CheckTexts[], definitions: readonly IntentDefinition[]): readonly CheckTexts[] {
  const learned = sentencesOf(definitions);
  const intents = new Set(definitions.map(({ intent }) => intent));
  const locales = new Set(definitions.flatMap(({ intent, examples }) => (intent === OUT_OF_SCOPE ? [] : Object.keys(examples))));
  return sets.filter(({ locale }) => locales.has(locale))
    .map((set) => ({ ...set, texts: set.texts.filter(({ text, intents: meant }) => meant.every((intent) => intents.has(intent)) && !learned.has(sentenceKey(text, set.locale))) }))
    .filter(({ texts }) => texts.length > 0);
}

/** How well a model does on labelled texts, the language being known as it is in the middle of a conversation. */
export function measureModel(model: Model, sets: readonly CheckTexts[]): Readonly<Record<string, CheckFigures>> {
  const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '', returnNumberPattern: '', country: 'US' } });
  const linear = createLinearClassifier(model.linear);
  return Object.fromEntries([...new Set(sets.map(({ locale }) => locale))].map((locale) => {
    const texts = sets.filter((set) => set.locale === locale).flatMap((set) => set.texts);
    const { accuracy, macroF1, outOfScopeRecall } = evaluateUnderstanding(texts, texts.map(({ text }) => ({
      understanding: classifier.understand(text, { at: '2026-01-01T12:00:00Z', locale, localeIsChosen: true }),
      best: linear.predict(text, locale).top.map(({ label }) => label),
    })));
    const outOfScope = texts.filter(({ intents }) => intents.length === 1 && intents[0] === OUT_OF_SCOPE).length;
    return [locale, { texts: texts.length, accuracy, macroF1, outOfScope, outOfScopeRecall }];
  }));
}
