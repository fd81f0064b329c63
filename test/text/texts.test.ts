import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import { createTexts, readLocales } from '../../src/text/texts.js';

const folder = mkdtempSync(join(tmpdir(), 'locales-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const texts = createTexts({
  en: { hello: 'Hello {name}', only: 'Only here', pieces: '{count, plural, one {# piece} other {# pieces}}', mixed: '{what}', tags: '<b>{name}</b>' },
  es: { hello: 'Hola {name}', pieces: '{count, plural, one {# pieza} other {# piezas}}', mixed: '{what}' },
  zh: { hello: '你好{name}', mixed: '{what}', pieces: '{count}件' },
});
const bare = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a customer is told in their own language', () => {
  test('words, and English where a language has none', () => {
    expect(texts.say({ key: 'hello', values: { name: 'Ana' } }, 'es')).toBe('Hola Ana');
    expect(texts.say({ key: 'only' }, 'es')).toBe('Only here');
    expect(texts.say({ key: 'hello', values: { name: 'Ana' } }, 'es-MX')).toBe('Hola Ana');
    expect(texts.say({ key: 'hello', values: { name: 'Ana' } }, 'fi')).toBe('Hello Ana');
    expect([texts.say({ key: 'pieces', values: { count: 1 } }, 'en'), texts.say({ key: 'pieces', values: { count: 3 } }, 'es')]).toEqual(['1 piece', '3 piezas']);
  });
  test('what a name holds is never read as a message or a mark-up', () => {
    expect(texts.say({ key: 'hello', values: { name: '{count, plural, one {x}}' } }, 'en')).toBe('Hello {count, plural, one {x}}');
    expect(texts.say({ key: 'tags', values: { name: '<i>' } }, 'en')).toBe('<b><i></b>');
  });
  test('amounts with the sign and decimals of their currency', () => {
    const told = (amount: number, currency: string, locale: string): string => bare(texts.value({ money: money(amount, currency) }, locale));
    expect([told(123456, 'EUR', 'en'), told(123456, 'EUR', 'es'), told(5000, 'JPY', 'en'), told(1234, 'KWD', 'en'), told(-590, 'EUR', 'en')]).toEqual(['€1,234.56', '1234,56 €', '¥5,000', 'KWD 1.234', '-€5.90']);
  });
  test('days and times in the zone they live in', () => {
    const at = '2026-06-30T22:30:00.000Z';
    expect(texts.value({ date: at, zone: 'Europe/Warsaw', style: 'day' }, 'en')).toBe('1 July 2026');
    expect(texts.value({ date: at, zone: 'America/New_York', style: 'both' }, 'en')).toContain('30 June 2026');
    expect(texts.value({ date: at, zone: 'Asia/Shanghai', style: 'day' }, 'zh')).toBe('2026年7月1日');
    expect(texts.value({ date: '2026-06-30', zone: 'America/New_York' }, 'en')).toBe('30 June 2026');
    expect(texts.value({ date: 'never' }, 'en')).toBe('–');
  });
  test('countries, languages, lists, lines and texts within texts', () => {
    expect([texts.value({ country: 'DE' }, 'es'), texts.value({ country: '??' }, 'en'), texts.value({ language: 'zh' }, 'en')]).toEqual(['Alemania', '??', '中文']);
    expect(texts.value({ list: ['a', { money: money(100, 'EUR') }, { text: { key: 'only' } }] }, 'en')).toBe('a, €1.00, and Only here');
    expect(texts.value({ lines: ['a', 'b'] }, 'en')).toBe('• a\n• b');
  });
  test('an address as post offices of its country want it', () => {
    const anna = { name: 'Anna', line1: 'ul. Prosta 5', city: 'Warszawa', postcode: '00-838', country: 'PL' };
    expect(texts.value({ address: anna }, 'en')).toBe('Anna\nul. Prosta 5\n00-838 Warszawa\nPoland');
    expect(texts.value({ address: { name: 'Emily', line1: '212 Maple St', line2: 'Apt 4', city: 'Brooklyn', region: 'NY', postcode: '11201', country: 'US' } }, 'en')).toBe('Emily\n212 Maple St\nApt 4\nBrooklyn, NY 11201\nUnited States');
  });
});

describe('a translator', () => {
  test('hears of a key there is none of, and of a value that is missing', () => {
    expect(() => texts.say({ key: 'nothing' }, 'en')).toThrow(expect.objectContaining({ code: 'texts.unknown_key', message: expect.stringContaining('nothing') as unknown }));
    expect(() => texts.say({ key: 'hello' }, 'en')).toThrow();
    expect([texts.has('hello'), texts.has('nothing')]).toEqual([true, false]);
  });
  test('hears which file is wrong', () => {
    writeFileSync(join(folder, 'en.json'), '{"a":"b"}');
    expect(readLocales(folder)).toEqual({ en: { a: 'b' } });
    for (const wrong of ['{"a":{"b":"c"}}', '[', '{"a":1}']) {
      writeFileSync(join(folder, 'xx.json'), wrong);
      expect(() => readLocales(folder)).toThrow(expect.objectContaining({ code: 'locales.invalid', message: expect.stringContaining('xx.json') as unknown }));
    }
    rmSync(join(folder, 'xx.json'));
    rmSync(join(folder, 'en.json'));
    expect(() => readLocales(folder)).toThrow('en.json is missing');
  });
  test('finds every shipped language read', () => expect(Object.keys(readLocales(fileURLToPath(new URL('../../locales', import.meta.url))))).toEqual(expect.arrayContaining(['en', 'es', 'zh'])));
});
