import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LANGUAGES } from '../../src/classifiers/languages/index.js';
import { readLanguageWish } from '../../src/classifiers/language-wish.js';
import { phrasesOf } from '../../src/classifiers/phrases.js';
import { readAnswer, readMeta } from '../../src/classifiers/replies.js';
import { REPLY_TEXTS } from './reply-texts.js';

describe('a customer who answers a question', () => {
  test.each([
    'yes', 'Yes!', 'yep go ahead', 'yes please', 'Sure, thanks', 'ok', 'OKAY', "that's right", 'sounds good', 'yesss', 'do it', 'sí', 'Sí, dale', 'si por favor', 'vale, gracias', 'claro que sí', 'de acuerdo',
    '好的', '是的', '可以', '好的，谢谢', '嗯嗯', '没问题', '对', '👍', '👍🏽', 'ok 👍', '✅', 'ｙｅｓ',
  ])('says yes with "%s"', (text) => {
    expect(readAnswer(text)).toBe('yes');
  });

  test.each([
    'no', 'No.', 'nope', 'no thanks', 'no, thank you', 'not now', "don't do that", 'no gracias', 'No, mejor no', 'para nada', '不用了', '不', '不是', '不要', '不用了谢谢', '👎', '❌',
  ])('says no with "%s"', (text) => {
    expect(readAnswer(text)).toBe('no');
  });

  test.each(['maybe', "I'm not sure", 'not sure', "I don't know", 'no sé', 'quizás', 'tal vez', '不知道', '不确定', '让我想想'])('is unsure with "%s"', (text) => {
    expect(readAnswer(text)).toBe('unsure');
  });

  test.each([
    'yes but not today', 'yes, but change the address first', 'ok and where is my other parcel', 'no, the second one', 'sí, pero quiero otro color', '好的，但是先改地址', 'yes?', 'is that right', 'where is my order',
    'thanks', 'gracias', '', '   ', 'why not', 'I said no to the courier yesterday', 'yes '.repeat(60),
  ])('gives no plain answer with "%s"', (text) => {
    expect(readAnswer(text)).toBeUndefined();
  });
});

describe('a customer who asks back', () => {
  test.each(['why?', 'Why not', 'but why', '¿por qué?', 'por que no', '为什么', '为什么不行？', '为啥'])('asks why with "%s"', (text) => {
    expect(readMeta(text)).toBe('why');
  });
  test.each(['come again?', 'repeat that', 'can you say that again please', 'say again', '¿puedes repetir?', 'otra vez por favor', '再说一遍', '请再说一遍'])('asks to hear it again with "%s"', (text) => {
    expect(readMeta(text)).toBe('repeat');
  });
  test.each([
    'how much do I get back in all?', "what's the total refund", 'total amount altogether', 'how much money will I get in total', 'Can you tell me the total refund amount I will get back for all of these?', 'And how much will I be refunded in total?',
    'what does it all add up to?', 'in total, how much am I getting back?', 'ok, what will the total refund be then?', 'Could you please calculate for me how much money I will get back altogether for all these returns, please? Thank you very much',
    '一共退多少', '总共能退多少钱？', '请问退款总额是多少', '加起来一共多少钱', '几笔退款加起来多少', '¿cuánto me devuelven en total?', '¿Cuál es el reembolso total?', '¿Me puede decir cuánto recibiré en total por las dos devoluciones?', 'cuánto suman los reembolsos', 'el importe total a devolver',
  ])('asks for the sum over everything with "%s"', (text) => {
    expect(readMeta(text)).toBe('total');
  });
  test.each([
    'what is the total of my order AC-1', 'how much is shipping', 'how much do I get back for the lamp', 'how much', 'in total', 'was the total charged twice?', 'all together now', 'yes', '订单AC-1总共多少钱', '运费一共多少', '多少钱', '一共', 'cuál es el total de mi pedido AC-1', 'cuánto cuesta el envío', 'total',
  ])('asks for no sum with "%s"', (text) => {
    expect(readMeta(text)).not.toBe('total');
  });
  test.each(['why is my parcel late', 'repeat my last order', '为什么我的快递还没到', 'ok', ''])('wants something of its own with "%s"', (text) => {
    expect(readMeta(text)).toBeUndefined();
  });
});

describe.each(Object.entries(REPLY_TEXTS))('in %s', (locale, texts) => {
  test.each(texts.yes)('"%s" is a yes', (text) => expect(readAnswer(text, locale)).toBe('yes'));
  test.each(texts.no)('"%s" is a no', (text) => expect(readAnswer(text, locale)).toBe('no'));
  test.each(texts.unsure)('"%s" is neither yes nor no', (text) => expect(readAnswer(text, locale)).toBe('unsure'));
  test.each(texts.neither)('"%s" is no plain answer', (text) => expect(readAnswer(text, locale)).toBeUndefined());
  test.each(texts.why)('"%s" asks why', (text) => expect(readMeta(text)).toBe('why'));
  test.each(texts.repeat)('"%s" asks to hear it again', (text) => expect(readMeta(text)).toBe('repeat'));
  test.each(texts.also)('"%s" asks the same of something else', (text) => expect(readMeta(text)).toBe('also'));
  test.each(texts.total)('"%s" asks for the sum over everything', (text) => expect(readMeta(text)).toBe('total'));
  test.each(texts.ownMatter)('"%s" asks nothing back', (text) => expect(readMeta(text)).toBeUndefined());
  test.each(texts.wishes)('"%s" asks for %s', (text, wanted) => expect(readLanguageWish(text)).toBe(wanted));
  test.each(texts.noWishes)('"%s" asks for no language', (text) => expect(readLanguageWish(text)).toBeUndefined());
});

describe('an answer in the words of another language', () => {
  test.each([['да', 'en'], ['oui', 'de'], ['نعم', 'es'], ['好的', 'fr'], ['ok', 'ar']])('"%s" is a yes in a talk in %s', (text, locale) => expect(readAnswer(text, locale)).toBe('yes'));
  test('means what it means in the language of the talk', () => {
    expect(readAnswer('ta', 'pt')).toBe('yes');
    expect(readAnswer('ta', 'en')).toBeUndefined();
  });
  test.each(['没错', '沒錯', '没问题', '沒問題'])('"%s" is one word, not a no and something else', (text) => expect(readAnswer(text, 'zh')).toBe('yes'));
});

describe('whatever is sent', () => {
  const words = Object.values(LANGUAGES).flatMap(({ replies }) => phrasesOf(`${replies.yes},${replies.no},${replies.repeat},${replies.speak},${Object.values(replies.languages).join(',')}`));
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 100 }), fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' ')));

  test('is read without a fault', () => {
    fc.assert(fc.property(anyText, (text) => {
      readAnswer(text);
      readMeta(text);
      readLanguageWish(text);
    }), { seed: 42, numRuns: 3000 });
  });
  test.each(['嗯', '没', 'yes please ', 'no ', 'да ', 'لا ', 'speak in ', 'a', 'how much in all ', '一共'])('of many times "%s" is read to its end', (unit) => {
    for (const text of [`${unit.repeat(Math.floor(79 / unit.length))}x`, `${unit.repeat(Math.floor(159 / unit.length))}x`, unit.repeat(1_000_000 / unit.length)]) {
      for (const read of [readAnswer, readMeta, readLanguageWish]) expect(['string', 'undefined']).toContain(typeof read(text));
    }
  });
});
