import type { Line } from '../../src/domain/message.js';
import type { ShopEvent } from '../../src/domain/notice.js';
import type { Order } from '../../src/domain/order.js';
import type { Instead } from '../support/a-core.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

export const hour = 3_600_000;
export const day = 24 * hour;
export type Core = Awaited<ReturnType<typeof aCore>>;

/** A core whose orders can be changed from outside, as a shop system does. */
export async function aChangingCore(instead: Instead = {}): Promise<Core & { change(number: string, change: (order: Order) => Order): void }> {
  const changes = new Map<string, (order: Order) => Order>();
  const changed = <T extends Order | null>(order: T): T => (order ? (changes.get(order.number)?.(order) ?? order) as T : order);
  const core = await aCore({
    ...instead,
    shop: (shop) => {
      const given = instead.shop ? instead.shop(shop) : shop;
      const { reader } = given;
      return reading(given, { findOrder: async (number) => changed(await reader.findOrder(number)), ordersOf: async (id) => (await reader.ordersOf(id)).map(changed) });
    },
  });
  return { ...core, change: (number, change) => void changes.set(number, change) };
}

/** A conversation in which a customer has said hello. */
export async function greeted(core: Core, customer: string, { locale, name = 'one' }: { readonly locale?: string; readonly name?: string } = {}): Promise<Talk> {
  const talk = await aTalk(core, name);
  await talk.says({ en: 'hello', es: 'hola, buenos días', zh: '你好', de: 'guten Tag', ru: 'здравствуйте', ar: 'مرحبا', fr: 'bonjour', pt: 'olá, bom dia' }[locale ?? 'en'] ?? 'hello', { identity: customer });
  return talk;
}

/** What was said since, by the bot, unasked: the lines that come of timers that are due after a while. */
export async function comesDue(core: Core, talk: Talk, ms = 0): Promise<Line[]> {
  const before = (await core.store.head(talk.id))?.lastSeq ?? 0;
  core.clock.move(ms);
  // What is put off or passed on comes due in a sweep of its own.
  for (let more = 1; more > 0;) more = await sweep(talk, core);
  return (await core.store.readLog(talk.id, before, 100)).filter((line) => line.from === 'bot');
}

async function sweep(talk: Talk, core: Core): Promise<number> {
  const fired = await talk.runtime.sweepTimers();
  for (const { conversationId } of await core.store.list(20)) await talk.runtime.settled(conversationId);
  return fired;
}

let count = 0;
/** An event as the shop tells it, at noon or so. */
export const event = <T extends ShopEvent['type']>(type: T, order: string, more: object = {}): ShopEvent => ({ type, id: `evt-${(count += 1)}`, order, at: '2026-06-17T09:00:00.000Z', ...more }) as ShopEvent;

export const keysOf = (lines: readonly Line[]): string[] => lines.flatMap((line) => line.replies ?? []).map((reply) => reply.key);
export const wordsOf = (lines: readonly Line[]): string => lines.map((line) => line.text).join('\n');
export const choicesOf = (lines: readonly Line[]): string[] => lines.flatMap((line) => line.choices ?? []).map((choice) => choice.id);
