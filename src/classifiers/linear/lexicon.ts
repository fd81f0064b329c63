import { languagePack } from './language-pack.js';
import type { Tokens } from './text.js';
import { isUnspaced } from './text.js';

/**
 * Words that mean much the same, by language and concept, blank- or comma-separated ("defect": "broken, faulty, does not
 * work"). Concepts carry the same names in all languages, so that what one language teaches helps the others.
 */
export type Lexicon = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A lexicon ready for look-ups: by language, every word or phrase in stems with its concept. */
export type CompiledLexicon = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Finds the concepts of a text, in the order they stand there. */
export type ConceptFinder = (tokens: Tokens, locale: string) => readonly string[];

const LONGEST_PHRASE = 4;
const LONGEST_UNSPACED_WORD = 6;

function compile(locale: string, concepts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { stem } = languagePack(locale);
  const found = new Map<string, string>();
  for (const [concept, list] of Object.entries(concepts)) {
    for (const phrase of list.split(',')) {
      const words = phrase.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
      if (words.length > 0) found.set(words.map((word) => (isUnspaced(word.charCodeAt(0)) ? word : stem(word))).join(' '), concept);
    }
  }
  return Object.fromEntries(found);
}

/** Stems a lexicon's words once; models keep the outcome, because stemming takes longer than loading a model. */
export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  return Object.fromEntries(Object.entries(lexicon).map(([locale, concepts]) => [locale, compile(locale, concepts)]));
}

/** Finds concepts; at each place the longest phrase wins. */
export function createConceptFinder(lexicon: CompiledLexicon): ConceptFinder {
  const compiled = new Map(Object.entries(lexicon).map(([locale, phrases]) => [locale, new Map(Object.entries(phrases))]));
  return (tokens, locale) => {
    const known = compiled.get(locale);
    if (!known) return [];
    const found: string[] = [];
    const { stems, joined } = tokens;
    for (let i = 0; i < stems.length; i++) {
      for (let n = Math.min(LONGEST_PHRASE, stems.length - i); n >= 1; n--) {
        const concept = known.get(n === 1 ? (stems[i] ?? '') : stems.slice(i, i + n).join(' '));
        // Words of unspaced scripts are looked for below, wherever the segmenter may have cut.
        if (concept === undefined || isUnspaced((stems[i] ?? '').charCodeAt(0))) continue;
        found.push(concept);
        i += n - 1;
        break;
      }
    }
    for (let i = 0; i < joined.length; i++) {
      if (!isUnspaced(joined.charCodeAt(i))) continue;
      for (let n = Math.min(LONGEST_UNSPACED_WORD, joined.length - i); n >= 1; n--) {
        const concept = known.get(joined.slice(i, i + n));
        if (concept === undefined) continue;
        found.push(concept);
        i += n - 1;
        break;
      }
    }
    return found;
  };
}
