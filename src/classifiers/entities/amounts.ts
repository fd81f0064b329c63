import { CHINESE_NUMBER, ENGLISH_NUMBER, numberOf, SPANISH_NUMBER } from './number-words.js';
import { entityAt, spans, type EntityRule } from './source.js';

const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR', euro: 'EUR', euros: 'EUR', eur: 'EUR', 欧元: 'EUR', '£': 'GBP', pound: 'GBP', pounds: 'GBP', gbp: 'GBP', quid: 'GBP', libras: 'GBP', 英镑: 'GBP',
  us$: 'USD', usd: 'USD', 美元: 'USD', 美金: 'USD', cny: 'CNY', rmb: 'CNY', yuan: 'CNY', 元: 'CNY', 块: 'CNY', 块钱: 'CNY', 人民币: 'CNY', yen: 'JPY', jpy: 'JPY', 日元: 'JPY',
  r$: 'BRL', reais: 'BRL', brl: 'BRL', mxn: 'MXN', cad: 'CAD', aud: 'AUD', chf: 'CHF', pln: 'PLN', sek: 'SEK', rub: 'RUB', '₽': 'RUB', руб: 'RUB', рублей: 'RUB', aed: 'AED', sar: 'SAR',
};
/** Signs several currencies share: by the country of the customer, else the commonest. */
const SHARED: Readonly<Record<string, { readonly usual: string; readonly by: Readonly<Record<string, string>> }>> = {
  $: { usual: 'USD', by: { CA: 'CAD', AU: 'AUD', MX: 'MXN', SG: 'SGD', NZ: 'NZD', HK: 'HKD', CL: 'CLP', CO: 'COP', AR: 'ARS' } },
  '¥': { usual: 'CNY', by: { JP: 'JPY' } },
};
const NO_MINOR = new Set(['JPY', 'CLP']);
const AMOUNT = String.raw`\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?`;
const BEFORE = new RegExp(String.raw`(?<![A-Za-z0-9])(?<sign>US\$|R\$|[€$£¥₽]|eur|usd|gbp|cny|rmb|cad|aud|chf|jpy|aed|sar)\s?(?<amount>${AMOUNT})(?!\d)`, 'gi');
const AFTER = new RegExp(String.raw`(?<![A-Za-z0-9.,#-])(?<amount>${AMOUNT})\s?(?<sign>[€$£¥₽]|(?:euros?|eur|dollars?|usd|bucks|d[óo]lares|pounds?|gbp|quid|libras|yuan|rmb|cny|yen|jpy|pesos|mxn|reais|brl|cad|aud|chf|pln|sek|rub|руб|рублей|aed|sar)(?![A-Za-z])|欧元|英镑|美元|美金|人民币|日元|元|块钱?)`, 'gi');

/** The number in an amount, whichever of comma and point marks the decimals. */
function parseAmount(text: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(text);
  const whole = (decimals ? text.slice(0, decimals.index) : text).replace(/\D/g, '');
  return Number(`${whole}.${decimals?.[1] ?? '0'}`);
}

/** Reads sums of money, in minor units (hundredths where the currency is not known). */
export const readMoney: EntityRule = (source) => [BEFORE, AFTER].flatMap((pattern) => Array.from(spans(source, pattern), ({ match, start, end }) => {
  const sign = (match.groups?.['sign'] ?? '').toLowerCase();
  const shared = SHARED[/^(?:dollars?|bucks|d[óo]lares)$/.test(sign) ? '$' : sign];
  const currency = shared ? (shared.by[source.country?.toUpperCase() ?? ''] ?? shared.usual) : CURRENCIES[sign];
  const amount = Math.round(parseAmount(match.groups?.['amount'] ?? '0') * (currency !== undefined && NO_MINOR.has(currency) ? 1 : 100));
  return entityAt(source, start, end, { kind: 'money', amount, ...(currency === undefined ? {} : { currency }) });
}));

const NOT_PIECES = String.raw`(?!\s?(?:%|am\b|pm\b|h\b|days?|weeks?|months?|years?|hours?|hrs?|min|minutes?|times?|d[ií]as?|semanas?|mes|meses|años?|horas?|minutos?|veces|cm|mm|m\b|kg|g\b|gb|tb|mg|ml|l\b|inch|inches|in\b|ft|°|stars?|estrellas|st\b|nd\b|rd\b|th\b))`;
const PIECES: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:x|×|qty:?|quantity:?|cantidad:?|数量[:是为]?)\s?(?<value>\d{1,3})(?![A-Za-z0-9])/gi,
  /(?<![A-Za-z0-9.,#-])(?<value>\d{1,3})\s?(?:x|×|pcs|pieces?|units?|items?|unidades?|uds)(?![A-Za-z0-9])/gi,
  new RegExp(String.raw`(?<value>\d{1,3}|${CHINESE_NUMBER})\s?(?:个|件|条|双|只|台|本|瓶|套|包|箱|盒|支|副|张|块(?!钱))(?!月|星期|礼拜|小时)`, 'g'),
  new RegExp(String.raw`^\s*(?<value>\d{1,2}|${ENGLISH_NUMBER}|${SPANISH_NUMBER}|${CHINESE_NUMBER})\s*[.!。]?\s*$`, 'gi'),
  new RegExp(String.raw`(?<![\p{L}\p{N}.,#:/-])(?<value>\d{1,2}|${ENGLISH_NUMBER.slice(4)}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce)(?= [\p{L}])(?!\sof\s(?:the|them)\s\w+\s(?:days|weeks))${NOT_PIECES}`, 'giu'),
  /(?<![\p{L}\p{N}])(?:only|just|solo|sólo|solamente|únicamente)\s(?<value>one|uno|una)(?![\p{L}\p{N}])/giu,
  /(?<![\p{L}\p{N}])(?<value>one|uno|una)(?=\s(?:of|de)\s)/giu,
];

/** Reads how many pieces are meant, digits and words up to twelve. */
export const readQuantities: EntityRule = (source) => PIECES.flatMap((pattern) => Array.from(spans(source, pattern), ({ start, end, value }) => {
  if (standsInNumbering(source.flat, start)) return undefined;
  const number = numberOf(value);
  return number === undefined || number < 1 ? undefined : entityAt(source, start, end, { kind: 'quantity', value: number });
})).filter((entity) => entity !== undefined);

/** "size 42", "第2个", "number two": a name or a place in a list, not a count. */
function standsInNumbering(flat: string, at: number): boolean {
  return /(?:size|talla|número|number|nr|no\.|step|option|opción|level|version|iphone|第|尺码|码)\s?$/i.test(flat.slice(Math.max(0, at - 12), at));
}
