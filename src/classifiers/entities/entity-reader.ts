import type { Entity, Locale } from '../../domain/understanding.js';
import type { UnderstandContext } from '../../ports/classifier.js';
import { dayAt } from './calendar.js';
import { createChoiceRule } from './choices.js';
import { createCouponRule, createOneTimeCodeRule } from './codes.js';
import { createColourRule } from './colours.js';
import { createComparisonRule } from './comparisons.js';
import { readEmails, readPhones } from './contact.js';
import { createDateRule } from './dates.js';
import { createMarkerRule } from './markers.js';
import { createMoneyRule } from './money.js';
import { createNameRule } from './names.js';
import { Phrasebook, type Matcher } from './phrasebook.js';
import { countryNames, readCountries, readPostcodes } from './places.js';
import { createQuantityRule } from './quantities.js';
import { createReasonRule } from './return-reason.js';
import { createBareOrderRule, createMarkedOrderRule, createOwnNumberTest, createReturnNumberRule } from './shop-numbers.js';
import { createSizeRule } from './sizes.js';
import { fold } from './fold.js';
import { flatten, LONGEST_READ, plainSpans, type EntityRule, type Source, type Span } from './source.js';
import { languageOf, spoken } from './spoken.js';
import { createStreetRule } from './streets.js';
import { createTimeRule } from './times.js';
import { readTrackingNumbers } from './tracking-numbers.js';

/** What the readers need of a shop: how its numbers look, and where it is. */
export interface ShopForms {
  /** Regular expression source, case-insensitive, without anchors; empty if the shop has no form of its own. */
  readonly orderNumberPattern: string;
  readonly returnNumberPattern: string;
  readonly country: string;
}

/** Reads every value a message holds; none overlaps another, and they come in the order of the text. */
export type EntityReader = (text: string, locale: Locale, context: UnderstandContext) => readonly Entity[];

/** What all shops share: the phrases of all languages, and the rules that need no more. */
function buildRules() {
  const book = new Phrasebook();
  countryNames();
  const traps = new Map<Entity['kind'], Matcher[]>();
  for (const { tongue, words } of spoken) {
    for (const [kind, phrases] of Object.entries(words.traps) as [Entity['kind'], string][]) traps.set(kind, [...(traps.get(kind) ?? []), ...book.matcher(phrases, tongue)]);
  }
  return {
    book, traps, orderWords: spoken.flatMap(({ tongue, words }) => book.matcher(words.order, tongue)),
    coupons: createCouponRule(book), money: createMoneyRule(book), streets: createStreetRule(book), sizes: createSizeRule(book), dates: createDateRule(book), times: createTimeRule(book),
    names: createNameRule(book), reasons: createReasonRule(book), choices: createChoiceRule(book), colours: createColourRule(book), quantities: createQuantityRule(book),
    comparisons: createComparisonRule(), markers: createMarkerRule(),
  };
}

let shared: ReturnType<typeof buildRules> | undefined;

/** The same rule, passed over where no digit is in the text. */
const withDigits = (rule: EntityRule): EntityRule => (source) => (/\d/.test(source.flat) ? rule(source) : []);

/** Builds the reader of a shop. Where two rules claim the same letters, the one listed first has them. */
export function createEntityReader(shop: ShopForms): EntityReader {
  shared ??= buildRules();
  const { book, traps, orderWords, coupons, money, streets, sizes, dates, times, names, reasons, choices, colours, quantities, comparisons, markers } = shared;
  const rules: readonly EntityRule[] = [
    readEmails,
    createReturnNumberRule(shop.returnNumberPattern),
    createMarkedOrderRule(shop.orderNumberPattern, orderWords),
    withDigits(readTrackingNumbers),
    withDigits(createOneTimeCodeRule(createOwnNumberTest(shop.orderNumberPattern))),
    coupons,
    money,
    withDigits(streets),
    sizes,
    dates,
    times,
    withDigits(readPostcodes),
    withDigits(readPhones),
    createBareOrderRule(shop.orderNumberPattern),
    names,
    readCountries,
    reasons,
    choices,
    colours,
    // What so many pieces more are is no number of pieces.
    comparisons,
    quantities,
    markers,
  ];
  return (text, locale, context) => {
    const cut = text.slice(0, LONGEST_READ);
    const today = dayAt(context.at, context.timeZone);
    const { plain, origins } = fold(cut);
    const source: Source = {
      text: cut, flat: flatten(cut), plain, origin: origins ? (at) => origins[at] ?? cut.length : (at) => at, cues: book.cuesIn(plain, languageOf(locale)),
      locale, country: context.country ?? shop.country, ...(today === undefined ? {} : { today }),
    };
    const isTrapped = trapsIn(source, traps);
    const taken: Entity[] = [];
    for (const rule of rules) {
      // Among one rule's own finds the longer one says more: "last but one" is not "last".
      const found = [...rule(source)].sort((a, b) => (b.end - b.start) - (a.end - a.start) || a.start - b.start);
      for (const entity of found) {
        const rest = entity.kind === 'return_reason' ? outside(entity, taken, source) : entity;
        if (rest && rest.end > rest.start && !isTrapped(rest) && taken.every((other) => rest.end <= other.start || rest.start >= other.end)) taken.push(rest);
      }
    }
    return taken.sort((a, b) => a.start - b.start);
  };
}

/** Where words stand that only look like a value of a kind; each kind is searched once. */
function trapsIn(source: Source, traps: ReadonlyMap<Entity['kind'], readonly Matcher[]>): (entity: Entity) => boolean {
  const found = new Map<Entity['kind'], readonly Span[]>();
  return ({ kind, start, end }) => {
    const spans = found.get(kind) ?? (traps.get(kind) ?? []).filter((trap) => source.cues.has(trap)).flatMap((trap) => Array.from(plainSpans(source, trap.pattern)));
    found.set(kind, spans);
    return spans.some((span) => start < span.end && end > span.start);
  };
}

/** "Came yesterday broken": what another value leaves of a reason is the reason still, the last of it above all. */
function outside(reason: Entity, taken: readonly Entity[], source: Source): Entity | undefined {
  const between = taken.filter(({ start, end }) => start < reason.end && end > reason.start).sort((a, b) => a.start - b.start);
  if (between.length === 0) return reason;
  const edges = [reason.start, ...between.flatMap(({ start, end }) => [start, end]), reason.end];
  let best: { start: number; end: number } | undefined;
  for (let i = 0; i < edges.length; i += 2) {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]];
    const piece = source.text.slice(from, to);
    const [start, end] = [from + piece.length - piece.trimStart().length, to - (piece.length - piece.trimEnd().length)];
    if (end > start && /\p{L}{2}|\p{Script=Han}/u.test(source.text.slice(start, end))) best = { start, end };
  }
  return best && { ...reason, ...best, raw: source.text.slice(best.start, best.end) };
}
