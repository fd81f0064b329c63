import { describe, expect, test } from '@jest/globals';
import { speaksOfOrders } from '../../src/domain/words/address.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const nora = 'cus-0201';
const emily = 'cus-0008';
const anna = 'cus-0001';

// Nora: AC-100060 (backpack Ruta) and AC-100064 (kettle Brio, frying pans) are delivered, AC-100062 (floor lamp, desk lamp) and AC-100063 (suitcase Vuelo) paid.
async function talked(says: readonly string[], who = nora) {
  const { writes, shop } = watched();
  const core = await aCore({ shop });
  const talk = await aTalk(core);
  for (const [index, text] of says.entries()) await talk.says(text, index === 0 ? { identity: who } : {});
  return { core, talk, numbers: () => writes.map((write) => (write.request as { readonly orderNumber?: string }).orderNumber) };
}

const asideIn = {
  en: ['Please cancel order AC-100062, I no longer need it', 'Please change the delivery address of order AC-100063 to Via Verdi 4, 20121 Milano', 'Yes, order AC-100062, please cancel it'],
  es: ['Cancela el pedido AC-100062, ya no lo necesito', 'Cambia la dirección de entrega del pedido AC-100063 a Via Verdi 4, 20121 Milano', 'Sí, cancelen el pedido AC-100062'],
  pt: ['Cancele o pedido AC-100062, não preciso mais', 'Mude o endereço de entrega do pedido AC-100063 para Via Verdi 4, 20121 Milano', 'Sim, cancele o pedido AC-100062'],
  fr: ['Annulez la commande AC-100062, je n’en ai plus besoin', 'Changez l’adresse de livraison de la commande AC-100063 : Via Verdi 4, 20121 Milano', 'Oui, annulez la commande AC-100062'],
  de: ['Bitte stornieren Sie die Bestellung AC-100062, ich brauche sie nicht mehr', 'Bitte ändern Sie die Lieferadresse der Bestellung AC-100063 in Via Verdi 4, 20121 Milano', 'Ja, stornieren Sie die Bestellung AC-100062'],
  ru: ['Отмените заказ AC-100062, он мне больше не нужен', 'Измените адрес доставки заказа AC-100063 на Via Verdi 4, 20121 Milano', 'Да, отмените заказ AC-100062'],
  ar: ['ألغوا الطلب AC-100062 لم أعد بحاجة إليه', 'غيروا عنوان توصيل الطلب AC-100063 إلى Via Verdi 4, 20121 Milano', 'نعم، ألغوا الطلب AC-100062'],
  zh: ['请取消订单AC-100062，我不需要了', '请把订单AC-100063的收货地址改成 Via Verdi 4, 20121 Milano', '好的，取消订单AC-100062'],
} as const;

describe('a yes that names the order of a plan put aside', () => {
  test.each(Object.entries(asideIn))('%s: carries that out, which was shown and is still the very same; the other is shown again', async (_, [cancel, change, yes]) => {
    const { talk, numbers } = await talked([cancel, change]);
    expect(talk.keys()).toContain('change-address.plan');
    await talk.says(yes);
    expect(numbers()).toEqual(['AC-100062']);
    expect(talk.keys()).toContain('change-address.plan');
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });

  test.each(['Yes, cancel it, but only if the money is back today: order AC-100062', 'Cancel order AC-100062 then?'])('does nothing with a condition, or as a question: %s', async (says) => {
    const { talk, numbers } = await talked([asideIn.en[0], asideIn.en[1]]);
    await talk.says(says);
    expect(numbers()).toEqual([]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });
});

const toAnother = {
  en: ['Please cancel order AC-100062, I no longer need it', 'Yes, change the address please'],
  es: ['Cancela el pedido AC-100062, ya no lo necesito', 'Sí, cambia la dirección por favor'],
  pt: ['Cancele o pedido AC-100062, não preciso mais', 'Sim, mude o endereço por favor'],
  fr: ['Annulez la commande AC-100062, je n’en ai plus besoin', 'Oui, changez l’adresse s’il vous plaît'],
  de: ['Bitte stornieren Sie die Bestellung AC-100062, ich brauche sie nicht mehr', 'Ja, ändern Sie bitte die Adresse'],
  ru: ['Отмените заказ AC-100062, он мне больше не нужен', 'Да, измените адрес, пожалуйста'],
  ar: ['ألغوا الطلب AC-100062 لم أعد بحاجة إليه', 'نعم، غيروا العنوان من فضلكم'],
  zh: ['请取消订单AC-100062，我不需要了', '好的，请改地址'],
} as const;

describe('a yes that names something else to be done', () => {
  test.each(Object.entries(toAnother))('%s: is none to the plan on the table', async (_, says) => {
    const { talk, numbers } = await talked(says);
    expect(numbers()).toEqual([]);
    expect(talk.keys()).not.toContain('cancel-order.done');
  });

  test.each([
    ['Please cancel order AC-100062, I no longer need it. And change the delivery address of order AC-100063 to Via Verdi 5, 20121 Milano', 'Yes, change the address please'],
    ['Please change the delivery address of order AC-100063 to Via Verdi 5, 20121 Milano, and cancel AC-100062, I no longer need it', 'Yes, cancel it please'],
  ])('nor is one that names what waits behind it: %s', async (both, yes) => {
    const { talk, numbers } = await talked([both, yes]);
    expect(numbers()).toEqual([]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });

  test.each(['Yes, please cancel it', 'Yes please, go ahead with that', 'Yes, cancel the order'])('but one that names what the plan is about is: %s', async (yes) => {
    const { numbers } = await talked([toAnother.en[0], yes]);
    expect(numbers()).toEqual(['AC-100062']);
  });
});

describe('what is wanted if something cannot be promised', () => {
  test.each([
    ['If you can’t guarantee that it leaves this week, cancel order AC-100062. I no longer need it.'],
    ['Wenn Sie nicht garantieren können, dass sie diese Woche rausgeht, stornieren Sie die Bestellung AC-100062. Ich brauche sie nicht mehr.'],
    ['Если вы не можете гарантировать, что он уйдёт на этой неделе, отмените заказ AC-100062. Он мне больше не нужен.'],
  ])('comes with the word that it is not: %s', async (wish) => {
    const { talk, numbers } = await talked([wish]);
    expect(talk.keys()).toContain('plan.no-promise');
    expect(talk.keys().at(-1)).toBe('confirm.ask');
    expect(numbers()).toEqual([]);
  });

  test('another condition still does', async () => {
    const { talk, numbers } = await talked(['If you can’t guarantee that it leaves this week, cancel order AC-100062. I no longer need it.']);
    await talk.says('Yes, if the money is back on my card by Friday.');
    expect(numbers()).toEqual([]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });
});

describe('a yes to this, and to another order if there is one', () => {
  const plan = 'Please cancel the order AC-100062, I no longer need it';
  test.each([
    ['en', plan, 'yes, and if there’s another order with any of those in it, that one too'],
    ['es', 'Cancela el pedido AC-100062, ya no lo necesito', 'sí, y si hay otro pedido con esas cosas, también'],
    ['pt', 'Cancele o pedido AC-100062, não preciso mais', 'sim, e se houver outro pedido com essas coisas, também'],
    ['fr', 'Annulez la commande AC-100062, je n’en ai plus besoin', 'oui, et s’il y a une autre commande avec ces choses, elle aussi'],
    ['de', 'Bitte stornieren Sie die Bestellung AC-100062, ich brauche sie nicht mehr', 'ja, und falls es noch eine andere Bestellung mit diesen Sachen gibt, die auch'],
    ['ru', 'Отмените заказ AC-100062, он мне больше не нужен', 'да, и если есть ещё заказ с этими вещами, его тоже'],
    ['ar', 'ألغوا الطلب AC-100062 لم أعد بحاجة إليه', 'نعم، وإذا كان هناك طلب آخر فيه هذه الأشياء فهو أيضا'],
    ['zh', '请取消订单AC-100062，我不需要了', '好的，如果还有别的订单有这些东西，也一起'],
  ])('%s: counts where there is none', async (_, cancel, yes) => {
    const { talk, numbers } = await talked([cancel]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
    await talk.says(yes);
    expect(numbers()).toEqual(['AC-100062']);
  });

  test.each(['yes, if there’s another order with any of those in it, that one too, but not the desk lamp', 'yes, if it is free, and if there’s another order with those in it, that one too'])('is no yes with a limit besides: %s', async (says) => {
    const { talk, numbers } = await talked([plan]);
    await talk.says(says);
    expect(numbers()).toEqual([]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });

  test('takes what there is into the plan first: nothing is cancelled yet', async () => {
    const { talk, numbers } = await talked([plan]);
    await talk.says('yes, and if I have any other order, that one too');
    expect(numbers()).toEqual([]);
    expect(talk.words()).toContain('AC-100063');
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });
});

describe('a yes, beside a piece that something else was wanted of', () => {
  test('leaves that piece to the other wish, which comes next', async () => {
    const { talk, numbers } = await talked(['I want to return the Ruta backpack, I changed my mind', 'And I’d like to exchange the Brio kettle for another colour']);
    expect(talk.keys()).toContain('plan.later');
    await talk.says('yes, for the backpack and the kettle too, go ahead');
    expect(numbers()).toEqual(['AC-100060']);
    expect(talk.keys()).toEqual(['return-item.done', 'reason.ask']);
  });
});

describe('orders that are to stay', () => {
  test.each([
    'Put my account address back. The orders stay with the new one.', 'Solo mi cuenta; los pedidos se quedan con la nueva', 'Só a minha conta; as encomendas ficam com a nova', 'Seulement mon compte, les commandes restent comme elles sont',
    'Nur mein Konto, die Bestellungen bleiben so', 'Только аккаунт, заказы пусть остаются', 'حسابي فقط، الطلبات تبقى كما هي', '只改账户，订单保持不变',
  ])('are not to change with the account: %s', (text) => expect(speaksOfOrders(text)).toBe(false));
  test.each(['my account and my orders, too', 'auch für meine Bestellungen', 'también los pedidos', 'Keep my account as it is and change my orders'])('others are: %s', (text) => expect(speaksOfOrders(text)).toBe(true));
});

describe('the address of the account, put back', () => {
  test('is so by a yes to only that', async () => {
    const { core, talk } = await talked(['my default address should be 18 Linden Court, Tulsa, Oklahoma 74103 from now on', 'yes', 'Put my account address back to what it was before'], emily);
    expect(talk.keys().slice(-2)).toEqual(['account-update.plan', 'confirm.ask']);
    await talk.says('Yes, only the address of my account, as it was before');
    expect((await core.shop.reader.findCustomer(emily))?.address.line1).toBe('212 Maple Street Apt 4');
    expect(talk.keys()).toEqual(['account-update.done']);
  });
});

describe('a yes, beside a wish that turns out to be so already', () => {
  test('counts: nothing comes on top of it', async () => {
    const { talk, numbers } = await talked(['Please change the floor lamp of order AC-100002 to black'], anna);
    expect(talk.keys()).toContain('swap-items.plan.change');
    await talk.says('Yes, and please send that order to my default address, too');
    expect(talk.keys()).toContain('change-address.refused.same-address');
    expect(numbers()).toEqual(['AC-100002']);
  });

  test('does not where something is left to do first', async () => {
    const { talk, numbers } = await talked(['Please change the floor lamp of order AC-100002 to black'], anna);
    await talk.says('Yes, and please change the delivery address of that order to ul. Nowa 3, 31-056 Kraków');
    expect(numbers()).toEqual([]);
    expect(talk.keys().at(-1)).toBe('confirm.ask');
  });
});
