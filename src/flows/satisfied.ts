import { defineAnswerFlow } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';
import { stageOf } from '../domain/return-life.js';
import { leadsTo } from './notice-wording.js';

/** Whether something of the order is still being settled: a return or a refund under way. */
const isUnsettled = (order: Order): boolean =>
  order.returns.some((one) => stageOf(one) !== 'closed') || (order.refunds ?? []).some(({ state }) => state === 'requested' || state === 'granted');

/** Cases in which a customer complains of something. */
const COMPLAINTS: readonly string[] = ['complaint', 'dispute', 'product_fault', 'wrong_item', 'missing_item', 'transport_damage', 'not_received', 'lost_parcel'];

/**
 * The customer says that all is well: thanks, and where nothing is left open, with this order or in any complaint, a button to
 * what is on offer and an invitation to write a review, good or bad, and to show pictures of it. Nothing is ever given for either.
 */
export const satisfied = defineAnswerFlow({
  id: 'satisfied',
  needs: 'L0',
  slots: {},
  refusals: [],
  async answer({ shop, cases, topic, customer }) {
    const order = topic.order === undefined ? null : await shop.findOrder(topic.order);
    const customerId = order?.customerId ?? customer?.id;
    const open = customerId === undefined ? [] : (await cases.ofCustomer(customerId)).filter(({ state }) => state === 'open');
    // Nobody is shown what else there is to buy while they complain of something.
    const isComplaining = open.some(({ kind }) => COMPLAINTS.includes(kind));
    const isOpen = isComplaining || (order !== null && (isUnsettled(order) || open.some((one) => one.orderNumber === order.number)));
    const offers = leadsTo('promotion_info');
    if (!order || isOpen) return { say: [{ key: 'satisfied.done', ...(isOpen ? {} : { choices: [offers] }) }] };
    const { siteUrl } = await shop.profile();
    return { say: [{ key: 'satisfied.done' }, { key: 'satisfied.review', choices: [leadsTo('review_help'), { id: 'f:share-photo', label: { text: { key: 'intent.share-photo' } } }, offers], links: [{ label: { key: 'link.review' }, url: siteUrl }] }] };
  },
});
