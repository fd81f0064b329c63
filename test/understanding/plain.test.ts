import { describe, expect, jest, test } from '@jest/globals';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import { openModel } from '../../src/classifiers/model.js';
import { tokenise } from '../../src/classifiers/linear/text.js';
import type { Locale } from '../../src/domain/understanding.js';
import { root } from '../house/sources.js';

// Where nothing has been built yet the model is trained first.
jest.setTimeout(300_000);

const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
const classifier = createLocalClassifier({ model, shop: { orderNumberPattern: '\\d{5}', returnNumberPattern: '', country: 'DE' } });

/** What is written first and without thinking: no capitals, no marks, hardly an accent. */
const PLAIN: readonly (readonly [Locale, Readonly<Record<string, readonly string[]>>])[] = [
  ['en', {
    track_parcel: ['hey where is my jacket', 'where are the plates i ordered', 'where is my order now hello', 'where is order 91823 right now'],
    parcel_lost: ['hello my parcel never arrived', 'the order never showed up'],
    product_question: ['hi do you have the coat in green', 'is there a size 39'],
    item_defective: ['my headphones dont work', 'it doesnt work'],
    complaint: ['hi your driver was rude to me'],
    return_request: ['hello i want to send the dress back'],
    order_cancel: ['cancel my order'],
    refund_status: ['where is my refund'],
  }],
  ['zh', {
    track_parcel: ['我买的盘子到哪了', '订单91823现在在哪', '我的包裹在哪', '你好我的包裹到哪了'],
    parcel_lost: ['你好快递还没到一直没来', '我的包裹丢了'],
    product_question: ['有39码的吗', '这件外套有蓝色吗'],
    item_defective: ['下午好烤面包机坏了', '耳机没声音'],
    complaint: ['你好送货的人态度很差'],
    return_request: ['您好我想退裙子'],
    order_cancel: ['取消订单'],
    refund_status: ['我的退款在哪'],
  }],
  ['es', {
    track_parcel: ['donde estan los platos que pedi', 'dónde está el pedido 91823', 'hola por donde va mi pedido', 'donde esta mi pedido'],
    parcel_lost: ['hola mi paquete nunca llego', 'nunca llegó mi compra'],
    product_question: ['hola tienen el abrigo en verde', 'hay talla 39'],
    item_defective: ['buenos dias la tostadora no funciona', 'mis auriculares no funcionan'],
    complaint: ['hola el repartidor fue maleducado'],
    return_request: ['hola quiero devolver el vestido'],
    order_cancel: ['quiero cancelar mi pedido'],
    refund_status: ['dónde está mi reembolso'],
  }],
  ['pt', {
    parcel_lost: ['oi meu pacote nunca chegou', 'minha compra nunca chegou'],
    product_question: ['tem tamanho 39', 'tem essa jaqueta em azul'],
    item_defective: ['meu fone não funciona'],
    complaint: ['oi o entregador foi mal educado'],
    return_request: ['oi quero devolver o vestido'],
    order_cancel: ['quero cancelar meu pedido'],
    refund_status: ['cadê meu reembolso'],
  }],
  ['fr', {
    track_parcel: ["où sont les assiettes que j'ai commandées", 'où est la commande 91823', 'salut ou est ma commande', 'où est ma commande'],
    parcel_lost: ["bonjour mon colis n'est jamais arrive", "ma commande n'est toujours pas arrivée après un mois"],
    item_defective: ['bonjour le grille pain ne marche pas', 'mes écouteurs ne marchent pas'],
    complaint: ['bonjour votre livreur a ete grossier'],
    return_request: ['bonjour je veux renvoyer la robe'],
    order_cancel: ['annuler ma commande'],
    refund_status: ['où est mon remboursement'],
    product_question: ['vous avez cette veste en bleu', 'bonjour le sac est en quelle matiere'],
  }],
  ['de', {
    track_parcel: ['guten tag wo ist meine jacke', 'wo sind die teller die ich bestellt habe', 'wo ist bestellung 91823', 'hi wo bleibt meine bestellung'],
    parcel_lost: ['hallo mein paket ist nie angekommen', 'meine bestellung kam nie'],
    product_question: ['hallo gibt es den mantel in grün', 'gibt es größe 39'],
    item_defective: ['guten morgen der toaster funktioniert nicht', 'meine kopfhörer gehen nicht'],
    complaint: ['hallo euer fahrer war unhöflich'],
    return_request: ['hallo ich will das kleid zurückschicken'],
    order_cancel: ['bestellung stornieren'],
    refund_status: ['wo ist meine rückerstattung'],
  }],
  ['ru', {
    track_parcel: ['добрый день где моя куртка', 'где тарелки которые я заказал', 'где заказ 91823', 'здравствуйте где мой заказ'],
    parcel_lost: ['привет посылка так и не пришла', 'мой заказ не пришёл'],
    product_question: ['привет есть пальто в зелёном', 'есть 39 размер'],
    item_defective: ['доброе утро тостер не работает', 'наушники не работают'],
    complaint: ['привет курьер был грубый'],
    return_request: ['привет хочу вернуть платье'],
    order_cancel: ['отменить заказ'],
    refund_status: ['где мой возврат денег'],
  }],
  ['ar', {
    track_parcel: ['فين الصحون اللي طلبتها', 'وين الطلب 91823', 'مرحبا فين طلبي', 'وين طلبي'],
    parcel_lost: ['مرحبا الطرد ما وصل ابدا', 'طلبيتي ما وصلت ابد'],
    product_question: ['في مقاس 39', 'الجاكيت هذا متوفر ازرق'],
    item_defective: ['صباح الخير المحمصة ما تشتغل', 'السماعة ما تشتغل'],
    complaint: ['مرحبا السائق كان وقح'],
    return_request: ['مرحبا ابي ارجع الفستان'],
    order_cancel: ['أريد إلغاء الطلب'],
    refund_status: ['وين فلوسي المسترجعة'],
  }],
];

describe('the plainest sentences are understood without asking back, a greeting in front of them or not', () => {
  test.each(PLAIN)('%s', (locale, wanted) => {
    const heard = Object.entries(wanted).flatMap(([intent, texts]) => texts.map((text) => {
      const { intents } = classifier.understand(text, { locale, at: '2026-01-01T12:00:00Z' });
      return [text, intents.map((one) => `${one.intent} ${one.verdict}`).join(' + '), `${intent} sure`];
    }));
    expect(heard.filter(([, found, expected]) => found !== expected)).toEqual([]);
  });
});

/** The same sentence as it should be and as it is typed: without accents, without apostrophes. */
const HASTY: readonly (readonly [Locale, string, string])[] = [
  ['es', '¿Dónde está la devolución que envié ayer?', 'donde esta la devolucion que envie ayer'],
  ['es', 'la cámara no enciende y además está rota', 'la camara no enciende y ademas esta rota'],
  ['pt', 'vocês já mandaram o relógio?', 'voces ja mandaram o relogio'],
  ['pt', 'não recebi o cupom de aniversário', 'nao recebi o cupom de aniversario'],
  ['fr', 'Où est l’étiquette pour renvoyer la théière ?', 'ou est l etiquette pour renvoyer la theiere'],
  ['fr', "j'ai été débitée deux fois, c'est réglé ?", 'jai ete debitee deux fois cest regle'],
];

test('what is typed without accents is read as if it had them', () => {
  for (const [locale, careful, hasty] of HASTY) {
    const [one, other] = [careful, hasty].map((text) => tokenise(text, locale));
    expect(other).toEqual(one);
  }
  // Where umlauts are on the keyboard they tell words apart.
  expect(tokenise('schon schön', 'de').words).toEqual(['schon', 'schön']);
});

test('a question is not cut before what it asks for', () => {
  for (const [locale, text, intent] of [['es', 'dónde están mis puntos', 'points_info'], ['fr', 'elle est où ma facture', 'invoice_request']] as const) {
    expect([text, ...classifier.understand(text, { locale, at: '2026-01-01T12:00:00Z' }).intents.map((one) => one.intent)]).toEqual([text, intent]);
  }
});
