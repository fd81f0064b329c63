import { GUARD_KINDS, type GuardKind } from '../../domain/guard.js';
import type { Locale } from '../../domain/understanding.js';
import { foldText } from '../folding.js';
import { guardWordsOf } from '../languages/guard-index.js';
import { compile, type Heads } from './pattern.js';
import { SCRIPTS, type Script } from './scripts.js';

/** A rule of a language, ready to be looked for. */
export interface Rule {
  readonly name: string;
  readonly find: RegExp;
  readonly near: RegExp | undefined;
}

/** What is looked for in one language. */
export interface Tongue {
  readonly rules: Readonly<Record<GuardKind, readonly Rule[]>>;
  readonly unless: Readonly<Record<GuardKind, RegExp>>;
  readonly when: RegExp;
}

const perKind = <T>(make: (kind: GuardKind) => T): Readonly<Record<GuardKind, T>> => Object.fromEntries(GUARD_KINDS.map((kind) => [kind, make(kind)])) as Record<GuardKind, T>;

function compiled(locale: Locale, heads: Heads, loose: boolean): Tongue {
  const words = guardWordsOf(locale);
  const expression = (pattern: string): RegExp => compile(pattern, heads, loose);
  return {
    rules: perKind((kind) => Object.entries(words[kind].rules).map(([name, rule]) => {
      const [find, near] = typeof rule === 'string' ? [rule, undefined] : rule;
      return { name: `${locale}/${name}`, find: expression(find), near: near === undefined ? undefined : expression(near) };
    })),
    unless: perKind((kind) => expression(words[kind].unless)),
    when: new RegExp(expression(words.when).source, 'gu'),
  };
}

const known = new Map<string, Tongue>();

/** The rules of a language, compiled when first asked for; `loose`: for words whose letters were drawn apart. */
export function tongueOf(locale: Locale, heads: Heads, loose: boolean): Tongue {
  const key = `${locale} ${loose}`;
  const found = known.get(key) ?? compiled(locale, heads, loose);
  known.set(key, found);
  return found;
}

const COMMON = new Map(SCRIPTS.flatMap(({ tongues }) => tongues.map((locale) => [locale, new Set(guardWordsOf(locale).common.split(' ').map((word) => foldText(word).text))] as const)));

/** So many small words fewer than the language that has most of them, and it is still looked through. */
const CLOSE = 1;

/** The languages a folded text of a script may be in: by its small words, and always that of the conversation. */
export function tonguesIn(text: string, { tongues }: Script, own: Locale): Locale[] {
  if (tongues.length === 1) return [...tongues];
  const words = text.split(' ');
  const counts = tongues.map((locale) => ({ locale, count: words.filter((word) => COMMON.get(locale)?.has(word)).length }));
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.filter(({ locale, count }) => locale === own || count >= most - CLOSE).map(({ locale }) => locale);
}

const lettersOf = (text: string, { letters }: Script): number => text.match(new RegExp(letters.source, 'gu'))?.length ?? 0;

/** The one language a message is most likely in; that of the conversation where another has hardly more of its small words. */
export function likeliestTongue(message: string, text: string, own: Locale): Locale {
  const script = SCRIPTS.map((one) => ({ one, count: lettersOf(message, one) })).toSorted((a, b) => b.count - a.count)[0]?.one;
  const [only = own, ...others] = script?.tongues ?? [];
  if (others.length === 0) return only;
  const words = text.split(' ');
  const counts = [only, ...others].map((locale) => ({ locale, count: words.filter((word) => COMMON.get(locale)?.has(word)).length }));
  const best = counts.toSorted((a, b) => b.count - a.count)[0];
  const mine = counts.find(({ locale }) => locale === own);
  return best === undefined || (mine !== undefined && mine.count >= best.count - CLOSE) ? mine?.locale ?? only : best.locale;
}
