import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { countryCode } from '../domain/country.js';
import { Fault } from '../domain/fault.js';
import type { Policy } from '../domain/policy.js';
import { contradictionsOf, type Contradiction } from './contradictions.js';
import { placeName, readPlaced } from './places.js';
import { problemsOf, slipsOf, type PolicyProblem } from './mistakes.js';
import { withoutOverreach } from './overreach.js';
import { pageNames } from '../domain/shop-facts.js';

const days = z.int().min(0).max(3650);
const level = z.enum(['L0', 'L1', 'L2']);
const reason = z.enum(['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake']);
const state = z.enum(['unpaid', 'under_review', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'refunded', 'cancelled']);
const cancelReason = z.enum(['no_longer_needed', 'ordered_by_mistake', 'found_cheaper', 'too_slow', 'payment_problem', 'wrong_details', 'other']);
const method = z.enum(['standard', 'express', 'pickup']);
const span = z.strictObject({ from: days, to: days }).refine(({ from, to }) => from <= to, { error: 'must not end before it begins' });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: 'must be a time such as "09:00"' });
const day = z.iso.date({ error: 'must be a day such as "2026-12-25"' });
const notice = z.enum(['dispatched', 'delayed', 'in_country', 'out_for_delivery', 'delivery_failed', 'delivered', 'return_received', 'refund_sent', 'sold_out', 'handling_overdue', 'check_in', 'slot_reminder', 'protection_ends', 'answer_overdue', 'case_news', 'satisfaction']);
const contact = z.strictObject({ name: z.string().min(1), phone: z.string().min(3), url: z.url() }).partial({ phone: true, url: true });
const rules = { windowDays: days.nullable(), faultWindowDays: days, withoutFault: z.boolean(), freight: z.int().min(0), shipWithinDays: z.int().min(1).max(365), refundDays: span };
const condition = z.enum(['unused', 'with_tags', 'sealed', 'reset', 'clean', 'as_worn_once']);
const packing = z.enum(['original_box', 'any_strong_box', 'padded', 'bag', 'battery']);
const material = z.enum(['order_number', 'photo_fault', 'photo_label', 'photo_page', 'photo_contents', 'accessories']);
const offer = z.enum(['promotion', 'coupon', 'member', 'points']);
const override = z.strictObject({ ...rules, law: z.string(), lawExempt: z.boolean(), condition, packing }).partial();
const notACountry = ({ input }: { readonly input?: unknown }): string => {
  const known = typeof input === 'string' ? countryCode(input.toUpperCase()) : null;
  return `must be a two-letter country such as "DE"${known === null ? '' : `; did you mean “${known}”?`}`;
};
const country = z.string().refine((code) => countryCode(code) === code, { error: notACountry });
/** The four places a section's settings may differ in; each may be left out. */
const layers = <T extends z.ZodType>(one: T) => ({ items: z.record(z.string(), one).default({}), categories: z.record(z.string(), one).default({}), members: z.record(z.string(), one).default({}), countries: z.record(country, one).default({}) });
const warranty = layers(z.strictObject({ months: z.int().min(0).max(240), law: z.string().optional() }));
const amount = z.int().min(0);
const hasOther = (by: Readonly<Record<string, unknown>>): boolean => 'other' in by;
const noOther = { error: 'must have `other`, for what is not named' };

const schema = z.strictObject({
  version: z.string().min(1),
  decided: z.array(z.string()).default([]),
  identity: z.strictObject({
    levels: z.record(z.string(), level), emailAlone: z.boolean(), nameAndPostcodeAlone: z.boolean(),
    guesses: z.int().min(1).max(100), guessWindowMinutes: z.int().min(1), idleMinutes: z.int().min(1),
  }),
  orders: z.strictObject({
    changeAddressIn: z.array(state), countryMayChange: z.boolean(), changeContactIn: z.array(state), changeItemsIn: z.array(state),
    quantityMayChange: z.boolean(), changeItemsOnce: z.boolean(), removeItemsIn: z.array(state), cancelIn: z.array(state),
    cancelReasons: z.array(cancelReason), changePaymentIn: z.array(state), differenceBy: z.enum(['original', 'choice']), handlingDays: span, testBeforePacking: z.array(z.string()), couponBack: z.enum(['cancelled', 'never']),
  }),
  tracking: z.strictObject({ stalledDays: z.strictObject({ domestic: days, crossBorder: days, customs: days }) }),
  returns: z.strictObject({
    ...rules, askReason: z.boolean(), refundTo: z.array(z.enum(['original', 'gift_card'])).min(1), oncePerOrder: z.boolean(), sameVariant: z.enum(['never', 'fault', 'always']), exchangeFreight: z.int().min(0),
    brokenStep: z.enum(['keep', 'take_back']), faultReasons: z.array(reason), notAccepted: z.array(reason).default([]), photoFor: z.array(reason),
    conditions: z.record(z.string(), condition).refine(hasOther, noOther), packing: z.record(z.string(), packing).refine(hasOther, noOther), materials: z.record(z.string(), z.array(material)).refine(hasOther, noOther),
    judging: z.strictObject({
      detailFor: z.array(reason), smallMarksIn: z.array(z.string()), withoutPhoto: z.enum(['refuse', 'inspect']), subjective: z.enum(['accept', 'refuse']), customerShare: z.int().min(0).max(100).nullable(),
    }),
    life: z.strictObject({
      sellerAnswers: z.boolean(), answerDays: z.int().min(1).max(90), silence: z.enum(['accept', 'decline']), remindShopDays: z.array(z.int().min(1).max(30)),
      remindCustomerDays: z.array(z.int().min(1).max(30)), closeUnsent: z.boolean(), confirmDays: z.int().min(0).max(90),
    }),
    ...layers(override), categories: z.record(z.string(), override), countries: z.record(country, override),
  }),
  refunds: z.strictObject({ withoutReturn: z.boolean(), grantUpTo: z.int().min(0), answerDays: z.int().min(1).max(90), ...layers(z.strictObject({ grantUpTo: amount })) }),
  warranty: z.strictObject({ months: z.record(z.string(), z.int().min(0).max(240)).refine(hasOther, noOther), makerNetwork: z.array(z.string()), onSite: z.array(z.string()), repairDays: span, items: warranty.items, members: warranty.members, countries: warranty.countries }),
  delivery: z.strictObject({
    enquiryBusinessDays: z.int().min(1).max(60), lostAfterDays: days, grantUpTo: z.int().min(0), notReceivedWithinDays: days, damageWithinDays: days,
    damagePhotos: z.int().min(0).max(10), dutyPaidBy: z.enum(['recipient', 'shop']),
    slots: z.strictObject({
      days: z.array(z.int().min(1).max(7)).min(1), ahead: z.int().min(1).max(14),
      windows: z.array(z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, { error: 'must not end before it begins' })).min(1).max(8),
    }),
    shippingPrices: z.partialRecord(method, z.int().min(0)), freeFrom: z.partialRecord(method, z.int().min(0)),
    ...layers(z.strictObject({ grantUpTo: amount, notReceivedWithinDays: days, damageWithinDays: days }).partial()),
  }),
  disputes: z.strictObject({
    windowDays: days, answerDays: z.int().min(1).max(90), platformBusinessDays: z.int().min(1).max(90),
    repeated: z.strictObject({ claims: z.int().min(1).max(100), days: z.int().min(1).max(3650) }),
    authorities: z.record(country, z.strictObject({ name: z.string().min(1), url: z.url({ protocol: /^https$/u, error: 'must be an https address' }) })),
  }),
  goodwill: z.strictObject({
    coupon: z.string(), partialShare: z.int().min(0).max(10_000), botUpTo: z.int().min(0), agentUpTo: z.int().min(0),
    margin: z.record(z.string(), z.int().min(0).max(10_000)).refine(hasOther, noOther),
  }).refine(({ botUpTo, agentUpTo }) => botUpTo <= agentUpTo, { error: 'botUpTo must not be above agentUpTo' }),
  site: z.strictObject({
    pages: z.partialRecord(z.enum(pageNames), z.string().regex(/^(?:\/|https?:\/\/)\S*$/u, { error: 'must be a path such as "/cart" or a whole address' })),
    couponsPerOrder: z.int().min(0).max(20), giftWrapping: z.int().min(0).nullable(), certified: z.array(z.string()), islands: z.enum(['yes', 'no', 'checkout']),
  }),
  knowledge: z.strictObject({ answers: z.boolean() }),
  feedback: z.strictObject({
    businessDays: z.strictObject({ grave: z.int().min(1).max(30), normal: z.int().min(1).max(30), low: z.int().min(1).max(90) }),
    privacyDays: z.int().min(1).max(90), angerAnswered: z.int().min(0).max(5),
  }),
  points: z.strictObject({ valuePerPoint: z.int().min(0) }),
  offers: z.strictObject({
    order: z.array(offer).refine((kinds) => new Set(kinds).size === kinds.length, { error: 'must name each kind once' }), apart: z.array(z.array(offer).length(2)), clash: z.enum(['better', 'coupon', 'promotion']),
    promotionsAtMost: z.int().min(0).max(3), couponsAtMost: z.int().min(0).max(3), pointsUpTo: z.int().min(0).max(10_000),
  }),
  priceDrop: z.strictObject({ withinDays: days, alsoDiscounted: z.boolean(), grantUpTo: z.int().min(0), answerDays: z.int().min(1).max(90) }),
  notices: z.strictObject({
    kinds: z.array(notice), quietHours: z.strictObject({ from: time, to: time }), lookMinutes: z.int().min(0).max(1440), checkInDays: days.min(1), slotReminderHours: z.int().min(1).max(48),
    satisfactionHours: z.int().min(1).max(240), localContacts: z.record(country, contact),
  }),
  protection: z.strictObject({ days, extendDays: days, extensions: z.int().min(0).max(10), askDaysBefore: days }),
  writing: z.strictObject({ undoSeconds: z.int().min(0).max(30) }),
  handOver: z.strictObject({
    reasons: z.array(z.enum(['limit', 'dispute', 'law', 'safety', 'fault'])), tellPlace: z.boolean(), assign: z.boolean(), capacity: z.int().min(1).max(50),
    graceSeconds: z.int().min(5).max(3600), takeUpSeconds: z.int().min(10).max(3600), anyoneAfterMinutes: z.int().min(0).max(1440),
    firstAnswerMinutes: z.int().min(1).max(10_080), resolutionHours: z.int().min(1).max(1000), warnAtPercent: z.int().min(1).max(99),
    waits: z.strictObject({ talks: z.int().min(1).max(500), least: z.int().min(1).max(100) }),
  }),
  approvals: z.strictObject({ agentUpTo: amount, supervisorUpTo: amount.nullable() }),
  desk: z.strictObject({ days: z.array(z.int().min(1).max(7)), from: time, to: time, answerBusinessDays: z.int().min(1), holidays: z.array(day) }),
}).check(withoutOverreach);

/** The policy that ships with the bot. */
export const defaultPolicyFile = new URL('./default.yaml', import.meta.url);

/** A policy that can be used, with what in it speaks against itself. */
export interface CheckedPolicy {
  readonly policy: Policy;
  readonly contradictions: readonly Contradiction[];
  /** Codes under `decided` that decide nothing: the policy does not speak against itself so, or they are misspelt. */
  readonly needless: readonly string[];
}

/** The keys of a policy file with their types and defaults, as JSON Schema: for its description and for editors. */
export const policyJsonSchema = (): unknown => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** The policy that ships, once it was read. */
let shipped: ReturnType<typeof parsePolicy> | undefined;

/** Reads a policy from YAML text; the problems are all listed at once. `laws` is the policy that knows what the laws give, else the one that ships. */
export function parsePolicy(yaml: string, laws: 'shipped' | 'none' = 'shipped'): CheckedPolicy | { readonly problems: PolicyProblem[] } {
  const { document, mistakes, placeOf } = readPlaced(yaml);
  if (mistakes.length > 0) return { problems: slipsOf(mistakes) };
  let given: unknown;
  try {
    given = document.toJS();
  } catch (error) {
    // Aliases are only followed now: one without its anchor, or too many of them.
    return { problems: [{ path: '(whole file)', line: 0, message: error instanceof Error ? error.message : String(error) }] };
  }
  const parsed = schema.safeParse(given, { reportInput: true });
  if (!parsed.success) return { problems: problemsOf(parsed.error.issues, placeOf) };
  const policy = parsed.data as Policy;
  const known = laws === 'none' ? null : shipped ??= parsePolicy(readFileSync(defaultPolicyFile, 'utf8'), 'none');
  const contradictions = contradictionsOf(policy, placeOf, known && 'policy' in known ? known.policy : null);
  return { policy, contradictions, needless: policy.decided.filter((code) => contradictions.every((one) => one.code !== code)) };
}

/** Reads and checks the policy file, or the one that ships; a Fault `policy.invalid` lists what is wrong. */
export function loadPolicy(file: string | undefined): CheckedPolicy {
  let yaml: string;
  try {
    yaml = readFileSync(file ?? defaultPolicyFile, 'utf8');
  } catch (cause) {
    throw new Fault('policy.invalid', `The policy file ${file ?? ''} cannot be read. Set POLICY_FILE to a readable file or leave it out.`, { cause });
  }
  const read = parsePolicy(yaml);
  if ('policy' in read) return read;
  throw new Fault('policy.invalid', `The policy file ${file ?? '(default)'} is wrong:\n${read.problems.map((one) => `  ${placeName(one)}: ${one.message}`).join('\n')}`);
}

/** Reads the policy file, or the one that ships; a Fault `policy.invalid` lists what is wrong. */
export const readPolicy = (file: string | undefined): Policy => loadPolicy(file).policy;
