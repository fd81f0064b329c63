import type { Layers, Policy } from '../domain/policy.js';
import type { ShopReader } from '../ports/shop.js';

/** Articles and member levels a policy names that the shop does not have: what is written for them counts for nobody. */
export async function unknownNames(policy: Policy, shop: Pick<ShopReader, 'findProduct' | 'memberLevels'>): Promise<string[]> {
  const sections: readonly (readonly [string, Pick<Layers<unknown>, 'items' | 'members'>])[] = [['returns', policy.returns], ['warranty', policy.warranty], ['refunds', policy.refunds], ['delivery', policy.delivery]];
  const levels = new Set((await shop.memberLevels()).map(({ id }) => id));
  const members = sections.flatMap(([section, { members: named }]) => Object.keys(named).filter((id) => !levels.has(id)).map((id) => `${section}.members.${id}`));
  const items = await Promise.all(sections.flatMap(([section, { items: named }]) => Object.keys(named).map(async (id) => (await shop.findProduct(id) ? [] : [`${section}.items.${id}`]))));
  return [...members, ...items.flat()];
}
