import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Policy } from '../domain/policy.js';

const days = z.int().min(0).max(3650);
const level = z.enum(['L0', 'L1', 'L2']);
const reason = z.enum(['defective', 'damaged_in_transit', 'wrong_item', 'not_as_described', 'missing_parts', 'arrived_late', 'wrong_size', 'changed_mind', 'ordered_by_mistake']);
const state = z.enum(['unpaid', 'under_review', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'refunded', 'cancelled']);
const span = z.strictObject({ from: days, to: days }).refine(({ from, to }) => from <= to, { error: 'must not end before it begins' });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: 'must be a time such as "09:00"' });
const rules = { windowDays: days, faultWindowDays: days, withoutFault: z.boolean(), freight: z.int().min(0), shipWithinDays: z.int().min(1).max(365), refundDays: span };
const override = z.strictObject({ ...rules, law: z.string(), lawExempt: z.boolean() }).partial();

const schema = z.strictObject({
  version: z.string().min(1),
  identity: z.strictObject({
    levels: z.record(z.string(), level), emailAlone: z.boolean(), nameAndPostcodeAlone: z.boolean(),
    guesses: z.int().min(1).max(100), guessWindowMinutes: z.int().min(1), idleMinutes: z.int().min(1),
  }),
  orders: z.strictObject({ changeAddressIn: z.array(state), countryMayChange: z.boolean(), handlingDays: span }),
  tracking: z.strictObject({ stalledDays: z.strictObject({ domestic: days, crossBorder: days, customs: days }) }),
  returns: z.strictObject({
    ...rules, faultReasons: z.array(reason), photoFor: z.array(reason),
    categories: z.record(z.string(), override), countries: z.record(z.string().regex(/^[A-Z]{2}$/u, { error: 'must be a two-letter country' }), override),
  }),
  points: z.strictObject({ valuePerPoint: z.int().min(0) }),
  desk: z.strictObject({ days: z.array(z.int().min(1).max(7)), from: time, to: time, answerBusinessDays: z.int().min(1) }),
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
