import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Order, PackingRecord } from '../../src/domain/order.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { createTexts, readLocales } from '../../src/text/texts.js';
import { at, png, serveDesk, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const { reader } = createMemoryShop(createSampleShop('2026-11-20T09:00:00.000Z'), { now: () => '2026-11-22T10:00:00.000Z' });
const known = { identity: { level: 'L1', customerId: 'cus-0001', name: 'Anna Kowalska' }, topic: { order: 'AC-100002' }, locale: 'en' } as const;
interface Card { readonly number: string; readonly checks: readonly string[]; readonly packing: readonly PackingRecord[] }

let desk: DeskServer;
let ben: Caller;
let change = (order: Order): Order => order;
beforeAll(async () => {
  const shop = { ...reader, ordersOf: async (id: string) => (await reader.ordersOf(id)).map(change), findOrder: async (number: string) => { const order = await reader.findOrder(number); return order && change(order); } };
  desk = await serveDesk({ parts: { shop, texts: createTexts(readLocales(`${process.cwd()}/locales`)) } });
  ben = await desk.seated('Ben');
  await desk.talks.asks(WEB, { text: 'When is it sent?', change: known });
});
afterAll(() => desk.close());

const card = async (number: string, locale = 'en'): Promise<Card | undefined> => ((await ben.call('GET', `${at(WEB)}?locale=${locale}`)).json['orders'] as Card[]).find((one) => one.number === number);

describe('an order that has not been sent, at the desk', () => {
  test('[AE-12] [AE-05] has a list of what to see to first: counted, compared, tried out, packed by its kind, weighed and photographed', async () => {
    const found = await card('AC-100002');
    const lines = (await reader.findOrder('AC-100002'))?.lines ?? [];
    for (const { name } of lines) expect(found?.checks[0]).toContain(name);
    expect(found?.checks.join('\n')).toMatch(/^Count the pieces: .*\nCompare size, colour and the like with the order: .*Floor lamp.*\nTry out before packing: .*Floor lamp.*\n(?:Packing for .*: .*\n)+[^]*Weigh and measure the parcel, and photograph it open and closed/u);
    expect(found?.checks.find((one) => one.startsWith('Packing for') && one.includes('Floor lamp'))).toContain('padded on all sides');
    expect((await card('AC-100002', 'de'))?.checks[0]).toMatch(/^Stückzahl prüfen: /u);
    // What has left is past it.
    expect((await card('AC-100003'))?.checks).toEqual([]);
  });

  test('[AE-04] to another country the true value is declared, whatever is asked for; at home there is nothing to declare', async () => {
    const value = async (country: string): Promise<string[]> => {
      change = (order) => ({ ...order, shippingAddress: { ...order.shippingAddress, country } });
      return ((await card('AC-100002'))?.checks ?? []).filter((one) => one.startsWith('Customs papers'));
    };
    const home = (await reader.profile()).warehouses[(await reader.findOrder('AC-100002'))?.warehouse ?? '']?.country ?? '';
    expect(await value(home)).toEqual([]);
    const goods = ((await reader.findOrder('AC-100002'))?.lines ?? []).reduce((sum, line) => sum + line.unitPrice.amount * line.quantity - line.discount.amount, 0);
    expect(await value('CH')).toEqual([expect.stringContaining(`the true value, €${(goods / 100).toFixed(2)}`)]);
    change = (order) => order;
  });

  test('[AE-05] once it was noted at packing, the note with weight, size and pictures stands in its place, and the pictures open', async () => {
    const { fileId } = await desk.files.put(png, { conversationId: WEB, name: 'packed.png', type: 'image/png', at: desk.clock.now() });
    change = (order) => ({ ...order, packing: [{ at: desk.clock.now(), by: 'Table 4', weightGrams: 1840, sizeMm: { length: 410, width: 260, height: 220 }, photos: [fileId], note: 'tested' }] });
    expect(await card('AC-100002')).toMatchObject({ checks: [], packing: [{ by: 'Table 4', weightGrams: 1840, photos: [fileId] }] });
    const opened = await ben.call('GET', `/files/${fileId}`);
    expect([opened.status, opened.bytes.equals(png)]).toEqual([200, true]);
    expect((await desk.caller().call('GET', `/files/${fileId}`)).status).toBe(401);
  });
});
