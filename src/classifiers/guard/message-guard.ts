import { GUARD_KINDS, type Finding, type GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import type { MessageGuard } from '../../ports/message-guard.js';
import { createKnownDays } from './known-days.js';
import { blanked, isShouted, unquoted, VALUE } from './masks.js';
import { readable, type Readable } from './readable.js';
import { headsOf, SCRIPTS, type Script } from './scripts.js';
import type { SecondOpinion } from './guard-model.js';
import { highest, isSeconded, likenessesIn, likest } from './likeness.js';
import { tongueOf, tonguesIn } from './tongues.js';

/** In a short message two sentences belong together; in a longer one they may be about two things, and do not reach over the end of a line. */
const MOST_AROUND = 3;

/** What is read: its sentences, and the same without what they quote. */
interface Reading {
  readonly text: string;
  readonly sentences: readonly Readable[];
  readonly bare: readonly Readable[];
  readonly isKnownDay: (day: string) => boolean;
}

/** The sentences a pattern's second half may stand in. */
function around({ text, sentences }: Reading, i: number, kind: GuardKind): (Readable | undefined)[] {
  const [before, own, after] = [sentences[i - 1], sentences[i], sentences[i + 1]];
  if (sentences.length <= MOST_AROUND) return [before, own, after];
  if (kind === 'coached_pretext') return [own];
  const isOneLine = (a: Readable | undefined, b: Readable | undefined): boolean => a !== undefined && b !== undefined && !text.slice(a.start, b.start + 1).includes('\n');
  return [isOneLine(before, own) ? before : undefined, own, isOneLine(own, after) ? after : undefined];
}

/** What one sentence holds, in one language. */
function findingsOf(reading: Reading, i: number, { heads }: Script, locale: Locale, kinds: readonly GuardKind[]): Finding[] {
  const sentence = reading.sentences[i];
  if (!sentence) return [];
  const textOf = (one: Readable | undefined): string => (one === undefined ? '' : heads === 'unspaced' ? one.unspaced : one.text);
  const { rules, unless, when } = tongueOf(locale, heads, sentence.wasSpaced && heads !== 'unspaced');
  const span = { start: sentence.start, end: sentence.end };
  return kinds.flatMap((kind) => {
    const own = textOf(kind === 'disrespect' ? reading.bare[i] : sentence);
    const found = rules[kind].filter(({ find, near }) => find.test(own) && (!near || around(reading, i, kind).some((one) => near.test(textOf(one)))));
    if (found.length === 0 || unless[kind].test(own)) return [];
    if (kind === 'unsourced_date') {
      // What is said around a value of a tool is that tool's; a day that is known may be repeated.
      const days = own.match(when);
      if (reading.text.slice(span.start, span.end).includes(VALUE) || (days !== null && days.every(reading.isKnownDay))) return [];
    }
    return found.map(({ name }): Finding => ({ kind, span, rule: name }));
  });
}

function findingsIn(text: string, locale: Locale, facts: readonly string[], kinds: readonly GuardKind[]): Finding[] {
  const sentences = readable(text);
  const reading: Reading = { text, sentences, bare: readable(text, unquoted(text)), isKnownDay: createKnownDays(facts, locale) };
  return SCRIPTS.filter(({ letters }) => letters.test(text)).flatMap((script) => {
    const tongues = tonguesIn(sentences.map((one) => one.text).join(''), script, locale);
    return sentences.flatMap((one, i) => (script.letters.test(one.text) ? tongues.flatMap((tongue) => findingsOf(reading, i, script, tongue, kinds)) : []));
  });
}

/** What patterns found and the second opinion agrees with, and what it finds by itself. */
function withSecond(second: SecondOpinion, text: string, locale: Locale, facts: readonly string[], byPattern: readonly Finding[]): Finding[] {
  const likenesses = likenessesIn(second, text, locale);
  const isKnownDay = createKnownDays(facts, locale);
  const agreed = byPattern.filter((finding) => isSeconded(finding, likenesses));
  // What a message is most like casts a shadow on the kinds beside it: asking for a card is a little like asking for money.
  const surest = Math.max(...agreed.map(({ kind }) => highest(likenesses, kind)));
  const alone = GUARD_KINDS.filter((kind) => highest(likenesses, kind) > surest && !agreed.some((finding) => finding.kind === kind)).flatMap((kind) => likest(second, text, likenesses, kind)).filter(({ kind, span, rule }) => {
    const days = kind === 'unsourced_date' ? readable(text.slice(span.start, span.end)).flatMap((one) => one.text.match(tongueOf(rule.slice(0, rule.indexOf('/')), headsOf(rule.slice(0, rule.indexOf('/'))), false).when) ?? []) : [];
    return days.length === 0 || !days.every(isKnownDay);
  });
  return [...agreed, ...alone];
}

/** Whether a message insults or threatens, whoever wrote it. */
export const readAbuse = (text: string, locale: Locale): boolean => findingsIn(text, locale, [], ['disrespect']).some(({ rule }) => /\/(?:insult|threat)$/u.test(rule));

/**
 * Makes the guard over everything that goes out to customers, written by the bot or by a person. With a second opinion, what a
 * pattern finds counts only where it agrees, and it finds by itself what no pattern knows; sentences of the bot, whose `values`
 * are given and whose words somebody has read, are left to the patterns.
 */
export function createMessageGuard(second?: SecondOpinion): MessageGuard {
  return {
    read(message, { locale, facts = [], values }) {
      const text = blanked(message, values ?? []);
      const byPattern = findingsIn(text, locale, facts, GUARD_KINDS);
      const found = second === undefined || values !== undefined ? byPattern : withSecond(second, text, locale, facts, byPattern);
      return isShouted(text) ? [...found, { kind: 'disrespect', span: { start: 0, end: text.length }, rule: 'shouting' }] : found;
    },
  };
}
