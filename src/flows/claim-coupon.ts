import { defineActionFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Customer } from '../domain/customer.js';
import type { Coupon, CouponProblem } from '../domain/promotion.js';
import { couponProblem } from '../domain/promotion-rules.js';
import { codesSlot } from './coupons.js';
import { couponLine, instant, usesOf } from './offer-words.js';

/** Why a coupon cannot be put on an account, or null: it is open, runs, is for this customer, and neither theirs already nor used up. */
export type ClaimProblem = CouponProblem | 'already_held';

async function problemOf(coupon: Coupon | null, customer: Customer, { shop, policy, now }: Reading): Promise<ClaimProblem | null> {
  if (!coupon) return 'unknown';
  const orders = await shop.ordersOf(customer.id);
  const problem = couponProblem(coupon, { now, customer, uses: usesOf(coupon.code, orders, policy.orders.couponBack) });
  if (problem !== null) return problem;
  return coupon.open ? customer.coupons.includes(coupon.code) ? 'already_held' : null : 'not_held';
}

/** The code to claim: the one on the button, or one that was named since. */
const codeSlot: Slot<string> = {
  hear: (heard) => codesSlot.hear(heard),
  async find({ said, shop, now }): Promise<Found<string>> {
    const code = Array.isArray(said) ? said[0] : undefined;
    if (typeof code === 'string') return { value: code };
    const open = await shop.openCoupons(now);
    return { ask: { key: 'coupons.ask-code' }, options: open.slice(0, 6).map((one) => ({ label: { text: { key: 'choice.claim', values: { code: one.code } } }, value: one.code })) };
  },
};

const problemKeys: Readonly<Record<ClaimProblem, string>> = {
  unknown: 'coupon-problem.unknown', not_started: 'coupon-problem.not_started', expired: 'coupon-problem.expired', minimum_not_reached: 'coupon-problem.minimum_not_reached', wrong_category: 'coupon-problem.wrong_category',
  wrong_level: 'coupon-problem.wrong_level', not_held: 'coupon-problem.not_held', used_up: 'coupon-problem.used_up', does_not_stack: 'coupon-problem.does_not_stack', wrong_currency: 'coupon-problem.wrong_currency',
  too_many: 'coupon-problem.too_many', already_held: 'coupon-problem.already_held',
};

/** Puts a coupon that is open to this customer on their account, once. */
export const claimCoupon = defineActionFlow({
  id: 'claim-coupon',
  needs: 'L1',
  slots: { code: codeSlot },
  refusals: ['no-customer', 'not-claimable'],

  async propose(reading) {
    const { slots, shop, customer, timeZone, policy, now } = reading;
    if (!customer) return { refused: 'no-customer' };
    const coupon = await shop.findCoupon(slots.code);
    const problem = await problemOf(coupon, customer, reading);
    const receipt = { rule: 'coupon.valid', granted: problem === null, inputs: { code: slots.code, reason: { text: { key: problem === null ? 'coupon-problem.none' : problemKeys[problem] } } }, policyVersion: policy.version, at: now };
    if (problem !== null || !coupon) return { refused: 'not-claimable', with: { code: slots.code, reason: { text: { key: problemKeys[problem ?? 'unknown'] } } }, receipts: [receipt], offers: ['coupon_help'] };
    return {
      request: { customerId: customer.id, code: coupon.code },
      shows: [{ key: 'claim-coupon.plan', values: { code: coupon.code, details: couponLine(coupon, timeZone), uses: coupon.usesPerCustomer } }],
      receipts: [receipt],
    };
  },

  async commit({ request, writer, shop, key, now, timeZone }) {
    const claimed = await writer.claimCoupon(request, key);
    if ('refused' in claimed) return { refused: 'plan-stale' };
    const coupon = await shop.findCoupon(claimed.code);
    return { say: [{ key: 'claim-coupon.done', values: { code: claimed.code, until: instant(coupon?.endsAt ?? now, timeZone) } }], offers: ['promotion_info'] };
  },
});
