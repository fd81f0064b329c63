import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { run as evaluate } from '../../src/cli/evaluate.js';
import { run as nluBenchmark } from '../../src/cli/nlu-benchmark.js';
import { run as train } from '../../src/cli/train.js';
import { smallFolder } from '../classifiers/sentences.js';

jest.setTimeout(240_000);

type Command = (args: readonly string[], io: { out: (text: string) => void; err: (text: string) => void; isTerminal?: boolean }) => Promise<number>;

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-understanding-'));
  for (const [file, text] of Object.entries(smallFolder())) writeFileSync(at(file), text);
  writeFileSync(at('texts.tsv'), 'text\tintent\ttags\nplease cancel my order\tcancel\tplain polite\nwhere is my parcel now\ttrack\tplain\nwhat is the weather like in March\tout_of_scope\tfar\nsend the refund to my new address\trefund+address\tlong\n');
  writeFileSync(at('spanish.tsv'), 'text\tintent\ncancela mi pedido por favor\tcancel\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(command: Command, args: readonly string[], isTerminal = false): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await command(args, { out: (text) => (out += text), err: (text) => (err += text), isTerminal });
  return { code, out, err };
}
const folders = (): string[] => ['--intents', folder, '--cache', at('cache')];

describe('someone who measures the understanding', () => {
  test('gets the figures of every file as one object, and tags and confusions where they are asked for', async () => {
    const { code, out } = await call(evaluate, [at('texts.tsv'), at('spanish.tsv'), '--json', ...folders()]);
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as { files: Record<string, unknown>[] };
    expect(files.map(({ file, locale, n }) => [file, locale, n])).toEqual([[at('texts.tsv'), 'en', 4], [at('spanish.tsv'), 'es', 1]]);
    expect(Object.keys(files[0] ?? {})).toEqual(['file', 'locale', 'n', 'accuracy', 'macroF1', 'top3', 'inScopeAccuracy', 'outOfScopeRecall', 'falseReject']);
    for (const [name, figure] of Object.entries(files[0] ?? {})) if (!['file', 'locale', 'n'].includes(name)) expect([name, Number(figure) >= 0 && Number(figure) <= 1]).toEqual([name, true]);
    expect(files[1]).toMatchObject({ accuracy: 1, inScopeAccuracy: 1, falseReject: 0 });
    const detailed = JSON.parse((await call(evaluate, [at('texts.tsv'), '--locale', 'en', '--json', '--details', ...folders()])).out) as { files: { tags: object }[] };
    expect(detailed.files[0]?.tags).toMatchObject({ plain: { n: 2, accuracy: 1 }, far: { n: 1 }, polite: { n: 1, accuracy: 1 }, long: { n: 1 } });
  });

  test('reads them as text, by language and by tag, with everything mistaken in a table', async () => {
    const { code, out } = await call(evaluate, [at('texts.tsv'), at('spanish.tsv'), '--table', at('table.tsv'), ...folders()]);
    expect(code).toBe(0);
    expect(out).toMatch(/by tag: far \d/u);
    expect(out).toMatch(/^en: 4 texts/mu);
    expect(out).toMatch(/^es: 1 texts · accuracy 100\.0 %/mu);
    expect(readFileSync(at('table.tsv'), 'utf8').split('\n')[0]).toBe('locale\texpected\tfound\tcount');
  });

  test('sees on a terminal how far it is, and nothing of that in a log', async () => {
    expect((await call(evaluate, [at('texts.tsv'), ...folders()], true)).err).toContain('█');
    expect((await call(evaluate, [at('texts.tsv'), ...folders()])).err).toBe('');
  });

  test.each([
    ['no file', []], ['a language there is none of', ['x.tsv', '--locale', 'tlh']], ['an option there is none of', ['x.tsv', '--loud']],
  ])('is told what is wrong with %s', async (_, args) => {
    expect(await call(evaluate, args)).toMatchObject({ code: 2, err: expect.stringContaining('See "aftercare evaluate --help"') });
  });

  test('is told which file cannot be read, and which line is wrong', async () => {
    writeFileSync(at('wrong.tsv'), 'text\tintent\nhello\tcancel\n\tcancel\n');
    expect(await call(evaluate, [at('nowhere.tsv'), ...folders()])).toMatchObject({ code: 1, err: expect.stringContaining('nowhere.tsv cannot be read') });
    expect(await call(evaluate, [at('wrong.tsv'), ...folders()])).toMatchObject({ code: 1, err: expect.stringContaining('line 3') });
  });
});

describe('someone who measures the classifier on a public set', () => {
  test('gets figures with the threshold of the training data, a sweep, times and sizes', async () => {
    const lines = Object.entries({ cancel: 'cancel the {} order', track: 'where is the {} parcel', refund: 'pay the {} money back' })
      .flatMap(([intent, text]) => ['red', 'blue', 'green', 'old', 'new', 'small', 'large', 'other'].map((word) => `${text.replace('{}', word)}\t${intent}`));
    writeFileSync(at('train.tsv'), `text\tintent\n${lines.join('\n')}\n`);
    writeFileSync(at('test.tsv'), 'text\tintent\ncancel the yellow order\tcancel\nwhere is the yellow parcel\ttrack\nsing a song about whales\tout_of_scope\n');
    const { code, out } = await call(nluBenchmark, ['--train', at('train.tsv'), '--test', at('test.tsv'), '--json']);
    expect(code).toBe(0);
    const figures = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(figures)).toEqual(['n', 'accuracy', 'inScopeAccuracy', 'preset', 'thresholds', 'auroc', 'trainMs', 'predictUs', 'modelBytes']);
    expect(figures).toMatchObject({ n: 3, inScopeAccuracy: 1, auroc: 1, preset: { threshold: expect.any(Number), mcc: expect.any(Number), outOfScopeRecall: 1 } });
    expect((await call(nluBenchmark, ['--train', at('train.tsv'), '--test', at('test.tsv')])).out).toContain('preset threshold');
  });

  test('is told when a file is not named', async () => {
    expect(await call(nluBenchmark, ['--train', 'x.tsv'])).toMatchObject({ code: 2, err: expect.stringContaining('--test FILE') });
    expect(await call(nluBenchmark, ['--train', 'x.tsv', '--test', 'y.tsv', '--quality', 'quick'])).toMatchObject({ code: 2, err: expect.stringContaining('thorough') });
  });
});

describe('someone who trains', () => {
  test('gets thresholds for every language, kept beside the intents, and the model where serve finds it', async () => {
    const { code, out } = await call(train, ['--calibrate', '--json', ...folders()]);
    expect(code).toBe(0);
    const told = JSON.parse(out) as { file: string; intents: number; locales: { locale: string; calibration: { outOfScopeRecall: number } }[] };
    expect(told).toMatchObject({ intents: 4, file: expect.stringContaining(at('cache')) });
    expect(told.locales.map(({ locale }) => locale)).toEqual(['en', 'es', 'zh']);
    const kept = JSON.parse(readFileSync(at('thresholds.json'), 'utf8')) as Record<string, { reject: number; sure: number }>;
    expect(Object.keys(kept)).toEqual(['en', 'es', 'zh']);
    for (const { reject, sure } of Object.values(kept)) expect(sure).toBeGreaterThanOrEqual(reject);
    expect((await call(train, ['--if-needed', ...folders()])).out).toBe('');
    rmSync(at('thresholds.json'));
  });
});
