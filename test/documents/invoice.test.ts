import { describe, expect, test } from '@jest/globals';
import { createDocuments } from '../../src/documents/documents.js';
import { invoiceWords } from '../../src/documents/invoice-content.js';
import { money } from '../../src/domain/money.js';
import type { Order } from '../../src/domain/order.js';
import { anOrder } from '../domain/an-order.js';
import { createLabelTexts } from './texts-twin.js';

const texts = createLabelTexts();
const documents = createDocuments(texts, { zone: 'Europe/Madrid' });
const aReceipt = (more: Partial<Order> = {}) => ({ document: 'invoice' as const, order: anOrder({ shippingFee: money(490, 'EUR'), total: money(10389, 'EUR'), ...more }), seller: { name: 'Lumavela', siteUrl: 'https://shop.example.com' } });
const pagesOf = (bytes: Uint8Array): number => Buffer.from(bytes).toString('latin1').match(/\/Type \/Page\n/gu)?.length ?? 0;

describe('what a receipt says', () => {
  test('lines with options and discounts, what they add up to, and what was paid', () => {
    const content = invoiceWords(texts, 'en', 'UTC', aReceipt());
    expect(content.lines).toEqual([{ quantity: '2', name: 'Jacket', options: '', price: '€50.00', discount: '-€1.01', sum: '€98.99' }]);
    expect(content.sums.map(({ caption, value }) => [caption, value])).toEqual([['Goods', '€100.00'], ['Discounts', '-€1.01'], ['Shipping', '€4.90'], ['Total', '€103.89']]);
    expect(content.payments.lines).toEqual(['€98.99 by Visa •• 4421, paid on 27 May 2026']);
    expect(content.address.lines).toEqual(['212 Maple Street', 'Brooklyn, 11201', 'United States']);
    expect(content.notes).toEqual([expect.stringContaining('not a tax invoice')]);
  });

  test('what was paid back stands beside what was paid, and a change is told', () => {
    const order = anOrder();
    const refund = { ...order.payments[0], id: 'r', method: 'card' as const, kind: 'refund' as const, state: 'refunded' as const, amount: money(2000, 'EUR') };
    const content = invoiceWords(texts, 'en', 'UTC', aReceipt({ itemsChanged: true, payments: [...order.payments, refund] }));
    expect(content.payments.lines[1]).toContain('€20.00 by Visa •• 4421, paid back on');
    expect(content.notes).toHaveLength(2);
  });

  test('nothing of a payment that was tried or failed', () => {
    const [paid] = anOrder().payments;
    expect(invoiceWords(texts, 'en', 'UTC', aReceipt({ payments: paid ? [{ ...paid, state: 'failed' }] : [] })).payments.lines).toEqual([]);
  });

  test('no figure for tax, in any language', () => {
    for (const locale of texts.locales) expect(invoiceWords(texts, locale, 'UTC', aReceipt()).sums).toHaveLength(4);
  });
});

describe('the file', () => {
  test('is one page for a usual order in every language, the same bytes each time', async () => {
    for (const locale of texts.locales) {
      const first = await documents.make(aReceipt(), locale);
      expect([first.name, first.type, pagesOf(first.bytes)]).toEqual(['receipt-AC-1.pdf', 'application/pdf', 1]);
      expect(Buffer.compare((await documents.make(aReceipt(), locale)).bytes, first.bytes)).toBe(0);
    }
  });

  test('has as many pages as the order needs', async () => {
    const [line] = anOrder().lines;
    const lines = Array.from({ length: 60 }, (_, index) => ({ ...(line as NonNullable<typeof line>), id: `m${index}`, name: `Product ${index} with a rather long name that has to wrap somewhere in its column`, options: { colour: 'sea blue', size: 'M' } }));
    expect(pagesOf((await documents.make(aReceipt({ lines }), 'de')).bytes)).toBe(4);
  });

  test('takes an order without any time, and an address nobody foresaw', async () => {
    const { placedAt: _, ...order } = anOrder({ history: [], payments: anOrder().payments.map(({ at: __, ...payment }) => payment), shippingAddress: { name: '\u202E👩‍👩‍👧', line1: 'x'.repeat(500), city: `Z${'\u0351'.repeat(60)}`, postcode: '\n', country: 'XX' } });
    expect(pagesOf((await documents.make({ ...aReceipt(), order }, 'ar')).bytes)).toBe(1);
  });

  test('but a time that is none is a fault with a code', async () => {
    await expect(documents.make(aReceipt({ placedAt: 'yesterday' }), 'en')).rejects.toMatchObject({ code: 'documents.failed' });
  });
});
