import { defineAnswerFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import { money } from '../domain/money.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { LaneStatistics, ShopProfile } from '../ports/shop.js';

type Method = Order['shippingMethod'];

/** A method with what it costs. */
interface Priced { readonly method: Method; readonly price: Value; readonly isFree: 'always' | 'from' | 'never'; readonly from: Value }

/** The methods of the shop with what each costs, in its order. */
function methodsOf({ policy }: Pick<Reading, 'policy'>, { currency }: Pick<ShopProfile, 'currency'>): Priced[] {
  const { shippingPrices, freeFrom } = policy.delivery;
  const offered = (['standard', 'express', 'pickup'] as const).filter((method) => shippingPrices[method] !== undefined);
  return offered.map((method) => {
    const [price = 0, from] = [shippingPrices[method], freeFrom[method]];
    return { method, price: { money: money(price, currency) }, isFree: price === 0 ? 'always' : from === undefined ? 'never' : 'from', from: { money: money(from ?? 0, currency) } };
  });
}

const named = (method: Method): Value => ({ text: { key: `shipping-method.${method}` } });

const pricesOf = (reading: Pick<Reading, 'policy'>, profile: Pick<ShopProfile, 'currency'>): Value[] =>
  methodsOf(reading, profile).map(({ method, ...values }) => ({ text: { key: 'shipping-options.price', values: { ...values, method: named(method) } } }));

/** The country goods would go to: said, else where the customer lives, else asked beside the prices, which are known already. */
const countrySlot: Slot<string> = {
  hear(heard) {
    const country = heard.entities.find((entity) => entity.kind === 'country');
    return country?.kind === 'country' ? { said: country.value, definite: true } : undefined;
  },
  async find(finding): Promise<Found<string>> {
    if (typeof finding.said === 'string') return { value: finding.said };
    if (finding.customer) return { value: finding.customer.address.country };
    return { ask: { key: 'shipping-options.ask.country', values: { lines: { lines: pricesOf(finding, await finding.shop.profile()) } } } };
  },
};

/** The span over all lanes of a method, as goods may leave from any of the warehouses. */
function spanOf(lanes: readonly LaneStatistics[], method: Method): { readonly fast: number; readonly slow: number } | null {
  const own = lanes.filter((lane) => lane.method === method);
  return own.length === 0 ? null : { fast: Math.min(...own.map((lane) => lane.p10)), slow: Math.max(...own.map((lane) => lane.p90)) };
}

/** Which ways of shipping there are to a country, what they cost, from when they are free and how long they take. */
export const shippingOptions = defineAnswerFlow({
  id: 'shipping-options',
  needs: 'L0',
  slots: { country: countrySlot },
  takes: { intents: ['delivery_estimate'], beside: ['country'], without: ['order_number', 'tracking_number', 'date'] },
  refusals: [],
  async answer(reading) {
    const { slots, shop, policy } = reading;
    const [profile, lanes] = await Promise.all([shop.profile(), shop.lanesTo(slots.country)]);
    const country: Value = { country: slots.country };
    const lines = methodsOf(reading, profile).map(({ method, ...values }): Value => {
      const span = spanOf(lanes, method);
      return { text: { key: 'shipping-options.line', values: { ...values, method: named(method), known: span ? 'yes' : 'no', fast: span?.fast ?? 0, slow: span?.slow ?? 0 } } };
    });
    const { from, to } = policy.orders.handlingDays;
    const say: Reply[] = lanes.length === 0
      ? [{ key: 'shipping-options.unknown', values: { country, lines: { lines: pricesOf(reading, profile) } } }]
      : [{ key: 'shipping-options.to', values: { country, lines: { lines } } }, { key: 'shipping-options.handling', values: { from, to } }];
    return { say, offers: slots.country === profile.country ? [] : ['customs_question'] };
  },
});
