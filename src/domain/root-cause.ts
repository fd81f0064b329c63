import { matterFacts, type Cause } from './decisions/matters.js';
import type { Order, RefundRequest, ReturnReason } from './order.js';

/** What a case is, as far as its cause hangs on it. */
export interface CausedCase {
  readonly kind: string;
  readonly lines?: readonly { readonly lineId: string }[];
  /** What the customer said is wrong, where they did. */
  readonly reason?: string;
}

/** Cases whose very kind says where they come from. */
const ofKinds: Readonly<Record<string, Cause>> = {
  lost_parcel: 'packing_logistics', not_received: 'packing_logistics', transport_damage: 'packing_logistics', carrier_enquiry: 'packing_logistics', customs: 'packing_logistics',
  missing_item: 'packing_logistics', wrong_item: 'packing_logistics', product_fault: 'product', repair: 'product',
};

const ofReasons: Readonly<Record<ReturnReason | RefundRequest['reason'], Cause>> = {
  defective: matterFacts.defect.cause, not_as_described: 'product', damaged_in_transit: matterFacts.damaged_in_transit.cause, wrong_item: matterFacts.wrong_item.cause, missing_parts: matterFacts.quantity.cause,
  arrived_late: matterFacts.dispatch.cause, not_received: 'packing_logistics', lost: 'packing_logistics', wrong_size: 'buyer', changed_mind: 'buyer', ordered_by_mistake: 'buyer', unstated: 'buyer',
};

const reasonCause = (reason: string): Cause | undefined => Object.entries(ofReasons).find(([name]) => name === reason)?.[1];

/**
 * Where the root of a case lies: what its kind says; else the verdict on its pieces, the reason they were to go back or be paid
 * back for, or what the customer said is wrong; null where nothing tells.
 */
export function rootCauseOf(one: CausedCase, order: Order | undefined): Cause | null {
  const known = ofKinds[one.kind];
  if (known) return known;
  const isAbout = (lines: readonly { readonly lineId: string }[]): boolean => (one.lines ?? []).some(({ lineId }) => lines.some((line) => line.lineId === lineId));
  const returned = (order?.returns ?? []).findLast(({ lines }) => isAbout(lines));
  const paidBack = (order?.refunds ?? []).findLast(({ lines }) => lines.length === 0 || isAbout(lines));
  return returned?.verdict?.cause ?? reasonCause(returned?.reason ?? paidBack?.reason ?? one.reason ?? '') ?? null;
}
