import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { changedOrders, withOrders } from './orders.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const anna = 'cus-0001';
const tom = 'cus-0002';
const maria = 'cus-0004';
const emily = 'cus-0008';
const nora = 'cus-0201';

describe('a customer who wants an order paid another way', () => {
  test('sees what is charged where and what goes back, says yes, and it is written once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('Could you switch the payment method of order AC-100020 from my Visa to my gift card?', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'change-payment.plan', 'change-payment.balance-after', 'change-payment.once', 'confirm.ask']);
    for (const consequence of ['AC-100020', 'gift card', 'Visa •• 2660', 'would then hold']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    const yes = talk.choices().find((id) => id.startsWith('y:')) ?? '';
    await talk.presses(yes);
    expect(talk.keys()).toEqual(['change-payment.done', 'payment.balance-left']);
    await talk.presses(yes);
    expect(writes).toMatchObject([{ method: 'changePayment', request: { orderNumber: 'AC-100020', methodId: 'pm-maria-gift' } }]);
    const order = await core.shop.reader.findOrder('AC-100020');
    expect(order?.payments.map(({ kind, methodId }) => [kind, methodId])).toEqual([[undefined, 'pm-maria-visa'], ['payment', 'pm-maria-gift'], ['refund', 'pm-maria-visa']]);
    await talk.says('change the payment method of AC-100020 back to my Visa');
    expect(talk.keys()).toEqual(['change-payment.refused.moved', 'refusal.alternatives']);
  });

  test('is asked only for what is missing, and leaves no trace after a no', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('I would like to change the payment method on my order', { identity: maria });
    expect(talk.keys()).toEqual(['hello.short', 'change-payment.ask']);
    await talk.says('the gift card');
    expect(talk.keys()).toContain('change-payment.plan');
    await talk.says('no');
    expect([talk.keys(), writes]).toEqual([['plan.dropped'], []]);
  });

  test.each([
    ['zh', '我想把订单AC-100020的支付方式换成礼品卡'], ['es', 'Quiero cambiar la forma de pago del pedido AC-100020 a mi tarjeta de regalo'], ['pt', 'Quero mudar a forma de pagamento do pedido AC-100020 para o meu vale-presente'],
    ['fr', 'Je voudrais changer le moyen de paiement de la commande AC-100020 et payer avec ma carte cadeau'], ['de', 'Bitte ändern Sie die Zahlungsart von Bestellung AC-100020 auf meine Geschenkkarte'],
    ['ru', 'Хочу изменить способ оплаты заказа AC-100020 на подарочную карту'], ['ar', 'أريد تغيير طريقة الدفع للطلب AC-100020 إلى بطاقة الهدايا'],
  ])('is understood in %s', async (_, says) => {
    const talk = await aTalk(await aCore());
    await talk.says(says, { identity: maria });
    expect(talk.keys()).toContain('change-payment.plan');
  });

  test('changes the address, too, in one message: each has a plan of its own', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('Send order AC-100020 to Calle Mayor 3, 28001 Madrid. And also change its payment method to my gift card please.', { identity: maria });
    expect(talk.keys()).toContain('change-address.plan');
    await talk.says('yes');
    expect(talk.keys()).toContain('change-payment.plan');
    await talk.says('yes');
    expect(writes.map(({ method }) => method)).toEqual(['changeAddress', 'changePayment']);
  });

  test('takes the next method where a gift card holds too little, and says so where there is no other', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('change the payment method of order AC-100002 to my gift card', { identity: anna });
    expect(talk.keys()).toContain('change-payment.refused.gift-card-short');
    expect(talk.words()).toContain('25.00');
    const dollars = await aTalk(await aCore({ shop: changedOrders((order) => (order.number === 'AC-100051' ? { ...order, state: 'paid' } : order)) }), 'two');
    await dollars.says('switch the payment method of AC-100051 to my gift card, or if that is not enough my Mastercard', { identity: emily });
    expect(dollars.words()).toContain('Mastercard •• 5421');
  });

  test.each([
    ['no-other', nora, 'AC-100063', 'change the payment method of order AC-100063'], ['same-method', maria, 'AC-100020', 'change the payment method of order AC-100020 to my Visa'],
    ['unpaid', emily, 'AC-100050', 'change the payment method of order AC-100050 to my Visa'], ['locked', tom, 'AC-100008', 'change the payment method of order AC-100008 to PayPal'],
    ['cancelled', emily, 'AC-100052', 'change the payment method of order AC-100052 to my Visa'],
  ])('refused: %s', async (code, identity, number, says) => {
    const talk = await aTalk(await aCore());
    await talk.says(says, { identity });
    expect([number, talk.keys()]).toEqual([number, expect.arrayContaining([`change-payment.refused.${code}`])]);
  });

  test('refused where the shop never does it, where the items were changed once, and without orders', async () => {
    const says = 'change the payment method of order AC-100020 to my gift card';
    const never = await aTalk(await aCore({ policy: withOrders({ changePaymentIn: [] }) }));
    await never.says(says, { identity: maria });
    expect(never.keys()).toContain('change-payment.refused.not-allowed');
    const once = await aTalk(await aCore({ policy: withOrders({ changeItemsOnce: true }), shop: changedOrders((order) => ({ ...order, itemsChanged: true })) }), 'two');
    await once.says(says, { identity: maria });
    expect(once.keys()).toContain('change-payment.refused.already-changed');
    const none = await aTalk(await aCore({ shop: (shop) => reading(shop, { ordersOf: async () => [] }) }), 'three');
    await none.says('change the payment method of my order to my gift card', { identity: maria });
    expect(none.keys()).toContain('change-payment.refused.no-orders');
  });
});
