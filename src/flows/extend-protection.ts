import { defineActionFlow, type Refused, type TimerWish } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { mayExtend, protectionOf, type ProtectionRefusal } from '../domain/protection.js';
import { daysBetween } from '../domain/time.js';
import { protectionEnds } from './deadlines/protection-ends.js';
import { momentOf } from './parcel-wording.js';
import { orderSlot } from './slots.js';
import { orderItems } from './wording.js';

type Code = ProtectionRefusal | 'no-orders';

/** What comes next where the clock cannot be moved. */
const OFFERS: Readonly<Record<ProtectionRefusal, readonly string[]>> = {
  none: [], 'not-shipped': ['order_status'], ended: ['dispute_open'], delivered: ['item_defective', 'return_request'], extended: ['track_parcel', 'parcel_lost'], settled: ['refund_status'],
};

function refusal(order: Order, policy: Policy, now: string, timeZone: string): Refused<Code> | null {
  const verdict = mayExtend(order, policy, now);
  if (!('refused' in verdict)) return null;
  const until: Value = verdict.now ? momentOf(verdict.now.until, timeZone) : '';
  return {
    refused: verdict.refused, topic: { order: order.number }, offers: OFFERS[verdict.refused],
    with: { number: order.number, items: orderItems(order), until, times: policy.protection.extensions },
    receipts: verdict.refused === 'none' ? [] : [{ rule: 'protection.extend', granted: false, policyVersion: policy.version, at: now, inputs: { days: policy.protection.days, extendDays: policy.protection.extendDays, times: policy.protection.extensions, number: order.number } }],
  };
}

/** The protection clock of an order as a sentence, while it runs and the goods are on their way. */
export function protectionClock(order: Order, policy: Policy, now: string, timeZone: string): Reply[] {
  const clock = order.state === 'shipped' ? protectionOf(order, policy) : undefined;
  if (!clock || Date.parse(clock.until) <= Date.parse(now)) return [];
  return [{ key: 'protection.clock', values: { number: order.number, until: momentOf(clock.until, timeZone), left: daysBetween(now, clock.until) } }];
}

/** The word before its end moves with it: the old one is needless, and nobody may look at the order before the new one. */
function warnedAnew(order: Order, policy: Policy, now: string): TimerWish[] {
  const timer = policy.notices.kinds.includes('protection_ends') ? protectionEnds.of?.(order, policy) : null;
  return timer && Date.parse(timer.dueAt) > Date.parse(now) ? [{ id: `${protectionEnds.name}|${order.number}`, name: protectionEnds.name, ...timer }] : [];
}

/** Moves the end of a purchase's protection, as often as the shop does: the clock as it stands, and as it would be. */
export const extendProtection = defineActionFlow({
  id: 'extend-protection',
  needs: 'L1',
  slots: { order: orderSlot((order, { policy, now }) => !('refused' in mayExtend(order, policy, now)), (order, { policy, now, timeZone }) => refusal(order, policy, now, timeZone)) },
  refusals: ['no-orders', 'none', 'not-shipped', 'ended', 'delivered', 'extended', 'settled'],

  async propose({ slots, shop, policy, now, timeZone }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const verdict = mayExtend(order, policy, now);
    const refused = refusal(order, policy, now, timeZone);
    if (refused || 'refused' in verdict) return refused ?? { refused: 'no-orders' };
    const { extendDays, extensions, days } = policy.protection;
    return {
      request: { orderNumber: order.number, revision: order.revision, until: verdict.until },
      shows: [{ key: 'extend-protection.plan', values: {
        number: order.number, items: orderItems(order), until: momentOf(verdict.now.until, timeZone), left: daysBetween(now, verdict.now.until), days: extendDays, newUntil: momentOf(verdict.until, timeZone),
        more: extensions - verdict.now.extensions - 1,
      } }],
      receipts: [{ rule: 'protection.extend', granted: true, policyVersion: policy.version, at: now, inputs: { days, extendDays, times: extensions, number: order.number } }],
      topic: { order: order.number },
    };
  },

  async commit({ request, writer, key, now, timeZone, policy }) {
    const done = await writer.extendProtection(request, key);
    if ('refused' in done) return { refused: 'plan-stale' };
    const until = protectionOf(done.order, policy)?.until ?? request.until;
    return { say: [{ key: 'extend-protection.done', values: { number: done.order.number, until: momentOf(until, timeZone) } }], topic: { order: done.order.number }, offers: ['track_parcel'], timers: warnedAnew(done.order, policy, now) };
  },
});
