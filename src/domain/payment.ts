import type { Money } from './money.js';

/** How money reaches the shop. */
export type PaymentKind = 'card' | 'paypal' | 'bank_transfer' | 'gift_card' | 'wallet';

/** A way to pay the shop keeps for a customer; never more of a card than its last four digits. */
export interface PaymentMethod {
  readonly id: string;
  readonly kind: PaymentKind;
  /** "Visa", "Mastercard" …, for cards and wallets. */
  readonly brand?: string;
  readonly lastFour?: string;
  /** What a gift card still holds. */
  readonly balance?: Money;
}
