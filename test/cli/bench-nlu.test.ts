import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { bench } from '../../src/cli/bench.js';
import { runPeer } from '../../src/cli/peers/run-peer.js';
import { smallFolder } from '../classifiers/sentences.js';

jest.setTimeout(180_000);

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-nlu-test-'));
  for (const [file, text] of Object.entries(smallFolder())) writeFileSync(at(file), text);
  writeFileSync(at('en.tsv'), 'text\tintent\nplease cancel my order\tcancel\nwhere is my parcel now\ttrack\n');
  writeFileSync(at('mixed.tsv'), 'text\tintent\ncancela mi pedido por favor\tcancel\n');
  const colours = ['red', 'blue', 'green', 'old', 'new', 'small'];
  const learned = Object.entries({ cancel_order: 'cancel the {} order', track_parcel: 'where is the {} parcel' }).flatMap(([intent, text]) => colours.map((colour) => `${text.replace('{}', colour)}\t${intent}`));
  writeFileSync(at('train.tsv'), `text\tintent\n${learned.join('\n')}\nwhat is the weather like\tout_of_scope\n`);
  writeFileSync(at('test.tsv'), 'text\tintent\ncancel the yellow order\tcancel_order\nwhere is the yellow parcel\ttrack_parcel\nsing about whales\tout_of_scope\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await bench.run(['nlu', ...args], { out: (text) => (out += text), err: (text) => (err += text), stdin: Readable.from([]) });
  return { code, out, err };
}
const aNumber: unknown = expect.any(Number);

describe('someone who measures the understanding and its peers', () => {
  test('gets one object: our own times and sizes, bad inputs with verdicts, and every peer on every pair', async () => {
    const { code, out, err } = await call('--json', '--intents', folder, at('en.tsv'), at('mixed.tsv'), '--train', at('train.tsv'), '--test', at('test.tsv'), '--limit', '5', '--calls', '200');
    expect([code, err]).toEqual([0, '']);
    const figures = JSON.parse(out) as { own: { badInputs: { input: string; verdict: string; exception?: string }[] }; dataSets: { peers: { peer: string }[] }[] };
    expect(figures).toMatchObject({
      machine: { node: process.version, processor: expect.any(String), processors: aNumber },
      own: {
        intents: 4, examples: aNumber, locales: ['en', 'es', 'zh'], trainInThreadsMs: aNumber, trainSingleMs: aNumber, trainLanguageMs: aNumber, modelBytes: aNumber,
        load: { loadMs: aNumber, readyMs: aNumber, residentBeforeMb: aNumber, residentMb: aNumber },
        predict: { calls: aNumber, p50Us: aNumber, p99Us: aNumber }, understand: { calls: aNumber, p50Us: aNumber, p99Us: aNumber },
      },
      dataSets: [{ train: at('train.tsv'), test: at('test.tsv'), trainTexts: 13, testTexts: 3, limit: 5 }],
    });
    const { badInputs } = figures.own;
    expect(badInputs.map(({ input }) => input)).toEqual(['empty', '100 kB of text', '100 kB without blanks', 'emoji only', 'control characters', 'lone surrogates', 'mixed directions', 'zalgo']);
    for (const one of badInputs) {
      expect(['sure', 'unsure', 'out_of_scope']).toContain(one.verdict);
      expect(one).toEqual({ input: one.input, verdict: one.verdict, intent: expect.any(String), p50Us: aNumber, worstUs: aNumber });
    }
    const peers = figures.dataSets[0]?.peers ?? [];
    expect(peers.map(({ peer }) => peer)).toEqual(['aftercare', 'aftercare-thorough', 'natural-bayes', 'natural-logistic', 'nlpjs']);
    for (const one of peers) {
      expect(one).toEqual({
        peer: one.peer, status: 'done', trainMs: aNumber, inScopeAccuracy: 1, auroc: aNumber, predictP50Us: aNumber, predictP99Us: aNumber, residentMb: aNumber, peakMb: aNumber, modelBytes: aNumber,
      });
    }
    expect(existsSync('model.nlp')).toBe(false);
  });

  test('reads it as a table, with a peer that was too slow named', async () => {
    const { code, out } = await call('--intents', folder, at('en.tsv'), '--train', at('train.tsv'), '--test', at('test.tsv'), '--peer-minutes', '0.0001', '--calls', '200');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}understand +p50 /mu);
    expect(out).toMatch(/^ {2}100 kB of text +(?:sure|unsure|out_of_scope) /mu);
    expect(out).toMatch(/^ {2}natural-bayes +not done in 0\.0001 min$/mu);
  });

  test('is told why a peer gave no figures', async () => {
    expect(await runPeer({ kind: 'labelled', peer: 'aftercare', train: at('nowhere.tsv'), test: at('test.tsv') }, 1)).toMatchObject({ status: 'failed', why: expect.stringContaining('nowhere.tsv') });
  });

  test.each([
    ['a --train without its --test', ['--train', 'x.tsv']], ['a limit of nothing', ['--limit', '0']], ['a time that is none', ['--peer-minutes', 'soon']], ['calls that are none', ['--calls', 'many']], ['an option there is none of', ['--loud']],
  ])('is told what is wrong with %s', async (_, args) => {
    expect(await call(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('See "aftercare bench --help"') });
  });

  test('is told which file cannot be read, before anything is measured', async () => {
    expect(await call('--train', at('nowhere.tsv'), '--test', at('test.tsv'), at('en.tsv'))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('nowhere.tsv cannot be read') });
  });

  test('finds out from the help how it is asked', () => expect(bench.help).toContain('aftercare bench nlu [FILE...]'));
});
