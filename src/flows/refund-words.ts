import type { Value } from '../domain/message.js';
import type { Money } from '../domain/money.js';
import type { Payment } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { paymentName } from './wording.js';

/** How much goes back to where and when: a gift card has it at once, everything else takes the bank's days. */
export const refundLine = (to: Pick<Payment, 'method' | 'brand' | 'lastFour'> | undefined, amount: Money, policy: Policy): Value => ({
  text: to?.method === 'gift_card'
    ? { key: 'refund.at-once', values: { amount: { money: amount }, to: paymentName(to) } }
    : { key: 'refund.bank-days', values: { amount: { money: amount }, to: paymentName(to), fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to } },
});
