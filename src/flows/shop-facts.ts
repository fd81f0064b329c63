import type { Reading } from '../dialogue/flow.js';
import type { Text, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { FactName, PageName } from '../domain/shop-facts.js';

/** Days of the week in words: "Monday to Friday", or each by its name. */
function weekdays(days: readonly number[]): Value {
  const sorted = [...new Set(days)].toSorted((a, b) => a - b);
  const name = (day: number): Value => ({ text: { key: `weekday.${day}` } });
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '–';
  const isSpan = sorted.length > 2 && last - first === sorted.length - 1;
  return isSpan ? { text: { key: 'weekday.span', values: { first: name(first), last: name(last) } } } : { list: sorted.map(name) };
}

/** What articles may name of the shop: from its profile and policy, nothing else. */
export async function factsOf({ shop, policy }: Pick<Reading, 'shop' | 'policy'>): Promise<Record<FactName, Value>> {
  const profile = await shop.profile();
  const { returns, orders, desk, site, delivery, feedback } = policy;
  const price = (amount: number): Value => ({ money: money(amount, profile.currency) });
  return {
    shop: profile.name, site: profile.siteUrl, returnDays: returns.windowDays ?? 0, faultDays: returns.faultWindowDays, refundFrom: returns.refundDays.from, refundTo: returns.refundDays.to,
    freight: price(returns.freight), handlingFrom: orders.handlingDays.from, handlingTo: orders.handlingDays.to, coupons: site.couponsPerOrder,
    giftWrapping: site.giftWrapping === null ? 'no' : site.giftWrapping === 0 ? 'free' : 'paid', giftWrappingPrice: price(site.giftWrapping ?? 0),
    certified: site.certified.length > 0 ? 'yes' : 'no', certifiedGoods: { list: site.certified.map((category): Value => ({ category })) }, islands: site.islands, duty: delivery.dutyPaidBy,
    days: weekdays(desk.days), from: desk.from, to: desk.to, zone: (profile.timeZone.split('/').at(-1) ?? profile.timeZone).replaceAll('_', ' '), answerDays: desk.answerBusinessDays, privacyDays: feedback.privacyDays,
  };
}

/** Links to pages of the shop's own site, as far as the policy says where they are. */
export async function pageLinks(names: readonly string[], { shop, policy }: Pick<Reading, 'shop' | 'policy'>): Promise<{ readonly label: Text; readonly url: string }[]> {
  const { siteUrl } = await shop.profile();
  return names.flatMap((name) => {
    const path = policy.site.pages[name as PageName];
    if (path === undefined) return [];
    return [{ label: { key: `page.${name}` }, url: path.startsWith('/') ? `${siteUrl.replace(/\/+$/u, '')}${path}` : path }];
  });
}
