import { describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGuardModel, readGuardLines, saveGuardModel, sentencesOf } from '../../src/classifiers/guard/guard-lines.js';
import { createSecondOpinion, learnGuardModel } from '../../src/classifiers/guard/guard-model.js';
import { createMessageGuard } from '../../src/classifiers/guard/message-guard.js';
import { readable } from '../../src/classifiers/guard/readable.js';
import { root } from '../house/sources.js';
import { LANGUAGES, readSent } from './corpus.js';

// Learning a net takes its time where a machine is busy.
jest.setTimeout(60_000);

const linesFolder = `${root}intents/guard`;
const lines = await readGuardLines(linesFolder);
const opinion = createSecondOpinion(await openGuardModel({ linesFolder, cacheFolder: `${root}.cache` }));
const guard = createMessageGuard(opinion);
const fold = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') || text;

describe('the second opinion', () => {
  test('is the same, byte for byte, whenever the same lines are learned', () => {
    const few = lines.filter((_, i) => i % 80 === 0);
    expect(Buffer.from(saveGuardModel(learnGuardModel(few))).equals(Buffer.from(saveGuardModel(learnGuardModel(few))))).toBe(true);
  });
  test('a line with choices is learned as often as its longest choice is long, each word of which occurs', () => {
    expect(sentencesOf('Take your time.')).toEqual(['Take your time.']);
    const learned = sentencesOf('{Send|Give} me your {PIN|CVV|IBAN}{| now}.');
    expect(learned.length).toBe(3);
    expect(learned[0]).toBe('Send me your PIN.');
    for (const word of ['Send', 'Give', 'PIN', 'CVV', 'IBAN', ' now']) expect([word, learned.some((one) => one.includes(word))]).toEqual([word, true]);
    expect(lines.filter(({ text }) => /[{}]/u.test(text))).toEqual([]);
  });
  test('comes from the cache the second time, and is the same', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'guard-'));
    writeFileSync(join(cacheFolder, 'en.tsv'), `text\tlabel\n${lines.filter(({ locale }) => locale === 'en').slice(0, 200).map(({ text, label }) => `${text}\t${label}\n`).join('')}`);
    const first = await openGuardModel({ linesFolder: cacheFolder, cacheFolder });
    const second = await openGuardModel({ linesFolder: cacheFolder, cacheFolder });
    expect(readdirSync(cacheFolder).filter((file) => file.endsWith('.model')).length).toBe(1);
    expect(Buffer.from(saveGuardModel(second)).equals(Buffer.from(saveGuardModel(first)))).toBe(true);
  });
  test('learns from every kind in every language, and from nothing that it is measured by', () => {
    for (const locale of LANGUAGES) for (const label of ['payment_data', 'outside_payment', 'unsourced_date', 'disrespect', 'coached_pretext', 'normal']) expect([locale, label, lines.filter((line) => line.locale === locale && line.label === label).length >= 120]).toEqual([locale, label, true]);
    const measured = new Set(LANGUAGES.flatMap((language) => (['fresh', 'sealed'] as const).flatMap((half) => readSent(half, language).map(({ text }) => fold(text)))));
    expect(lines.filter(({ text }) => measured.has(fold(text))).length).toBe(0);
  });
  test('names the words that spoke for it', () => {
    const finding = guard.read('Let me have the six figures that flashed up on your handset from the bank.', { locale: 'en' }).find(({ kind }) => kind === 'payment_data');
    expect(finding?.words?.join(' ')).toMatch(/bank|figures|let me have/u);
  });
  test('a day that is known may be repeated, however it is put', () => {
    const text = 'Yes yes, on the 19th it is in your hands.';
    expect(guard.read(text, { locale: 'en' }).map(({ kind }) => kind)).toContain('unsourced_date');
    expect(guard.read(text, { locale: 'en', facts: ['2026-06-19'] })).toEqual([]);
  });
  test('does not stop a handful of words by likeness alone for what nobody may answer for', () => {
    for (const text of ['We pay the postage.', 'Withdraw the case', 'Write a message']) expect([text, guard.read(text, { locale: 'en' })]).toEqual([text, []]);
  });
  test('does not stop what is merely unlike all it has learned: no words of it speak for a kind', () => {
    const text = 'I am here, on the other machine.';
    const sentences = readable(text);
    const scores = opinion.scores(text, sentences, 'en');
    expect(Math.max(...Object.values(scores))).toBeGreaterThan(0);
    expect(guard.read(text, { locale: 'en' })).toEqual([]);
  });
  test('leaves the bot’s own sentences, which somebody has read, to the patterns', () => {
    const text = 'Let me have the six figures that flashed up on your handset from the bank.';
    const byPatterns = createMessageGuard().read(text, { locale: 'en', values: [] });
    expect(guard.read(text, { locale: 'en', values: [] })).toEqual(byPatterns);
  });
});

/** How many of each kind are found, and how many harmless messages are stopped, of how many. */
function figures(): Record<string, { found: number; of: number }> {
  const all: Record<string, { found: number; of: number }> = {};
  for (const language of LANGUAGES) {
    for (const { text, label } of readSent('fresh', language)) {
      const kinds: string[] = guard.read(text, { locale: language }).map(({ kind }) => kind);
      const { found, of } = all[label] ?? { found: 0, of: 0 };
      all[label] = { found: found + Number(label === 'normal' ? kinds.length > 0 : kinds.includes(label)), of: of + 1 };
    }
  }
  return all;
}

test('[WI-11] [WI-12] [TB-45] of fresh messages nothing was learned from it finds as many as when it was last measured', () => {
  const found = figures();
  const least = { payment_data: 0.94, outside_payment: 0.86, coached_pretext: 0.76, unsourced_date: 0.83, disrespect: 0.76 } as const;
  for (const [label, share] of Object.entries(least)) expect({ label, isAsGood: (found[label]?.found ?? 0) / (found[label]?.of ?? 1) >= share }).toEqual({ label, isAsGood: true });
  expect((found['normal']?.found ?? 1) / (found['normal']?.of ?? 1)).toBeLessThanOrEqual(0.01);
});
