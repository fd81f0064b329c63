import { expect, test } from '@jest/globals';
import { isDhlExpress, isFedex, isGs1, isRussianPost, isS10, isUps } from '../../src/domain/check-digits.js';

test.each<[string, (digits: string) => boolean, string]>([
  ['S10', isS10, 'RR123456785CN'], ['UPS', isUps, '1Z999AA10123456784'], ['UPS', isUps, '1Z5R89390357567127'], ['USPS', isGs1, '9205590164917312751089'], ['GS1', isGs1, '00340434161094042557'],
  ['FedEx', isFedex, '986578788855'], ['FedEx', isFedex, '477179081230'], ['FedEx', isFedex, '041441760228964'], ['DHL Express', isDhlExpress, '3318810563'], ['Russian post', isRussianPost, '10100082848013'],
])('a number of %s has one check digit and no other', (_carrier, isValid, number) => {
  const at = number.length - (/[A-Z]{2}$/.test(number) ? 3 : 1);
  const valid = Array.from('0123456789').filter((digit) => isValid(number.slice(0, at) + digit + number.slice(at + 1)));
  expect(valid).toEqual([number[at]]);
});
