import { defineAnswerFlow } from '../dialogue/flow.js';

/**
 * Answers an intent with its policy text (`policy.<intent>`) and offers a person, for everything that has no flow of
 * its own: honest about what the bot does not do by itself.
 */
export const policyText = defineAnswerFlow({
  id: 'policy-text',
  needs: 'L0',
  slots: {},
  refusals: [],
  async answer({ intent, policy }) {
    const { returns, orders } = policy;
    return {
      say: [{
        key: `policy.${intent}`,
        values: { windowDays: returns.windowDays ?? 0, faultDays: returns.faultWindowDays, shipDays: returns.shipWithinDays, refundFrom: returns.refundDays.from, refundTo: returns.refundDays.to, handlingFrom: orders.handlingDays.from, handlingTo: orders.handlingDays.to },
        choices: [{ id: 'h', label: { text: { key: 'choice.person' } } }],
      }],
    };
  },
});
