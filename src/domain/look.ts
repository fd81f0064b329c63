import type { ShopEvent } from './notice.js';
import type { Order, Parcel } from './order.js';
import { lastScan } from './tracking.js';

/** What was seen of orders, by their numbers: as little as tells a change from no change. */
export type Look = Readonly<Record<string, { readonly state: string; readonly parcels: Readonly<Record<string, string>>; readonly returns: Readonly<Record<string, string>>; readonly refunds: Readonly<Record<string, string>> }>>;

const isArrived = (parcel: Parcel): boolean => parcel.scans.some((scan) => scan.country === parcel.destination);
const hasDeparted = (parcel: Parcel): boolean => parcel.shippedAt !== undefined && parcel.state !== 'announced';

/** How far a parcel is, as far as a customer is told of it. */
function stageOf(parcel: Parcel): string {
  if (['out_for_delivery', 'delivery_failed', 'delivered'].includes(parcel.state)) return `${parcel.state}|${parcel.scans.filter((scan) => scan.code === parcel.state).length}`;
  if (parcel.origin !== parcel.destination && (parcel.state === 'customs' || isArrived(parcel))) return 'in_country|1';
  return hasDeparted(parcel) ? 'dispatched|1' : 'announced|1';
}

/** What there is to be seen of orders now. */
export const lookAt = (orders: readonly Order[]): Look => Object.fromEntries(orders.map((order) => [order.number, {
  state: order.state,
  parcels: Object.fromEntries(order.parcels.map((parcel) => [parcel.trackingNumber, stageOf(parcel)])),
  returns: Object.fromEntries(order.returns.map((one) => [one.number, one.state])),
  refunds: Object.fromEntries((order.refunds ?? []).map((one) => [one.number, one.state])),
}]));

/** What has happened to orders since they were looked at, as the shop would tell it; its ids follow from what happened, so that two looks tell the same. */
export function changesOf(before: Look, orders: readonly Order[], now: string): ShopEvent[] {
  const after = lookAt(orders);
  return orders.flatMap((order) => {
    const [was, is] = [before[order.number], after[order.number]];
    const common = (what: string) => ({ id: `look|${order.number}|${what}`.replace(/[^\w.:|-]/gu, '_').slice(0, 120), order: order.number, at: now });
    // An order nobody has looked at before tells of its parcels only; what came back on it earlier is no news.
    const parcels = order.parcels.flatMap((parcel): ShopEvent[] => {
      const stage = is?.parcels[parcel.trackingNumber];
      if (stage === undefined || stage === was?.parcels[parcel.trackingNumber]) return [];
      const type = stage.split('|')[0];
      if (type !== 'dispatched' && type !== 'in_country' && type !== 'out_for_delivery' && type !== 'delivery_failed' && type !== 'delivered') return [];
      return [{ ...common(`${parcel.trackingNumber}|${stage}`), type, parcel: parcel.trackingNumber, at: lastScan(parcel)?.at ?? now }];
    });
    if (!was) return order.state === 'delivered' ? [] : parcels;
    const returns = order.returns.flatMap((one): ShopEvent[] => {
      if (was.returns[one.number] === undefined || was.returns[one.number] === one.state) return [];
      if (one.state === 'received') return [{ ...common(`${one.number}|received`), type: 'return_received', return: one.number }];
      return one.state === 'refunded' ? [{ ...common(`${one.number}|refunded`), type: 'refund_sent', refund: one.number }] : [];
    });
    const refunds = (order.refunds ?? []).flatMap((one): ShopEvent[] =>
      (was.refunds[one.number] !== undefined && was.refunds[one.number] !== one.state && one.state === 'paid' ? [{ ...common(`${one.number}|paid`), type: 'refund_sent', refund: one.number }] : []));
    return [...parcels, ...returns, ...refunds];
  });
}
