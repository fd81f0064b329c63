import type { Lexicon } from '../linear/lexicon.js';
import { ENGLISH_CONCEPTS } from './en.js';
import { SPANISH_CONCEPTS } from './es.js';
import { CHINESE_CONCEPTS } from './zh.js';

/** What our languages call the things of shopping: it lets a word no sentence has used be understood by its kin. */
export const SHOP_WORDS: Lexicon = { en: ENGLISH_CONCEPTS, es: SPANISH_CONCEPTS, zh: CHINESE_CONCEPTS };
