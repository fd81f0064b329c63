import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Order, Return } from '../../src/domain/order.js';
import type { ReturnDecision, ShopWriter } from '../../src/ports/shop.js';
import { NOW } from './a-shop.js';
import { aTillShop } from './a-till-shop.js';
import type { OpenedShop, ShopUnderTest } from './contract.js';

const LATER = '2026-03-12T10:00:00.000Z';

/** What every shop must do with the life of a return. */
export function describeReturnLife(under: ShopUnderTest): void {
  describe('the life of a return', () => {
    let opened: OpenedShop;
    let count = 0;
    beforeEach(async () => {
      count = 0;
      opened = await under.open(aTillShop(), { now: () => NOW });
    });
    afterEach(async () => opened.close());
    const orderNow = async (): Promise<Order> => {
      const order = await opened.shop.reader.findOrder('AC-200009');
      if (order === null) throw new Error('no AC-200009');
      return order;
    };
    const base = async () => ({ orderNumber: 'AC-200009', returnNumber: 'RMA-LAMP01', revision: (await orderNow()).revision });
    const decide = async (decision: ReturnDecision, at = NOW) => opened.shop.writer.decideReturn({ ...(await base()), decision }, `k${(count += 1)}`, at);
    const one = async (): Promise<Return | undefined> => (await orderNow()).returns[0];
    const giftCard = async () => (await opened.shop.reader.findCustomer('anna'))?.paymentMethods?.find((method) => method.kind === 'gift_card')?.balance?.amount;
    const backs = async () => (await orderNow()).payments.filter((payment) => payment.kind === 'refund').map(({ amount, methodId }) => [amount.amount, methodId]);

    test('goes from the carrier’s scan over the warehouse to the money, which goes back once', async () => {
      expect(await decide({ kind: 'arrived', scannedAt: NOW })).toMatchObject({ return: { state: 'in_transit', arrivedAt: NOW } });
      expect(await decide({ kind: 'received' })).toMatchObject({ return: { state: 'received', arrivedAt: NOW } });
      expect(await decide({ kind: 'passed' })).toMatchObject({ return: { state: 'refunded', closedAt: NOW } });
      expect(await backs()).toEqual([[1966, 'pm-gift']]);
      expect(await giftCard()).toBe(3000 + 1966);
      for (const kind of ['passed', 'received', 'unconfirmed', 'unsent'] as const) expect(await decide({ kind }, LATER)).toMatchObject({ refused: 'not_possible' });
      expect(await backs()).toHaveLength(1);
      expect((await orderNow()).state).toBe('delivered');
    });
    test('not confirmed after the carrier’s scan: the refund goes out once a key, also when both ask at once', async () => {
      expect(await decide({ kind: 'unconfirmed' }, LATER)).toMatchObject({ refused: 'not_possible' });
      await decide({ kind: 'arrived', scannedAt: NOW });
      const request = { ...(await base()), decision: { kind: 'unconfirmed' as const } };
      const answers = await Promise.all([opened.shop.writer.decideReturn(request, 'timer', LATER), opened.shop.writer.decideReturn(request, 'timer', LATER), opened.shop.writer.decideReturn(request, 'other', LATER)]);
      // Whichever key comes first: it is answered as often as it asks, the other one never.
      const isDone = answers.map((answer) => 'return' in answer);
      expect([[true, true, false], [false, false, true]]).toContainEqual(isDone);
      expect(await backs()).toEqual([[1966, 'pm-gift']]);
    });
    test('fails inspection: told with what was found, nothing is paid, the pieces are the customer’s again', async () => {
      await decide({ kind: 'received' });
      const failed = await decide({ kind: 'failed', reason: 'user_damage', found: 'Scratches on the foot', photos: ['https://shop.example.com/1.jpg'] });
      expect(failed).toMatchObject({ return: { state: 'rejected', inspection: { found: 'Scratches on the foot' }, answer: { accepted: false, reason: 'user_damage' } }, order: { lines: [{ returnedQuantity: 0 }, {}] } });
      expect(await backs()).toEqual([]);
    });
    describe('a fault that was told and not shown', () => {
      const eur = (amount: number) => ({ amount, currency: 'EUR' });
      const opening = async (more: Partial<Parameters<ShopWriter['openReturn']>[0]>, key: string) => opened.shop.writer.openReturn({
        orderNumber: 'AC-200009', revision: (await orderNow()).revision, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'defective', refund: eur(1966), freight: eur(0), freightPaidBy: 'shop', ifNoFault: eur(590), shipBy: LATER,
        verdict: { id: 'defect-shown', matter: 'defect', fault: 'seller_defect', cause: 'product' }, ...more,
      }, key, NOW);
      const made = async (more: Partial<Parameters<ShopWriter['openReturn']>[0]> = {}): Promise<Return> => {
        const answer = await opening(more, 'open');
        if (!('return' in answer)) throw new Error(JSON.stringify(answer));
        return answer.return;
      };
      const step = async (returnNumber: string, decision: ReturnDecision, key: string) => opened.shop.writer.decideReturn({ orderNumber: 'AC-200009', returnNumber, revision: (await orderNow()).revision, decision }, key, NOW);
      const faultless = { kind: 'faultless', found: 'It lights up as it should' } as const;

      test('is not there: the way back is taken off the refund, once, as the customer was told', async () => {
        const { number, ifNoFault } = await made();
        expect(ifNoFault).toEqual(eur(590));
        const revision = (await orderNow()).revision;
        const request = { orderNumber: 'AC-200009', returnNumber: number, revision, decision: faultless };
        const answers = [await opened.shop.writer.decideReturn(request, 'look', NOW), await opened.shop.writer.decideReturn(request, 'look', NOW)];
        expect(answers[1]).toEqual(answers[0]);
        expect(answers[0]).toMatchObject({ return: {
          state: 'refunded', refund: eur(1376), freight: eur(590), freightPaidBy: 'customer', closedAt: NOW, inspection: { at: NOW, found: 'It lights up as it should' }, verdict: { id: 'agreed-buyer', fault: 'nobody', cause: 'buyer' },
        } });
        for (const kind of ['faultless', 'passed'] as const) expect(await step(number, kind === 'passed' ? { kind } : faultless, kind)).toMatchObject({ refused: 'not_possible' });
        expect((await backs()).map(([amount]) => amount)).toEqual([1376]);
        expect((await orderNow()).returns.at(-1)).toMatchObject({ refund: eur(1376), ifNoFault: eur(590) });
      });
      test('is there, or nobody looks in time: nothing is taken off', async () => {
        const { number } = await made();
        await step(number, { kind: 'arrived', scannedAt: NOW }, 'scan');
        expect(await step(number, { kind: 'unconfirmed' }, 'late')).toMatchObject({ return: { refund: eur(1966), freight: eur(0), freightPaidBy: 'shop' } });
        expect((await backs()).map(([amount]) => amount)).toEqual([1966]);
      });
      test('a way back dearer than the refund takes all of it, and not a cent more', async () => {
        const { number } = await made({ refund: eur(300) });
        expect(await step(number, faultless, 'look')).toMatchObject({ return: { state: 'refunded', refund: eur(0), freight: eur(300) } });
        expect(await backs()).toEqual([]);
      });
      test('of an exchange, it is settled with the price difference', async () => {
        const find = async (): Promise<Order> => (await opened.shop.reader.findOrder('AC-200004')) as Order;
        const before = (await find()).payments.length;
        const exchange = await opened.shop.writer.openExchange({ orderNumber: 'AC-200004', revision: 1, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.tiny' }], reason: 'defective', difference: eur(-501), freight: eur(0), freightPaidBy: 'shop', ifNoFault: eur(590), shipBy: LATER }, 'exchange', NOW);
        if (!('return' in exchange)) throw new Error(JSON.stringify(exchange));
        const looked = await opened.shop.writer.decideReturn({ orderNumber: 'AC-200004', returnNumber: exchange.return.number, revision: (await find()).revision, decision: faultless }, 'look', NOW);
        expect(looked).toMatchObject({ return: { state: 'accepted', passedAt: NOW, refund: eur(0), freight: eur(590), freightPaidBy: 'customer' } });
        expect((await find()).payments.slice(before).map(({ kind, amount }) => [kind ?? 'payment', amount.amount])).toEqual([['payment', 89]]);
      });
      test('was never said to cost anything: nothing can be charged for it, and only what the shop pays else can be said', async () => {
        await decide({ kind: 'received' });
        expect(await decide(faultless)).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('was not told') });
        expect((await one())?.state).toBe('received');
        for (const [key, wrong] of Object.entries({ paid: { freight: eur(590), refund: eur(1376), freightPaidBy: 'customer' as const }, below: { ifNoFault: eur(-1) }, other: { ifNoFault: { amount: 590, currency: 'USD' } } })) expect(await opening(wrong, key)).toMatchObject({ refused: 'not_possible' });
      });
    });
    test('nothing sent in time: closed; announced in time: not', async () => {
      expect(await decide({ kind: 'unsent' }, LATER)).toMatchObject({ return: { state: 'expired', closedAt: LATER }, order: { lines: [{ returnedQuantity: 0 }, {}] } });
    });
    test('announced by the customer: carrier and number are kept, it is on its way, and is neither closed nor withdrawn any more', async () => {
      const sent = await opened.shop.writer.announceReturnShipment({ ...(await base()), carrier: 'UPS', trackingNumber: '1Z999AA10123456784' }, 'a', NOW);
      expect(sent).toMatchObject({ return: { state: 'in_transit', shipment: { carrier: 'UPS', trackingNumber: '1Z999AA10123456784', announcedAt: NOW } } });
      expect(await decide({ kind: 'unsent' }, LATER)).toMatchObject({ refused: 'not_possible' });
      expect(await opened.shop.writer.withdrawReturn(await base(), 'w', NOW)).toMatchObject({ refused: 'not_possible' });
      await decide({ kind: 'arrived', scannedAt: NOW });
      expect(await opened.shop.writer.announceReturnShipment({ ...(await base()), carrier: 'UPS', trackingNumber: '1' }, 'b', NOW)).toMatchObject({ refused: 'not_possible' });
    });
    test('a repair is under way once it is found to be covered, and done once; no money ever moves for it', async () => {
      const opening: Parameters<ShopWriter['openRepair']>[0] = { orderNumber: 'AC-200009', revision: (await orderNow()).revision, lines: [{ lineId: 'l2', quantity: 1 }], how: 'mail_in', problem: 'It flickers', shipBy: LATER };
      const made = await opened.shop.writer.openRepair(opening, 'repair', NOW);
      if (!('return' in made)) throw new Error(JSON.stringify(made));
      const step = async (decision: ReturnDecision, key: string) => opened.shop.writer.decideReturn({ orderNumber: 'AC-200009', returnNumber: made.return.number, revision: (await orderNow()).revision, decision }, key, NOW);
      expect(await step({ kind: 'repaired' }, 'r1')).toMatchObject({ refused: 'not_possible', detail: expect.stringContaining('not here yet') });
      await step({ kind: 'arrived', scannedAt: NOW }, 'r2');
      expect(await step({ kind: 'unconfirmed' }, 'r3')).toMatchObject({ refused: 'not_possible' });
      expect(await step({ kind: 'passed' }, 'r4')).toMatchObject({ return: { state: 'accepted' } });
      expect(await step({ kind: 'repaired' }, 'r5')).toMatchObject({ return: { state: 'refunded', closedAt: NOW }, order: { lines: [{}, { returnedQuantity: 0 }] } });
      expect(await step({ kind: 'repaired' }, 'r6')).toMatchObject({ refused: 'not_possible' });
      expect(await decide({ kind: 'repaired' })).toMatchObject({ refused: 'not_possible' });
      expect(await backs()).toEqual([]);
    });
    test('an exchange is settled once, by the new pieces being sent; with other pieces in their place not everything is back', async () => {
      const now = async (): Promise<Order> => (await opened.shop.reader.findOrder('AC-200004')) as Order;
      const eur = (amount: number) => ({ amount, currency: 'EUR' });
      const made = await opened.shop.writer.openExchange({ orderNumber: 'AC-200004', revision: 1, changes: [{ lineId: 'l1', quantity: 1, variantId: 'lamp.tiny' }], reason: 'wrong_size', difference: eur(-501), freight: eur(0), freightPaidBy: 'shop', shipBy: LATER }, 'exchange', NOW);
      if (!('return' in made)) throw new Error(JSON.stringify(made));
      const step = async (returnNumber: string, kind: 'received' | 'passed' | 'replaced', key: string, at = NOW) => opened.shop.writer.decideReturn({ orderNumber: 'AC-200004', returnNumber, revision: (await now()).revision, decision: { kind } }, key, at);
      expect(await step(made.return.number, 'replaced', 'x1')).toMatchObject({ refused: 'not_possible' });
      await step(made.return.number, 'received', 'x2');
      expect(await step(made.return.number, 'replaced', 'x3')).toMatchObject({ refused: 'not_possible' });
      expect(await step(made.return.number, 'passed', 'x4')).toMatchObject({ return: { state: 'accepted', passedAt: NOW } });
      expect(await step(made.return.number, 'replaced', 'x5', LATER)).toMatchObject({ return: { state: 'refunded', closedAt: LATER } });
      expect(await step(made.return.number, 'replaced', 'x6', LATER)).toMatchObject({ refused: 'not_possible' });
      expect((await now()).payments.filter(({ kind }) => kind === 'refund').map(({ amount }) => amount.amount)).toEqual([501]);
      // A return for its money is none.
      await decide({ kind: 'received' });
      expect(await decide({ kind: 'replaced' })).toMatchObject({ refused: 'not_possible' });
      const order = await now();
      const rest = order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity - line.returnedQuantity }));
      const back = await opened.shop.writer.openReturn({ orderNumber: 'AC-200004', revision: order.revision, lines: rest, reason: 'unstated', refund: eur(1), freight: eur(0), freightPaidBy: 'shop', shipBy: '2026-04-01T10:00:00.000Z' }, 'rest', LATER);
      if (!('return' in back)) throw new Error(JSON.stringify(back));
      await step(back.return.number, 'received', 'y1', LATER);
      expect(await step(back.return.number, 'passed', 'y2', LATER)).toMatchObject({ return: { state: 'refunded' }, order: { state: 'delivered' } });
    });
    test.each([[-501, 1180, [['payment', 679]]], [-501, 300, [['refund', 201]]], [1550, 590, [['payment', 2140]]], [-501, 501, []], [0, 1180, [['payment', 1180]]]] as const)('[SH-09] of an exchange with a difference of %i and postage of %i, the one sum of both is settled when the goods have passed, to the cent', async (difference, freight, settled) => {
      const eur = (amount: number) => ({ amount, currency: 'EUR' });
      const now = async (): Promise<Order> => (await opened.shop.reader.findOrder('AC-200004')) as Order;
      const before = (await now()).payments.length;
      const changes = difference === 0 ? [{ lineId: 'l1', quantity: 1, variantId: 'lamp.small' }] : [{ lineId: 'l1', quantity: 1, variantId: difference > 0 ? 'lamp.large' : 'lamp.tiny' }];
      const made = await opened.shop.writer.openExchange({ orderNumber: 'AC-200004', revision: 1, changes, reason: 'wrong_size', difference: eur(difference), freight: eur(freight), freightPaidBy: 'customer', shipBy: LATER }, 'exchange', NOW);
      if (!('return' in made)) throw new Error(JSON.stringify(made));
      const step = async (kind: 'received' | 'passed' | 'replaced') => opened.shop.writer.decideReturn({ orderNumber: 'AC-200004', returnNumber: made.return.number, revision: (await now()).revision, decision: { kind } }, kind, LATER);
      await step('received');
      expect((await now()).payments).toHaveLength(before);
      await step('passed');
      await step('replaced');
      expect((await now()).payments.slice(before).map(({ kind, amount }) => [kind ?? 'payment', amount.amount])).toEqual(settled);
    });
    test('withdrawn: its pieces can be sent back anew', async () => {
      expect(await opened.shop.writer.withdrawReturn(await base(), 'w', NOW)).toMatchObject({ return: { state: 'withdrawn' }, order: { lines: [{ returnedQuantity: 0 }, {}] } });
      expect((await one())?.closedAt).toBe(NOW);
    });
    test('asked of the shop: no label before its yes; its no has a reason; no second answer counts', async () => {
      const request: Parameters<ShopWriter['openReturn']>[0] = {
        orderNumber: 'AC-200009', revision: 1, lines: [{ lineId: 'l1', quantity: 1 }], reason: 'not_as_described', refund: { amount: 1966, currency: 'EUR' }, freight: { amount: 0, currency: 'EUR' }, freightPaidBy: 'shop',
        shipBy: LATER, answerBy: '2026-03-07T10:00:00.000Z', verdict: { id: 'size-mismatch', matter: 'measurements', fault: 'seller_defect', cause: 'product', points: 3 }, proof: { photos: ['f1'], measured: '38 cm' },
      };
      const asked = await opened.shop.writer.openReturn(request, 'ask', NOW);
      if (!('return' in asked)) throw new Error(JSON.stringify(asked));
      expect(asked.return).toMatchObject({ state: 'requested', answerBy: '2026-03-07T10:00:00.000Z', verdict: { points: 3 }, proof: { measured: '38 cm' } });
      const answer = async (decision: ReturnDecision, key: string) => opened.shop.writer.decideReturn({ orderNumber: 'AC-200009', returnNumber: asked.return.number, revision: (await orderNow()).revision, decision }, key, NOW);
      expect(await answer({ kind: 'received' }, 'r')).toMatchObject({ refused: 'not_possible' });
      expect(await answer({ kind: 'answer', accepted: false, by: 'shop', reason: 'as_described', note: 'As in the table' }, 'n')).toMatchObject({ return: { state: 'declined', answer: { reason: 'as_described', at: NOW } }, order: { lines: [{ returnedQuantity: 1 }, {}] } });
      expect(await answer({ kind: 'answer', accepted: true, by: 'silence' }, 's')).toMatchObject({ refused: 'not_possible' });
    });
    test('money asked back is answered once: granted or declined', async () => {
      const request = { orderNumber: 'AC-200009', revision: 1, refundNumber: 'RF-CASE01', accepted: true, by: 'silence' as const };
      expect(await opened.shop.writer.decideRefund(request, 'k', NOW)).toMatchObject({ refund: { state: 'granted', answer: { by: 'silence', accepted: true, at: NOW } } });
      expect(await opened.shop.writer.decideRefund({ ...request, revision: 2, accepted: false, by: 'shop' }, 'l', NOW)).toMatchObject({ refused: 'not_possible' });
    });
  });
}
