import type { Found, Reading } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';
import { pricedFor } from '../domain/product.js';
import { exchangeSum } from '../domain/return-life.js';
import { freightOut, isSpent, planReturn } from '../domain/return-rules.js';
import type { Selection } from './grounding/selection.js';
import type { Swaps } from './swaps-slot.js';

type Waiting = NonNullable<Reading['waiting']>[number];

/** What a wish that waits comes to in its slot of pieces: what is settled of it, else what its words name; undefined while that is open. */
async function piecesOf(wish: Waiting | undefined, reading: Reading, find: (wish: Waiting) => Promise<Found<Json>>): Promise<Json | undefined> {
  if (!wish || !reading.policy.returns.oncePerOrder) return undefined;
  if (wish.slots['items'] !== undefined) return wish.slots['items'];
  const found = await find(wish);
  return 'value' in found ? found.value : undefined;
}

const waitingFor = (flow: string, { waiting = [] }: Reading): Waiting | undefined => waiting.find((wish) => wish.flow === flow);
const findingOf = (wish: Waiting, reading: Reading) => ({ ...reading, intent: wish.intent, slots: {}, ...(wish.said['items'] === undefined ? {} : { said: wish.said['items'] }) });

/** What an order's return would bring that is wanted as well, where the shop allows one return or one exchange of an order. */
export async function returnInstead(number: string, reading: Reading, find: (finding: ReturnType<typeof findingOf>) => Promise<Found<Json>>): Promise<Money | undefined> {
  const pieces = (await piecesOf(waitingFor('return-item', reading), reading, (wish) => find(findingOf(wish, reading)))) as unknown as Selection | undefined;
  const picks = pieces?.picks.filter((pick) => pick.order === number) ?? [];
  const order = picks.length > 0 ? await reading.shop.findOrder(number) : null;
  if (!order || isSpent(order)) return undefined;
  const plan = planReturn(order, picks.map(({ line, quantity }) => ({ line, quantity })), 'unstated', reading.policy, reading.now, reading.timeZone, reading.customer?.level);
  return 'refused' in plan ? undefined : plan.refund;
}

/** What an order's exchange would cost or bring that is wanted as well, likewise: the price difference and the postage in one sum. */
export async function exchangeInstead(number: string, reading: Reading, find: (finding: ReturnType<typeof findingOf>) => Promise<Found<Json>>): Promise<Money | undefined> {
  const pieces = (await piecesOf(waitingFor('swap-items', reading), reading, (wish) => find(findingOf(wish, reading)))) as unknown as Swaps | undefined;
  const picks = pieces?.picks.filter((pick) => pick.order === number && pick.variant !== undefined) ?? [];
  const order = picks.length > 0 ? await reading.shop.findOrder(number) : null;
  if (!order || isSpent(order)) return undefined;
  const differences = await Promise.all(picks.map(async ({ line, variant, quantity }) => {
    const piece = order.lines.find(({ id }) => id === line);
    const product = piece && await reading.shop.findProduct(piece.productId);
    const to = product && pricedFor(piece, product).variants.find(({ id }) => id === variant);
    return to && piece ? (to.price.amount - piece.unitPrice.amount) * quantity : 0;
  }));
  const plan = planReturn(order, picks.map(({ line, quantity }) => ({ line, quantity })), 'unstated', reading.policy, reading.now, reading.timeZone, reading.customer?.level);
  const freight = 'refused' in plan ? 0 : plan.freight.amount + freightOut(plan, reading.policy).amount;
  return exchangeSum({ difference: money(differences.reduce((sum, one) => sum + one, 0), order.currency), freight: money(freight, order.currency) });
}
