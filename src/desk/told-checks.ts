import { dispatchChecks, type DispatchCheck } from '../domain/dispatch-checks.js';
import type { Address } from '../domain/address.js';
import type { Order, OrderLine } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { Text } from '../domain/text.js';
import type { Texts } from '../ports/texts.js';

/** A piece by its name, kept apart from the direction of the sentence around it. */
const named = ({ name, options, quantity }: OrderLine): string => `\u2068${quantity > 1 ? `${quantity} × ` : ''}${name}${Object.keys(options).length > 0 ? ` (${Object.values(options).join(', ')})` : ''}\u2069`;

const sentences = { count: 'desk-check.count', options: 'desk-check.options', test: 'desk-check.test' } as const;
const packings = { original_box: 'return-packing.original_box', any_strong_box: 'return-packing.any_strong_box', padded: 'return-packing.padded', bag: 'return-packing.bag', battery: 'return-packing.battery' } as const;

/** A check as a sentence to be said. */
function sentence(one: DispatchCheck): Text {
  if (one.check === 'weigh') return { key: 'desk-check.weigh' };
  if (one.check === 'value') return { key: 'desk-check.value', values: { value: { money: one.value } } };
  const items = { list: one.lines.map(named) };
  return one.check === 'pack' ? { key: 'desk-check.pack', values: { items, packing: { text: { key: packings[one.packing] } } } } : { key: sentences[one.check], values: { items } };
}

/** What is to be seen to before an order goes out, in the agent's language; nothing once it has left. */
export const tellChecks = (order: Order, policy: Policy, from: Pick<Address, 'country'> | undefined, texts: Texts, locale: string): string[] =>
  dispatchChecks(order, policy, from).map((one) => texts.say(sentence(one), locale));
