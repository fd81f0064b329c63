import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DocumentRequest } from '../../src/domain/message.js';
import type { Order, PackingRecord } from '../../src/domain/order.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { withProof } from '../../src/files/proven.js';
import type { Shop } from '../../src/ports/shop.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { createTexts, readLocales } from '../../src/text/texts.js';
import { at, png, serveDesk, type Answer, type Caller, type DeskServer } from './support.js';

const WEB = 'web:w1';
const sample = createSampleShop('2026-11-20T09:00:00.000Z');
const texts = createTexts(readLocales(`${process.cwd()}/locales`));
const known = { identity: { level: 'L1', customerId: 'cus-0001', name: 'Anna Kowalska' }, topic: { order: 'AC-100002' }, locale: 'en' } as const;

let shop: Shop;
let desk: DeskServer;
let ben: Caller;
let papers: DocumentRequest[];
beforeEach(async () => {
  papers = [];
  shop = createMemoryShop(sample);
  desk = await serveDesk({ parts: {
    shop: shop.reader, shopWriter: shop.writer, texts, files: withProof(createMemoryFiles()),
    documents: { make: async (request) => {
      papers.push(request);
      return { name: 'paper.pdf', type: 'application/pdf', bytes: new Uint8Array() };
    } },
  } });
  ben = await desk.seated('Ben');
  await desk.talks.asks(WEB, { text: 'When is it sent?', change: known });
});
afterEach(() => desk.close());

const plain = { 'content-type': 'application/octet-stream', 'x-file-name': 'open%20box.png' };
const upload = (order: string, bytes: Uint8Array = png, who = ben): Promise<Answer> => who.call('POST', `/order/${order}/files`, bytes, plain);
const note = (order: string, more: object = {}, id = 'packed-0001'): Promise<Answer> => ben.call('POST', `/order/${order}/packing`, { id, by: 'Table 4', weightGrams: 1840, ...more });
const order = async (number: string): Promise<Order> => {
  const found = await shop.reader.findOrder(number);
  if (!found) throw new Error(`no ${number}`);
  return found;
};
const card = async (number: string): Promise<{ readonly checks: readonly string[]; readonly packing: readonly PackingRecord[] } | undefined> =>
  ((await ben.call('GET', `${at(WEB)}?locale=en`)).json['orders'] as { readonly number: string; readonly checks: readonly string[]; readonly packing: readonly PackingRecord[] }[]).find((one) => one.number === number);

describe('what was packed, noted at the desk', () => {
  test('[AE-05] pictures, weight, size and who packed stand with the order from then on; what was to be seen to before is done', async () => {
    expect((await card('AC-100002'))?.checks).not.toEqual([]);
    const { json: photo } = await upload('AC-100002');
    expect(photo).toMatchObject({ name: 'open box.png', type: 'image/png' });
    const made = await note('AC-100002', { photos: [photo['fileId']], sizeMm: { length: 410, width: 260, height: 220 }, note: 'wrapped twice' });
    const record = { at: desk.clock.now(), by: 'Table 4', weightGrams: 1840, sizeMm: { length: 410, width: 260, height: 220 }, photos: [photo['fileId']], sha256: [createHash('sha256').update(png).digest('hex')], note: 'wrapped twice' };
    expect([made.status, made.json]).toEqual([200, record]);
    expect(await card('AC-100002')).toMatchObject({ checks: [], packing: [record] });
    expect((await order('AC-100002')).packing).toEqual([record]);
    expect((await ben.call('GET', `/files/${String(photo['fileId'])}`)).bytes.equals(png)).toBe(true);
    expect((await desk.records.audit.list(5)).map(({ what, subject }) => `${what} ${subject}`)).toContain('desk.packing AC-100002');
  });

  test('[AE-05] it goes beside what the customer shows: in the case, and in its case file', async () => {
    const opened = await desk.records.cases.open({ kind: 'dispute', conversationId: WEB, customerId: 'cus-0001', orderNumber: 'AC-100002', owner: 'returns_desk', dueAt: '2026-11-27T10:00:00.000Z', details: {} }, 'k', desk.clock.now());
    await note('AC-100002');
    expect((await ben.call('GET', at(WEB))).json['cases']).toMatchObject([{ number: opened.number, packing: [{ by: 'Table 4', weightGrams: 1840 }] }]);
    await ben.call('GET', `/case/${opened.number}/file?locale=en`);
    expect(papers).toMatchObject([{ document: 'case-file', file: { number: opened.number, packing: [{ by: 'Table 4', weightGrams: 1840 }] } }]);
  });

  test('[AE-05] noted after the goods have left, it says so; a second parcel has a note of its own, and none takes the place of another', async () => {
    const before = (await order('AC-100003')).packing ?? [];
    expect((await note('AC-100003')).json).toMatchObject({ late: true });
    expect((await order('AC-100003')).packing).toEqual([...before, expect.objectContaining({ by: 'Table 4', late: true })]);
    // The press of one order is none of another.
    expect((await note('AC-100002')).status).toBe(400);
    expect((await note('AC-100002', {}, 'packed-0004')).json).not.toHaveProperty('late');
    await note('AC-100002', { weightGrams: 700 }, 'packed-0002');
    expect((await order('AC-100002')).packing?.map(({ weightGrams }) => weightGrams)).toEqual([1840, 700]);
  });

  test('pressed twice it is noted once, and one who notes while the order changes is not in the way', async () => {
    const [first, second] = [await note('AC-100002'), await note('AC-100002')];
    expect([first.status, second.json]).toEqual([200, first.json]);
    const both = await Promise.all([note('AC-100002', {}, 'packed-0002'), note('AC-100002', {}, 'packed-0003')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await order('AC-100002')).packing).toHaveLength(3);
  });

  test('refused: what is no picture, a picture of another order, a weight that is none, an order that was never packed, one nobody knows', async () => {
    expect([(await upload('AC-100002', Buffer.from('%PDF-1.7'))).json.error?.code, (await upload('AC-100002', Buffer.from('hello'))).json.error?.code]).toEqual(['PicturesOnly', 'UnsupportedFile']);
    const { json: elsewhere } = await upload('AC-100003');
    for (const photos of [[elsewhere['fileId']], ['nothing-of-this-name']]) expect((await note('AC-100002', { photos })).json.error?.code).toBe('NoSuchFile');
    for (const wrong of [{ weightGrams: 0 }, { weightGrams: 1.5 }, { by: ' ' }, { sizeMm: { length: 1, width: 1 } }]) expect((await note('AC-100002', wrong)).status).toBe(400);
    const unpaid = sample.orders.find(({ state }) => state === 'unpaid' || state === 'cancelled');
    expect((await note(unpaid?.number ?? '')).json.error?.code).toBe('NotPossible');
    expect([(await note('AC-999999')).status, (await upload('AC-999999')).status]).toEqual([404, 404]);
    expect((await upload('AC-100002', png, desk.caller())).status).toBe(401);
    expect((await order('AC-100002')).packing).toBeUndefined();
  });
});
