import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import { anOrder } from '../domain/an-order.js';
import { createTestShop } from './shop.js';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const packing = [{ at: '2026-11-01T09:00:00.000Z', by: 'Table 4', weightGrams: 1840, photos: [] }];
const refunds: NonNullable<Order['refunds']>[number][] = [];
const order: Order = { ...anOrder(), packing, refunds };
const known = { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: order.number } } as const;

let desk: DeskServer;
let ada: Caller;
let ben: Caller;
let number: string;
beforeEach(async () => {
  refunds.splice(0);
  const shop = createTestShop();
  desk = await serveDesk({ parts: { shop: { ...shop, ordersOf: async () => [order], findOrder: async () => order } } });
  ada = await desk.seated('Ada', 'admin');
  ben = await desk.seated('Ben');
  await desk.talks.asks(WEB, { text: 'Refund me or I leave a one-star review', change: known });
  const opened = await desk.records.cases.open({ kind: 'dispute', conversationId: WEB, customerId: 'c-1', orderNumber: order.number, lines: order.lines.map((line) => ({ lineId: line.id, quantity: 1 })), owner: 'returns_desk', dueAt: '2026-11-27T10:00:00.000Z', details: { words: 'cracked' } }, 'k', desk.clock.now());
  number = opened.number;
  await desk.records.cases.note({ case: number, conversationId: WEB, by: 'customer', what: 'evidence', proof: 'comparison', files: [{ fileId: 'f1', name: 'a.jpg', sha256: 'ab', usedIn: ['CS-999999'] }] }, 'n1', desk.clock.now());
});
afterEach(() => desk.close());

const act = (who: Caller, id: string, body: object) => who.call('POST', `/case/${number}/acts`, { id, ...body });
const last = async () => (await desk.records.cases.entries(number)).at(-1);

describe('a case at the desk', () => {
  test('[AE-05] [AE-18] [AE-17] is shown with the proof of both sides, what was noted at packing, and hints with what they rest on', async () => {
    const { json } = await ben.call('GET', at(WEB));
    expect(json['cases']).toMatchObject([{ number, orderNumber: order.number, state: 'open', entries: [{ what: 'evidence', files: [{ fileId: 'f1', sha256: 'ab' }] }], packing }]);
    expect(json['signals']).toEqual([
      { signal: 'review_threat', reasons: [{ why: 'review_if_not_paid', about: '', quote: 'Refund me or I leave a one-star review' }] },
      { signal: 'used_picture', reasons: [{ why: 'same_picture', about: 'f1: CS-999999' }] },
    ]);
  });

  test('what was shown for a refund or return that needed no case is shown under its own number, and a picture used before is a hint', async () => {
    const refund = { id: 'ref-1', number: 'RF-1ABCDE', orderId: order.id, lines: [], received: true, reason: 'defective' as const, amount: money(500, 'EUR'), state: 'granted' as const, openedAt: order.placedAt ?? '', refundTo: { method: 'card' as const } };
    refunds.push(refund);
    await desk.records.cases.note({ case: refund.number, conversationId: WEB, by: 'customer', what: 'evidence', files: [{ fileId: 'f7', name: 'b.jpg', usedIn: ['RF-000000'] }] }, 'n7', desk.clock.now());
    const { json } = await ben.call('GET', at(WEB));
    expect(json['shown']).toMatchObject([{ number: 'RF-1ABCDE', orderNumber: order.number, entries: [{ what: 'evidence', files: [{ fileId: 'f7', name: 'b.jpg' }] }] }]);
    expect(JSON.stringify(json['signals'])).toContain('f7: RF-000000');
    expect((await ben.call('GET', at('web:w9'))).json['shown'] ?? []).toEqual([]);
  });

  test('[AE-11] the shop is advised to settle a case about quality early, and no other', async () => {
    const advice = async () => ((await ben.call('GET', at(WEB))).json['cases'] as { kind: string; settleEarly: boolean }[]).map(({ kind, settleEarly }) => [kind, settleEarly]);
    expect(await advice()).toEqual([['dispute', false]]);
    await desk.records.cases.open({ kind: 'missing_item', conversationId: WEB, customerId: 'c-1', orderNumber: order.number, owner: 'returns_desk', dueAt: '2026-11-27T10:00:00.000Z', details: {} }, 'k2', '2026-11-22T10:05:00.000Z');
    expect(await advice()).toEqual([['missing_item', true], ['dispute', false]]);
  });

  test('nothing of it is shown while nobody knows who is speaking', async () => {
    await desk.talks.asks('web:w9', { text: 'hello' });
    expect((await ben.call('GET', at('web:w9'))).json).toMatchObject({ cases: [], signals: [] });
  });

  test('its file and transcript are downloaded, by the signed in alone, and noted', async () => {
    const { status, headers, bytes } = await ben.call('GET', `/case/${number}/file?locale=de`);
    expect([status, headers.get('content-type'), bytes.toString()]).toEqual([200, 'application/pdf', 'case-file']);
    expect((await ben.call('GET', `/case/${number.toLowerCase()}/transcript`)).bytes.toString()).toBe('transcript');
    expect((await desk.records.audit.list(10)).filter(({ what }) => what === 'desk.download')).toHaveLength(2);
    expect((await desk.caller().call('GET', `/case/${number}/file`)).status).toBe(401);
    expect((await ben.call('GET', '/case/CS-000000/file')).status).toBe(404);
    expect((await ben.call('GET', '/case/nonsense/file')).status).toBe(400);
  });

  test('is answered with a no, which the customer may take to the platform; solved, it is closed with its ticket', async () => {
    expect((await act(ben, 'answer-0001', { act: 'answer', decision: 'refused', text: 'It left whole.' })).json).toEqual({ outcome: 'accepted' });
    expect(await desk.records.cases.find(number)).toMatchObject({ state: 'answered', outcome: 'It left whole.' });
    expect(await last()).toMatchObject({ by: 'shop', what: 'answered', text: 'It left whole.', agent: 'Ben' });
    // The customer is told without asking.
    expect(await desk.records.timers.takeDue(desk.clock.now(), 60_000, 10)).toMatchObject([{ conversationId: WEB, name: 'case-news', data: { case: number, customerId: 'c-1' } }]);
    await act(ben, 'answer-0002', { act: 'answer', decision: 'solved', text: 'Replaced.' });
    expect([(await desk.records.cases.find(number))?.state, (await desk.records.tickets.find(number))?.state]).toEqual(['closed', 'closed']);
    expect(await act(ben, 'answer-0003', { act: 'answer', decision: 'refused', text: 'again' })).toMatchObject({ status: 409 });
  });

  test('[AE-16] an agent offers up to the cap, a supervisor above it, nobody more than is left; it is an offer, no money', async () => {
    const most = 3000; // more than is earned on it
    expect(await act(ben, 'offer-0001', { act: 'offer', amount: 1000 })).toMatchObject({ status: 200 });
    expect(await last()).toMatchObject({ what: 'approved', offer: { kind: 'refund', amount: money(1000, 'EUR'), approver: 'agent' } });
    expect(await act(ben, 'offer-0002', { act: 'offer', amount: most })).toMatchObject({ status: 403, json: { error: { code: 'NeedsSupervisor' } } });
    expect(await act(ada, 'offer-0003', { act: 'offer', amount: most })).toMatchObject({ status: 200 });
    expect(await act(ada, 'offer-0004', { act: 'offer', amount: 10_000_000 })).toMatchObject({ status: 400 });
    await act(ben, 'decline-001', { act: 'decline', text: 'no' });
    expect(await last()).toMatchObject({ what: 'declined' });
    const before = (await desk.records.cases.entries(number)).length;
    await act(ben, 'decline-001', { act: 'decline', text: 'no' });
    expect(await desk.records.cases.entries(number)).toHaveLength(before);
  });
});
