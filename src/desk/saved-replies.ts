import type { Customer } from '../domain/customer.js';
import type { Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { SavedReply } from '../ports/desk-records.js';
import type { DeskParts } from './parts.js';
import { notFound } from './refusals.js';
import { readState } from './stored-state.js';

/** A saved reply put into words: what could not be filled in is named, and then there is no text to send. */
export interface FilledReply {
  readonly locale: string;
  readonly text: string | null;
  readonly missing: readonly string[];
  /** There is none in the customer's language. */
  readonly isOtherLanguage: boolean;
}

interface Facts {
  readonly customer: Customer | null;
  readonly order: Order | undefined;
  readonly agent: string;
  readonly shop: { readonly name: string; readonly siteUrl: string };
  readonly caseNumber: string | undefined;
}

/** What may stand between the braces, and how it is found; undefined where there is none of it. */
const variables: Readonly<Record<string, (facts: Facts) => Value | undefined>> = {
  'order.number': ({ order }) => order?.number,
  'order.total': ({ order }) => order && { money: order.total },
  'order.items': ({ order }) => order && { list: order.lines.map(({ name }) => name) },
  'parcel.number': ({ order }) => order?.parcels.at(-1)?.trackingNumber,
  'parcel.carrier': ({ order }) => order?.parcels.at(-1)?.carrier,
  'parcel.link': ({ order }) => order?.parcels.at(-1)?.trackingUrl,
  'return.number': ({ order }) => order?.returns.at(-1)?.number,
  'case.number': ({ caseNumber }) => caseNumber,
  'customer.name': ({ customer }) => customer?.name,
  'customer.first_name': ({ customer }) => customer?.name.split(/\s+/u)[0],
  'customer.email': ({ customer }) => customer?.email,
  'agent.name': ({ agent }) => agent,
  'shop.name': ({ shop }) => shop.name,
  'shop.link': ({ shop }) => shop.siteUrl,
};

/** The names of all variables there are. */
export const variableNames: readonly string[] = Object.keys(variables);

const hole = /\{\{\s*([a-z_.]*)\s*\}\}/gu;

/** Names between braces that nothing fills; a reply with such is not kept. */
export function unknownVariables({ texts, inputs }: Pick<SavedReply, 'texts' | 'inputs'>): string[] {
  const known = new Set([...variableNames, ...inputs.map(({ name }) => `input.${name}`)]);
  return [...new Set(Object.values(texts).flatMap((text) => [...text.matchAll(hole)].map(([, name]) => name ?? '')).filter((name) => !known.has(name)))];
}

/** Puts a saved reply into words for a conversation, in the customer's language where it was written in it. */
export async function fillReply(
  reply: SavedReply, conversationId: string, given: { readonly inputs: Readonly<Record<string, string>>; readonly order?: string | undefined; readonly locale?: string | undefined }, agent: string, parts: Pick<DeskParts, 'store' | 'shop' | 'records' | 'texts'>,
): Promise<FilledReply> {
  const { store, shop, records, texts } = parts;
  const head = await store.head(conversationId);
  if (!head) throw notFound('conversation');
  const { identity, topic, locale: spoken } = readState(head.state);
  const isKnown = identity.customerId !== undefined && identity.level !== 'L0';
  const [customer, orders, profile, cases] = await Promise.all([
    isKnown ? shop.findCustomer(identity.customerId ?? '') : null, isKnown ? shop.ordersOf(identity.customerId ?? '') : [], shop.profile(), records.cases.ofCustomer(identity.customerId ?? ''),
  ]);
  // Only an order of this customer, whoever names it.
  const wanted = given.order ?? topic.order;
  const order = wanted === undefined ? (orders.length === 1 ? orders[0] : undefined) : orders.find(({ number }) => number === wanted);
  const own = isKnown ? cases.filter(({ state }) => state !== 'closed') : [];
  const facts: Facts = { customer, order, agent, shop: profile, caseNumber: (own.find((one) => one.orderNumber === order?.number) ?? (own.length === 1 ? own[0] : undefined))?.number };
  const locale = [given.locale, spoken, spoken.split('-')[0]].find((tag) => tag !== undefined && tag in reply.texts) ?? Object.keys(reply.texts).sort((a, b) => Number(b === 'en') - Number(a === 'en'))[0] ?? 'en';
  const missing = new Set<string>();
  const text = (reply.texts[locale] ?? '').replaceAll(hole, (whole, name: string) => {
    const value = name.startsWith('input.') ? given.inputs[name.slice('input.'.length)] : variables[name]?.(facts);
    const said = value === undefined ? '' : texts.value(value, locale).trim();
    if (said === '') missing.add(name);
    return said === '' ? whole : said;
  });
  for (const { name, options } of reply.inputs) if (options && given.inputs[name] !== undefined && given.inputs[name] !== '' && !options.includes(given.inputs[name] ?? '')) missing.add(`input.${name}`);
  return { locale, text: missing.size > 0 ? null : text, missing: [...missing], isOtherLanguage: spoken !== '' && locale !== spoken };
}
