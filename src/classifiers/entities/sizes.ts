import type { Entity } from '../../domain/understanding.js';
import { groupsOf, type Matcher, type Phrasebook, type Slots } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule } from './source.js';
import { inAnyLanguage, perLanguage, tableIn, type Spoken } from './spoken.js';

const SYSTEMS = ['EU', 'US', 'UK'] as const;
type System = (typeof SYSTEMS)[number];

const SYSTEM = '(?:eu|us|uk)';
/** Letters, numbers with halves, jeans (32/34), cups (75B), with or without the system they are of. */
const BODY = String.raw`(?:x{1,4}[sl]|[2-9]xl|[sml](?:\s?/\s?[sml])?|w?\d{2}\s?/\s?l?\d{2}|\d{2,3}[a-h]{1,2}|\d{1,3}(?:[.,]5|\s?½|\s[12]/[23])?)`;
const SIZE = String.raw`(?<size>(?:${SYSTEM}\s?)?${BODY}(?:\s?${SYSTEM}|\s?\(${SYSTEM}\))?)(?![a-z0-9%€$£]|[.,/-]\d)`;
/** Sizes that need no word beside them. */
const CLEAR = /(?<![a-z0-9-])(?<size>(?:x{1,4}l|x{1,3}s|[2-9]xl)(?:\s?\/\s?(?:x{1,4}l|[2-9]xl))?)(?![a-z0-9-])/g;
const NUMBER = String.raw`\d{1,2}(?:[.,]5|\s?½)?`;
const MARKED = new RegExp(String.raw`(?<![a-z0-9])(?<size>${SYSTEM}\s?${NUMBER}|(?<![\d.,])${NUMBER}\s?\(?${SYSTEM}\)?)(?![a-z0-9$]|[.,/-]\d|\s?(?:[%€$£¥]|${inAnyLanguage(({ dates }) => Object.values(dates.units).join(','))}))`, 'g');
const HAS_MARK = /(?<![A-Za-z])(?:EU|US|UK)(?![A-Za-z])/;
const LARGEST: Readonly<Record<System, number>> = { EU: 60, US: 56, UK: 56 };
const LEADS = inAnyLanguage((words) => words.sizeLeads);
const LETTER = new RegExp(String.raw`${LEADS}\s{0,2}(?<value>[sml])(?![a-z0-9'&]|\.\s?[a-z])`, 'g');
const HAS_LETTER = /(?<![\p{L}\p{N}])[SML](?![\p{L}\p{N}])/u;
const ALONE = /^\s*(?<value>[sml])\s*[.!]?\s*$/;
const MORE = new RegExp(String.raw`^(?:\s?[,/+&]\s?|\s?${inAnyLanguage((words) => [words.and, words.returns.or, words.sizeLeads].join(','))}\s?)(?:${LEADS}\s)?${SIZE}`);

/** Nobody asks for more sizes in a row; the list of a list must not be read again and again. */
const MOST_LISTED = 6;

/** A size as a shop would write it: capitals, a point for the half, two X written out, more of them as a number. */
function canonical(text: string): { readonly value: string; readonly system?: System } {
  const upper = text.toUpperCase();
  const system = SYSTEMS.find((one) => upper.includes(one));
  const bare = (system === undefined ? upper : upper.replace(system, '')).replace(/[()]/g, '').trim();
  const long = /^(X{3,})([SL])$/.exec(bare);
  const value = long ? `${long[1]?.length ?? 0}X${long[2] ?? ''}` : bare.replace(/^2X(?=[SL]$)/, 'XX').replace(/^W?(\d{2})\s?\/\s?L?(\d{2})$/, '$1/$2').replace(',', '.').replace(/\s?½|\s1\/2/, '.5').replace(/\s?\/\s?/, '/');
  return { value, ...(system === undefined ? {} : { system }) };
}

interface SizeWords { readonly sized: readonly Matcher[]; readonly oneSize: readonly Matcher[]; readonly nameOf: (name: string) => string | undefined }

function sizeWordsOf({ tongue, words }: Spoken, book: Phrasebook): SizeWords {
  const names = tableIn(words.sizeNames, tongue);
  const slots: Slots = { size: { pattern: SIZE }, name: { phrases: names.phrases, group: 'name' } };
  // "Size small": only behind a label is such a word a size.
  const named = names.phrases === '' ? '' : words.sizes.split(/(?<!\{),(?!\})/).filter((phrase) => phrase.trim().endsWith('{size}')).join(',').replaceAll('{size}', '{name}');
  return { sized: [...book.matchers(words.sizes, tongue, slots), ...book.matchers(named, tongue, slots)], oneSize: book.matcher(words.oneSize, tongue), nameOf: names.meaning };
}

/** Reads sizes of clothes and shoes. */
export function createSizeRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => sizeWordsOf(language, book));
  return (source) => {
    const { flat, plain, origin, cues } = source;
    const found: Entity[] = [];
    const take = (start: number, end: number, text: string): void => {
      found.push(entityAt(source, start, end, { kind: 'size', ...canonical(text) }));
    };
    for (const { value, start, end } of plainSpans(source, CLEAR)) take(start, end, value);
    if (HAS_MARK.test(flat)) {
      for (const { value, start, end } of plainSpans(source, MARKED)) {
        const size = canonical(value);
        // "Sent us 2 shirts": a system is written in capitals.
        if (size.system !== undefined && flat.slice(start, end).includes(size.system) && Number(size.value) <= LARGEST[size.system]) take(start, end, value);
      }
    }
    if (HAS_LETTER.test(flat)) {
      for (const { value, start, end } of plainSpans(source, LETTER)) if (/[SML]/.test(flat[start] ?? '') && !/^\s\p{Lu}\p{Ll}/u.test(flat.slice(end, end + 3))) take(start, end, value);
    }
    const alone = ALONE.exec(plain)?.groups?.['value'];
    if (alone !== undefined) take(origin(plain.indexOf(alone)), origin(plain.indexOf(alone) + 1), alone);
    for (const { sized, oneSize, nameOf } of languages(source.locale)) {
      for (const matcher of oneSize) if (cues.has(matcher)) for (const { start, end } of plainSpans(source, matcher.pattern)) found.push(entityAt(source, start, end, { kind: 'size', value: 'one-size' }));
      for (const matcher of sized) {
        if (!cues.has(matcher)) continue;
        for (const { match, start, end } of plainSpans(source, matcher.pattern)) {
          const { size, name } = groupsOf(match);
          const text = size ?? nameOf(name ?? '');
          if (text === undefined) continue;
          take(start, end, text);
          // "Sizes 38, 39 or 40", "size M to L".
          for (let at = match.index + match[0].length, count = 0, more = MORE.exec(plain.slice(at, at + 40)); more && count < MOST_LISTED; count++, more = MORE.exec(plain.slice(at, at + 40))) {
            const next = more.groups?.['size'] ?? '';
            at += more[0].length;
            take(origin(at - next.length), origin(at), next);
          }
        }
      }
    }
    return found;
  };
}
