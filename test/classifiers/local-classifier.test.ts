import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import { trainLanguage } from '../../src/classifiers/language.js';
import { trainLinear } from '../../src/classifiers/linear/training.js';
import { smallSet } from './sentences.js';

const set = smallSet();
const model = { linear: trainLinear(set), language: trainLanguage([...set.examples, ...set.background]) };
const shop = { orderNumberPattern: 'AC-\\d{5}', returnNumberPattern: '', country: 'ES' };
const classifier = createLocalClassifier({ model, shop });
const at = '2026-05-20T10:00:00Z';
const intentsOf = (text: string): string[] => classifier.understand(text, { at }).intents.map(({ intent }) => intent);

describe('a customer with a wish', () => {
  test('is understood in their own language, with the numbers they gave', () => {
    const seen = classifier.understand('¿dónde está mi paquete? Es el pedido 88213', { at });
    expect(seen).toMatchObject({ locale: 'es', entities: [{ kind: 'order_number', value: '88213' }] });
    expect(seen.intents.map(({ intent }) => intent)).toContain('track');
  });

  test('who says something else altogether is out of scope, and the likeliest wishes are still told', () => {
    const [only] = classifier.understand('do penguins dream at night', { at }).intents;
    expect(only).toMatchObject({ intent: 'out_of_scope', verdict: 'out_of_scope' });
    expect(only?.top[0]?.intent).toBe('out_of_scope');
    expect(only?.top).toHaveLength(3);
  });
});

describe('a customer with several wishes', () => {
  test.each([
    ['cancel order 1042 and change the delivery address of order 1043', ['cancel', 'address']],
    ['Please cancel my order. Where is my refund?', ['cancel', 'refund']],
    ['cancela mi pedido 1042 y cambia la dirección de entrega', ['cancel', 'address']],
    ['我想取消我的订单，还有帮我改一下收货地址', ['cancel', 'address']],
  ])('"%s" is heard in full', (text, expected) => {
    expect(intentsOf(text)).toEqual(expected);
  });

  test('each wish keeps its own words and its own numbers', () => {
    const { intents } = classifier.understand('cancel order 1042 and change the delivery address of order 1043', { at });
    expect(intents.map(({ text }) => text)).toEqual(['cancel order 1042', 'change the delivery address of order 1043']);
    expect(intents.map(({ entities }) => entities.map(({ raw }) => raw))).toEqual([['1042'], ['1043']]);
  });

  test.each(['where is my parcel and package', 'Cancel my order. Please cancel the order.', 'cancel the shoes and the hat', 'order 1042 and 1043, where are they'])('"%s" is one wish', (text) => {
    expect(classifier.understand(text, { at }).intents).toHaveLength(1);
  });
});

describe('a customer’s language', () => {
  test('chosen by the customer stays, whatever they write, until they ask for another', () => {
    const context = { at, locale: 'es', localeIsChosen: true };
    expect(classifier.understand('where is my parcel', context)).toMatchObject({ locale: 'es' });
    expect(classifier.understand('English please', context)).toMatchObject({ locale: 'es', wantsLocale: 'en' });
  });

  test('is heard afresh where nobody chose it', () => {
    expect(classifier.understand('where is my parcel', { at, locale: 'es' }).locale).toBe('en');
    expect(classifier.understand('88213', { at, locale: 'es' })).toMatchObject({ locale: 'es', localeConfidence: 0 });
  });
});

describe('a customer who writes otherwise than we do', () => {
  test('is read in Traditional Chinese, with the values as they wrote them', () => {
    const seen = classifier.understand('我的訂單 88213 在哪裡，退款什麼時候到賬', { at });
    expect(seen).toMatchObject({ locale: 'zh', script: 'traditional', entities: [{ kind: 'order_number', raw: '88213' }] });
    expect(seen.intents.map(({ intent }) => intent)).toContain('refund');
    for (const { start, end, raw } of seen.entities) expect('我的訂單 88213 在哪裡，退款什麼時候到賬'.slice(start, end)).toBe(raw);
    expect(classifier.understand('我的订单在哪里', { at })).not.toHaveProperty('script');
  });
  test('is not taken for a speaker of ours where the letters are another language’s', () => {
    expect(classifier.understand('สวัสดีครับ', { at, locale: 'es' })).toMatchObject({ foreign: 'th', locale: 'es' });
    expect(classifier.understand('荷物はどこですか', { at, locale: 'zh' })).toMatchObject({ foreign: 'ja' });
    expect(classifier.understand('where is my parcel', { at })).not.toHaveProperty('foreign');
  });
});

describe('a customer who answers', () => {
  test('is heard as answering, and a yes with another wish is not a plain yes', () => {
    expect(classifier.understand('yep go ahead', { at }).answer).toBe('yes');
    expect(classifier.understand('不用了', { at }).answer).toBe('no');
    expect(classifier.understand('why not', { at })).toMatchObject({ meta: 'why' });
    expect(classifier.understand('yes, and where is my parcel', { at }).answer).toBeUndefined();
  });
});

describe('whatever a customer sends', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ maxLength: 200 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
  );

  test('ten thousand random messages are all answered, each with an intent and values that stand in it', () => {
    fc.assert(fc.property(anyText, (text) => {
      const seen = classifier.understand(text, { at });
      expect(seen.intents.length).toBeGreaterThan(0);
      for (const { start, end, raw } of seen.entities) expect(text.slice(start, end)).toBe(raw);
      for (const { confidence, top } of seen.intents) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(top.length).toBeGreaterThan(0);
      }
    }), { seed: 42, numRuns: 10_000 });
  }, 120_000);

  test.each([
    ['letters', 'a'], ['digits', '1'], ['order numbers', 'order 1042, '], ['at signs', 'a@'], ['blanks', ' '], ['Chinese', '我的订单呢'], ['compatibility signs', 'ﷺ'], ['lone halves', '\ud800'], ['sentences', 'Cancel it. Where is it? '], ['dashes', '1-'], ['yes', 'yes '], ['line ends', '\n'],
  ])('a megabyte of %s is answered', (_, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(classifier.understand(text, { at }).intents.length).toBeGreaterThan(0);
  });

  test('the same message gets the same answer, whatever was asked between', () => {
    const first = classifier.understand('cancel order 1042 and where is my refund', { at });
    for (const { text } of set.examples) classifier.understand(text, { at });
    expect(classifier.understand('cancel order 1042 and where is my refund', { at })).toEqual(first);
  });
});
