import type { Locale } from '../domain/understanding.js';
import { foldText } from './folding.js';
import { LANGUAGES } from './languages/index.js';
import type { ReplyWords } from './languages/reply-words.js';
import { createPhraseBook, phrasesOf, type Found } from './phrases.js';

/** A plain answer to a yes/no question. */
export type PlainAnswer = 'yes' | 'no' | 'unsure';

/** Longer messages are no plain answers, whatever they begin with; who asks for a sum takes more words. */
const LONGEST = 80;
const LONGEST_TOTAL = 140;

const KINDS = ['yes', 'no', 'unsure', 'filler', 'lead', 'hello', 'why', 'whyNo', 'whyAround', 'repeat', 'total', 'howMuch', 'inAll', 'totalAround'] as const satisfies readonly (keyof ReplyWords)[];
type Kind = (typeof KINDS)[number];

/** What a phrase is in one language; a picture is the same in all of them. */
interface Sense {
  readonly kind: Kind;
  readonly locale?: Locale;
}

const PICTURES: Readonly<Partial<Record<Kind, string>>> = { yes: '👍, 👌, ✅, 🆗, ✔, ☑, 💯, 🙆, 🤝', no: '👎, ❌, 🚫, 🙅, ✖, ⛔', unsure: '🤔, 🤷' };
/** Any other picture beside words says nothing of its own. */
const PICTURE = /^[\p{Extended_Pictographic}\p{Emoji_Presentation}]/u;
const DECORATION: Sense = { kind: 'filler' };

const phrasesAs = (sense: Sense, list: string): (readonly [string, Sense])[] => phrasesOf(list).map((phrase) => [phrase, sense]);

const book = createPhraseBook<Sense>([
  ...Object.entries(LANGUAGES).flatMap(([locale, { replies }]) => KINDS.flatMap((kind) => phrasesAs({ kind, locale }, replies[kind]))),
  ...KINDS.flatMap((kind) => phrasesAs({ kind }, PICTURES[kind] ?? '')),
], { drawn: true });

/** Every phrase that begins at the place. */
function foundAt(text: string, place: number): readonly Found<Sense>[] {
  const found = book.at(text, place);
  const picture = found.length > 0 ? undefined : PICTURE.exec(text.slice(place, place + 2))?.[0];
  return picture === undefined ? found : [{ end: place + picture.length, tags: [DECORATION] }];
}

/** A message short enough to be one phrase, folded, and a look-up of every phrase that begins at a place of it. */
interface Short {
  readonly text: string;
  found(place: number): readonly Found<Sense>[];
}

function shorten(text: string, longest = LONGEST): Short | undefined {
  if (text.length > longest * 2) return undefined;
  const folded = foldText(text).text;
  if (folded === '' || folded.length > longest) return undefined;
  const known: (readonly Found<Sense>[] | undefined)[] = [];
  return { text: folded, found: (place) => (known[place] ??= foundAt(folded, place)) };
}

type Asked = (sense: Sense) => boolean;

const isKind = (...kinds: readonly Kind[]): Asked => ({ kind }) => kinds.includes(kind);
const FILLER = isKind('filler');
const OPENING = isKind('filler', 'lead', 'hello');
const AROUND_TOTAL = isKind('filler', 'lead', 'hello', 'total', 'howMuch', 'inAll', 'totalAround');
const AROUND_UNSURE = isKind('filler', 'yes', 'no');

/**
 * With how few phrases the message is put together of those asked for, at least one, and others allowed before and after
 * it; infinity where it is not.
 */
function phrasesIn({ text, found }: Short, asked: Asked, before: Asked, after: Asked): number {
  // Per place: with how few it is reached without, and with, a phrase asked for.
  const fewest = Array.from({ length: text.length + 1 }, (): [number, number] => [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const reach = (end: number, which: 0 | 1, count: number): void => {
    const at = fewest[text.charAt(end) === ' ' ? end + 1 : end];
    if (at) at[which] = Math.min(at[which], count);
  };
  reach(0, 0, 0);
  fewest.forEach(([bare, met], place) => {
    if (Math.min(bare, met) === Number.POSITIVE_INFINITY) return;
    for (const { end, tags } of found(place)) {
      if (tags.some(asked)) reach(end, 1, Math.min(bare, met) + 1);
      if (tags.some(before)) reach(end, 0, bare + 1);
      if (tags.some(after)) reach(end, 1, met + 1);
    }
  });
  return fewest[text.length]?.[1] ?? Number.POSITIVE_INFINITY;
}

const isMadeOf = (...asked: Parameters<typeof phrasesIn>): boolean => phrasesIn(...asked) < Number.POSITIVE_INFINITY;

const QUESTION = /[?？؟]\s*$/u;

/** The answer as speakers of some languages mean it; nothing where it means nothing to them. */
function answerIn(message: Short, isQuestion: boolean, isTheirs: Asked): PlainAnswer | undefined {
  const count = (kind: Kind, around: Asked): number => phrasesIn(message, (sense) => sense.kind === kind && isTheirs(sense), around, around);
  const [no, yes] = isQuestion ? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] : [count('no', FILLER), count('yes', FILLER)];
  // "Not against" is one phrase of agreeing, and two of refusing.
  if (Math.min(no, yes) < Number.POSITIVE_INFINITY) return yes < no ? 'yes' : 'no';
  return count('unsure', AROUND_UNSURE) < Number.POSITIVE_INFINITY ? 'unsure' : undefined;
}

/**
 * Whether a message is a plain yes, no or "I don't know" and nothing else. A question is none of them. Words of every
 * language count; one that means different things counts as the language given has it.
 */
export function readAnswer(text: string, locale?: Locale): PlainAnswer | undefined {
  const message = shorten(text);
  if (!message) return undefined;
  const isQuestion = QUESTION.test(text.slice(-20));
  if (locale !== undefined) {
    const isOwn: Asked = (sense) => sense.locale === locale || sense.locale === undefined;
    const own = answerIn(message, isQuestion, isOwn);
    if (own !== undefined) return own;
    const isThanks: Asked = (sense) => sense.kind === 'filler' && isOwn(sense);
    if (isMadeOf(message, isThanks, isThanks, isThanks)) return undefined;
  }
  return answerIn(message, isQuestion, () => true);
}

/** How one language asks the last question of something else. */
interface Also {
  readonly before: readonly string[];
  /** Written together with what follows. */
  readonly glued: readonly string[];
  readonly after: readonly string[];
  readonly never: readonly string[];
}

const ALSO: readonly Also[] = Object.values(LANGUAGES).map(({ replies }) => {
  const isGlued = (phrase: string): boolean => phrase.trim().endsWith('-');
  const before = replies.alsoBefore.replace(/\[[^\]]*\]/gu, (group) => group.replaceAll(',', ' ')).split(',');
  return {
    before: phrasesOf(before.filter((phrase) => !isGlued(phrase)).join(',')), glued: phrasesOf(before.filter(isGlued).join(',')),
    after: phrasesOf(replies.alsoAfter), never: phrasesOf(replies.alsoNever),
  };
});
const MOST_WORDS = 6;
/** Of a script without blanks. */
const LONGEST_NAMED = 17;

function isAlso(text: string): boolean {
  return ALSO.some(({ before, glued, after, never }) => {
    const rests = [
      ...before.filter((opening) => text.startsWith(`${opening} `)).map((opening) => text.slice(opening.length + 1)),
      ...glued.filter((opening) => text.startsWith(opening)).map((opening) => text.slice(opening.length)),
    ];
    if (rests.some((rest) => rest !== '' && rest.split(' ').length <= MOST_WORDS && !never.some((word) => `${rest} `.startsWith(`${word} `)))) return true;
    return after.some((ending) => text.endsWith(ending) && text.length > ending.length) && text.length <= LONGEST_NAMED && !never.some((word) => text.includes(word));
  });
}

/** "What is the total refund", or "how much" and "in all", and nothing else but words that go with them. */
function isTotal(message: Short | undefined): boolean {
  const has = (kind: Kind): boolean => message !== undefined && isMadeOf(message, isKind(kind), AROUND_TOTAL, AROUND_TOTAL);
  return has('total') || (has('howMuch') && has('inAll'));
}

/** An amount or another number in a question: what it is about, and no word of it. */
const AMOUNT = /(?:(?:[€$£¥₽]|(?:eur|usd|gbp|pln|cny|rub|brl)(?![\p{L}])|us\$|r\$)\s*)?\d+(?:[.,]\d{1,2})?(?:\s*(?:[€$£¥₽%]|(?:eur|euros?|usd|dollars?|dólares|gbp|pln|zł|rub|руб\p{L}*|евро|доллар\p{L}*|元|块钱?|欧元|يورو|دولار)(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}])))?/giu;

/** What a question for the reason is about: a no, as its words say; and whether it says hardly more than that it asks why. */
export interface AskedWhy {
  readonly isOfNo: boolean;
  readonly isAlone: boolean;
}

/** Whether a message begins by asking why, and of what; its amounts may be anything. */
export function readWhy(text: string): AskedWhy | undefined {
  const message = shorten(text.replace(AMOUNT, ' '), LONGEST_TOTAL);
  if (!message || !opensWith(message, isKind('why'))) return undefined;
  const places = Array.from({ length: message.text.length }, (_, place) => place);
  const isNo = isKind('whyNo');
  return {
    isOfNo: places.some((place) => message.found(place).some(({ tags }) => tags.some(isNo))),
    isAlone: isMadeOf(message, isKind('why'), OPENING, isKind('filler', 'whyAround', 'whyNo')),
  };
}

/** Whether a phrase asked for stands at the head of a message, after nothing but words one opens with. */
function opensWith({ text, found }: Short, asked: Asked): boolean {
  const places = [0];
  for (const place of places) {
    for (const { end, tags } of found(place)) {
      if (tags.some(asked)) return true;
      const next = text.charAt(end) === ' ' ? end + 1 : end;
      if (tags.some(OPENING) && next < text.length && !places.includes(next)) places.push(next);
    }
  }
  return false;
}

/** Whether a message asks why, asks to hear it again, asks for the sum over everything done, or asks the last question of something else, and nothing else. */
export function readMeta(text: string): 'why' | 'repeat' | 'also' | 'total' | undefined {
  const message = shorten(text);
  if (!message) return isTotal(shorten(text, LONGEST_TOTAL)) ? 'total' : undefined;
  const isAnswer = !QUESTION.test(text.slice(-20)) && isMadeOf(message, isKind('yes', 'no'), FILLER, FILLER);
  if (isAnswer) return undefined;
  if (isMadeOf(message, isKind('why'), OPENING, FILLER)) return 'why';
  if (isMadeOf(message, isKind('repeat'), OPENING, FILLER)) return 'repeat';
  if (isTotal(message)) return 'total';
  return isAlso(message.text) ? 'also' : undefined;
}
