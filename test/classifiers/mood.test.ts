import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMood } from '../../src/classifiers/mood.js';

describe('an angry customer is told from a calm one', () => {
  test.each([
    ['en', 'this is ridiculous, three weeks and nothing'], ['en', "you're a bunch of scammers"], ['en', 'I WANT MY MONEY BACK NOW!!'], ['zh', '你们太过分了，我要去12315投诉'], ['zh', '你们这群骗子'],
    ['es', 'Estoy harta de esperar'], ['es', 'voy a poner una denuncia'], ['pt', 'que palhaçada, vou no procon'], ['fr', "J'en ai marre de vos réponses"], ['fr', 'bande de voleurs'],
    ['de', 'Das ist eine Frechheit!'], ['de', 'mir reichts, ich geh zum Anwalt'], ['ru', 'сколько можно издеваться'], ['ru', 'вы просто мошенники, одни мошенники'], ['ar', 'هذه مهزلة'], ['ar', 'طفح الكيل منكم يا نصابين'], ['ru', 'this is bullshit'],
    ['en', 'you guys are scammers!!'], ['zh', '你们都是骗子'], ['es', 'son unos estafadores'], ['pt', 'vocês são uns golpistas'], ['fr', 'vous êtes des escrocs'], ['de', 'ihr seid alle Betrüger'], ['ru', 'вы мошенники'], ['ar', 'انتم نصابين'],
    ['en', 'three weeks and still waiting, where is my money back??'], ['de', 'schon wieder kaputt, kümmert euch endlich!!'], ['fr', 'toujours rien, personne ne répond !!'], ['pt', 'até agora nada, devolvam meu dinheiro!!'], ['ar', 'أسبوعين وللحين ما وصل، فلوسي وينها؟؟'],
  ])('%s: %s', (locale, text) => expect(readMood(text, locale)).toBe('angry'));

  test.each([
    ['en', 'where is my parcel?'], ['en', 'my order AC-104233 is late'], ['en', 'PLEASE CALL ME'], ['en', 'SIZE XL IN BLACK!'], ['zh', '我的包裹到哪了'], ['es', '¿me pueden ayudar con el pedido?'], ['pt', 'o produto veio quebrado'],
    ['fr', 'je voudrais annuler ma commande'], ['de', 'Die Lampe ist kaputt angekommen!'], ['ru', 'где мой заказ?'], ['ar', 'أين طلبي من فضلكم'], ['en', ''], ['en', '🙂'], ['pt', 'quando chega meu pacote?'], ['ru', 'за сколько можно вернуть товар?'], ['ar', 'المصباح فيه عيب'], ['de', 'laut Anzeige echtes Leder'], ['fr', 'je ne le trouve nulle part'], ['zh', '滚筒洗衣机还没到'], ['en', 'is this mail from scammers?'], ['en', 'thanks again!!'], ['fr', 'merci encore !!'], ['de', 'endlich ist es da, danke!'], ['es', 'ya llegó, gracias!!'], ['en', 'it is broken, what now?'],
  ])('%s, calm: %s', (locale, text) => expect(readMood(text, locale)).toBeUndefined());

  test.each([
    ['de', 'meine Tischlampe flackert'], ['de', 'die Schreibtischlampe geht nicht an'], ['de', 'wo bleibt die Haarschneidemaschine'], ['de', 'der Sparschäler ist stumpf'], ['de', 'Lieferung nach Warschau'],
    ['en', 'the ugly Christmas sweater is too small'], ['es', 'el animal de peluche llegó roto'], ['fr', 'la salopette est trop grande'], ['pt', 'o macacão veio no tamanho errado'], ['pt', 'o macaco hidráulico não sobe'],
    ['ar', 'طعام الكلاب لم يصل'], ['ar', 'طوق كلب'], ['ar', 'أريد إرجاع حيوان محشو'],
  ] as const)('a thing that is bought is no insult: %s, %s', (locale, text) => {
    expect(readMood(text, locale)).toBeUndefined();
  });
  test.each([['de', 'du Schlampe'], ['de', 'ihr Arschlöcher'], ['fr', 'bande de salopards'], ['pt', 'seu macaco'], ['ar', 'يا كلب'], ['ar', 'أنت كلب']] as const)('an insult still is one: %s, %s', (locale, text) => {
    expect(readMood(text, locale)).toBe('angry');
  });
  test('whatever is sent is read at once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('en', 'zh', 'ar', 'xx'), (text, locale) => {
      expect([undefined, 'angry']).toContain(readMood(text, locale));
    }), { numRuns: 500, seed: 7 });
    expect(readMood('ridicul'.repeat(150_000), 'en')).toBeUndefined();
  });
});
