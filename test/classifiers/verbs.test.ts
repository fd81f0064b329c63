import { describe, expect, test } from '@jest/globals';
import { saidBoth, saidToDo } from '../../src/classifiers/verbs.js';

const top = (...intents: string[]) => intents.map((intent) => ({ intent }));

describe('what is said in so many words to be done', () => {
  test.each([
    ['en', 'Hello, two of my things should be exchanged please: a kettle and a watch'], ['es', 'Me gustaría cambiar dos cosas de mi pedido: el hervidor y el reloj'], ['pt', 'Queria trocar dois itens do meu pedido: a chaleira e o relógio'],
    ['fr', 'Je voudrais échanger deux articles de ma commande : la bouilloire et la montre'], ['de', 'Ich möchte zwei Artikel meiner Bestellung umtauschen: den Wasserkocher und die Uhr'], ['ru', 'Хочу обменять две вещи из заказа: чайник и часы'],
    ['ar', 'أريد استبدال قطعتين من طلبي: الغلاية والساعة'], ['zh', '我想换货，订单里的两样：水壶和手表'],
  ] as const)('in %s, counts before something near to it: "%s"', (locale, text) => {
    expect(saidToDo(text, locale, top('order_remove_item', 'exchange_request', 'return_request'))).toBe('exchange_request');
  });

  test('changes nothing where the word fits, where two are said, where it was not nearly understood, or where sending back is how a thing is exchanged', () => {
    expect(saidToDo('please take the kettle out of my order', 'en', top('order_remove_item', 'exchange_request'))).toBeUndefined();
    expect(saidToDo('remove the kettle and exchange the watch', 'en', top('order_remove_item', 'exchange_request'))).toBeUndefined();
    expect(saidToDo('exchange the kettle', 'en', top('order_remove_item', 'order_status'))).toBeUndefined();
    expect(saidToDo('can I send it back for a larger one', 'en', top('exchange_request', 'return_request'))).toBeUndefined();
    expect(saidToDo('can I exchange it', 'en', top('track_parcel', 'exchange_request'))).toBeUndefined();
  });
});

test.each([
  ['en', 'cancel or return whatever I bought'], ['es', 'quiero cancelar o devolver todo lo que compré'], ['pt', 'quero cancelar ou devolver tudo que comprei'], ['fr', 'annuler ou renvoyer tout ce que j’ai acheté'],
  ['de', 'alles stornieren oder zurückschicken'], ['ru', 'всё отменить или вернуть товар'], ['ar', 'إلغاء أو إرجاع كل شيء'], ['zh', '全部取消或退货'],
] as const)('in %s, either of two things to be done is both: "%s"', (locale, text) => {
  expect(saidBoth(text, locale, 'order_cancel')).toEqual(['order_cancel', 'return_request']);
  expect(saidBoth(text, locale, 'return_request')).toEqual(['order_cancel', 'return_request']);
  expect(saidBoth(text, locale, 'order_status')).toBeUndefined();
});
