import { z } from 'zod';
import { maskSecrets } from '../domain/mask.js';
import { badRequest } from './refusals.js';

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text that every store can keep: no control characters, no half surrogates, no blanks around it. */
const cleaned = (text: string): string => Buffer.from(text.replaceAll(controls, '')).toString().trim();

/** What somebody at the desk wrote: text that can be kept, without the card numbers, account numbers and passwords that must not be. */
export const words = (most: number) => z.string().max(most).transform((text) => maskSecrets(cleaned(text)));

/** An id in an address or body, made by us or by a channel. */
const id = z.string().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** The id a client gives an act, so that sending it again does nothing twice. */
const actId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

const email = z.string().max(254).transform((text) => text.trim()).pipe(z.email());
const password = z.string().max(200);
const token = z.string().min(1).max(200);

const locale = z.string().regex(/^[A-Za-z-]{2,20}$/);

/** How a form was filled in so far. */
const formOf = {
  flow: z.string().regex(/^[a-z-]{1,60}$/).optional(), locale, at: z.iso.datetime().optional(),
  answers: z.array(z.object({ text: words(2000).optional(), choice: z.string().max(64).optional(), files: z.array(id).max(20).optional() })).max(40),
};
const millimetres = z.int().min(1).max(99_999);
const label = words(40).pipe(z.string().min(1));
const role = z.enum(['agent', 'supervisor', 'admin']);

/** What the bodies and addresses of the desk's API may hold; anything else is a 400 that names the field. */
export const inputs = {
  signIn: z.object({ email: z.string().max(254), password }),
  lookAtInvite: z.object({ token }),
  join: z.object({ token, name: words(80).pipe(z.string().min(1)), email: email.optional(), password: password.min(10) }),
  invite: z.object({ email, role, locale: z.string().regex(/^[A-Za-z-]{2,20}$/).default('en') }),
  conversation: z.object({ id }),
  agent: z.object({ id }),
  person: z.object({
    role, languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).max(20), departments: z.array(z.string().regex(/^[a-z_]{2,30}$/)).max(20), capacity: z.int().min(1).max(50).nullable(),
  }),
  presence: z.object({ wish: z.enum(['online', 'away']) }),
  file: z.object({ id }),
  ticket: z.object({ id }),
  outcome: z.object({ text: words(2000).pipe(z.string().min(1)) }),
  page: z.object({ before: z.coerce.number().int().min(1).max(1e12).optional() }),
  act: z.discriminatedUnion('act', [
    z.object({ act: z.literal('take'), id: actId, confirm: z.boolean().default(false) }),
    z.object({
      act: z.literal('say'), id: actId, text: words(4000).default(''), files: z.array(id).max(10).default([]),
      // Why it is to go out although it was stopped.
      reason: words(300).pipe(z.string().min(1)).optional(),
      /** Hold it back as long as the shop lets it be taken back. */
      hold: z.boolean().default(false),
      /** The saved reply it was made of: what that does afterwards is done once it has gone out. */
      reply: id.optional(),
    }),
    z.object({ act: z.literal('do'), id: actId, ...formOf, plan: z.string().min(1).max(60) }),
    z.object({ act: z.literal('note'), id: actId, text: words(4000).pipe(z.string().min(1)) }),
    z.object({ act: z.literal('hand-back'), id: actId }),
    z.object({ act: z.literal('pass'), id: actId, to: id }),
    z.object({ act: z.literal('close'), id: actId }),
  ]),
  form: z.object(formOf),
  label: z.object({ label }),
  labelled: z.object({ label: label.optional() }),
  talk: z.object({ locale: locale.optional() }),
  search: z.object({ q: words(100).pipe(z.string().min(2)) }),
  transcript: z.object({ locale: locale.default('en'), as: z.enum(['text', 'json']).default('text') }),
  undo: z.object({ id: actId }),
  signal: z.object({ typing: z.boolean().default(false), seen: z.int().min(0).max(1e12).optional() }),
  reply: z.object({ id }),
  filled: z.object({ inputs: z.record(z.string().max(40), words(500)).default({}), order: z.string().max(40).optional(), locale: locale.optional() }),
  savedReply: z.object({
    id: actId, title: words(80).pipe(z.string().min(1)),
    texts: z.record(locale, words(4000).pipe(z.string().min(1))).refine((texts) => Object.keys(texts).length > 0, { error: 'Write it in one language at least' }),
    inputs: z.array(z.object({ name: z.string().regex(/^[a-z_]{1,30}$/), label: words(80).pipe(z.string().min(1)), options: z.array(words(120).pipe(z.string().min(1))).max(20).optional() })).max(10).default([]),
    after: z.object({ labels: z.array(label).max(10).default([]), note: words(1000).pipe(z.string().min(1)).optional(), act: z.enum(['hand-back', 'close']).optional() }).prefault({}),
  }),
  case: z.object({ number: z.string().regex(/^CS-[0-9A-Z]{4,12}$/iu) }),
  order: z.object({ number: z.string().min(1).max(40) }),
  packing: z.object({
    id: actId, by: words(80).pipe(z.string().min(1)), weightGrams: z.int().min(1).max(9_999_999), photos: z.array(id).max(10).refine((photos) => new Set(photos).size === photos.length, { error: 'Each picture once' }).default([]),
    sizeMm: z.object({ length: millimetres, width: millimetres, height: millimetres }).exactOptional(), trackingNumber: words(60).pipe(z.string().min(1)).exactOptional(), note: words(500).pipe(z.string().min(1)).exactOptional(),
  }),
  paper: z.object({ locale: z.string().regex(/^[A-Za-z-]{2,20}$/).default('en') }),
  caseAct: z.discriminatedUnion('act', [
    z.object({ act: z.literal('answer'), id: actId, decision: z.enum(['refused', 'solved']), text: words(2000).pipe(z.string().min(1)) }),
    z.object({ act: z.literal('offer'), id: actId, amount: z.int().min(1).max(100_000_000) }),
    z.object({ act: z.literal('decline'), id: actId, text: words(2000).default('') }),
  ]),
} as const;

/** What somebody at the desk does with a case. */
export type CaseActInput = z.infer<typeof inputs.caseAct>;

/** What somebody at the desk notes of a parcel that was packed. */
export type PackingInput = z.infer<typeof inputs.packing>;

/** One checked act of an agent. */
export type ActInput = z.infer<typeof inputs.act>;

/** Reads what came from outside, or refuses with 400 and the first field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? 'the body' : issue.path.join('.');
  throw badRequest('BadArgument', `${field}: ${issue?.message ?? 'not as expected'}.`);
}
