import type { Locale } from '../../domain/understanding.js';
import { entities as arabicEntities } from './ar/entities.js';
import { replies as arabicReplies } from './ar/replies.js';
import { entities as germanEntities } from './de/entities.js';
import { replies as germanReplies } from './de/replies.js';
import { entities as englishEntities } from './en/entities.js';
import { replies as englishReplies } from './en/replies.js';
import type { EntityWords } from './entity-words.js';
import { entities as spanishEntities } from './es/entities.js';
import { replies as spanishReplies } from './es/replies.js';
import { entities as frenchEntities } from './fr/entities.js';
import { replies as frenchReplies } from './fr/replies.js';
import { entities as portugueseEntities } from './pt/entities.js';
import { replies as portugueseReplies } from './pt/replies.js';
import type { ReplyWords } from './reply-words.js';
import { entities as russianEntities } from './ru/entities.js';
import { replies as russianReplies } from './ru/replies.js';
import { entities as chineseEntities } from './zh/entities.js';
import { replies as chineseReplies } from './zh/replies.js';

/** What is known of a language beyond its training sentences: one folder a language, one line here. */
export interface Language {
  /** Numbers, dates, colours, reasons for a return, and the words around them. */
  readonly entities: EntityWords;
  /** Short answers, words that join wishes, names of languages. */
  readonly replies: ReplyWords;
}

/** The languages the bot speaks, by tag. */
export const LANGUAGES: Readonly<Record<Locale, Language>> = {
  en: { entities: englishEntities, replies: englishReplies },
  zh: { entities: chineseEntities, replies: chineseReplies },
  es: { entities: spanishEntities, replies: spanishReplies },
  pt: { entities: portugueseEntities, replies: portugueseReplies },
  fr: { entities: frenchEntities, replies: frenchReplies },
  de: { entities: germanEntities, replies: germanReplies },
  ru: { entities: russianEntities, replies: russianReplies },
  ar: { entities: arabicEntities, replies: arabicReplies },
};
