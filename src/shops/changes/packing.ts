import type { Order, PackingRecord } from '../../domain/order.js';
import type { NotePackingRequest } from '../../ports/shop.js';
import type { OrderChanger } from './facts.js';
import { refuse, STALE } from './pieces.js';

/** An order is packed once it is paid; before, and of what never leaves, there is nothing to note. */
const isNeverPacked = ({ state }: Order): boolean => state === 'unpaid' || state === 'under_review' || state === 'cancelled';

/** More parcels than these no order becomes. */
const mostRecords = 20;

/** Whether the goods have left: what is noted from then on says so by itself. */
const hasLeft = ({ state, history }: Order): boolean => (state !== 'paid' && state !== 'packed') || history.some((step) => step.state === 'shipped');

/** What was noted at packing, added to what is there: a record is proof, and none is ever changed. */
export const notePacking: OrderChanger<NotePackingRequest, { readonly packing: PackingRecord; readonly order: Order }> = ({ order, at }, request) => {
  if (order.revision !== request.revision) return STALE;
  if (isNeverPacked(order)) return refuse(`the order is ${order.state}`);
  const before = order.packing ?? [];
  if (before.length >= mostRecords) return refuse(`there are ${mostRecords} notes already`);
  const packing: PackingRecord = { at, ...request.packing, ...(hasLeft(order) ? { late: true as const } : {}) };
  const changed = { ...order, packing: [...before, packing], revision: order.revision + 1 };
  return { answer: { packing, order: changed }, order: changed };
};
