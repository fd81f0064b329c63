import type { SaidReason } from '../../domain/understanding.js';
import type { Entity } from '../../domain/understanding.js';
import { patternFor, type Matcher, type Phrasebook } from './phrasebook.js';
import { plainSpans, type EntityRule } from './source.js';
import { languageOf, perLanguage, spoken } from './spoken.js';

/** Most specific first: what an earlier reason has read, a later one leaves alone. */
const REASONS: readonly SaidReason[] = ['ordered_by_mistake', 'wrong_item', 'not_as_described', 'damaged_in_transit', 'missing_parts', 'arrived_late', 'defective', 'wrong_size', 'changed_mind'];

/** How a language's phrases follow one another, and how a clause goes on. */
const gaps = (isHan: boolean): { readonly blank: string; readonly end: string } => ({ blank: isHan ? String.raw`\s{0,2}` : String.raw`\s{1,4}`, end: isHan ? '$' : String.raw`\s{1,4}$` });

/** What takes a reason back, in one language. */
interface Denials {
  /** A no, an if or a question of whether right before the words: they name no reason then. */
  readonly before: readonly RegExp[];
  /** What may not work without the goods being at fault. */
  readonly otherSubject: RegExp;
}

const DENIALS: ReadonlyMap<string, Denials> = new Map(spoken.map(({ tongue, words: { returns } }) => {
  const isHan = tongue.script === 'han';
  const { blank, end } = gaps(isHan);
  const any = isHan ? String.raw`[^,.!?;。、]{0,6}` : String.raw`(?:\s{1,4}[^\s,.!?;]{1,20}){0,4}`;
  const phrase = (phrases: string): string => patternFor(phrases, tongue);
  return [tongue.locale, {
    before: [
      new RegExp(`${phrase(returns.denials)}(?:${blank}${phrase(returns.fillers)}){0,4}${end}`), new RegExp(`${phrase(returns.ifs)}${any}${end}`), new RegExp(`${phrase(returns.asks)}${end}`),
    ],
    otherSubject: new RegExp(phrase(returns.otherSubjects) + (isHan ? '[^,.!?;。、]{0,4}$' : String.raw`(?:\s{1,4}[^\s,.!?;]{1,16}){0,2}\s{0,4}$`)),
  }];
}));
/** "Not broken or damaged": the second belongs to the same no. */
const JOINED = new RegExp(String.raw`^(?:\s{0,4},?\s{0,4}(?:${spoken.map(({ tongue, words: { returns } }) => patternFor(returns.or, tongue)).join('|')})\s{0,4})$`);

interface Found { readonly start: number; readonly end: number; readonly from: number; readonly to: number; readonly value: SaidReason; readonly locale: string }

/**
 * Reads why something goes back, as the customer says it. Denied or only supposed reasons are left out ("not broken, just
 * too big"); not wanting it any more is left out beside a reason for it ("I don't want it any more, it's broken").
 */
export function createReasonRule(book: Phrasebook): EntityRule {
  const languages = perLanguage(({ tongue, words }) => ({ tongue, matchers: new Map(REASONS.map((reason): [SaidReason, readonly Matcher[]] => [reason, book.matcher(words.returns.reasons[reason], tongue)])) }));
  return (source) => {
    const { text, plain, cues } = source;
    const found: Found[] = [];
    for (const value of REASONS) {
      for (const { tongue, matchers } of languages(source.locale)) {
        for (const matcher of matchers.get(value) ?? []) {
          if (!cues.has(matcher)) continue;
          for (const { match, start, end, value: words } of plainSpans(source, matcher.pattern)) {
            const from = match.index + match[0].lastIndexOf(words);
            if (found.every((other) => end <= other.start || start >= other.end)) found.push({ start, end, from, to: from + words.length, value, locale: tongue.locale });
          }
        }
      }
    }
    found.sort((a, b) => a.start - b.start);
    let deniedUntil = -1;
    const meant = found.filter(({ from, to, value, locale }) => {
      const before = plain.slice(Math.max(0, from - 60), from);
      // The words before are of the reason's own language, or of the message's.
      const denials = [locale, ...(locale === languageOf(source.locale) ? [] : [languageOf(source.locale)])].flatMap((one) => DENIALS.get(one) ?? []);
      const isDenied = denials.some((denial) => denial.before.some((pattern) => pattern.test(before))) || (deniedUntil >= 0 && from - deniedUntil < 16 && JOINED.test(plain.slice(deniedUntil, from)));
      if (isDenied) deniedUntil = to;
      return !isDenied && !((value === 'defective' || value === 'missing_parts') && denials.some(({ otherSubject }) => otherSubject.test(before)));
    });
    const hasReason = meant.some(({ value }) => value !== 'changed_mind');
    return meant.filter(({ value }) => !hasReason || value !== 'changed_mind')
      .map(({ start, end, value }): Entity => ({ kind: 'return_reason', value, start, end, raw: text.slice(start, end) }));
  };
}
