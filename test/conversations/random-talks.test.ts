import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { reading } from '../flows/writes.js';
import { today } from '../support/a-core.js';
import { hold, moneyProblems, planProblems, randomTalks } from './random-talks.js';

/** How many are held; `npm run talks` holds ten thousand. */
const COUNT = Number(process.env['TALKS'] ?? 500);
jest.setTimeout(COUNT * 1000);

describe('talks nobody planned', () => {
  test('no write without its plan, no fact of another customer, sums exact, always a way to a person, words in every language', async () => {
    let writes = 0;
    await fc.assert(fc.asyncProperty(randomTalks, async (talk) => {
      const course = await hold(talk);
      writes += course.writes;
      expect(course.problems).toEqual([]);
    }), { numRuns: COUNT, seed: 20_260_617, endOnFailure: true });
    // Talks in which nothing is ever done would show nothing.
    expect(writes).toBeGreaterThan(COUNT / 50);
  });

  test('the same talk takes the same course, word by word', async () => {
    await fc.assert(fc.asyncProperty(randomTalks, async (talk) => expect((await hold(talk)).words).toBe((await hold(talk)).words)), { numRuns: 20, seed: 7 });
  });

  describe('what must not be is noticed', () => {
    test('a customer is told of the orders of others', async () => {
      const found: string[] = [];
      for (const talk of fc.sample(randomTalks, { seed: 11, numRuns: 12 })) {
        found.push(...(await hold(talk, (shop) => reading(shop, { ordersOf: async () => [...await shop.reader.ordersOf('cus-0001'), ...await shop.reader.ordersOf('cus-0004')] }))).problems);
      }
      expect(found.join('\n')).toMatch(/another customer’s/u);
    });

    test('something is written that nobody was shown, or of another order than was shown', () => {
      const write = { method: 'cancelOrder', request: { orderNumber: 'AC-100002' }, key: 'k' };
      const line = { id: 'l', seq: 1, at: today, from: 'bot', locale: 'en', text: 'I would cancel AC-100002.', choices: [{ id: 'y:1', label: 'Yes' }] } as const;
      expect(planProblems(write, line)).toEqual([]);
      expect(planProblems(write, { ...line, choices: [] })).toHaveLength(1);
      expect(planProblems(write, { ...line, text: 'I would cancel AC-100009.' })).toHaveLength(1);
      expect(planProblems(write, undefined)).toHaveLength(1);
    });

    test('more goes back than was paid, or a share of a discount is lost', () => {
      const [order] = createSampleShop(today).orders.filter(({ discounts, payments }) => discounts.length > 0 && payments.length > 0);
      if (!order) throw new Error('no order with a discount in the sample');
      expect(moneyProblems(order)).toEqual([]);
      const { payments: [paid] } = order;
      expect(moneyProblems({ ...order, payments: [...order.payments, { ...paid!, id: 'x', kind: 'refund', amount: { ...order.total, amount: order.total.amount * 2 } }] })[0]).toMatch(/went back of/u);
      expect(moneyProblems({ ...order, discounts: order.discounts.slice(1) })[0]).toMatch(/shares of the discounts/u);
    });
  });
});
