import type { FollowUps } from '../dialogue/flow.js';

/** Behind an order that is still to come, or its parcel. */
const coming: FollowUps = { when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel', cost: 'shipping_options', back: 'refund_status', to: 'refund_status' };
/** Behind money that comes back. */
const money: FollowUps = { when: 'refund_status', arrives: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'refund_status', done: 'refund_status' };
/** Behind goods that go back: while it is not settled yet what goes, the rule answers. */
const returning: FollowUps = {
  when: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'return_status', done: 'return_status', cost: 'return_policy', how: 'return_label',
  underWay: { when: 'return_policy', back: 'return_policy', to: 'return_policy', cost: 'return_policy', how: 'return_policy' },
};
/** Behind a parcel that something went wrong with. */
const missing: FollowUps = { when: 'delivery_estimate', arrives: 'delivery_estimate', where: 'track_parcel', back: 'refund_status', to: 'refund_status', cost: 'customs_question', underWay: { where: 'track_parcel' } };
/** Behind goods something is wrong with: the rule tells how it goes on while it is not settled. */
const faulty: FollowUps = { when: 'refund_status', back: 'refund_status', to: 'refund_status', where: 'return_status', done: 'return_status', cost: 'return_policy', how: 'return_label', underWay: { when: 'return_policy', back: 'return_policy', to: 'return_policy', cost: 'return_policy', how: 'return_policy' } };

/** What bare questions ("and how much do I get back?") mean behind each flow, as the intent that answers them; what is not listed is read by its words alone. */
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
