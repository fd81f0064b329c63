import type { MemberLevel } from '../../domain/customer.js';
import { money } from '../../domain/money.js';
import type { Coupon, Promotion } from '../../domain/promotion.js';

const DAY = 86_400_000;
const span = (now: number, fromDays: number, toDays: number): { readonly startsAt: string; readonly endsAt: string } =>
  ({ startsAt: new Date(now + fromDays * DAY).toISOString(), endsAt: new Date(now + toDays * DAY).toISOString() });

/** The four member levels, lowest first. */
export const sampleLevels: readonly MemberLevel[] = [
  { id: 'basic', name: 'Basic', from: money(0, 'EUR'), discount: 0, pointsPerUnit: 1, priorityDispatch: false },
  { id: 'silver', name: 'Silver', from: money(25_000, 'EUR'), discount: 200, pointsPerUnit: 1, priorityDispatch: false },
  { id: 'gold', name: 'Gold', from: money(60_000, 'EUR'), discount: 500, pointsPerUnit: 1.5, priorityDispatch: true },
  { id: 'platinum', name: 'Platinum', from: money(100_000, 'EUR'), discount: 800, pointsPerUnit: 2, priorityDispatch: true },
];

/** Spend-and-save promotions: over, running and to come. */
export function createSamplePromotions(now: number): Promotion[] {
  const steps = [{ from: 8000, save: 800 }, { from: 15_000, save: 2000 }, { from: 30_000, save: 5000 }];
  return [
    { id: 'more-is-less-eur', name: 'More is less', ...span(now, -25, 12), currency: 'EUR', steps, categories: [] },
    { id: 'more-is-less-usd', name: 'More is less', ...span(now, -25, 12), currency: 'USD', steps: steps.map(({ from, save }) => ({ from: from + 1000, save })), categories: [] },
    { id: 'more-is-less-gbp', name: 'More is less', ...span(now, -25, 12), currency: 'GBP', steps: steps.map(({ from, save }) => ({ from: from - 1000, save })), categories: [] },
    { id: 'bright-nights', name: 'Bright nights', ...span(now, -10, 20), currency: 'EUR', steps: [{ from: 5000, save: 500 }, { from: 10_000, save: 1500 }], categories: ['lighting'] },
    { id: 'open-air-days', name: 'Open-air days', ...span(now, -110, -80), currency: 'EUR', steps: [{ from: 10_000, save: 1000 }, { from: 20_000, save: 3000 }], categories: ['outdoor', 'footwear'] },
    { id: 'birthday-week', name: 'Birthday week', ...span(now, -70, -63), currency: 'EUR', steps, categories: [] },
    { id: 'wardrobe-days', name: 'Wardrobe days', ...span(now, 14, 28), currency: 'EUR', steps: [{ from: 10_000, save: 1500 }], categories: ['apparel', 'footwear'] },
  ];
}

/** The coupon the shop gives as goodwill; nobody holds it before. */
export const sampleGoodwillCoupon = (now: number): Coupon =>
  ({ code: 'SORRY5', ...span(now, -30, 180), currency: 'EUR', off: { kind: 'amount', amount: 500 }, minimum: 0, categories: [], levels: [], open: false, stacks: true, usesPerCustomer: 1 });

/** Coupons of every kind; the comment of each says what it shows. */
export function createSampleCoupons(now: number): Coupon[] {
  const coupon = (code: string, days: readonly [number, number], off: Coupon['off'], more: Partial<Coupon> = {}): Coupon => ({
    code, ...span(now, ...days), currency: 'EUR', off, minimum: 0, categories: [], levels: [], open: false, stacks: true, usesPerCustomer: 1, ...more,
  });
  const amount = (cents: number): Coupon['off'] => ({ kind: 'amount', amount: cents });
  const percent = (points: number): Coupon['off'] => ({ kind: 'share', basisPoints: points * 100 });
  return [
    coupon('HELLO10', [-60, 60], percent(10), { open: true, minimum: 3000, stacks: false }), // open to all, does not stack
    coupon('LAMP15', [-20, 15], percent(15), { open: true, categories: ['lighting'] }), // open, one category
    coupon('SAVE5', [-30, 30], amount(500), { open: true, minimum: 4000, usesPerCustomer: 3 }), // open, usable three times
    coupon('HIKE8', [-15, 21], amount(800), { open: true, minimum: 6000, categories: ['outdoor', 'footwear', 'bags'] }), // open, some categories
    coupon('GOLD12', [-90, 90], percent(12), { open: true, levels: ['gold', 'platinum'] }), // open, but only for levels
    coupon('USA10', [-30, 30], amount(1000), { open: true, currency: 'USD', minimum: 8000 }), // another currency
    coupon('UK10', [-30, 30], amount(1000), { open: true, currency: 'GBP', minimum: 8000 }), // another currency
    coupon('THANKS5', [-45, 45], amount(500)), // held by some
    coupon('SORRY15', [-20, 40], percent(15), { minimum: 2000 }), // held, given after trouble
    coupon('PLATINUM50', [-60, 120], amount(5000), { levels: ['platinum'], minimum: 20_000 }), // held, one level
    coupon('ONCE7', [-60, 30], amount(700), { minimum: 3000 }), // held, and used up by those whose orders carry it
    coupon('SOLO20', [-15, 30], percent(20), { minimum: 5000, stacks: false }), // held, does not stack
    coupon('SPRING20', [-120, -30], percent(20), { open: true }), // expired
    coupon('LASTYEAR10', [-300, -200], amount(1000)), // held, expired
    coupon('SOON25', [10, 25], percent(25), { open: true, minimum: 10_000 }), // open, not yet
    coupon('BIRTHDAY10', [5, 35], amount(1000)), // held, not yet
  ];
}
