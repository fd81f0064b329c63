import { parseArgs } from 'node:util';
import { Fault } from '../domain/fault.js';
import { DEFAULT_TRAINING, THOROUGH_TRAINING } from '../classifiers/linear/training.js';
import { runBenchmark, type ThresholdFigures } from '../classifiers/benchmark.js';
import { readLabelledText } from '../classifiers/labelled-text.js';
import { createProgressBar, type ProgressIo } from './progress-bar.js';

/** The word after `aftercare`. */
export const name = 'nlu-benchmark';

/** One line for the list of commands. */
export const summary = 'train the classifier afresh on labelled text and measure it on other text';

/** What `--help` prints. */
export const help = `Usage:
  aftercare nlu-benchmark --train FILE --test FILE [--quality default|thorough] [--json]

Trains the same classifier on one file of labelled text and measures it on another (tab-separated, a header naming the
columns "text" and "intent"). Texts labelled out_of_scope in the test file must be rejected; the threshold for that is
found on the training file alone.

  --train FILE   what to learn from
  --test FILE    what to measure on
  --quality NAME how it learns: "default" as the intents are learned, "thorough" (unless said otherwise) with a
                 higher cost, more passes, three small nets beside, and features never seen weighed by their rarity
  --json         print one JSON object a program can read
  --help         print this

Exit codes: 0 done · 1 could not be done · 2 the command was not understood
`;

/** Where the command writes. */
export interface BenchmarkIo extends ProgressIo {
  readonly out: (text: string) => void;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function readArgs(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args], strict: true, allowPositionals: false,
    options: { train: { type: 'string' }, test: { type: 'string' }, quality: { type: 'string', default: 'thorough' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const { train, test, quality, json, help: wantsHelp } = values;
  if (!wantsHelp && (train === undefined || test === undefined)) throw new TypeError('name both files: --train FILE --test FILE');
  if (quality !== 'default' && quality !== 'thorough') throw new TypeError('--quality is "default" or "thorough"');
  return { train: train ?? '', test: test ?? '', training: quality === 'thorough' ? THOROUGH_TRAINING : DEFAULT_TRAINING, json, help: wantsHelp };
}

const row = ({ threshold, accuracy, inScopeAccuracy, outOfScopeRecall, mcc }: ThresholdFigures): string => (
  `threshold ${threshold.toFixed(2)}: accuracy ${percent(accuracy)} · in scope ${percent(inScopeAccuracy)} · out of scope rejected ${percent(outOfScopeRecall)} · MCC ${mcc.toFixed(3)}`);

/** Runs `aftercare nlu-benchmark …`; gives the exit code. */
export async function run(args: readonly string[], io: BenchmarkIo): Promise<number> {
  let options: ReturnType<typeof readArgs>;
  try {
    options = readArgs(args);
  } catch (error) {
    io.err(`nlu-benchmark: ${error instanceof Error ? error.message : String(error)}\nSee "aftercare nlu-benchmark --help".\n`);
    return 2;
  }
  if (options.help) {
    io.out(help);
    return 0;
  }
  try {
    const figures = await runBenchmark(await readLabelledText(options.train), await readLabelledText(options.test), options.training, createProgressBar(io, 'holding out'));
    if (options.json) {
      io.out(`${JSON.stringify(figures)}\n`);
      return 0;
    }
    io.out(`${figures.n} texts: accuracy ${percent(figures.accuracy)}, in scope ${percent(figures.inScopeAccuracy)} without rejection\n`);
    io.out(`trained in ${(figures.trainMs / 1000).toFixed(1)} s, ${figures.predictUs} µs a prediction, ${(figures.modelBytes / 1e6).toFixed(1)} MB, AUROC ${figures.auroc.toFixed(3)}\n`);
    io.out(`preset ${row(figures.preset)}\n`);
    for (const figure of figures.thresholds) io.out(`       ${row(figure)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    io.err(`nlu-benchmark: ${error.message}\n`);
    return 1;
  }
}
