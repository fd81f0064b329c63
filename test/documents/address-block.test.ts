import { expect, test } from '@jest/globals';
import { addressLines } from '../../src/documents/address-block.js';

const at = (country: string, city: string, postcode: string, region?: string) => ({ name: 'N', line1: 'Street 1', city, postcode, country, ...(region === undefined ? {} : { region }) });

test.each([
  ['Germany', at('DE', 'Berlin', '10115'), ['Street 1', '10115 Berlin']],
  ['Spain', at('ES', 'Getafe', '28901', 'Madrid'), ['Street 1', '28901 Getafe', 'Madrid']],
  ['Italy', at('IT', 'Milano', '20121', 'MI'), ['Street 1', '20121 Milano MI']],
  ['the United States', at('US', 'Austin', '78701', 'TX'), ['Street 1', 'Austin, TX 78701']],
  ['Canada', at('CA', 'Toronto', 'M5V 2T6', 'ON'), ['Street 1', 'Toronto ON M5V 2T6']],
  ['Great Britain', at('GB', 'London', 'SW1A 1AA'), ['Street 1', 'London', 'SW1A 1AA']],
  ['Brazil', at('BR', 'São Paulo', '01310-100', 'SP'), ['Street 1', 'São Paulo - SP', '01310-100']],
  ['Brazil, without a state', at('BR', 'São Paulo', '01310-100'), ['Street 1', 'São Paulo', '01310-100']],
  ['the Emirates, without a postcode', at('AE', 'Dubai', ''), ['Street 1', 'Dubai']],
  ['Kenya, a country without a rule of its own', at('KE', 'Nairobi', '00100'), ['Street 1', '00100 Nairobi']],
  ['China, in Latin letters', at('CN', 'Shenzhen', '518103', 'Guangdong'), ['Street 1', '518103 Guangdong Shenzhen']],
  ['China, in Chinese', { ...at('CN', '深圳市', '518103', '广东省'), line1: '兴业二路18号', line2: '3楼' }, ['518103 广东省深圳市', '兴业二路18号', '3楼']],
  ['Shanghai, both city and region', { ...at('CN', '上海市', '200031', '上海市'), line1: '淮海中路1045号' }, ['200031 上海市', '淮海中路1045号']],
  ['Japan, in Japanese', { ...at('JP', '渋谷区', '150-0001', '東京都'), line1: '神宮前1-2-3' }, ['〒150-0001', '東京都渋谷区', '神宮前1-2-3']],
])('a parcel to %s is addressed as letters are there', (_where, address, lines) => {
  expect(addressLines(address)).toEqual(lines);
});
