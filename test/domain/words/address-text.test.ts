import { describe, expect, test } from '@jest/globals';
import { findAddress, isTalk } from '../../../src/domain/words/address-passage.js';
import { isPostcodeOf, missingPart, readAddress, type AddressHints, type AddressParts } from '../../../src/domain/words/address-text.js';

const hints = (more: Partial<AddressHints> = {}): AddressHints => ({ strip: [], ...more });

describe('an address as customers type it', () => {
  const table: readonly (readonly [string, string, Partial<AddressHints>, AddressParts])[] = [
    ['American, in one line', '742 Evergreen Terrace, Springfield, IL 62704', { postcode: '62704' }, { line1: '742 Evergreen Terrace', city: 'Springfield', region: 'IL', postcode: '62704' }],
    ['American, postcode not read before', '742 Evergreen Terrace, Springfield IL 62704', {}, { line1: '742 Evergreen Terrace', city: 'Springfield', region: 'IL', postcode: '62704' }],
    ['American, on an envelope', 'Emily Carter\n500 Market St\nSan Francisco, CA 94105', { postcode: '94105' }, { name: 'Emily Carter', line1: '500 Market St', city: 'San Francisco', region: 'CA', postcode: '94105' }],
    ['American, with a flat', '212 Maple Street, Apt 9, Brooklyn, NY 11201', { postcode: '11201' }, { line1: '212 Maple Street', line2: 'Apt 9', city: 'Brooklyn', region: 'NY', postcode: '11201' }],
    ['American, with a second line that has no number', '101 Highway, Suite B, New York, 10001', {}, { line1: '101 Highway', line2: 'Suite B', city: 'New York', postcode: '10001' }],
    ['American, without a second line, told so', '101 Highway, N/A, New York, NY 10001', {}, { line1: '101 Highway', city: 'New York', region: 'NY', postcode: '10001' }],
    ['British', 'please change it to 10 Downing Street, London SW1A 2AA', { postcode: 'SW1A 2AA' }, { line1: '10 Downing Street', city: 'London', postcode: 'SW1A 2AA' }],
    ['British, postcode not read before', '10 Downing Street, London SW1A 2AA', {}, { line1: '10 Downing Street', city: 'London', postcode: 'SW1A 2AA' }],
    ['Polish', 'ul. Nowy Świat 14, 00-497 Warszawa', { postcode: '00-497' }, { line1: 'ul. Nowy Świat 14', city: 'Warszawa', postcode: '00-497' }],
    ['Polish, postcode not read before', 'Nowy Świat 14/3\n00-497 Warszawa', {}, { line1: 'Nowy Świat 14/3', city: 'Warszawa', postcode: '00-497' }],
    ['Polish, with the recipient on top', 'Jan Nowak\nul. Prosta 5\n00-838 Warszawa', { postcode: '00-838' }, { name: 'Jan Nowak', line1: 'ul. Prosta 5', city: 'Warszawa', postcode: '00-838' }],
    ['Polish, with the country', 'ship it to ul. Prosta 5, 00-838 Warszawa, Poland', { postcode: '00-838', country: 'PL', strip: ['Poland'] }, { line1: 'ul. Prosta 5', city: 'Warszawa', postcode: '00-838', country: 'PL' }],
    ['corrected in talk', 'Sorry, number 14: Nowy Swiat 14, Warszawa', {}, { line1: 'Nowy Swiat 14', city: 'Warszawa' }],
    ['Spanish', 'la dirección correcta es Calle Mayor 5, 28013 Madrid', { postcode: '28013' }, { line1: 'Calle Mayor 5', city: 'Madrid', postcode: '28013' }],
    ['Spanish, with a floor', 'Calle de la Luna 7, 2º A\n28013 Madrid', { postcode: '28013' }, { line1: 'Calle de la Luna 7', line2: '2º A', city: 'Madrid', postcode: '28013' }],
    ['Spanish, a square without a number', 'Plaza Mayor, 37002 Salamanca', { postcode: '37002' }, { line1: 'Plaza Mayor', city: 'Salamanca', postcode: '37002' }],
    ['German', 'Hauptstr. 3, 10115 Berlin', { postcode: '10115' }, { line1: 'Hauptstr. 3', city: 'Berlin', postcode: '10115' }],
    ['Chinese', '地址改成上海市静安区南京西路1234号', {}, { country: 'CN', city: '上海市', line1: '静安区南京西路1234号' }],
    ['Chinese, with a province', '广东省深圳市南山区科技园路1号，邮编518057', { postcode: '518057' }, { country: 'CN', region: '广东省', city: '深圳市', line1: '南山区科技园路1号', postcode: '518057' }],
    ['Chinese, with the country', '寄到：中国北京市朝阳区建国路88号', { country: 'CN' }, { country: 'CN', city: '北京市', line1: '朝阳区建国路88号' }],
    ['Latin letters with Chinese around them', '麻烦寄到 15 Rue des Tilleuls, 69002 Lyon 吧', { postcode: '69002' }, { line1: '15 Rue des Tilleuls', city: 'Lyon', postcode: '69002' }],
    ['Latin letters behind a sentence in Chinese', '我要把收货地址换到英国，16 Park Road, Leeds LS6 2AB', { postcode: 'LS6 2AB', country: 'GB', strip: ['英国'] }, { line1: '16 Park Road', city: 'Leeds', postcode: 'LS6 2AB', country: 'GB' }],
    ['Chinese, a town abroad, which has no 市 behind it', '首尔，江南区德黑兰路12号', { country: 'KR' }, { line1: '江南区德黑兰路12号', city: '首尔', country: 'KR' }],
    ['Chinese, a town abroad behind its street', '武吉免登路88号，吉隆坡', {}, { line1: '武吉免登路88号', city: '吉隆坡' }],
    ['Chinese, a name of a street in Latin letters', '上海市静安区Nanjing Road 123号', {}, { country: 'CN', city: '上海市', line1: '静安区NanjingRoad123号' }],
    ['Spanish, with a staircase and a door', 'C/ Gran Vía 45, piso 3, puerta 2, Barcelona 08007', {}, { line1: 'C/ Gran Vía 45', line2: 'piso 3, puerta 2', city: 'Barcelona', postcode: '08007' }],
    ['Portuguese, with a floor and the postcode last', 'Rua das Flores 23, 2º Dto, Lisboa, 1200-195', {}, { line1: 'Rua das Flores 23', line2: '2º Dto', city: 'Lisboa', postcode: '1200-195' }],
    ['French, with house, floor and town', '12 bis avenue Foch, bâtiment B, 3e étage, 75016 Paris', { postcode: '75016' }, { line1: '12 bis avenue Foch', line2: 'bâtiment B, 3e étage', city: 'Paris', postcode: '75016' }],
    ['German, with a storey', 'Musterweg 3a, 2. OG links, 20359 Hamburg', { postcode: '20359' }, { line1: 'Musterweg 3a', line2: '2. OG links', city: 'Hamburg', postcode: '20359' }],
    ['Russian, the town first', 'г. Казань, улица Пушкина, дом 10, квартира 4, индекс 420111', { postcode: '420111' }, { line1: 'улица Пушкина, дом 10', line2: 'квартира 4', city: 'Казань', postcode: '420111' }],
    ['Arabic, the town first and no house number', 'الشارقة، شارع الملك فيصل، برج الواحة، شقة 903', {}, { line1: 'شارع الملك فيصل', line2: 'برج الواحة, شقة 903', city: 'الشارقة' }],
    ['the city alone, when it was asked for', 'Kraków', { wanted: 'city' }, { city: 'Kraków' }],
    ['the city with its postcode, when it was asked for', '30-001 Kraków', { wanted: 'city', postcode: '30-001' }, { city: 'Kraków', postcode: '30-001' }],
    ['the postcode alone, when it was asked for', 'sw1a 2aa', { wanted: 'postcode' }, { postcode: 'SW1A 2AA' }],
    ['the street alone, when it was asked for', 'ul. Prosta 5', { wanted: 'line1' }, { line1: 'ul. Prosta 5' }],
  ];
  test.each(table)('%s', (_, text, more, expected) => expect(readAddress(text, hints(more))).toEqual(expected));

  test('is said to lack its first missing part', () => {
    expect(missingPart({ line1: 'a 1', city: 'b', postcode: '1', country: 'PL' })).toBeNull();
    expect(missingPart({ city: 'b', country: 'PL' })).toBe('line1');
    expect(missingPart({ line1: 'a 1', city: ' ', country: 'PL' })).toBe('city');
    expect(missingPart({ line1: 'a 1', city: 'b', country: 'PL' })).toBe('postcode');
    expect(missingPart({ line1: 'a 1', city: 'b', country: 'AE' })).toBeNull();
    expect(missingPart({ line1: 'a 1', city: 'b', postcode: '1' })).toBe('country');
  });
  test.each([
    ['00-001', 'PL', true], ['00001', 'PL', true], ['0001', 'PL', false], ['11201', 'US', true], ['11201-1234', 'US', true], ['1120', 'US', false], ['SW1A 2AA', 'GB', true], ['sw1a2aa', 'GB', true],
    ['12345', 'GB', false], ['K1A 0B1', 'CA', true], ['200040', 'CN', true], ['20004', 'CN', false], ['28013', 'ES', true], ['2801', 'ES', false], ['', 'AE', true], ['anything', 'HK', true], ['1010', 'XX', true], ['!', 'XX', false],
  ])('%s is a postcode of %s: %s', (postcode, country, expected) => expect(isPostcodeOf(postcode, country)).toBe(expected));
});

describe('an address in a longer text', () => {
  test.each<readonly [string, readonly string[], string | undefined]>([
    ['Hello, I am Nora from Tulsa, zip 74103. I lost my e-mail. I have 3 things to ask.', [], undefined],
    ['We signed the lease! It is 18 Linden Court, Tulsa, OK 74103, USA. Please use that for everything I have on order.', ['18 Linden Court'], '18 Linden Court, Tulsa, OK 74103, USA'],
    ['It should read 230 Pine Hollow Rd., Suite 8, Madison, Wisconsin, 53703. If it is wrong, please fix it.', [], '230 Pine Hollow Rd, Suite 8, Madison, Wisconsin, 53703'],
    ['could you send it to 6 juniper way, apt 2, boise, id 83702 thanks', ['6 juniper way'], '6 juniper way, apt 2, boise, id 83702'],
    ['Street: 18 Linden Court\nCity: Tulsa\nState: OK\nZip: 74103', ['18 Linden Court'], '18 Linden Court, Tulsa, OK, 74103'],
    ['It should not go to 4 Mill St., Boise, ID 83702 but to 77 W 5th Ave, Apt #4, Tulsa OK 74103, I think.', [], '77 W 5th Ave, Apt #4, Tulsa OK 74103'],
    ['please change the address of my order to ul. Nowy Świat 14, 00-497 Warszawa', [], 'ul. Nowy Świat 14, 00-497 Warszawa'],
    ['My son lives in Boise, ID 83702 and I am in Tulsa.', [], undefined],
    ['Calle Mayor 12, 3º B, 28013 Madrid', ['Calle Mayor 12, 3º B'], 'Calle Mayor 12, 3º B, 28013 Madrid'],
    ['Москва, ул. Лесная 5, кв 12, индекс 125047', ['ул. Лесная 5, кв 12'], 'ул. Лесная 5, кв 12, 125047, Москва'],
  ])('%s', (text, streets, expected) => expect(findAddress(text, streets)?.text).toBe(expected));

  test('an answer of a few words is no talk', () => {
    expect(['12 Oak Drive, Suite 3, Austin, Texas', 'Calle de la Luna 7', 'in Boston'].some(isTalk)).toBe(false);
    expect(isTalk('I am from Tulsa and I do not have my e-mail at hand')).toBe(true);
  });
});
