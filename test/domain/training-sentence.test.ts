import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../src/classifiers/entities/entity-reader.js';
import { isTeachable, sentenceKey, trainingSentence } from '../../src/domain/training-sentence.js';

const read = createEntityReader({ orderNumberPattern: 'AC-\\d{6}', returnNumberPattern: 'RMA-[0-9A-Z]{6}', country: 'US' });
const known = new Set(['where', 'is', 'my', 'order', 'bestellung', 'wo', 'the', 'lamp', 'i', 'am', 'parcel', 'please', 'to', 'it', 'send']);
const sentence = (text: string, locale = 'en') => trainingSentence(text, read(text, locale, { at: '2026-11-22T10:00:00Z' }), (word) => known.has(word));

describe('a message as a sentence to learn from', () => {
  test.each([
    ['an order number', 'Where is my order AC-104233?', '104233'],
    ['a parcel number', 'Where is my parcel LX123456785CN?', 'LX123456785'],
    ['an e-mail address', 'I am anna.k@example.org, where is my order', 'anna'],
    ['a telephone number', 'call me at +49 151 2345678 please', '2345678'],
    ['a card number', 'my card 4111 1111 1111 1111 please', '1111'],
    ['a web address', 'see https://shop.example/orders?u=anna', 'shop.example'],
    ['a name nobody else has', 'the lamp for Xaviera Quux please', 'Xaviera'],
  ])('holds no longer %s', (_, text, secret) => expect(sentence(text)).not.toContain(secret));

  test('numbers keep their shape, so that the same message about another order is the same sentence', () => {
    expect(sentence('Where is my order AC-104233?')).toBe('Where is my order AC-482019?');
    expect(sentence('Where is my order AC-999111?')).toBe('Where is my order AC-482019?');
  });

  test('nouns that are known stay, in German too', () => expect(sentence('Wo ist meine Bestellung', 'de')).toBe('Wo ist meine Bestellung'));
  test('made a sentence again it stays as it is', () => {
    const once = sentence('Hello, where is my order AC-104233? I am Xaviera, mail xaviera@example.org, 10115 Berlin');
    expect(sentence(once)).toBe(once);
  });

  test('a number or an address alone teaches nothing, nor does a story', () => {
    for (const text of ['AC-104233', 'anna@example.org', '15', '🙂🙂', '…', 'a'.repeat(301)]) expect(isTeachable(sentence(text))).toBe(false);
    expect(isTeachable(sentence('where?'))).toBe(true);
    expect(isTeachable('快递呢')).toBe(true);
  });

  test('dress does not make another sentence', () => {
    expect(sentenceKey('Gift-wrap, PLEASE!', 'en')).toBe(sentenceKey('gift wrap please', 'en'));
    expect(sentenceKey('gift wrap please', 'en')).not.toBe(sentenceKey('gift wrap please', 'de'));
  });
});
