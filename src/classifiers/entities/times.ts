import type { Entity } from '../../domain/understanding.js';
import type { DayPart } from '../languages/entity-words.js';
import { numbersOf } from './number-words.js';
import { tableIn, perLanguage, type Spoken } from './spoken.js';
import { groupsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule, type Span } from './source.js';

interface Times { readonly from: string; readonly to: string }
interface Phrase { readonly matchers: readonly Matcher[]; readonly resolve: (groups: Readonly<Record<string, string | undefined>>) => Times | undefined }

/** When the parts of a day begin and end; a night ends on the next day. */
const PARTS: Readonly<Record<DayPart, Times>> = {
  morning: { from: '06:00', to: '12:00' }, noon: { from: '12:00', to: '14:00' }, afternoon: { from: '12:00', to: '18:00' },
  evening: { from: '18:00', to: '22:00' }, night: { from: '22:00', to: '06:00' },
};

/** A time of the clock, in the half of the day that was said. */
function clock(hour: number, minute: number, said: 'am' | 'pm' | 'night' | undefined): Times | undefined {
  const half = said === 'night' ? (hour < 6 || hour === 12 ? 'am' : 'pm') : said;
  if (half !== undefined && (hour < 1 || hour > 12) && !(half === 'pm' && hour < 24)) return undefined;
  const hours = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour;
  if (hours > 24 || minute > 59 || (hours === 24 && minute > 0)) return undefined;
  const time = `${String(hours % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { from: time, to: time };
}

function phrasesOf(language: Spoken, book: Phrasebook): Phrase[] {
  const { tongue, words: { times } } = language;
  const halves = tableIn({ am: times.am, pm: times.pm, night: times.night }, tongue);
  const { value, pattern } = numbersOf(language, 1, 12);
  const slots = {
    h: { pattern: String.raw`(?<!\d[.,:]?)(?<h>\d{1,2}(?!\d)|${pattern})` },
    m: { pattern: String.raw`(?<m>\d{2})(?!\d)` }, part: { phrases: halves.phrases, group: 'part' },
  };
  const hourOf = (h: string | undefined): number => value(h ?? '') ?? 99;
  const each = (phrases: string): Matcher[] => book.matchers(phrases, tongue, slots);
  return [
    { matchers: each(times.clock), resolve: ({ h, m, part }) => clock(hourOf(h), Number(m ?? 0), halves.meaning(part ?? '')) },
    { matchers: each(times.halfPast), resolve: ({ h, part }) => clock(hourOf(h), 30, halves.meaning(part ?? '')) },
    { matchers: each(times.halfTo), resolve: ({ h, part }) => clock((hourOf(h) + 11) % 12, 30, halves.meaning(part ?? '')) },
    ...(Object.entries(times.parts) as [DayPart, string][]).map(([part, phrases]) => ({ matchers: book.matcher(phrases, tongue), resolve: () => PARTS[part] })),
  ];
}

/** "17:30" is a time in every language; "1:5" and "10:30:45.2" are not. */
const DIGITAL = /(?<![\d:.,/-])(?<h>[01]?\d|2[0-3]):(?<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])/g;

/** Reads times of day and parts of the day. */
export function createTimeRule(book: Phrasebook): EntityRule {
  const phrases = perLanguage((language) => phrasesOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    const take = ({ start, end }: Span, times: Times | undefined): void => {
      if (times) found.push(entityAt(source, start, end, { kind: 'time', ...times }));
    };
    if (source.plain.includes(':')) for (const span of plainSpans(source, DIGITAL)) take(span, clock(Number(span.match.groups?.['h']), Number(span.match.groups?.['m']), undefined));
    for (const ofLanguage of phrases(source.locale)) for (const { matchers, resolve } of ofLanguage) {
      for (const matcher of matchers) if (source.cues.has(matcher)) for (const span of plainSpans(source, matcher.pattern)) take(span, resolve(groupsOf(span.match)));
    }
    return found;
  };
}
