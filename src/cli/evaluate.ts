import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fault } from '../domain/fault.js';
import type { Locale } from '../domain/understanding.js';
import { evaluateUnderstanding, type Evaluation } from '../classifiers/evaluation.js';
import { readLabelledText } from '../classifiers/labelled-text.js';
import { createLinearClassifier, type LinearClassifier } from '../classifiers/linear/classifier.js';
import { createLocalClassifier } from '../classifiers/local-classifier.js';
import { openModel } from '../classifiers/model.js';
import type { Classifier } from '../ports/classifier.js';
import { createProgressBar, type ProgressIo } from './progress-bar.js';

/** The word after `aftercare`. */
export const name = 'evaluate';

/** One line for the list of commands. */
export const summary = 'classify labelled text and print how much of it was understood';

/** What `--help` prints. */
export const help = `Usage:
  aftercare evaluate FILE... [--locale TAG] [--table FILE] [--intents FOLDER] [--cache FOLDER] [--json [--details]]

Classifies the texts of each FILE (tab-separated, a header naming the columns "text" and "intent" and, if there is one,
"tags"; "a+b" for two intents in one text) and compares.

  --locale TAG       the language of the texts (en, zh, es, pt, fr, de, ru, ar); detected text by text unless given
  --table FILE       write everything that was taken for something else, as tab-separated lines
  --intents FOLDER   where the intents are; the program's own unless said otherwise
  --cache FOLDER     where the model is kept; .cache beside the intents unless said otherwise
  --json             print one JSON object a program can read; --details adds tags and confusions to it
  --help             print this

Exit codes: 0 done · 1 could not be done · 2 the command was not understood
`;

/** Where the command writes. */
export interface EvaluateIo extends ProgressIo {
  readonly out: (text: string) => void;
}

const LOCALES: readonly string[] = ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar'];
const CONFUSIONS_SHOWN = 15;
/** Labelled texts have no time of their own; any will do, as only the intents are compared. */
const AT = '2026-01-01T12:00:00Z';
const ownIntents = fileURLToPath(new URL('../../intents', import.meta.url));
const ownCache = fileURLToPath(new URL('../../.cache', import.meta.url));
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function readArgs(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args], strict: true, allowPositionals: true,
    options: {
      locale: { type: 'string' }, json: { type: 'boolean', default: false }, details: { type: 'boolean', default: false }, table: { type: 'string' }, help: { type: 'boolean', default: false },
      intents: { type: 'string', default: ownIntents }, cache: { type: 'string', default: ownCache },
    },
  });
  if (values.help) return { ...values, files: positionals };
  if (positionals.length === 0) throw new TypeError('name at least one FILE of labelled text');
  if (values.locale !== undefined && !LOCALES.includes(values.locale)) throw new TypeError(`the locale "${values.locale}" is not known; there are ${LOCALES.join(', ')}`);
  return { ...values, files: positionals };
}

async function evaluateFile(
  file: string, locale: Locale | undefined, classifier: Classifier, linear: LinearClassifier, progress: (done: number, all: number) => void,
): Promise<{ readonly locale: Locale; readonly evaluation: Evaluation }> {
  const texts = await readLabelledText(file);
  const heard = new Map<Locale, number>();
  const outcomes = texts.map(({ text }, i) => {
    progress(i + 1, texts.length);
    const understanding = classifier.understand(text, { at: AT, ...(locale === undefined ? {} : { locale, localeIsChosen: true }) });
    heard.set(understanding.locale, (heard.get(understanding.locale) ?? 0) + 1);
    return { understanding, best: linear.predict(text, understanding.locale).top.map(({ label }) => label) };
  });
  const commonest = [...heard].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'en';
  return { locale: locale ?? commonest, evaluation: evaluateUnderstanding(texts, outcomes) };
}

function print(file: string, locale: Locale, found: Evaluation): string {
  const lines = [
    `${file} (${locale}): ${found.n} texts`,
    `    accuracy ${percent(found.accuracy)} · macro-F1 ${percent(found.macroF1)} · in scope ${percent(found.inScopeAccuracy)} · among three ${percent(found.top3)}`,
    `    out of scope rejected ${percent(found.outOfScopeRecall)} · in scope rejected ${percent(found.falseReject)}`,
    ...(Object.keys(found.tags).length === 0 ? [] : [`    by tag: ${Object.entries(found.tags).map(([tag, { n, accuracy }]) => `${tag} ${percent(accuracy)} of ${n}`).join(' · ')}`]),
    ...found.confusions.slice(0, CONFUSIONS_SHOWN).map(({ expected, found: taken, count }) => `    ${count} × ${expected} taken for ${taken}`),
  ];
  return `${lines.join('\n')}\n`;
}

interface Counted { readonly locale: Locale; readonly evaluation: Evaluation }

/** The figures of each language over all its files, weighed by their texts. */
function printLocales(counted: readonly Counted[]): string {
  const lines = [...new Set(counted.map(({ locale }) => locale))].sort().map((locale) => {
    const own = counted.filter((one) => one.locale === locale).map(({ evaluation }) => evaluation);
    const n = own.reduce((sum, one) => sum + one.n, 0);
    const mean = (figure: 'accuracy' | 'inScopeAccuracy' | 'outOfScopeRecall' | 'top3'): string => percent(own.reduce((sum, one) => sum + one[figure] * one.n, 0) / n);
    return `${locale}: ${n} texts · accuracy ${mean('accuracy')} · in scope ${mean('inScopeAccuracy')} · out of scope rejected ${mean('outOfScopeRecall')} · among three ${mean('top3')}`;
  });
  return `${lines.join('\n')}\n`;
}

/** Everything that was taken for something else, as tab-separated lines. */
function confusionTable(counted: readonly Counted[]): string {
  const lines = counted.flatMap(({ locale, evaluation }) => evaluation.confusions.map(({ expected, found, count }) => `${locale}\t${expected}\t${found}\t${count}`));
  return `${['locale\texpected\tfound\tcount', ...lines].join('\n')}\n`;
}

/** Runs `aftercare evaluate …`; gives the exit code. */
export async function run(args: readonly string[], io: EvaluateIo): Promise<number> {
  let options: ReturnType<typeof readArgs>;
  try {
    options = readArgs(args);
  } catch (error) {
    io.err(`evaluate: ${error instanceof Error ? error.message : String(error)}\nSee "aftercare evaluate --help".\n`);
    return 2;
  }
  if (options.help) {
    io.out(help);
    return 0;
  }
  try {
    const { model } = await openModel({ intentsFolder: options.intents, cacheFolder: options.cache });
    const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '', returnNumberPattern: '', country: 'US' } });
    const linear = createLinearClassifier(model.linear);
    const files = [];
    const counted: Counted[] = [];
    for (const file of options.files) {
      const { locale, evaluation } = await evaluateFile(file, options.locale, classifier, linear, createProgressBar(io, file));
      if (!options.json) io.out(print(file, locale, evaluation));
      const { confusions, tags, ...figures } = evaluation;
      files.push({ file, locale, ...figures, ...(options.details ? { tags, confusions } : {}) });
      counted.push({ locale, evaluation });
    }
    if (options.table !== undefined) await writeFile(options.table, confusionTable(counted));
    if (options.json) io.out(`${JSON.stringify({ files })}\n`);
    else if (counted.length > 1) io.out(printLocales(counted));
    return 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    io.err(`evaluate: ${error.message}\n`);
    return 1;
  }
}
