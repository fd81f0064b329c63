import { decimalsOf } from '../../domain/money.js';
import type { Entity } from '../../domain/understanding.js';
import { longNumbersOf } from './number-words.js';
import { groupsOf, type Matcher, type Phrasebook, type Slots } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { perLanguage, tableIn, type Spoken } from './spoken.js';

/** Names several currencies share: by the country of the customer, else the commonest if there is one. */
const SHARED: Readonly<Record<string, { readonly usual?: string; readonly by: Readonly<Record<string, string>> }>> = {
  dollar: { usual: 'USD', by: { CA: 'CAD', AU: 'AUD', SG: 'SGD', NZ: 'NZD', HK: 'HKD', TW: 'TWD' } },
  // The sign is the peso's too; the word is not.
  '$': { usual: 'USD', by: { CA: 'CAD', AU: 'AUD', SG: 'SGD', NZ: 'NZD', HK: 'HKD', TW: 'TWD', MX: 'MXN', CL: 'CLP', CO: 'COP', AR: 'ARS', UY: 'UYU' } },
  '¥': { usual: 'CNY', by: { JP: 'JPY' } },
  peso: { by: { MX: 'MXN', CL: 'CLP', CO: 'COP', AR: 'ARS', UY: 'UYU', PH: 'PHP', DO: 'DOP', CU: 'CUP' } },
  pound: { usual: 'GBP', by: { EG: 'EGP', LB: 'LBP', SD: 'SDG', SY: 'SYP' } },
  gineih: { usual: 'EGP', by: { GB: 'GBP', SD: 'SDG' } },
  franc: { usual: 'CHF', by: { SN: 'XOF', CI: 'XOF', ML: 'XOF', BF: 'XOF', BJ: 'XOF', TG: 'XOF', NE: 'XOF', CM: 'XAF', GA: 'XAF', CG: 'XAF', TD: 'XAF', CF: 'XAF', GN: 'GNF', DJ: 'DJF', KM: 'KMF', RW: 'RWF', CD: 'CDF' } },
  crown: { by: { SE: 'SEK', NO: 'NOK', DK: 'DKK', CZ: 'CZK', IS: 'ISK', FO: 'DKK', GL: 'DKK' } },
  dinar: { by: { KW: 'KWD', BH: 'BHD', JO: 'JOD', IQ: 'IQD', DZ: 'DZD', TN: 'TND', LY: 'LYD', RS: 'RSD' } },
  riyal: { usual: 'SAR', by: { QA: 'QAR', OM: 'OMR', YE: 'YER', IR: 'IRR' } },
  dirham: { usual: 'AED', by: { MA: 'MAD' } },
  rupee: { usual: 'INR', by: { PK: 'PKR', LK: 'LKR', NP: 'NPR', MU: 'MUR' } },
  lira: { usual: 'TRY', by: { LB: 'LBP', SY: 'SYP' } },
  rouble: { usual: 'RUB', by: { BY: 'BYN' } },
};
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR', '£': 'GBP', '₽': 'RUB', '₴': 'UAH', '₺': 'TRY', '₹': 'INR', '₩': 'KRW', '₪': 'ILS', '₫': 'VND', '₸': 'KZT', '฿': 'THB', zl: 'PLN', kc: 'CZK', 'us$': 'USD', 'r$': 'BRL', 'a$': 'AUD', 'au$': 'AUD', 'c$': 'CAD', 'ca$': 'CAD', 'hk$': 'HKD', 'nt$': 'TWD', 's$': 'SGD', 'nz$': 'NZD', 'mx$': 'MXN', '$': '$', '¥': '¥',
};
/** ISO codes customers write; words of a language among the codes of the world ("ALL", "TOP") are not. */
const CODES = 'aed ars aud bgn bhd brl cad chf clp cny cop czk dkk dzd egp eur gbp hkd huf idr ils inr iqd isk jod jpy krw kwd kzt lbp lyd mad mxn myr nok nzd omr php pkr pln qar rmb ron rsd rub rur sar sek sgd thb tnd try twd uah usd uyu uzs vnd xaf xof yer zar'.split(' ');
/** Codes that are no word in any language; the others must be written in capitals. */
const PLAIN_CODES = new Set(['eur', 'usd', 'gbp', 'rmb', 'cny', 'rub', 'brl', 'jpy', 'chf', 'pln', 'mxn', 'aed', 'egp', 'kwd']);
const OTHER_CODES: Readonly<Record<string, string>> = { rmb: 'CNY', rur: 'RUB' };

const AMOUNT = String.raw`\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,3})?(?!\d)`;
const SIGN = Object.keys(SIGNS).filter((sign) => !/^[a-z]+$/.test(sign)).sort((a, b) => b.length - a.length).map((sign) => sign.replaceAll('$', String.raw`\$`)).join('|');
const BEFORE = new RegExp(String.raw`(?<![a-z0-9])(?<sign>${SIGN}|${CODES.join('|')})\s?(?<amount>${AMOUNT})`, 'g');
const AFTER = new RegExp(String.raw`(?<![a-z0-9.,#-])(?<amount>${AMOUNT})(?:,-|\.-)?\s?(?<sign>${SIGN}|(?:${CODES.join('|')}|zl|kc)(?![a-z]))(?<minor>\d{2}(?!\d))?`, 'g');

/** The currency a sign or a shared name means to a customer. */
function currencyOf(name: string, source: Source): string | undefined {
  const sign = SIGNS[name] ?? OTHER_CODES[name] ?? name;
  const shared = SHARED[sign];
  if (shared) return shared.by[source.country?.toUpperCase() ?? ''] ?? shared.usual;
  return sign === '' ? undefined : sign.toUpperCase();
}

/** An amount in minor units (hundredths where the currency is not known), whichever of comma and point marks the decimals. */
function minorUnits(text: string, currency: string | undefined, times = 1): number {
  const places = currency === undefined ? 2 : decimalsOf(currency);
  // Three digits behind one sign are thousands, but for currencies of a thousand parts.
  const decimals = new RegExp(`[.,](\\d{1,${places === 3 && (text.match(/[.,' ]/g)?.length ?? 0) === 1 ? 3 : 2}})$`).exec(text);
  const whole = (decimals ? text.slice(0, decimals.index) : text).replace(/\D/g, '');
  return Math.round(Number(`${whole}.${decimals?.[1] ?? '0'}`) * times * 10 ** places);
}

/** How money is told in the words of a language. */
interface MoneyWords { readonly matchers: readonly Matcher[]; readonly read: (span: Span, source: Source) => Entity | undefined }

function moneyWordsOf(language: Spoken, book: Phrasebook): MoneyWords {
  const { tongue, words } = language;
  const currencies = tableIn(words.currencies, tongue);
  const cents = tableIn(words.cents, tongue);
  const multipliers = tableIn(words.multipliers as Readonly<Record<string, string>>, tongue);
  const numbers = longNumbersOf(language);
  const slots: Slots = {
    amount: { pattern: String.raw`(?<![\d.,#-])(?:(?<amount>${AMOUNT})(?:,-)?|(?<words>${numbers.words}))` }, times: { phrases: multipliers.phrases, group: 'times' },
    currency: { phrases: currencies.phrases, group: 'currency' }, cents: { phrases: cents.phrases, group: 'cents' }, and: { phrases: words.and },
    minor: { pattern: String.raw`(?<minor>\d{1,2})(?!\d)` }, fifty: { pattern: String.raw`(?<fifty>\d{2})(?![\d.,:]|\s?[a-zа-яء-ي%€])` },
  };
  const hundredths = cents.phrases === '' ? '' : '[ |][{and} |]{minor}[ |]{cents}|';
  return {
    matchers: [
      ...book.matchers(`{amount}[ |][{times}[ |]|]{currency}[${hundredths} {fifty}|]`, tongue, slots, currencies.phrases),
      ...(cents.phrases === '' ? [] : book.matchers('{amount}[ |]{cents}', tongue, slots, cents.phrases)),
    ],
    read({ match, start, end }, source) {
      const { amount, words: spelt, times = '', currency: name, cents: part, minor, fifty } = groupsOf(match);
      const currency = currencyOf(name === undefined ? cents.meaning(part ?? '') ?? '' : currencies.meaning(name) ?? '', source);
      const count = spelt === undefined ? undefined : numbers.value(spelt.replace(/\s+/g, ' '));
      if (spelt !== undefined && (count === undefined || !Number.isInteger(count))) return undefined;
      const factor = Number(multipliers.meaning(times) ?? 1);
      // Cents without their money are counted in whole ones.
      const whole = name === undefined ? count ?? Number(amount) : count === undefined ? minorUnits(amount ?? '0', currency, factor) : count * factor * 10 ** (currency === undefined ? 2 : decimalsOf(currency));
      const sum = Math.round(whole) + Number(name === undefined ? 0 : minor ?? fifty ?? 0);
      return Number.isSafeInteger(sum) ? entityAt(source, start, end, { kind: 'money', amount: sum, ...(currency === undefined ? {} : { currency }) }) : undefined;
    },
  };
}

/** Reads sums of money, in minor units. */
export function createMoneyRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => moneyWordsOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    if (/\d/.test(source.plain)) {
      for (const pattern of [BEFORE, AFTER]) {
        for (const { match, start, end } of plainSpans(source, pattern)) {
          const { sign = '', amount = '0', minor } = groupsOf(match);
          if (CODES.includes(sign) && !PLAIN_CODES.has(sign) && !source.flat.slice(start, end).includes(sign.toUpperCase())) continue;
          const currency = currencyOf(sign, source);
          found.push(entityAt(source, start, end, { kind: 'money', amount: minorUnits(amount, currency) + Number(minor ?? 0), ...(currency === undefined ? {} : { currency }) }));
        }
      }
    }
    for (const { matchers, read } of languages(source.locale)) {
      for (const matcher of matchers) if (source.cues.has(matcher)) for (const span of plainSpans(source, matcher.pattern)) found.push(...[read(span, source) ?? []].flat());
    }
    return found;
  };
}
