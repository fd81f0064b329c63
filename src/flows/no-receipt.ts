import type { Reading } from '../dialogue/flow.js';
import type { Order, Parcel, Return } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';

type Rules = Pick<Reading, 'policy' | 'now'>;

/** A verdict as a receipt: dated, and with the version of the policy it rests on. */
export const dated = (receipt: Pick<Receipt, 'rule' | 'granted' | 'inputs'>, { policy, now }: Rules): Receipt[] => [{ ...receipt, policyVersion: policy.version, at: now }];

/** The receipt of a no that rests on where an order, or one parcel of it, stands. */
export const byState = (order: Order, parcel: Parcel | undefined, rules: Rules): Receipt[] =>
  dated({ rule: 'delivery.state', granted: false, inputs: { number: order.number, state: { text: { key: parcel ? `parcel-state.${parcel.state}` : `order-state.${order.state}` } } } }, rules);

/** The receipt of a no that rests on where a return stands. */
export const byReturn = ({ number, state }: Return, rules: Rules): Receipt[] =>
  dated({ rule: 'return.progress', granted: false, inputs: { rma: number, state: { text: { key: `return-state.${state}` } } } }, rules);

/** The receipt of a no because somebody is on it already. */
export const byOpenCase = (order: Order, open: string, rules: Rules): Receipt[] => dated({ rule: 'case.open', granted: false, inputs: { number: order.number, case: open } }, rules);
