import { defineAnswerFlow, type Finding, type Found, type Heard, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, OrderLine } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { subtract, sum, times } from '../domain/money.js';
import { statesSaid } from '../domain/words/order-states.js';
import { LATEST } from '../domain/words/orders.js';
import { asksForRest, asksForSum } from '../domain/words/sums.js';
import { joinReferences, linesNamed, ordersMeant, refer, type Reference } from './grounding.js';
import { dated, orderDetails } from './order-details.js';
import { productsOf } from './slots.js';
import { lineName, orderItems, orderLabel } from './wording.js';

/** Lines of an order of which nothing has gone back or is on its way back. */
const linesLeft = (order: Order): readonly OrderLine[] =>
  order.lines.filter((line) => line.returnedQuantity < line.quantity && !order.returns.some((one) => !['withdrawn', 'declined', 'rejected', 'expired'].includes(one.state) && one.lines.some(({ lineId }) => lineId === line.id)));

const PAGE = 10;

type SaidHistory = Reference & { readonly states: readonly string[] | null; readonly latest: number | null; /** A sum is asked for: of the things named, or of what is left of an order. */ readonly sum?: boolean; readonly rest?: boolean };
/** The orders to tell of; `whole` = each of them with everything it says. */
type Shown = { readonly numbers: readonly string[]; readonly whole: boolean; /** Lines whose sum is told beside. */ readonly sum?: readonly { readonly order: string; readonly line: string }[]; readonly rest?: boolean };

const shown = (orders: readonly Order[], whole: boolean): Found<Shown> => ({ value: { numbers: orders.map((order) => order.number), whole }, ...(orders.length === 1 && orders[0] ? { topic: { order: orders[0].number } } : {}) });

/** Past orders: those named by number, by what is in them, by time or by how they stand; without a word, all of them. */
const pastOrders: Slot<Shown> = {
  hear(heard: Heard) {
    // A postcode told beside is no order's number.
    const entities = heard.entities.filter((entity) => heard.asked || entity.kind !== 'order_number' || entity.marked || entity.value.replace(/\D/gu, '').length > 6);
    const reference = refer({ ...heard, entities, asked: true }, 'order_number');
    // A number without a word told who is speaking; it narrows nothing.
    if (!heard.asked && reference.numbers.length > 0 && !/\p{L}/u.test(reference.words)) return undefined;
    const said: SaidHistory = { ...reference, states: statesSaid(heard.text, heard.entities), latest: LATEST.test(heard.text) ? reference.quantity ?? 1 : null, ...(asksForSum(heard.text) ? { sum: true } : {}), ...(asksForRest(heard.text) ? { rest: true } : {}) };
    return { said, definite: reference.numbers.length > 0 };
  },
  join: (before, now) => joinReferences(before as SaidHistory, now as SaidHistory),
  async find(finding: Finding): Promise<Found<Shown>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    if (orders.length === 0) return { refused: 'no-orders' };
    const said = finding.said as SaidHistory | undefined;
    if (!said) return shown(orders, orders.length === 1);
    const products = await productsOf(orders, finding);
    const meant = ordersMeant({ ...said, all: false, days: [], positions: [], hint: [] }, orders, products, (instant) => dayIn(instant, finding.timeZone));
    if (meant.missing !== undefined && meant.matches.length === 0) {
      return { ask: { key: 'order.unknown', values: { number: meant.missing } }, options: orders.slice(0, 6).map((order) => ({ label: orderLabel(order), value: { numbers: [order.number], whole: true } })) };
    }
    const about = orders.find(({ number }) => number === (meant.matches.length === 1 && said.numbers.length === 1 ? meant.matches[0]?.number : finding.topic.order));
    if (said.sum === true && said.rest === true && about) return { value: { numbers: [about.number], whole: false, rest: true, sum: linesLeft(about).map(({ id }) => ({ order: about.number, line: id })) }, topic: { order: about.number } };
    const bought = said.sum === true && said.numbers.length === 0 ? orders.filter(({ state }) => state !== 'cancelled').flatMap((order) => linesNamed(order.lines, said.words, products).map(({ id }) => ({ order: order.number, line: id }))) : [];
    if (bought.length > 0) return { value: { numbers: [...new Set(bought.map(({ order }) => order))], whole: false, sum: bought } };
    if (said.numbers.length > 0) return shown(meant.matches, true);
    const { states } = said;
    const named = orders.filter((order) => linesNamed(order.lines, said.words, products).length > 0);
    const isIn = (order: Order): boolean => order.placedAt !== undefined && said.days.some(({ from, to }) => dayIn(order.placedAt ?? '', finding.timeZone) >= from && dayIn(order.placedAt ?? '', finding.timeZone) <= to);
    const fitting = (named.length > 0 ? named : orders).filter((order) => (states === null || states.includes(order.state)) && (said.days.length === 0 || isIn(order)));
    // Nothing of that kind is an answer, too; all of them would be a wrong one.
    if (fitting.length === 0) return { value: { numbers: [], whole: false } };
    const positions = said.positions.map((position) => (position < 0 ? fitting[-position - 1] : fitting[position - 1])).filter((order): order is Order => order !== undefined);
    if (said.latest !== null && said.latest > 1) return shown(fitting.slice(0, said.latest), false);
    if (positions.length > 0) return shown(positions, true);
    const isNarrow = named.length > 0 || states !== null || said.days.length > 0;
    return shown(fitting, fitting.length === 1 && (isNarrow || orders.length === 1));
  },
};

/** Tells past orders, in pages of ten; an order that is asked for by itself is told with everything it says. */
export const orderHistory = defineAnswerFlow({
  id: 'order-history',
  needs: 'L1',
  slots: { orders: pastOrders },
  refusals: ['no-orders', 'none-fits'],

  async answer({ slots, shop, timeZone }) {
    const orders = (await Promise.all(slots.orders.numbers.map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const [first] = orders;
    if (!first) return { refused: 'none-fits', offers: ['order_history'] };
    const { sum: summed } = slots.orders;
    if (summed && summed.length > 0) return { say: [sumReply(orders, summed, slots.orders.rest === true)], ...(orders.length === 1 ? { topic: { order: first.number } } : {}) };
    if (slots.orders.whole) {
      return { say: orders.slice(0, 3).flatMap((order) => orderDetails(order, { timeZone })), ...(orders.length === 1 ? { topic: { order: first.number } } : {}), offers: offersFor(orders) };
    }
    const lines = orders.map((order): Value => ({
      text: { key: 'order-history.line', values: { number: order.number, ...dated(order.placedAt, timeZone), items: orderItems(order, 12), state: { text: { key: `order-state.${order.state}` } }, total: { money: order.total } } },
    }));
    const pages: Reply[] = Array.from({ length: Math.ceil(lines.length / PAGE) }, (_, page) => {
      const part = lines.slice(page * PAGE, (page + 1) * PAGE);
      const values = { count: orders.length, from: page * PAGE + 1, to: page * PAGE + part.length, lines: { lines: part } };
      return { key: orders.length > PAGE ? 'order-history.page' : 'order-history.list', values };
    });
    return { say: [...pages, { key: 'order-history.more' }], ...(orders.length === 1 ? { topic: { order: first.number } } : {}) };
  },
});

/** What some lines cost, one by one and in all. */
function sumReply(orders: readonly Order[], lines: readonly { readonly order: string; readonly line: string }[], isRest: boolean): Reply {
  const found = orders.flatMap((order) => order.lines.filter(({ id }) => lines.some((one) => one.order === order.number && one.line === id)).map((line) => ({ order, line, paid: subtract(times(line.unitPrice, line.quantity), line.discount) })));
  const currencies = [...new Set(found.map(({ paid }) => paid.currency))];
  return {
    key: isRest ? 'order-history.rest' : 'order-history.spent',
    values: {
      number: orders[0]?.number ?? '', lines: { lines: found.map(({ order, line, paid }): Value => ({ text: { key: 'order-history.paid', values: { item: lineName(line), number: order.number, amount: { money: paid } } } })) },
      total: { list: currencies.map((currency): Value => ({ money: sum(found.flatMap(({ paid }) => (paid.currency === currency ? [paid] : [])), currency) })) },
    },
  };
}

const offersFor = (orders: readonly Order[]): string[] => {
  const [order, other] = orders;
  if (!order || other) return [];
  switch (order.state) {
    case 'unpaid':
    case 'under_review':
    case 'paid': return ['order_change_address', 'order_cancel'];
    case 'shipped': return ['track_parcel'];
    case 'delivered': return ['return_request', 'invoice_request'];
    default: return [];
  }
};
