import { Fault } from '../domain/fault.js';
import { figuresOf, type Figures } from '../domain/metrics/figures.js';
import { spanBefore, type RawHistory, type RawTalk, type Span } from '../domain/metrics/history.js';
import { rawOrderOf } from '../domain/metrics/orders.js';
import { clocksOf } from '../domain/service-level.js';
import type { DeskParts } from './parts.js';
import { Refused } from './refusals.js';

/** The figures of a span and of the one before it. */
export interface Insights {
  readonly now: string;
  readonly figures: Figures;
  readonly before: Figures;
  /** The shop did not answer: what is counted by orders is missing. */
  readonly isShopAway: boolean;
}

const PAGE = 500;
/** Conversations read at most at once; more is asked for in parts. */
const MOST = 20_000;
const MOST_CUSTOMERS = 5_000;
/** Customers whose orders are asked for side by side. */
const AT_ONCE = 8;

/** Makes the reader of figures: the raw history out of the records and the shop, then pure arithmetic. */
export function createInsights({ records, shop, clock, policy }: Pick<DeskParts, 'records' | 'shop' | 'clock' | 'policy'>): (span: Span) => Promise<Insights> {
  async function talksIn(span: Span): Promise<RawTalk[]> {
    const talks: RawTalk[] = [];
    for (let after = ''; ;) {
      const ids = await records.history.conversations(span, after, PAGE);
      talks.push(...await records.history.read(ids));
      if (talks.length > MOST) throw new Refused(422, 'SpanTooLong', 'There is too much in this span for one look. Choose a shorter one.');
      if (ids.length < PAGE) return talks;
      after = ids.at(-1) ?? '';
    }
  }

  async function ordersOf(talks: readonly RawTalk[]): Promise<RawHistory['orders']> {
    const customers = [...new Set(talks.flatMap(({ customerId }) => customerId ?? []))].sort().slice(0, MOST_CUSTOMERS);
    const orders: RawHistory['orders'][number][] = [];
    for (let at = 0; at < customers.length; at += AT_ONCE) {
      const found = await Promise.all(customers.slice(at, at + AT_ONCE).map((id) => shop.ordersOf(id)));
      orders.push(...found.flat().flatMap((order) => rawOrderOf(order) ?? []));
    }
    return orders;
  }

  /** Puts the clocks of the desk to each hand-over, as the queue shows them. */
  async function clocked(talks: readonly RawTalk[], now: string): Promise<RawTalk[]> {
    const zone = await shop.profile().then((profile) => profile.timeZone, () => 'UTC');
    const dueOf = (openedAt: string): NonNullable<RawTalk['tickets'][number]['clocks']> => {
      const [first, end] = clocksOf({ openedAt }, policy, zone, now);
      return { firstAnswer: first?.dueAt ?? now, resolution: end?.dueAt ?? now };
    };
    return talks.map((talk) => ({ ...talk, tickets: talk.tickets.map((ticket) => (ticket.kind === 'handover' && ticket.reason !== 'taken' ? { ...ticket, clocks: dueOf(ticket.openedAt) } : ticket)) }));
  }

  return async (span) => {
    const now = clock.now();
    const earlier = spanBefore(span);
    // What came of it lies behind the span: who came back, what was disputed later.
    const window = { from: earlier.from, to: new Date(Date.parse(now) + 1).toISOString() };
    const [read, gaps] = await Promise.all([talksIn(window), records.history.gaps(window)]);
    let orders: RawHistory['orders'] = [];
    let isShopAway = false;
    const talks = await clocked(read, now);
    try {
      orders = await ordersOf(talks);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      isShopAway = true;
    }
    const history: RawHistory = { talks, orders, gaps };
    return { now, figures: figuresOf(history, span, now), before: figuresOf(history, earlier, now), isShopAway };
  };
}
