import { z } from 'zod';

const id = z.string().min(1).max(120).regex(/^[\w.:|-]+$/u, { error: 'must be letters, digits, and . : | - _' });
const number = z.string().min(1).max(60);
const day = z.iso.date();
const common = { id, order: number, at: z.iso.datetime({ offset: true }) };
const ofParcel = { ...common, /** Its tracking number; without it the one of the order that fits. */ parcel: number.optional() };
const contact = z.strictObject({ name: z.string().min(1).max(120), phone: z.string().min(3).max(40).optional(), url: z.url({ protocol: /^https?$/u }).optional() });

/** What a shop system tells of an order: only that it has happened. What the customer is told is read from the shop. */
export const shopEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('dispatched'), ...ofParcel }),
  z.strictObject({ type: z.literal('delayed'), ...ofParcel, /** The day by which it is expected now. */ expected: day.optional() }),
  z.strictObject({ type: z.literal('in_country'), ...ofParcel, contact: contact.optional() }),
  z.strictObject({ type: z.literal('out_for_delivery'), ...ofParcel }),
  z.strictObject({ type: z.literal('delivery_failed'), ...ofParcel }),
  z.strictObject({ type: z.literal('delivered'), ...ofParcel }),
  z.strictObject({ type: z.literal('return_received'), ...common, return: number }),
  z.strictObject({ type: z.literal('refund_sent'), ...common, /** The number of the return or the refund, where there is one. */ refund: number.optional() }),
  z.strictObject({ type: z.literal('sold_out'), ...common, /** The lines; without them all of the order. */ lines: z.array(number).min(1).optional(), /** When there is more of it. */ backOn: day.optional() }),
  z.strictObject({ type: z.literal('handling_overdue'), ...common }),
]);

/** Something that happened to an order, as the shop system tells it. */
export type ShopEvent = z.infer<typeof shopEventSchema>;
/** The name of the timers and deadlines of an event. */
export const eventName = (type: ShopEventType): string => ['event', type].join('.');

/** What can happen. */
type ShopEventType = ShopEvent['type'];

/** What customers are told unasked: what the shop tells, and what comes due by itself. */
export type NoticeKind = ShopEventType | 'check_in' | 'slot_reminder' | 'protection_ends' | 'answer_overdue' | 'case_news' | 'satisfaction';
