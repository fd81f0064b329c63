import type { Customer, MemberLevel, PointsEntry } from '../../domain/customer.js';
import type { Order } from '../../domain/order.js';
import type { Coupon } from '../../domain/promotion.js';
import { SHOP_FORMAT, type ShopData } from '../shop-format.js';
import { createSampleProducts } from './catalogue.js';
import { demoOrders, demoPeople, laterDemoOrders, laterPeople } from './demo.js';
import { createSampleCoupons, createSamplePromotions, sampleGoodwillCoupon, sampleLevels } from './offers.js';
import { draftOrder, inShopCurrency, type OrderDraft } from './order-drafts.js';
import { withPacking } from './packing.js';
import { drawPeople, type Person } from './people.js';
import { sampleLanes, sampleProfile } from './profile.js';
import { createRandom, type Random } from './random.js';
import { wishOrders } from './random-orders.js';

const DAY = 86_400_000;
const CUSTOMERS = 200;
const ORDERS = 600;
const FIRST_NUMBER = 102_117;

/** How long before now a member discount is known; older orders were before the programme. */
const PROGRAMME_DAYS = 90;

const levelFor = (spent: number): MemberLevel => {
  const level = sampleLevels.findLast((each) => spent >= each.from.amount) ?? sampleLevels[0];
  if (level === undefined) throw new RangeError('The sample has no member levels');
  return level;
};

const spentIn = (orders: readonly Order[], now: number): number => orders
  .filter((order) => !['unpaid', 'cancelled', 'refunded'].includes(order.state) && Date.parse(order.placedAt ?? '') > now - 365 * DAY)
  .reduce((sum, order) => sum + inShopCurrency(order.total), 0);

/** The orders of one customer and the level they lead to; member discounts only where the level stands in spite of them. */
function settle(drafts: readonly (readonly [string, OrderDraft])[], now: number): { readonly orders: Order[]; readonly level: MemberLevel } {
  const bare = drafts.map(([number, draft]) => draft.build(number, null));
  const level = levelFor(spentIn(bare, now));
  const withLevel = drafts.map(([number, draft]) =>
    draft.build(number, draft.wish.number === undefined && draft.placedAt > now - PROGRAMME_DAYS * DAY ? level : null));
  return levelFor(spentIn(withLevel, now)) === level ? { orders: withLevel, level } : { orders: bare, level };
}

function tellPoints(orders: readonly Order[], level: MemberLevel, now: number, random: Random): PointsEntry[] {
  const entry = (points: number, at: number, reason: PointsEntry['reason']): PointsEntry =>
    ({ points, at: new Date(at).toISOString(), reason, ...(points > 0 ? { expiresAt: new Date(at + 365 * DAY).toISOString() } : {}) });
  const entries = orders.flatMap((order) => {
    const delivered = order.history.find((step) => step.state === 'delivered');
    const points = Math.floor((inShopCurrency(order.total) / 100) * level.pointsPerUnit);
    if (delivered === undefined || order.state === 'refunded' || points === 0) return [];
    const at = Date.parse(delivered.at);
    const expiry = at + 365 * DAY;
    return [entry(points, at, 'purchase'), ...(expiry < now ? [entry(-points, expiry, 'expired')] : [])];
  });
  // Some were earned almost a year ago and are about to run out.
  if (random.chance(0.3)) entries.push(entry(random.int(2, 12) * 10, now - random.int(340, 360) * DAY, 'gift'));
  if (random.chance(0.35)) entries.push(entry(20, now - random.int(3, 200) * DAY, 'review'));
  if (random.chance(0.15)) entries.push(entry(50, now - random.int(3, 200) * DAY, 'referral'));
  const balance = entries.reduce((sum, each) => sum + each.points, 0);
  if (balance > 100 && random.chance(0.3)) entries.push(entry(-100, now - random.int(0, 2) * DAY - 3_600_000, 'redeemed'));
  return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function drawCoupons(orders: readonly Order[], level: MemberLevel, coupons: readonly Coupon[], random: Random): string[] {
  const used = orders.flatMap((order) => order.discounts.flatMap((discount) => (discount.kind === 'coupon' ? [discount.reference] : [])));
  const held = coupons.filter((coupon) => !coupon.open && (coupon.levels.length === 0 || coupon.levels.includes(level.id)) && random.chance(0.18)).map((coupon) => coupon.code);
  return [...new Set([...used, ...held])];
}

/** Numbers by the time the orders were placed; the well-known ones keep theirs. */
function numberDrafts(drafts: readonly OrderDraft[], random: Random): (readonly [string, OrderDraft])[] {
  let number = FIRST_NUMBER;
  return [...drafts].sort((a, b) => a.placedAt - b.placedAt).map((draft) => {
    if (draft.wish.number !== undefined) return [draft.wish.number, draft] as const;
    number += random.int(1, 5);
    return [`AC-${number}`, draft] as const;
  });
}

/**
 * Invents a shop as it may look at an instant: the same one for the same instant and seed. It holds every state an order,
 * parcel and return can be in, and the well-known customers of `demo.ts`.
 */
export function createSampleShop(now: string, seed = 20_417): ShopData {
  const at = Math.floor(Date.parse(now) / 60_000) * 60_000;
  const random = createRandom(seed);
  // What docs and tests quote must not hang on the seed.
  const fixed = createRandom(1);
  const products = createSampleProducts(7);
  const promotions = createSamplePromotions(at);
  const coupons = createSampleCoupons(at);
  const known: readonly Person[] = Object.values(demoPeople);
  const people = drawPeople(CUSTOMERS - known.length, known.length + 1, new Set(known.map((person) => person.email)), random);
  const demos = demoOrders(products, coupons);
  const wishes = wishOrders(ORDERS - demos.length, people, products, coupons, random);
  const later = createRandom(2);
  const drafts = numberDrafts([
    ...laterDemoOrders(products, coupons).map((wish) => draftOrder(wish, promotions, at, later)),
    ...demos.map((wish) => draftOrder(wish, promotions, at, fixed)), ...wishes.map((wish) => draftOrder(wish, promotions, at, random)),
  ], random);

  const orders: Order[] = [];
  const newcomers: readonly Person[] = Object.values(laterPeople);
  const apart = createRandom(3);
  const customers = [...known, ...people, ...newcomers].map((person): Customer => {
    const settled = settle(drafts.filter(([, draft]) => draft.wish.customer.id === person.id), at);
    orders.push(...settled.orders);
    const choices = known.includes(person) ? fixed : newcomers.includes(person) ? apart : random;
    return {
      ...person, level: settled.level.id, points: tellPoints(settled.orders, settled.level, at, choices),
      coupons: drawCoupons(settled.orders, settled.level, coupons, choices),
    };
  });
  orders.sort((a, b) => (a.number < b.number ? -1 : 1));
  return { format: SHOP_FORMAT, profile: sampleProfile, customers, products, orders: orders.map(withPacking), promotions, coupons: [...coupons, sampleGoodwillCoupon(at)], memberLevels: sampleLevels, lanes: sampleLanes };
}
