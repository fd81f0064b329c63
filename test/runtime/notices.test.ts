import { describe, expect, jest, test } from '@jest/globals';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aChangingCore, choicesOf, comesDue, event, greeted, hour, keysOf, wordsOf } from '../flows/notices.js';
import type { Order, Parcel } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';

jest.setTimeout(60_000);

const tom = 'cus-0002';
const anna = 'cus-0001';

describe('an event of the shop', () => {
  test('[TB-34] becomes one message, with carrier, number, link and next steps, and the parcel is what "it" means', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    const sent = event('dispatched', 'AC-100001', { parcel: 'LP000100012CN' });
    expect(await talk.runtime.shopEvent(sent)).toBe('accepted');
    const lines = await comesDue(core, talk);
    expect(keysOf(lines)).toEqual(['notice.dispatched', 'protection.clock']);
    expect(wordsOf(lines)).toMatch(/LP000100012CN/u);
    expect(wordsOf(lines)).toMatch(/keep your phone on/u);
    expect(lines[0]?.links?.[0]?.url).toMatch(/LP000100012CN/u);
    expect(choicesOf(lines)).toEqual(['i:track_parcel', 'f:notices-off']);
    await talk.says('where is it?', { identity: anna });
    expect(talk.words()).toMatch(/LP000100012CN/u);
    expect(talk.words()).not.toMatch(/AC-100002/u);
  });
  test('is told once: sent again at once, later, after a new start, or to another of the customer’s conversations', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    const failed = event('delivery_failed', 'AC-100007');
    expect(await Promise.all([talk.runtime.shopEvent(failed), talk.runtime.shopEvent(failed)])).toEqual(['accepted', 'accepted']);
    expect(keysOf(await comesDue(core, talk))).toEqual(['notice.delivery-failed']);
    expect(await talk.runtime.shopEvent(failed)).toBe('duplicate');
    const other = await greeted(core, tom, { name: 'two' });
    expect(await other.runtime.shopEvent(failed)).toBe('duplicate');
    const again = createRuntime({ ...core });
    await again.start();
    expect(await again.shopEvent(failed)).toBe('duplicate');
    await again.stop();
    expect([...keysOf(await comesDue(core, talk, hour)), ...keysOf(await comesDue(core, other, hour))]).toEqual([]);
    expect((await core.records.notices.count('2026-01-01T00:00:00.000Z')).filter(({ kind }) => kind === 'delivery_failed')).toEqual([{ kind: 'delivery_failed', outcome: 'sent', count: 1 }]);
  });
  test('[SH-21] of a failed delivery leads into a new one by its button, without a question which parcel', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.runtime.shopEvent(event('delivery_failed', 'AC-100007'));
    expect(choicesOf(await comesDue(core, talk))).toContain('i:delivery_failed');
    await talk.says('deliver it again please', { identity: tom });
    expect(talk.keys()[0]).toMatch(/^redeliver\.ask\./u);
    expect(talk.keys()).not.toContain('parcel.which');
  });
  test('goes where the customer was last, in the language spoken there', async () => {
    const core = await aChangingCore();
    const first = await greeted(core, 'cus-0004');
    core.clock.move(hour);
    const last = await greeted(core, 'cus-0004', { name: 'two', locale: 'es' });
    await first.runtime.shopEvent(event('delayed', 'AC-100022', { expected: '2026-06-25' }));
    expect(keysOf(await comesDue(core, first))).toEqual([]);
    const lines = (await core.store.readLog(last.id, 0, 100)).filter(({ replies }) => replies?.some(({ key }) => key === 'notice.delayed'));
    expect(lines.map(({ locale }) => locale)).toEqual(['es']);
    expect(wordsOf(lines)).toMatch(/se retrasa/u);
  });
  test('of a customer nobody has met, of an order nobody knows, or of a kind that is switched off goes nowhere and is counted or said so', async () => {
    const core = await aChangingCore({ policy: (policy) => ({ ...policy, notices: { ...policy.notices, kinds: ['dispatched'] } }) });
    const runtime = createRuntime({ ...core });
    expect(await runtime.shopEvent(event('dispatched', 'AC-100001'))).toBe('nobody');
    expect(await runtime.shopEvent(event('dispatched', 'AC-999999'))).toBe('unknown-order');
    expect(await runtime.shopEvent(event('delayed', 'AC-100001'))).toBe('off');
    expect(await core.records.notices.count('2026-01-01T00:00:00.000Z')).toEqual([{ kind: 'dispatched', outcome: 'nowhere', count: 1 }]);
  });
  test('the shop does not bear out is told once it does, and never when it has been overtaken', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.runtime.shopEvent(event('delivered', 'AC-100007'));
    expect(keysOf(await comesDue(core, talk))).toEqual([]);
    core.change('AC-100007', (order) => ({ ...order, state: 'delivered', parcels: order.parcels.map((parcel): Parcel => ({ ...parcel, state: 'delivered' })) }));
    expect(keysOf(await comesDue(core, talk, 6 * 60_000))).toEqual(['notice.delivered']);
    await talk.runtime.shopEvent(event('out_for_delivery', 'AC-100007'));
    expect(keysOf(await comesDue(core, talk))).toEqual([]);
    expect((await core.records.notices.count('2026-01-01T00:00:00.000Z')).find(({ kind }) => kind === 'out_for_delivery')?.outcome).toBe('needless');
  });
  test('in the middle of a plan leaves the plan on the table', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    await talk.says('change the delivery address of order AC-100002', { identity: anna });
    await talk.says('ul. Prosta 5, 00-838 Warszawa', { identity: anna });
    await talk.runtime.shopEvent(event('dispatched', 'AC-100001'));
    expect(keysOf(await comesDue(core, talk))).toEqual(['notice.dispatched', 'protection.clock', 'change-address.plan', 'confirm.ask']);
    await talk.says('yes', { identity: anna });
    expect(talk.keys()).toContain('change-address.done');
  });
});

describe('what a customer is told of the rest', () => {
  test('[AE-07] in the country: customs or the contact there, and who pays duty', async () => {
    const core = await aChangingCore({ policy: (policy) => ({ ...policy, notices: { ...policy.notices, localContacts: { PL: { name: 'Poczta Polska', phone: '+48 438 420 600', url: 'https://poczta.example/track' } } } }) });
    const talk = await greeted(core, anna);
    await talk.runtime.shopEvent(event('in_country', 'AC-100001'));
    const lines = await comesDue(core, talk);
    expect(keysOf(lines)).toEqual(['notice.in-country']);
    expect(wordsOf(lines)).toMatch(/Poland[\s\S]*with customs now[\s\S]*pay it only to customs[\s\S]*Poczta Polska, \+48 438 420 600/u);
    expect(lines[0]?.links?.map(({ url }) => url)).toContain('https://poczta.example/track');
    expect(choicesOf(lines)).toEqual(['i:track_parcel', 'i:customs_question', 'i:invoice_request', 'f:notices-off']);
  });
  test('[SH-28] the warehouse has signed for a return; the money is on its way', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, 'cus-0008');
    core.change('AC-100054', (order) => ({ ...order, returns: order.returns.map((one) => ({ ...one, state: 'received' as const })) }));
    await talk.runtime.shopEvent(event('return_received', 'AC-100054', { return: 'rma-7k2m9q' }));
    const lines = await comesDue(core, talk, 4 * hour);
    expect(keysOf(lines)).toEqual(['notice.return-received']);
    expect(wordsOf(lines)).toMatch(/RMA-7K2M9Q/u);
    await talk.presses('i:return_status');
    await talk.runtime.shopEvent(event('refund_sent', 'AC-100053', { refund: 'RMA-3F8XQ2' }));
    expect(wordsOf(await comesDue(core, talk))).toMatch(/We have sent \$[\d.]+ for order AC-100053 back/u);
  });
  test('[WI-10] sold out: swap, money back or wait, each a real way', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    const order = await core.shop.reader.findOrder('AC-100002');
    await talk.presses('f:sold-out-wait');
    expect(talk.keys()).toEqual(['sold-out-wait.refused.no-order']);
    await talk.runtime.shopEvent(event('sold_out', 'AC-100002', { lines: [order?.lines[1]?.id], backOn: '2026-07-06' }));
    const lines = await comesDue(core, talk);
    expect(wordsOf(lines)).toMatch(/sold out[\s\S]*More is expected on/u);
    expect(choicesOf(lines)).toEqual(['i:order_change_items', 'i:order_remove_item', 'f:sold-out-wait', 'h', 'f:notices-off']);
    await talk.presses('f:sold-out-wait');
    expect(talk.keys()).toEqual(['sold-out-wait.done']);
    await talk.presses('i:order_change_items');
    expect(talk.keys()[0]).toMatch(/^swap-items|^swap/u);
    expect(talk.words()).not.toMatch(/Which order/u);
  });
});

describe('quiet hours and opt-outs', () => {
  test('[WI-10] nobody is written to in their own night, and everybody once it is over', async () => {
    const core = await aChangingCore();
    // 09:00 in UTC is 17:00 in Shanghai.
    const talk = await greeted(core, 'cus-0003', { locale: 'zh' });
    core.clock.move(4 * hour + 30 * 60_000);
    await talk.runtime.shopEvent(event('dispatched', 'AC-100010'));
    expect(keysOf(await comesDue(core, talk))).toEqual([]);
    expect(keysOf(await comesDue(core, talk, 10 * hour))).toEqual([]);
    const lines = await comesDue(core, talk, 35 * 60_000);
    expect(keysOf(lines)[0]).toBe('notice.dispatched');
    expect(lines[0]?.locale).toBe('zh');
  });
  test('[TB-35] an opt-out is heeded at once and counted, and so is the way back, in every language', async () => {
    const core = await aChangingCore();
    let optedOut = 0;
    for (const [locale, off, on] of [
      ['en', 'please stop writing to me', 'write to me again'], ['zh', '别再给我发消息了', '恢复通知'], ['es', 'no me escribas más', 'pueden volver a escribirme'], ['pt', 'pare de me escrever', 'volte a me avisar'],
      ['fr', 'arrêtez de m’écrire', 'réactivez les notifications'], ['de', 'schreiben Sie mir bitte nicht mehr', 'schreiben Sie mir bitte wieder'], ['ru', 'не пишите мне больше', 'включите уведомления'], ['ar', 'توقف عن مراسلتي', 'راسلني من جديد'],
    ] as const) {
      const talk = await greeted(core, anna, { locale, name: locale });
      await talk.says(off, { identity: anna });
      expect([locale, ...talk.keys()]).toEqual([locale, 'notices-off.done']);
      expect(talk.choices()).toEqual(['f:notices-on']);
      await talk.runtime.shopEvent(event('dispatched', 'AC-100001'));
      expect(keysOf(await comesDue(core, talk))).toEqual([]);
      optedOut += 1;
      expect((await core.records.notices.count('2026-01-01T00:00:00.000Z')).find(({ outcome }) => outcome === 'opted_out')?.count).toBe(optedOut);
      await talk.says(on, { identity: anna });
      expect([locale, ...talk.keys()]).toEqual([locale, 'notices-on.done']);
      await talk.runtime.shopEvent(event('dispatched', 'AC-100001'));
      expect(keysOf(await comesDue(core, talk))[0]).toBe('notice.dispatched');
      await talk.end();
    }
  });
  test('a mere "stop" after a notice is an opt-out; in the middle of something it drops that', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    await talk.runtime.shopEvent(event('dispatched', 'AC-100001'));
    await comesDue(core, talk);
    await talk.says('stop', { identity: anna });
    expect(talk.keys()).toEqual(['notices-off.done']);
    await talk.says('change the delivery address of order AC-100002', { identity: anna });
    await talk.says('stop', { identity: anna });
    expect(talk.keys()).toEqual(['stop.done']);
  });
  test('who has blocked the bot is not written to any more, until they write again', async () => {
    const core = await aChangingCore();
    core.channels.set('test', { name: 'test', start: async () => undefined, stop: async () => undefined, send: async () => ({ sent: false, gone: true, reason: 'blocked' }) });
    const talk = await greeted(core, anna);
    for (let n = 0; n < 100 && (await core.records.reach.of(anna)).length > 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await talk.runtime.shopEvent(event('dispatched', 'AC-100001'))).toBe('nobody');
    core.channels.delete('test');
    core.clock.move(hour);
    await talk.says('hello', { identity: anna });
    expect(await talk.runtime.shopEvent(event('dispatched', 'AC-100001'))).toBe('accepted');
  });
});

describe('a shop that tells nothing by itself', () => {
  test('is looked at: what has changed is told once, and nothing of before', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    expect(await talk.runtime.look()).toBe(0);
    core.change('AC-100005', (order) => ({ ...order, state: 'delivered', parcels: order.parcels.map((parcel): Parcel => (parcel.state === 'delivered' ? parcel : { ...parcel, state: 'delivered', scans: [...parcel.scans, { at: core.clock.now(), leg: 'last_mile', code: 'delivered', place: 'Berlin', country: 'DE', carrier: parcel.carrier }] })) }));
    expect(await talk.runtime.look()).toBe(1);
    expect(await talk.runtime.look()).toBe(0);
    const lines = await comesDue(core, talk);
    expect(keysOf(lines)).toEqual(['notice.delivered']);
    expect(wordsOf(lines)).toMatch(/RB000100065DE/u);
  });
});

describe('each thing a look can find', () => {
  type Step = readonly [key: string, change: (order: Order, at: string) => Order];
  const scanned = (code: Parcel['scans'][number]['code'], country: string, state: Parcel['state']) => (order: Order, at: string): Order => ({
    ...order, state: state === 'delivered' ? 'delivered' : 'shipped',
    parcels: order.parcels.slice(0, 1).map((parcel): Parcel => ({ ...parcel, state, shippedAt: parcel.shippedAt ?? at, scans: [...parcel.scans, { at, leg: 'last_mile', code, place: 'Here', country, carrier: parcel.carrier }] })),
  });
  const way: readonly Step[] = [
    ['notice.dispatched', scanned('accepted', 'CN', 'origin')], ['notice.in-country', scanned('in_customs', 'DE', 'customs')], ['notice.out-for-delivery', scanned('out_for_delivery', 'DE', 'out_for_delivery')],
    ['notice.delivery-failed', scanned('delivery_failed', 'DE', 'delivery_failed')], ['notice.out-for-delivery', scanned('out_for_delivery', 'DE', 'out_for_delivery')], ['notice.delivered', scanned('delivered', 'DE', 'delivered')],
  ];
  const quiet = { policy: (policy: Policy): Policy => ({ ...policy, notices: { ...policy.notices, quietHours: { from: '00:00', to: '00:00' } } }) };

  test('[TB-34] [WI-10] of a parcel is told at its own look, once: sent, in the country, out, failed, out again, delivered', async () => {
    const core = await aChangingCore(quiet);
    const before = await core.shop.reader.findOrder('AC-100005');
    if (!before) throw new Error('no AC-100005');
    let order: Order = { ...before, state: 'packed', parcels: before.parcels.slice(0, 1).map(({ shippedAt: _, ...parcel }): Parcel => ({ ...parcel, state: 'announced', scans: [], origin: 'CN', destination: 'DE' })) };
    const show = (): void => core.change('AC-100005', () => order);
    show();
    const talk = await greeted(core, tom);
    for (const [key, change] of way) {
      core.clock.move(hour);
      order = change(order, core.clock.now());
      show();
      expect([await talk.runtime.look(), await talk.runtime.look()]).toEqual([1, 0]);
      expect(keysOf(await comesDue(core, talk)).filter((one) => one.startsWith('notice.'))).toEqual([key]);
    }
  });
  test.each<readonly [string, string, Step[1], (order: Order) => Order]>([
    ['notice.return-received', 'AC-100054', (order) => ({ ...order, returns: order.returns.map((one) => ({ ...one, state: 'received' as const })) }), (order) => order],
    ['notice.refund-sent', 'AC-100054', (order) => ({ ...order, refunds: (order.refunds ?? []).map((one) => ({ ...one, state: 'paid' as const })) }), (order) => ({
      ...order, refunds: [{ id: 'r', number: 'RF-LOOK01', orderId: order.id, lines: [], received: true, reason: 'defective', amount: { amount: 500, currency: order.currency }, state: 'granted', openedAt: '2026-06-16T09:00:00.000Z', refundTo: { method: 'card' } }],
    })],
  ])('%s is told at its own look, once', async (key, number, change, first) => {
    const core = await aChangingCore(quiet);
    core.change(number, first);
    const talk = await greeted(core, 'cus-0008');
    core.change(number, (order) => change(first(order), core.clock.now()));
    expect([await talk.runtime.look(), await talk.runtime.look()]).toEqual([1, 0]);
    expect(keysOf(await comesDue(core, talk)).filter((one) => one.startsWith('notice.'))).toEqual([key]);
  });
});

describe('every language', () => {
  test('says notices in words of its own', async () => {
    const core = await aChangingCore();
    for (const locale of ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar']) {
      const talk = await greeted(core, tom, { locale, name: locale });
      await talk.runtime.shopEvent(event('delivery_failed', 'AC-100007'));
      await talk.runtime.shopEvent(event('out_for_delivery', 'AC-100005'));
      const lines = await comesDue(core, talk);
      expect(keysOf(lines).toSorted()).toEqual(['notice.delivery-failed', 'notice.out-for-delivery']);
      expect(lines.map((line) => line.locale)).toEqual([locale, locale]);
      if (locale !== 'en') expect(wordsOf(lines)).not.toMatch(/Please|parcel /u);
      await talk.end();
    }
  });
});
