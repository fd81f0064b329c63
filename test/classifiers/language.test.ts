import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readIntents } from '../../src/classifiers/intents-folder.js';
import { createLanguageTeller, knownWords, trainLanguage } from '../../src/classifiers/language.js';
import { readLanguageWish } from '../../src/classifiers/language-wish.js';
import { isTraditional, toSimplified } from '../../src/classifiers/traditional.js';
import { FOREIGN_TEXTS, LANGUAGE_TEXTS } from './language-texts.js';
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

const definitions = await readIntents(fileURLToPath(new URL('../../intents', import.meta.url)));
const sentences = definitions.flatMap(({ examples: by }) => Object.entries(by).flatMap(([locale, texts]) => texts.map((text) => ({ text, locale }))));
const ours = createLanguageTeller(trainLanguage([...sentences, ...knownWords()]));
/** Languages with next to no sentences cannot be told by them. */
const told = Object.entries(LANGUAGE_TEXTS).filter(([locale]) => sentences.filter((sentence) => sentence.locale === locale).length > 1000);

describe('a word or two at the beginning of a talk', () => {
  test.each([
    ['Moin', 'en', 'de'], ['Servus', 'en', 'de'], ['hey', 'en', 'en'], ['hey', 'de', 'de'], ['Hola', 'en', 'es'], ['Oi', 'en', 'pt'], ['salut', 'en', 'fr'], ['agente', 'en', 'es'], ['mensch', 'en', 'de'], ['humain', 'en', 'fr'],
    ['Rechnung', 'en', 'de'], ['factura', 'de', 'es'], ['fatura', 'en', 'pt'], ['colis', 'en', 'fr'], ['bom dia', 'en', 'pt'], ['ok danke', 'en', 'de'],
  ])('"%s", where %s is the language so far, is %s', (text, prior, locale) => {
    const guess = ours.tell(text, prior);
    expect(guess.locale).toBe(locale);
    if (locale !== prior) expect(guess.confidence).toBeGreaterThan(0.5);
  });

  test.each(['klarna?', 'paypal', 'ok', 'visa', 'dhl'].flatMap((text) => ['en', 'de', 'fr', 'es'].map((prior) => [text, prior] as const)))('"%s" is a word of every language, and leaves %s', (text, prior) => {
    expect(ours.tell(text, prior).locale).toBe(prior);
  });

  test.each([['retour', 'de'], ['ok', 'pt'], ['status', 'de']])('"%s" is known in %s, too, and ends no talk in it', (text, prior) => {
    expect(ours.tell(text, prior).locale).toBe(prior);
  });

  test('it begins a talk in its language, and changes none that goes on', () => {
    expect(ours.tell('mensch', 'en').confidence).toBeLessThan(0.7);
  });
});

describe('texts nobody learned from', () => {
  const share = (kind: 'words' | 'phrases' | 'messages', prior?: (locale: string) => string): number => {
    const all = told.flatMap(([locale, texts]) => texts[kind].map((text) => ({ locale, guess: ours.tell(text, prior?.(locale)) })));
    return all.filter(({ locale, guess }) => guess.locale === locale && guess.foreign === undefined).length / all.length;
  };
  test.each([['words', 0.93], ['phrases', 0.97], ['messages', 0.995]] as const)('%s alone are told in at least %d of all cases', (kind, least) => {
    expect(share(kind)).toBeGreaterThanOrEqual(least);
    expect(share(kind, (locale) => locale)).toBeGreaterThanOrEqual(least);
  });
  test('a whole message changes the language of a talk in another', () => {
    for (const [other] of told) expect(share('messages', (locale) => (locale === other ? locale : other))).toBeGreaterThanOrEqual(0.98);
  });
  test('in languages nobody here speaks are mostly known as such', () => {
    const all = Object.values(FOREIGN_TEXTS).flat().map((text) => ours.tell(text));
    expect(all.filter(({ foreign }) => foreign !== undefined).length / all.length).toBeGreaterThan(0.85);
    for (const { confidence, foreign } of all) if (foreign !== undefined) expect(confidence).toBeLessThan(0.4);
  });
  test.each([['日本語でお願いします', 'ja'], ['안녕하세요', 'ko'], ['שלום', 'he'], ['γεια σας', 'el'], ['नमस्ते', 'hi'], ['buongiorno, il pacco non è ancora arrivato', 'it'], ['dzień dobry, gdzie jest moja paczka', 'pl']])('"%s" is told to be %s', (text, tag) => {
    expect(ours.tell(text, 'es')).toMatchObject({ foreign: tag });
  });
  test('a name or a street of another country in a message of ours does not make it foreign', () => {
    for (const text of ['please send it to Łukasz Wiśniewski, ul. Długa 5, Kraków', 'envíalo a Győr, Kossuth utca 12, por favor', '寄到 Şişli, İstanbul 谢谢']) expect(ours.tell(text).foreign).toBeUndefined();
  });
  test('whatever is sent, something is told, however long', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { confidence } = ours.tell(text);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }), { seed: 42, numRuns: 2000 });
    for (const unit of ['a', 'ж', '我', 'ع', ' ', 'ş', '\ud800', 'word ']) expect(ours.tell(unit.repeat(1_000_000 / unit.length)).confidence).toBeLessThanOrEqual(1);
  });
});

describe('Chinese as it is written in Taiwan and Hong Kong', () => {
  test.each(['請問我的訂單到哪裡了', '還沒收到貨', '謝謝', '東西壞了，可以換嗎', '幫我查詢快遞'])('"%s" is Traditional', (text) => expect(isTraditional(text)).toBe(true));
  test.each(['请问我的订单到哪里了', '还没收到货', '王小明', '你好', 'hello', '', '收货人张軒，帮我改一下电话'])('"%s" is not', (text) => expect(isTraditional(text)).toBe(false));
  test('is read as Simplified, every character in its place', () => {
    expect(toSimplified('請問我的訂單到哪裡了，W5512345')).toBe('请问我的订单到哪里了，W5512345');
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => expect(toSimplified(text)).toHaveLength(text.length)));
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
