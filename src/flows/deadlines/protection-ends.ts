import { z } from 'zod';
import { defineDeadline } from '../../dialogue/deadline.js';
import { mayExtend, protectionOf } from '../../domain/protection.js';
import { addDays, daysBetween } from '../../domain/time.js';
import { leadsTo, notice, ofOrder } from '../notice-wording.js';
import { momentOf } from '../parcel-wording.js';
import { orderItems } from '../wording.js';

/** Some days before the protection of a purchase runs out whose goods have not come: shall it be extended? */
export const protectionEnds = defineDeadline({
  name: 'protection-ends',
  data: z.object({ ...ofOrder, until: z.string() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'protection_ends', event: ({ order, until }) => `protection|${order}|${until}` },
  of(order, policy) {
    const clock = order.state === 'shipped' ? protectionOf(order, policy) : undefined;
    return clock ? { dueAt: addDays(clock.until, -policy.protection.askDaysBefore), data: { customerId: order.customerId, order: order.number, until: clock.until } } : null;
  },
  async meet({ data, shop, policy, now, timeZone }) {
    const order = await shop.findOrder(data.order);
    const clock = order?.state === 'shipped' ? protectionOf(order, policy) : undefined;
    if (!order || !clock || clock.until !== data.until || Date.parse(clock.until) <= Date.parse(now)) return null;
    const canExtend = !('refused' in mayExtend(order, policy, now));
    return {
      say: [notice(
        { key: 'notice.protection-ends', values: { number: order.number, items: orderItems(order), until: momentOf(clock.until, timeZone), left: daysBetween(now, clock.until), days: policy.protection.extendDays, extend: canExtend ? 'yes' : 'no' } },
        ...(canExtend ? [leadsTo('extend_protection')] : []), leadsTo('track_parcel'), leadsTo('parcel_lost'),
      )],
      topic: { order: order.number },
    };
  },
});
