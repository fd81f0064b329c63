import MiniSearch from 'minisearch';
import type { KnowledgeFound } from '../ports/knowledge.js';

/** Cuts a text into the words that carry its meaning, in the form they are compared in. */
export type WordsOf = (text: string, locale: string) => readonly string[];

/** From here on an article clearly answers, if none of the others comes near it. */
const CLEAR = 0.66;
/** How far it must be ahead of the next article. */
const LEAD = 0.08;
/** From here on an article is offered by its title. */
const NEAR = 0.5;
const MOST_NEAR = 3;
/** Longer texts are stories; what they ask is not found by their words. */
const LONGEST = 300;
/** The questions looked at closely. */
const CANDIDATES = 40;

interface Question { readonly article: string; readonly text: string }

/** Searches the questions of one language. */
export type Search = (text: string, among?: readonly string[]) => KnowledgeFound;

/**
 * Finds the articles by the questions they answer. The library finds questions that share words, also misspelt ones; how alike
 * question and question are is measured in both directions, rare words counting most, so that a long text about something
 * else is no match for the one word it shares.
 */
export function createSearch(questions: readonly Question[], wordsOf: (text: string) => readonly string[]): Search {
  const unique = (text: string): string[] => [...new Set(wordsOf(text))];
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'], tokenize: unique, processTerm: (term) => term,
    searchOptions: { prefix: false, fuzzy: (term) => (term.length >= 5 && /^\p{L}+$/u.test(term) ? 0.2 : false) },
  });
  index.addAll(questions.map(({ text }, id) => ({ id, text })));
  const words = questions.map(({ text }) => unique(text));
  // How many articles, not questions, hold a word: one that half of them share says little.
  const held = new Map<string, Set<string>>();
  for (const [id, list] of words.entries()) for (const word of list) held.set(word, (held.get(word) ?? new Set()).add(questions[id]?.article ?? ''));
  const count = new Set(questions.map(({ article }) => article)).size;
  const weight = (word: string): number => Math.log(1 + count / ((held.get(word)?.size ?? 0) + 0.5));
  const sum = (list: Iterable<string>): number => [...list].reduce((all, word) => all + weight(word), 0);

  return (text, among) => {
    const asked = unique(text.slice(0, LONGEST));
    if (asked.length === 0 || text.length > LONGEST) return { near: [], score: 0 };
    const best = new Map<string, number>();
    for (const { id, match, queryTerms } of index.search(text).slice(0, CANDIDATES)) {
      const article = questions[Number(id)]?.article ?? '';
      if (among && !among.includes(article)) continue;
      // A misspelt word counts a little less than the word itself.
      const matched = Object.keys(match);
      const exact = matched.filter((word) => asked.includes(word)).length;
      const spelling = matched.length === 0 ? 0 : 1 - 0.15 * (1 - exact / matched.length);
      const score = spelling * Math.sqrt((sum(matched) / sum(words[Number(id)] ?? [])) * (sum(new Set(queryTerms)) / sum(asked)));
      best.set(article, Math.max(best.get(article) ?? 0, Math.min(1, score)));
    }
    const ranked = [...best].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const [first, second] = ranked;
    const score = first?.[1] ?? 0;
    const near = ranked.filter(([, one]) => one >= NEAR).slice(0, MOST_NEAR).map(([article]) => article);
    const isClear = first !== undefined && score >= CLEAR && score - (second?.[1] ?? 0) >= LEAD;
    return { ...(isClear ? { best: first[0] } : {}), near, score };
  };
}
