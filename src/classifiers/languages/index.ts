import type { Locale } from '../../domain/understanding.js';
import { entities as arabicEntities } from './ar/entities.js';
import { replies as arabicReplies } from './ar/replies.js';
import { talk as arabicTalk } from './ar/talk.js';
import { entities as germanEntities } from './de/entities.js';
import { replies as germanReplies } from './de/replies.js';
import { talk as germanTalk } from './de/talk.js';
import { entities as englishEntities } from './en/entities.js';
import { replies as englishReplies } from './en/replies.js';
import { talk as englishTalk } from './en/talk.js';
import type { EntityWords } from './entity-words.js';
import { entities as spanishEntities } from './es/entities.js';
import { replies as spanishReplies } from './es/replies.js';
import { talk as spanishTalk } from './es/talk.js';
import { entities as frenchEntities } from './fr/entities.js';
import { replies as frenchReplies } from './fr/replies.js';
import { talk as frenchTalk } from './fr/talk.js';
import { entities as portugueseEntities } from './pt/entities.js';
import { replies as portugueseReplies } from './pt/replies.js';
import { talk as portugueseTalk } from './pt/talk.js';
import type { ReplyWords } from './reply-words.js';
import type { TalkWords } from './talk-words.js';
import { entities as russianEntities } from './ru/entities.js';
import { replies as russianReplies } from './ru/replies.js';
import { talk as russianTalk } from './ru/talk.js';
import { entities as chineseEntities } from './zh/entities.js';
import { replies as chineseReplies } from './zh/replies.js';
import { talk as chineseTalk } from './zh/talk.js';

/** What is known of a language beyond its training sentences: one folder a language, one line here. */
export interface Language {
  /** Numbers, dates, colours, reasons for a return, and the words around them. */
  readonly entities: EntityWords;
  /** Short answers, words that join wishes, names of languages. */
  readonly replies: ReplyWords;
  /** How one goes on with what is spoken of, and says that nothing is to be done. */
  readonly talk: TalkWords;
}

/** The languages the bot speaks, by tag. */
export const LANGUAGES: Readonly<Record<Locale, Language>> = {
  en: { entities: englishEntities, replies: englishReplies, talk: englishTalk },
  zh: { entities: chineseEntities, replies: chineseReplies, talk: chineseTalk },
  es: { entities: spanishEntities, replies: spanishReplies, talk: spanishTalk },
  pt: { entities: portugueseEntities, replies: portugueseReplies, talk: portugueseTalk },
  fr: { entities: frenchEntities, replies: frenchReplies, talk: frenchTalk },
  de: { entities: germanEntities, replies: germanReplies, talk: germanTalk },
  ru: { entities: russianEntities, replies: russianReplies, talk: russianTalk },
  ar: { entities: arabicEntities, replies: arabicReplies, talk: arabicTalk },
};
