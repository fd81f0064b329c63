import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hiddenPassword, maskCards, maskPasswords, withoutPerson } from '../../src/domain/mask.js';

const withCheckDigit = (digits: string): string => {
  const total = [...digits].reverse().reduce((sum, sign, index) => {
    const doubled = index % 2 === 0 ? Number(sign) * 2 : Number(sign);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (total % 10)) % 10}`;
};

describe('a customer who types a card number', () => {
  test.each([
    ['4111111111111111', '•••• 1111'],
    ['my card is 4111 1111 1111 1111, thanks', 'my card is •••• 1111, thanks'],
    ['4111-1111-1111-1111', '•••• 1111'],
    ['4111.1111.1111.1111', '•••• 1111'],
    ['5555555555554444.', '•••• 4444.'],
    ['amex 3782 822463 10005', 'amex •••• 0005'],
    ['2223003122003222', '•••• 3222'],
    ['6011111111111117 and 4111111111111111', '•••• 1117 and •••• 1111'],
    ['我的卡号是4111111111111111', '我的卡号是•••• 1111'],
    ['卡号：4111 1111 1111 1111谢谢', '卡号：•••• 1111谢谢'],
    ['４１１１１１１１１１１１１１１１', '•••• 1111'],
    ['4111\u00a01111\u00a01111\u00a01111', '•••• 1111'],
    ['4111  1111  1111  1111', '•••• 1111'],
    ['4111 1111 1111 1111 cvv 123', '•••• 1111 cvv •••'],
    ['4111 1111 1111 1111, security code is 1234', '•••• 1111, security code is •••'],
    ['4111111111111111 安全码123', '•••• 1111 安全码•••'],
    ['CVC: 987', 'CVC: •••'],
  ])('%s is kept as %s', (text, expected) => expect(maskCards(text)).toBe(expected));

  test('has it masked whatever network, grouping and language it stands in', () =>
    fc.assert(fc.property(
      fc.constantFrom('4', '51', '55', '2221', '34', '37', '6011', '65', '36'), fc.integer({ min: 13, max: 19 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }),
      fc.constantFrom('', ' ', '-', '.'), fc.constantFrom('', 'card: ', '卡号是', 'tarjeta ', 'номер '), fc.constantFrom('', ' ok', '，谢谢', '.'),
      (prefix, length, digits, separator, before, after) => {
        const number = withCheckDigit((prefix + digits.join('')).slice(0, length - 1));
        const written = (number.match(/.{1,4}/gu) ?? []).join(separator);
        const masked = maskCards(`${before}${written}${after}`);
        expect(masked).toBe(`${before}•••• ${number.slice(-4)}${after}`);
        expect(maskCards(masked)).toBe(masked);
      },
    )));
});

describe('a customer who types the number of a bank account', () => {
  test.each([
    ['DE89370400440532013000', 'DE•• •••• 3000'],
    ['my iban is DE89 3704 0044 0532 0130 00, please', 'my iban is DE•• •••• 3000, please'],
    ['de89 3704 0044 0532 0130 00', 'DE•• •••• 3000'],
    ['GB29 NWBK 6016 1331 9268 19.', 'GB•• •••• 6819.'],
    ['FR14 2004 1010 0505 0001 3M02 606', 'FR•• •••• 2606'],
    ['NO93 8601 1117 947 danke', 'NO•• •••• 7947 danke'],
    ['PL61109010140000071219812874 и AT611904300234573201', 'PL•• •••• 2874 и AT•• •••• 3201'],
    ['我的账号是DE89370400440532013000谢谢', '我的账号是DE•• •••• 3000谢谢'],
    ['IBAN:SA0380000000608010167519', 'IBAN:SA•• •••• 7519'],
    ['BR1800360305000010009795493C1', 'BR•• •••• 93C1'],
  ])('%s is kept as %s', (text, expected) => {
    expect(maskCards(text)).toBe(expected);
    expect(maskCards(expected)).toBe(expected);
  });

  test.each([['DE89370400440532013001'], ['DE8937040044053201300'], ['DE893704004405320130001'], ['ZZ89370400440532013000'], ['XDE89370400440532013000'], ['GB29 is where I live in flat 12 of 30 and 45'], ['LP000100012CN'], ['AC-100001'], ['RMA-7K2M9Q'], ['1Z999AA10123456784']])('what only looks like one is left alone: %s', (text) => expect(maskCards(text)).toBe(text));
});

describe('a customer who types another number', () => {
  test.each([
    ['LP000100012CN'], ['RB000100030ES'], ['1Z999AA10123456784'], ['where is 00340434161094042557'], ['9400 1000 0000 0000 0000 00'], ['AC-100002'], ['RMA-7K2M9Q'],
    ['+48 512 345 678'], ['call 0049 151 2345678'], ['4111 1111 1111 1112'], ['411111111111'], ['order 123 from 2026-06-17 at 10:30'], ['my code is 123456'], ['1234567890123456'], ['X4111111111111111'],
  ])('has it left alone: %s', (text) => expect(maskCards(text)).toBe(text));
});

describe('a password that was typed out', () => {
  test.each([
    'my password is hunter2', 'my password is Sunshine', 'password: sunshine', 'my pwd = "letmein"', 'Mein Passwort ist Sommer2024! und es geht nicht', 'Passwort: sommer', 'mi contraseña es gato123', 'minha senha é abc123',
    'mon mot de passe est Soleil99', 'мой пароль qwerty это: qwerty12', 'пароль: qwerty', 'كلمة السر هي abc1234', '我的密码是abc123', '密码：qwert',
  ])('is hidden: %s', (text) => {
    const masked = maskPasswords(text);
    expect(masked).toContain(hiddenPassword);
    expect(masked).not.toMatch(/hunter2|sunshine|letmein|sommer|gato123|abc123|soleil|qwerty12|: qwert/iu);
    expect(maskPasswords(masked)).toBe(masked);
  });
  test.each([
    'my password is wrong', 'my password is not accepted', 'I forgot my password, please help', 'the password is always rejected', 'Mein Passwort ist falsch', 'mi contraseña es incorrecta', 'minha senha está errada',
    'mon mot de passe est expiré', 'мой пароль неверный', 'كلمة السر خاطئة', '密码是错的', '我忘记密码了', 'reset my password', 'my code is 123456',
  ])('what is only said about one stays: %s', (text) => expect(maskPasswords(text)).toBe(text));
});

describe('a question kept for the gaps', () => {
  test.each([
    ['I am Peter Miller, AC-100003, can you sing?', /peter|miller|100003/iu], ['write to me at joe@x.example or call 0171 2345678', /joe|0171|2345678/u], ['my page is https://me.example/joe', /me\.example/u],
  ])('holds nothing of the person: %s', (text, personal) => expect(withoutPerson(text, [])).not.toMatch(personal));
  test('and is still a question', () => expect(withoutPerson('do you sell gift boxes for cats?', [])).toBe('do you sell gift boxes for cats?'));
});
