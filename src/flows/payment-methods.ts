import { defineAnswerFlow } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { paymentName } from './wording.js';

/** Which ways to pay there are; who is known hears what the shop keeps for them, and what a gift card still holds. */
export const paymentMethods = defineAnswerFlow({
  id: 'payment-methods',
  needs: 'L0',
  slots: {},
  refusals: [],
  async answer({ customer }) {
    const kept = customer?.paymentMethods ?? [];
    const lines = kept.map((method): Value => {
      const name = paymentName({ method: method.kind, ...method });
      return method.balance ? { text: { key: 'payment-method.with-balance', values: { name, balance: { money: method.balance } } } } : name;
    });
    const own: Reply[] = kept.length > 0 ? [{ key: 'payment-methods.kept', values: { lines: { lines } } }] : [];
    return { say: [...own, { key: 'payment-methods.rule', choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }] }] };
  },
});
