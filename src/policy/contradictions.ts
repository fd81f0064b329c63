import type { Policy, ReturnOverride } from '../domain/policy.js';
import { needsNoReason } from '../domain/policy-layers.js';
import type { Place } from './places.js';

/** Two parts of a policy that cannot both be meant, or one that has no effect beside the other: where both stand, and what counts until the merchant decides. */
export interface Contradiction {
  /** What the merchant writes under `decided` to let it stand. */
  readonly code: string;
  readonly says: string;
  readonly meanwhile: string;
  readonly places: readonly [Place, Place];
  readonly isDecided: boolean;
}

type Path = readonly (string | number)[];
type Found = Omit<Contradiction, 'places' | 'isDecided'> & { readonly at: readonly [Path, Path] };

const layerNames = ['items', 'categories', 'members', 'countries'] as const;

/** Every override of the rules of returning, with its path. */
const overrides = ({ returns }: Policy): { readonly path: Path; readonly layer: (typeof layerNames)[number]; readonly name: string; readonly rules: ReturnOverride }[] =>
  layerNames.flatMap((layer) => Object.entries(returns[layer]).map(([name, rules]) => ({ path: ['returns', layer, name], layer, name, rules })));

function ofReasons({ returns, delivery }: Policy): Found[] {
  const found: Found[] = [];
  const [refused] = returns.notAccepted;
  if (refused !== undefined && returns.withoutFault) {
    found.push({
      code: 'returns.without-fault', at: [['returns', 'notAccepted'], ['returns', 'withoutFault']],
      says: `One place takes nothing back for ${returns.notAccepted.join(', ')}; the other lets goods go back without a fault.`,
      meanwhile: 'the list counts, save where the law of the buyer’s country needs no reason; every other reason without a fault is accepted, and the customer pays the way back',
    });
  }
  for (const reason of returns.notAccepted.filter((one) => returns.faultReasons.includes(one))) {
    found.push({
      code: `returns.fault-not-accepted.${reason}`, at: [['returns', 'notAccepted', returns.notAccepted.indexOf(reason)], ['returns', 'faultReasons', returns.faultReasons.indexOf(reason)]],
      says: `“${reason}” is a fault in one place and not accepted in the other.`, meanwhile: 'it is a fault, and accepted',
    });
  }
  const damaged = returns.faultReasons.indexOf('damaged_in_transit');
  if (damaged >= 0 && delivery.damageWithinDays === 0) {
    found.push({
      code: 'delivery.damage-after-signing', at: [['delivery', 'damageWithinDays'], ['returns', 'faultReasons', damaged]],
      says: `One place accepts no damage after the parcel was taken in; the other takes damage in transit as a fault, for ${returns.faultWindowDays} days and at the shop’s cost.`,
      meanwhile: 'a claim against the carrier is refused after the day of delivery, but the goods may go back as faulty',
    });
  }
  const shown = returns.photoFor.indexOf('damaged_in_transit');
  if (shown >= 0 && delivery.damagePhotos === 0 && delivery.damageWithinDays > 0) {
    found.push({
      code: 'delivery.damage-photos', at: [['delivery', 'damagePhotos'], ['returns', 'photoFor', shown]],
      says: 'A claim for damage in transit needs no photo in one place and one in the other.', meanwhile: 'the claim goes through without a photo, the return asks for one',
    });
  }
  for (const reason of returns.photoFor.filter((one) => returns.faultReasons.length > 0 && !returns.faultReasons.includes(one))) {
    found.push({
      code: `returns.photo-without-fault.${reason}`, at: [['returns', 'photoFor', returns.photoFor.indexOf(reason)], ['returns', 'faultReasons']],
      says: `A photo is asked for “${reason}”, which is no fault here: there is nothing it could show.`, meanwhile: 'the photo is asked for all the same',
    });
  }
  if (returns.judging.subjective === 'refuse' && returns.withoutFault) {
    found.push({
      code: 'returns.taste-refused', at: [['returns', 'judging', 'subjective'], ['returns', 'withoutFault']],
      says: 'Matters of taste (screen colour, feel, threads) are refused, yet anything goes back without a fault: who says it honestly gets less than who gives no reason.',
      meanwhile: 'matters of taste are refused, save where the law of the buyer’s country needs no reason',
    });
  }
  if (returns.judging.withoutPhoto === 'refuse' && returns.photoFor.length === 0 && returns.faultReasons.length > 0) {
    found.push({
      code: 'returns.photo-never-asked', at: [['returns', 'judging', 'withoutPhoto'], ['returns', 'photoFor']],
      says: 'Faults nobody shows are refused, yet no reason asks for a photo: the rule is never used.', meanwhile: 'no photo is asked for',
    });
  }
  const early = returns.life.remindShopDays.findIndex((count) => count >= returns.life.answerDays);
  if (returns.life.sellerAnswers && early >= 0) {
    found.push({
      code: 'returns.reminder-too-early', at: [['returns', 'life', 'remindShopDays', early], ['returns', 'life', 'answerDays']],
      says: `The shop is reminded ${returns.life.remindShopDays[early] ?? 0} days before the end of an answer it has ${returns.life.answerDays} days for.`, meanwhile: 'that reminder is left out',
    });
  }
  return found;
}

function ofWindows(policy: Policy): Found[] {
  const { returns, delivery } = policy;
  const found: Found[] = [];
  if (returns.faultReasons.length > 0 && returns.withoutFault && (returns.windowDays === null || returns.faultWindowDays < returns.windowDays)) {
    found.push({
      code: 'returns.fault-window', at: [['returns', 'faultWindowDays'], ['returns', 'windowDays']],
      says: `With a fault goods go back for ${returns.faultWindowDays} days, without one for ${returns.windowDays ?? 'ever'}: whoever has a fault is worse off.`, meanwhile: 'each counts for its own reasons',
    });
  }
  if (returns.faultReasons.includes('damaged_in_transit') && delivery.damageWithinDays > returns.faultWindowDays) {
    found.push({
      code: 'delivery.damage-window', at: [['delivery', 'damageWithinDays'], ['returns', 'faultWindowDays']],
      says: `Damage in transit may be reported for ${delivery.damageWithinDays} days, but as a fault counts for ${returns.faultWindowDays} only.`, meanwhile: 'the claim is taken, the return is not',
    });
  }
  for (const { path, layer, rules } of overrides(policy)) {
    if (rules.withoutFault === false && rules.windowDays !== undefined && rules.windowDays !== 0) {
      found.push({
        code: `${path.join('.')}.excluded-with-window`, at: [[...path, 'withoutFault'], [...path, 'windowDays']],
        says: 'It does not go back without a fault, and yet has a window for that.', meanwhile: 'it does not go back without a fault',
      });
    }
    if (rules.lawExempt === true && (rules.withoutFault ?? returns.withoutFault) && layer !== 'countries') {
      found.push({
        code: `${path.join('.')}.exempt-without-exclusion`, at: [[...path, 'lawExempt'], rules.withoutFault === undefined ? ['returns', 'withoutFault'] : [...path, 'withoutFault']],
        says: 'It is exempt from the law that lets goods go back, and yet goes back by the shop’s own rule.', meanwhile: 'it goes back within the shop’s window',
      });
    }
  }
  return found;
}

/** Windows of the shop or an override that are shorter than a listed country's law: the law counts, so the shorter one never does there. */
function ofLaws(policy: Policy, shipped: Policy | null): Found[] {
  const { returns } = policy;
  const found: Found[] = [];
  for (const [country, law] of Object.entries(returns.countries)) {
    const least = shipped?.returns.countries[country];
    for (const what of ['windowDays', 'faultWindowDays'] as const) {
      const [has, needs] = [law[what], least?.[what]];
      if (typeof has === 'number' && typeof needs === 'number' && has < needs) {
        found.push({
          code: `returns.countries.${country}.below-law.${what}`, at: [['returns', 'countries', country, what], ['returns', 'countries', country]],
          says: `${has} days for ${country} are fewer than its law gives: ${needs} (${least?.law ?? ''}).`, meanwhile: `${has} days count, as written; have it looked at`,
        });
      }
    }
    if (law.law === undefined || law.withoutFault !== true || typeof law.windowDays !== 'number') continue;
    for (const { path, layer, rules, name } of overrides(policy)) {
      const isExempt = layer === 'countries' || !needsNoReason(policy, { country, category: layer === 'categories' ? name : '', item: layer === 'items' ? name : undefined, level: layer === 'members' ? name : undefined });
      if (isExempt || typeof rules.windowDays !== 'number' || rules.windowDays >= law.windowDays) continue;
      found.push({
        code: `${path.join('.')}.below-law`, at: [[...path, 'windowDays'], ['returns', 'countries', country, 'windowDays']],
        says: `A window of ${rules.windowDays} ${rules.windowDays === 1 ? 'day' : 'days'} is shorter than the law of ${country} gives: ${law.windowDays} (${law.law}).`, meanwhile: `in ${country} the law’s ${law.windowDays} days count`,
      });
    }
    const excluded = overrides(policy).find(({ rules, layer }) => layer === 'categories' && rules.withoutFault === false && rules.lawExempt !== true);
    if (excluded) {
      found.push({
        code: `${excluded.path.join('.')}.excluded-against-law`, at: [[...excluded.path, 'withoutFault'], ['returns', 'countries', country, 'withoutFault']],
        says: `It is left out from going back without a fault, but the law of ${country} does not leave it out (no lawExempt).`, meanwhile: `in ${country} it goes back all the same`,
      });
    }
  }
  return found;
}

function ofMoney({ refunds, returns, warranty, delivery, orders, desk }: Policy): Found[] {
  const found: Found[] = [];
  if (!refunds.withoutReturn && refunds.grantUpTo > 0) {
    found.push({ code: 'refunds.limit-without-refunds', at: [['refunds', 'grantUpTo'], ['refunds', 'withoutReturn']], says: 'There is a limit for refunds that are not given at all.', meanwhile: 'none are given' });
  }
  for (const category of [...warranty.makerNetwork, ...warranty.onSite]) {
    const list = warranty.makerNetwork.includes(category) ? 'makerNetwork' as const : 'onSite' as const;
    if ((warranty.months[category] ?? warranty.months['other'] ?? 0) > 0) continue;
    found.push({
      code: `warranty.repair-without-warranty.${category}`, at: [['warranty', list, warranty[list].indexOf(category)], ['warranty', 'months', category in warranty.months ? category : 'other']],
      says: `“${category}” is repaired under a warranty it does not have.`, meanwhile: 'it has no warranty',
    });
  }
  for (const method of ['standard', 'express', 'pickup'] as const) {
    if (delivery.freeFrom[method] === undefined || delivery.shippingPrices[method] !== undefined) continue;
    found.push({ code: `delivery.free-without-price.${method}`, at: [['delivery', 'freeFrom', method], ['delivery', 'shippingPrices']], says: `“${method}” is free from an amount on, but is not offered.`, meanwhile: 'it is not offered' });
  }
  if (returns.freight > 0 && refunds.grantUpTo > 0 && returns.freight > refunds.grantUpTo && refunds.withoutReturn) {
    found.push({ code: 'returns.freight-above-grant', at: [['returns', 'freight'], ['refunds', 'grantUpTo']], says: 'Sending goods back costs more than the bot may pay back without it: small refunds never come out.', meanwhile: 'both count as they are' });
  }
  if (!orders.quantityMayChange && orders.removeItemsIn.length > 0) {
    found.push({ code: 'orders.fixed-quantity-removable', at: [['orders', 'quantityMayChange'], ['orders', 'removeItemsIn']], says: 'The number of pieces may not change, but whole lines may be taken out.', meanwhile: 'lines are taken out, numbers stay' });
  }
  if (orders.countryMayChange && orders.changeAddressIn.length === 0) {
    found.push({ code: 'orders.country-without-address', at: [['orders', 'countryMayChange'], ['orders', 'changeAddressIn']], says: 'The country may change, but the address never.', meanwhile: 'nothing changes' });
  }
  for (const name of ['cancelIn', 'changeAddressIn', 'removeItemsIn', 'changeItemsIn'] as const) {
    const late = orders[name].findIndex((state) => ['shipped', 'delivered', 'returned', 'refunded', 'cancelled'].includes(state));
    if (late < 0) continue;
    found.push({
      code: `orders.too-late.${name}`, at: [['orders', name, late], ['returns', 'withoutFault']],
      says: `Orders that are “${orders[name][late] ?? ''}” are no longer with the shop: what is wanted then is a return.`, meanwhile: 'the bot allows it, and the shop’s system has to be able to do it',
    });
  }
  if (desk.from >= desk.to) found.push({ code: 'desk.closes-before-opening', at: [['desk', 'from'], ['desk', 'to']], says: `The desk opens at ${desk.from} and closes at ${desk.to}.`, meanwhile: 'it is never open, and answers are promised for days too late' });
  const windows = delivery.slots.windows.map((window, index) => ({ ...window, index })).toSorted((a, b) => a.from.localeCompare(b.from));
  for (const [n, window] of windows.entries()) {
    const next = windows[n + 1];
    if (!next || window.to <= next.from) continue;
    found.push({ code: 'delivery.overlapping-windows', at: [['delivery', 'slots', 'windows', window.index], ['delivery', 'slots', 'windows', next.index]], says: `The hours ${window.from}–${window.to} and ${next.from}–${next.to} overlap.`, meanwhile: 'both are offered' });
  }
  return found;
}

/** Everything in a policy that speaks against itself, each with both places. `shipped` tells what the laws give that are known. */
export function contradictionsOf(policy: Policy, placeOf: (path: Path) => Place, shipped: Policy | null): Contradiction[] {
  const all = [...ofReasons(policy), ...ofWindows(policy), ...ofLaws(policy, shipped), ...ofMoney(policy)];
  const first = [...new Map(all.toReversed().map((one) => [one.code, one])).values()].toReversed();
  const more = ({ code }: Found): string => {
    const others = all.filter((one) => one.code === code).length - 1;
    return others === 0 ? '' : ` It is the same for ${others} more of the countries listed.`;
  };
  return first.map(({ at: [one, other], ...rest }) => ({ ...rest, says: rest.says + more({ at: [one, other], ...rest }), places: [placeOf(one), placeOf(other)], isDecided: policy.decided.includes(rest.code) }));
}
