import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { code128, qrCode } from '../../src/documents/barcodes.js';
import { labelWords } from '../../src/documents/label-content.js';
import { createDocuments } from '../../src/documents/documents.js';
import { aReturn, customers, warehouse } from './a-return.js';
import { createLabelTexts } from './texts-twin.js';

const texts = createLabelTexts();
const documents = createDocuments(texts);
const make = async (...[request, locale = 'en']: [Parameters<typeof documents.make>[0], string?]) => (await documents.make(request, locale)).bytes;
const ascii = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function expectOnePagePdf(bytes: Uint8Array, width: number, height: number): void {
  const file = ascii(bytes);
  expect(file.startsWith('%PDF-1.7\n')).toBe(true);
  expect(file.trimEnd().endsWith('%%EOF')).toBe(true);
  expect(file.match(/\/Type \/Page\n/gu)).toHaveLength(1);
  const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(file);
  expect(Number(box?.[1])).toBeCloseTo((width / 25.4) * 72, 1);
  expect(Number(box?.[2])).toBeCloseTo((height / 25.4) * 72, 1);
  expect(bytes.byteLength).toBeLessThan(150_000);
}

/** The file's streams, unpacked. */
function streams(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes);
  const found: string[] = [];
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 1)) {
    try {
      found.push(inflateSync(file.subarray(at + 7)).toString('latin1'));
    } catch {
      continue; // The word inside other bytes, or the end of a stream.
    }
  }
  return found;
}

/** All that viewers can copy out of the file: the characters its fonts were told of. */
function copyable(bytes: Uint8Array): Set<string> {
  const found = new Set<string>();
  for (const content of streams(bytes)) {
    const maps = /beginbfrange\n([\s\S]*?)\nendbfrange/u.exec(content)?.[1] ?? '';
    for (const [, codes = ''] of maps.matchAll(/<([0-9a-f ]{4,})>/gu)) for (const code of codes.split(' ')) found.add(String.fromCharCode(parseInt(code, 16)));
  }
  return found;
}

describe('a customer prints a label', () => {
  test.each([['A6', 105, 148], ['A4', 210, 297]] as const)('on %s paper', async (page, width, height) => {
    for (const [locale, from] of [['en', customers.polish], ['zh', customers.chinese], ['es', customers.russian], ['en', customers.arabic], ['zh', customers.greek], ['es', customers.vietnamese]] as const) {
      expectOnePagePdf(await make(aReturn({ from }, page), locale), width, height);
    }
  });

  test('and gets the very same file when asking again, whatever was printed in between', async () => {
    const request = aReturn({ from: customers.arabic }, 'A4');
    const first = await make(request, 'zh');
    await make(aReturn({ from: { ...customers.arabic, name: 'نبيل ثابت' } }), 'es');
    expect(Buffer.compare(await make(request, 'zh'), first)).toBe(0);
    expect(Buffer.compare((await createDocuments(createLabelTexts()).make(request, 'zh')).bytes, first)).toBe(0);
    expect(Buffer.compare(await make(request, 'es'), first)).not.toBe(0);
  });

  test('whose file tells its title, language and the day the return was opened', async () => {
    const file = ascii(await make(aReturn(), 'es'));
    expect(file).toContain('/Lang (es)');
    expect(file).toContain('D:20260302093000Z');
    expect(file).toContain('RMA-7K2M9Q');
    expect(ascii(await make(aReturn(), 'fr-FR'))).toContain('/Lang (fr)');
    expect(ascii(await make(aReturn(), 'it-IT'))).toContain('/Lang (en)');
  });

  test('under a name that every computer takes', async () => {
    expect(await documents.make(aReturn(), 'zh')).toMatchObject({ name: 'return-label-RMA-7K2M9Q-A6.pdf', type: 'application/pdf' });
    expect((await documents.make(aReturn({ number: '../退货/1' }), 'zh')).name).toBe('return-label-1-A6.pdf');
    expect((await documents.make(aReturn({ number: '退货' }), 'zh')).name).toBe('return-label-label-A6.pdf');
  });

  test('and can copy the own name out of it', async () => {
    for (const from of Object.values(customers)) {
      const letters = copyable(await make(aReturn({ from })));
      for (const letter of from.name.normalize('NFC').replace(/ /gu, '')) expect(letters).toContain(letter);
    }
  });
});

describe('who reads from the right finds the label mirrored', () => {
  const width = (210 / 25.4) * 72;
  const point = '(-?[\\d.]+) (-?[\\d.]+)';
  const circle = `${point} m\\n(?:(?:-?[\\d.]+ ){6}c\\n){4}h\\n.*\\n.*\\n`;
  const near = (x: number): unknown => expect.closeTo(x, 3);

  /** Where the page has its cut line, the handles of its scissors, the discs of its steps, and its texts of some size. */
  const placed = async (locale: string, page: 'A6' | 'A4' = 'A4') => {
    const drawing = streams(await make(aReturn({ from: customers.arabic }, page), locale)).find((content) => content.includes(' Tm\n')) ?? '';
    const all = (pattern: string) => Array.from(drawing.matchAll(new RegExp(pattern, 'gu')), (found) => found.slice(1).map(Number));
    const leftmost = (pattern: string) => all(pattern).map(([x]) => x ?? NaN);
    return {
      cut: all(`\\[5 4\\] 0 d\\n${point} m\\n${point} l\\n`).map(([from, , to]) => [from, to]),
      handles: leftmost(`${circle}S\\n`).map((x) => x + 2.3),
      discs: leftmost(`${circle}f\\n`).map((x) => x + 9),
      texts: (size?: number) => leftmost(size === undefined ? `${point} Tm\\n` : `${point} Tm\\n/F\\d+ ${size} Tf\\n`),
    };
  };

  test('the numbers of the steps at the right, the words to the left of them', async () => {
    const arabic = await placed('ar');
    expect((await placed('en')).discs).toEqual(Array(6).fill(near(28 + 9)));
    expect(arabic.discs).toEqual(Array(6).fill(near(width - 28 - 9)));
    const words = arabic.texts(10.5 * 1.15);
    expect(words.length).toBeGreaterThanOrEqual(6);
    for (const x of words) {
      expect(x).toBeGreaterThan(280);
      expect(x).toBeLessThan(width - 28 - 27);
    }
  });

  test('the contents at the left, each quantity to the right of the name', async () => {
    const { texts } = await placed('ar');
    const quantities = texts(10).filter((x) => x < width / 2);
    const names = texts(9.5).filter((x) => x < width / 2);
    expect(quantities).toHaveLength(2);
    expect(names.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...names)).toBeLessThan(Math.min(...quantities));
  });

  test('the cut line from the scissors at the right to the edge at the left', async () => {
    expect(await placed('en')).toMatchObject({ handles: [near(30), near(30)], cut: [[near(44), near(width)]] });
    expect(await placed('ar')).toMatchObject({ handles: [near(width - 30), near(width - 30)], cut: [[near(width - 44), near(0)]] });
  });

  test('nothing beyond the paper, and a Latin address with all its lines from the left', async () => {
    for (const [page, paper, size] of [['A6', (105 / 25.4) * 72, 11.25], ['A4', width, 14.5]] as const) {
      const { texts } = await placed('ar', page);
      for (const x of texts()) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(paper);
      }
      expect(texts(size).length).toBeGreaterThanOrEqual(3);
      expect(new Set(texts(size)).size).toBe(1);
    }
  });
});

describe('the label says', () => {
  const words = (change: Parameters<typeof aReturn>[0] = {}, locale = 'en', zone?: string) => labelWords(texts, locale, zone, aReturn(change));

  test('whose parcel it is, where it goes, by when and who pays', () => {
    expect(words().label()).toMatchObject({
      title: 'RETURN', returnNumber: { value: 'RMA-7K2M9Q' }, tracking: { value: '3SABCD0123456789' }, carrier: { value: 'PostNL' },
      from: { name: customers.polish.name, lines: ['ul. Świętokrzyska 31/33 m. 5', '90-001 Łódź'], country: 'POLAND' },
      to: { name: warehouse.name, lines: ['Waalhaven Zuidzijde 19', 'Dock 4', '3089 JH Rotterdam'], country: 'NETHERLANDS' },
      facts: [{ value: 'AC-104233' }, { value: '3' }, { value: '16 March 2026' }, { value: 'Paid by the shop' }],
    });
  });

  test('the country in English too, for the sorting centres on the way', () => {
    expect(words({}, 'zh').label().to.country).toBe('NETHERLANDS · 荷兰');
  });

  test('the last day as it is in the shop’s own zone', () => {
    expect(words({}, 'en', 'Asia/Shanghai').label().facts[2]?.value).toBe('17 March 2026');
  });

  test('never why the goods go back', () => {
    for (const locale of texts.locales) {
      const said = JSON.stringify([words({ reason: 'defective' }, locale).label(), words({ reason: 'defective' }, locale).sheet()]);
      expect(said).toBe(JSON.stringify([words({ reason: 'changed_mind' }, locale).label(), words({ reason: 'changed_mind' }, locale).sheet()]));
    }
  });

  test('on the sheet, what goes into the parcel and nothing else of the order', () => {
    expect(words().sheet().contents).toEqual({
      title: 'In this parcel', pieces: '3 pieces',
      items: [{ count: 1, name: 'Linen shirt “Marina”', options: 'sea blue · M' }, { count: 2, name: '羊绒围巾 Cashmere scarf', options: '驼色' }],
    });
  });

  test('who bears the postage, and how', () => {
    const note = (change: Parameters<typeof aReturn>[0]) => words(change).sheet().notes[1]?.text;
    expect(note({ freightPaidBy: 'shop' })).toBe('The shop pays the postage of this return.');
    expect(note({ freightPaidBy: 'shop', ifNoFault: { amount: 590, currency: 'EUR' } })).toBe('The shop pays the postage of this return. If the inspection finds no fault, €5.90 is taken off, as agreed.');
    expect(note({ freightPaidBy: 'customer', freight: { amount: 690, currency: 'EUR' } })).toContain('€6.90');
    expect(note({ service: 'exchange', refund: { amount: 0, currency: 'EUR' }, freightPaidBy: 'customer', freight: { amount: 1180, currency: 'EUR' } })).toMatch(/postage of €11\.80 is paid by you: it is settled with the price difference/u);
    expect(note({ freightPaidBy: 'customer' })).toContain('when you hand the parcel in');
  });

  test('all of it in every language that we print', () => {
    const keysOf = (locale: string) => Object.keys(JSON.parse(readFileSync(new URL(`../../locales/${locale}.json`, import.meta.url), 'utf8')) as object).filter((key) => key.startsWith('label.')).sort();
    for (const locale of ['zh', 'es']) expect(keysOf(locale)).toEqual(keysOf('en'));
  });
});

describe('the warehouse scans', () => {
  test('a Code 128 with a start, the number, a check sum and a stop', () => {
    const bars = code128('RMA-7K2M9Q') ?? [];
    expect(bars.length % 6).toBe(1);
    expect(bars.slice(0, 6)).toEqual([2, 1, 1, 2, 1, 4]);
    expect(bars.slice(-7)).toEqual([2, 3, 3, 1, 1, 1, 2]);
  });

  test('no barcode where a number cannot be one', () => {
    expect(code128('退货-1')).toBeNull();
    expect(code128('')).toBeNull();
    expect(code128('9'.repeat(49))).toBeNull();
  });

  test('a square QR code with its three corners', () => {
    const modules = qrCode('return=RMA-7K2M9Q&tracking=3SABCD0123456789') ?? [];
    expect(modules.every((row) => row.length === modules.length)).toBe(true);
    const last = modules.length - 1;
    for (const [y, x] of [[0, 0], [0, last], [last, 0]] as const) expect(modules[y]?.[x]).toBe(true);
    expect(qrCode('x'.repeat(401))).toBeNull();
  });
});

describe('no customer breaks the label', () => {
  const nasty = { name: '\u202E\u0000👩‍👩‍👧', line1: 'x'.repeat(500), line2: 'שדרות 5 ประเทศ', city: `Z${'\u0351'.repeat(60)}`, region: '한국', postcode: '\n', country: 'XX' };

  test('with emoji, controls, foreign scripts and lines of 500 letters', async () => {
    for (const page of ['A6', 'A4'] as const) {
      const bytes = await make(aReturn({ from: nasty, to: { ...nasty, name: 'Maximilian '.repeat(45) }, trackingNumber: 'X'.repeat(300), number: '退'.repeat(80), carrier: '' }, page), 'es');
      expectOnePagePdf(bytes, page === 'A6' ? 105 : 210, page === 'A6' ? 148 : 297);
    }
  });

  test('with a parcel of a hundred products', async () => {
    const { order, ...rest } = aReturn({}, 'A4');
    const lines = Array.from({ length: 100 }, (_, index) => ({ ...(order.lines[0] as (typeof order.lines)[number]), id: `m${index}`, name: `Product ${index} with a rather long name that has to wrap somewhere` }));
    const request = { ...rest, order: { ...order, lines }, return: { ...rest.return, lines: lines.map(({ id }) => ({ lineId: id, quantity: 1 })) } };
    expectOnePagePdf(await make(request), 210, 297);
  });

  test('with any Unicode name and address at all', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(text, text, text, text, fc.constantFrom('A6', 'A4'), async (name, line1, city, number, page) => {
        const bytes = await make(aReturn({ from: { ...customers.polish, name, line1, city }, to: { ...warehouse, name: city, postcode: name }, carrier: line1, trackingNumber: number }, page));
        expect(ascii(bytes).trimEnd().endsWith('%%EOF')).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('but a return without a time is a fault with a code', async () => {
    await expect(make(aReturn({ openedAt: 'yesterday' }))).rejects.toMatchObject({ code: 'documents.failed' });
  });
});
