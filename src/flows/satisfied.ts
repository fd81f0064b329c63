import { defineAnswerFlow } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';
import { stageOf } from '../domain/return-life.js';
import { leadsTo } from './notice-wording.js';

/** Whether something of the order is still being settled: a return or a refund under way. */
const isUnsettled = (order: Order): boolean =>
  order.returns.some((one) => stageOf(one) !== 'closed') || (order.refunds ?? []).some(({ state }) => state === 'requested' || state === 'granted');

/**
 * The customer says that all is well: thanks, what is on offer, and where nothing is left open an invitation to write a
 * review, good or bad. Nothing is ever given for one.
 */
export const satisfied = defineAnswerFlow({
  id: 'satisfied',
  needs: 'L0',
  slots: {},
  refusals: [],
  async answer({ shop, cases, topic }) {
    const order = topic.order === undefined ? null : await shop.findOrder(topic.order);
    const isOpen = order !== null && (isUnsettled(order) || (await cases.ofCustomer(order.customerId)).some((one) => one.orderNumber === order.number && one.state === 'open'));
    const offers = leadsTo('promotion_info');
    if (!order || isOpen) return { say: [{ key: 'satisfied.done', choices: [offers] }] };
    const { siteUrl } = await shop.profile();
    return { say: [{ key: 'satisfied.done' }, { key: 'satisfied.review', choices: [leadsTo('review_help'), offers], links: [{ label: { key: 'link.review' }, url: siteUrl }] }] };
  },
});
