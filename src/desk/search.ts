import { Fault } from '../domain/fault.js';
import type { Customer } from '../domain/customer.js';
import type { Order } from '../domain/order.js';
import { orderView, type OrderView } from './dossier.js';
import type { DeskParts } from './parts.js';
import { readState } from './stored-state.js';

/** Something that was found: where it is shown, and what of it to read. */
export interface Found {
  readonly talks: readonly { readonly conversationId: string; readonly customer: string | null; readonly channel: string; readonly at: string; readonly text: string }[];
  readonly orders: readonly (OrderView & { readonly customer: string; readonly conversationId: string | null })[];
  readonly customers: readonly { readonly id: string; readonly name: string; readonly email: string; readonly country: string; readonly conversationId: string | null }[];
  readonly cases: readonly { readonly number: string; readonly kind: string; readonly state: string; readonly orderNumber: string; readonly conversationId: string }[];
  readonly notes: readonly { readonly id: string; readonly conversationId: string; readonly customer: string | null; readonly by: string; readonly at: string; readonly text: string }[];
  readonly isShopAway: boolean;
}

const MOST = 20;
const PREVIEW = 160;

/** The words with a little around them. */
function around(text: string, words: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(words.toLowerCase()) - 50);
  return `${at > 0 ? '…' : ''}${Array.from(text.slice(at)).slice(0, PREVIEW).join('')}`;
}

/** Looks through talks, notes, orders with their returns and parcels, customers and cases. */
export async function searchEverything(words: string, { shop, records, store }: DeskParts): Promise<Found> {
  const heads = await store.list(500);
  const stateOf = new Map(heads.map((head) => [head.conversationId, readState(head.state)]));
  const talkOf = (customerId: string): string | null => heads.find(({ conversationId }) => stateOf.get(conversationId)?.identity.customerId === customerId)?.conversationId ?? null;
  const placeOf = async (customerId: string): Promise<string | null> => talkOf(customerId) ?? (await records.reach.of(customerId))[0]?.conversationId ?? null;

  async function inShop(): Promise<{ readonly customers: readonly Customer[]; readonly orders: readonly Order[]; readonly isShopAway: boolean }> {
    try {
      const [order, back, found, mail] = await Promise.all([shop.findOrder(words), shop.findReturn(words), shop.search?.(words, MOST) ?? { customers: [], orders: [] }, words.includes('@') ? shop.findCustomerByEmail(words) : null]);
      const orders = [...(order ? [order] : []), ...(back ? [back.order] : []), ...found.orders];
      const customers = [...(mail ? [mail] : []), ...found.customers];
      return { customers: unique(customers, ({ id }) => id), orders: unique(orders, ({ number }) => number), isShopAway: false };
    } catch (error) {
      if (error instanceof Fault && error.code === 'shop.unreachable') return { customers: [], orders: [], isShopAway: true };
      throw error;
    }
  }

  async function cases(customers: readonly Customer[], orders: readonly Order[]): Promise<Found['cases']> {
    const named = /^CS-/iu.test(words) ? await records.cases.find(words.toUpperCase()) : null;
    const owners = [...new Set([...customers.map(({ id }) => id), ...orders.map(({ customerId }) => customerId)])];
    const theirs = (await Promise.all(owners.map((id) => records.cases.ofCustomer(id)))).flat();
    const isMeant = orders.length > 0 ? theirs.filter(({ orderNumber }) => orders.some(({ number }) => number === orderNumber)) : theirs;
    return unique([...(named ? [named] : []), ...isMeant], ({ number }) => number).slice(0, MOST).map(({ number, kind, state, orderNumber, conversationId }) => ({ number, kind, state, orderNumber, conversationId }));
  }

  const [{ customers, orders, isShopAway }, said, notes] = await Promise.all([inShop(), records.transcripts.search(words, MOST * 2), records.notes.search(words, MOST)]);
  const named = heads.filter(({ conversationId }) => stateOf.get(conversationId)?.identity.name?.toLowerCase().includes(words.toLowerCase()))
    .map(({ conversationId, channel, lastAt }) => ({ conversationId, channel, at: lastAt, text: '' }));
  const talks = unique([...named, ...said.map(({ conversationId, line }) => ({ conversationId, channel: conversationId.split(':')[0] ?? '', at: line.at, text: around(line.text, words) }))], ({ conversationId }) => conversationId).slice(0, MOST);
  return {
    talks: talks.map((talk) => ({ ...talk, customer: stateOf.get(talk.conversationId)?.identity.name ?? null })), isShopAway,
    orders: await Promise.all(orders.slice(0, MOST).map(async (order) => ({ ...orderView(order), customer: order.shippingAddress.name, conversationId: await placeOf(order.customerId) }))),
    customers: await Promise.all(customers.slice(0, MOST).map(async ({ id, name, email, address }) => ({ id, name, email, country: address.country, conversationId: await placeOf(id) }))),
    cases: await cases(customers, orders),
    notes: notes.map(({ id, conversationId, agent, at, text }) => ({ id, conversationId, customer: stateOf.get(conversationId)?.identity.name ?? null, by: agent.name, at, text: around(text, words) })),
  };
}

function unique<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...new Map(rows.toReversed().map((row) => [key(row), row])).values()].toReversed();
}
