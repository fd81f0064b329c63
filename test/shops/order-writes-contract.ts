import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import type { ExchangeRequest, RepairRequest, ShopWriter } from '../../src/ports/shop.js';
import { NOW } from './a-shop.js';
import { aTillShop } from './a-till-shop.js';
import type { OpenedShop, ShopUnderTest } from './contract.js';

const eur = (amount: number) => money(amount, 'EUR');
const IN_TIME = '2026-03-16T10:00:00.000Z';
const home = { name: 'Anna Kowalska', line1: 'ul. Nowa 1', city: 'Kraków', postcode: '30-001', country: 'PL' };

type Request = { readonly orderNumber: string; readonly revision: number };
type Method = Exclude<keyof ShopWriter, 'receiptOf' | 'changeDefaultAddress' | 'claimCoupon'>;

const exchange = (more: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  orderNumber: 'AC-200004', revision: 1, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.large' }], reason: 'wrong_size', difference: eur(1550), freight: eur(0), freightPaidBy: 'shop',
  methodId: 'pm-gift', shipBy: IN_TIME, ...more,
});
const repair = (more: Partial<RepairRequest> = {}): RepairRequest =>
  ({ orderNumber: 'AC-200004', revision: 1, lines: [{ lineId: 'l1', quantity: 2 }], how: 'mail_in', problem: 'It flickers', phone: '+48 512 345 678', shipBy: IN_TIME, ...more });

/** One good request of each method. */
const GOOD: Readonly<Record<Method, Request>> = {
  changeAddress: { orderNumber: 'AC-200001', revision: 1, address: home } as Request,
  changeContact: { orderNumber: 'AC-200001', revision: 1, phone: '+48 600 000 000', name: 'Jan Kowalski' } as Request,
  changeItems: { orderNumber: 'AC-200001', revision: 1, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.large' }], difference: eur(1550), methodId: 'pm-gift' } as Request,
  changeQuantities: { orderNumber: 'AC-200001', revision: 1, quantities: [{ lineId: 'l1', quantity: 1 }], difference: eur(-3933) } as Request,
  changePayment: { orderNumber: 'AC-200001', revision: 1, methodId: 'pm-paypal' } as Request,
  cancelOrder: { orderNumber: 'AC-200001', revision: 1, reason: 'no_longer_needed' } as Request,
  openReturn: { orderNumber: 'AC-200004', revision: 1, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'unstated', refund: eur(1966), freight: eur(0), freightPaidBy: 'customer', shipBy: IN_TIME, methodId: 'pm-gift' } as Request,
  adjustPrice: { orderNumber: 'AC-200008', revision: 1, lines: [{ lineId: 'l1', price: eur(2000) }], difference: eur(-1400) } as Request,
  openExchange: exchange(), openRepair: repair(),
  requestRefund: { orderNumber: 'AC-200004', revision: 1, lines: [{ lineId: 'l1', quantity: 1 }], received: true, reason: 'defective', amount: eur(500), state: 'requested', note: 'scratched' } as Request,
  decideReturn: { orderNumber: 'AC-200009', revision: 1, returnNumber: 'RMA-LAMP01', decision: { kind: 'passed' } } as Request,
  decideRefund: { orderNumber: 'AC-200009', revision: 1, refundNumber: 'RF-CASE01', accepted: false, by: 'shop', reason: 'as_described', note: 'Within the listing' } as Request,
  announceReturnShipment: { orderNumber: 'AC-200009', revision: 1, returnNumber: 'RMA-LAMP01', carrier: 'DHL', trackingNumber: '00340434161094042557' } as Request,
  withdrawReturn: { orderNumber: 'AC-200009', revision: 1, returnNumber: 'RMA-LAMP01' } as Request,
  grantGoodwill: { orderNumber: 'AC-200004', revision: 1, case: 'CS-222222', kind: 'refund', lines: [{ lineId: 'l1', quantity: 1 }], amount: eur(500) } as Request,
  notePacking: { orderNumber: 'AC-200002', revision: 1, packing: { by: 'Table 4', weightGrams: 1840, sizeMm: { length: 410, width: 260, height: 220 }, photos: ['p1'], sha256: ['ab'], note: 'wrapped twice' } } as Request,
  rebookDelivery: { orderNumber: 'AC-200003', revision: 1, trackingNumber: 'lp000200031cn', booking: { day: '2026-03-05', from: '09:00', to: '12:00', note: 'ring twice' } } as Request,
  extendProtection: { orderNumber: 'AC-200003', revision: 1, until: '2027-01-01T00:00:00.000Z' } as Request,
};

/** What must not be, by method: words that say why, and the good request made bad. */
const BAD: readonly (readonly [Method, string, object])[] = [
  ['changeAddress', 'is packed', { orderNumber: 'AC-200002' }], ['changeAddress', 'city', { address: { ...home, city: ' ' } }],
  ['changeContact', 'nothing', { phone: undefined, name: undefined }], ['changeContact', 'is shipped', { orderNumber: 'AC-200003' }], ['changeContact', 'is delivered', { orderNumber: 'AC-200004', name: undefined }],
  ['changeContact', 'e-mail', { email: 'not one' }],
  ['changeItems', 'no pieces', { changes: [] }], ['changeItems', 'no line', { changes: [{ lineId: 'l9', quantity: 1, variantId: 'lamp.large' }] }],
  ['changeItems', 'is packed', { orderNumber: 'AC-200002' }], ['changeItems', 'is shipped', { orderNumber: 'AC-200003' }], ['changeItems', 'is delivered', { orderNumber: 'AC-200004' }], ['changeItems', 'is cancelled', { orderNumber: 'AC-200006' }],
  ['changeItems', 'not a variant', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'case.white' }] }], ['changeItems', 'already', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.small' }], difference: eur(0) }],
  ['changeItems', '0 are in stock', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.gone' }], difference: eur(0) }],
  ['changeItems', '2 are in stock, not 3', { changes: [{ lineId: 'l1', quantity: 3, variantId: 'lamp.large' }], difference: eur(4650) }],
  ['changeItems', '3 pieces, not 4', { changes: [{ lineId: 'l1', quantity: 4, variantId: 'lamp.tiny' }], difference: eur(-2004) }],
  ['changeItems', 'no number', { changes: [{ lineId: 'l1', quantity: 0.5, variantId: 'lamp.large' }] }],
  ['changeItems', '1550, not 1549', { difference: eur(1549) }], ['changeItems', 'difference', { difference: money(1550, 'USD') }],
  ['changeItems', 'no payment method', { methodId: 'pm-nobody' }], ['changeItems', 'does not hold', { changes: [{ lineId: 'l1', quantity: 2, variantId: 'lamp.large' }], difference: eur(3100) }],
  ['changeItems', 'discount', { changes: [{ lineId: 'l1', quantity: 3, variantId: 'lamp.free' }], difference: eur(-5997) }],
  ['changeQuantities', 'nothing would be left', { quantities: [{ lineId: 'l1', quantity: 0 }, { lineId: 'l2', quantity: 0 }] }], ['changeQuantities', 'nothing would change', { quantities: [{ lineId: 'l1', quantity: 3 }] }],
  ['changeQuantities', 'no line', { quantities: [{ lineId: 'l9', quantity: 1 }] }], ['changeQuantities', 'named twice', { quantities: [{ lineId: 'l1', quantity: 1 }, { lineId: 'l1', quantity: 2 }] }],
  ['changeQuantities', 'no number', { quantities: [{ lineId: 'l1', quantity: -1 }] }], ['changeQuantities', '2 are in stock, not 3 more', { quantities: [{ lineId: 'l1', quantity: 6 }] }],
  ['changeQuantities', 'the difference is', { difference: eur(-4000) }], ['changeQuantities', 'is packed', { orderNumber: 'AC-200002' }],
  ['changePayment', 'already', { methodId: 'pm-visa' }], ['changePayment', 'does not hold', { methodId: 'pm-gift' }], ['changePayment', 'no payment method', { methodId: 'pm-nobody' }],
  ['changePayment', 'nothing has been paid', { orderNumber: 'AC-200005' }], ['changePayment', 'is shipped', { orderNumber: 'AC-200003' }],
  ['cancelOrder', 'is shipped', { orderNumber: 'AC-200003' }], ['cancelOrder', 'is delivered', { orderNumber: 'AC-200004' }], ['cancelOrder', 'is cancelled', { orderNumber: 'AC-200006' }],
  ['openReturn', 'no payment method', { methodId: 'pm-nobody' }],
  ['openExchange', 'can go back', { orderNumber: 'AC-200001' }], ['openExchange', 'can go back', { changes: [{ lineId: 'l1', quantity: 4, variantId: 'lamp.tiny' }] }],
  ['openExchange', 'no pieces', { changes: [] }], ['openExchange', 'not a variant', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'case.white' }] }],
  ['openExchange', 'in stock', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.gone' }] }], ['openExchange', 'the difference is', { difference: eur(0) }],
  ['openExchange', 'does not hold', { changes: [{ lineId: 'l1', quantity: 2, variantId: 'lamp.large' }], difference: eur(3100) }], ['openExchange', 'no payment method', { methodId: 'pm-nobody' }],
  ['openExchange', 'shipBy', { shipBy: '2026-03-01T00:00:00Z' }], ['openExchange', 'pays the freight', { freight: eur(1) }],
  ['openRepair', 'can go back', { orderNumber: 'AC-200001' }], ['openRepair', 'can go back', { lines: [{ lineId: 'l1', quantity: 4 }] }], ['openRepair', 'shipBy', { shipBy: '2026-03-01T00:00:00Z' }],
  ['requestRefund', '1966 can be paid back', { amount: eur(1967) }], ['requestRefund', 'above nought', { amount: eur(0) }], ['requestRefund', 'currency', { amount: money(1, 'USD') }],
  ['requestRefund', '0 can be paid back', { orderNumber: 'AC-200005' }], ['requestRefund', 'is cancelled', { orderNumber: 'AC-200006' }], ['requestRefund', 'no line', { lines: [{ lineId: 'l9', quantity: 1 }] }],
  ['requestRefund', '3 are left', { lines: [{ lineId: 'l1', quantity: 4 }] }], ['requestRefund', 'named twice', { lines: [{ lineId: 'l1', quantity: 1 }, { lineId: 'l1', quantity: 1 }] }],
  ['adjustPrice', 'did not cost more', { orderNumber: 'AC-200004' }], ['adjustPrice', 'is unpaid', { orderNumber: 'AC-200005' }], ['adjustPrice', 'is cancelled', { orderNumber: 'AC-200006' }], ['adjustPrice', 'no lines', { lines: [] }],
  ['adjustPrice', 'does not cost 1900 now', { lines: [{ lineId: 'l1', price: eur(1900) }] }], ['adjustPrice', 'does not cost', { lines: [{ lineId: 'l1', price: money(2000, 'USD') }] }], ['adjustPrice', 'no line', { lines: [{ lineId: 'l9', price: eur(2000) }] }],
  ['adjustPrice', 'named twice', { lines: [{ lineId: 'l1', price: eur(2000) }, { lineId: 'l1', price: eur(2000) }] }], ['adjustPrice', '-1400, not -1401', { difference: eur(-1401) }],
  ['grantGoodwill', '1966 can be paid back', { amount: eur(1967) }], ['grantGoodwill', 'above nought', { amount: eur(0) }], ['grantGoodwill', 'currency', { amount: money(1, 'USD') }], ['grantGoodwill', 'no case', { case: ' ' }],
  ['grantGoodwill', 'no coupon', { kind: 'coupon', coupon: 'NOBODY' }], ['grantGoodwill', 'is cancelled', { orderNumber: 'AC-200006' }],
  ['decideReturn', 'no return', { returnNumber: 'RMA-NOBODY' }], ['decideReturn', 'is label_issued', { decision: { kind: 'answer', accepted: true, by: 'shop' } }], ['decideReturn', 'not delivered', { decision: { kind: 'unconfirmed' } }], ['decideReturn', 'not over', { decision: { kind: 'unsent' } }],
  ['decideRefund', 'no refund', { refundNumber: 'RF-NOBODY' }], ['announceReturnShipment', 'no return', { returnNumber: 'RMA-NOBODY' }], ['announceReturnShipment', 'carrier', { carrier: ' ' }], ['withdrawReturn', 'no return', { returnNumber: 'RMA-NOBODY' }],
  ['notePacking', 'is unpaid', { orderNumber: 'AC-200005' }], ['notePacking', 'is cancelled', { orderNumber: 'AC-200006' }], ['notePacking', 'weightGrams', { packing: { by: 'Table 4', weightGrams: 0, photos: [] } }], ['notePacking', 'packing.0.by', { packing: { by: ' ', weightGrams: 1, photos: [] } }],
  ['rebookDelivery', 'no parcel', { trackingNumber: 'LP1' }], ['rebookDelivery', 'returned_to_sender', { trackingNumber: 'LP000200032CN' }], ['rebookDelivery', 'line_haul', { trackingNumber: 'LP000200033CN' }],
  ['rebookDelivery', 'kept until 2026-03-10', { booking: { day: '2026-03-11', from: '09:00', to: '12:00' } }], ['rebookDelivery', 'hours', { booking: { day: '2026-03-05', from: '12:00', to: '09:00' } }],
  ['rebookDelivery', 'must be a time', { booking: { day: '2026-03-05', from: '09', to: '12' } }],
];

/** What every shop must do with the orders it is asked to change. */
export function describeOrderWrites(under: ShopUnderTest): void {
  describe('changing orders', () => {
    let opened: OpenedShop;
    beforeEach(async () => {
      opened = await under.open(aTillShop(), { now: () => NOW });
    });
    afterEach(async () => opened.close());
    const reader = () => opened.shop.reader;
    const write = (method: Method, change: object = {}, key = 'k', at = NOW): Promise<{ refused?: string; detail?: string; order?: Order; [more: string]: unknown }> =>
      (opened.shop.writer[method] as (request: unknown, key: string, at: string) => Promise<{ refused?: string; detail?: string; order?: Order }>)({ ...GOOD[method], ...change }, key, at);
    const orderNow = async (number: string) => {
      const order = await reader().findOrder(number);
      if (order === null) throw new Error(`no ${number}`);
      return order;
    };
    const giftCard = async () => (await reader().findCustomer('anna'))?.paymentMethods?.find((method) => method.kind === 'gift_card')?.balance?.amount;
    const everything = async () => JSON.stringify([await reader().ordersOf('anna'), await reader().findCustomer('anna')]);
    const tail = (order: Order | undefined) => order?.payments.slice(1).map(({ kind, state, methodId, amount, at }) => [kind, state, methodId, amount.amount, at]);
    const methods = Object.keys(GOOD) as Method[];

    test.each(methods)('%s is made once a key, and the same key gives the same answer', async (method) => {
      const first = await write(method);
      expect(first.refused).toBeUndefined();
      const after = await everything();
      expect(await write(method, {}, 'k', '2026-03-02T11:00:00.000Z')).toEqual(first);
      expect(await everything()).toBe(after);
      expect(first.order).toEqual(await orderNow(GOOD[method].orderNumber));
      expect(first.order?.revision).toBe(2);
      expect(await opened.shop.writer.receiptOf('k')).toEqual(first);
    });
    test.each(methods)('%s refuses an order that has changed meanwhile, and one there is not', async (method) => {
      const before = await everything();
      expect(await write(method, { revision: 0 })).toEqual({ refused: 'stale' });
      expect(await write(method, { orderNumber: 'AC-999999' })).toEqual({ refused: 'not_found' });
      expect(await everything()).toBe(before);
    });
    test.each(BAD)('%s refuses what cannot be (%s) and leaves nothing behind: %j', async (method, words, change) => {
      const before = await everything();
      expect(await write(method, change)).toEqual({ refused: 'not_possible', detail: expect.stringContaining(words) });
      expect(await everything()).toBe(before);
      expect(await opened.shop.writer.receiptOf('k')).toBeNull();
    });

    test('a change of contact changes phone, e-mail and name, nothing else', async () => {
      const { order } = await write('changeContact', { email: 'jan@example.com' });
      expect(order).toMatchObject({ contact: { email: 'jan@example.com', phone: '+48 600 000 000' }, shippingAddress: { name: 'Jan Kowalski', city: 'Warszawa' } });
      expect((await write('changeContact', { orderNumber: 'AC-200003', name: undefined }, 'k2')).order?.contact.phone).toBe('+48 600 000 000');
    });
    test('some pieces of a line become another variant: a line of their own, the discount shared, the gift card charged', async () => {
      const { order } = await write('changeItems');
      expect(order?.lines).toMatchObject([
        { id: 'l1', quantity: 2, variantId: 'lamp.small', unitPrice: eur(2000), discount: eur(67) }, { id: 'l1-2', quantity: 1, variantId: 'lamp.large', options: { size: 'large' }, unitPrice: eur(3550), discount: eur(33) }, { id: 'l2' },
      ]);
      expect(order).toMatchObject({ itemsChanged: true, total: eur(7390 + 1550), state: 'paid' });
      expect(tail(order)).toEqual([['payment', 'succeeded', 'pm-gift', 1550, NOW]]);
      expect(await giftCard()).toBe(3000 - 1550);
    });
    test('all pieces of a line: it keeps its id; what costs less is paid back the way the order was paid', async () => {
      const { order } = await write('changeItems', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.tiny' }, { lineId: 'l1', quantity: 2, variantId: 'lamp.large' }], difference: eur(2599), methodId: undefined });
      expect(order?.lines.map((line) => [line.id, line.variantId, line.quantity])).toEqual([['l1', 'lamp.tiny', 1], ['l1-2', 'lamp.large', 2], ['l2', 'case.black', 1]]);
      const back = await write('changeItems', { revision: 2, changes: [{ lineId: 'l1-2', quantity: 2, variantId: 'lamp.tiny' }], difference: eur(-4102), methodId: undefined }, 'k2');
      expect(tail(back.order)?.at(-1)).toEqual(['refund', 'refunded', 'pm-visa', 4102, NOW]);
      expect(await giftCard()).toBe(3000);
    });
    test('a difference of nought is noted as a refund of nought, one below nought goes on the gift card', async () => {
      const same = await write('changeItems', { changes: [{ lineId: 'l2', quantity: 1, variantId: 'case.white' }], difference: eur(0) });
      expect(tail(same.order)).toEqual([['refund', 'refunded', 'pm-gift', 0, NOW]]);
      const less = await write('changeItems', { revision: 2, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.tiny' }], difference: eur(-501) }, 'k2');
      expect(less.order?.total).toEqual(eur(7390 - 501));
      expect(await giftCard()).toBe(3501);
    });
    test('where nothing has been paid, nothing is settled', async () => {
      const { order } = await write('changeItems', { orderNumber: 'AC-200005' });
      expect(order).toMatchObject({ payments: [], total: eur(7390 + 1550) });
      expect(await giftCard()).toBe(3000);
    });
    test('pieces taken out give back their price less their share of the discount; more pieces cost the list price', async () => {
      const { order } = await write('changeQuantities');
      expect(order).toMatchObject({ lines: [{ id: 'l1', quantity: 1, discount: eur(33) }, { id: 'l2' }], discounts: [{ amount: eur(33) }], total: eur(7390 - 3933), itemsChanged: true });
      expect(tail(order)).toEqual([['refund', 'refunded', 'pm-visa', 3933, NOW]]);
      const more = await write('changeQuantities', { revision: 2, quantities: [{ lineId: 'l1', quantity: 3 }, { lineId: 'l2', quantity: 0 }], difference: eur(3000) }, 'k2');
      expect(more.order).toMatchObject({ lines: [{ id: 'l1', quantity: 3, discount: eur(33) }], total: eur(7390 - 3933 + 3000) });
    });
    test('another way to pay pays all of it and gives the old one its money back, once', async () => {
      const { order } = await write('changePayment', { orderNumber: 'AC-200007', methodId: 'pm-paypal' });
      expect(tail(order)).toEqual([['payment', 'succeeded', 'pm-paypal', 7390, NOW], ['refund', 'refunded', 'pm-gift', 7390, NOW]]);
      expect(await giftCard()).toBe(3000 + 7390);
      expect(await write('changePayment', { orderNumber: 'AC-200007', revision: 2, methodId: 'pm-visa' }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('first payment') });
      const rich = await write('changePayment', { methodId: 'pm-gift' }, 'k3');
      expect(tail(rich.order)).toEqual([['payment', 'succeeded', 'pm-gift', 7390, NOW], ['refund', 'refunded', 'pm-visa', 7390, NOW]]);
      expect(await giftCard()).toBe(3000);
    });
    test('a cancelled order gives everything back the way it came, a gift card at once', async () => {
      const answer = await write('cancelOrder', { orderNumber: 'AC-200007' });
      expect(answer.order).toMatchObject({ state: 'cancelled', cancelReason: 'no_longer_needed', history: [{}, {}, { state: 'cancelled', at: NOW }] });
      expect(answer['refunds']).toMatchObject([{ kind: 'refund', methodId: 'pm-gift', amount: eur(7390) }]);
      expect(await giftCard()).toBe(3000 + 7390);
      await write('changeItems', {}, 'k2');
      const both = await write('cancelOrder', { revision: 2 }, 'k3');
      expect(both['refunds']).toMatchObject([{ methodId: 'pm-visa', amount: eur(7390) }, { methodId: 'pm-gift', amount: eur(1550) }]);
      expect(await write('cancelOrder', { orderNumber: 'AC-200005' }, 'k4')).toMatchObject({ order: { state: 'cancelled' }, refunds: [] });
      expect(await write('cancelOrder', { orderNumber: 'AC-200002' }, 'k5')).toMatchObject({ order: { state: 'cancelled' } });
    });
    test('a return goes to the method that is named, else to the one the order was paid with', async () => {
      expect(await write('openReturn')).toMatchObject({ return: { refundTo: { method: 'gift_card', methodId: 'pm-gift' }, reason: 'unstated' } });
      expect(await write('openReturn', { revision: 2, methodId: undefined }, 'k2')).toMatchObject({ return: { refundTo: { method: 'card', methodId: 'pm-visa', brand: 'Visa', lastFour: '4242' } } });
      expect(await giftCard()).toBe(3000);
    });
    test('an exchange holds what is sent instead and the difference; the pieces cannot go back twice, and no money moves yet', async () => {
      const answer = await write('openExchange', { changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.large' }, { lineId: 'l1', quantity: 1, variantId: 'lamp.small' }] });
      expect(answer).toMatchObject({
        return: {
          service: 'exchange', state: 'label_issued', lines: [{ lineId: 'l1', quantity: 2 }], difference: eur(1550), refund: eur(0), refundTo: { methodId: 'pm-gift' },
          replacements: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.large', options: { size: 'large' }, unitPrice: eur(3550) }, { lineId: 'l1', quantity: 1, variantId: 'lamp.small' }],
        },
        order: { lines: [{ returnedQuantity: 2, variantId: 'lamp.small' }, { returnedQuantity: 0 }], total: eur(7390) },
      });
      expect([await giftCard(), tail(answer.order)]).toEqual([3000, []]);
      expect(await write('openReturn', { revision: 2, lines: [{ lineId: 'l1', quantity: 2 }] }, 'k2')).toMatchObject({ refused: 'not_possible' });
      const { return: entry } = answer as unknown as { return: { number: string } };
      expect((await reader().findReturn(entry.number))?.order.number).toBe('AC-200004');
    });
    test('a repair keeps the problem and the phone; its pieces stay bought, yet are not taken in twice', async () => {
      expect(await write('openRepair')).toMatchObject({
        return: { service: 'repair', problem: 'It flickers', phone: '+48 512 345 678', refund: eur(0), freight: eur(0), freightPaidBy: 'shop' }, order: { lines: [{ returnedQuantity: 0 }, {}] },
      });
      expect(await write('openRepair', { revision: 2 }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('1 can go back') });
      expect(await write('openRepair', { revision: 2, how: 'on_site', lines: [{ lineId: 'l2', quantity: 1 }] }, 'k3')).toMatchObject({ return: { service: 'repair_on_site' } });
    });
    test('goodwill is given once of each kind in a case: a coupon into the account, money within what is left to be paid back', async () => {
      const first = await write('grantGoodwill');
      expect(first).toMatchObject({ goodwill: { case: 'CS-222222', kind: 'refund', at: NOW, amount: eur(500) }, refund: { state: 'granted', amount: eur(500) } });
      expect(first.order?.goodwill).toEqual([{ case: 'CS-222222', kind: 'refund', at: NOW, amount: eur(500), refund: first.order?.refunds?.[0]?.number }]);
      expect(await write('grantGoodwill', { revision: 2, amount: eur(1) }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('already') });
      expect(await write('requestRefund', { revision: 2, amount: eur(6891), lines: [] }, 'k3')).toMatchObject({ detail: expect.stringContaining('6890 can') });
      const coupon = { kind: 'coupon', coupon: 'held', lines: undefined, amount: undefined, revision: 2 };
      expect(await write('grantGoodwill', coupon, 'k4')).toMatchObject({ goodwill: { kind: 'coupon', coupon: 'HELD' } });
      expect((await reader().findCustomer('anna'))?.coupons).toContain('HELD');
      expect(await write('grantGoodwill', { ...coupon, revision: 3, case: 'CS-333333' }, 'k5')).toMatchObject({ detail: expect.stringContaining('holds') });
      expect(await write('grantGoodwill', { ...coupon, revision: 3, case: 'CS-333333', coupon: 'OLD' }, 'k6')).toMatchObject({ detail: expect.stringContaining('run') });
      expect(await write('grantGoodwill', { revision: 1, case: 'CS-444444' }, 'k7')).toEqual({ refused: 'stale' });
    });
    test('money is promised back once: never more than was paid for the pieces, nor for the order', async () => {
      const first = await write('requestRefund', { lines: [{ lineId: 'l1', quantity: 3 }], amount: eur(5000) });
      expect(first).toMatchObject({ refund: { number: expect.stringMatching(/^RF-[0-9A-Z]{6}$/u), state: 'requested', refundTo: { method: 'card', brand: 'Visa', lastFour: '4242' }, note: 'scratched', openedAt: NOW } });
      expect(await write('requestRefund', { revision: 2, amount: eur(901) }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('900 can') });
      expect(await write('requestRefund', { revision: 2, amount: eur(900), state: 'granted' }, 'k3')).toMatchObject({ refund: { state: 'granted' } });
      expect(await write('requestRefund', { revision: 3, lines: [], amount: eur(1491) }, 'k4')).toMatchObject({ detail: expect.stringContaining('1490 can') });
      const rest = await write('requestRefund', { revision: 3, lines: [], amount: eur(1490), reason: 'not_received', received: false }, 'k5');
      expect(new Set(rest.order?.refunds?.map((refund) => refund.number)).size).toBe(3);
      expect(await write('requestRefund', { orderNumber: 'AC-200003', lines: [{ lineId: 'l1', quantity: 3 }, { lineId: 'l2', quantity: 1 }], amount: eur(7390) }, 'k6')).toMatchObject({ refund: { amount: eur(7390) } });
    });
    test('a price that fell is paid back once and counts from then on: what goes back later is what was really paid', async () => {
      const adjusted = await write('adjustPrice');
      expect(adjusted.order).toMatchObject({ total: eur(7490), discounts: [{}, { kind: 'price_drop', reference: 'l1', amount: eur(1400) }], lines: [{ discount: eur(1500) }, {}] });
      expect(tail(adjusted.order)).toEqual([['refund', 'refunded', 'pm-visa', 1400, NOW]]);
      expect(await write('adjustPrice', { revision: 2 }, 'k2')).toMatchObject({ detail: expect.stringContaining('did not cost more') });
      const back = { orderNumber: 'AC-200008', lines: [{ lineId: 'l1', quantity: 3 }], freight: eur(0) };
      expect(await write('openReturn', { ...back, revision: 2, refund: eur(6001) }, 'k3')).toMatchObject({ refused: 'not_possible' });
      expect(await write('openReturn', { ...back, revision: 2, refund: eur(6000) }, 'k4')).toMatchObject({ return: { refund: eur(6000) } });
    });
    test('money that was promised without a return is not paid a second time by one', async () => {
      expect(await write('requestRefund', { lines: [{ lineId: 'l1', quantity: 3 }], amount: eur(5000), state: 'granted' })).toMatchObject({ refund: { amount: eur(5000) } });
      expect(await write('openReturn', { revision: 2 }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('more than was paid') });
      expect(await write('openReturn', { revision: 2, refund: eur(900) }, 'k3')).toMatchObject({ return: { refund: eur(900) } });
    });
    test('what a broken step takes back is kept with the return, and no more of it ever comes back', async () => {
      const first = await write('openReturn', { refund: eur(1466), takenBack: eur(500) });
      expect(first).toMatchObject({ return: { refund: eur(1466), takenBack: eur(500) } });
      expect(await write('openReturn', { revision: 2, refund: eur(2468), takenBack: eur(-501) }, 'k2')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('more of a promotion') });
      expect(await write('openReturn', { revision: 2, refund: eur(2467), takenBack: eur(-500) }, 'k3')).toMatchObject({ return: { refund: eur(2467) } });
    });
    test('a new delivery is booked on the parcel, and may be booked anew', async () => {
      expect(await write('rebookDelivery')).toMatchObject({ parcel: { trackingNumber: 'LP000200031CN', booking: { day: '2026-03-05', note: 'ring twice' }, state: 'delivery_failed' } });
      expect(await write('rebookDelivery', { revision: 2, booking: { day: '2026-03-06', from: '14:00', to: '16:00' } }, 'k2')).toMatchObject({ order: { revision: 3 }, parcel: { booking: { day: '2026-03-06' } } });
      expect((await reader().findParcel('LP000200031CN'))?.booking?.day).toBe('2026-03-06');
    });
    test('the default address changes with the customer alone, and is found by its postcode from then on', async () => {
      const change = (customerId: string, address = home, key = 'k') => opened.shop.writer.changeDefaultAddress({ customerId, address }, key);
      const orders = JSON.stringify(await reader().ordersOf('anna'));
      const first = await change('anna');
      expect(first).toMatchObject({ customer: { id: 'anna', address: home } });
      expect(await change('anna')).toEqual(first);
      expect((await reader().findCustomersByName('Anna Kowalska', '30001')).map((customer) => customer.id)).toEqual(['anna']);
      expect(await reader().findCustomersByName('Anna Kowalska', '00-001')).toEqual([]);
      expect(JSON.stringify(await reader().ordersOf('anna'))).toBe(orders);
      expect(await change('nobody', home, 'k2')).toEqual({ refused: 'not_found' });
      expect(await change('anna', { ...home, postcode: '' }, 'k3')).toMatchObject({ refused: 'not_possible' });
      await expect(change('wang')).rejects.toMatchObject({ code: 'shop.key_reused' });
    });
    test('two orders paid at once with one gift card never spend it twice', async () => {
      const spend = (orderNumber: string) => write('changeItems', { orderNumber, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.large' }] }, orderNumber);
      const answers = await Promise.all([spend('AC-200001'), spend('AC-200007')]);
      expect(answers.filter((answer) => answer.refused === undefined)).toHaveLength(1);
      expect(await giftCard()).toBe(3000 - 1550);
    });
  });
}
