import { defineAnswerFlow } from '../dialogue/flow.js';
import { mayChangeItems } from '../domain/order-rules.js';
import { leadsTo } from './notice-wording.js';
import { orderItems } from './wording.js';

/** The customer waits for what is sold out: nothing changes, and what stays possible is said. */
export const soldOutWait = defineAnswerFlow({
  id: 'sold-out-wait',
  needs: 'L1',
  slots: {},
  refusals: ['no-order'],
  async answer({ shop, topic, customer, policy, now }) {
    const order = topic.order === undefined ? null : await shop.findOrder(topic.order);
    if (!order || order.customerId !== customer?.id) return { refused: 'no-order', offers: ['order_status'] };
    const isChangeable = 'allowed' in mayChangeItems(order, policy, now);
    return {
      say: [{ key: 'sold-out-wait.done', values: { number: order.number, items: orderItems(order), changeable: isChangeable ? 'yes' : 'no' }, choices: isChangeable ? [leadsTo('order_change_items'), leadsTo('order_cancel')] : [] }],
      topic: { order: order.number },
    };
  },
});
