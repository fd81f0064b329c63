import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ReturnOrderRequest, Shop } from '../../src/ports/shop.js';
import type { ShopData } from '../../src/shops/shop-format.js';
import { isTrackingNumber } from '../../src/shops/tracking-number.js';
import { aShop, anOrder, NOW } from './a-shop.js';
import { describeOrderWrites } from './order-writes-contract.js';
import { describeReturnLife } from './return-life-contract.js';

/** A shop under test, opened on some data. */
export interface OpenedShop { readonly shop: Shop; close(): Promise<void> }

/** How an implementation is tested: what it needs once, and how it is opened on data. */
export interface ShopUnderTest {
  readonly setUp?: () => Promise<void>;
  readonly tearDown?: () => Promise<void>;
  open(data: ShopData, clock: Clock): Promise<OpenedShop>;
}

const newAddress = { name: 'Anna Kowalska', line1: 'ul. Nowa 1', city: 'Kraków', postcode: '30-001', country: 'PL' };

const aReturn = (more: Partial<ReturnOrderRequest> = {}): ReturnOrderRequest => ({
  orderNumber: 'AC-100001', revision: 4, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'changed_mind', refund: money(476, 'EUR'), freight: money(490, 'EUR'),
  freightPaidBy: 'customer', shipBy: '2026-03-16T10:00:00.000Z', ...more,
});

/** What every shop must do, whatever it is kept in. */
export function describeShop(what: string, under: ShopUnderTest): void {
  describe(what, () => {
    let opened: OpenedShop;
    let now = NOW;
    beforeAll(async () => under.setUp?.());
    afterAll(async () => under.tearDown?.());
    beforeEach(async () => {
      now = NOW;
      opened = await under.open(aShop(), { now: () => now });
    });
    afterEach(async () => opened.close());
    const reader = () => opened.shop.reader;
    const writer = () => opened.shop.writer;
    const everything = async () => JSON.stringify([await reader().ordersOf('anna'), await reader().findCustomer('anna'), await reader().findReturn('RMA-7K2M9Q')]);

    describe('looking things up', () => {
      test('finds an order however its number is written', async () => {
        for (const number of ['AC-100001', 'ac100001', ' Ac 100001 ', 'ＡＣ－１００００１']) expect((await reader().findOrder(number))?.id).toBe('ord-100001');
        expect(await reader().findOrder('AC-999999')).toBeNull();
        expect(await reader().findOrder('')).toBeNull();
      });
      test('gives an order back with nothing lost', async () => {
        expect(await reader().findOrder('AC-100001')).toEqual(aShop().orders[0]);
      });
      test('lists a customer’s orders newest first, by the instant and not by the letters', async () => {
        expect((await reader().ordersOf('anna')).map((order) => order.number)).toEqual(['AC-100002', 'AC-100003', 'AC-100004', 'AC-100001']);
        expect(await reader().ordersOf('nobody')).toEqual([]);
      });
      test('lists orders without a time as they were loaded, the later the newer', async () => {
        const { placedAt, ...undated } = anOrder('AC-100001');
        const data = { ...aShop(), orders: ['AC-300009', 'AC-300001', 'AC-300005'].map((number) => ({ ...undated, number, id: number })) };
        const other = await under.open(data, { now: () => now });
        expect(placedAt).toBeDefined();
        expect((await other.shop.reader.ordersOf('anna')).map((order) => order.number)).toEqual(['AC-300005', 'AC-300001', 'AC-300009']);
        await other.close();
      });
      test('finds a parcel by its tracking number', async () => {
        expect(await reader().findParcel('lp 0001 0005 7cn')).toEqual(aShop().orders[3]?.parcels[1]);
        expect(await reader().findParcel('LP000000000CN')).toBeNull();
      });
      test('finds a customer by id and by e-mail in any case', async () => {
        expect((await reader().findCustomerByEmail(' ANNA@example.COM '))?.id).toBe('anna');
        expect(await reader().findCustomer('anna')).toEqual(aShop().customers[0]);
        expect(await reader().findCustomerByEmail('nobody@example.com')).toBeNull();
        expect(await reader().findCustomer('nobody')).toBeNull();
      });
      test('finds customers by name and postcode without case, accents and spacing', async () => {
        const names = async (name: string, postcode: string) => (await reader().findCustomersByName(name, postcode)).map((customer) => customer.id);
        expect(await names('lukasz zolc muller', '90001')).toEqual(['łukasz']);
        expect(await names('ŁUKASZ  ŻÓŁĆ-MÜLLER', '90 001')).toEqual(['łukasz']);
        expect(await names('王 小明', '200040')).toEqual(['wang']);
        expect(await names('Anna Kowalska', '00-002')).toEqual([]);
        expect(await names('Anna', '00-001')).toEqual([]);
      });
      test('knows products, levels, lanes and its own card', async () => {
        expect(await reader().findProduct('case')).toEqual(aShop().products[0]);
        expect(await reader().findProduct('lamp')).toBeNull();
        expect(await reader().memberLevels()).toEqual(aShop().memberLevels);
        expect(await reader().lane('CN', 'PL', 'standard')).toEqual(aShop().lanes[0]);
        expect(await reader().lane('CN', 'PL', 'express')).toBeNull();
        expect(await reader().products()).toEqual(aShop().products);
        expect(await reader().lanesTo('PL')).toEqual(aShop().lanes);
        expect(await reader().lanesTo('CN')).toEqual([]);
        expect(await reader().profile()).toEqual(aShop().profile);
      });
      test('tells the promotions that run now, up to their end', async () => {
        const ids = async (at: string) => (await reader().promotions(at)).map((promotion) => promotion.id);
        expect(await ids(NOW)).toEqual(['now']);
        expect(await ids('2026-03-05T00:00:00.000Z')).toEqual([]);
        expect(await ids('2026-04-01T02:00:00+02:00')).toEqual(['soon']);
      });
      test('tells open coupons that are valid, and finds any coupon by its code', async () => {
        expect((await reader().openCoupons(NOW)).map((coupon) => coupon.code)).toEqual(['HELLO', 'OPEN', 'GOLD-ONLY']);
        expect((await reader().findCoupon(' gold-only'))?.levels).toEqual(['gold']);
        expect(await reader().findCoupon('NOPE')).toBeNull();
      });
      test('what is read cannot be used to change the shop', async () => {
        const order = await reader().findOrder('AC-100001');
        Reflect.set(order?.shippingAddress ?? {}, 'city', 'Elsewhere');
        expect((await reader().findOrder('AC-100001'))?.shippingAddress.city).toBe('Warszawa');
      });
    });

    describe('changing the address', () => {
      test('changes it, and only it, before the order is packed', async () => {
        const answer = await writer().changeAddress({ orderNumber: 'AC-100002', revision: 2, address: newAddress }, 'plan-1:0');
        const after = await reader().findOrder('AC-100002');
        expect(answer).toEqual({ order: after });
        expect(after?.shippingAddress).toEqual(newAddress);
        const before = aShop().orders[1];
        expect(after).toEqual({ ...before, placedAt: after?.placedAt, shippingAddress: newAddress, revision: 3 });
      });
      test.each(['AC-100001', 'AC-100003', 'AC-100004'])('refuses %s, which is packed or gone', async (orderNumber) => {
        const revision = orderNumber === 'AC-100003' ? 3 : 4;
        expect(await writer().changeAddress({ orderNumber, revision, address: newAddress }, 'k')).toMatchObject({ refused: 'not_possible' });
      });
      test('refuses an order that has changed meanwhile, and one there is not', async () => {
        const before = await everything();
        expect(await writer().changeAddress({ orderNumber: 'AC-100002', revision: 1, address: newAddress }, 'k')).toEqual({ refused: 'stale' });
        expect(await writer().changeAddress({ orderNumber: 'AC-999999', revision: 1, address: newAddress }, 'k')).toEqual({ refused: 'not_found' });
        expect(await everything()).toBe(before);
        expect(await writer().receiptOf('k')).toBeNull();
      });
    });

    describe('opening a return', () => {
      test('gives it numbers, counts the pieces and names where the money goes', async () => {
        const answer = await writer().openReturn(aReturn(), 'plan-2:0', NOW);
        if ('refused' in answer) throw new Error(JSON.stringify(answer));
        expect(answer.return).toMatchObject({
          state: 'label_issued', openedAt: NOW, refund: money(476, 'EUR'), freight: money(490, 'EUR'), refundTo: { method: 'card', brand: 'Visa', lastFour: '4242' },
          to: aShop().profile.warehouses['cn'], from: aShop().orders[0]?.shippingAddress, carrier: 'Paczka Wisła', orderId: 'ord-100001',
        });
        expect(answer.return.number).toMatch(/^RMA-[0-9A-Z]{6}$/u);
        expect(isTrackingNumber(answer.return.trackingNumber)).toBe(true);
        expect(answer.order).toMatchObject({ revision: 5, state: 'delivered', lines: [{ returnedQuantity: 1 }], returns: [answer.return] });
        expect(await reader().findOrder('AC-100001')).toEqual(answer.order);
        expect(await reader().findReturn(answer.return.number.toLowerCase())).toEqual({ order: answer.order, return: answer.return });
        expect(await reader().findReturn('RMA-000000')).toBeNull();
      });
      test('the discount’s odd cents are not paid back twice: three returns give back all that was paid and no more', async () => {
        const refunds = [966, 967, 967];
        for (const [index, refund] of refunds.entries()) {
          const request = aReturn({ revision: 4 + index, refund: money(refund, 'EUR'), freight: money(0, 'EUR'), freightPaidBy: 'shop', reason: 'defective' });
          expect(await writer().openReturn({ ...request, refund: money(refund + 1, 'EUR') }, `k${index}`, NOW)).toMatchObject({ refused: 'not_possible' });
          expect(await writer().openReturn(request, `k${index}`, NOW)).toMatchObject({ return: { refund: { amount: refund } } });
        }
        expect(await writer().openReturn(aReturn({ revision: 7, refund: money(0, 'EUR') }), 'k4', NOW)).toMatchObject({ refused: 'not_possible' });
      });
      test.each<readonly [string, Partial<ReturnOrderRequest>]>([
        ['more pieces than there are', { lines: [{ lineId: 'l1', quantity: 4 }] }],
        ['no pieces', { lines: [] }],
        ['part of a piece', { lines: [{ lineId: 'l1', quantity: 0.5 }] }],
        ['a line twice', { lines: [{ lineId: 'l1', quantity: 1 }, { lineId: 'l1', quantity: 1 }] }],
        ['a line of nobody’s', { lines: [{ lineId: 'l9', quantity: 1 }] }],
        ['more money than was paid', { refund: money(968, 'EUR') }],
        ['negative money', { refund: money(-1, 'EUR') }],
        ['another currency', { refund: money(1, 'USD') }],
        ['freight taken off though the shop pays', { freightPaidBy: 'shop' }],
        ['a day that is over', { shipBy: '2026-03-01T00:00:00Z' }],
        ['goods that have not arrived', { orderNumber: 'AC-100003', revision: 3 }],
        ['pieces of a parcel still on its way', { orderNumber: 'AC-100004', lines: [{ lineId: 'l2', quantity: 1 }] }],
      ])('refuses %s and leaves nothing behind', async (_, more) => {
        const before = await everything();
        expect(await writer().openReturn(aReturn(more), 'k', NOW)).toMatchObject({ refused: 'not_possible' });
        expect(await everything()).toBe(before);
        expect(await writer().receiptOf('k')).toBeNull();
      });
      test('takes back what has arrived of an order of which more is to come', async () => {
        expect(await writer().openReturn(aReturn({ orderNumber: 'AC-100004' }), 'k', NOW)).toMatchObject({ order: { state: 'shipped', revision: 5 } });
      });
    });

    describe('claiming a coupon', () => {
      const claim = (customerId: string, code: string, key = `${customerId} ${code}`) => writer().claimCoupon({ customerId, code }, key);
      test('gives it to the customer, once', async () => {
        expect(await claim('wang', 'open')).toEqual({ code: 'OPEN' });
        expect((await reader().findCustomer('wang'))?.coupons).toEqual(['OPEN']);
        expect(await claim('wang', 'OPEN', 'another key')).toEqual({ refused: 'not_possible', detail: 'already_held' });
      });
      test.each([
        ['wang', 'GOLD-ONLY', 'wrong_level'], ['wang', 'OLD', 'expired'], ['wang', 'EARLY', 'not_started'], ['wang', 'HELD', 'not_open'],
      ])('refuses %s the coupon %s: %s', async (customerId, code, detail) => {
        expect(await claim(customerId, code)).toEqual({ refused: 'not_possible', detail });
        expect((await reader().findCustomer(customerId))?.coupons).toEqual([]);
      });
      test('looks at the time at which it is asked', async () => {
        now = '2026-04-02T00:00:00.000Z';
        expect(await claim('wang', 'EARLY')).toEqual({ code: 'EARLY' });
      });
      test('lets the right level have it, and refuses unknown codes and customers', async () => {
        expect(await claim('łukasz', 'GOLD-ONLY')).toEqual({ code: 'GOLD-ONLY' });
        expect(await claim('wang', 'NOPE')).toEqual({ refused: 'not_found' });
        expect(await claim('nobody', 'OPEN')).toEqual({ refused: 'not_found' });
      });
    });

    describe('the same key', () => {
      test('gives the first receipt and changes nothing, also later and with the members in another order', async () => {
        const first = await writer().openReturn(aReturn(), 'plan-3:0', NOW);
        const { shipBy, ...rest } = aReturn();
        expect(await writer().openReturn({ shipBy, ...rest }, 'plan-3:0', '2026-03-02T11:00:00.000Z')).toEqual(first);
        expect((await reader().findOrder('AC-100001'))?.returns).toHaveLength(1);
        expect(await writer().receiptOf('plan-3:0')).toEqual(first);
      });
      test('gives the first receipt even after the order has moved on', async () => {
        const request = { orderNumber: 'AC-100002', revision: 2, address: newAddress };
        const first = await writer().changeAddress(request, 'a');
        await writer().changeAddress({ ...request, revision: 3, address: { ...newAddress, line1: 'ul. Nowa 2' } }, 'b');
        expect(await writer().changeAddress(request, 'a')).toEqual(first);
        expect((await reader().findOrder('AC-100002'))?.shippingAddress.line1).toBe('ul. Nowa 2');
      });
      test('with another request is a fault', async () => {
        await writer().openReturn(aReturn(), 'k', NOW);
        await expect(writer().openReturn(aReturn({ reason: 'defective' }), 'k', NOW)).rejects.toMatchObject({ code: 'shop.key_reused' });
        await expect(writer().claimCoupon({ customerId: 'wang', code: 'OPEN' }, 'k')).rejects.toMatchObject({ code: 'shop.key_reused' });
        expect((await reader().findCustomer('wang'))?.coupons).toEqual([]);
      });
      test('is free again after a refusal', async () => {
        expect(await writer().openReturn(aReturn({ revision: 3 }), 'k', NOW)).toEqual({ refused: 'stale' });
        expect(await writer().openReturn(aReturn(), 'k', NOW)).toHaveProperty('return');
      });
      test('used many times at once writes once', async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, () => writer().openReturn(aReturn(), 'k', NOW)));
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
        expect((await reader().findOrder('AC-100001'))?.lines[0]?.returnedQuantity).toBe(1);
      });
    });

    test('of many different writes at once on one revision, one is made and the others are stale', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => writer().openReturn(aReturn(), `k${index}`, NOW)));
      expect(answers.filter((answer) => 'return' in answer)).toHaveLength(1);
      expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'stale')).toHaveLength(7);
      const order = await reader().findOrder('AC-100001');
      expect(order).toMatchObject({ revision: 5, returns: [{}], lines: [{ returnedQuantity: 1 }] });
    });
    test('the same key on the same shop leads to the same numbers', async () => {
      const first = await writer().openReturn(aReturn(), 'plan-9:0', NOW);
      const again = await under.open(aShop(), { now: () => NOW });
      expect(await again.shop.writer.openReturn(aReturn(), 'plan-9:0', NOW)).toEqual(first);
      await again.close();
    });
    describeOrderWrites(under);
    describeReturnLife(under);
  });
}
