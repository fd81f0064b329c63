import { describe, expect, jest, test } from '@jest/globals';
import { aChangingCore, choicesOf, comesDue, day, event, greeted, hour, keysOf, wordsOf } from '../flows/notices.js';
import type { Order, Parcel } from '../../src/domain/order.js';

jest.setTimeout(60_000);

const tom = 'cus-0002';
const anna = 'cus-0001';
const since = '2026-01-01T00:00:00.000Z';

const delivered = (at: string) => (order: Order): Order => ({
  ...order, state: 'delivered',
  parcels: order.parcels.map((parcel): Parcel => ({ ...parcel, state: 'delivered', scans: [...parcel.scans, { at, leg: 'last_mile', code: 'delivered', place: 'Berlin', country: 'DE', carrier: parcel.carrier }] })),
});

describe('an order that is not sent', () => {
  test('[AE-02] is apologised for on the seventh day, once, with what can be done; not a second before', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    const order = await core.shop.reader.findOrder('AC-100002');
    const paid = order?.history.find(({ state }) => state === 'paid' || state === 'under_review')?.at ?? order?.placedAt ?? '';
    const left = Date.parse(paid) + 7 * day - Date.parse(core.clock.now());
    expect(keysOf(await comesDue(core, talk, left - 2000))).toEqual([]);
    const lines = await comesDue(core, talk, 3000);
    expect(keysOf(lines)).toEqual(['notice.handling-overdue']);
    expect(wordsOf(lines)).toMatch(/AC-100002[\s\S]*within 7 days[\s\S]*sorry[\s\S]*cancel it and get everything/u);
    expect(choicesOf(lines)).toEqual(['i:order_cancel', 'i:order_status', 'h', 'f:notices-off']);
    // The shop tells the same later: it was told.
    expect(await talk.runtime.shopEvent(event('handling_overdue', 'AC-100002'))).toBe('duplicate');
    // A week later it has to be shown again who is there; which order it is about is known.
    await talk.presses('i:order_cancel');
    expect(talk.keys()).toEqual(['who.ask.second']);
    await talk.says('anna@example.com');
    await talk.says('it takes too long');
    expect(talk.keys()).toContain('confirm.ask');
    expect(talk.words()).toMatch(/AC-100002/u);
  });
  test('is not apologised for once it has left', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    core.change('AC-100002', (order) => ({ ...order, state: 'shipped' }));
    expect(keysOf(await comesDue(core, talk, 8 * day))).not.toContain('notice.handling-overdue');
  });
});

describe('a check-in', () => {
  const arrive = async (core: Awaited<ReturnType<typeof aChangingCore>>, talk: Awaited<ReturnType<typeof greeted>>, number = 'AC-100005'): Promise<void> => {
    core.clock.move(hour);
    core.change(number, delivered(core.clock.now()));
    core.clock.move(hour);
    await talk.runtime.shopEvent(event('delivered', number));
    expect(keysOf(await comesDue(core, talk))).toEqual(['notice.delivered']);
  };
  test('[TB-35] comes a week after dispatch to who has the goods and is silent; all good brings [TB-36] thanks, offers and an invitation without a reward', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await arrive(core, talk);
    const lines = (await comesDue(core, talk, 9 * day)).filter(({ replies }) => replies?.some(({ key }) => key === 'notice.check-in'));
    expect(lines).toHaveLength(1);
    expect(choicesOf(lines)).toEqual(['f:satisfied', 'i:item_defective', 'f:notices-off']);
    await talk.presses('f:satisfied');
    expect(talk.keys()).toEqual(['satisfied.done', 'satisfied.review']);
    expect(talk.choices()).toContain('i:promotion_info');
    expect(talk.words()).toMatch(/good or bad[\s\S]*nothing depends on it/u);
    expect(talk.words()).not.toMatch(/point|coupon|discount|gift/iu);
    expect(keysOf(await comesDue(core, talk, 30 * day))).not.toContain('notice.check-in');
  });
  test('[AE-08] asks how the goods are: whoever is content is led to what else there is, whoever is not to help, and it is known what it is about', async () => {
    for (const button of ['f:satisfied', 'i:item_defective']) {
      // Of another order nothing is told meanwhile.
      const core = await aChangingCore({ policy: (policy) => ({ ...policy, notices: { ...policy.notices, kinds: ['delivered', 'check_in'] } }) });
      const talk = await greeted(core, tom);
      await arrive(core, talk);
      const lines = (await comesDue(core, talk, 9 * day)).filter(({ replies }) => replies?.some(({ key }) => key === 'notice.check-in'));
      expect(wordsOf(lines)).toMatch(/AC-100005[\s\S]*(?:all right|as you expected|everything)/iu);
      await talk.presses(button);
      if (button === 'f:satisfied') {
        expect(talk.choices()).toContain('i:promotion_info');
        await talk.presses('i:promotion_info');
        expect(talk.keys().some((key) => key.startsWith('promotions.'))).toBe(true);
      } else {
        if (talk.keys()[0]?.startsWith('who.')) await talk.says('tom@example.com');
        expect(talk.keys()).not.toContain('order.which');
        expect(talk.keys().at(-1)).toMatch(/^(?:lines\.which|evidence\.ask|item-problem\.)/u);
      }
    }
  });
  test('does not come to who has written since, or has opted out, and [AE-08] no review is asked for while something is open', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await arrive(core, talk);
    await talk.says('thanks', { identity: tom });
    expect(keysOf(await comesDue(core, talk, 9 * day))).not.toContain('notice.check-in');
    const other = await aChangingCore();
    const quiet = await greeted(other, tom);
    await quiet.presses('f:notices-off');
    other.change('AC-100005', delivered(other.clock.now()));
    await quiet.runtime.look();
    expect(keysOf(await comesDue(other, quiet, 9 * day))).toEqual([]);
    expect((await other.records.notices.count(since)).every(({ outcome }) => outcome === 'opted_out')).toBe(true);
    await core.records.cases.open({ kind: 'missing_item', conversationId: talk.id, customerId: tom, orderNumber: 'AC-100005', owner: 'returns_desk', dueAt: core.clock.now(), details: {} }, 'k', core.clock.now());
    await talk.says('where is AC-100005', { identity: tom });
    await talk.presses('f:satisfied');
    expect(talk.keys()).toEqual(['satisfied.done']);
  });
});

describe('the protection of a purchase', () => {
  test('[AE-01] shows its clock, is offered to be extended before it ends, and [AE-06] is extended once, after a yes', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    await talk.says('what is the status of order AC-100001', { identity: anna });
    expect(talk.keys()).toContain('protection.clock');
    const order = await core.shop.reader.findOrder('AC-100001');
    const until = Date.parse(order?.parcels[0]?.shippedAt ?? '') + 60 * day;
    const lines = (await comesDue(core, talk, until - 5 * day - Date.parse(core.clock.now()) + 12 * hour)).filter(({ replies }) => replies?.some(({ key }) => key === 'notice.protection-ends'));
    expect(lines).toHaveLength(1);
    expect(choicesOf(lines)[0]).toBe('i:extend_protection');
    await talk.says('extend the protection of AC-100001', { identity: anna });
    expect(talk.keys()).toEqual(['extend-protection.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/by 15 days[\s\S]*can’t be extended again[\s\S]*costs you nothing/u);
    await talk.says('yes', { identity: anna });
    expect(talk.keys()).toContain('extend-protection.done');
    const after = await core.shop.reader.findOrder('AC-100001');
    expect(after?.protection).toEqual({ until: new Date(until + 15 * day).toISOString(), extensions: 1 });
    await talk.says('extend the protection of AC-100001 again', { identity: anna });
    expect(talk.keys()[0]).toBe('extend-protection.refused.extended');
  });
});

describe('a booked delivery', () => {
  test('[SH-21] is reminded of before it, with the note the courier has, and not when it was booked anew', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.says('please deliver AC-100007 again', { identity: tom });
    for (let n = 0; n < 8 && !talk.keys().includes('confirm.ask'); n += 1) {
      const last = talk.keys().at(-1) ?? '';
      await (last === 'redeliver.ask.note' ? talk.says('ring at Meyer, third floor', { identity: tom }) : talk.presses(talk.choices()[last === 'redeliver.ask.hours' ? 1 : 0] ?? ''));
    }
    await talk.says('yes', { identity: tom });
    expect(talk.keys()).toContain('redeliver.done');
    const booking = (await core.shop.reader.findOrder('AC-100007'))?.parcels[0]?.booking;
    // 13:00 in Berlin is 11:00 in UTC; twelve hours before is in the night: it comes at its end.
    const at = Date.parse(`${booking?.day}T${booking?.from}:00+02:00`);
    expect(keysOf(await comesDue(core, talk, at - 12 * hour - Date.parse(core.clock.now()) + 60_000))).toEqual([]);
    const lines = await comesDue(core, talk, 8 * hour);
    expect(keysOf(lines)).toEqual(['notice.slot']);
    expect(wordsOf(lines)).toMatch(/courier has your note: “ring at Meyer, third floor”/u);
    expect(choicesOf(lines)).toContain('i:delivery_failed');
  });
});

describe('an answer that was promised', () => {
  test('[WI-09] by business days: a day after it is due the desk has its alarm and the customer an apology, before they ask', async () => {
    const core = await aChangingCore({ policy: (policy) => ({ ...policy, desk: { ...policy.desk, holidays: ['2026-06-18'] } }) });
    const talk = await greeted(core, tom);
    await talk.says('I want to talk to a person', { identity: tom });
    const [ticket] = await core.records.tickets.ofConversation(talk.id);
    // Wednesday; Thursday is a holiday: Friday and Monday count, until 18:00 in Madrid.
    expect(ticket?.dueAt).toBe('2026-06-22T16:00:00.000Z');
    expect(keysOf(await comesDue(core, talk, Date.parse('2026-06-22T15:59:58.000Z') - Date.parse(core.clock.now())))).toEqual([]);
    expect(keysOf(await comesDue(core, talk, 3000))).toEqual(['notice.answer-overdue']);
    expect((await core.records.notes.ofConversation(talk.id)).map(({ text }) => text)).toEqual([expect.stringMatching(/was due on .* and has no answer/u)]);
    expect(keysOf(await comesDue(core, talk, 5 * day))).not.toContain('notice.answer-overdue');
  });
  test('says nothing where somebody has taken it, and asks after it was closed whether it is solved', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.says('I want to talk to a person', { identity: tom });
    for (const act of ['take', 'close'] as const) {
      await talk.runtime.act({ kind: 'agent-act', id: act, conversationId: talk.id, at: core.clock.now(), agent: { id: 'a1', name: 'Ada' }, act });
      await talk.runtime.settled(talk.id);
    }
    const lines = await comesDue(core, talk, 25 * hour);
    expect(keysOf(lines)).toEqual(['notice.satisfaction']);
    expect(choicesOf(lines)).toEqual(['f:satisfied', 'h', 'f:notices-off']);
    expect(keysOf(await comesDue(core, talk, 5 * day))).not.toContain('notice.answer-overdue');
  });
});
