import { z } from 'zod';
import { changesOf, lookAt, type Look } from '../domain/look.js';
import { Fault } from '../domain/fault.js';
import type { Json } from '../domain/message.js';
import { takeShopEvent, watchOrders } from './notices.js';
import type { Parts } from './parts.js';

const most = 100;
const schema: z.ZodType<Look> = z.record(z.string(), z.object({ state: z.string(), parcels: z.record(z.string(), z.string()), returns: z.record(z.string(), z.string()), refunds: z.record(z.string(), z.string()) }));

/**
 * Looks at the orders of every customer who can be reached and takes what has changed since the last look as events of the
 * shop: for shops whose system tells nothing by itself. The first look at a customer tells nothing. Gives how many changes there were.
 */
export async function lookForChanges(parts: Parts): Promise<number> {
  const { records, shop, log, clock } = parts;
  let changes = 0;
  for (let after = ''; ;) {
    const customers = await records.reach.customers(after, most);
    for (const customerId of customers) {
      try {
        const orders = await shop.reader.ordersOf(customerId);
        const before = schema.safeParse(await records.reach.lookOf(customerId));
        const look = lookAt(orders);
        if (before.success) {
          for (const event of changesOf(before.data, orders, clock.now())) {
            await takeShopEvent(event, parts);
            changes += 1;
          }
        }
        if (!before.success || JSON.stringify(before.data) !== JSON.stringify(look)) await records.reach.keepLook(customerId, look as unknown as Json);
        const [place] = await records.reach.of(customerId);
        if (place) await watchOrders(orders, place.conversationId, parts);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        log.warn('look.failed', { code: error.code });
      }
    }
    const last = customers.at(-1);
    if (last === undefined || customers.length < most) return changes;
    after = last;
  }
}
