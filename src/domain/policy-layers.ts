import type { Order, OrderLine } from './order.js';
import type { DeliveryOverride, GrantOverride, Layers, Policy, ReturnCondition, ReturnPacking, ReturnRules } from './policy.js';

/** What a rule is asked for: a kind of goods, perhaps one product, the buyer's country, and the level of the member who asks. */
export interface Subject {
  readonly category: string;
  readonly country: string;
  readonly item?: string | undefined;
  readonly level?: string | undefined;
}

/** The subject a line of an order is. */
export const subjectOf = (order: Order, line: OrderLine, level?: string): Subject => ({ item: line.productId, category: line.category, country: order.shippingAddress.country, level });

const at = <T>(map: Readonly<Record<string, T>>, key: string | undefined): T | undefined => (key !== undefined && Object.hasOwn(map, key) ? map[key] : undefined);

/** What overrides say of a subject, the weakest first, so that laid one over the other the order of precedence comes out. */
const layersOf = <T>({ items, categories, members, countries }: Layers<T>, { item, category, country, level }: Subject): T[] =>
  [at(countries, country), at(members, level), at(categories, category), at(items, item)].filter((one): one is T => one !== undefined);

const longer = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : Math.max(one, other));

/** Settings of a country with a law behind it that are the least there is; everything else in it is the shop's own choice for that country. */
const ofLaw = ['windowDays', 'withoutFault', 'faultWindowDays'] as const;

/**
 * The rules of returning for a subject: item over category over member over country over shop; where the law of the buyer's
 * country is kinder it counts above all, but that what is exempt from it goes back without a fault only as the shop says.
 */
export function returnRules(policy: Policy, subject: Subject): ReturnRules & { readonly law?: string } {
  const { returns } = policy;
  const local = at(returns.countries, subject.country);
  const law = local?.law === undefined ? undefined : local;
  const own = local && law ? Object.fromEntries(Object.entries(local).filter(([name]) => name !== 'law' && !ofLaw.some((one) => one === name))) : local;
  const layers = layersOf({ ...returns, countries: own ? { [subject.country]: own } : {} }, subject);
  const rules: ReturnRules & { readonly lawExempt?: boolean } = layers.reduce<ReturnRules & { readonly lawExempt?: boolean }>((all, one) => ({ ...all, ...one }), returns);
  if (!law) return rules;
  const free = rules.lawExempt === true ? {} : {
    windowDays: law.windowDays === undefined ? rules.windowDays : longer(rules.windowDays, law.windowDays),
    withoutFault: rules.withoutFault || law.withoutFault === true,
  };
  const kinder = { ...rules, ...free, faultWindowDays: Math.max(rules.faultWindowDays, law.faultWindowDays ?? 0) };
  return law.law !== undefined && JSON.stringify(kinder) !== JSON.stringify(rules) ? { ...kinder, law: law.law } : kinder;
}

/** Whether the law of the buyer's country lets a subject go back without any reason. */
export function needsNoReason(policy: Policy, subject: Subject): boolean {
  const local = at(policy.returns.countries, subject.country);
  const exempt = layersOf({ ...policy.returns, countries: {} }, subject).findLast((one) => one.lawExempt !== undefined)?.lawExempt;
  return local?.law !== undefined && local.withoutFault === true && exempt !== true;
}

/** What state a subject must be in to go back, and how it is packed: by item, else by category, else for everything. */
export function careFor(policy: Policy, subject: Subject): { readonly condition: ReturnCondition; readonly packing: ReturnPacking } {
  const { conditions, packing } = policy.returns;
  const own = layersOf({ ...policy.returns, members: {}, countries: {} }, subject).reduce((all, one) => ({ ...all, ...one }), {});
  return {
    condition: own.condition ?? at(conditions, subject.category) ?? conditions['other'] ?? 'unused',
    packing: own.packing ?? at(packing, subject.category) ?? packing['other'] ?? 'any_strong_box',
  };
}

/** Months of warranty of a subject, with the law of the buyer's country where that is longer. */
export function warrantyMonths({ warranty }: Policy, { item, category, country, level }: Subject): { readonly months: number; readonly law?: string } {
  const local = at(warranty.countries, country);
  const own = at(warranty.items, item)?.months ?? at(warranty.months, category) ?? at(warranty.members, level)?.months
    ?? (local && local.law === undefined ? local.months : undefined) ?? warranty.months['other'] ?? 0;
  return local?.law !== undefined && local.months > own ? { months: local.months, law: local.law } : { months: own };
}

/** Up to which amount the bot grants money for some pieces by itself: of several the least counts, so that no mixing lifts a limit. */
export function grantLimit(section: Layers<GrantOverride> & { readonly grantUpTo: number }, subjects: readonly Subject[]): number {
  const limits = subjects.map((subject) => layersOf(section, subject).reduce((limit, one) => one.grantUpTo ?? limit, section.grantUpTo));
  return limits.length === 0 ? section.grantUpTo : Math.min(...limits);
}

/** The windows for claims about a delivery: of several pieces the longest counts. */
export function claimDays({ delivery }: Policy, subjects: readonly Subject[], what: 'notReceivedWithinDays' | 'damageWithinDays'): number {
  const days = subjects.map((subject) => layersOf<DeliveryOverride>(delivery, subject).reduce((limit, one) => one[what] ?? limit, delivery[what]));
  return days.length === 0 ? delivery[what] : Math.max(...days);
}
