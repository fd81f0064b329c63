import { z } from 'zod';
import type { Address } from '../domain/address.js';
import type { CancelReason } from '../domain/order.js';

const text = z.string().regex(/\S/u, 'must not be empty');
const dollars = z.number().min(0, 'must not be negative').refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'must have at most two decimals');
const options = z.record(text, text);

const address = z.strictObject({ address1: text, address2: z.string(), city: text, country: z.literal('USA'), state: text, zip: text });

const paymentMethod = z.discriminatedUnion('source', [
  // Brands are capitalised where customers read them, so that only lower-case ones come back as they were.
  z.strictObject({ source: z.literal('credit_card'), id: text, brand: z.string().regex(/^[a-z][a-z ]*$/u, 'must be in lower case'), last_four: z.string().regex(/^\d{4}$/u, 'must be four digits') }),
  z.strictObject({ source: z.literal('paypal'), id: text }),
  z.strictObject({ source: z.literal('gift_card'), id: text, balance: dollars }),
]);

const cancelReason = z.enum(['no longer needed', 'ordered by mistake']);

/** The outside shop's database as it stands before any return or exchange: three objects keyed by identifier. */
export const tauRetailSchema = z.strictObject({
  products: z.record(z.string(), z.strictObject({
    name: text, product_id: text,
    variants: z.record(z.string(), z.strictObject({ item_id: text, options, available: z.boolean(), price: dollars })),
  })),
  users: z.record(z.string(), z.strictObject({
    user_id: text, name: z.strictObject({ first_name: z.string().regex(/^\S+$/u, 'must be one word'), last_name: text }), address, email: text,
    payment_methods: z.record(z.string(), paymentMethod), orders: z.array(text),
  })),
  orders: z.record(z.string(), z.strictObject({
    order_id: text, user_id: text, address,
    items: z.array(z.strictObject({ name: text, product_id: text, item_id: text, price: dollars, options })).min(1, 'must hold at least one line'),
    status: z.enum(['pending', 'pending (item modified)', 'processed', 'delivered', 'cancelled']),
    fulfillments: z.array(z.strictObject({ tracking_id: z.tuple([text]), item_ids: z.array(text).min(1, 'must hold at least one item') })),
    payment_history: z.array(z.strictObject({ transaction_type: z.enum(['payment', 'refund']), amount: dollars, payment_method_id: text })),
    cancel_reason: cancelReason.nullish(),
  })),
});

/** The outside shop's database. */
export type TauRetail = z.infer<typeof tauRetailSchema>;

/** An address as the outside shop writes it. */
export type TauAddress = z.infer<typeof address>;

/** A payment method as the outside shop writes it. */
export type TauMethod = z.infer<typeof paymentMethod>;

/** Dollars as whole cents, and back. */
export const toCents = (value: number): number => Math.round(value * 100);
export const toDollars = (cents: number): number => cents / 100;

/** An address of ours from one of theirs, which has no name of its own. */
export const addressFrom = ({ address1, address2, city, state, zip }: TauAddress, name: string): Address =>
  ({ name, line1: address1, ...(address2.trim() === '' ? {} : { line2: address2 }), city, region: state, postcode: zip, country: 'US' });

/** Their address from one of ours. */
export const addressTo = ({ line1, line2 = '', city, region = '', postcode, country }: Address): Omit<TauAddress, 'country'> & { readonly country: string } =>
  ({ address1: line1, address2: line2, city, country: country === 'US' ? 'USA' : country, state: region, zip: postcode });

/** Their words for the reasons of a cancellation, and ours for theirs. */
export const reasonFrom = (words: z.infer<typeof cancelReason>): CancelReason => (words === 'no longer needed' ? 'no_longer_needed' : 'ordered_by_mistake');
export const reasonTo = (reason: CancelReason): string => reason.replaceAll('_', ' ');
