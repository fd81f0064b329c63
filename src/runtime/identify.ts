import { createHash, createHmac } from 'node:crypto';
import type { Conversation } from '../dialogue/conversation.js';
import type { TurnEvent } from '../dialogue/events.js';
import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import type { Parts } from './parts.js';

type Claims = Conversation['identity']['claims'];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Case, accents, blanks and the order of the parts do not matter in a name. */
const nameKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '').sort().join(' ');

const postcodeKey = (postcode: string): string => postcode.replace(/[^0-9A-Z]/giu, '').toUpperCase();

const fitsName = (customer: Customer, order: Order | null, claims: Claims): boolean => {
  const said = [...(claims.name === undefined ? [] : [claims.name]), ...claims.names ?? []].map(nameKey);
  if (said.length === 0 || claims.postcode === undefined) return false;
  const addresses = [customer.address, ...(order ? [order.shippingAddress] : [])];
  const names = [customer.name, ...addresses.map((address) => address.name)].map(nameKey);
  return names.some((name) => said.includes(name)) && addresses.some((address) => postcodeKey(address.postcode) === postcodeKey(claims.postcode ?? ''));
};

/** The id of a customer, or an order, that there is none of. */
const nobody = '';

/** How many times as many guesses a network address has as one conversation: behind one there may be a whole house; a machine that tries number after number is stopped all the same. */
const perNetwork = 5;

/** What guesses from the sender's network address are counted under; nothing where it is not known. */
const networkOf = ({ source }: Parts): string[] => (source === undefined ? [] : [`source:${source}`]);

/**
 * Looks up who is speaking from what they claim: an order (or parcel) number with the e-mail of the order, or with name
 * and postcode. Unknown and not fitting give the same answer; guesses are counted per conversation, order, contact and network address.
 */
export async function identify(claims: Claims, conversationId: string, parts: Parts): Promise<TurnEvent> {
  const { records, policy, clock } = parts;
  const now = clock.now();
  const since = new Date(Date.parse(now) - policy.identity.guessWindowMinutes * 60_000).toISOString();
  const keys = [`conversation:${conversationId}`, ...[claims.order, claims.parcel].flatMap((one) => (one === undefined ? [] : [`order:${hash(one)}`])), ...(claims.email === undefined ? [] : [`contact:${hash(claims.email.toLowerCase())}`])];
  const network = networkOf(parts);
  const counts = (ofKeys: readonly string[]): Promise<number[]> => Promise.all(ofKeys.map((key) => records.attempts.count(key, since)));
  const [tries, fromThere] = await Promise.all([counts(keys), counts(network)]);
  if (tries.some((count) => count >= policy.identity.guesses) || fromThere.some((count) => count >= policy.identity.guesses * perNetwork)) return { kind: 'not-identified', why: 'slow-down' };
  const found = await lookUp(claims, parts);
  if (found) {
    return {
      kind: 'identified', level: 'L1', at: now, customer: person(found.customer), ...(found.order ? { order: found.order.number } : {}),
    };
  }
  await Promise.all([...keys, ...network].map((key) => records.attempts.note(key, now)));
  return { kind: 'not-identified', why: 'no-match' };
}

const person = (customer: Customer): { id: string; name: string; timeZone?: string } => ({
  id: customer.id, name: customer.name, ...(customer.timeZone === undefined ? {} : { timeZone: customer.timeZone }),
});

async function lookUp(claims: Claims, { shop, policy }: Parts): Promise<{ customer: Customer; order?: Order } | null> {
  const parcel = claims.order === undefined && claims.parcel !== undefined ? await shop.reader.findParcel(claims.parcel) : null;
  const order = claims.order !== undefined ? await findOrder(claims.order, shop.reader) : null;
  if (claims.order !== undefined || claims.parcel !== undefined) {
    // A number that is nobody's is looked after as long as one that is somebody else's: the time it takes must not tell them apart.
    const owner = order || claims.order !== undefined ? await shop.reader.findCustomer(order?.customerId ?? nobody) : await ownerOf(claims, parcel?.orderId ?? nobody, shop.reader);
    if (!owner) return alone(claims, shop.reader, policy);
    const emails = [owner.email, ...(order ? [order.contact.email] : [])].map((one) => one.toLowerCase());
    const isHis = (claims.email !== undefined && emails.includes(claims.email.toLowerCase())) || fitsName(owner, order, claims);
    if (isHis) return { customer: owner, ...(order ? { order } : {}) };
    return order && owner.id !== order.customerId ? null : alone(claims, shop.reader, policy);
  }
  return alone(claims, shop.reader, policy);
}

type Reader = Parts['shop']['reader'];

/** Without an order: by e-mail, or by name and postcode, each where the shop's settings let it prove who is speaking. */
async function alone(claims: Claims, reader: Reader, { identity }: Parts['policy']): Promise<{ customer: Customer } | null> {
  for (const email of identity.emailAlone ? [...(claims.email === undefined ? [] : [claims.email]), ...claims.emails ?? []] : []) {
    const customer = await reader.findCustomerByEmail(email);
    if (customer) return { customer };
  }
  const { postcode } = claims;
  for (const name of identity.nameAndPostcodeAlone && postcode !== undefined ? [...(claims.name === undefined ? [] : [claims.name]), ...claims.names ?? []] : []) {
    const [customer, other] = await reader.findCustomersByName(name, postcode ?? '');
    if (customer && !other) return { customer };
  }
  return null;
}

/** By the number as written; failing that, with the shop's own prefix put before bare digits. */
async function findOrder(number: string, reader: Reader): Promise<Order | null> {
  const found = await reader.findOrder(number);
  if (found || !/^\d+$/u.test(number)) return found;
  const prefix = /^[A-Z]+-?/u.exec((await reader.profile()).orderNumberPattern.replace('-?', '-'))?.[0];
  return prefix === undefined ? null : reader.findOrder(`${prefix}${number}`);
}

/** Whoever claims a parcel must also name the e-mail or name of its buyer; the buyer is found through that claim. */
async function ownerOf(claims: Claims, orderId: string, reader: Reader): Promise<Customer | null> {
  const candidates = claims.email !== undefined
    ? [await reader.findCustomerByEmail(claims.email)]
    : claims.name !== undefined && claims.postcode !== undefined ? await reader.findCustomersByName(claims.name, claims.postcode) : [];
  for (const customer of candidates) {
    if (customer && (await reader.ordersOf(customer.id)).some((order) => order.id === orderId)) return customer;
  }
  return null;
}

const codeMinutes = 10;
const codeTries = 5;
const codeMails = 3;
const codeMailsMinutes = 15;

const codeKey = (conversationId: string): string => hash(`code ${conversationId}`);

/** Sends a six-digit code to the address on file. Whether there is one is not told; the answer is the same. Mails are counted by their reader and by the network address they are asked for from. */
export async function sendCode(effect: { readonly email?: string; readonly customerId?: string }, conversation: Conversation, parts: Parts): Promise<TurnEvent> {
  const { shop, records, clock, mailer, texts, random } = parts;
  const now = clock.now();
  const since = new Date(Date.parse(now) - codeMailsMinutes * 60_000).toISOString();
  const key = `code-sent:${hash(effect.email?.toLowerCase() ?? effect.customerId ?? '')}`;
  const network = networkOf(parts).map((from) => `code-${from}`);
  const [sent = 0, ...fromThere] = await Promise.all([key, ...network].map((one) => records.attempts.count(one, since)));
  if (sent >= codeMails || fromThere.some((count) => count >= codeMails * perNetwork)) return { kind: 'not-identified', why: 'slow-down' };
  await Promise.all([key, ...network].map((one) => records.attempts.note(one, now)));
  const customer = effect.customerId !== undefined ? await shop.reader.findCustomer(effect.customerId) : await shop.reader.findCustomerByEmail(effect.email ?? '');
  // The same is done whether or not there is somebody: a code for nobody is written down too, and no mail is waited for.
  const code = String(Buffer.from(random(4)).readUInt32BE() % 1_000_000).padStart(6, '0');
  const expiresAt = new Date(Date.parse(now) + codeMinutes * 60_000).toISOString();
  await records.tokens.put(codeKey(conversation.id), 'one-time-code', { code: createHmac('sha256', conversation.id).update(code).digest('hex'), customerId: customer?.id ?? nobody }, expiresAt);
  const profile = await shop.reader.profile();
  const mail = {
    to: customer?.email ?? '',
    subject: texts.say({ key: 'mail.code.subject', values: { shop: profile.name } }, conversation.locale),
    text: texts.say({ key: 'mail.code.text', values: { code, minutes: codeMinutes, shop: profile.name } }, conversation.locale),
  };
  if (customer) await (mailer.later ? mailer.later(mail) : mailer.send(mail));
  return { kind: 'code-sent' };
}

/** Checks a one-time code: five tries, ten minutes, once. Wrong ones count as guesses of the network address they come from, like wrong numbers. */
export async function checkCode(code: string, messageId: string, conversation: Conversation, parts: Parts): Promise<TurnEvent> {
  const { records, clock, shop, policy } = parts;
  const now = clock.now();
  const attempts = `code:${conversation.id}`;
  const network = networkOf(parts);
  const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
  const [tries, fromThere] = await Promise.all([records.attempts.count(attempts, ago(codeMinutes)), Promise.all(network.map((key) => records.attempts.count(key, ago(policy.identity.guessWindowMinutes))))]);
  if (tries >= codeTries || fromThere.some((count) => count >= policy.identity.guesses * perNetwork)) return { kind: 'not-identified', why: 'slow-down' };
  const stored = await records.tokens.peek(codeKey(conversation.id), 'one-time-code', now) as { code: string; customerId: string } | null;
  if (!stored || stored.code !== createHmac('sha256', conversation.id).update(code).digest('hex')) {
    await Promise.all([attempts, ...network].map((key) => records.attempts.note(key, now)));
    return { kind: 'not-identified', why: 'wrong-code' };
  }
  await records.tokens.consume(codeKey(conversation.id), 'one-time-code', now, messageId);
  const customer = await shop.reader.findCustomer(stored.customerId);
  return customer ? { kind: 'identified', level: 'L2', at: now, customer: person(customer) } : { kind: 'not-identified', why: 'wrong-code' };
}

/** A link made by the shop's site for one customer (a `/start` payload); used once. */
export async function followLink(payload: string, messageId: string, { records, clock, shop }: Parts): Promise<TurnEvent | null> {
  const data = await records.tokens.consume(hash(payload), 'customer-link', clock.now(), messageId) as { customerId: string } | null;
  const customer = data ? await shop.reader.findCustomer(data.customerId) : null;
  return customer ? { kind: 'identified', level: 'L2', at: clock.now(), customer: person(customer) } : null;
}

/** The identity a channel has proven by itself. */
export async function proven(customerId: string, { clock, shop }: Parts): Promise<TurnEvent | null> {
  const customer = await shop.reader.findCustomer(customerId);
  return customer ? { kind: 'identified', level: 'L2', at: clock.now(), customer: person(customer) } : null;
}
