import { PorterStemmer, PorterStemmerDe, PorterStemmerEs, PorterStemmerFr, PorterStemmerPt, PorterStemmerRu } from 'natural/lib/natural/stemmers/index.js';
import { plainLetters } from './letters.js';

/** What the feature reader knows of one language: how words are stemmed and which ones carry no meaning alone. */
export interface LanguagePack {
  readonly stem: (word: string) => string;
  readonly stopWords: ReadonlySet<string>;
  readonly isEnglish: boolean;
  readonly isFrench: boolean;
  /** A lower-case word as it is compared: where accents are as often left out as written, without them. */
  readonly plain: (word: string) => string;
}

/** Function words only; negations and question words stay, because they tell intents apart: hence no French "ou", which without its accent is also "where". */
const STOP_WORDS: Readonly<Record<string, string>> = {
  en: `a an the i me my mine we us our you your he him his she her it its they them their this that these those am is are
    was were be been being do does did have has had will would can could shall should may might must of to in on at for from by
    with as and or so just please s`,
  es: `el la los las lo un una unos unas yo me mi mis tu tus te se su sus nos nuestro nuestra le les que de del al a en por para
    con y e o u es son soy era fue ser estar esta está este estos estas eso esto esa ese he ha han había favor porfavor puedo puede
    podría quiero`,
  zh: `的 了 吗 呢 吧 啊 呀 我 你 您 他 她 它 我们 你们 他们 这 那 这个 那个 是 在 有 和 与 也 都 就 把 被 给 对 请 请问 一下 能 可以
    会 要 想 个 着 过 得 地`,
  pt: `o a os as um uma uns umas eu me meu minha meus minhas tu te você vocês se seu sua seus suas nos nosso nossa lhe que de do da
    dos das ao à em no na nos nas por para com e ou é são sou era foi ser estar está este esta isso isto esse essa favor posso pode`,
  fr: `le la les l un une des du de d je j me m mon ma mes tu te t ton ta tes vous votre vos nous notre nos il elle ils elles on se
    s son sa ses ce c cet cette ces ça que qu à au aux en dans sur pour par avec et est es suis sont était ai a avez ont être
    avoir plaît svp`,
  de: `der die das den dem des ein eine einen einem einer ich mich mir mein meine meinen meiner du dich dir dein sie ihr ihre ihnen er
    es wir uns unser und oder zu zum zur in im an am auf für von vom mit bei ist sind bin war habe hat haben hatte wird werden kann
    können bitte`,
  ru: `я меня мне мной мой моя моё мои мы нас нам вы вас вам ваш он она оно они его её их это этот эта эти тот то и или а в во на с
    со к ко у о об от до по за из для же ли бы был была было были быть есть пожалуйста могу можно`,
  ar: `في من على إلى الى عن مع هذا هذه ذلك تلك أنا انا أنت انت هو هي نحن هم و أو او ثم قد كان كانت يكون ال ي لي لك له لها لنا
    الذي التي أن ان إن يا فضلك`,
};

const ARABIC_PREFIX = /^(?:وال|بال|كال|فال|هال|عال|لل|ال|و)(?=..)/;
const ARABIC_SUFFIXES = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ته', 'تي', 'نا', 'كم', 'وا', 'ني', 'ه', 'ي', 'ك', 'ش'] as const;

/**
 * Takes off the article, joined words and the commonest endings, in the manner of "light10" (Larkey, Ballesteros and Connell,
 * 2002), with a few endings more of spoken Arabic. Letters are expected in the form `normalise` gives them.
 */
const arabicStemmer = {
  stem(word: string): string {
    let stem = word.length > 3 ? word.replace(ARABIC_PREFIX, '') : word;
    for (const suffix of ARABIC_SUFFIXES) if (stem.length - suffix.length >= 2 && stem.endsWith(suffix)) stem = stem.slice(0, -suffix.length);
    return stem;
  },
};

const STEMMERS: Readonly<Record<string, { stem(word: string): string }>> = {
  en: PorterStemmer, es: PorterStemmerEs, pt: PorterStemmerPt, fr: PorterStemmerFr, de: PorterStemmerDe, ru: PorterStemmerRu, ar: arabicStemmer,
};

/** Stemming costs about 10 µs a word, a look-up far less; two generations bound the memory against endless new words. */
const STEMS_KEPT = 20_000;
const STEMMABLE = /^\p{L}{3,24}$/u;

function createStemmer(locale: string): (word: string) => string {
  const stemmer = STEMMERS[locale];
  if (!stemmer) return (word) => word;
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  return (word) => {
    const known = young.get(word) ?? old.get(word);
    if (known !== undefined) return known;
    if (!STEMMABLE.test(word)) return word;
    const stem = stemmer.stem(word) || word;
    if (young.size >= STEMS_KEPT) {
      old = young;
      young = new Map();
    }
    young.set(word, stem);
    return stem;
  };
}

/** Where people type without the accents; umlauts are typed. */
const ACCENTS_LEFT_OUT: ReadonlySet<string> = new Set(['es', 'pt', 'fr']);

const packs = new Map<string, LanguagePack>();

/** The tools of a language by its BCP 47 tag; a language without a stemmer or stop list gets words as they stand. */
export function languagePack(locale: string): LanguagePack {
  const language = locale.split('-')[0] ?? locale;
  const known = packs.get(language);
  if (known) return known;
  const plain = ACCENTS_LEFT_OUT.has(language) ? plainLetters : (word: string): string => word;
  const pack: LanguagePack = {
    stem: createStemmer(language),
    stopWords: new Set((STOP_WORDS[language] ?? '').split(/\s+/).filter((word) => word !== '').map(plain)),
    isEnglish: language === 'en',
    isFrench: language === 'fr',
    plain,
  };
  // Tags come from our own model files and callers' fixed lists, yet a stray one must not grow this for ever.
  if (packs.size < 64) packs.set(language, pack);
  return pack;
}
