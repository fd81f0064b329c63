import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Prediction } from '../../src/classifiers/linear/classifier.js';
import { findWishes, seamsOf } from '../../src/classifiers/wishes.js';

/** The pieces of a message, cut at the joints named. */
function pieces(text: string, locale: string, ...joints: readonly string[]): string[] {
  const cuts = seamsOf(text, locale).filter(({ joint }) => joints.includes(joint));
  return [...cuts, { end: text.length, start: text.length }].map(({ end }, i) => text.slice(cuts[i - 1]?.start ?? 0, end));
}

describe('where a message may be cut', () => {
  test.each([
    ['en', 'cancel order 1042 and also send me the invoice', ['cancel order 1042', 'send me the invoice']],
    ['es', 'cancela el pedido y además mándame la factura', ['cancela el pedido', 'mándame la factura']],
    ['zh', '帮我取消订单，另外开张发票', ['帮我取消订单', '开张发票']],
    ['pt', 'cancela o pedido e também manda a nota fiscal', ['cancela o pedido', 'manda a nota fiscal']],
    ['fr', 'annulez la commande et aussi la facture svp', ['annulez la commande', 'la facture svp']],
    ['de', 'bitte stornieren und außerdem die Rechnung', ['bitte stornieren', 'die Rechnung']],
    ['de', 'bitte stornieren, ausserdem die Rechnung', ['bitte stornieren', 'die Rechnung']],
    ['ru', 'отмените заказ, а ещё пришлите чек', ['отмените заказ', 'пришлите чек']],
    ['ar', 'ألغوا الطلب وكمان ابعتوا الفاتورة', ['ألغوا الطلب', 'ابعتوا الفاتورة']],
    ['ar', 'ألغوا الطلب، وأيضاً أرسلوا الفاتورة', ['ألغوا الطلب', 'أرسلوا الفاتورة']],
  ])('in %s: "%s" at the words that join wishes', (locale, text, expected) => expect(pieces(text, locale, 'also')).toEqual(expected));

  test.each([
    ['en', 'where is my parcel and can I get the invoice', ['where is my parcel', 'can I get the invoice']],
    ['es', 'cancelen el pedido y quiero la factura', ['cancelen el pedido', 'quiero la factura']],
    ['pt', 'cancela o pedido e quero a nota', ['cancela o pedido', 'quero a nota']],
    ['fr', 'annulez la commande et je voudrais la facture', ['annulez la commande', 'je voudrais la facture']],
    ['de', 'wo ist mein Paket und kann ich die Rechnung haben', ['wo ist mein Paket', 'kann ich die Rechnung haben']],
    ['ru', 'отмените заказ и пришлите чек', ['отмените заказ', 'пришлите чек']],
    ['ar', 'ألغوا الطلب وأريد الفاتورة', ['ألغوا الطلب', 'وأريد الفاتورة']],
    ['zh', '快递到哪了，能开发票吗', ['快递到哪了', '能开发票吗']],
  ])('in %s: "%s" where a wish begins', (locale, text, expected) => expect(pieces(text, locale, 'opening')).toEqual(expected));

  test.each([
    ['en', 'Where is it? Cancel it. Thanks', ['Where is it?', 'Cancel it.', 'Thanks']], ['ar', 'وين الطلب؟ ألغوه.', ['وين الطلب؟', 'ألغوه.']], ['zh', '到哪了？取消吧。谢谢', ['到哪了？', '取消吧。', '谢谢']],
  ])('in %s: "%s" at the ends of its sentences', (locale, text, expected) => expect(pieces(text, locale, 'question', 'sentence')).toEqual(expected));

  test('not inside a word, a number or an address', () => {
    expect(pieces('new e-mail anna@and.example', 'pt', 'and', 'also')).toEqual(['new e-mail anna@and.example']);
    expect(pieces('it costs 4.50', 'en', 'sentence')).toEqual(['it costs 4.50']);
    expect(pieces('the sandals', 'en', 'and')).toEqual(['the sandals']);
  });

  test('everywhere inside the text and in order, whatever it is; a very long one nowhere', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.constantFrom('and', 'also', ', ', '. ', '？', 'und ', 'وكمان ', '另外', 'a', ' ', '😀')).map((some) => some.join(''))), fc.constantFrom('en', 'zh', 'ar', 'de', 'xx'), (text, locale) => {
      let from = 0;
      for (const { end, start } of seamsOf(text, locale)) {
        expect(end).toBeGreaterThan(from);
        expect(start).toBeGreaterThanOrEqual(end);
        expect(start).toBeLessThan(text.length);
        from = start;
      }
    }), { seed: 42, numRuns: 2000 });
    expect(seamsOf('cancel it and then send it. '.repeat(40_000), 'en')).toEqual([]);
  });
});

const labels = ['cancel', 'invoice', 'track', 'greet', ...Array.from({ length: 20 }, (_, i) => `other${i}`)];

/** Hears a wish by its word; what it does not hear is out of scope. */
function predict(text: string): Prediction {
  const scores = Float64Array.from(labels, (label) => (text.includes(label) ? 1 : -1));
  const label = labels.find((one) => text.includes(one)) ?? 'other0';
  const verdict = text.includes(label) ? 'sure' : 'out_of_scope';
  return { label, confidence: 1, shown: 0.9, verdict, top: [{ label, score: 1 }], scores, unknown: 0 };
}

const heard = (text: string, locale = 'en', saidIn = (start: number, end: number): string | undefined => text.slice(start, end)): string[] | undefined =>
  findWishes({ text, locale, whole: predict(text), labels, predict: ({ start, end }) => predict(text.slice(start, end)), saidIn: ({ start, end }) => saidIn(start, end) })?.map(({ prediction }) => prediction.label);

describe('what a message wants', () => {
  test('is found part by part, three things too', () => {
    expect(heard('please cancel my order and send me the invoice')).toEqual(['cancel', 'invoice']);
    expect(heard('please cancel my order. Also send me the invoice, and can you track the other one?')).toEqual(['cancel', 'invoice', 'track']);
  });
  test('is one thing where both parts want it, or one of them wants nothing', () => {
    expect(heard('please cancel my order and cancel the other one')).toBeUndefined();
    expect(heard('please cancel my order, my dog ate it all')).toBeUndefined();
    expect(heard('greet the bot nicely. cancel my order')).toBeUndefined();
    expect(heard('cancel and invoice')).toBeUndefined();
    expect(heard('please cancel my order')).toBeUndefined();
  });
  test('is not found by cutting through a value', () => {
    expect(heard('please cancel my order and send me the invoice', 'en', () => undefined)).toBeUndefined();
  });
});
