/** Pages of a shop's own site that articles may link to; where each is, the policy says. */
export const pageNames = ['register', 'login', 'password', 'account', 'orders', 'wishlist', 'search', 'cart', 'checkout', 'privacy', 'contact', 'certificates', 'security'] as const;

/** The name of a page of the shop's own site. */
export type PageName = (typeof pageNames)[number];

/** Facts of the shop that an article may name in its sentences, filled in from its policy and profile. */
export const factNames = [
  'shop', 'site', 'returnDays', 'faultDays', 'refundFrom', 'refundTo', 'freight', 'handlingFrom', 'handlingTo', 'coupons', 'giftWrapping', 'giftWrappingPrice',
  'certified', 'certifiedGoods', 'islands', 'duty', 'days', 'from', 'to', 'zone', 'answerDays', 'privacyDays',
] as const;

/** The name of a fact an article may use. */
export type FactName = (typeof factNames)[number];
