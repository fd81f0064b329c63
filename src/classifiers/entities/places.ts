import type { Entity } from '../../domain/understanding.js';
import { textsOf } from './phrasebook.js';
import { fold } from './fold.js';
import { entityAt, spans, standsBefore, type EntityRule, type Source } from './source.js';
import { inAnyLanguage, languageOf, spoken } from './spoken.js';

/** Forms that can hardly be anything else. */
const CLEAR: readonly RegExp[] = [
  /(?<![A-Za-z0-9-])(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9-])/gi,
  /(?<![A-Za-z0-9-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9-])/gi,
  /(?<![A-Za-z0-9-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z0-9-])/g,
  /(?<![A-Za-z0-9-])(?:D|A|CH|F|I|B)-\d{4,5}(?= \p{Lu}\p{Ll})/gu,
];
/** Forms that are plain digits elsewhere, by country. */
const BY_COUNTRY: Readonly<Record<string, string>> = {
  US: String.raw`\d{5}(?:-\d{4})?`, DE: String.raw`\d{5}`, ES: String.raw`(?:0[1-9]|[1-4]\d|5[0-2])\d{3}`, FR: String.raw`\d{5}`, IT: String.raw`\d{5}`, MX: String.raw`\d{5}`,
  CN: String.raw`\d{6}`, RU: String.raw`\d{6}`, BY: String.raw`\d{6}`, KZ: String.raw`\d{6}`, IN: String.raw`\d{6}`, SG: String.raw`\d{6}`, BR: String.raw`\d{5}-?\d{3}`, PT: String.raw`\d{4}-\d{3}`, PL: String.raw`\d{2}-\d{3}`,
  JP: String.raw`\d{3}-?\d{4}`, SE: String.raw`\d{3} ?\d{2}`, CZ: String.raw`\d{3} ?\d{2}`, NL: String.raw`\d{4} ?[A-Z]{2}`, CH: String.raw`\d{4}`, AT: String.raw`\d{4}`, BE: String.raw`\d{4}`, LU: String.raw`\d{4}`, DK: String.raw`\d{4}`, NO: String.raw`\d{4}`,
  AU: String.raw`\d{4}`, AE: String.raw`\d{5}`, SA: String.raw`\d{5}(?:-\d{4})?`, EG: String.raw`\d{5}`, MA: String.raw`\d{5}`, JO: String.raw`\d{5}`, KW: String.raw`\d{5}`, UA: String.raw`\d{5}`, TR: String.raw`\d{5}`,
};
const inAddress = new Map(Object.entries(BY_COUNTRY).map(([country, form]) => [country, new RegExp(`(?<![A-Za-z0-9.#-])${form}(?![A-Za-z0-9-])`, 'g')]));
const MARK = new RegExp(String.raw`${inAnyLanguage((words) => words.postcode)}[^a-zа-яء-ي\d]{0,4}(?:${inAnyLanguage((words) => words.link)}[\s:]*){0,2}$`);
/** Brazil alone has postcodes of eight digits in a row; "plz" before as many is a "please". */
const LONG_CODE = /cep[^a-z\d]{0,8}$/;
const HAS_MARK = new RegExp(inAnyLanguage((words) => words.postcode));
const MARKED = /(?<![A-Za-z0-9])(?=[A-Z]{0,2}\d)[A-Z0-9]{2,5}(?:[ -]?(?=[A-Z]*\d)[A-Z0-9]{2,4})?(?![A-Za-z0-9])/gi;
const AFTER_ORDER = new RegExp(String.raw`${inAnyLanguage((words) => words.order)}\s*$`);
/** A place's name after the number, or a comma before it: an address line. */
const PLACE_AFTER = /^,? ?\p{Lu}[\p{Ll}'’]{2,}/u;
/** The name itself, of up to three words written as names. */
const PLACE = /^,? {1,2}(?<value>\p{Lu}[\p{L}\p{M}'’.-]{2,}(?:(?: (?:am|an der|de|del|la|le|les|of|do|da|sur|im|bei))?[ -]\p{Lu}[\p{L}\p{M}'’-]{2,}){0,2})/u;

/** Reads postcodes (clear forms, any form with a word for postcode, and the hinted country's digits within an address), and the town behind one. */
export const readPostcodes: EntityRule = (source) => {
  const code = (start: number, end: number, value: string): Entity => entityAt(source, start, end, { kind: 'postcode', value: value.toUpperCase() });
  const clear = CLEAR.flatMap((pattern) => Array.from(spans(source, pattern), ({ start, end, value }) => code(start, end, value)));
  const marked = !HAS_MARK.test(source.plain) ? [] : Array.from(spans(source, MARKED)).filter(({ start, value }) => (value.match(/\d/g)?.length ?? 0) >= 3 && (!/^\d{7,}$/.test(value) || standsBefore(source, start, LONG_CODE)) && standsBefore(source, start, MARK))
    .map(({ start, end, value }) => code(start, end, value));
  const hinted = inAddress.get(source.country?.toUpperCase() ?? '');
  const bare = hinted === undefined ? [] : Array.from(spans(source, hinted))
    .filter(({ start, end }) => PLACE_AFTER.test(source.flat.slice(end, end + 20)) && !standsBefore(source, start, AFTER_ORDER))
    .map(({ start, end, value }) => code(start, end, value));
  const codes = [...marked, ...clear, ...bare];
  return [...codes, ...codes.flatMap((one) => townAfter(source, one))];
};

function townAfter(source: Source, { kind, end }: Entity): Entity[] {
  const found = PLACE.exec(source.flat.slice(end, end + 60));
  const name = found?.groups?.['value'];
  if (kind !== 'postcode' || !found || name === undefined || countryNames().has(fold(name).plain)) return [];
  return [entityAt(source, end + found[0].length - name.length, end + found[0].length, { kind: 'city', value: name })];
}

const COUNTRIES = 'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS XK YE YT ZA ZM ZW'.split(' ');

interface Country {
  readonly code: string;
  /** The languages it is a name in, and those of them in which it is another word as well unless written with a capital. */
  readonly known: ReadonlySet<string>;
  readonly shy: ReadonlySet<string>;
}

/** A name in the cases a language has, by its ending. */
function inCases(name: string, endings: Readonly<Record<string, string>> | undefined): string[] {
  const ending = Object.keys(endings ?? {}).filter((one) => name.endsWith(one)).toSorted((a, b) => b.length - a.length)[0];
  if (ending === undefined || name.includes(' ')) return [name];
  const stem = name.slice(0, name.length - ending.length);
  return [name, ...(endings?.[ending] ?? '').split(',').map((other) => stem + fold(other.trim()).plain)];
}

function buildNames(): ReadonlyMap<string, Country> {
  const names = new Map<string, Country>();
  const plain = (name: string): string => fold(name).plain.replace(/[^a-zа-яء-ي\u3400-\u9fff]+/g, ' ').trim();
  for (const { tongue, words } of spoken) {
    const shy = new Set(textsOf(words.shyCountries, tongue));
    const never = new Set(textsOf(words.notCountries, tongue));
    const add = (code: string, name: string): void => {
      if (name.length < 2 || never.has(name)) return;
      for (const form of inCases(name, tongue.script === 'latin' ? undefined : words.countryEndings)) {
        const before = names.get(form);
        names.set(form, {
          code: before?.code ?? code, known: new Set([...before?.known ?? [], tongue.locale]), shy: shy.has(name) ? new Set([...before?.shy ?? [], tongue.locale]) : before?.shy ?? new Set(),
        });
      }
    };
    for (const [code, phrases] of Object.entries(words.countryNames)) for (const name of textsOf(phrases, tongue)) add(code, plain(name));
    for (const style of ['long', 'short'] as const) {
      const told = new Intl.DisplayNames([tongue.locale], { type: 'region', fallback: 'none', style });
      // Two letters alone are rather a word than a country; the few that are said so are among the words.
      for (const code of COUNTRIES) if (tongue.script === 'han' || (told.of(code)?.length ?? 0) > 2) add(code, plain(told.of(code) ?? ''));
    }
  }
  return names;
}

let names: ReadonlyMap<string, Country> | undefined;
/** The first words of names: most words of a message begin none, and are passed by. */
let firstWords: ReadonlySet<string> | undefined;
const LONGEST_NAME = 5;
const LONGEST_HAN_NAME = 9;

/** The names of the countries in all languages, built once. */
export function countryNames(): ReadonlyMap<string, Country> {
  names ??= buildNames();
  return names;
}

const US: Country = { code: 'US', known: new Set(), shy: new Set() };
/** Letters next to digits are part of a code. */
const WORD = /(?<!\d-?)[a-zа-яء-ي]+(?!-?\d)/g;
const HAN_RUN = /[\u3400-\u9fff]{2,}/g;
/** What Arabic writes together with a name. */
const TOGETHER = /^(?:[وف]?لل|[وف]?[بلك]?(?=ال)|[وف]?[بلك]|[وف])/;

/** Reads names of countries, as ISO codes. */
export const readCountries: EntityRule = (source) => {
  const known = countryNames();
  firstWords ??= new Set(Array.from(known.keys(), (name) => name.split(' ')[0] ?? ''));
  const { plain, flat, origin } = source;
  const found: Entity[] = [];
  const take = (from: number, to: number, country: Country): boolean => {
    const [start, end] = [origin(from), origin(to)];
    const isShy = country.shy.size > 0 && (country.shy.has(languageOf(source.locale)) || country.shy.size === country.known.size);
    if (isShy && !/^\p{Lu}/u.test(flat.slice(start, end))) return false;
    found.push(entityAt(source, start, end, { kind: 'country', value: country.code }));
    return true;
  };
  const words = Array.from(plain.matchAll(WORD), ({ 0: text, index }) => ({ start: index, end: index + text.length, text }));
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word) break;
    // "US" is a country, "us" is not.
    if (word.text === 'us' && flat.slice(origin(word.start), origin(word.end)) === 'US') take(word.start, word.end, US);
    for (const skip of leadsOf(word.text)) {
      if (!firstWords.has(word.text.slice(skip)) && !firstWords.has(`ال${word.text.slice(skip)}`)) continue;
      const last = nameFrom(known, words, i, skip, plain);
      if (!last) continue;
      if (take(word.start + skip, words[last.at]?.end ?? word.end, last.country)) i = last.at;
      break;
    }
  }
  for (const { 0: run, index } of plain.matchAll(HAN_RUN)) {
    for (let i = 0; i < run.length; i++) {
      for (let n = Math.min(LONGEST_HAN_NAME, run.length - i); n >= 2; n--) {
        const country = known.get(run.slice(i, i + n));
        if (!country || !take(index + i, index + i + n, country)) continue;
        i += n - 1;
        break;
      }
    }
  }
  return found;
};

/** How many letters before a name may be no part of it: none, or Arabic particles. */
function leadsOf(word: string): readonly number[] {
  if (!/^[ء-ي]/.test(word)) return [0];
  const lead = TOGETHER.exec(word)?.[0].length ?? 0;
  return lead === 0 || lead >= word.length - 2 ? [0] : [0, lead];
}

/** The longest name that begins with a word, the article of the first word being there or merged into a particle. */
function nameFrom(known: ReadonlyMap<string, Country>, words: readonly { readonly start: number; readonly end: number; readonly text: string }[], i: number, skip: number, plain: string): { readonly at: number; readonly country: Country } | undefined {
  for (let n = Math.min(LONGEST_NAME, words.length - i); n >= 1; n--) {
    const parts = words.slice(i, i + n);
    // Only blanks, points and hyphens stand inside a name.
    if (parts.some((part, at) => at > 0 && !/^[ .'-]{1,3}$/.test(plain.slice(parts[at - 1]?.end, part.start)))) continue;
    const name = parts.map(({ text }, at) => (at === 0 ? text.slice(skip) : text)).join(' ');
    const country = known.get(name) ?? (skip > 0 ? known.get(`ال${name}`) : undefined);
    if (country) return { at: i + n - 1, country };
  }
  return undefined;
}
