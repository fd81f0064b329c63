import type { SaidReason } from '../../domain/understanding.js';
import type { Colour, Comparable, Entity, Marker } from '../../domain/understanding.js';

/**
 * Phrases between commas, as people say them. `[a|b|]` stands for one of several, the last of them nothing; `x?` for a letter
 * that may be missing; `~` for up to three words between (in Chinese: six signs); `'` for an apostrophe or none; `(?!a|b)`,
 * `(?=a|b)`, `(?<!a|b)` and `(?<=a|b)` for what must not or must follow or go before; `{w}` for any one word, `{d}` for digits,
 * `{,}` for a comma or none, `{start}` and `{end}` for the edges of a word; other names in braces are said where they may be used. A phrase
 * that begins with `!` counts only in messages judged to be in its language. Capitals, accents and the writing of ä as ae need
 * not be minded; nor, in Arabic, the ways of writing one letter, vowel signs, and the particles and article written together
 * with the first word.
 */
export type Phrases = string;

/** The letters a language is written in. */
export type Script = 'latin' | 'cyrillic' | 'arabic' | 'han';

/** Shades a colour may have. */
export type Shade = 'light' | 'dark';

/** Spans of time that have a name of their own ("last week"), by how many are gone by (below nought) or to come. */
export type SpanUnit = 'week' | 'month' | 'year' | 'weekend';

/** Units people count time in. */
export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** Parts of a day. */
export type DayPart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

/** How days are told. */
export interface DateWords {
  /** Twelve, from January, short forms among them. */
  readonly months: readonly Phrases[];
  /** Forms among the months that are other words as well: read only with a capital, or after a word that goes with a month (`shyAfter`). */
  readonly shyMonths: Phrases;
  readonly shyAfter: Phrases;
  /** Seven, from Monday; then the forms that need a word beside them to be a weekday ("am Mo"). */
  readonly weekdays: readonly Phrases[];
  readonly shortWeekdays: readonly Phrases[];
  readonly units: Readonly<Record<TimeUnit, Phrases>>;
  /** Days by their distance from today, those gone by below nought. */
  readonly days: Readonly<Record<number, Phrases>>;
  readonly spans: Readonly<Record<SpanUnit, Readonly<Record<number, Phrases>>>>;
  /** With `{day}`, `{month}` and, where it may be said, `{year}`; `{first}` is the word for the first of a month. */
  readonly dated: Phrases;
  /** With `{day}` alone: the day of this month or of the one before or after. */
  readonly dayOfMonth: Phrases;
  /** With two days of one month, `{day}` and `{until}`. */
  readonly ranged: Phrases;
  /** With `{month}`, `{year}`; with `{year}` alone. */
  readonly inMonth: Phrases;
  readonly inYear: Phrases;
  readonly first: Phrases;
  /** With `{n}` and `{unit}`: time gone by, time to come. */
  readonly ago: Phrases;
  readonly ahead: Phrases;
  /** With `{weekday}` or `{short}`: the last such day, the next such day, the day in the week so many weeks on. */
  readonly lastWeekday: Phrases;
  readonly nextWeekday: Phrases;
  readonly weekdayOf: Readonly<Record<number, Phrases>>;
  /** Stands before a day told by two numbers alone ("am 3.5."). */
  readonly leads: Phrases;
}

/** How times of day are told. */
export interface TimeWords {
  /** With `{h}`, `{m}` (minutes) and `{part}` (a word of `am`, `pm` or `night`). */
  readonly clock: Phrases;
  /** With `{h}`: half an hour after it, half an hour before it. */
  readonly halfPast: Phrases;
  readonly halfTo: Phrases;
  readonly am: Phrases;
  readonly pm: Phrases;
  /** Words that make nine the hour before midnight and two the hour after it. */
  readonly night: Phrases;
  readonly parts: Readonly<Record<DayPart, Phrases>>;
}

/** How a customer picks from a list. */
export interface ChoiceWords {
  readonly ordinals: Readonly<Record<number, Phrases>>;
  /** With `{ordinal}`, or with `{n}` for the place in digits or words. */
  readonly nth: Phrases;
  readonly numbered: Phrases;
  readonly last: Phrases;
  readonly lastButOne: Phrases;
  readonly all: Phrases;
  readonly both: Phrases;
  readonly except: Phrases;
}

/** How the reasons for a return are told, and told not to be. */
export interface ReasonWords {
  readonly reasons: Readonly<Record<SaidReason, Phrases>>;
  /** A no before the words, and what may stand between; what makes them a mere possibility, up to four words before. */
  readonly denials: Phrases;
  readonly fillers: Phrases;
  readonly ifs: Phrases;
  /** Questions right before the words: "does it". */
  readonly asks: Phrases;
  /** "Not broken or damaged": joins the second to the no before the first. */
  readonly or: Phrases;
  /** What may not work or be incomplete without the goods being at fault: a code, an address. */
  readonly otherSubjects: Phrases;
}

/** Words that say what the words around them do. */
export interface MarkerWords {
  readonly said: Readonly<Record<Marker, Phrases>>;
  /** Words for the new and the old thing that are mere prepositions elsewhere ("for", "to"); words of change that make them so later in the same sentence. */
  readonly changing: Phrases;
  readonly toAfter: Phrases;
  /** As `toAfter`, letters written together with the word behind them. */
  readonly toGlued?: Phrases;
  readonly fromAfter: Phrases;
}

/** Phrases for more and for less of something. */
export interface Degrees { readonly up: Phrases; readonly down: Phrases }

/** How things are compared. */
export interface ComparisonWords {
  /** Words that compare by themselves ("bigger"), and those for the most and the least ("biggest"). */
  readonly forms: Readonly<Partial<Record<Comparable, Degrees>>>;
  readonly extremes: Readonly<Partial<Record<Comparable, Degrees>>>;
  /** Words for how a thing is ("expensive", "cheap"); with `{quality}` (and `{opposite}` for the other end), what makes them compare. */
  readonly qualities: Readonly<Partial<Record<Comparable, Degrees>>>;
  readonly more: Phrases;
  readonly most: Phrases;
  /** Things there is more or less of ("resolution"); with `{measure}`, what makes them compare. */
  readonly measures: Readonly<Partial<Record<Comparable, Phrases>>>;
  readonly ofMeasure: Degrees;
  readonly mostOfMeasure: Degrees;
  /** So many sizes up or down: with `{n}`, or `{half}` (phrases for half a size), or neither for one. */
  readonly sizes: Degrees;
  readonly half: Phrases;
  /** So many more or fewer: with `{n}`, `{pieces}` and `{more}`, which stands for the words listed here. */
  readonly counted: Phrases;
  readonly countedBy: Degrees;
}

/** What stands in a language for the values customers give: numbers, dates, colours, and the words around them. */
export interface EntityWords {
  readonly script: Script;
  /** Countries where it is spoken, ISO codes. */
  readonly countries: string;
  /** Words for numbers by value; `{tens}` and `{ones}` joined ("{tens}-{ones}"). In Chinese numerals are put together from their signs. */
  readonly numbers: Readonly<Record<number, Phrases>>;
  readonly joinedNumber?: Phrases;
  /** Joins the items of a list. */
  readonly and: Phrases;
  /** Words that say what the number after them is; `number` and `link` may stand between, `sign` marks an order number alone. */
  readonly order: Phrases;
  readonly number: Phrases;
  readonly link: Phrases;
  readonly sign: Phrases;
  readonly tracking: Phrases;
  readonly carriers: Readonly<Record<string, Phrases>>;
  readonly postcode: Phrases;
  readonly phone: Phrases;
  readonly oneTimeCode: Phrases;
  readonly coupon: Phrases;
  /** Words customers shout beside the word for coupon that are no coupons. */
  readonly shouted: Phrases;
  /** Phrases a name follows, however written; phrases a name written with a capital follows; phrases that two such words make an introduction; labels with a colon. */
  readonly named: Phrases;
  readonly inName: Phrases;
  readonly introduced: Phrases;
  readonly nameLabels: Phrases;
  /** Little words inside names; words that follow an introduction and are no names; words a name ends before. */
  readonly nameLinks: Phrases;
  readonly notNames: Phrases;
  readonly nameStops: Phrases;
  /** With `{house}` (a house number) and `{street}` (one to four words). */
  readonly streets: Phrases;
  /** More names of countries by ISO code. */
  readonly countryNames: Readonly<Record<string, Phrases>>;
  /** Countries whose name is another word unless written with a capital; names that are not to be read at all. */
  readonly shyCountries: Phrases;
  readonly notCountries: Phrases;
  /** Endings of names and what they become in other cases, longest first ("ия": "ии, ию"). */
  readonly countryEndings?: Readonly<Record<string, string>>;
  /** Words of money: by ISO code, or by the name several currencies share (`dollar`, `peso` …). */
  readonly currencies: Readonly<Record<string, Phrases>>;
  /** Words for the hundredth part, by ISO code or '' for any. */
  readonly cents: Readonly<Record<string, Phrases>>;
  /** Words between an amount and its money that multiply it. */
  readonly multipliers: Readonly<Record<number, Phrases>>;
  /** Words for a piece behind a number; labels before it; whole phrases for so many. */
  readonly pieces: Phrases;
  readonly pieceLabels: Phrases;
  readonly counted: Readonly<Record<number, Phrases>>;
  /** With `{one}`: phrases in which the word for one is a count ("only {one}"). */
  readonly one: Phrases;
  readonly single: Phrases;
  /** What a number may count that is no piece of goods: measures, stars, seats. Units of time are known besides. */
  readonly notPieces: Phrases;
  /** Words that make the number after them a name ("step 2"). */
  readonly numbering: Phrases;
  /** With `{size}`; then words for sizes by the letter they stand for, read with a label only; words for one size. */
  readonly sizes: Phrases;
  readonly sizeNames: Readonly<Record<string, Phrases>>;
  readonly oneSize: Phrases;
  /** Words after which a capital S, M or L alone is a size. */
  readonly sizeLeads: Phrases;
  readonly colours: Readonly<Record<Colour, Phrases>>;
  readonly shades: Readonly<Record<Shade, Phrases>>;
  /** With `{shade}` and `{colour}`. */
  readonly shaded: Phrases;
  readonly dates: DateWords;
  readonly times: TimeWords;
  readonly choices: ChoiceWords;
  readonly returns: ReasonWords;
  readonly markers: MarkerWords;
  readonly comparisons: ComparisonWords;
  /** Phrases that look like a value of a kind and are none. */
  readonly traps: Readonly<Partial<Record<Entity['kind'], Phrases>>>;
}
