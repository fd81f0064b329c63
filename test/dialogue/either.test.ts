import { expect, test } from '@jest/globals';
import { betterOf } from '../../src/dialogue/either.js';
import type { Active, Wish } from '../../src/dialogue/conversation.js';

const usd = (amount: number) => ({ money: { amount, currency: 'USD' } });
const waiting: Wish = { intent: 'exchange_request', flow: 'swap-items', said: {} };
const withPlan = (refund: number, difference: number): Active => ({
  flow: 'return-item', intent: 'return_request', slots: {}, said: {}, kept: {},
  plan: { id: 'p1', request: {}, receipts: [], shows: [{ key: 'return-item.either.exchange', values: { refund: usd(refund), settled: { text: { key: `swap-items.settled.${difference > 0 ? 'charge' : 'refund'}`, values: { amount: usd(Math.abs(difference)) } } } } }] },
});

test.each(['whichever saves me the most', 'lo que más dinero me ahorre', 'o que me devolver mais dinheiro', 'ce qui me rapporte le plus', 'was mir mehr Geld bringt', 'что выгоднее', 'ما يوفر لي أكثر', '哪个更划算就选哪个'])('of two things of which one is possible, the better one: %s', (text) => {
  expect(betterOf(withPlan(5000, -4000), [waiting], text)).toBe('this');
  expect(betterOf(withPlan(5000, -6000), [waiting], text)).toBe(waiting);
  expect(betterOf(withPlan(5000, 6000), [waiting], text)).toBe('this');
});
test('nothing else is a choice between them', () => {
  expect(betterOf(withPlan(5000, -4000), [waiting], 'yes please')).toBeUndefined();
  expect(betterOf(withPlan(5000, -4000), [], 'whichever saves me the most')).toBeUndefined();
});
