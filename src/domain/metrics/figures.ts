import { byCustomer, cameBack, contactsOf, durableMs, isSolved, talk, type ByCustomer, type Contact, type Outcome } from './contacts.js';
import { isWithin, type RawHistory, type RawLine, type RawTicket, type Span } from './history.js';

/** How long something took, and how much of it was in time. */
export interface Times {
  readonly count: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
  readonly inTime: number;
  readonly late: number;
}

/** Every number of the insights page, for one span of time. What each means stands in docs/metrics.md. */
export interface Figures {
  readonly span: Span;
  readonly contacts: Readonly<Record<Outcome, number>>;
  readonly durable: { readonly solved: number; readonly held: number };
  readonly handOvers: readonly { readonly reason: string; readonly count: number }[];
  readonly firstAnswer: Times;
  readonly resolution: Times;
  readonly satisfaction: { readonly asked: number; readonly good: number; readonly bad: number; /** Of the good ones: the customer came back about the same within seven days. */ readonly reopened: number };
  readonly intents: readonly { readonly day: string; readonly intent: string; readonly locale: string; readonly channel: string; readonly count: number }[];
  readonly refusals: readonly { readonly rule: string; readonly count: number }[];
  readonly refunds: readonly { readonly flow: string; readonly currency: string; readonly count: number; readonly amount: number }[];
  readonly goodwill: readonly { readonly kind: 'coupon' | 'refund'; readonly currency: string; readonly count: number; readonly amount: number }[];
  readonly defects: { readonly orders: number; readonly defective: number };
  readonly disputes: { readonly told: { readonly orders: number; readonly disputed: number }; readonly untold: { readonly orders: number; readonly disputed: number } };
  readonly notUnderstood: { readonly messages: number; readonly unsure: number; readonly outOfScope: number; readonly gaps: number; readonly byLocale: readonly { readonly locale: string; readonly messages: number; readonly missed: number }[] };
}

/** Cases that say that something is wrong with an order. */
export const defectCases: ReadonlySet<string> = new Set(['lost_parcel', 'not_received', 'transport_damage', 'missing_item', 'wrong_item', 'product_fault', 'dispute']);

const ms = (at: string): number => Date.parse(at);

/** Counts things by some of what they are, most first, then by name. */
function countBy<T, K extends object>(all: readonly T[], keyOf: (one: T) => K): (K & { readonly count: number })[] {
  const counted = new Map<string, K & { readonly count: number }>();
  for (const one of all) {
    const key = keyOf(one);
    const name = JSON.stringify(key);
    counted.set(name, { ...key, count: (counted.get(name)?.count ?? 0) + 1 });
  }
  return [...counted.entries()].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The value so far up a list, by the nearest rank; null of an empty one. */
function rank(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

interface Lasting { readonly begun: string; readonly done: string | undefined; readonly dueAt: string | undefined }

/** What is not done yet counts once its time has passed: as late. */
function timesOf(all: readonly Lasting[], now: string): Times {
  const took = all.flatMap(({ begun, done }) => (done === undefined ? [] : [ms(done) - ms(begun)]));
  const isLate = ({ done, dueAt }: Lasting): boolean => dueAt !== undefined && ms(done ?? now) > ms(dueAt);
  return {
    count: took.length, medianMs: rank(took, 0.5), p90Ms: rank(took, 0.9),
    inTime: all.filter((one) => one.done !== undefined && one.dueAt !== undefined && !isLate(one)).length, late: all.filter(isLate).length,
  };
}

/** A wait for a person ends with the first word of one, or with the ticket where nobody said a word. */
const answered = (ticket: RawTicket, lines: readonly RawLine[]): string | undefined =>
  lines.find((line) => line.from === 'agent' && ms(line.at) >= ms(ticket.openedAt) && (ticket.closedAt === undefined || ms(line.at) <= ms(ticket.closedAt)))?.at;

/** Works every figure of a span out of the raw history, which has to reach seven days past its end for the durable ones. */
export function figuresOf(history: RawHistory, span: Span, now: string): Figures {
  const { talks } = history;
  const isIn = (at: string): boolean => isWithin(at, span);
  const found = talks.flatMap((raw) => contactsOf(raw, now));
  const all = byCustomer(found);
  const contacts = found.filter(({ from }) => isIn(from));
  const messages = talks.flatMap((raw) => raw.messages.filter(({ at }) => isIn(at)).map((message) => ({ ...message, channel: raw.channel })));
  const waits = talks.flatMap((raw) => raw.tickets.filter(({ kind, openedAt }) => kind === 'handover' && isIn(openedAt)).map((ticket) => ({ ticket, raw })));
  const tickets = talks.flatMap((raw) => raw.tickets.filter(({ openedAt }) => isIn(openedAt)));
  return {
    span,
    contacts: outcomes(contacts),
    durable: durable(contacts, all, now),
    handOvers: countBy(waits, ({ ticket }) => ({ reason: ticket.reason })),
    firstAnswer: timesOf(waits.flatMap(({ ticket, raw }): Lasting[] => {
      const done = answered(ticket, raw.lines);
      // Taken back by the customer before anybody came: nobody was waited for.
      return done === undefined && ticket.closedAt !== undefined ? [] : [{ begun: ticket.openedAt, done, dueAt: ticket.clocks?.firstAnswer ?? ticket.dueAt }];
    }), now),
    resolution: timesOf(tickets.filter((ticket) => ticket.kind !== 'handover' || ticket.isTaken || ticket.closedAt === undefined).map((ticket) => ({ begun: ticket.openedAt, done: ticket.closedAt, dueAt: ticket.clocks?.resolution ?? ticket.dueAt })), now),
    satisfaction: satisfaction(history, all, isIn),
    intents: countBy(messages.flatMap(({ at, locale, channel, intents }) => intents.filter(({ intent, verdict }) => verdict === 'sure' && !talk.has(intent)).map(({ intent }) => ({ day: at.slice(0, 10), intent, locale, channel }))), (one) => one)
      .sort((a, b) => (a.day === b.day ? b.count - a.count || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1) : a.day < b.day ? -1 : 1)),
    refusals: countBy(talks.flatMap((raw) => raw.lines.filter(({ at }) => isIn(at)).flatMap((line) => (line.receipts ?? []).filter(({ granted }) => !granted))), ({ rule }) => ({ rule })),
    refunds: sums(talks.flatMap((raw) => raw.writes.filter(({ at }) => isIn(at)).flatMap(({ flow, sums: moved }) => moved.filter(({ what }) => what === 'refund').map(({ amount }) => ({ key: { flow, currency: amount.currency }, amount: amount.amount }))))),
    goodwill: sums(talks.flatMap((raw) => raw.goodwill.filter(({ at }) => isIn(at)).map(({ kind, amount }) => ({ key: { kind, currency: amount?.currency ?? '' }, amount: amount?.amount ?? 0 })))),
    defects: defects(history, isIn),
    disputes: disputes(history, isIn),
    notUnderstood: notUnderstood(messages, history.gaps.filter(({ at }) => isIn(at)).length),
  };
}

function outcomes(contacts: readonly Contact[]): Figures['contacts'] {
  const count = (outcome: Outcome): number => contacts.filter((contact) => contact.outcome === outcome).length;
  return { running: count('running'), nothing: count('nothing'), 'handed-over': count('handed-over'), confirmed: count('confirmed'), assumed: count('assumed'), unsolved: count('unsolved') };
}

/** Of what was solved and is seven days old: what the customer did not come back about. */
function durable(contacts: readonly Contact[], all: ByCustomer, now: string): Figures['durable'] {
  const solved = contacts.filter((contact) => isSolved(contact) && ms(now) - ms(contact.heardAt) >= durableMs);
  return { solved: solved.length, held: solved.filter((contact) => !cameBack(contact, contact.heardAt, all)).length };
}

function satisfaction({ talks }: RawHistory, all: ByCustomer, isIn: (at: string) => boolean): Figures['satisfaction'] {
  const asked = talks.flatMap((raw) => raw.ratings.filter(({ askedAt }) => isIn(askedAt)).map((rating) => ({ rating, raw })));
  const good = asked.filter(({ rating }) => rating.score === 'good');
  const reopened = good.filter(({ rating, raw }) => {
    const isAgain = raw.tickets.some(({ kind, openedAt }) => kind === 'handover' && ms(openedAt) > ms(rating.solvedAt) && ms(openedAt) - ms(rating.solvedAt) <= durableMs);
    // What was solved is the contact that was under way then.
    const solved = (all.get(raw.customerId ?? raw.conversationId) ?? []).filter(({ conversationId, from }) => conversationId === raw.conversationId && ms(from) <= ms(rating.solvedAt)).at(-1);
    return isAgain || (solved !== undefined && cameBack(solved, rating.solvedAt, all));
  });
  return { asked: asked.length, good: good.length, bad: asked.filter(({ rating }) => rating.score === 'bad').length, reopened: reopened.length };
}

function sums<K extends object>(moved: readonly { readonly key: K; readonly amount: number }[]): (K & { readonly count: number; readonly amount: number })[] {
  return countBy(moved, ({ key }) => key).map((one) => ({
    ...one, amount: moved.filter(({ key }) => Object.entries(key).every(([name, value]) => Object.entries(one).some(([own, same]) => own === name && same === value))).reduce((total, { amount }) => total + amount, 0),
  }));
}

function defects({ talks, orders }: RawHistory, isIn: (at: string) => boolean): Figures['defects'] {
  const reported = new Set(talks.flatMap(({ cases }) => cases.filter(({ kind }) => defectCases.has(kind)).map(({ order }) => order)));
  const placed = orders.filter(({ placedAt }) => isIn(placedAt));
  return { orders: placed.length, defective: placed.filter(({ number, isFaulty }) => isFaulty || reported.has(number)).length };
}

/** An order counts as told from the first word that came unasked: a dispute before it is one of an order nobody had told anything about. */
function disputes({ talks, orders }: RawHistory, isIn: (at: string) => boolean): Figures['disputes'] {
  const firsts = (all: readonly { readonly order: string; readonly at: string }[]): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (const { order, at } of all) found.set(order, Math.min(found.get(order) ?? Infinity, ms(at)));
    return found;
  };
  const notices = firsts(talks.flatMap(({ lines }) => lines.flatMap(({ notice, at }) => (notice === undefined ? [] : [{ order: notice, at }]))));
  const opened = firsts(talks.flatMap(({ cases }) => cases.filter(({ kind }) => kind === 'dispute').map(({ order, openedAt }) => ({ order, at: openedAt }))));
  const placed = orders.filter(({ placedAt }) => isIn(placedAt)).map(({ number }) => ({ told: notices.get(number), disputed: opened.get(number) }));
  const told = placed.filter((one) => one.told !== undefined && (one.disputed === undefined || one.told <= one.disputed));
  const untold = placed.filter((one) => one.told === undefined || (one.disputed !== undefined && one.told > one.disputed));
  const rate = (some: typeof placed) => ({ orders: some.length, disputed: some.filter(({ disputed }) => disputed !== undefined).length });
  return { told: rate(told), untold: rate(untold) };
}

function notUnderstood(messages: readonly { readonly locale: string; readonly intents: readonly { readonly verdict: string }[] }[], gaps: number): Figures['notUnderstood'] {
  const verdict = (one: (typeof messages)[number]): string => one.intents[0]?.verdict ?? 'sure';
  const locales = [...new Set(messages.map(({ locale }) => locale))].sort();
  return {
    messages: messages.length, unsure: messages.filter((one) => verdict(one) === 'unsure').length, outOfScope: messages.filter((one) => verdict(one) === 'out_of_scope').length, gaps,
    byLocale: locales.map((locale) => {
      const own = messages.filter((one) => one.locale === locale);
      return { locale, messages: own.length, missed: own.filter((one) => verdict(one) !== 'sure').length };
    }),
  };
}
