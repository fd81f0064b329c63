import { readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { evaluateUnderstanding } from '../../src/classifiers/evaluation.js';
import { parseLabelledText } from '../../src/classifiers/labelled-text.js';
import { createLinearClassifier } from '../../src/classifiers/linear/classifier.js';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import { loadModel, openModel, saveModel } from '../../src/classifiers/model.js';
import { root } from '../house/sources.js';
import { LANGUAGES } from './gate.js';

// Where nothing has been built yet the model is trained first.
jest.setTimeout(300_000);

const at = '2026-01-01T12:00:00Z';
const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '', returnNumberPattern: '', country: 'US' } });
const linear = createLinearClassifier(model.linear);

/** The least share of `wishes-<language>.tsv` in which all and only the wishes are to be found. */
const WISHES_FOUND = 0.7;

describe('the model of all languages', () => {
  test('once loaded is what was saved, byte for byte', () => {
    const bytes = saveModel(model);
    expect(Buffer.compare(saveModel(loadModel(bytes)), bytes)).toBe(0);
    expect(createLinearClassifier(loadModel(bytes).linear).labels).toEqual(linear.labels);
  });

  test.each(LANGUAGES)('%s: several wishes in one message are found, all of them and no others', (language) => {
    const texts = parseLabelledText(readFileSync(`${root}test/understanding/wishes-${language}.tsv`, 'utf8'), language);
    const outcomes = texts.map(({ text }) => ({ understanding: classifier.understand(text, { at, locale: language, localeIsChosen: true }), best: [] }));
    expect(evaluateUnderstanding(texts, outcomes).accuracy).toBeGreaterThanOrEqual(WISHES_FOUND);
    for (const { understanding } of outcomes) for (const { text, entities } of understanding.intents) for (const { start, end, raw } of entities) expect(text.slice(start, end)).toBe(raw);
  });

  test.each([
    ['nothing', ''], ['100 kB', 'where is my parcel? '.repeat(5000)], ['100 kB without blanks', 'whereismyparcel'.repeat(6700)], ['emoji', '😡📦👩‍👩‍👧‍👦🇩🇪👍🏽'], ['control characters', '\u0000\u0001\u0007\u001b\u009f'],
    ['lone surrogates', '\ud800 where \udc00is\udfff my'], ['mixed directions', 'where is \u202eأين طلبي\u202c \u2067הזמנה\u2069'], ['zalgo', [...'where is my parcel'].map((letter) => `${letter}\u0301\u0316\u0346\u035c`).join('')],
  ])('%s gets a verdict in every language, and a reason or none', (_, text) => {
    for (const locale of LANGUAGES) {
      const [first] = classifier.understand(text, { at, locale, localeIsChosen: true }).intents;
      expect(['sure', 'unsure', 'out_of_scope']).toContain(first?.verdict);
      for (const { weight } of linear.explain(text, locale).parts) expect(Number.isFinite(weight)).toBe(true);
    }
  });

  test.each([
    ['en', 'please cancel my order', 'order_cancel', /cancel/u], ['zh', '我想取消订单', 'order_cancel', /取消/u], ['es', 'quiero cancelar mi pedido', 'order_cancel', /cancel/u], ['pt', 'quero cancelar meu pedido', 'order_cancel', /cancel/u],
    ['fr', 'je veux annuler ma commande', 'order_cancel', /annul/u], ['de', 'bitte meine Bestellung stornieren', 'order_cancel', /storn/u], ['ru', 'хочу отменить заказ', 'order_cancel', /отмен/u], ['ar', 'أريد إلغاء الطلب', 'order_cancel', /الغ/u],
  ])('%s: “%s” is %s, and the word that says so is among the reasons', (locale, text, intent, word) => {
    const { label, parts } = linear.explain(text, locale);
    expect(label).toBe(intent);
    expect(parts.filter(({ weight, feature }) => weight > 0 && word.test(feature)).length).toBeGreaterThan(0);
  });
});
