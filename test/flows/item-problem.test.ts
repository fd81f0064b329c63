import { describe, expect, test } from '@jest/globals';
import { itemProblem } from '../../src/flows/item-problem.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, wang, emily] = ['cus-0001', 'cus-0003', 'cus-0008'];
type Talk = Awaited<ReturnType<typeof aTalk>>;

describe('a customer something is wrong for', () => {
  test('[TB-05, TB-37] shows the proof and chooses among exactly four services, each told with its cost, time and postage', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says("the lamp from AC-100003 doesn't work", { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'evidence.ask']);
    expect(talk.words()).toContain('shows the fault');
    await talk.says('', { files: ['f1'] });
    expect(talk.keys()).toEqual(['item-problem.heard', 'item-problem.window', 'item-problem.services']);
    expect(talk.choices()).toEqual(['i:refund_only', 'i:return_request', 'i:exchange_request', 'i:repair_warranty']);
    for (const told of ['Refund only', '€30.00', 'within 5 days', 'Return and refund', '€49.90', '3 to 7 bank days', 'we pay the postage', 'Exchange', 'both ways', 'Repair under the warranty', '5 to 15 days', '13 June 2028', '12 June 2028']) expect(talk.words()).toContain(told);
    expect(writes).toEqual([]);
  });

  test('the service that is chosen knows the order, the pieces, what is wrong and the photo already', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("the lamp from AC-100003 doesn't work", { identity: anna });
    await talk.says('', { files: ['f1'] });
    await talk.presses('i:refund_only');
    expect(talk.keys()).toEqual(['refund-only.ask.amount']);
    await talk.says('10 euros');
    await talk.says('no');
    expect(talk.keys()).toContain('refund-only.plan.granted');
    expect(talk.words()).toContain('Desk lamp');
    expect(talk.words()).toContain('One photo');
  });

  test('picks the order and the piece where neither was said', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('you sent me the wrong item', { identity: wang });
    await talk.says('the dress');
    expect(talk.keys()).toEqual(['evidence.ask']);
    expect(talk.words()).toContain('label on the box');
    await talk.says('no');
    expect(talk.keys()).toContain('item-problem.services');
    expect(talk.words()).toContain('Summer dress');
    // What was sent by mistake is not repaired.
    expect(talk.choices()).toEqual(['i:refund_only', 'i:return_request', 'i:exchange_request']);
  });

  test('after the window for faults the warranty is left, with the day the window ended', async () => {
    const core = await aCore({ policy: (own) => ({ ...own, returns: { ...own.returns, faultWindowDays: 2, countries: {} } }) });
    const talk = await aTalk(core);
    await talk.says("the lamp from AC-100003 doesn't work", { identity: anna });
    await talk.says('no');
    expect(talk.keys()).toContain('item-problem.window-over');
    expect(talk.words()).toContain('15 June 2026');
    expect(talk.choices()).toEqual(['i:repair_warranty']);
  });
});

describe('every refusal of a problem with an item can be reached', () => {
  const refusals: Record<string, (talk: Talk) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says("my lamp doesn't work", { identity: anna }),
    'not-delivered': (talk) => talk.says("the headphones of AC-100001 don't work", { identity: anna }),
    'already-returned': (talk) => talk.says('the jeans of AC-100053 are faulty, the seams are splitting', { identity: emily }),
    'order-cancelled': (talk) => talk.says('the bottle from AC-100052 is faulty, it leaks', { identity: emily }),
    'window-closed': (talk) => talk.says('the underwear from AC-100003 is defective', { identity: anna }),
    'not-returnable': (talk) => talk.says('the underwear from AC-100003 is defective', { identity: anna }),
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...itemProblem.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const talk = await aTalk(await aCore({
      shop: (own) => (code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own),
      policy: (own) => (code === 'window-closed' ? { ...own, returns: { ...own.returns, faultWindowDays: 2, countries: {} } } : code === 'not-returnable' ? { ...own, returns: { ...own.returns, faultReasons: [] } } : own),
    }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`item-problem.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
});
