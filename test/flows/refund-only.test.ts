import { describe, expect, test } from '@jest/globals';
import { refundOnly } from '../../src/flows/refund-only.js';
import { signalsIn } from '../../src/runtime/told-signals.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, emily] = ['cus-0001', 'cus-0002', 'cus-0008'];
type Talk = Awaited<ReturnType<typeof aTalk>>;

/** A refund of one of the two phone cases, up to the question to confirm. */
async function upToThePlan(talk: Talk, amount = '8 euros'): Promise<void> {
  await talk.says('refund only for the phone cases from AC-100003, they are broken', { identity: anna });
  await talk.says('1');
  await talk.says(amount);
  await talk.says('here', { files: ['f1'] });
}

describe('a customer who wants money back and keeps the goods', () => {
  test('[TB-06, TB-38] is asked only for what was not said, sees what comes back and what stays, says yes, and it is granted once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('refund only for the phone cases from AC-100003, they are broken', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'lines.how-many']);
    await talk.says('1');
    expect(talk.keys()).toEqual(['refund-only.ask.amount']);
    expect(talk.words()).toContain('€14.90');
    await talk.says('8 euros');
    expect(talk.keys()).toEqual(['evidence.ask']);
    await talk.says('here', { files: ['f1'] });
    expect(talk.keys()).toEqual(['refund-only.plan.granted', 'refund-only.kept', 'refund-only.shown', 'refund-only.once', 'confirm.ask']);
    for (const consequence of ['AC-100003', 'Phone case', '€8.00', 'Visa •• 4821', '3 to 7 bank days', 'nothing is sent back', 'they are broken', 'One photo', 'no second refund']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['refund-only.done.granted']);
    const order = await core.shop.reader.findOrder('AC-100003');
    expect(order?.refunds).toMatchObject([{ state: 'granted', received: true, reason: 'defective', amount: { amount: 800, currency: 'EUR' }, lines: [{ quantity: 1 }] }]);
    expect(talk.words()).toContain(order?.refunds?.[0]?.number);
    expect(writes).toHaveLength(1);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
  });

  test('is granted it at once, and what was shown is kept under the number of the refund; the same picture with another claim is pointed out to people', async () => {
    const core = await aCore();
    const bytes = Buffer.from('the very same picture');
    for (const [fileId, conversationId] of [['f1', 'test:one'], ['f2', 'test:two']] as const) await core.files.put(bytes, { fileId, conversationId, name: `${fileId}.jpg`, type: 'image/jpeg', at: core.clock.now() });
    const talk = await aTalk(core);
    await upToThePlan(talk);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['refund-only.done.granted']);
    const granted = (await core.shop.reader.findOrder('AC-100003'))?.refunds?.[0]?.number ?? '';
    expect(await core.records.cases.entries(granted)).toMatchObject([{ by: 'customer', what: 'evidence', files: [{ fileId: 'f1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) }] }]);
    const other = await aTalk(core, 'two');
    await other.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
    await other.says('40 euros');
    await other.says('', { files: ['f2'] });
    await other.says('yes');
    expect(other.keys()).toEqual(['refund-only.done.requested']);
    const [asked] = await core.records.cases.ofCustomer(anna);
    expect(await core.records.cases.entries(asked?.number ?? '')).toMatchObject([{ what: 'evidence', files: [{ fileId: 'f2', usedIn: [granted] }] }]);
    expect(await signalsIn({ id: 'test:two', identity: { level: 'L2', customerId: anna, claims: {} } }, core)).toContainEqual({ signal: 'used_picture', reasons: [{ why: 'same_picture', about: `f2: ${granted}` }] });
  });

  test('[TB-14] hears what every reason covers: defect, shelf life, colour, quantity, postage, dispatch, accessories, what was agreed', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund only for the desk lamp of AC-100003', { identity: anna });
    await talk.says('yes, I have it');
    expect(talk.keys()).toEqual(['refund-only.ask.reason']);
    expect(talk.choices()).toHaveLength(6);
    for (const covered of ['does not work', 'shelf life', 'colour', 'too few pieces', 'postage', 'sent or delivered later', 'accessories', 'not as agreed']) expect(talk.words()).toContain(covered);
  });

  test('[TB-08] has not received it: the amount is fixed at the full value, and people decide by a day that is told', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('refund only for AC-100009', { identity: tom });
    expect(talk.keys()).toContain('refund-only.ask.received');
    expect(talk.words()).toContain('does not show them as delivered');
    await talk.says('no');
    await talk.says('no');
    expect(talk.keys()).toEqual(['refund-only.plan.requested', 'refund-only.fixed', 'refund-only.once', 'confirm.ask']);
    for (const consequence of ['€49.80', 'shipping fee of €4.90', "can’t be changed", '22 June 2026, 11:00 CEST', 'No answer by then counts as a yes', 'returns desk', 'Mastercard •• 7316']) expect(talk.words()).toContain(consequence);
    await talk.says('make it 20 euros');
    expect(talk.words()).not.toContain('€20.00');
    expect(talk.words()).toContain('€49.80');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['refund-only.done.requested']);
    expect(writes).toMatchObject([{ request: { received: false, reason: 'lost', lines: [], amount: { amount: 4980 }, state: 'requested' } }]);
    expect((await core.records.cases.ofCustomer(tom))).toMatchObject([{ kind: 'refund', owner: 'returns_desk', orderNumber: 'AC-100009', state: 'open', dueAt: expect.stringContaining('2026-06-22') }]);
    expect(talk.words()).toContain((await core.records.cases.ofCustomer(tom))[0]?.number);
  });

  test('above what the bot may grant, the same fault is asked of people', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
    await talk.says('40 euros');
    await talk.says('', { files: ['f1'] });
    expect(talk.keys()).toContain('refund-only.plan.requested');
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toMatchObject([{ state: 'requested', amount: { amount: 4000 } }]);
    expect(await core.records.cases.ofCustomer(anna)).toHaveLength(1);
  });

  test('asks for too much once and is told the most; with a smaller amount it goes on', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
    await talk.says('60 euros');
    expect(talk.keys()).toEqual(['refund-only.ask.amount-less']);
    expect(talk.words()).toContain('€49.90');
    await talk.says('12.50');
    await talk.says('no');
    expect(talk.words()).toContain('€12.50');
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100003');
    const talk = await aTalk(core);
    await upToThePlan(talk);
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect(writes).toEqual([]);
    expect(await core.shop.reader.findOrder('AC-100003')).toEqual(before);
    expect(await core.records.actions.ofConversation(talk.id)).toEqual([]);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
  });

  test('the same commit twice asks once, opens one case, and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100003');
    if (!order) throw new Error('the sample has AC-100003');
    const picks = [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }];
    const doing = {
      request: { refund: { orderNumber: order.number, revision: order.revision, lines: picks, received: true, reason: 'defective', amount: { amount: 4000, currency: 'EUR' }, state: 'requested' }, customerId: anna, answerBy: '2026-06-22T09:00:00.000Z', picks, photos: [] },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await refundOnly.commit(doing);
    expect(await refundOnly.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toHaveLength(1);
    expect(await core.records.cases.ofCustomer(anna)).toHaveLength(1);
  });
});

describe('every refusal of a refund without a return can be reached', () => {
  const refusals: Record<string, (talk: Talk) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says('refund only please', { identity: anna }),
    'not-paid': (talk) => talk.says('refund only for AC-100050', { identity: emily }),
    'not-shipped': (talk) => talk.says('refund only for AC-100002', { identity: anna }),
    'not-delivered-yet': (talk) => talk.says('refund only for the headphones in AC-100001, they are defective', { identity: anna }),
    'already-open': async (talk) => {
      await talk.says('refund only for AC-100007', { identity: tom });
      await talk.says('no');
      await talk.says('no');
      await talk.says('yes');
      await talk.says('refund only for AC-100007');
    },
    'already-refunded': (talk) => talk.says('refund only for AC-100053', { identity: emily }),
    'needs-return': async (talk) => {
      await talk.says('refund only for the desk lamp of AC-100003', { identity: anna });
      await talk.says('yes');
      await talk.says('I changed my mind');
    },
    'with-return': (talk) => talk.says('refund only for the desk lamp of AC-100003', { identity: anna }),
    'window-closed': async (talk) => {
      await talk.says('refund only for AC-100053, it is broken', { identity: emily });
    },
    'too-much': async (talk) => {
      await talk.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
      await talk.says('60 euros');
      await talk.says('55 euros');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...refundOnly.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const talk = await aTalk(await aCore({
      policy: (own) => (code === 'with-return' ? { ...own, refunds: { ...own.refunds, withoutReturn: false } } : own),
      shop: (own) => {
        if (code === 'no-orders') return reading(own, { ordersOf: async () => [] });
        if (code !== 'window-closed') return own;
        // Delivered two months ago, to a country whose law adds nothing, and paid for.
        const late = (order: NonNullable<Awaited<ReturnType<typeof own.reader.findOrder>>>) => ({
          ...order, state: 'delivered' as const, payments: order.payments.filter((one) => one.state === 'settled' && one.kind !== 'refund'), returns: [], lines: order.lines.map((line) => ({ ...line, returnedQuantity: 0 })),
          parcels: order.parcels.map((parcel) => ({ ...parcel, scans: parcel.scans.map((scan) => ({ ...scan, at: '2026-04-10T09:00:00.000Z' })) })),
        });
        return reading(own, { ordersOf: async (id) => (await own.reader.ordersOf(id)).map(late), findOrder: async (number) => { const order = await own.reader.findOrder(number); return order && late(order); } });
      },
    }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`refund-only.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });

  test('what has not been sent leads on to cancelling', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund only for AC-100002', { identity: anna });
    expect(talk.keys()[1]).toBe('refund-only.refused.not-shipped');
    expect(talk.keys().some((key) => key.startsWith('cancel-order.'))).toBe(true);
  });

  test('why? is answered with the rule', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('refund only for the desk lamp from AC-100003, it is broken', { identity: anna });
    await talk.says('40 euros');
    await talk.says('no');
    await talk.says('why?');
    expect(talk.words()).toContain('Above €30.00');
  });
});
