import { entityAt, fold, spans, standsBefore, type EntityRule } from './source.js';

/** Forms that can hardly be anything else. */
const CLEAR: readonly RegExp[] = [
  /(?<![A-Za-z0-9-])(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9-])/gi,
  /(?<![A-Za-z0-9-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9-])/gi,
  /(?<![A-Za-z0-9-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z0-9-])/g,
];
/** Forms that are plain digits elsewhere, by country. */
const BY_COUNTRY: Readonly<Record<string, string>> = {
  US: String.raw`\d{5}(?:-\d{4})?`, DE: String.raw`\d{5}`, ES: String.raw`(?:0[1-9]|[1-4]\d|5[0-2])\d{3}`, FR: String.raw`\d{5}`, IT: String.raw`\d{5}`, MX: String.raw`\d{5}`,
  CN: String.raw`\d{6}`, RU: String.raw`\d{6}`, IN: String.raw`\d{6}`, SG: String.raw`\d{6}`, BR: String.raw`\d{5}-?\d{3}`, PT: String.raw`\d{4}-\d{3}`, PL: String.raw`\d{2}-\d{3}`,
  JP: String.raw`\d{3}-?\d{4}`, SE: String.raw`\d{3} ?\d{2}`, NL: String.raw`\d{4} ?[A-Z]{2}`, CH: String.raw`\d{4}`, AT: String.raw`\d{4}`, BE: String.raw`\d{4}`, DK: String.raw`\d{4}`,
  AU: String.raw`\d{4}`, AE: String.raw`\d{5}`, SA: String.raw`\d{5}(?:-\d{4})?`, UA: String.raw`\d{5}`,
};
const MARK = /(?:\b(?:zip(?: ?code)?|post ?code|postal(?: code)?|plz|postleitzahl|c[óo]digo postal|c\.?p\.?|cep|code postal|индекс)\b|邮编|邮政编码|郵編|الرمز البريدي)[^\p{L}\d]{0,4}(?:(?:is|es|lautet|ist|est|是|为|code)[\s:：]*)?$/iu;
const MARKED = /(?<![A-Za-z0-9])(?=[A-Z]{0,2}\d)[A-Z0-9]{2,5}(?:[ -]?(?=[A-Z]*\d)[A-Z0-9]{2,4})?(?![A-Za-z0-9])/gi;
/** A place's name after the number, or a comma before it: an address line. */
const PLACE_AFTER = /^,? ?\p{Lu}\p{Ll}{2,}/u;

/** Reads postcodes: clear forms, any form with a word for postcode, and the hinted country's digits within an address. */
export const readPostcodes: EntityRule = (source) => {
  const code = (start: number, end: number, value: string): ReturnType<EntityRule>[number] => entityAt(source, start, end, { kind: 'postcode', value: value.toUpperCase() });
  const clear = CLEAR.flatMap((pattern) => Array.from(spans(source, pattern), ({ start, end, value }) => code(start, end, value)));
  const marked = Array.from(spans(source, MARKED)).filter(({ start, value }) => (value.match(/\d/g)?.length ?? 0) >= 3 && standsBefore(source, start, MARK))
    .map(({ start, end, value }) => code(start, end, value.replace(/ (?:and|y|but)$/i, '')));
  const hinted = BY_COUNTRY[source.country?.toUpperCase() ?? ''];
  if (hinted === undefined) return [...clear, ...marked];
  const inAddress = Array.from(spans(source, new RegExp(`(?<![A-Za-z0-9.#-])${hinted}(?![A-Za-z0-9-])`, 'g')))
    .filter(({ start, end }) => PLACE_AFTER.test(source.flat.slice(end, end + 20)) && !/(?:pedido|order|订单)\s*$/i.test(source.flat.slice(0, start)))
    .map(({ start, end, value }) => code(start, end, value));
  return [...marked, ...clear, ...inAddress];
};

/** Common other names; and what is a word of its own unless written as a name. */
const ALIASES: Readonly<Record<string, string>> = {
  uk: 'GB', 'great britain': 'GB', britain: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', usa: 'US', america: 'US', 'the states': 'US', holland: 'NL', eeuu: 'US', 'ee.uu': 'US',
  'ee. uu': 'US', inglaterra: 'GB', escocia: 'GB', holanda: 'NL', 'estados unidos': 'US', uae: 'AE', 'czech republic': 'CZ', korea: 'KR', corea: 'KR', turkey: 'TR',
  英国: 'GB', 美国: 'US', 韩国: 'KR', 阿联酋: 'AE', 香港: 'HK', 澳门: 'MO', 台湾: 'TW', 'hong kong': 'HK', macau: 'MO', macao: 'MO',
};
const CAPITAL_ONLY = new Set(['turkey', 'chad', 'jordan', 'georgia', 'guinea', 'mali', 'china', 'cuba', 'peru', 'oman', 'america', 'togo', 'jersey', 'niger', 'chile', 'granada', 'malta']);
const LONGEST_HAN_NAME = 8;

function buildNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  for (const locale of ['en', 'zh', 'es']) {
    const told = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
    for (const a of letters) {
      for (const b of letters) {
        const name = told.of(a + b);
        // ZZ and its like are "unknown region", not a country.
        if (name !== undefined && !/^(?:X[A-Z]|ZZ|EU|EZ|UN|QO)$/.test(a + b)) names.set(fold(name), canonical(a + b));
      }
    }
  }
  for (const [name, code] of Object.entries(ALIASES)) names.set(fold(name), code);
  return names;
}

/** Old and reserved codes that share a country's name. */
function canonical(code: string): string {
  return { UK: 'GB', DD: 'DE', FX: 'FR', SU: 'RU', YD: 'YE', VD: 'VN', BU: 'MM', TP: 'TL', ZR: 'CD', CS: 'RS', YU: 'RS', AN: 'CW', NT: 'SA' }[code] ?? code;
}

const firstWord = (name: string): string => (/[\p{L}][\p{L}\p{M}.'-]*/u.exec(name)?.[0] ?? '').replace(/[.'-]+$/, '');

let names: ReadonlyMap<string, string> | undefined;
/** The first words of names: most words of a message begin none, and are passed by. */
let firstWords: ReadonlySet<string> | undefined;
const WORD = /[\p{L}][\p{L}\p{M}.'-]*/gu;
const HAN_RUN = /\p{Script=Han}+/gu;

/** Reads names of countries in English, Spanish and Chinese, as ISO codes. */
export const readCountries: EntityRule = (source) => {
  names ??= buildNames();
  firstWords ??= new Set(['us', ...Array.from(names.keys(), firstWord)]);
  const known = names;
  const found: ReturnType<EntityRule>[number][] = [];
  const words = Array.from(source.flat.matchAll(WORD), (match) => ({ start: match.index ?? 0, end: (match.index ?? 0) + match[0].length }));
  for (let i = 0; i < words.length; i++) {
    if (!firstWords.has(firstWord(fold(source.flat.slice(words[i]?.start, words[i]?.end))))) continue;
    for (let n = Math.min(4, words.length - i); n >= 1; n--) {
      const [from, to] = [words[i]?.start ?? 0, words[i + n - 1]?.end ?? 0];
      const raw = source.flat.slice(from, to).replace(/[.'-]+$/, '');
      const name = fold(raw);
      const code = known.get(name) ?? (raw === 'US' ? 'US' : undefined);
      if (code === undefined || (CAPITAL_ONLY.has(name) && !/^\p{Lu}/u.test(raw))) continue;
      found.push(entityAt(source, from, from + raw.length, { kind: 'country', value: code }));
      i += n - 1;
      break;
    }
  }
  for (const run of source.flat.matchAll(HAN_RUN)) {
    for (let i = 0; i < run[0].length; i++) {
      for (let n = Math.min(LONGEST_HAN_NAME, run[0].length - i); n >= 2; n--) {
        const code = known.get(run[0].slice(i, i + n));
        if (code === undefined) continue;
        const from = (run.index ?? 0) + i;
        found.push(entityAt(source, from, from + n, { kind: 'country', value: code }));
        i += n - 1;
        break;
      }
    }
  }
  return found;
};
