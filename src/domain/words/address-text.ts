import type { Address } from '../address.js';

/** An address in the making: what is known of it. */
export type AddressParts = { readonly [K in keyof Address]?: string };

/** The parts an address cannot do without. */
export const requiredParts = ['line1', 'city', 'postcode', 'country'] as const;

/** Shapes of postcodes by country (upper case, blanks and dashes as written); other countries take any of 2 to 10 signs. */
const shapes: Readonly<Record<string, RegExp>> = {
  US: /^\d{5}(-\d{4})?$/, GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/, CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/, DE: /^\d{5}$/, FR: /^\d{5}$/, ES: /^\d{5}$/, IT: /^\d{5}$/,
  MX: /^\d{5}$/, CN: /^\d{6}$/, RU: /^\d{6}$/, KZ: /^\d{6}$/, PL: /^\d{2}-?\d{3}$/, NL: /^\d{4} ?[A-Z]{2}$/, BR: /^\d{5}-?\d{3}$/, PT: /^\d{4}-?\d{3}$/,
  AT: /^\d{4}$/, BE: /^\d{4}$/, CH: /^\d{4}$/, AU: /^\d{4}$/, SE: /^\d{3} ?\d{2}$/, CZ: /^\d{3} ?\d{2}$/, JP: /^\d{3}-?\d{4}$/, TR: /^\d{5}$/, VN: /^\d{5,6}$/, AR: /^([A-Z]\d{4}[A-Z]{3}|\d{4})$/,
};

/** Countries whose addresses have no postcode in everyday use. */
const withoutPostcode = new Set(['AE', 'HK', 'QA', 'IE']);

/** Whether a postcode is of its country's shape. */
export const isPostcodeOf = (postcode: string, country: string): boolean =>
  withoutPostcode.has(country) || (shapes[country]?.test(postcode.trim().toUpperCase()) ?? /^[\p{L}\p{N} -]{2,10}$/u.test(postcode));

/** How postcodes are written where they have one shape, as people show it: 0 for a figure, A for a letter; nothing where there is none or several. */
const written: Readonly<Record<string, string>> = {
  US: '00000', GB: 'AA0 0AA', CA: 'A0A 0A0', DE: '00000', FR: '00000', ES: '00000', IT: '00000', MX: '00000', CN: '000000', RU: '000000', KZ: '000000', PL: '00-000', NL: '0000 AA', BR: '00000-000', PT: '0000-000',
  AT: '0000', BE: '0000', CH: '0000', AU: '0000', SE: '000 00', CZ: '000 00', JP: '000-0000', TR: '00000',
};

/** How a country's postcodes are written, for whoever told one that is none of it. */
export const postcodeShape = (country: string): string | undefined => written[country];

/** Which required part an address still lacks, the first of them; null when it is whole. */
export function missingPart(parts: AddressParts): (typeof requiredParts)[number] | null {
  return requiredParts.find((part) => (parts[part] ?? '').trim() === '' && !(part === 'postcode' && withoutPostcode.has(parts.country ?? ''))) ?? null;
}

/** What a text was found to hold besides the address's own words. */
export interface AddressHints {
  readonly postcode?: string;
  readonly country?: string;
  /** Other texts in the message that are no part of an address: names of countries, order numbers, e-mails. */
  readonly strip: readonly string[];
  /** What the bot asked for: then a short text is that part. */
  readonly wanted?: (typeof requiredParts)[number];
}

/** Introductions people put before an address, in the languages of the bot. */
const lead = /^(?:.*?\b(?:address|delivery|deliver|ship|send|change|move|update)\b[^,\n]{0,60}?\bto\s+(?=\S)|.*?\b(?:direcci[oó]n|entrega|env[ií]o|pedido|cambi\p{L}+|mand\p{L}+|envi\p{L}+)\b[^,\n]{0,60}?\b(?:a|por)\s+(?=(?:la |el )?(?:calle|c\/|av|plaza|paseo|ronda|camino|\p{Lu}))|.*?\b(?:address (?:is|to|should be)|ship it to|send it to|deliver it to|deliver to|move it to|change it to|to this address|it'?s|direcci[oó]n (?:es|a|correcta es)|a esta direcci[oó]n|env[ií]a(?:lo|rlo|melo)? a|m[aá]nda(?:lo|melo)? a|c[aá]mbia(?:la|lo)? (?:a|por)|es)|.*?(?:地址改成|地址改为|改到|改成|改为|换成|换到|换为|寄到|寄往|送到|送往|地址是|发到))\s*[:：,，]?\s*/iu;

/** A flat, floor, tower or suite, with or without a number: the second line. */
const SECOND_LINE = /^(?:#|(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|building|bldg|piso|puerta|planta|bloque|escalera|portal|apto|apartamento|ap|bloco|andar|fração|étage|appt|appartement|bâtiment|bât|escalier|résidence|wohnung|etage|stock|hinterhaus|кв|квартира|корпус|корп|подъезд|этаж|строение|стр|شقة|الشقة|شقه|طابق|الطابق|دور|الدور|برج|بناية|البناية|بنايه|عمارة|مبنى|فيلا|فلة|مكتب)(?![\p{L}])|\d{1,2} ?[ºª°]|\d{1,2}(?:er?|ème|eme) étage|(?:\d{1,2}\.|[ed]g|erd|dach) ?(?:og|ug|stock|etage|geschoss)?(?![\p{L}\d]))/iu;
/** What a street begins with where no house number stands beside it, in letters that have no capitals or no habit of numbers. */
const STREET_HEAD = /^(?:شارع|الشارع|طريق|حي|ул|улица|пр|пр-т|проспект|пер|переулок|бульвар|б-р|шоссе|наб|набережная|мкр|микрорайон)(?![\p{L}])/iu;
/** A house told behind its street. */
const HOUSE = /^(?:дом|д)(?:\.\s*|\s+)\d/iu;
/** What a town or a postcode is introduced by. */
const PLACE_LEAD = /^(?:г|гор|город|пос|с|مدينة|cidade|ciudad|ville|stadt)(?:\.\s*|\s+)(?=\p{L})|^(?:почтовый\s+)?индекс\s*:?\s*(?=\d)|^(?:cep|c[oó]digo postal|cp|code postal|plz|postleitzahl|zip|(?:ال)?رمز (?:ال)?بريدي|الرمز البريدي)\s*:?\s*(?=\d)/iu;
/** What stands where there is no second line. */
const NOTHING = /^(?:n\/?a|none|nil|null|[-–—]+|no (?:second line|suite|apt|apartment|unit))$/iu;

/** Words around an address that are no part of it. */
const chatter = /^[\s,.]*(?:no|nope|but|and|to|pero|sorry|oops|actually|rather|instead|please|yes|ok(?:ay)?|oh|wait|hi|hello|perd[oó]n|mejor|espera|por favor|s[ií]|hola|vale)(?=[\s,.!:，。：])[\s,.!:，。：]*|^a\s+(?=calle|av|plaza|paseo)|^[\s,，。]*(?:不是|不对|不|还是|等等|请|应该是|对不起|抱歉)[\s,.!:，。：]*|[\s,.]*(?:\b(?:please|thanks|thank you|instead|por favor|gracias)|谢谢)[\s.!]*$/iu;

/**
 * Reads the parts of an address from a text, as people type it: lines or commas, street first, with or without
 * country. Chinese addresses are read from the large to the small. What cannot be told apart is left out.
 */
export function readAddress(text: string, hints: AddressHints): AddressParts {
  // No address is longer; a patient reader of any text must be a bounded one.
  let rest = text.slice(0, 400);
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(lead, '').replace(chatter, '');
  }
  for (const piece of hints.strip) rest = rest.replace(piece, ' ');
  const parts: { -readonly [K in keyof Address]?: string } = {};
  if (hints.country !== undefined) parts.country = hints.country;
  const abroad = latinAmidHan(rest);
  if (abroad !== undefined) rest = abroad;
  if (/\p{Script=Han}/u.test(rest)) return { ...parts, ...readHan(rest, hints) };
  // "Sorry, number 14: Nowy Swiat 14, Warszawa": what comes before the colon is talk.
  const talk = /^[^:\n]{3,60}:\s*(?=.*\d)/u.exec(rest);
  if (talk) rest = rest.slice(talk[0].length);
  const pieces = rest.split(/[\n,;，；،؛]+/u).map((piece) => piece.replace(/^[\s.:–-]+|[\s.]+$/gu, '').replace(/\s+/gu, ' ').replace(PLACE_LEAD, '')).filter((piece) => piece !== '' && !NOTHING.test(piece));
  if (hints.wanted !== undefined && pieces.length === 1 && pieces[0] !== undefined) {
    if (hints.wanted === 'postcode') return hints.postcode === undefined && !/\d/u.test(pieces[0]) ? parts : { ...parts, postcode: hints.postcode ?? pieces[0].toUpperCase() };
    if (hints.wanted === 'country') return parts;
    return { ...parts, [hints.wanted]: hints.postcode === undefined ? pieces[0] : pieces[0].replace(hints.postcode, '').trim(), ...(hints.postcode === undefined ? {} : { postcode: hints.postcode }) };
  }
  if (hints.postcode !== undefined) parts.postcode = hints.postcode;
  const places: string[] = [];
  let isNameFirst = false;
  const hasStreet = pieces.some((piece) => STREET_HEAD.test(piece));
  for (const piece of pieces) {
    const bare = (hints.postcode === undefined ? piece : piece.replace(hints.postcode, ' ')).replace(/\s+/gu, ' ').trim();
    if (bare === '' || /^(?:почтовый )?индекс$|^(?:cep|plz|cp|код)$|^(?:ال)?رمز (?:ال)?بريدي$/iu.test(bare)) continue;
    const isSecond = SECOND_LINE.test(bare);
    const before = parts.line1 === undefined || isSecond ? null : /^(\d{2}-\d{3}|\d{3} ?\d{2}|\d{4} ?[A-Z]{2}|\d{4,6}(?:-\d{3,4})?)\s+(\p{L}.*)$/u.exec(bare);
    const after = parts.line1 === undefined || isSecond ? null : /^(\p{L}[\p{L} .'’-]*?)\s+((?:[A-Z]{2}\s+)?(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4,6}(?:-\d{3,4})?))$/iu.exec(bare);
    if (parts.line1 !== undefined && parts.postcode === undefined && /^\d{4,6}(?:-\d{3,4})?$/u.test(bare)) parts.postcode = bare;
    else if (before && parts.postcode === undefined) {
      parts.postcode = before[1] ?? '';
      places.push(before[2] ?? '');
    } else if (after && parts.postcode === undefined) {
      places.push(after[1] ?? '');
      const region = /^([A-Z]{2})\s+(.*)$/u.exec(after[2] ?? '');
      if (region?.[1] !== undefined) parts.region = region[1];
      parts.postcode = (region?.[2] ?? after[2] ?? '').toUpperCase();
    } else if (parts.line1 === undefined && (STREET_HEAD.test(bare) || (/\d/u.test(bare) && !(isSecond && hasStreet)))) parts.line1 = bare;
    else if (parts.line1 !== undefined && HOUSE.test(bare) && !/\d/u.test(parts.line1)) parts.line1 = `${parts.line1}, ${bare}`;
    else if ((parts.line1 !== undefined || hasStreet) && (isSecond || (parts.line1 !== undefined && parts.line2 === undefined && /\d/u.test(bare)))) parts.line2 = parts.line2 === undefined ? bare : `${parts.line2}, ${bare}`;
    else if (parts.line1 === undefined && places.length === 0 && pieces.length > 3 && !/[\p{Script=Cyrillic}\p{Script=Arabic}]/u.test(bare)) parts.name = bare;
    else {
      // Where towns are told before the street, what comes first is no name.
      isNameFirst ||= parts.line1 === undefined && places.length === 0 && !/[\p{Script=Cyrillic}\p{Script=Arabic}]/u.test(bare);
      places.push(bare);
    }
  }
  // A street without a number ("Plaza Mayor") is the first of what is left, when there is a city behind it.
  if (parts.line1 === undefined && places.length > 1) parts.line1 = places.shift() ?? '';
  if (isNameFirst && places.length > 1) parts.name ??= places.shift() ?? '';
  if (places[0] !== undefined) parts.city = places[0];
  if (places[1] !== undefined) parts.region ??= places[1];
  return parts;
}

/** What Chinese addresses are told by. */
const HAN_STREET = /[路街号村镇巷弄]/u;

/** An address in Latin letters with Chinese said around it: the address alone; nothing where the Chinese is part of it. */
function latinAmidHan(text: string): string | undefined {
  if (!/\p{Script=Han}/u.test(text)) return undefined;
  const [longest = ''] = text.split(/\p{Script=Han}+/u).sort((a, b) => b.length - a.length);
  const around = text.replace(longest, ' ');
  return /\d/u.test(longest) && /\p{Script=Latin}{3,}.*\p{Script=Latin}{3,}/u.test(longest) && !HAN_STREET.test(around) && !/[市区]/u.test(around) ? longest.replace(/^[\s,.:：，。]+|[\s,，。]+$/gu, '') : undefined;
}

function readHan(text: string, given: AddressHints): AddressParts {
  const bare = /(?<!\d)\d{6}(?!\d)/u.exec(text)?.[0];
  const hints = given.postcode === undefined && bare !== undefined ? { ...given, postcode: bare } : given;
  const flat = text.replace(/[\s,，。；;]/gu, '').replace(hints.postcode ?? '', '').replace(/邮编[:：]?/u, '');
  const found = /^(?:中国)?(?<region>[^省市区]{2,7}(?:省|自治区))?(?<city>[^市]{2,8}市)(?<line>.{3,})$/u.exec(flat);
  const postcode = hints.postcode === undefined ? {} : { postcode: hints.postcode };
  if (!found?.groups) {
    if (hints.wanted === 'city' || hints.wanted === 'line1') return { [hints.wanted]: flat, ...postcode };
    // Towns abroad have no "市" behind them: a piece that stands alone and is no street is the town.
    const pieces = text.replace(hints.postcode ?? '', '').split(/[\s,，。；;]+/u).filter((piece) => piece !== '' && !piece.startsWith('邮编'));
    const town = hints.country === 'CN' ? undefined : pieces.find((piece) => /^\p{Script=Han}{2,6}$/u.test(piece) && !HAN_STREET.test(piece));
    const streets = pieces.filter((piece) => piece !== town).join('');
    if (town !== undefined && HAN_STREET.test(streets)) return { city: town, line1: streets, ...postcode };
    return /\d|路|街|号|村|镇/u.test(flat) ? { line1: flat, ...postcode } : postcode;
  }
  const { region, city, line } = found.groups;
  return { country: hints.country ?? 'CN', city: city ?? '', line1: line ?? '', ...(region === undefined ? {} : { region }), ...postcode };
}
