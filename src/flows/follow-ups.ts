import type { FollowUps } from '../dialogue/book.js';

/** Behind an order that is still to come, or its parcel. */
const coming: FollowUps = { when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel', cost: 'shipping_options', back: 'refund_status', to: 'refund_status' };
/** Behind money that comes back. */
const money: FollowUps = { when: 'refund_status', arrives: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'refund_status', done: 'refund_status' };
/** While it is still being settled what goes back and why: what would come of it. */
const settling: FollowUps['underWay'] = { when: 'f:return-money', back: 'f:return-money', to: 'f:return-money', cost: 'f:return-money', how: 'return_policy' };
/** "When do I get my money back?", asked meanwhile, is asked of this return, and of none before it. */
const ofThis: FollowUps['asks'] = { refund_status: 'when', return_request: 'back' };
/** Behind goods that go back. */
const returning: FollowUps = {
  when: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'return_status', done: 'return_status', cost: 'return_policy', how: 'return_label',
  underWay: settling, asks: ofThis,
};
/** Behind a parcel that something went wrong with. */
const missing: FollowUps = { when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel', back: 'refund_status', to: 'refund_status', cost: 'customs_question', underWay: { where: 'track_parcel' } };
/** Behind goods something is wrong with: the rule tells how it goes on while it is not settled. */
const faulty: FollowUps = { when: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'return_status', done: 'return_status', cost: 'return_policy', how: 'return_label', underWay: settling, asks: ofThis };

/** What bare questions ("and how much do I get back?") mean behind each flow, as the intent, or behind `f:` the flow, that answers them; what is not listed is read by its words alone. */
export const followUps: Readonly<Record<string, FollowUps>> = {
  '': coming,
  'order-status': { ...coming, done: 'order_status' },
  'track-parcel': { ...coming, cost: 'customs_question', how: 'parcel_lost', done: 'track_parcel' },
  'order-history': coming,
  'change-address': { ...coming, underWay: { where: 'track_parcel' } },
  'change-contact': { ...coming, underWay: { where: 'track_parcel' } },
  'remove-item': { ...coming, back: 'refund_status', underWay: {} },
  'swap-items': { when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel', how: 'return_label', back: 'refund_status', underWay: {} },
  redeliver: { ...coming, done: 'track_parcel', underWay: { where: 'track_parcel' } },
  'shipping-options': { when: 'shipping_options', cost: 'shipping_options', arrives: 'delivery_estimate', where: 'track_parcel' },
  customs: { cost: 'customs_question', how: 'customs_question', when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel' },
  'parcel-stalled': missing,
  'parcel-lost': missing,
  'not-received': missing,
  'return-item': returning,
  'item-problem': faulty,
  'item-missing': faulty,
  'return-label': returning,
  'return-shipment': returning,
  'return-status': returning,
  'return-policy': { ...returning, how: 'return_policy', when: 'return_policy', back: 'return_policy', to: 'return_policy' },
  'cancel-order': { ...money, underWay: {} },
  'refund-only': { ...money, underWay: {} },
  'price-adjustment': { ...money, underWay: {} },
  'refund-status': { ...money, cost: 'return_policy' },
};
