import type { Finding, GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import type { MessageGuard } from '../../ports/message-guard.js';
import { guardWordsOf } from '../languages/guard-index.js';
import { foldText } from '../folding.js';
import { createKnownDays } from './known-days.js';
import { compile, type Heads } from './pattern.js';
import { readable, type Readable } from './readable.js';
import { SCRIPTS, type Script } from './scripts.js';

interface Rule { readonly name: string; readonly kind: GuardKind; readonly find: RegExp; readonly near: RegExp | undefined }
interface Tongue { readonly rules: readonly Rule[]; readonly unless: Readonly<Record<GuardKind, RegExp>>; readonly when: RegExp }

const kinds = ['payment_data', 'outside_payment', 'unsourced_date', 'disrespect', 'coached_pretext'] as const;

const COMMON = new Map(SCRIPTS.flatMap(({ tongues }) => tongues.map((locale) => [locale, new Set(guardWordsOf(locale).common.split(' ').map((word) => foldText(word).text))] as const)));
/** So many small words fewer than the language that has most of them, and it is still looked through. */
const CLOSE = 1;

/** The languages a text of a script may be in: by its small words, and always that of the conversation. */
function tonguesOf(text: string, { tongues }: Script, own: string): Locale[] {
  if (tongues.length === 1) return [...tongues];
  const words = text.split(' ');
  const counts = tongues.map((locale) => ({ locale, count: words.filter((word) => COMMON.get(locale)?.has(word)).length }));
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.filter(({ locale, count }) => locale === own || count >= most - CLOSE).map(({ locale }) => locale);
}

function tongueOf(locale: Locale, heads: Heads, loose: boolean): Tongue {
  const words = guardWordsOf(locale);
  const expression = (pattern: string): RegExp => compile(pattern, heads, loose);
  return {
    rules: kinds.flatMap((kind) => Object.entries(words[kind].rules).map(([name, rule]) => {
      const [find, near] = typeof rule === 'string' ? [rule, undefined] : rule;
      return { name: `${locale}/${name}`, kind, find: expression(find), near: near === undefined ? undefined : expression(near) };
    })),
    unless: Object.fromEntries(kinds.map((kind) => [kind, expression(words[kind].unless)])) as Record<GuardKind, RegExp>,
    when: new RegExp(expression(words.when).source, 'gu'),
  };
}

const known = new Map<string, Tongue>();
function tongue(locale: Locale, heads: Heads, loose: boolean): Tongue {
  const key = `${locale} ${loose}`;
  const found = known.get(key) ?? tongueOf(locale, heads, loose);
  known.set(key, found);
  return found;
}

/** In a short message two sentences belong together; in a longer one they may be about two things, and do not reach over the end of a line. */
const MOST_AROUND = 3;
/** Shorter values are blanked only where they are numbers that stand alone. */
const SHORTEST_VALUE = 3;
const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」/gu;
const MARKS = /[!?\uff01\uff1f\u061f]{2,}|^[^?]*[!\uff01]\s*$/u;
const FEWEST_LETTERS = 12;
const SHOUTED = 0.85;

/** Whether a message is written in capitals with marks that shout. */
function shouts(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= FEWEST_LETTERS && capitals / letters >= SHOUTED && MARKS.test(text);
}

/** A sentence and its neighbours on the same line. */
function besides(text: string, sentences: readonly Readable[], i: number): (Readable | undefined)[] {
  const [before, own, after] = [sentences[i - 1], sentences[i], sentences[i + 1]];
  const isOneLine = (a: Readable | undefined, b: Readable | undefined): boolean => a !== undefined && b !== undefined && !text.slice(a.start, b.start + 1).includes('\n');
  return [isOneLine(before, own) ? before : undefined, own, isOneLine(own, after) ? after : undefined];
}

/** The message without what it quotes, sign for sign: somebody else's word is no insult. */
const unquoted = (text: string): string => text.replace(QUOTED, (quote) => quote.replace(/[^"“”„«»「」]/gu, ' '));

/** A value of a tool, where it stood. */
const VALUE = '\u25a2';

/** The message with the values of tools blanked out, sign for sign: what a product is called, or an order's day, is not the writer's word. */
function blanked(message: string, values: readonly string[]): string {
  let text = message;
  for (const value of [...new Set(values)].filter((one) => one.trim() !== '').toSorted((a, b) => b.length - a.length)) {
    const isShort = value.length < SHORTEST_VALUE;
    if (isShort && !/^\d+$/u.test(value)) continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      if (isShort && /[\p{L}\p{N}]/u.test(`${text.charAt(at - 1)}${text.charAt(at + value.length)}`)) continue;
      text = text.slice(0, at) + VALUE.repeat(value.length) + text.slice(at + value.length);
    }
  }
  return text;
}

/** Makes the guard over everything that goes out to customers, written by the bot or by a person. */
export function createMessageGuard(): MessageGuard {
  function findingsOf(text: string, sentences: readonly Readable[], bare: readonly Readable[], { letters, heads }: Script, tongues: readonly Locale[], isKnown: (day: string) => boolean): Finding[] {
    const found: Finding[] = [];
    const textOf = (one: Readable | undefined): string => (one === undefined ? '' : heads === 'unspaced' ? one.unspaced : one.text);
    for (const [i, sentence] of sentences.entries()) {
      if (!letters.test(sentence.text)) continue;
      for (const locale of tongues) {
        const { rules, unless, when } = tongue(locale, heads, sentence.wasSpaced && heads !== 'unspaced');
        const excused = new Map<GuardKind, boolean>();
        for (const { name, kind, find, near } of rules) {
          const all = kind === 'disrespect' ? bare : sentences;
          const own = textOf(all.find(({ start }) => start === sentence.start));
          if (!find.test(own)) continue;
          const around = sentences.length <= MOST_AROUND ? [sentences[i - 1], sentence, sentences[i + 1]] : kind === 'coached_pretext' ? [sentence] : besides(text, sentences, i);
          if (near && !around.some((one) => near.test(textOf(one)))) continue;
          if (!excused.has(kind)) {
            const days = kind === 'unsourced_date' ? own.match(when) : null;
            const isOfTools = kind === 'unsourced_date' && text.slice(sentence.start, sentence.end).includes(VALUE);
            excused.set(kind, isOfTools || unless[kind].test(own) || (days !== null && days.every(isKnown)));
          }
          if (excused.get(kind) === false) found.push({ kind, span: { start: sentence.start, end: sentence.end }, rule: name });
        }
      }
    }
    return found;
  }

  return {
    read(message, { locale, facts = [], values = [] }) {
      const text = blanked(message, values);
      const sentences = readable(text);
      const bare = readable(unquoted(text));
      const isKnown = createKnownDays(facts, locale);
      const found = SCRIPTS.filter(({ letters }) => letters.test(text)).flatMap((script) => findingsOf(text, sentences, bare, script, tonguesOf(sentences.map((one) => one.text).join(''), script, locale), isKnown));
      return shouts(text) ? [...found, { kind: 'disrespect', span: { start: 0, end: text.length }, rule: 'shouting' }] : found;
    },
  };
}
