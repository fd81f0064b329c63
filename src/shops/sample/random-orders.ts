import type { Order, ReturnReason, ReturnState } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import type { Coupon } from '../../domain/promotion.js';
import type { ParcelWish, Whereabouts } from './journeys.js';
import type { OrderWish } from './order-drafts.js';
import type { Person } from './people.js';
import type { Random } from './random.js';

/** What an invented order shall show. */
interface Scenario {
  readonly state: Order['state'];
  readonly parcels?: readonly { readonly whereabouts: Whereabouts; readonly hours?: number }[];
  readonly placedHoursAgo?: number;
  readonly wasPaid?: boolean;
  readonly isAbroad?: boolean;
  readonly return?: { readonly state: ReturnState; readonly openedDaysAgo: number };
}

const SINGLE: readonly (readonly [Whereabouts, number])[] = [
  ['origin', 18], ['line_haul', 26], ['customs', 16], ['customs_held', 8], ['customs_released', 6], ['last_mile', 18], ['out_for_delivery', 16],
  ['delivery_failed', 12], ['at_pickup_point', 12], ['lost', 8], ['damaged', 8], ['returned_to_sender', 6],
];

const SEVERAL: readonly (readonly Whereabouts[])[] = [
  ['delivered', 'out_for_delivery'], ['delivered', 'line_haul'], ['origin', 'customs'], ['announced', 'line_haul'], ['delivered', 'lost'],
  ['delivered', 'customs_held'], ['delivered', 'delivery_failed'], ['delivered', 'delivered', 'last_mile'], ['delivered', 'damaged'], ['line_haul', 'line_haul'],
];

const RETURNS: readonly (readonly [ReturnState, Order['state'], number, number, number])[] = [
  ['label_issued', 'delivered', 9, 1, 5], ['in_transit', 'delivered', 9, 3, 8], ['received', 'returned', 6, 9, 13], ['accepted', 'returned', 6, 11, 16],
  ['rejected', 'delivered', 5, 13, 20], ['withdrawn', 'delivered', 5, 4, 12], ['refunded', 'refunded', 18, 18, 45],
];

const REASONS: readonly ReturnReason[] = [
  'defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'wrong_size', 'changed_mind', 'changed_mind', 'ordered_by_mistake',
];

const ABROAD: readonly Whereabouts[] = ['customs', 'customs_held', 'customs_released', 'line_haul'];

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

/** Every state of an order and parcel in a fair number, filled up with delivered ones. */
function writeScenarios(count: number, random: Random): Scenario[] {
  const scenarios: Scenario[] = [
    ...many(18, () => ({ state: 'unpaid' as const, placedHoursAgo: random.int(1, 70) })),
    ...many(14, () => ({ state: 'under_review' as const, placedHoursAgo: random.int(1, 40) })),
    ...many(48, () => ({ state: 'paid' as const, placedHoursAgo: random.int(2, 90) })),
    ...many(26, (index) => ({ state: 'packed' as const, placedHoursAgo: random.int(20, 110), ...(index % 2 === 0 ? { parcels: [{ whereabouts: 'announced' as const }] } : {}) })),
    ...many(30, (index) => ({ state: 'cancelled' as const, placedHoursAgo: random.int(30, 2000), wasPaid: index % 2 === 0 })),
    ...SINGLE.flatMap(([whereabouts, times]) => many(times, () => ({ state: 'shipped' as const, parcels: [{ whereabouts }], isAbroad: ABROAD.includes(whereabouts) }))),
    // Nothing heard for longer than the leg allows.
    ...many(9, () => ({ state: 'shipped' as const, parcels: [{ whereabouts: 'line_haul' as const, hours: random.int(180, 380) }], isAbroad: true })),
    ...many(5, () => ({ state: 'shipped' as const, parcels: [{ whereabouts: 'customs' as const, hours: random.int(130, 260) }], isAbroad: true })),
    ...many(5, () => ({ state: 'shipped' as const, parcels: [{ whereabouts: 'last_mile' as const, hours: random.int(80, 160) }] })),
    ...many(46, (index) => {
      const parcels = SEVERAL[index % SEVERAL.length] ?? [];
      return { state: 'shipped' as const, parcels: parcels.map((whereabouts) => ({ whereabouts })), isAbroad: parcels.some((each) => ABROAD.includes(each)) };
    }),
    ...many(12, () => ({ state: 'delivered' as const, parcels: many(2, () => ({ whereabouts: 'delivered' as const, hours: random.int(20, 900) })) })),
    ...RETURNS.flatMap(([state, order, times, from, to]) => many(times, () => {
      const openedDaysAgo = random.int(from, to);
      return { state: order, parcels: [{ whereabouts: 'delivered' as const, hours: (openedDaysAgo + random.int(1, 7)) * 24 }], return: { state, openedDaysAgo } };
    })),
    ...many(5, () => ({ state: 'refunded' as const, parcels: [{ whereabouts: 'lost' as const, hours: random.int(200, 700) }] })),
    ...many(95, () => ({ state: 'delivered' as const, parcels: [{ whereabouts: 'delivered' as const, hours: random.int(14, 13 * 24) }] })),
  ];
  while (scenarios.length < count) scenarios.push({ state: 'delivered', parcels: [{ whereabouts: 'delivered', hours: random.int(15 * 24, 420 * 24) }] });
  return scenarios.slice(0, count);
}

/** How many orders each of some customers has: from one to nine, `total` together. */
function shareOut(customers: number, total: number, random: Random): number[] {
  const counts = many(customers, (index) => (index < 9 ? index + 1 : 1));
  for (let left = total - counts.reduce((a, b) => a + b, 0); left > 0;) {
    // The lower of two draws, so that few buy much.
    const index = Math.min(random.int(9, customers - 1), random.int(9, customers - 1));
    if ((counts[index] ?? 9) >= 9) continue;
    counts[index] = (counts[index] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

function drawLines(atLeast: number, products: readonly Product[], random: Random): OrderWish['lines'] {
  const chance = random.next();
  const count = Math.max(atLeast, chance < 0.45 ? 1 : chance < 0.75 ? 2 : chance < 0.92 ? 3 : 4);
  const chosen = new Set<Product>();
  while (chosen.size < count) chosen.add(random.pick(products));
  return [...chosen].map((product) => ({ product, variant: random.pick(product.variants), quantity: random.chance(0.8) ? 1 : random.int(2, 3) }));
}

function drawWarehouse(country: string, isAbroad: boolean, random: Random): string {
  if (isAbroad) return country === 'CN' ? 'es-zaragoza' : 'cn-shenzhen';
  if (country === 'US') return random.pick(['us-reno', 'us-reno', 'cn-shenzhen']);
  if (country === 'ES' || country === 'PT') return random.pick(['es-zaragoza', 'es-zaragoza', 'cn-shenzhen']);
  if (country === 'DE' || country === 'PL' || country === 'FR' || country === 'IT') return random.pick(['de-leipzig', 'es-zaragoza', 'cn-shenzhen', 'cn-shenzhen']);
  return country === 'MX' || country === 'BR' ? random.pick(['us-reno', 'cn-shenzhen', 'cn-shenzhen']) : 'cn-shenzhen';
}

/** Deals the lines out over the parcels in turn. */
const deal = (lines: OrderWish['lines'], parcels: number): ParcelWish['lines'][] =>
  many(parcels, (parcel) => lines.flatMap(({ quantity }, line) => (line % parcels === parcel ? [{ line, quantity }] : [])));

/** Invents orders for customers so that every state there is can be seen. */
export function wishOrders(count: number, people: readonly Person[], products: readonly Product[], coupons: readonly Coupon[], random: Random): OrderWish[] {
  const buyers = shareOut(people.length, count, random).flatMap((times, index) => many(times, () => people[index])).filter((person) => person !== undefined);
  const scenarios = writeScenarios(count, random).map((scenario) => ({ scenario, lot: random.next() })).sort((a, b) => a.lot - b.lot);
  const couponUses = new Map<string, number>();
  const drawCoupon = (customer: Person): Pick<OrderWish, 'coupon'> => {
    const coupon = random.pick(coupons.filter((each) => each.levels.length === 0));
    const uses = couponUses.get(`${customer.id} ${coupon.code}`) ?? 0;
    if (uses >= coupon.usesPerCustomer) return {};
    couponUses.set(`${customer.id} ${coupon.code}`, uses + 1);
    return { coupon };
  };
  return scenarios.map(({ scenario }, index) => {
    const customer = buyers[index] ?? random.pick(people);
    const parcels = scenario.parcels ?? [];
    const lines = drawLines(Math.max(parcels.length, 1), products, random);
    const dealt = deal(lines, parcels.length);
    const isPickup = parcels.some((parcel) => parcel.whereabouts === 'at_pickup_point') && random.chance(0.5);
    return {
      customer, lines, state: scenario.state, method: isPickup ? 'pickup' : random.chance(0.15) ? 'express' : 'standard',
      warehouse: drawWarehouse(customer.address.country, scenario.isAbroad === true, random),
      parcels: parcels.map(({ whereabouts, hours }, i) => ({ whereabouts, lines: dealt[i] ?? [], ...(hours === undefined ? {} : { hoursSinceLastScan: hours }) })),
      takesPromotion: random.chance(0.7),
      ...(scenario.placedHoursAgo === undefined ? {} : { placedHoursAgo: scenario.placedHoursAgo }),
      ...(scenario.wasPaid === undefined ? {} : { wasPaid: scenario.wasPaid }),
      ...(random.chance(0.25) ? drawCoupon(customer) : {}),
      ...(scenario.return === undefined ? {} : { return: { ...scenario.return, reason: random.pick(REASONS) } }),
    };
  });
}
