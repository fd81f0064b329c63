import { describe, expect, jest, test } from '@jest/globals';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import { openModel } from '../../src/classifiers/model.js';
import type { Locale } from '../../src/domain/understanding.js';
import { root } from '../house/sources.js';

// Where nothing has been built yet the model is trained first.
jest.setTimeout(300_000);

const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '\\d{5}', returnNumberPattern: '', country: 'DE' } });

/** What is written first and without thinking: no capitals, no marks, hardly an accent. */
const PLAIN: readonly (readonly [Locale, Readonly<Record<string, readonly string[]>>])[] = [
PLAINROWS
];

describe('the plainest sentences are understood without asking back, a greeting in front of them or not', () => {
  test.each(PLAIN)('%s', (locale, wanted) => {
    const heard = Object.entries(wanted).flatMap(([intent, texts]) => texts.map((text) => {
      const { intents } = classifier.understand(text, { locale, at: '2026-01-01T12:00:00Z' });
      return [text, intents.map((one) => `${one.intent} ${one.verdict}`).join(' + '), `${intent} sure`];
    }));
    expect(heard.filter(([, found, expected]) => found !== expected)).toEqual([]);
  });
});
