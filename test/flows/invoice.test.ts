import { describe, expect, test } from '@jest/globals';
import { invoice } from '../../src/flows/invoice.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

describe('a customer who wants a receipt', () => {
  test('gets one for the order named, as a file, and is told what is not on it', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I need an invoice for AC-100003');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
    const lines = await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['invoice.here']);
    for (const words of ['AC-100003', '€109.60', 'no separate tax', 'tax number']) expect(talk.words()).toContain(words);
    expect(lines.flatMap((line) => line.files ?? []).map(({ name, type }) => [name, type])).toEqual([['receipt-AC-100003.pdf', 'application/pdf']]);
    expect(talk.choices()).toContain('h');
  });

  test('is asked for which, when several are paid', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('send me the receipt', { identity: 'cus-0002' });
    expect(talk.keys()).toEqual(['hello.short', 'order.which']);
  });

  const refusals: Readonly<Record<string, readonly [string, string]>> = { 'not-paid': ['cus-0008', 'invoice for AC-100050'], 'no-orders': ['cus-0001', 'I need an invoice'] };
  test('every refusal has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...invoice.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const [identity = '', says = ''] = refusals[code] ?? [];
    const talk = await aTalk(await aCore(code === 'no-orders' ? { shop: (own) => reading(own, { ordersOf: async () => [] }) } : {}));
    await talk.says(says, { identity });
    expect(talk.keys()).toContain(`invoice.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
});
