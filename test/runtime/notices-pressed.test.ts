import { describe, expect, jest, test } from '@jest/globals';
import type { Json, Line } from '../../src/domain/message.js';
import type { NoticeKind, ShopEvent } from '../../src/domain/notice.js';
import type { Order, Parcel } from '../../src/domain/order.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { aChangingCore, comesDue, event, greeted } from '../flows/notices.js';
import type { Talk } from '../support/a-core.js';

jest.setTimeout(60_000);

type Changing = Awaited<ReturnType<typeof aChangingCore>>;
const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];
const mails: Readonly<Record<string, string>> = { [anna]: 'anna@example.com', [tom]: 'tom@example.com', [emily]: 'emily@example.com' };

/** One notice as it is sent by itself, and where each of its buttons leads: the key of the first reply to the press. */
interface Sent {
  readonly kind: NoticeKind;
  readonly name: string;
  readonly customer: string;
  /** What makes it due. */
  send(core: Changing, talk: Talk): Promise<void>;
  readonly says: string;
  readonly leads: Readonly<Record<string, RegExp>>;
}

const parcelsIn = (state: Parcel['state'], order: Order['state'], more: Partial<Parcel> = {}) => (one: Order): Order => ({ ...one, state: order, parcels: one.parcels.map((parcel): Parcel => ({ ...parcel, state, ...more })) });
const tells = (type: ShopEvent['type'], order: string, more: object = {}) => async (_core: Changing, talk: Talk): Promise<void> => {
  expect(await talk.runtime.shopEvent(event(type, order, more))).toBe('accepted');
};
const due = async (core: Changing, talk: Talk, name: string, data: Json): Promise<void> => core.records.timers.set({ id: `test|${name}`, conversationId: talk.id, name, dueAt: core.clock.now(), data });

async function aDispute(core: Changing, talk: Talk): Promise<string> {
  const lines = ((await core.shop.reader.findOrder('AC-100003'))?.lines ?? []).slice(0, 1).map(({ id }) => ({ lineId: id, quantity: 1 }));
  return (await core.records.cases.open({ kind: 'dispute', conversationId: talk.id, customerId: anna, orderNumber: 'AC-100003', lines, owner: 'returns_desk', dueAt: core.clock.now(), details: {} }, 'k', core.clock.now())).number;
}

async function aRepair(core: Changing, talk: Talk): Promise<void> {
  for (const words of ['can you repair the desk lamp from AC-100003?', 'it flickers and then goes dark', 'no', 'somebody comes to me', 'yes']) await talk.says(words, { identity: anna });
  expect(talk.keys()).toContain('repair.done.on-site');
  core.clock.move(16 * 86_400_000);
}

const person = /^handover\.announced/u;
const tracking = /^track\./u;
const sent: readonly Sent[] = [
  { kind: 'dispatched', name: 'sent', customer: anna, send: tells('dispatched', 'AC-100001'), says: 'notice.dispatched', leads: { 'i:track_parcel': tracking } },
  { kind: 'delayed', name: 'late', customer: anna, send: tells('delayed', 'AC-100001', { expected: '2026-06-25' }), says: 'notice.delayed', leads: { 'i:track_parcel': tracking, 'i:extend_protection': /^extend-protection\.plan/u, h: person } },
  { kind: 'in_country', name: 'in the country', customer: anna, send: tells('in_country', 'AC-100001'), says: 'notice.in-country', leads: { 'i:track_parcel': tracking, 'i:customs_question': /^customs\./u, 'i:invoice_request': /^invoice\./u } },
  {
    kind: 'out_for_delivery', name: 'out for delivery', customer: tom, says: 'notice.out-for-delivery', leads: { 'i:delivery_failed': /^redeliver\./u, 'i:track_parcel': tracking },
    async send(core, talk) {
      core.change('AC-100005', parcelsIn('out_for_delivery', 'shipped'));
      await tells('out_for_delivery', 'AC-100005')(core, talk);
    },
  },
  { kind: 'delivery_failed', name: 'nobody there', customer: tom, send: tells('delivery_failed', 'AC-100007'), says: 'notice.delivery-failed', leads: { 'i:delivery_failed': /^redeliver\.ask\./u, 'i:track_parcel': tracking } },
  {
    kind: 'delivered', name: 'delivered', customer: tom, says: 'notice.delivered', leads: { 'i:delivered_not_received': /^not-received\./u, 'i:item_defective': /^(?:lines\.which|item-problem\.|evidence\.ask)/u, 'i:return_request': /^(?:lines\.which|return-item\.)/u },
    async send(core, talk) {
      core.change('AC-100005', (order) => parcelsIn('delivered', 'delivered', { scans: [...order.parcels[0]?.scans ?? [], { at: core.clock.now(), leg: 'last_mile', code: 'delivered', place: 'Berlin', country: 'DE', carrier: 'C' }] })(order));
      await tells('delivered', 'AC-100005')(core, talk);
    },
  },
  {
    kind: 'return_received', name: 'the return is here', customer: emily, says: 'notice.return-received', leads: { 'i:return_status': /^return-status\.received/u },
    async send(core, talk) {
      const order = await core.shop.reader.findOrder('AC-100054');
      await core.shop.writer.decideReturn({ orderNumber: 'AC-100054', revision: order?.revision ?? 0, returnNumber: 'RMA-7K2M9Q', decision: { kind: 'received' } }, 'here', core.clock.now());
      await tells('return_received', 'AC-100054', { return: 'RMA-7K2M9Q' })(core, talk);
      core.clock.move(4 * 3_600_000);
    },
  },
  {
    kind: 'refund_sent', name: 'the money is out', customer: emily, says: 'notice.refund-sent', leads: { 'i:refund_status': /^refund-status\./u },
    async send(core, talk) {
      await tells('refund_sent', 'AC-100053', { refund: 'RMA-3F8XQ2' })(core, talk);
      core.clock.move(4 * 3_600_000);
    },
  },
  {
    kind: 'sold_out', name: 'sold out', customer: anna, says: 'notice.sold-out', leads: { 'i:order_change_items': /^swap-items\.|^items\./u, 'i:order_remove_item': /^remove-item\.plan/u, 'f:sold-out-wait': /^sold-out-wait\.done/u, h: person },
    send: async (core, talk) => tells('sold_out', 'AC-100002', { lines: [(await core.shop.reader.findOrder('AC-100002'))?.lines[1]?.id] })(core, talk),
  },
  { kind: 'handling_overdue', name: 'not sent in time', customer: anna, send: tells('handling_overdue', 'AC-100002'), says: 'notice.handling-overdue', leads: { 'i:order_cancel': /^cancel-order\.|^cancel\./u, 'i:order_status': /^order-status\./u, h: person } },
  {
    kind: 'check_in', name: 'is everything all right', customer: anna, says: 'notice.check-in', leads: { 'f:satisfied': /^satisfied\.done/u, 'i:item_defective': /^(?:lines\.which|item-problem\.|evidence\.ask)/u },
    async send(core, talk) {
      // Nothing was heard since the goods came.
      core.change('AC-100003', (order) => parcelsIn('delivered', 'delivered', { scans: [{ at: new Date(Date.parse(core.clock.now()) + 3_600_000).toISOString(), leg: 'last_mile', code: 'delivered', place: 'Warszawa', country: 'PL', carrier: 'C' }] })(order));
      core.clock.move(7_200_000);
      await due(core, talk, 'check-in', { customerId: anna, order: 'AC-100003' });
    },
  },
  {
    kind: 'slot_reminder', name: 'a booked delivery', customer: tom, says: 'notice.slot', leads: { 'i:delivery_failed': /^redeliver\./u, 'i:track_parcel': tracking },
    async send(core, talk) {
      core.change('AC-100007', (order) => ({ ...order, parcels: order.parcels.map((parcel): Parcel => ({ ...parcel, booking: { day: '2026-06-18', from: '09:00', to: '12:00', reachable: true } as unknown as NonNullable<Parcel['booking']> })) }));
      const parcel = (await core.shop.reader.findOrder('AC-100007'))?.parcels[0]?.trackingNumber ?? '';
      await due(core, talk, 'slot-reminder', { customerId: tom, order: 'AC-100007', parcel, day: '2026-06-18', from: '09:00', to: '12:00' });
    },
  },
  {
    kind: 'protection_ends', name: 'the protection ends', customer: anna, says: 'notice.protection-ends', leads: { 'i:extend_protection': /^extend-protection\.plan/u, 'i:track_parcel': tracking, 'i:parcel_lost': /^parcel-lost\./u },
    async send(core, talk) {
      const until = new Date(Date.parse((await core.shop.reader.findOrder('AC-100001'))?.parcels[0]?.shippedAt ?? '') + 60 * 86_400_000).toISOString();
      await due(core, talk, 'protection-ends', { customerId: anna, order: 'AC-100001', until });
    },
  },
  {
    kind: 'answer_overdue', name: 'nobody has answered a case', customer: anna, says: 'notice.answer-overdue', leads: { 'i:dispute_open': /^dispute\./u, h: person },
    send: async (core, talk) => due(core, talk, 'answer-overdue', { ticket: await aDispute(core, talk), customerId: anna }),
  },
  { kind: 'answer_overdue', name: 'a repair takes too long', customer: anna, send: aRepair, says: 'notice.repair-overdue', leads: { 'i:return_status': /^return-status\.repair-on-site/u, h: person } },
  {
    kind: 'case_news', name: 'news in a case', customer: anna, says: 'notice.case-news', leads: { 'i:dispute_open': /^dispute\./u, h: person },
    async send(core, talk) {
      const number = await aDispute(core, talk);
      const { at } = await core.records.cases.note({ case: number, conversationId: talk.id, by: 'shop', agent: 'Ben', what: 'declined', text: 'It left us whole.' }, 'n', core.clock.now());
      await due(core, talk, 'case-news', { case: number, customerId: anna, at });
    },
  },
  { kind: 'satisfaction', name: 'is it solved', customer: anna, says: 'notice.satisfaction', leads: { 'f:satisfied': /^satisfied\.done/u, h: person }, send: async (core, talk) => due(core, talk, 'satisfaction', { customerId: anna, case: 'x', since: core.clock.now(), by: 'person' }) },
];

/** The notice as it comes, in a new conversation. */
async function told({ customer, send, says }: Sent): Promise<{ readonly core: Changing; readonly talk: Talk; readonly line: Line | undefined }> {
  const core = await aChangingCore();
  const talk = await greeted(core, customer);
  await send(core, talk);
  const lines = await comesDue(core, talk, 1000);
  return { core, talk, line: lines.find(({ replies }) => replies?.some(({ key }) => key === says)) };
}

describe.each(sent)('what the bot says by itself: $name', (one) => {
  test('comes with the buttons that lead on, and the one to hear no more of it', async () => {
    const { line } = await told(one);
    expect((line?.choices ?? []).map(({ id }) => id).sort()).toEqual([...Object.keys(one.leads), 'f:notices-off'].sort());
  });
  test.each([...Object.keys(one.leads), 'f:notices-off'])('%s, pressed, leads where it says, about what was told', async (button) => {
    const { talk, line } = await told(one);
    expect(line?.choices?.map(({ id }) => id)).toContain(button);
    await talk.presses(button);
    // Long after they last wrote it has to be shown again who is there; which order it is about is known.
    if (talk.keys()[0]?.startsWith('who.') === true) await talk.says(mails[one.customer] ?? '');
    expect(talk.keys()[0]).toMatch(one.leads[button] ?? /^notices-off\.done$/u);
    expect(talk.keys()).not.toContain('order.which');
    expect(talk.keys()).not.toContain('parcel.which');
  });
});

test('every kind of notice there is has its buttons pressed here', () => {
  expect([...new Set(sent.map(({ kind }) => kind))].sort()).toEqual([...readPolicy(undefined).notices.kinds].sort());
});

test.each([
  ['en', 'can I change the slot?'], ['de', 'kann ich den Termin ändern?'], ['es', 'quiero cambiar la franja de entrega'], ['fr', 'je veux changer le créneau de livraison'],
  ['pt', 'quero mudar o horário da entrega'], ['ru', 'можно изменить время доставки?'], ['zh', '我想改一下送货时间'], ['ar', 'أريد تغيير موعد التوصيل'],
])('%s: after the reminder of a booked delivery "%s" goes on with that delivery', async (locale, words) => {
  const slot = sent.find(({ kind }) => kind === 'slot_reminder');
  if (!slot) throw new Error('there is no such notice');
  const core = await aChangingCore();
  const talk = await greeted(core, tom, { locale });
  await slot.send(core, talk);
  expect((await comesDue(core, talk, 1000)).flatMap(({ replies }) => replies ?? []).map(({ key }) => key)).toContain('notice.slot');
  await talk.says(words, { identity: tom });
  expect([locale, talk.keys()[0]]).toEqual([locale, expect.stringMatching(/^redeliver\./u)]);
  await talk.end();
});
