import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article, Knowledge } from '../ports/knowledge.js';
import type { ArticleFolder, ArticleText } from './read-articles.js';
import { createSearch, type Search, type WordsOf } from './search.js';

const keyOf = (id: string, part: string, index?: number): string => `knowledge.${id}.${part}${index === undefined ? '' : `.${index + 1}`}`;

/** The sentences of the articles by language and key, to be said like all others; what a language lacks is said in the first. */
export function articleMessages(folders: readonly ArticleFolder[]): Record<string, Record<string, string>> {
  const messages: Record<string, Record<string, string>> = { en: {} };
  for (const [tag, articles] of folders.flatMap(({ languages }) => Object.entries(languages))) {
    const own = (messages[tag] ??= {});
    for (const article of articles) {
      own[keyOf(article.id, 'title')] = article.title;
      for (const part of ['intro', 'steps', 'outro'] as const) for (const [index, text] of article[part].entries()) own[keyOf(article.id, part, index)] = text;
    }
  }
  const all: Record<string, string> = Object.assign({}, ...Object.values(messages).toReversed(), messages['en']);
  return { ...messages, en: all };
}

const union = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** One article out of its languages: what is no sentence need stand in one of them only. */
function articleOf(id: string, texts: readonly ArticleText[]): Article {
  // Every language has as many parts as the first; a test holds the shipped ones to it, and a language that has fewer is not searched.
  const [first] = texts;
  const picture = texts.find((one) => one.picture !== undefined)?.picture;
  const keys = (part: 'intro' | 'steps' | 'outro'): string[] => (first?.[part] ?? []).map((_, index) => keyOf(id, part, index));
  return {
    id, title: keyOf(id, 'title'), intro: keys('intro'), steps: keys('steps'), outro: keys('outro'),
    intents: union(texts.map((one) => one.intents)), besides: union(texts.map((one) => one.besides)), pages: union(texts.map((one) => one.pages)), offers: union(texts.map((one) => one.offers)),
    walked: texts.some((one) => one.walked), ...(picture === undefined ? {} : { picture }),
  };
}

/** Whether two languages of an article have the same parts. */
const isAlike = (a: ArticleText, b: ArticleText | undefined): boolean =>
  b !== undefined && (['intro', 'steps', 'outro'] as const).every((part) => a[part].length === b[part].length);

/** What is amiss with articles without making them unusable: a language that lacks one, or has other parts than the first. */
export function gapsOf(folders: readonly ArticleFolder[], locales: readonly string[]): string[] {
  return folders.flatMap(({ languages }) => idsOf(languages).flatMap((id) => {
    const first = firstOf(languages, id);
    return locales.filter((tag) => !first || !isAlike(first, languages[tag]?.find((one) => one.id === id))).map((tag) => `${tag}/${id}.md is missing, or has other paragraphs and steps than the first language`);
  }));
}

const idsOf = (languages: ArticleFolder['languages']): string[] => union(Object.values(languages).map((articles) => articles.map(({ id }) => id))).sort();
/** English is the reference where there is one. */
const firstOf = (languages: ArticleFolder['languages'], id: string): ArticleText | undefined => [languages['en'] ?? [], ...Object.values(languages)].flatMap((articles) => articles.filter((one) => one.id === id))[0];

/** The articles, to be found by their names and by what is asked. `wordsOf` cuts a text of a language into the words that carry its meaning. */
export function createKnowledge(folders: readonly ArticleFolder[], wordsOf: WordsOf): Knowledge {
  const articles = folders.flatMap(({ languages }) => idsOf(languages).flatMap((id) => {
    const first = firstOf(languages, id);
    const others = Object.values(languages).flatMap((all) => all.filter((one) => one.id === id && one !== first));
    return first ? [articleOf(id, [first, ...others])] : [];
  }));
  const byId = new Map(articles.map((article) => [article.id, article]));
  const searches = new Map<string, Search>();
  const pictures = new Map(folders.flatMap(({ path, languages }) => Object.values(languages).flat().flatMap(({ picture }) => (picture === undefined ? [] : [[picture, join(path, picture)] as const]))));

  function searchIn(locale: string): Search {
    const there = searches.get(locale);
    if (there) return there;
    const texts = folders.flatMap(({ languages }) => (languages[locale] ?? []).filter((one) => {
      const first = firstOf(languages, one.id);
      return first !== undefined && isAlike(first, one);
    }));
    const made = createSearch(texts.flatMap(({ id, title, questions }) => [title, ...questions].map((text) => ({ article: id, text }))), (text) => wordsOf(text, locale));
    searches.set(locale, made);
    return made;
  }

  return {
    articles,
    find: (id) => byId.get(id),
    search: (text, locale, among) => searchIn(locale)(text, among),
    picture(name) {
      const path = pictures.get(name);
      return path === undefined ? null : readFileSync(path);
    },
  };
}
