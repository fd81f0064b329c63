import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Locale } from '../domain/understanding.js';
import { foreignLanguage, foreignScript, type Acquaintance } from './foreign.js';
import { finishHash, hashOn } from './linear/features.js';
import { LANGUAGES } from './languages/index.js';
import { createGrowingHashIndex, createHashIndex } from './linear/hash-index.js';
import type { FileParts } from './linear/model-file.js';
import { normalise } from './linear/text.js';
import { localeOfScript } from './script.js';

/** Naive Bayes over letters and words, as the model file holds it. */
export interface LanguageModel {
  readonly locales: readonly Locale[];
  readonly hashes: Uint32Array;
  /** Per feature and locale, how unlikely the feature is there: −log p in steps of 1/16. */
  readonly costs: Uint8Array;
}

/** The language a text is believed to be in. */
export interface LanguageGuess {
  readonly locale: Locale;
  /** From 0 to 1; near 0 where there is hardly a letter to go by. */
  readonly confidence: number;
  /** The language not spoken here that the text is in, as a BCP 47 tag; the locale is then only what stands in for it. */
  readonly foreign?: string;
}

/** Tells the language of texts. */
export interface LanguageTeller {
  /** The conversation's language counts as a prior, and stands where nothing else speaks. */
  tell(text: string, prior?: Locale): LanguageGuess;
}

const STEP = 16;
const WORD = /[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;
/** Words that stand for something else, or carry digits, belong to no language. */
const NOT_WORDS = /\b(?:emailaddress|weblink)\b|\S*\p{N}\S*/gu;
const SMOOTHING = 0.3;
/** Overlapping letters count the same evidence about this many times. */
const OVERLAP = 4;
const PRIOR = 10;
const LONGEST_RUN = 4;
/** A language shows in its first words; what follows is not looked at. */
const LONGEST_TOLD = 1000;
const HAN = /\p{Script=Han}/u;
const SEED_LETTERS = 0x811c9dc5 ^ 0x6c;
const SEED_WORD = 0x811c9dc5 ^ 0x4c;
const PRIME = 16777619;
const { imul } = Math;

/** Calls back with every feature of a text, and answers how many letters it has. */
function eachFeature(text: string, call: (hash: number) => void): number {
  let letters = 0;
  for (const [word] of normalise(text).replace(NOT_WORDS, ' ').matchAll(WORD)) {
    letters += word.length;
    call(finishHash(hashOn(SEED_WORD, word)));
    const framed = ` ${word} `;
    for (let p = 0; p < framed.length; p++) {
      let h = SEED_LETTERS;
      for (let n = 1; n <= LONGEST_RUN && p + n <= framed.length; n++) {
        h = imul(h ^ framed.charCodeAt(p + n - 1), PRIME);
        call(finishHash(h));
      }
    }
  }
  return letters;
}

/** The short answers each language is known by, as texts to learn from besides sentences. */
export function knownWords(): { readonly text: string; readonly locale: Locale }[] {
  return Object.entries(LANGUAGES).flatMap(([locale, { replies }]) => [replies.yes, replies.no, replies.unsure, replies.filler, replies.lead, replies.also]
    .flatMap((list) => list.replace(/\[([^\]|]*)[^\]]*\]/gu, '$1').split(',')).map((text) => ({ text: text.trim(), locale })));
}

/** Learns to tell the locales of the given texts. */
export function trainLanguage(texts: readonly { readonly text: string; readonly locale: Locale }[]): LanguageModel {
  const locales = [...new Set(texts.map(({ locale }) => locale))].sort();
  const index = createGrowingHashIndex();
  const counts = locales.map(() => [] as number[]);
  const totals = locales.map(() => 0);
  for (const { text, locale } of texts) {
    const place = locales.indexOf(locale);
    const own = counts[place] ?? [];
    eachFeature(text, (hash) => {
      const feature = index.add(hash);
      own[feature] = (own[feature] ?? 0) + 1;
      totals[place] = (totals[place] ?? 0) + 1;
    });
  }
  const hashes = index.hashes();
  const count = (place: number, feature: number): number => counts[place]?.[feature] ?? 0;
  const kept = Uint32Array.from(hashes.keys()).filter((feature) => locales.reduce((sum, _, place) => sum + count(place, feature), 0) > 1);
  const costs = new Uint8Array(kept.length * locales.length);
  kept.forEach((feature, row) => {
    locales.forEach((_, place) => {
      const share = (count(place, feature) + SMOOTHING) / ((totals[place] ?? 0) + SMOOTHING * hashes.length);
      costs[row * locales.length + place] = Math.min(255, Math.round(-Math.log(share) * STEP));
    });
  });
  return { locales, hashes: Uint32Array.from(kept, (feature) => hashes[feature] ?? 0), costs };
}

/** What a feature saves that was met once, about three and about ten times: 16 · ln((count + 0.3) / 0.3). */
const MET = 16;
const HEARD = 38;
const COMMON = 57;

/** In no more words than these a language is told by the words themselves, before their letters. */
const FEW_WORDS = 2;
/** By how much a language must know a word better than the next to be told by it: about four and a half times as often. */
const CLEARLY_BETTER = 24;
/** What a word or two tell: enough to begin a talk in their language, not to change it. */
const BY_WORDS = 0.6;

/** With fewer features a language, what was never met says nothing. */
const WELL_READ = 4000;

/** Readies a language model for use. */
export function createLanguageTeller({ locales, hashes, costs }: LanguageModel): LanguageTeller {
  const index = createHashIndex(hashes);
  const fallback = (prior?: Locale): Locale => (prior !== undefined ? prior : locales.includes('en') ? 'en' : (locales[0] ?? 'en'));
  /** What a feature never met in a language costs there. */
  const unmet = locales.map((_, place) => {
    let most = 0;
    for (let at = place; at < costs.length; at += locales.length) {
      const cost = costs[at] ?? 0;
      if (cost > most) most = cost;
    }
    return most;
  });

  const isWellRead = hashes.length >= locales.length * WELL_READ;

  /** By how much a feature is likelier in a language than one never met there, in steps. */
  const savedBy = (hash: number, place: number): number => {
    const row = index.find(hash);
    return row < 0 ? 0 : (unmet[place] ?? 0) - (costs[row * locales.length + place] ?? 0);
  };

  /** What a language knows of a word. */
  function acquaintance(word: string, place: number): Acquaintance {
    const saved = savedBy(finishHash(hashOn(SEED_WORD, word)), place);
    const framed = ` ${word} `;
    let [runs, runsMet] = [0, 0];
    for (let p = 0; p + LONGEST_RUN <= framed.length; p++) {
      runs++;
      if (savedBy(finishHash(hashOn(SEED_LETTERS, framed.slice(p, p + LONGEST_RUN))), place) >= MET) runsMet++;
    }
    return { common: saved >= COMMON ? 1 : saved >= HEARD ? 0.5 : 0, isMet: saved >= MET || !isWellRead, runs, runsMet: isWellRead ? runsMet : runs };
  }

  /**
   * The language of a word or two, by which of the languages know them: letters alone take "moin" for French. Where the
   * language of the talk knows them, too, they are its own.
   */
  function byFewWords(text: string, among: readonly Locale[], prior: Locale | undefined): LanguageGuess | undefined {
    const words = [...normalise(text).replace(NOT_WORDS, ' ').matchAll(WORD)].map(([word]) => finishHash(hashOn(SEED_WORD, word)));
    if (words.length === 0 || words.length > FEW_WORDS || !isWellRead) return undefined;
    const known = (locale: Locale): number => Math.min(...words.map((hash) => savedBy(hash, locales.indexOf(locale))));
    const [best, next] = among.map((locale) => ({ locale, saved: known(locale) })).sort((a, b) => b.saved - a.saved);
    if (!best || best.saved < HEARD) return undefined;
    const isClear = best.saved - (next?.saved ?? 0) >= CLEARLY_BETTER;
    const own = prior !== undefined && among.includes(prior) ? known(prior) : 0;
    if (prior !== undefined && (own >= HEARD || (own >= MET && !isClear))) return { locale: prior, confidence: BY_WORDS };
    return isClear ? { locale: best.locale, confidence: BY_WORDS } : undefined;
  }

  /** The likeliest of the locales that are written in the text's script. */
  function guess(text: string, among: readonly Locale[], prior: Locale | undefined): LanguageGuess {
    const sums = new Float64Array(locales.length);
    const letters = eachFeature(text, (hash) => {
      const row = index.find(hash);
      if (row < 0) return;
      for (let place = 0; place < locales.length; place++) sums[place]! -= costs[row * locales.length + place]!; // in range: sizes are checked on loading
    });
    if (letters === 0) return { locale: fallback(prior), confidence: 0 };
    const scored = among.map((locale) => ({ locale, score: (sums[locales.indexOf(locale)] ?? 0) / STEP + (locale === prior ? PRIOR : 0) })).sort((a, b) => b.score - a.score);
    const best = scored[0];
    if (!best) return { locale: fallback(prior), confidence: 0 };
    const share = 1 / scored.reduce((sum, { score }) => sum + Math.exp((score - best.score) / OVERLAP), 0);
    return { locale: best.locale, confidence: share * (1 - Math.exp(-letters / 6)) };
  }

  return {
    tell(whole, prior) {
      const text = whole.slice(0, LONGEST_TOLD);
      const script = localeOfScript(text, locales);
      if (script.kind === 'none') return { locale: fallback(prior), confidence: 0 };
      // A script or a language we do not speak tells nothing of the ones we do.
      const standIn = { locale: fallback(prior), confidence: 0.1 };
      if (script.kind === 'foreign') {
        const foreign = foreignScript(text);
        return foreign === undefined ? standIn : { ...standIn, foreign };
      }
      const told = script.kind === 'locale' ? { locale: script.locale, confidence: 0.99 } : byFewWords(text, script.locales, prior) ?? guess(text, script.locales, prior);
      const place = locales.indexOf(told.locale);
      // Chinese shares its characters with Japanese alone, which its kana give away.
      const foreign = HAN.test(text) ? undefined : foreignLanguage(normalise(text), (word) => acquaintance(word, place));
      if (foreign === undefined) return told;
      // Ours after all, in letters of another script.
      const [spoken = '', other] = foreign.split('-');
      if (other !== undefined) return locales.includes(spoken) ? { locale: spoken, confidence: 0.8 } : told;
      // The one language of ours in its script is its next of kin, and understands some of it.
      return locales.includes(foreign) ? told : { ...standIn, foreign, ...(script.kind === 'locale' ? { locale: script.locale } : {}) };
    },
  };
}

const metaShape = z.object({ locales: z.array(z.string()) });

/** A language model as parts of a file. */
export function packLanguage({ locales, hashes, costs }: LanguageModel): FileParts {
  return { meta: { locales }, sections: { 'language.hashes': hashes, 'language.costs': costs } };
}

/** The language model in the parts of a file; parts that do not hang together are a Fault `model.unreadable`. */
export function unpackLanguage({ meta, sections }: FileParts): LanguageModel {
  const parsed = metaShape.safeParse(meta);
  const hashes = sections['language.hashes'];
  const costs = sections['language.costs'];
  if (!parsed.success || !(hashes instanceof Uint32Array) || !(costs instanceof Uint8Array) || costs.length !== hashes.length * parsed.data.locales.length) {
    throw new Fault('model.unreadable', 'the model cannot be read: its languages do not hang together');
  }
  return { locales: parsed.data.locales, hashes, costs };
}
