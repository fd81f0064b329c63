import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const maria = 'cus-0004';

// María: AC-100020 is paid, AC-100021 delivered, AC-100022 on its way.
describe('the order something was just told of is answered about first', () => {
  test.each([
    ['en', 'Where is my order AC-100022?', 'and how much do I get back if I return it?'], ['zh', '我的订单AC-100022到哪了？', '我想把它退掉'],
    ['es', '¿Dónde está mi pedido AC-100022?', '¿y cuánto me devuelven si lo devuelvo?'], ['pt', 'Onde está a minha encomenda AC-100022?', 'quero devolvê-la'],
    ['fr', 'Où est ma commande AC-100022 ?', 'je voudrais la renvoyer'], ['de', 'Wo ist meine Bestellung AC-100022?', 'ich möchte sie zurückschicken'],
    ['ru', 'Где мой заказ AC-100022?', 'я хочу его вернуть'], ['ar', 'أين طلبي AC-100022؟', 'أريد إرجاعه'],
  ])('%s: what has not arrived cannot come back yet, and could then', async (_, asks, then) => {
    const talk = await aTalk(await aCore(), asks.slice(0, 12));
    await talk.says(asks, { identity: maria });
    await talk.says(then);
    expect(talk.keys()).toEqual(['return-item.refused.not-delivered', 'refusal.alternatives']);
    expect(talk.words()).toContain('AC-100022');
    expect(talk.words()).not.toContain('AC-100021');
  });

  test.each([
    ['cancelled', 'cancel it please', 'cancel-order.refused'], ['changed', 'I would like another colour instead', 'swap-items.refused.locked'],
    ['sent elsewhere', 'I want to change the delivery address', 'change-address.refused'], ['made smaller', 'I want to remove an item', 'remove-item.refused'],
  ])('what is on its way cannot be %s: no other order is taken for it', async (_, then, refusal) => {
    const talk = await aTalk(await aCore(), then.slice(0, 12));
    await talk.says('Where is my order AC-100022?', { identity: maria });
    await talk.says(then);
    expect(talk.keys()[0]).toContain(refusal);
    expect(talk.words()).toContain('AC-100022');
    expect(talk.words()).not.toContain('AC-100020');
  });

  test('what is named, or said to be another one, is meant all the same', async () => {
    for (const then of ['I want to return the frying pan', 'I want to return something from my delivered order', 'I want to send back something from another order']) {
      const talk = await aTalk(await aCore(), then.slice(10, 24));
      await talk.says('Where is my order AC-100022?', { identity: maria });
      await talk.says(then);
      expect(talk.keys().join()).not.toContain('refused');
      expect(talk.words()).not.toContain('AC-100022');
    }
  });

  test('some messages later nothing is just told any more', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('Where is my order AC-100022?', { identity: maria });
    for (const says of ['thanks', 'what are your opening hours?', 'ok thank you']) await talk.says(says);
    await talk.says('I want to return something');
    expect(talk.keys().join()).not.toContain('refused');
  });
});

describe('what cannot be done is said before anything is asked', () => {
  test.each([['send it back', 'I want to return order AC-100022', 'return-item.refused.not-delivered'], ['change it', 'I want to swap the suitcase of order AC-100022 for another colour', 'swap-items.refused.locked']])('%s', async (_, says, refusal) => {
    const talk = await aTalk(await aCore(), says.slice(0, 14));
    await talk.says(says, { identity: maria });
    expect(talk.keys()).toContain(refusal);
    expect(talk.keys().join()).not.toContain('ask');
  });
});
