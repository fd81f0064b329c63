import { describe, expect, jest, test } from '@jest/globals';
import type { Order, Parcel } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aChangingCore, greeted, type Core } from '../flows/notices.js';
import { aTalk } from '../flows/talking.js';
import type { Talk } from '../support/a-core.js';

jest.setTimeout(240_000);

const [anna, tom, maria] = ['cus-0001', 'cus-0002', 'cus-0004'];
const second = 1000;
const day = 86_400_000;

/**
 * Before which nights each clock runs: none in which clocks are changed, the one with an hour more (Spain, 25 October 2026) and
 * the one with an hour less (28 March 2027). The day after each start is a holiday of the desk.
 */
const seasons = [
  { name: 'in summer', from: '2026-06-17T09:00:00.000Z', holiday: '2026-06-18', answered: '2026-06-22T16:00:00.000Z' },
  { name: 'over the night with an hour more', from: '2026-10-22T09:00:00.000Z', holiday: '2026-10-23', answered: '2026-10-27T17:00:00.000Z' },
  { name: 'over the night with an hour less', from: '2027-03-25T09:00:00.000Z', holiday: '2027-03-26', answered: '2027-03-30T16:00:00.000Z' },
] as const;
type Season = (typeof seasons)[number];

type Changing = Core & { change(number: string, change: (order: Order) => Order): void };
interface Running { readonly talk: Talk; readonly due: string }
interface Clock {
  readonly name: string;
  readonly policy?: (policy: Policy) => Policy;
  /** Sets it going: a talk, or what the shop's data says. */
  start(core: Changing, season: Season): Promise<Running>;
  /** The reply it brings when it is over. */
  readonly says: string;
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const life = (more: Partial<Policy['returns']['life']>) => (policy: Policy): Policy => ({ ...policy, returns: { ...policy.returns, life: { ...policy.returns.life, ...more } } });
/** The same order, so much later. */
const moved = (ms: number) => (order: Order): Order =>
  JSON.parse(JSON.stringify(order), (_, value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/u.test(value) ? later(value, ms) : value)) as Order;

async function aReturn(core: Changing): Promise<{ talk: Talk; one: Order['returns'][number] }> {
  const talk = await aTalk(core);
  await talk.says('I want to send the desk lamp from AC-100003 back, I changed my mind', { identity: anna });
  await talk.says('yes');
  const one = (await core.shop.reader.findOrder('AC-100003'))?.returns[0];
  if (!one) throw new Error('there is no return');
  return { talk, one };
}

/** An order as if its days had begun with the season. */
async function inSeason(core: Changing, { from }: Season, number: string, since: (order: Order) => string | null | undefined): Promise<Order> {
  const order = await core.shop.reader.findOrder(number);
  const at = order && since(order);
  if (!order || typeof at !== 'string') throw new Error(`${number} has no such day`);
  const change = moved(Date.parse(from) - Date.parse(at));
  core.change(number, change);
  return change(order);
}

async function aRepair(core: Changing, wish: string, identity: string, answers: readonly string[]): Promise<Talk> {
  const talk = await aTalk(core);
  await talk.says(wish, { identity });
  for (const answer of [...answers, 'yes']) await talk.says(answer);
  expect(talk.keys().some((key) => key.startsWith('repair.done.'))).toBe(true);
  return talk;
}

async function aCase(core: Changing): Promise<Running> {
  const talk = await aTalk(core);
  await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
  for (const answer of ['Submit it to the platform', 'the glass is cracked and the shop does not write back', 'Nothing for now', 'yes']) await talk.says(answer);
  const [one] = await core.records.cases.ofCustomer(anna);
  return { talk, due: one?.dueAt ?? '' };
}

const clocks: readonly Clock[] = [
  {
    name: '[TB-09] five days to answer a return', says: 'return-news.accepted', policy: life({ sellerAnswers: true }),
    start: async (core) => aReturn(core).then(({ talk, one }) => ({ talk, due: one.answerBy ?? '' })),
  },
  {
    name: '[TB-09] five days to answer a return, in a shop whose silence is a no', says: 'return-news.declined', policy: life({ sellerAnswers: true, silence: 'decline' }),
    start: async (core) => aReturn(core).then(({ talk, one }) => ({ talk, due: one.answerBy ?? '' })),
  },
  {
    name: '[TB-09] five days to answer a refund', says: 'refund-news.granted',
    async start(core) {
      const talk = await aTalk(core);
      await talk.says('refund only for AC-100007', { identity: tom });
      for (const answer of ['no', 'no', 'yes']) await talk.says(answer);
      const opened = (await core.shop.reader.findOrder('AC-100007'))?.refunds?.[0]?.openedAt ?? '';
      return { talk, due: later(opened, 5 * day) };
    },
  },
  {
    name: 'the goods are sent back', says: 'return-news.expired',
    start: async (core) => aReturn(core).then(({ talk, one }) => ({ talk, due: later(one.shipBy, day) })),
  },
  {
    name: '[TB-12] ten days to confirm what came back, then the refund goes out by itself', says: 'return-news.refunded',
    async start(core) {
      const { talk, one } = await aReturn(core);
      const order = await core.shop.reader.findOrder('AC-100003');
      const scannedAt = core.clock.now();
      await core.shop.writer.decideReturn({ orderNumber: 'AC-100003', revision: order?.revision ?? 0, returnNumber: one.number, decision: { kind: 'arrived', scannedAt } }, 'scan', scannedAt);
      return { talk, due: later(scannedAt, 10 * day) };
    },
  },
  {
    name: 'the days a repair takes once the piece is there', says: 'notice.repair-overdue',
    async start(core) {
      const talk = await aRepair(core, "I'd like to have the kettle from AC-100004 repaired under warranty", tom, ['repair by the shop', 'it no longer heats up', 'no']);
      const order = await core.shop.reader.findOrder('AC-100004');
      const scannedAt = core.clock.now();
      await core.shop.writer.decideReturn({ orderNumber: 'AC-100004', revision: order?.revision ?? 0, returnNumber: order?.returns[0]?.number ?? '', decision: { kind: 'arrived', scannedAt } }, 'scan', scannedAt);
      return { talk, due: later(scannedAt, 15 * day) };
    },
  },
  {
    name: 'the days a repair at the customer’s place takes', says: 'notice.repair-overdue',
    async start(core) {
      const talk = await aRepair(core, 'can you repair the desk lamp from AC-100003?', anna, ['it flickers and then goes dark', 'no', 'somebody comes to me']);
      return { talk, due: later((await core.shop.reader.findOrder('AC-100003'))?.returns[0]?.openedAt ?? '', 15 * day) };
    },
  },
  {
    name: 'a repair nothing is sent in for', says: 'return-news.repair-expired',
    async start(core) {
      const talk = await aRepair(core, "I'd like to have the kettle from AC-100004 repaired under warranty", tom, ['repair by the shop', 'it no longer heats up', 'no']);
      return { talk, due: later((await core.shop.reader.findOrder('AC-100004'))?.returns[0]?.shipBy ?? '', day) };
    },
  },
  {
    name: '[TB-28] the days in which the new pieces of an exchange are sent', says: 'notice.exchange-overdue',
    async start(core) {
      const talk = await aTalk(core);
      await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
      await talk.says('yes');
      const passedAt = core.clock.now();
      for (const kind of ['received', 'passed'] as const) {
        const order = await core.shop.reader.findOrder('AC-100021');
        await core.shop.writer.decideReturn({ orderNumber: 'AC-100021', revision: order?.revision ?? 0, returnNumber: order?.returns[0]?.number ?? '', decision: { kind } }, kind, passedAt);
      }
      return { talk, due: later(passedAt, 7 * day) };
    },
  },
  {
    name: '[AE-02] seven days to send an order', says: 'notice.handling-overdue',
    async start(core, season) {
      await inSeason(core, season, 'AC-100002', (order) => order.history.find(({ state }) => state === 'paid' || state === 'under_review')?.at ?? order.placedAt);
      return { talk: await greeted(core, anna), due: later(season.from, 7 * day) };
    },
  },
  {
    name: '[AE-06] the protection of a purchase, five days before its end', says: 'notice.protection-ends',
    async start(core, season) {
      await inSeason(core, season, 'AC-100001', (order) => order.parcels[0]?.shippedAt);
      return { talk: await greeted(core, anna), due: later(season.from, 55 * day) };
    },
  },
  {
    name: '[AE-06] the extended protection of a purchase, five days before its new end and not before its old one', says: 'notice.protection-ends',
    async start(core, season) {
      await inSeason(core, season, 'AC-100001', (order) => order.parcels[0]?.shippedAt);
      const talk = await greeted(core, anna);
      await talk.says('extend the protection of AC-100001');
      await talk.says('yes');
      expect(talk.keys()).toContain('extend-protection.done');
      // The shop's data is told anew here: the same order, so much later, with the end that was written.
      const written = later(season.from, 75 * day);
      expect((await core.shop.reader.findOrder('AC-100001'))?.protection?.extensions).toBe(1);
      const order = await inSeason(core, season, 'AC-100001', ({ parcels }) => parcels[0]?.shippedAt);
      core.change('AC-100001', () => ({ ...order, protection: { until: written, extensions: 1 } }));
      return { talk, due: later(season.from, 70 * day) };
    },
  },
  {
    name: '[TB-35] a week after dispatch', says: 'notice.check-in',
    async start(core, season) {
      const order = await inSeason(core, season, 'AC-100005', ({ parcels }) => parcels.flatMap(({ shippedAt }) => shippedAt ?? []).toSorted().at(-1));
      const scan = { at: later(season.from, 3_600_000), leg: 'last_mile', code: 'delivered', place: 'Berlin', country: 'DE', carrier: 'C' } as const;
      core.change('AC-100005', () => ({ ...order, state: 'delivered', parcels: order.parcels.map((parcel): Parcel => ({ ...parcel, state: 'delivered', scans: [...parcel.scans, scan] })) }));
      return { talk: await greeted(core, tom), due: later(season.from, 7 * day) };
    },
  },
  {
    name: '[WI-09] two business days to answer who asked for a person', says: 'notice.answer-overdue',
    async start(core, { answered }) {
      const talk = await aTalk(core);
      await talk.says('I want to talk to a person', { identity: tom });
      expect((await core.records.tickets.ofConversation(talk.id))[0]?.dueAt).toBe(answered);
      return { talk, due: answered };
    },
  },
  {
    name: '[TB-16] five days to answer a case', says: 'notice.answer-overdue',
    start: aCase,
  },
];

/** Everything that is due by the clock, in a process that has just begun; gives how often the clock has spoken by then. */
async function look(core: Changing, { id }: Talk, says: string): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    const runtime = createRuntime({ ...core });
    await runtime.start();
    await runtime.sweepTimers();
    await runtime.settled(id);
    await runtime.stop();
    core.clock.move(5);
  }
  return (await core.store.readLog(id, 0, 500)).flatMap((line) => line.replies ?? []).filter(({ key }) => key === says).length;
}

const moveTo = (core: Core, instant: string): void => core.clock.move(Date.parse(instant) - Date.parse(core.clock.now()));

const coreIn = (season: Season, own: (policy: Policy) => Policy = (one) => one): Promise<Changing> => aChangingCore({
  policy: (given) => own({
    ...given, returns: { ...given.returns, windowDays: null }, disputes: { ...given.disputes, windowDays: 3650 }, desk: { ...given.desk, holidays: [season.holiday] },
    // Nights are none here: they have a test of their own; nor does a person come in by themselves.
    notices: { ...given.notices, quietHours: { from: '00:00', to: '00:00' } }, handOver: { ...given.handOver, reasons: [] },
  }),
});

describe.each(clocks)('$name', ({ policy, start, says }) => {
  test.each(seasons)('$name: silent a second before its end, heard on it, once, and not again a second, a day and a month later, over new starts', async (season) => {
    const core = await coreIn(season, policy);
    moveTo(core, season.from);
    const { talk, due } = await start(core, season);
    await talk.end();
    const heard: number[] = [];
    for (const ms of [-second, 0, second, day, 30 * day]) {
      moveTo(core, later(due, ms));
      heard.push(await look(core, talk, says));
    }
    expect(heard).toEqual([0, 1, 1, 1, 1]);
  });
  test('whose end nobody was there for is heard once when somebody is there again', async () => {
    const core = await coreIn(seasons[0], policy);
    const { talk, due } = await start(core, seasons[0]);
    await talk.end();
    moveTo(core, later(due, 2 * 3_600_000));
    expect([await look(core, talk, says), await look(core, talk, says)]).toEqual([1, 1]);
  });
});

describe('a case nobody has answered in time', () => {
  test('[TB-16] the word that says so leads straight to the platform: pressed, it steps in after a yes; a second before it cannot', async () => {
    const core = await coreIn(seasons[0]);
    const { talk, due } = await aCase(core);
    moveTo(core, later(due, -second));
    await talk.says('ask the platform to step in on my dispute about the desk lamp from AC-100003', { identity: anna });
    expect(talk.keys()).toContain('dispute.refused.too-early');
    expect(talk.words()).toContain('from 22 June 2026, 11:00 CEST on');
    moveTo(core, due);
    await talk.runtime.sweepTimers();
    await talk.runtime.settled(talk.id);
    const told = (await core.store.readLog(talk.id, 0, 500)).findLast((line) => line.replies?.some(({ key }) => key === 'notice.answer-overdue'));
    expect(told?.text).toMatch(/by 22 June 2026, 11:00 CEST[\s\S]*ask the platform to step in now/u);
    const [button] = told?.choices ?? [];
    expect(button?.id).toBe('i:dispute_open');
    await talk.presses('i:dispute_open');
    if (talk.keys()[0]?.startsWith('who.')) await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['dispute.ask.open']);
    await talk.says('Ask the platform to step in');
    expect(talk.keys()).toContain('dispute.plan.escalate');
    await talk.says('yes');
    expect(talk.keys()).toContain('dispute.done.platform');
  });
});
