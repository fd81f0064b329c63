import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fault } from '../domain/fault.js';
import { createProgressBar, type ProgressIo } from './progress-bar.js';
import { openGuardModel } from '../classifiers/guard/guard-lines.js';
import { contentHash, readIntents, THRESHOLDS_FILE } from '../classifiers/intents-folder.js';
import { calibrate } from '../classifiers/linear/calibration.js';
import { DEFAULT_TRAINING } from '../classifiers/linear/training.js';
import { cachedModelPath, cacheModel, loadModel, saveModel, trainingSet, trainModel } from '../classifiers/model.js';
import { crossValidateInThreads } from '../classifiers/training-threads.js';

/** The word after `aftercare`. */
export const name = 'train';

/** One line for the list of commands. */
export const summary = 'train the classifier from the intents, print sizes and times';

/** What `--help` prints. */
export const help = `Usage:
  aftercare train [--calibrate] [--intents FOLDER] [--cache FOLDER] [--json]

Trains the classifier from intents/ and keeps the model in the cache, where "serve" finds it.

  --calibrate        first find the thresholds of every language by 5-fold cross-validation (minutes), and
                     write them to thresholds.json in the intents folder
  --intents FOLDER   where the intents are; the program's own unless said otherwise
  --cache FOLDER     where the model is kept; .cache beside the intents unless said otherwise
  --if-needed        do nothing where a model of these very sentences is kept already
  --json             print one JSON object a program can read
  --help             print this

Exit codes: 0 done · 1 could not be done · 2 the command was not understood
`;

/** Where the command writes. */
export interface TrainIo extends ProgressIo {
  readonly out: (text: string) => void;
}

const ownIntents = fileURLToPath(new URL('../../intents', import.meta.url));
const guardLines = fileURLToPath(new URL('../../intents/guard', import.meta.url));
const ownCache = fileURLToPath(new URL('../../.cache', import.meta.url));
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function readArgs(args: readonly string[]) {
  return parseArgs({
    args: [...args], strict: true, allowPositionals: false,
    options: {
      calibrate: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
      'if-needed': { type: 'boolean', default: false },
      intents: { type: 'string', default: ownIntents }, cache: { type: 'string', default: ownCache },
    },
  }).values;
}

/** Runs `aftercare train …`; gives the exit code. */
export async function run(args: readonly string[], io: TrainIo): Promise<number> {
  let options: ReturnType<typeof readArgs>;
  try {
    options = readArgs(args);
  } catch (error) {
    io.err(`train: ${error instanceof Error ? error.message : String(error)}\nSee "aftercare train --help".\n`);
    return 2;
  }
  if (options.help) {
    io.out(help);
    return 0;
  }
  try {
    // The guard's lines belong to the product, not to a shop's intents; they are learned along and kept where serve looks for them.
    await openGuardModel({ linesFolder: guardLines, cacheFolder: ownCache });
    const definitions = await readIntents(options.intents);
    if (options['if-needed'] && existsSync(cachedModelPath(options.cache, definitions))) return 0;
    const set = trainingSet(definitions);
    const calibrations = options.calibrate ? calibrate(await crossValidateInThreads(set, DEFAULT_TRAINING, createProgressBar(io, 'holding out'))) : undefined;
    if (calibrations) {
      const thresholds = Object.fromEntries(Object.entries(calibrations).map(([locale, found]) => [locale, found.thresholds]));
      await writeFile(join(options.intents, THRESHOLDS_FILE), `${JSON.stringify(thresholds, null, 2)}\n`);
    }
    const started = performance.now();
    const bytes = saveModel(await trainModel(definitions, createProgressBar(io, 'training')));
    const trainMs = Math.round(performance.now() - started);
    const from = performance.now();
    const { linear } = loadModel(bytes);
    const loadMs = Math.round(performance.now() - from);
    const path = cachedModelPath(options.cache, definitions);
    await cacheModel(path, bytes);
    const locales = Object.entries(linear.machines).map(([locale, { tables }]) => ({
      locale, examples: set.examples.filter((example) => example.locale === locale).length,
      background: set.background.filter((text) => text.locale === locale).length, features: tables.hashes.length, weights: tables.weights.length,
      ...(calibrations?.[locale] ? { calibration: calibrations[locale] } : {}),
    }));
    if (options.json) {
      io.out(`${JSON.stringify({ contentHash: contentHash(definitions), intents: linear.labels.length, trainMs, loadMs, modelBytes: bytes.length, file: path, locales })}\n`);
      return 0;
    }
    io.out(`${linear.labels.length} intents, trained in ${(trainMs / 1000).toFixed(1)} s, loaded in ${loadMs} ms, ${(bytes.length / 1e6).toFixed(1)} MB in ${path}\n`);
    for (const { locale, examples, background, features, weights, calibration } of locales) {
      io.out(`${locale}: ${examples} sentences, ${background} out of scope, ${features} features, ${weights} weights\n`);
      if (calibration) {
        io.out(`    held out: ${percent(calibration.accuracy)} right, ${percent(calibration.top3)} among three, out of scope ${percent(calibration.outOfScopeRecall)} rejected, `
          + `in scope ${percent(calibration.falseReject)} rejected; thresholds ${calibration.thresholds.reject} and ${calibration.thresholds.sure}\n`);
      }
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    io.err(`train: ${error.message}\n`);
    return 1;
  }
}
