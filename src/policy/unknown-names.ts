import type { Layers, Policy } from '../domain/policy.js';
import type { ShopReader } from '../ports/shop.js';
import { nearest } from './mistakes.js';

/** Flows a policy asks for more of that there are none of, each with the one that may be meant: such a rule would never count. */
export const unknownFlows = ({ identity }: Policy, flows: readonly string[]): { readonly name: string; readonly near?: string }[] =>
  Object.keys(identity.levels).filter((name) => !flows.includes(name)).map((name) => {
    const near = nearest(name, flows);
    return { name, ...(near === undefined ? {} : { near }) };
  });

/**
 * What a policy names that the shop does not have, and what is written for it counts for nobody: articles, member levels, the
 * coupon of goodwill; and kinds of goods that are nearly one the shop has. A kind it simply does not sell now is none of them.
 */
export async function unknownNames(policy: Policy, shop: Pick<ShopReader, 'findProduct' | 'findCoupon' | 'memberLevels' | 'products'>): Promise<string[]> {
  const { returns, warranty, refunds, delivery, goodwill } = policy;
  const sections: readonly (readonly [string, Pick<Layers<unknown>, 'items' | 'members'>])[] = [['returns', returns], ['warranty', warranty], ['refunds', refunds], ['delivery', delivery]];
  const levels = new Set((await shop.memberLevels()).map(({ id }) => id));
  const members = sections.flatMap(([section, { members: named }]) => Object.keys(named).filter((id) => !levels.has(id)).map((id) => `${section}.members.${id}`));
  const items = await Promise.all(sections.flatMap(([section, { items: named }]) => Object.keys(named).map(async (id) => (await shop.findProduct(id) ? [] : [`${section}.items.${id}`]))));
  const sold = [...new Set((await shop.products()).map(({ category }) => category))];
  const tried = Object.fromEntries(policy.orders.testBeforePacking.map((name) => [name, true]));
  const kinds: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [['orders.testBeforePacking', tried], ['returns.categories', returns.categories], ['refunds.categories', refunds.categories], ['delivery.categories', delivery.categories], ['warranty.months', warranty.months]];
  const categories = kinds.flatMap(([path, named]) => Object.keys(named).filter((name) => name !== 'other' && !sold.includes(name)).flatMap((name) => {
    const near = nearest(name, sold);
    return near === undefined ? [] : [`${path}.${name} (${near}?)`];
  }));
  const coupon = goodwill.coupon !== '' && !(await shop.findCoupon(goodwill.coupon)) ? [`goodwill.coupon ${goodwill.coupon}`] : [];
  return [...members, ...items.flat(), ...categories, ...coupon];
}
