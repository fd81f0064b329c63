/** What a complaint is about. */
export const complaintCategories = ['product', 'attitude', 'delivery', 'price', 'review', 'site', 'other'] as const;

/** A category of complaints. */
export type ComplaintCategory = (typeof complaintCategories)[number];

/** What a suggestion is about. */
export type SuggestionArea = 'site' | 'campaign' | 'delivery' | 'product' | 'other';

/** How soon somebody must look at it: harm, threats and discrimination first. */
export type Severity = 'grave' | 'normal' | 'low';

/** What somebody wants done with their own data. */
export const privacyWishes = ['access', 'export', 'correct', 'erase', 'close'] as const;

/** A wish about one's own data. */
export type PrivacyWish = (typeof privacyWishes)[number];

/** The department each kind of complaint goes to. */
export const departmentOf = {
  product: 'product_desk', attitude: 'service_desk', delivery: 'carrier_desk', price: 'payment_desk', review: 'service_desk', site: 'shop_desk', other: 'service_desk',
} as const satisfies Readonly<Record<ComplaintCategory, string>>;
