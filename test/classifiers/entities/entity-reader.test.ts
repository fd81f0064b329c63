import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createEntityReader } from '../../../src/classifiers/entities/entity-reader.js';
import { Fault } from '../../../src/domain/fault.js';

const shop = { orderNumberPattern: 'AC-\\d{5}', returnNumberPattern: 'RMA-\\d{4}', country: 'US' };
const read = createEntityReader(shop);
/** A Wednesday, late in the evening in Madrid and the next day already in Shanghai. */
const at = '2026-05-20T21:30:00Z';

/** The values of a message; the words about them (markers, comparisons) have tests of their own. */
const seen = (text: string, locale = 'en', more: { country?: string; timeZone?: string } = {}): unknown[] => (
  read(text, locale, { at, ...more }).filter(({ kind }) => kind !== 'marker' && kind !== 'comparison').map(({ start, end, raw, ...value }) => {
    expect(text.slice(start, end)).toBe(raw);
    return value;
  }));
const order = (value: string, marked = true): unknown => ({ kind: 'order_number', value, marked });
const day = (from: string, to = from): unknown => ({ kind: 'date', from, to });

describe('the numbers a customer gives', () => {
  test.each([
    ['order 88213', [order('88213')]], ['where is #1042', [order('1042')]], ['# 1042', [order('1042')]], ['ac-20481 please', [order('AC-20481')]], ['order no. W5512345', [order('W5512345')]],
    ['订单号 104233', [order('104233')]], ['我的订单号是104233到哪了', [order('104233')]], ['订单号：１０４２３３', [order('104233')]], ['订单AC-20481到哪了', [order('AC-20481')]], ['pedido 88213', [order('88213')]],
    ['mi pedido es el 88213', [order('88213')]], ['my order number is 88213.', [order('88213')]], ['order 77-1930?', [order('77-1930')]], ['W5512345', [order('W5512345', false)]], ['88213', [order('88213', false)]], ['1042', [order('1042', false)]],
    ['orders 1042, 1043 and 1044', [order('1042'), order('1043'), order('1044')]], ['pedidos 1042 y 1043', [order('1042'), order('1043')]], ['订单1042和1043', [order('1042'), order('1043')]],
    ['my return RMA-1234', [{ kind: 'return_number', value: 'RMA-1234' }]],
  ])('orders and returns: %s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test.each([
    ['RR123456785CN', { kind: 'tracking_number', value: 'RR123456785CN' }],
    ['it is rr 123 456 785 cn', { kind: 'tracking_number', value: 'RR123456785CN' }],
    ['1Z999AA10123456784', { kind: 'tracking_number', value: '1Z999AA10123456784', carrier: 'ups' }],
    ['tracking 00340434161094042557', { kind: 'tracking_number', value: '00340434161094042557', carrier: 'dhl' }],
    ['DHL tracking number 00340434161094042557', { kind: 'tracking_number', value: '00340434161094042557', carrier: 'dhl' }],
    ['快递单号 773012345678901', { kind: 'tracking_number', value: '773012345678901' }],
    ['顺丰 SF1234567890123', { kind: 'tracking_number', value: 'SF1234567890123', carrier: 'sf' }],
    ['número de seguimiento 12345678901', { kind: 'tracking_number', value: '12345678901' }],
  ])('parcels: %s', (text, expected) => {
    expect(seen(text)).toEqual([expected]);
  });

  test('a postal number with a wrong check digit is not taken for a parcel', () => {
    expect(seen('RR123456784CN')).not.toContainEqual(expect.objectContaining({ kind: 'tracking_number' }));
  });

  test.each([
    ['my code is SUMMER20', [{ kind: 'code', value: 'SUMMER20' }]], ['cupón VERANO10', [{ kind: 'code', value: 'VERANO10' }]], ['优惠券 SAVE50 怎么用', [{ kind: 'code', value: 'SAVE50' }]],
    ['the WELCOME5 code does not work', [{ kind: 'code', value: 'WELCOME5' }]],
    ['my code does NOT WORK', []], ['481516', [{ kind: 'one_time_code', value: '481516' }]], ['481 516', [{ kind: 'one_time_code', value: '481516' }]], ['the code is 481516', [{ kind: 'one_time_code', value: '481516' }]],
    ['验证码 481516', [{ kind: 'one_time_code', value: '481516' }]], ['order 481516', [order('481516')]],
  ])('codes: %s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test('six digits are an order number where the shop’s own numbers look so', () => {
    const own = createEntityReader({ ...shop, orderNumberPattern: '\\d{6}' });
    expect(own('481516', 'en', { at })).toMatchObject([{ kind: 'order_number', value: '481516' }]);
  });
});

describe('how a customer can be reached', () => {
  test.each([
    ['mail Ana.Lopez@Example.com.', 'US', [{ kind: 'email', value: 'ana.lopez@example.com' }]],
    ['我的邮箱是test@qq.com', 'CN', [{ kind: 'email', value: 'test@qq.com' }]],
    ['call +34 612 345 678', 'US', [{ kind: 'phone', value: '+34612345678' }]],
    ['my number is (415) 555-2671', 'US', [{ kind: 'phone', value: '+14155552671' }]],
    ['手机号13812345678', 'CN', [{ kind: 'phone', value: '+8613812345678' }]],
    ['mi móvil: 612 345 678', 'ES', [{ kind: 'phone', value: '+34612345678' }]],
    ['my name is Ana López and my order is 88213', 'US', [{ kind: 'name', value: 'Ana López' }, order('88213')]],
    ['soy María del Carmen Ruiz', 'ES', [{ kind: 'name', value: 'María del Carmen Ruiz' }]],
    ['我叫王小明', 'CN', [{ kind: 'name', value: '王小明' }]],
    ['Name: john smith', 'US', [{ kind: 'name', value: 'john smith' }]],
    ["I'm still waiting", 'US', []], ['soy cliente nuevo', 'ES', []],
  ])('%s', (text, country, expected) => {
    expect(seen(text, 'en', { country })).toEqual(expected);
  });

  test.each([
    ['SW1A 1AA', 'US', 'SW1A 1AA'], ['k1a 0b1', 'US', 'K1A 0B1'], ['1012 AB Amsterdam', 'NL', '1012 AB'], ['zip 90210', 'US', '90210'], ['my zip is 90210 and I moved', 'US', '90210'], ['邮编 510000', 'CN', '510000'],
    ['código postal 28013', 'ES', '28013'], ['28013 Madrid', 'ES', '28013'], ['PLZ 10115', 'US', '10115'], ['10115 Berlin', 'DE', '10115'],
  ])('the postcode in "%s" (%s) is %s', (text, country, value) => {
    expect(seen(text, 'en', { country })[0]).toEqual({ kind: 'postcode', value });
  });

  test.each([
    ['I live in Germany', 'DE'], ['ship to the UK', 'GB'], ['do you deliver to the United States', 'US'], ['vivo en España', 'ES'], ['envían a Mexico', 'MX'], ['寄到德国', 'DE'], ['我在美国', 'US'], ['Made in Turkey', 'TR'],
  ])('the country in "%s" is %s', (text, value) => {
    expect(seen(text)).toEqual([{ kind: 'country', value }]);
  });

  test('a customer who bought a turkey or a jersey names no country', () => {
    expect(seen('the turkey pan and the jersey are lovely')).toEqual([]);
  });
});

describe('how much and how many a customer means', () => {
  test.each([
    ['I paid 25 €', { kind: 'money', amount: 2500, currency: 'EUR' }], ['$1,299.99', { kind: 'money', amount: 129999, currency: 'USD' }], ['1.299,99 €', { kind: 'money', amount: 129999, currency: 'EUR' }],
    ['199元', { kind: 'money', amount: 19900, currency: 'CNY' }], ['twenty or 20 pounds', { kind: 'money', amount: 2000, currency: 'GBP' }], ['3000 yen', { kind: 'money', amount: 3000, currency: 'JPY' }], ['20 pesos', { kind: 'money', amount: 2000 }],
    ['two shirts', { kind: 'quantity', value: 2 }], ['x3', { kind: 'quantity', value: 3 }], ['3 pcs', { kind: 'quantity', value: 3 }], ['dos camisetas', { kind: 'quantity', value: 2 }], ['要两个', { kind: 'quantity', value: 2 }], ['十二件', { kind: 'quantity', value: 12 }], ['2', { kind: 'quantity', value: 2 }],
    ['the first one', { kind: 'ordinal', value: 1 }], ['the 2nd', { kind: 'ordinal', value: 2 }], ['last one', { kind: 'ordinal', value: -1 }], ['the last but one', { kind: 'ordinal', value: -2 }], ['el segundo', { kind: 'ordinal', value: 2 }], ['la última', { kind: 'ordinal', value: -1 }],
    ['第二个', { kind: 'ordinal', value: 2 }], ['最后一个', { kind: 'ordinal', value: -1 }], ['倒数第二个', { kind: 'ordinal', value: -2 }],
    ['all of them', { kind: 'all' }], ['todos', { kind: 'all' }], ['全部', { kind: 'all' }], ['both', { kind: 'both' }], ['los dos', { kind: 'both' }], ['两个都', { kind: 'both' }],
  ])('%s', (text, expected) => {
    expect(seen(text)).toEqual([expected]);
  });

  test.each([
    ['all except the last one', [{ kind: 'all' }, { kind: 'except' }, { kind: 'ordinal', value: -1 }]],
    ['todos menos el primero', [{ kind: 'all' }, { kind: 'except' }, { kind: 'ordinal', value: 1 }]],
    ['除了第二个都退', [{ kind: 'except' }, { kind: 'ordinal', value: 2 }, { kind: 'all' }]],
    ['not at all', []], ['one second please', []], ['my last name', []], ['size 42', [{ kind: 'size', value: '42' }]], ['5 days', []], ['at first I liked it', []],
  ])('%s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });
});

describe('the day a customer means, told on a Wednesday', () => {
  test.each([
    ['today', day('2026-05-20')], ['yesterday', day('2026-05-19')], ['the day before yesterday', day('2026-05-18')], ['tomorrow', day('2026-05-21')], ['last Tuesday', day('2026-05-19')], ['last Wednesday', day('2026-05-13')], ['on Sunday', day('2026-05-17')],
    ['next Friday', day('2026-05-22')], ['on 3 May', day('2026-05-03')], ['May 3rd, 2025', day('2025-05-03')], ['3rd of December', day('2025-12-03')], ['2026-05-03', day('2026-05-03')], ['03.05.2026', day('2026-05-03')],
    ['last week', day('2026-05-11', '2026-05-17')], ['a week ago', day('2026-05-13')], ['3 days ago', day('2026-05-17')], ['two months ago', day('2026-03-20')], ['last month', day('2026-04-01', '2026-04-30')],
    ['昨天', day('2026-05-19')], ['前天', day('2026-05-18')], ['上周', day('2026-05-11', '2026-05-17')], ['上周三', day('2026-05-13')], ['5月3日', day('2026-05-03')], ['三天前', day('2026-05-17')], ['两周前', day('2026-05-06')], ['上个月', day('2026-04-01', '2026-04-30')],
    ['ayer', day('2026-05-19')], ['anteayer', day('2026-05-18')], ['la semana pasada', day('2026-05-11', '2026-05-17')], ['el 3 de mayo', day('2026-05-03')], ['hace una semana', day('2026-05-13')], ['hace 3 días', day('2026-05-17')], ['el lunes pasado', day('2026-05-18')], ['mañana', day('2026-05-21')],
  ])('"%s"', (text, expected) => {
    const found = read(text, 'en', { at }).map(({ start: _, end: __, raw: ___, ...value }) => value);
    expect(found).toContainEqual(expected);
    expect(found.filter(({ kind }) => kind === 'date')).toHaveLength(1);
  });

  test('"3/5" is the third of May to a Spaniard and the fifth of March to an American', () => {
    expect(seen('3/5', 'es', { country: 'ES' })).toEqual([day('2026-05-03')]);
    expect(seen('3/5', 'en', { country: 'US' })).toEqual([day('2026-03-05')]);
  });

  test('"today" is the customer’s day, not the server’s', () => {
    expect(seen('今天', 'zh', { timeZone: 'Asia/Shanghai' })).toEqual([day('2026-05-21')]);
    expect(seen('today', 'en', { timeZone: 'Nowhere/Atall' })).toEqual([day('2026-05-20')]);
  });

  test('a day that no calendar has is no date', () => {
    expect(seen('on 31 February').filter((value) => (value as { kind: string }).kind === 'date')).toEqual([]);
  });

  test('a message whose time cannot be read still has its other values', () => {
    expect(read('yesterday order 88213', 'en', { at: 'nonsense' })).toMatchObject([{ kind: 'order_number', value: '88213' }]);
  });
});

describe('whatever a customer sends', () => {
  /** What every reading must hold to, whatever the text. */
  const isSound = (text: string, locale: string): void => {
    let end = 0;
    for (const entity of read(text, locale, { at })) {
      expect(entity.start).toBeGreaterThanOrEqual(end);
      expect(entity.end).toBeGreaterThan(entity.start);
      expect(entity.end).toBeLessThanOrEqual(text.length);
      expect(entity.raw).toBe(text.slice(entity.start, entity.end));
      end = entity.end;
    }
  };
  const locales = fc.constantFrom('en', 'es', 'zh', 'pt', 'fr', 'de', 'ru', 'ar', 'xx');

  test('values never overlap and always stand where they say', () => {
    const pieces = fc.constantFrom(
      'order ', '#1042 ', 'AC-20481', ' 88213', ' +34 612 345 678', '5月3日', ' last ', 'Tuesday ', '25 €', ' both', '第二个', ' code ', 'SUMMER20 ', '481516', ' a@b.com ', 'SW1A 1AA', ' name: ', 'Ana', '1Z999AA10123456784', ' ', ',', '\ud83d', '２０',
      'Größe 42 ', 'dunkelblau', ' am 3.5. ', 'مقاس ٤٢ ', 'أزرق غامق', 'أَمْسِ ', 'кроме первого ', 'тёмно-синий', ' 12 rue de la Paix ', '1.299,50 €', 'tamanho GG ', ' à 17h30', 'mañana', 'it came ', 'broken ', 'x3', 'S/M ', '\u0301', 'ــ', '\u202e',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), locales, (parts, locale) => isSound(parts.join(''), locale)), { seed: 7, numRuns: 500 });
  });

  test('no text is too strange to be read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), locales, (text, locale) => isSound(text, locale)), { seed: 7, numRuns: 300 });
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }), locales, (units, locale) => isSound(String.fromCharCode(...units), locale)), { seed: 7, numRuns: 300 });
    for (const text of ['Z̷̪͝ä̶l̵g̸o̵ ö̸r̵d̶ë̴r̷ 8̵8̶2̷1̵3̸', '\ud83d\ud83d size \udc00M', '\u202eקוד 481516\u202c', 'a'.repeat(200_000), '1'.repeat(200_000), '١٢٣ '.repeat(20_000), 'größe 42 '.repeat(20_000)]) isSound(text, 'de');
  });

  test('a shop whose number pattern is broken is told so at the start', () => {
    expect(() => createEntityReader({ ...shop, orderNumberPattern: '(' })).toThrow(Fault);
  });
});
