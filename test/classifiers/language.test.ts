import { describe, expect, test } from '@jest/globals';
import { createLanguageTeller, trainLanguage } from '../../src/classifiers/language.js';
import { readLanguageWish } from '../../src/classifiers/language-wish.js';
import { smallSet } from './sentences.js';

const { examples, background } = smallSet();
const teller = createLanguageTeller(trainLanguage([...examples, ...background]));

describe('the language a customer writes', () => {
  test.each([
    ['where is the order I placed', 'en'], ['my parcel', 'en'], ['¿dónde está el pedido?', 'es'], ['el dinero', 'es'], ['我的订单呢', 'zh'], ['查快递', 'zh'],
    ['我的 order 还没到', 'zh'], ['CANCEL MY ORDER', 'en'], ['CANCELA MI PEDIDO', 'es'],
  ])('"%s" is %s', (text, locale) => {
    expect(teller.tell(text).locale).toBe(locale);
  });

  test.each(['AC-20481', '12345', '👍', '', '???', 'a@b.com'])('"%s" says nothing of a language, so the conversation’s stays', (text) => {
    expect(teller.tell(text, 'es')).toEqual({ locale: 'es', confidence: 0 });
    expect(teller.tell(text).locale).toBe('en');
  });

  test('a script nobody here reads leaves the conversation’s language, with little confidence', () => {
    expect(teller.tell('สวัสดีครับ', 'es')).toMatchObject({ locale: 'es' });
    expect(teller.tell('สวัสดีครับ').confidence).toBeLessThan(0.5);
  });

  test('a word two languages share follows the conversation', () => {
    expect(teller.tell('total', 'es').locale).toBe('es');
    expect(teller.tell('total', 'en').locale).toBe('en');
  });

  test('a long message is told with more confidence than a short one', () => {
    expect(teller.tell('when do I get my money back for the parcel').confidence).toBeGreaterThan(teller.tell('ok').confidence);
  });
});

describe('the language a customer asks for', () => {
  test.each([
    ['English please', 'en'], ['in English, please', 'en'], ['can we speak Spanish?', 'es'], ['Could you switch to Chinese', 'zh'], ['I only speak English', 'en'], ['español', 'es'],
    ['en español por favor', 'es'], ['¿hablas español?', 'es'], ['responde en inglés', 'en'], ['请说中文', 'zh'], ['能用英语吗', 'en'], ['说英文可以吗', 'en'], ['切换到西班牙语', 'es'], ['中文', 'zh'],
    ["I don't speak Spanish, English please", 'en'], ['auf Deutsch bitte', 'de'], ['français', 'fr'], ['по-русски, пожалуйста', 'ru'], ['em português por favor', 'pt'],
  ])('"%s" asks for %s', (text, locale) => {
    expect(readLanguageWish(text)).toBe(locale);
  });

  test.each([
    'is the manual in English?', 'my English teacher ordered it', 'the Spanish flag is missing', 'where is my order', 'I do not speak Spanish', '我不会说英语', 'La tortilla española llegó rota', '',
  ])('"%s" asks for none', (text) => {
    expect(readLanguageWish(text)).toBeUndefined();
  });
});
