import { describe, expect, test } from '@jest/globals';
import { readAnswer, readMeta } from '../../src/classifiers/replies.js';

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
  test.each(['why is my parcel late', 'repeat my last order', '为什么我的快递还没到', 'ok', ''])('wants something of its own with "%s"', (text) => {
    expect(readMeta(text)).toBeUndefined();
  });
});
