import { readFile } from 'node:fs/promises';
import { evaluateUnderstanding } from '../../src/classifiers/evaluation.js';
import { parseLabelledText } from '../../src/classifiers/labelled-text.js';
import { createLinearClassifier } from '../../src/classifiers/linear/classifier.js';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import type { Model } from '../../src/classifiers/model.js';

/** What a language's development set gave; shares from 0 to 1. */
export interface LanguageFigures {
  readonly accuracy: number;
  readonly inScopeAccuracy: number;
  readonly outOfScopeRecall: number;
  readonly top3: number;
}

/** Figures by language. */
export type Figures = Readonly<Record<string, LanguageFigures>>;

/** What was reached when the baseline was last written, and why it was. */
export interface Baseline {
  readonly written: readonly { readonly date: string; readonly because: string }[];
  readonly figures: Figures;
}

/** The languages there is a development set for. */
export const LANGUAGES = ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar'] as const;

/** How far a language, and all of them together, may fall. */
const LANGUAGE_MAY_FALL = 0.02;
const ALL_MAY_FALL = 0.005;

const fileOf = (language: string): URL => new URL(`./${language}.tsv`, import.meta.url);

/** Measures every language's development set, the language being known as it is in the middle of a conversation. */
export async function measure(model: Model): Promise<Figures> {
  const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '', returnNumberPattern: '', country: 'US' } });
  const linear = createLinearClassifier(model.linear);
  const figures: Record<string, LanguageFigures> = {};
  for (const language of LANGUAGES) {
    const texts = parseLabelledText(await readFile(fileOf(language), 'utf8'), `${language}.tsv`);
    const outcomes = texts.map(({ text }) => ({
      understanding: classifier.understand(text, { at: '2026-01-01T12:00:00Z', locale: language, localeIsChosen: true }),
      best: linear.predict(text, language).top.map(({ label }) => label),
    }));
    const { accuracy, inScopeAccuracy, outOfScopeRecall, top3 } = evaluateUnderstanding(texts, outcomes);
    figures[language] = { accuracy, inScopeAccuracy, outOfScopeRecall, top3 };
  }
  return figures;
}

/** What has become worse than may be; nothing if the release may go out. */
export function complaints(found: Figures, { figures: before }: Baseline): string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const fallen: string[] = [];
  for (const [language, was] of Object.entries(before)) {
    const is = found[language];
    if (!is) {
      fallen.push(`${language} is not measured any more`);
      continue;
    }
    for (const figure of ['inScopeAccuracy', 'outOfScopeRecall'] as const) {
      if (is[figure] < was[figure] - LANGUAGE_MAY_FALL) fallen.push(`${language}: ${figure} fell from ${percent(was[figure])} to ${percent(is[figure])}`);
    }
  }
  const mean = (figures: Figures): number => Object.keys(before).reduce((sum, language) => sum + (figures[language]?.accuracy ?? 0), 0) / Object.keys(before).length;
  if (mean(found) < mean(before) - ALL_MAY_FALL) fallen.push(`over all languages accuracy fell from ${percent(mean(before))} to ${percent(mean(found))}`);
  return fallen;
}
