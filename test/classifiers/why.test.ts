import { describe, expect, test } from '@jest/globals';
import { readWhy } from '../../src/classifiers/replies.js';

describe('a question for the reason', () => {
  test.each([
    'why 5.90?', 'why do I pay 5.90?', 'Why is it 5,90 €?', 'why so much?', 'why only 14 days?', 'Warum 5,90 €?', 'Warum werden mir 5,90 € abgezogen?', 'wieso so viel?', 'Warum nur 14 Tage?', '¿Por qué 5,90 €?', '¿por qué me descuentan 5,90?',
    'Por que 5,90?', 'por que descontam 5,90 €?', 'Pourquoi 5,90 € ?', 'pourquoi vous retenez 5,90 € ?', 'Почему 5,90?', 'почему так много?', 'почему вычитаете 5,90 €?', '为什么要扣5.90？', '为什么这么多？', '为什么是5.90欧元', 'لماذا 5.90؟', 'لماذا تخصمون 5.90؟',
  ])('"%s" stands alone', (text) => expect(readWhy(text)).toMatchObject({ isAlone: true }));
  test.each(['why not?', "why can't I cancel it?", 'Warum geht das nicht?', 'warum kein Umtausch?', '¿por qué no?', 'por que não posso?', 'pourquoi pas ?', 'почему нельзя?', '为什么不行？', 'لماذا لا؟'])('"%s" is about a no', (text) => expect(readWhy(text)).toMatchObject({ isOfNo: true }));
  test.each(['where is my parcel?', 'I want to know when it comes', 'tell me more', 'es ist kaputt, warum auch immer', 'devuelvo la lámpara'])('"%s" is none', (text) => expect(readWhy(text)).toBeUndefined());
  test('one that goes on about something else does not stand alone', () => {
    for (const text of ['why is my parcel not moving since Monday?', 'Warum ist mein Paket noch nicht da?', 'por qué mi pedido sigue en la aduana?']) expect(readWhy(text)?.isAlone).not.toBe(true);
  });
});
