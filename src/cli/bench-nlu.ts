import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fault } from '../domain/fault.js';
import { readIntents } from '../classifiers/intents-folder.js';
import { knownWords, trainLanguage } from '../classifiers/language.js';
import { readLabelledText } from '../classifiers/labelled-text.js';
import { DEFAULT_TRAINING, trainLinear } from '../classifiers/linear/training.js';
import { saveModel, trainingSet } from '../classifiers/model.js';
import { trainInThreads } from '../classifiers/training-threads.js';
import { misuse, type CommandIo } from './command.js';
import { PEERS, type LabelledTask, type PeerAbsent, type PeerFigures, type PeerName } from './peers/labelled-peers.js';
import type { LoadFigures, PredictFigures, TextToPredict } from './peers/own-model.js';
import { runPeer, type PeerUndone } from './peers/run-peer.js';
import { createProgressBar } from './progress-bar.js';

/** What `aftercare bench --help` says of `bench nlu`. */
export const nluHelp = `  aftercare bench nlu [FILE...] [--train FILE --test FILE]... [--limit N] [--peer-minutes N] [--calls N]
                     [--intents FOLDER] [--json]

Measures the understanding. First our classifier on our own intents: training, model file, loading, memory, one
prediction, one whole understanding, and bad inputs. The texts to predict are those of FILE... (labelled text; a name
like en.tsv tells the language), all of test/understanding/??.tsv unless said otherwise.
Then, for every pair of --train and --test (English, tab-separated, a header with the columns "text" and "intent"), our
classifier (as it learns the intents, and thoroughly) beside those of natural and NLP.js, each in a process of its own.
All learn the same texts and the names of the intents; texts labelled out_of_scope are only measured with. Needs no network.

  --train FILE       what to learn from; may be given several times, each with a --test
  --test FILE        what to measure on
  --limit N          take only the first N texts of every intent, for a quick look
  --peer-minutes N   how long one peer may take with one pair (10)
  --calls N          how often a prediction and an understanding are timed, at the least (20000)
  --intents FOLDER   where our own intents are; the program's own unless said otherwise
`;

type PeerOutcome = { readonly peer: PeerName } & (PeerFigures | PeerAbsent | PeerUndone);

/** How our own classifier does on our own intents. */
interface OwnFigures {
  readonly intents: number;
  readonly examples: number;
  readonly locales: readonly string[];
  readonly trainInThreadsMs: number;
  readonly trainSingleMs: number;
  readonly trainLanguageMs: number;
  readonly modelBytes: number;
  readonly load: LoadFigures;
  readonly predict: PredictFigures['predict'];
  readonly understand: PredictFigures['understand'];
  readonly badInputs: PredictFigures['badInputs'];
}

interface DataSetFigures {
  readonly train: string;
  readonly test: string;
  readonly trainTexts: number;
  readonly testTexts: number;
  readonly limit: number | null;
  readonly peers: readonly PeerOutcome[];
}

interface Figures {
  readonly machine: { readonly node: string; readonly processor: string; readonly processors: number };
  readonly own: OwnFigures;
  readonly dataSets: readonly DataSetFigures[];
}

const LOADS = 5;
const OWN_MINUTES = 10;
const ownIntents = fileURLToPath(new URL('../../intents', import.meta.url));
const ownTexts = fileURLToPath(new URL('../../test/understanding', import.meta.url));

function wholeNumber(option: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new TypeError(`${option} is a whole number from 1.`);
  return number;
}

function readArgs(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args], strict: true, allowPositionals: true,
    options: {
      train: { type: 'string', multiple: true, default: [] }, test: { type: 'string', multiple: true, default: [] }, limit: { type: 'string' },
      'peer-minutes': { type: 'string', default: '10' }, calls: { type: 'string', default: '20000' }, intents: { type: 'string', default: ownIntents }, json: { type: 'boolean', default: false },
    },
  });
  if (values.train.length !== values.test.length) throw new TypeError('every --train FILE needs its --test FILE.');
  const minutes = Number(values['peer-minutes']);
  if (!(minutes > 0) || !Number.isFinite(minutes)) throw new TypeError('--peer-minutes is a number above 0.');
  return {
    files: positionals, intents: values.intents, isJson: values.json, minutes, calls: wholeNumber('--calls', values.calls),
    pairs: values.train.map((train, i) => ({ train, test: values.test[i] ?? '' })),
    ...(values.limit === undefined ? {} : { limit: wholeNumber('--limit', values.limit) }),
  };
}

/** The texts to predict: of the files named, or of the project's own tests. */
async function textsOf(files: readonly string[]): Promise<readonly TextToPredict[]> {
  const named = files.length > 0 || !existsSync(ownTexts) ? files : readdirSync(ownTexts).filter((file) => /^[a-z]{2}\.tsv$/u.test(file)).map((file) => join(ownTexts, file));
  if (named.length === 0) throw new Fault('input.invalid', 'there are no texts to predict: name a file of labelled text');
  const texts = await Promise.all(named.map(async (file) => {
    const locale = /^([a-z]{2})\.tsv$/u.exec(basename(file))?.[1];
    return (await readLabelledText(file)).map(({ text }) => ({ text, ...(locale === undefined ? {} : { locale }) }));
  }));
  return texts.flat();
}

async function timed<Result>(work: () => Result | Promise<Result>): Promise<readonly [result: Result, ms: number]> {
  const from = performance.now();
  const result = await work();
  return [result, performance.now() - from];
}

/** Figures of our own classifier, which has no excuse for giving none. */
function figuresOf<Done>(outcome: { readonly figures: Done } | PeerUndone): Done {
  if ('figures' in outcome) return outcome.figures;
  throw new Fault('training.failed', `our own classifier gave no figures: ${outcome.status === 'late' ? `not done in ${outcome.minutes} min` : outcome.why}`);
}

async function measureOwn(intents: string, texts: readonly TextToPredict[], calls: number, io: CommandIo): Promise<OwnFigures> {
  const definitions = await readIntents(intents);
  const set = trainingSet(definitions);
  const [linear, trainInThreadsMs] = await timed(() => trainInThreads(set, DEFAULT_TRAINING, createProgressBar(io, 'training')));
  const [, trainSingleMs] = await timed(() => trainLinear(set));
  const [language, trainLanguageMs] = await timed(() => trainLanguage([...set.examples, ...set.background, ...knownWords()]));
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-nlu-'));
  try {
    const [model, textsFile] = [join(folder, 'model'), join(folder, 'texts.json')];
    const bytes = saveModel({ linear, language });
    await writeFile(model, bytes);
    await writeFile(textsFile, JSON.stringify(texts));
    const progress = createProgressBar(io, 'our own classifier');
    const loads: LoadFigures[] = [];
    for (let i = 0; i < LOADS; i++) {
      progress(i, LOADS + 1);
      loads.push(figuresOf(await runPeer({ kind: 'load', model }, OWN_MINUTES)));
    }
    progress(LOADS, LOADS + 1);
    const times = figuresOf(await runPeer({ kind: 'predict', model, intents, texts: textsFile, calls }, OWN_MINUTES));
    progress(LOADS + 1, LOADS + 1);
    const middle = (pick: (load: LoadFigures) => number): number => loads.map(pick).sort((a, b) => a - b)[LOADS >> 1] ?? 0;
    return {
      intents: linear.labels.length, examples: set.examples.length, locales: Object.keys(linear.machines).sort(),
      trainInThreadsMs, trainSingleMs, trainLanguageMs, modelBytes: bytes.length,
      load: { loadMs: middle(({ loadMs }) => loadMs), readyMs: middle(({ readyMs }) => readyMs), residentBeforeMb: middle(({ residentBeforeMb }) => residentBeforeMb), residentMb: middle(({ residentMb }) => residentMb) },
      ...times,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePeers(pair: { readonly train: string; readonly test: string }, limit: number | undefined, minutes: number, io: CommandIo): Promise<DataSetFigures> {
  const progress = createProgressBar(io, basename(pair.train));
  const peers: PeerOutcome[] = [];
  // One after the other, so that none disturbs another.
  for (const [i, peer] of PEERS.entries()) {
    progress(i, PEERS.length);
    const task: LabelledTask = { kind: 'labelled', peer, ...pair, ...(limit === undefined ? {} : { limit }) };
    const outcome = await runPeer(task, minutes);
    peers.push({ peer, ...('figures' in outcome ? outcome.figures : outcome) });
  }
  progress(PEERS.length, PEERS.length);
  return { ...pair, trainTexts: (await readLabelledText(pair.train)).length, testTexts: (await readLabelledText(pair.test)).length, limit: limit ?? null, peers };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const time = (us: number): string => (us < 1000 ? `${us.toFixed(0)} µs` : us < 1e6 ? `${(us / 1000).toFixed(1)} ms` : `${(us / 1e6).toFixed(1)} s`);
const bytesText = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
const mb = (megabytes: number): string => `${megabytes.toFixed(0)} MB`;

/** Rows with columns of one width. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

function ownTable(own: OwnFigures): string {
  const { load, predict, understand } = own;
  return `Our classifier on ${own.intents} intents, ${own.examples} examples, ${own.locales.length} languages (${own.locales.join(' ')})\n${table([
    ['training', `${time(own.trainInThreadsMs * 1000)} in threads, ${time(own.trainSingleMs * 1000)} in one; language ${time(own.trainLanguageMs * 1000)} more`],
    ['model file', bytesText(own.modelBytes)],
    ['loading', `${time(load.loadMs * 1000)} for the model file, ${time(load.readyMs * 1000)} until all is ready to understand (median of ${LOADS} fresh processes)`],
    ['resident', `${mb(load.residentMb)} after loading, ${mb(load.residentBeforeMb)} before`],
    ['predict', `p50 ${time(predict.p50Us)}, p99 ${time(predict.p99Us)} (${predict.calls} calls)`],
    ['understand', `p50 ${time(understand.p50Us)}, p99 ${time(understand.p99Us)} (${understand.calls} calls)`],
  ])}\nBad inputs\n${table([
    ['input', 'verdict', 'intent', 'p50', 'worst', ''],
    ...own.badInputs.map((one) => [one.input, one.verdict, one.intent, time(one.p50Us), time(one.worstUs), one.exception === undefined ? '' : `EXCEPTION ${one.exception}`]),
  ])}`;
}

function peerRow(one: PeerOutcome): readonly string[] {
  switch (one.status) {
    case 'absent': return [one.peer, `not measured: ${one.why}`];
    case 'late': return [one.peer, `not done in ${one.minutes} min`];
    case 'failed': return [one.peer, `failed: ${one.why}`];
    case 'done': return [
      one.peer, time(one.trainMs * 1000), percent(one.inScopeAccuracy), one.auroc === null ? '–' : one.auroc.toFixed(3), time(one.predictP50Us), time(one.predictP99Us),
      mb(one.residentMb), mb(one.peakMb), one.modelBytes === null ? '–' : bytesText(one.modelBytes),
    ];
  }
}

const dataSetTable = ({ train, test, trainTexts, testTexts, limit, peers }: DataSetFigures): string => (
  `\n${train} (${trainTexts} texts) → ${test} (${testTexts})${limit === null ? '' : `, the first ${limit} of every intent`}\n${table([
    ['peer', 'training', 'in scope', 'AUROC', 'p50', 'p99', 'resident', 'peak', 'model'], ...peers.filter(({ status }) => status === 'done').map(peerRow),
  ])}${table(peers.filter(({ status }) => status !== 'done').map(peerRow))}`);

/** Runs `aftercare bench nlu …`; gives the exit code, which is 1 where a bad input met an exception. */
export async function benchNlu(args: readonly string[], io: CommandIo): Promise<number> {
  let options: ReturnType<typeof readArgs>;
  try {
    options = readArgs(args);
  } catch (error) {
    return misuse(io, 'bench', error instanceof Error ? error.message : String(error));
  }
  try {
    const texts = await textsOf(options.files);
    // A file that cannot be read is told of now, not after minutes.
    for (const { train, test } of options.pairs) await Promise.all([readLabelledText(train), readLabelledText(test)]);
    const own = await measureOwn(options.intents, texts, options.calls, io);
    if (!options.isJson) io.out(ownTable(own));
    const dataSets: DataSetFigures[] = [];
    for (const pair of options.pairs) {
      const found = await measurePeers(pair, options.limit, options.minutes, io);
      dataSets.push(found);
      if (!options.isJson) io.out(dataSetTable(found));
    }
    const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length };
    const figures: Figures = { machine, own, dataSets };
    if (options.isJson) io.out(`${JSON.stringify(figures)}\n`);
    else io.out(`\nNode ${machine.node}, ${machine.processors} × ${machine.processor}\n`);
    return own.badInputs.some(({ exception }) => exception !== undefined) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    io.err(`bench nlu: ${error.message}\n`);
    return 1;
  }
}
