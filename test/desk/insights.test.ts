import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { instantIn } from '../../src/domain/business-days.js';
import { createTestShop } from './shop.js';
import { fillHistory } from '../web/desk/insights-history.js';
import { serveDesk } from './support.js';

let desk: Awaited<ReturnType<typeof serveDesk>>;
beforeEach(async () => {
  desk = await serveDesk();
});
afterEach(() => desk.close());

interface Answer { figures: { contacts: Record<string, number>; defects: { orders: number; defective: number }; handOvers: { reason: string; count: number }[]; span: object }; before: Answer['figures']; isShopAway: boolean }

describe('the figures', () => {
  test('[AE-21] are given for the days asked for, beside those of the period before, to those who lead', async () => {
    await fillHistory(desk.records, desk.clock.now(), 90);
    const ada = await desk.seated('Ada', 'admin');
    const { status, json } = await ada.call('GET', '/insights?from=2026-10-24&to=2026-11-22');
    const { figures, before, isShopAway } = json as unknown as Answer;
    expect([status, isShopAway]).toEqual([200, false]);
    expect(figures.span).toEqual({ from: '2026-10-24T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' });
    expect(before.span).toEqual({ from: '2026-09-24T00:00:00.000Z', to: '2026-10-24T00:00:00.000Z' });
    expect(Object.values(figures.contacts).reduce((a, b) => a + b)).toBeGreaterThan(20);
    expect(Object.values(before.contacts).reduce((a, b) => a + b)).toBeGreaterThan(20);
    expect(figures.defects).toEqual({ orders: 1, defective: 1 });
    // Without days: the last thirty.
    expect((await ada.call('GET', '/insights')).json['figures']).toEqual(json['figures']);
    const agent = await desk.seated('Ben', 'agent');
    for (const path of ['/insights', '/insights.csv', '/insights.json']) {
      expect((await agent.call('GET', path)).status).toBe(403);
      expect((await desk.caller().call('GET', path)).status).toBe(401);
    }
  });

  test('[AE-09] tell how many orders were disputed after something was told of them unasked, and how many without', async () => {
    const ask = async () => ((await (await desk.seated('Ada', 'admin')).call('GET', '/insights?from=2026-09-01&to=2026-11-22')).json as unknown as { figures: { disputes: object } }).figures.disputes;
    const at = '2026-11-14T09:00:00.000Z';
    await desk.records.reach.see({ conversationId: 'web:maria', customerId: 'c-1', channel: 'web', locale: 'es', seenAt: at });
    await desk.records.keep([{ conversationId: 'web:maria', turns: [], facts: {}, sharedFacts: {}, receipts: [], understandings: [{ messageId: 'm', at, understanding: {} }], lines: [{ id: 'n', seq: 1, at, from: 'bot', locale: 'es', text: '…', replies: [{ key: 'notice.dispatched', values: { number: 'AC-104233' } }] }] }]);
    expect(await ask()).toEqual({ told: { orders: 1, disputed: 0 }, untold: { orders: 1, disputed: 0 } });
    for (const orderNumber of ['AC-104233', 'AC-103871']) await desk.records.cases.open({ kind: 'dispute', conversationId: 'web:maria', customerId: 'c-1', orderNumber, owner: 'dispute_desk', dueAt: at, details: {} }, orderNumber, '2026-11-15T09:00:00.000Z');
    expect(await ask()).toEqual({ told: { orders: 1, disputed: 1 }, untold: { orders: 1, disputed: 1 } });
  });

  test('[AE-21] measure answers and solutions by the clocks of the desk, which stand still out of hours: in time there is in time here', async () => {
    const figures = async () => ((await (await desk.seated('Ada', 'admin')).call('GET', '/insights?from=2026-11-16&to=2026-11-22')).json as unknown as { figures: Record<'firstAnswer' | 'resolution', { inTime: number; late: number; count: number }> }).figures;
    const handed = async (id: string, openedAt: string, answeredAt?: string, closedAt?: string): Promise<void> => {
      await desk.records.tickets.open({ id, conversationId: `web:${id}`, kind: 'handover', state: 'open', reason: 'asked', brief: {}, openedAt, dueAt: '2026-11-30T17:00:00.000Z', assignedTo: { id: 'ada', name: 'Ada' } });
      if (closedAt !== undefined) await desk.records.tickets.update(id, { state: 'closed', closedAt });
      const said = answeredAt === undefined ? [] : [{ id: `${id}.a`, seq: 2, at: answeredAt, from: 'agent' as const, locale: 'en', text: '…', agent: { id: 'ada', name: 'Ada' } }];
      await desk.records.keep([{ conversationId: `web:${id}`, turns: [], facts: {}, sharedFacts: {}, receipts: [], understandings: [], lines: [{ id: `${id}.c`, seq: 1, at: openedAt, from: 'customer', locale: 'en', text: '…' }, ...said] }]);
    };
    const { timeZone } = await createTestShop().profile();
    const at = (day: string, time: string): string => instantIn(day, time, timeZone);
    // Thirty minutes of business, from nine to six, Monday to Friday: ten and forty minutes, over a night, over a weekend.
    await handed('quick', at('2026-11-17', '10:00'), at('2026-11-17', '10:10'), at('2026-11-17', '11:00'));
    await handed('slow', at('2026-11-17', '10:00'), at('2026-11-17', '10:40'));
    await handed('night', at('2026-11-17', '17:50'), at('2026-11-18', '09:15'));
    await handed('weekend', at('2026-11-20', '17:50'));
    desk.clock.advance(60 * 24);
    const { firstAnswer, resolution } = await figures();
    expect(firstAnswer).toMatchObject({ count: 3, inTime: 2, late: 2 });
    // Sixteen hours of business: those of Tuesday are over, that of Friday evening is not.
    expect(resolution).toMatchObject({ count: 1, inTime: 1, late: 2 });
  });

  test('can be kept as a table and as JSON, the same numbers in both, none of it a formula', async () => {
    await fillHistory(desk.records, desk.clock.now(), 60);
    await desk.records.tickets.open({ id: 'x', conversationId: 'web:past-1', kind: 'handover', state: 'open', reason: '=1+1', brief: {}, openedAt: '2026-11-20T10:00:00.000Z' });
    const ada = await desk.seated('Ada', 'admin');
    const csv = await ada.call('GET', '/insights.csv');
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/u);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="insights-2026-10-24-2026-11-22.csv"');
    const { figures, before } = (await ada.call('GET', '/insights.json')).json as unknown as Answer;
    const lines = csv.bytes.toString().trim().split('\r\n').map((line) => line.slice(1, -1).split('","'));
    expect(lines[0]).toEqual(['metric', 'of', 'unit', '2026-10-24T00:00:00.000Z/2026-11-23T00:00:00.000Z', '2026-09-24T00:00:00.000Z/2026-10-24T00:00:00.000Z']);
    for (const [outcome, count] of Object.entries(figures.contacts)) expect(lines).toContainEqual(['contacts', outcome, 'count', String(count), String(before.contacts[outcome])]);
    expect(lines).toContainEqual(['hand-overs', "'=1+1", 'count', '1', '0']);
    for (const { reason, count } of figures.handOvers.filter(({ reason: one }) => one !== '=1+1')) expect(lines.find(([metric, of]) => metric === 'hand-overs' && of === reason)?.[3]).toBe(String(count));
  });

  test('are refused for days that are none, that run backwards, or that are too many', async () => {
    const ada = await desk.seated('Ada', 'admin');
    for (const query of ['from=yesterday', 'from=2026-11-02&to=2026-11-01', 'from=2024-01-01&to=2026-01-01', 'to=2026-02-30']) expect([query, (await ada.call('GET', `/insights?${query}`)).status]).toEqual([query, 400]);
    expect((await ada.call('GET', '/insights?from=2026-11-22&to=2026-11-22')).status).toBe(200);
  });
});
