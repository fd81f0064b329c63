import type { Found, Slot } from '../dialogue/flow.js';
import type { CancelReason } from '../domain/order.js';
import { cancelReasonSaid, NOT_NEEDED } from '../domain/words/cancel-reason.js';

/** What each reason is called. */
export const cancelReasonKeys: Readonly<Record<CancelReason, string>> = {
  no_longer_needed: 'cancel-reason.no_longer_needed', ordered_by_mistake: 'cancel-reason.ordered_by_mistake', found_cheaper: 'cancel-reason.found_cheaper', too_slow: 'cancel-reason.too_slow',
  payment_problem: 'cancel-reason.payment_problem', wrong_details: 'cancel-reason.wrong_details', other: 'cancel-reason.other',
};

/** What a yes without a reason stands for, where the shop accepts it. */
const USUAL: CancelReason = 'no_longer_needed';

/** Why an order is cancelled: one of the shop's reasons, and no other. A shop without a list does not ask. */
export const cancelReasonSlot: Slot<CancelReason> = {
  hear(heard) {
    const reason = cancelReasonSaid(heard.text, heard.entities.flatMap((entity) => (entity.kind === 'return_reason' ? [entity.value] : []))) ?? (NOT_NEEDED.test(heard.text) ? 'no_longer_needed' : undefined);
    if (reason !== undefined) return { said: reason, definite: true };
    // A yes to the question for a reason names none: the plan then shows the usual one, which still needs a yes.
    return heard.asked ? { said: heard.answer === 'yes' || heard.intent === 'affirm' ? USUAL : '', definite: false } : undefined;
  },
  async find({ said, policy }): Promise<Found<CancelReason>> {
    const accepted = policy.orders.cancelReasons;
    if (accepted.length === 0) return { value: 'other' };
    const reason = accepted.find((one) => one === said);
    if (reason !== undefined) return { value: reason };
    return { ask: { key: said === undefined ? 'cancel-order.ask.reason' : 'cancel-order.ask.reason-again' }, options: accepted.map((value) => ({ label: { text: { key: cancelReasonKeys[value] } }, value })) };
  },
};
