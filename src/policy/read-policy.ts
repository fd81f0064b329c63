import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Policy } from '../domain/policy.js';

const days = z.int().min(0).max(3650);
const level = z.enum(['L0', 'L1', 'L2']);
const reason = z.enum(['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake']);
const state = z.enum(['unpaid', 'under_review', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'refunded', 'cancelled']);
const cancelReason = z.enum(['no_longer_needed', 'ordered_by_mistake', 'found_cheaper', 'too_slow', 'payment_problem', 'wrong_details', 'other']);
const method = z.enum(['standard', 'express', 'pickup']);
const span = z.strictObject({ from: days, to: days }).refine(({ from, to }) => from <= to, { error: 'must not end before it begins' });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: 'must be a time such as "09:00"' });
const day = z.iso.date({ error: 'must be a day such as "2026-12-25"' });
const rules = { windowDays: days.nullable(), faultWindowDays: days, withoutFault: z.boolean(), freight: z.int().min(0), shipWithinDays: z.int().min(1).max(365), refundDays: span };
const override = z.strictObject({ ...rules, law: z.string(), lawExempt: z.boolean() }).partial();

const condition = z.enum(['unused', 'with_tags', 'sealed', 'reset', 'clean', 'as_worn_once']);
const packing = z.enum(['original_box', 'any_strong_box', 'padded', 'bag', 'battery']);
const material = z.enum(['order_number', 'photo_fault', 'photo_label', 'photo_page', 'photo_contents', 'accessories']);
const hasOther = (by: Readonly<Record<string, unknown>>): boolean => 'other' in by;
const noOther = { error: 'must have `other`, for what is not named' };

const schema = z.strictObject({
  version: z.string().min(1),
  identity: z.strictObject({
    levels: z.record(z.string(), level), emailAlone: z.boolean(), nameAndPostcodeAlone: z.boolean(),
    guesses: z.int().min(1).max(100), guessWindowMinutes: z.int().min(1), idleMinutes: z.int().min(1),
  }),
  orders: z.strictObject({
    changeAddressIn: z.array(state), countryMayChange: z.boolean(), changeContactIn: z.array(state), changeItemsIn: z.array(state),
    quantityMayChange: z.boolean(), changeItemsOnce: z.boolean(), removeItemsIn: z.array(state), cancelIn: z.array(state),
    cancelReasons: z.array(cancelReason), changePaymentIn: z.array(state), differenceBy: z.enum(['original', 'choice']), handlingDays: span,
  }),
  tracking: z.strictObject({ stalledDays: z.strictObject({ domestic: days, crossBorder: days, customs: days }) }),
  returns: z.strictObject({
    ...rules, askReason: z.boolean(), refundTo: z.array(z.enum(['original', 'gift_card'])).min(1), oncePerOrder: z.boolean(), sameVariant: z.enum(['never', 'fault', 'always']),
    faultReasons: z.array(reason), photoFor: z.array(reason),
    conditions: z.record(z.string(), condition).refine(hasOther, noOther), packing: z.record(z.string(), packing).refine(hasOther, noOther), materials: z.record(z.string(), z.array(material)).refine(hasOther, noOther),
    judging: z.strictObject({
      detailFor: z.array(reason), smallMarksIn: z.array(z.string()), withoutPhoto: z.enum(['refuse', 'inspect']), subjective: z.enum(['accept', 'refuse']), customerShare: z.int().min(0).max(100).nullable(),
    }),
    life: z.strictObject({
      sellerAnswers: z.boolean(), answerDays: z.int().min(1).max(90), silence: z.enum(['accept', 'decline']), remindShopDays: z.array(z.int().min(1).max(30)),
      remindCustomerDays: z.array(z.int().min(1).max(30)), closeUnsent: z.boolean(), confirmDays: z.int().min(0).max(90),
    }),
    categories: z.record(z.string(), override), countries: z.record(z.string().regex(/^[A-Z]{2}$/u, { error: 'must be a two-letter country' }), override),
  }),
  refunds: z.strictObject({ withoutReturn: z.boolean(), grantUpTo: z.int().min(0), answerDays: z.int().min(1).max(90) }),
  warranty: z.strictObject({ months: z.record(z.string(), z.int().min(0).max(240)).refine(hasOther, noOther), makerNetwork: z.array(z.string()), onSite: z.array(z.string()), repairDays: span }),
  delivery: z.strictObject({
    enquiryBusinessDays: z.int().min(1).max(60), lostAfterDays: days, grantUpTo: z.int().min(0), notReceivedWithinDays: days, damageWithinDays: days,
    damagePhotos: z.int().min(0).max(10), dutyPaidBy: z.enum(['recipient', 'shop']),
    slots: z.strictObject({
      days: z.array(z.int().min(1).max(7)).min(1), ahead: z.int().min(1).max(14),
      windows: z.array(z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, { error: 'must not end before it begins' })).min(1).max(8),
    }),
    shippingPrices: z.partialRecord(method, z.int().min(0)), freeFrom: z.partialRecord(method, z.int().min(0)),
  }),
  points: z.strictObject({ valuePerPoint: z.int().min(0) }),
  desk: z.strictObject({ days: z.array(z.int().min(1).max(7)), from: time, to: time, answerBusinessDays: z.int().min(1), holidays: z.array(day) }),
});

/** The policy that ships with the bot. */
export const defaultPolicyFile = new URL('./default.yaml', import.meta.url);

/** What is wrong with a policy: the path of the value and what is allowed there. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/** Reads a policy from YAML text; the problems are all listed at once. */
export function parsePolicy(yaml: string): { readonly policy: Policy } | { readonly problems: PolicyProblem[] } {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) return { problems: document.errors.map((error) => ({ path: `line ${error.linePos?.[0].line ?? '?'}`, message: error.message })) };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { policy: parsed.data as Policy };
  return { problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.') || '(whole file)', message: issue.message })) };
}

/** Reads the policy file, or the one that ships; a Fault `policy.invalid` lists what is wrong. */
export function readPolicy(file: string | undefined): Policy {
  let yaml: string;
  try {
    yaml = readFileSync(file ?? defaultPolicyFile, 'utf8');
  } catch (cause) {
    throw new Fault('policy.invalid', `The policy file ${file ?? ''} cannot be read. Set POLICY_FILE to a readable file or leave it out.`, { cause });
  }
  const read = parsePolicy(yaml);
  if ('policy' in read) return read.policy;
  throw new Fault('policy.invalid', `The policy file ${file ?? '(default)'} is wrong:\n${read.problems.map((one) => `  ${one.path}: ${one.message}`).join('\n')}`);
}
