import { textsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { fold } from './fold.js';
import { entityAt, spans, standsBefore, type EntityRule } from './source.js';
import { inAnyLanguage, spoken } from './spoken.js';

const COUPON_WORD = new RegExp(inAnyLanguage((words) => words.coupon));
const NEAR = 40;
const TOKEN = /(?<![A-Za-z0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,22}[A-Z0-9](?![A-Za-z0-9])/g;
/** Shouted words that stand near "code" and are none. */
const SHOUTED = new Set(spoken.flatMap(({ tongue, words }) => textsOf([words.shouted, words.coupon, words.oneTimeCode].join(','), tongue)));

/** Reads coupon codes: capitals and digits with a word for code or coupon on either side. */
export function createCouponRule(book: Phrasebook): EntityRule {
  const cues: readonly Matcher[] = spoken.flatMap(({ tongue, words }) => book.matcher(words.coupon, tongue));
  return (source) => {
    if (!cues.some((cue) => source.cues.has(cue))) return [];
    return Array.from(spans(source, TOKEN), ({ start, end, value }) => {
      if (SHOUTED.has(value.toLowerCase())) return undefined;
      const near = standsBefore(source, start, COUPON_WORD, NEAR) || COUPON_WORD.test(fold(source.text.slice(end, end + NEAR)).plain);
      // A number of an order may stand beside a coupon; a coupon has letters to speak of.
      return near && /[A-Z]{2}/.test(value) ? entityAt(source, start, end, { kind: 'code', value }) : undefined;
    }).filter((entity) => entity !== undefined);
  };
}

const SIX = /(?<![A-Za-z0-9.,#-])(?<value>\d{6}|\d{3}[ -]\d{3})(?![A-Za-z0-9]|[.,-]\d)/g;
const SIX_ALONE = /^\s*(?<value>\d{6}|\d{3}[ -]\d{3})\s*[.!。]?\s*$/g;
const CODE_WORD = new RegExp(String.raw`${inAnyLanguage((words) => words.oneTimeCode)}[^\d]{0,25}$`);

/** Reads one-time codes: six digits with a word for code before them, or alone unless they are a number of the shop's. */
export function createOneTimeCodeRule(isOwnNumber: (text: string) => boolean): EntityRule {
  return (source) => {
    const alone = isOwnNumber(source.flat) ? [] : Array.from(spans(source, SIX_ALONE));
    const told = Array.from(spans(source, SIX)).filter(({ start }) => standsBefore(source, start, CODE_WORD));
    return [...told, ...alone].map(({ start, end, value }) => entityAt(source, start, end, { kind: 'one_time_code', value: value.replace(/\D/g, '') }));
  };
}
