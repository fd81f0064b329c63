import { describe, expect, test } from '@jest/globals';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const nora = 'cus-0201';
const anna = 'cus-0001';

// Nora: AC-100060 (backpack Ruta) and AC-100064 (kettle Brio, frying pans) are delivered, AC-100062 (floor lamp, desk lamp) and AC-100063 (suitcase Vuelo) paid.
async function planned(says: readonly string[], who = nora) {
  const { writes, shop } = watched();
  const core = await aCore({ shop });
  const talk = await aTalk(core);
  for (const [index, text] of says.entries()) await talk.says(text, index === 0 ? { identity: who } : {});
  expect(talk.keys()).toContain('confirm.ask');
  const number = (write: (typeof writes)[number] | undefined): unknown => (write?.request as { readonly orderNumber?: string } | undefined)?.orderNumber;
  return { core, talk, writes, numbers: () => writes.map(number) };
}

const pressesYes = (talk: Talk): Promise<unknown> => talk.presses(talk.choices().find((id) => id.startsWith('y:')) ?? '');

describe('a plan about two orders, of which a yes names one as a whole', () => {
  test.each([
    ['en', ['I want to return the Ruta backpack and the Brio kettle, I changed my mind'], 'yes, the Ruta one'],
    ['de', ['Ich möchte Ruta und Brio zurückschicken, ich habe es mir anders überlegt'], 'ja, Ruta bitte'],
    ['es', ['Quiero devolver Ruta y Brio, ya no los quiero'], 'sí, Ruta'],
    ['fr', ['Je veux renvoyer Ruta et Brio, j’ai changé d’avis'], 'oui, Ruta'],
    ['pt', ['Quero devolver Ruta e Brio, mudei de ideia'], 'sim, Ruta'],
    ['ru', ['Хочу вернуть Ruta и Brio, я передумал'], 'да, Ruta'],
    ['zh', ['我想退货 Ruta 和 Brio，我改变主意了'], '好的，Ruta'],
    ['ar', ['أريد إرجاع Ruta و Brio، غيرت رأيي'], 'نعم، Ruta'],
  ])('%s: that one is done as it was shown, and the rest is said not to be done and asked', async (_, says, yes) => {
    const { talk, writes, numbers } = await planned(says);
    await talk.says(yes);
    expect(numbers()).toEqual(['AC-100060']);
    expect(talk.keys().slice(0, 2)).toEqual(['return-item.done', 'plan.left']);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
    expect(talk.words()).toContain('AC-100064');
    await pressesYes(talk);
    expect(numbers()).toEqual(['AC-100060', 'AC-100064']);
    expect(new Set(writes.map(({ key }) => key)).size).toBe(2);
  });

  const both = ['I want to return the Ruta backpack and the Brio kettle, I changed my mind'];

  test.each([
    ['its number', 'yes, order AC-100064', 'AC-100064'],
    ['its place in the plan', 'yes to the first order', 'AC-100060'],
    ['its place, by the piece in it', 'yes, the second one', 'AC-100064'],
  ])('… by %s', async (_, yes, number) => {
    const { talk, numbers } = await planned(both);
    await talk.says(yes);
    expect(numbers()).toEqual([number]);
    expect(talk.keys()).toContain('plan.left');
  });

  test('the last one may be the one ordered last: it is asked first', async () => {
    const { talk, numbers } = await planned(both);
    await talk.says('yes, the last one');
    expect(numbers()).toEqual([]);
    expect(talk.keys()).toContain('confirm.ask');
  });

  test('the rest may be declined, and stays as it was', async () => {
    const { talk, numbers } = await planned(both);
    await talk.says('yes, the backpack');
    await talk.says('no');
    expect(talk.keys()).toContain('plan.dropped');
    expect(numbers()).toEqual(['AC-100060']);
  });

  test('a yes that names the other, too, is a yes to both', async () => {
    const { talk, numbers } = await planned(both);
    await talk.says('yes, the backpack and the kettle');
    expect(numbers()).toEqual(['AC-100060', 'AC-100064']);
    expect(talk.keys()).not.toContain('plan.left');
  });

  test.each([
    'yes, the backpack, if it costs me nothing',
    'yes, the backpack, and cancel the suitcase order, too, please',
    'yes, the backpack, but not the kettle',
    'yes, but only the backpack',
  ])('%s: nothing is done by it', async (words) => {
    const { numbers, talk } = await planned(both);
    await talk.says(words);
    expect(numbers()).toEqual([]);
    expect(talk.keys()).toContain('confirm.ask');
  });

  test('where one piece of an order with more is named, it is asked first', async () => {
    const { talk, numbers } = await planned(['I want to return the backpack, the kettle and both frying pans, I changed my mind']);
    await talk.says('yes, the kettle');
    expect(numbers()).toEqual([]);
    expect(talk.keys()[0]).toBe('plan.part');
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });

  test('where the order has changed since the plan was shown, it is shown anew, and nothing is done', async () => {
    const { core, talk, numbers } = await planned(['please cancel AC-100062 and AC-100063, I no longer need them']);
    const before = await core.shop.reader.findOrder('AC-100063');
    if (!before) throw new Error('no such order');
    await core.shop.writer.changeAddress({ orderNumber: 'AC-100063', revision: before.revision, address: { ...before.shippingAddress, line1: 'Calle Mayor 5' } }, 'elsewhere');
    expect(numbers()).toEqual(['AC-100063']);
    await talk.says('yes, the suitcase');
    expect(numbers()).toEqual(['AC-100063']);
    expect(talk.keys()).toContain('confirm.ask');
    expect((await core.shop.reader.findOrder('AC-100063'))?.state).not.toBe('cancelled');
  });
});

describe('orders that are cancelled whole', () => {
  const both = ['please cancel AC-100062 and AC-100063, I no longer need them'];

  test.each([
    ['all that is in it', 'yes, the suitcase', 'AC-100063'],
    ['the order with a thing', 'yes, the order with the floor lamp', 'AC-100062'],
    ['its number', 'yes, AC-100063', 'AC-100063'],
    ['its place', 'yes to the second order', 'AC-100063'],
  ])('named by %s: that one goes, the other is asked', async (_, yes, number) => {
    const { talk, numbers } = await planned(both);
    await talk.says(yes);
    expect(numbers()).toEqual([number]);
    expect(talk.keys()).toEqual(expect.arrayContaining(['cancel-order.done', 'plan.left', 'confirm.ask']));
    await talk.says('yes');
    expect(numbers()).toHaveLength(2);
  });

  test('one thing of an order with more is not the order: it is asked', async () => {
    const { talk, numbers } = await planned(both);
    await talk.says('yes, the floor lamp');
    expect(numbers()).toEqual([]);
    expect(talk.keys()).toContain('confirm.ask');
  });

  test('an order that is not in the plan is none of it', async () => {
    const { talk, numbers } = await planned(both);
    await talk.says('yes, AC-100060');
    expect(numbers()).toEqual([]);
    expect(talk.keys().join()).not.toContain('done');
  });
});

describe('two orders that go to another address', () => {
  test('the one that is named goes there, and the other is asked with the same address', async () => {
    const { talk, numbers } = await planned(['Please send AC-100062 and AC-100063 to Calle Mayor 5, 28013 Madrid']);
    await talk.says('yes, the first order');
    expect(numbers()).toEqual(['AC-100062']);
    expect(talk.keys()).toContain('plan.left');
    expect(talk.words()).toContain('Calle Mayor 5');
    await talk.says('yes');
    expect(numbers()).toEqual(['AC-100062', 'AC-100063']);
  });
});

describe('one order alone', () => {
  test('a yes to one piece of it asks first, whatever else it holds', async () => {
    const { talk, numbers } = await planned(['I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind'], anna);
    await talk.says('yes, the first one');
    expect(numbers()).toEqual([]);
    expect(talk.keys()[0]).toBe('plan.part');
  });
});
