import type { Entity, Locale, Understanding, UnderstoodIntent } from '../domain/understanding.js';
import type { Classifier, UnderstandContext } from '../ports/classifier.js';
import { conditionalWishes, withTheirConditions } from './conditional-sentences.js';
import { readFollowUp } from './follow-ups.js';
import { behindGreeting } from './greeting.js';
import { LANGUAGES } from './languages/index.js';
import { phrasesOf } from './phrases.js';
import { createEntityReader, type ShopForms } from './entities/entity-reader.js';
import { OUT_OF_SCOPE } from './intents-folder.js';
import { readLanguageWish } from './language-wish.js';
import { createLanguageTeller, type LanguageGuess } from './language.js';
import { languagePack } from './linear/language-pack.js';
import { createLinearClassifier, type Prediction } from './linear/classifier.js';
import type { Model } from './model.js';
import { withoutRefused } from './refused-wishes.js';
import { readAnswer, readMeta, readWhy } from './replies.js';
import { readMood } from './mood.js';
import { namesMerely, saysNothing, saysToKeep, saysToLack, saysToLeave, saysToShow, withKept } from './refraining.js';
import { isTraditional, toSimplified } from './traditional.js';
import { beginsWithDeed, saidBoth, saidToDo, toldByVerbs } from './verbs.js';
import { findInSentences, findWishes, seamsOf, TALK, withoutTalk, type FoundWish, type Part } from './wishes.js';

/** What a local classifier is made of. */
export interface LocalClassifierOptions {
  readonly model: Model;
  readonly shop: ShopForms;
}

/** What is looked at to tell the language; without it, a pasted megabyte would be searched for addresses. */
const LONGEST_TOLD = 1000;

/** How far the best intent must lead, and how likely it must be, to be acted on without asking. */
const CLEAR_LEAD = 0.2;
const LIKELY = 0.45;
/** The confidence shown, at least, where more than the score speaks for an intent. */
const SURE_FROM = 0.5;

/** In a message of so many words much is only told: where it resembles nothing well, by its score and its lead, what it wants is asked. */
const STORY_WORDS = 14;
const HAN_WORDS = 1.6;
const LEAD_WORTH = 0.6;
const VAGUE = -0.2;

/** Small talk that is hardly likelier than this may stand around a wish. */
const CHATTY = 0.62;

/** Words that go with a yes or no and are answered themselves ("ok, thanks"). */
const POLITE = new Set(['thanks', 'goodbye', 'greet', 'stop']);

/** Numbers and names: they say what is meant, never what is wanted, and are not to be cut in two. */
const NAMES = new Set<Entity['kind']>(['order_number', 'tracking_number', 'return_number', 'email', 'phone', 'postcode', 'country', 'name', 'money', 'date', 'code', 'one_time_code']);

/** "Leave that order as it is, then. What is the total refund?": behind words that only leave things as they are, what is asked last counts. */
function totalBehind(text: string): 'total' | undefined {
  const at = [...text.matchAll(/[.!。！]\s*(?=\S)/gu)].at(-1);
  const from = at ? at.index + at[0].length : 0;
  return from > 0 && saysToLeave(text.slice(0, from)) && readMeta(text.slice(from)) === 'total' ? 'total' : undefined;
}

/** Longer messages are not cut at a condition. */
const LONGEST_CUT = 600;
const WORD = /\p{Script=Han}|\p{L}{2,}/gu;
/** What is often said beside a wish, and hides it from who looks at the whole message: how it is paid, or that the e-mail is forgotten. */
const ASIDES = new Set(['payment_status', 'payment_methods', 'refund_status', 'price_adjustment', 'account_password_reset', 'order_change_contact']);

/** Why something goes back, where nothing is wrong with it: said beside a wish, it is none of its own. */
const MERE_REASONS = new Set<string>(['changed_mind', 'wrong_size', 'ordered_by_mistake']);

/** Values that only blur what is wanted. */
const VALUES = new Set<Entity['kind']>(['email', 'phone']);

/** E-mail addresses, postcodes and other numbers. */
const NUMBERS = /(?<![\w.+-])[\w.+-]+@[\w.-]+|(?<![A-Za-z])[A-Z]{0,4}-?\d[\w-]*/gu;
/** Single words people begin with, by language. */
const GREETINGS = new Map(Object.entries(LANGUAGES).map(([locale, { replies }]) => [locale, new Set(phrasesOf(`${replies.lead}, ${replies.hello}`).filter((phrase) => !phrase.includes(' ')))]));
/** More words than these are prose. */
const NAME_WORDS = 4;

/** Whether beside numbers and addresses there is hardly more than a name, which tells no language: "hey, Mia Garcia", no word of grammar. */
function isMereName(text: string, prose: string, locale: Locale): boolean {
  const ofAddress = new Set((text.match(NUMBERS) ?? []).flatMap((one) => one.toLowerCase().split(/[^\p{L}]+/u)));
  const words = (prose.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? []).filter((word) => !ofAddress.has(word));
  return words.length <= NAME_WORDS && !/[^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}\p{M}\s]/u.test(prose) && !words.some((word) => languagePack(locale).stopWords.has(languagePack(locale).plain(word)) || GREETINGS.get(locale)?.has(word) === true);
}

/** Values read from a text's simplified characters, as the text itself has them. */
const asWritten = (entities: readonly Entity[], text: string): readonly Entity[] => entities.map((entity) => {
  const raw = text.slice(entity.start, entity.end);
  // A name or the like is the customer's own; a value worked out of the words stays as it is.
  return raw === entity.raw ? entity : { ...entity, raw, ...('value' in entity && entity.value === entity.raw ? { value: raw } : {}) } as Entity;
});

/** What the clauses of a longer message answer, where they agree. */
function clausesSay(text: string, locale: Locale): 'yes' | 'no' | undefined {
  const [first = ''] = text.trim().split(/\s+/u);
  const answers = new Set([readAnswer(first, locale), ...text.slice(0, LONGEST_TOLD).split(/[,.;:!?\n，。；：！？、،؛؟–—]+/u).slice(0, 12).map((clause) => readAnswer(clause.trim(), locale))]);
  if (answers.has('yes') === answers.has('no')) return undefined;
  return answers.has('yes') ? 'yes' : 'no';
}

/** "…, but only if it is cheaper": words that mark something are not lost where a message is cut within them. */
const behindCut = (entity: Entity, start: number, end: number, text: string): Entity[] => (entity.kind === 'marker' && entity.start < start && entity.end > start && entity.end <= end ? [{ ...entity, raw: text.slice(start, entity.end), start: 0, end: entity.end - start }] : []);

/** How likely that is which is said in so many words. */
const SAID_PLAINLY = 0.7;
/** With no more words than this a sentence that names somebody wants nothing. */
const INTRODUCED = 7;
/** Nor does a name with a number, which may not be known as a name. */
const MERELY_NAMED = 3;

/** Builds the classifier that needs nothing but its model: no network, no clock, the same answer every time. */
export function createLocalClassifier({ model, shop }: LocalClassifierOptions): Classifier {
  const linear = createLinearClassifier(model.linear);
  const teller = createLanguageTeller(model.language);
  const readEntities = createEntityReader(shop);

  /** A long message whose words resemble no intent well is not acted on without asking. */
  function doubted(intent: UnderstoodIntent, { top: [best, second] }: Prediction): UnderstoodIntent {
    if (intent.verdict !== 'sure' || best === undefined || second === undefined || best.score + LEAD_WORTH * (best.score - second.score) >= VAGUE) return intent;
    const words = (intent.text.slice(0, LONGEST_TOLD).match(WORD) ?? []).length / (/\p{Script=Han}/u.test(intent.text) ? HAN_WORDS : 1);
    return words < STORY_WORDS ? intent : { ...intent, verdict: 'unsure' };
  }

  /** The intent of a text, or of a part of one. */
  function intentOf(prediction: Prediction, text: string, entities: readonly Entity[], locale: Locale): UnderstoodIntent {
    const understood = predictedOf(prediction, text, entities);
    const said = understood.intent === OUT_OF_SCOPE ? undefined : saidToDo(text, locale, understood.top);
    return said === undefined ? understood : { ...understood, intent: said, top: [...understood.top.filter(({ intent }) => intent === said), ...understood.top.filter(({ intent }) => intent !== said)] };
  }

  function predictedOf(prediction: Prediction, text: string, entities: readonly Entity[]): UnderstoodIntent {
    const intent = prediction.verdict === 'out_of_scope' ? OUT_OF_SCOPE : prediction.label;
    const scored = prediction.top.map(({ label, score }) => ({ intent: label, score }));
    // What is hardly likely, or nearly as likely as another, is offered, not acted on.
    const lead = (prediction.top[0]?.score ?? 0) - (prediction.top[1]?.score ?? Number.NEGATIVE_INFINITY);
    const verdict = prediction.verdict === 'sure' && (lead < CLEAR_LEAD || prediction.shown < LIKELY) ? 'unsure' : prediction.verdict;
    return {
      intent, confidence: prediction.shown, verdict, text, entities,
      ...(saysNothing(text) ? { refrains: true as const } : {}),
      // The first of the three is always the intent itself, a rejection included.
      top: intent === OUT_OF_SCOPE ? [{ intent, score: prediction.confidence }, ...scored.slice(0, 2)] : scored,
    };
  }

  /** A plain yes or no is that, whatever else its words resemble ("yes, change it"). */
  function asAnswer(answer: Understanding['answer'], intent: UnderstoodIntent): UnderstoodIntent {
    const plain = answer === 'yes' ? 'affirm' : answer === 'no' ? 'deny' : undefined;
    if (plain === undefined || !linear.labels.includes(plain) || POLITE.has(intent.intent)) return intent;
    const others = intent.top.filter((one) => one.intent !== plain);
    return { ...intent, intent: plain, verdict: 'sure', confidence: Math.max(intent.confidence, SURE_FROM), top: [{ intent: plain, score: intent.top[0]?.score ?? 0 }, ...others].slice(0, 3) };
  }

  /** What a part says besides the numbers and names in it; nothing where one of them runs across its edge. */
  function saidIn(text: string, part: Part, entities: readonly Entity[]): string | undefined {
    let said = '';
    let from = part.start;
    for (const entity of entities) {
      const { kind, start, end } = entity;
      const isName = NAMES.has(kind) || (kind === 'return_reason' && MERE_REASONS.has(entity.value));
      if (!isName || end <= part.start || start >= part.end) continue;
      if (start < part.start || end > part.end) return undefined;
      said += `${text.slice(from, start)} `;
      from = end;
    }
    return said + text.slice(from, part.end);
  }

  /** The wishes of a message that holds several. */
  function wishesIn(text: string, words: string, locale: Locale, entities: readonly Entity[], whole: Prediction): UnderstoodIntent[] | undefined {
    const predict = ({ start, end }: Part): Prediction => linear.predict(words.slice(start, end), locale);
    const cut = findWishes({ text, locale, whole, labels: linear.labels, predict, saidIn: (part) => saidIn(text, part, entities) });
    const wishes = cut && withTheirConditions({ found: cut, text, entities, predict });
    return (wishes ?? otherwiseIn(text, words, locale, entities) ?? byVerbs(text, words, locale, entities))?.map((wish) => wishOf(wish, text, entities, locale));
  }

  /** "Change it to the large one; if there is none, cancel the order": two wishes, where what stands before and behind the condition surely wants different things. */
  function otherwiseIn(text: string, words: string, locale: Locale, entities: readonly Entity[]): readonly FoundWish[] | undefined {
    for (const mark of entities) {
      if (mark.kind !== 'marker' || mark.value !== 'if_not' || text.length > LONGEST_CUT) continue;
      const before = { start: 0, end: text.slice(0, mark.start).trimEnd().length };
      const behind = { start: mark.start, end: text.length };
      // The condition itself says nothing of what is wanted.
      const said = { start: mark.end, end: text.length };
      if ((text.slice(before.start, before.end).match(WORD) ?? []).length < 3 || (text.slice(said.start).match(WORD) ?? []).length < 2) continue;
      const [first, second] = [linear.predict(words.slice(before.start, before.end), locale), linear.predict(words.slice(said.start, said.end), locale)];
      const isWish = ({ verdict, label, shown }: Prediction): boolean => verdict === 'sure' && !TALK.has(label) && shown >= SURE_FROM;
      if (isWish(first) && isWish(second) && first.label !== second.label) return [{ part: before, prediction: first }, { part: behind, prediction: second }];
    }
    return undefined;
  }

  /** "I have changed my mind" tells why, and is nothing to be done. */
  const withoutReasons = (text: string, entities: readonly Entity[]): string => entities.reduce((rest, { kind, start, end }) => (kind === 'return_reason' || kind === 'marker' ? rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end) : rest), text);

  /** Two things to be done, each told by its verb, where neither is far from what its part resembles. */
  function byVerbs(text: string, words: string, locale: Locale, entities: readonly Entity[]): readonly FoundWish[] | undefined {
    const told = entities.some((entity) => entity.kind === 'marker' && ['if', 'if_not', 'instead', 'not'].includes(entity.value)) ? undefined : toldByVerbs(withoutReasons(text, entities), locale, seamsOf(text, locale));
    if (!told) return undefined;
    const parts = [{ start: 0, end: told.end, wanted: told.left }, { start: told.start, end: text.length, wanted: told.right }];
    const found = parts.flatMap(({ start, end, wanted }): FoundWish[] => {
      const prediction = linear.predict(words.slice(start, end), locale);
      const label = [prediction.label, ...prediction.top.map((one) => one.label)].find((one) => wanted.includes(one));
      return label === undefined ? [] : [{ part: { start, end }, prediction: { ...prediction, label, verdict: 'sure', top: [...prediction.top.filter((one) => one.label === label), ...prediction.top.filter((one) => one.label !== label)] } }];
    });
    return found.length === parts.length ? found : undefined;
  }

  const wishOf = ({ part: { start, end }, prediction }: FoundWish, text: string, entities: readonly Entity[], locale: Locale): UnderstoodIntent => intentOf(
    // The rest of the message bears out what the part alone may leave in doubt.
    { ...prediction, verdict: 'sure', shown: Math.max(prediction.shown, SURE_FROM) },
    text.slice(start, end), entities.flatMap((entity) => (entity.start >= start && entity.end <= end ? [{ ...entity, start: entity.start - start, end: entity.end - start }] : behindCut(entity, start, end, text))), locale,
  );

  /** A sentence that hardly says more than who is speaking. */
  function isIntroduction({ start, end }: Part, text: string, words: string, locale: Locale, entities: readonly Entity[]): boolean {
    const count = (words.slice(start, end).match(/\p{L}{2,}|\p{Script=Han}/gu) ?? []).length;
    if (entities.some((entity) => entity.start >= start && entity.end <= end && (entity.kind === 'email' || entity.kind === 'name' || entity.kind === 'postcode'))) return count <= INTRODUCED;
    return count <= MERELY_NAMED && /\d{4}/u.test(text.slice(start, end)) && linear.predict(words.slice(start, end), locale).verdict !== 'sure';
  }

  /** What a message is taken for that opens with a greeting and goes on without a mark: by what follows, where the greeting may hide it. */
  function pastGreeting(whole: Prediction, text: string, words: string, locale: Locale, entities: readonly Entity[]): Prediction {
    if ((whole.verdict === 'sure' && !TALK.has(whole.label)) || text.length > LONGEST_CUT) return whole;
    const start = behindGreeting(text, locale);
    if (start === undefined || isIntroduction({ start, end: text.length }, text, words, locale, entities)) return whole;
    const rest = linear.predict(words.slice(start), locale);
    if (TALK.has(rest.label) || rest.verdict === 'out_of_scope') return whole;
    return rest.verdict === 'sure' || whole.label === 'greet' ? rest : whole;
  }

  /** What a message is taken for: by all it says, and where that is open, by what it says besides greetings and thanks. */
  function pastTalk(text: string, words: string, locale: Locale, entities: readonly Entity[]): Prediction {
    const whole = pastGreeting(linear.predict(words, locale), text, words, locale, entities);
    if ((whole.verdict === 'sure' && !(TALK.has(whole.label) && whole.shown < CHATTY)) || text.length > LONGEST_CUT) return whole;
    const kept = withoutTalk({ text, locale, predict: ({ start, end }) => linear.predict(words.slice(start, end), locale), saidIn: (part) => saidIn(text, part, entities), isAside: (part) => isIntroduction(part, text, words, locale, entities) });
    const rest = kept && linear.predict(kept.map(({ start, end }) => words.slice(start, end)).join(' '), locale);
    if (rest?.verdict === 'sure' && !TALK.has(rest.label) && rest.shown >= (rest.label === 'human_agent' ? SAID_PLAINLY : SURE_FROM)) return rest;
    const deeds = kept ? beginsWithDeed(kept.map(({ start, end }) => text.slice(start, end)).join(' '), locale) : [];
    const deed = deeds.find((intent) => rest?.top.some(({ label }) => label === intent)) ?? deeds[0];
    return rest && deed !== undefined ? { ...rest, label: deed, verdict: 'sure', shown: Math.max(rest.shown, LIKELY), top: [...rest.top.filter(({ label }) => label === deed), ...rest.top.filter(({ label }) => label !== deed)] } : whole;
  }

  /** What single sentences say where all of them together leave it open. */
  function inSentences(text: string, words: string, locale: Locale, entities: readonly Entity[], predicted: Prediction, whole: UnderstoodIntent): UnderstoodIntent[] | undefined {
    if (whole.verdict === 'sure' && !TALK.has(whole.intent) && !ASIDES.has(whole.intent)) return undefined;
    const found = findInSentences({ text, locale, whole: predicted, predict: ({ start, end }) => linear.predict(words.slice(start, end), locale), saidIn: (part) => saidIn(text, part, entities) });
    return found.length === 0 ? undefined : found.map((wish) => wishOf(wish, text, entities, locale));
  }

  /** "Bestellung AC-100002 stornieren": few words, but no name. */
  function isWish(prose: string, locale: Locale): boolean {
    const { verdict, label } = linear.predict(prose, locale);
    return verdict === 'sure' && !TALK.has(label);
  }

  function languageOf(text: string, context: UnderstandContext): LanguageGuess {
    if (context.localeIsChosen && context.locale !== undefined) return { locale: context.locale, confidence: 1 };
    // A name or an address in other letters does not end a talk in Chinese.
    if (context.locale === 'zh' && /\p{Script=Han}{2}/u.test(text) && !/[\u3041-\u30ff]/u.test(text)) return { locale: 'zh', confidence: 1 };
    // Numbers and addresses are written alike in every language.
    const head = text.slice(0, LONGEST_TOLD);
    const prose = head.replace(NUMBERS, ' ');
    const told = teller.tell(prose, context.locale);
    return context.locale !== undefined && told.locale !== context.locale && prose !== head && isMereName(head, prose, told.locale) && !isWish(prose, told.locale) ? { locale: context.locale, confidence: 0 } : told;
  }

  /** The text with numbers and addresses blanked out, in place: they say what is meant, not what is wanted. */
  function wording(text: string, entities: readonly Entity[]): string {
    let words = '';
    let from = 0;
    for (const { kind, start, end } of entities) {
      if (!VALUES.has(kind)) continue;
      words += text.slice(from, start) + ' '.repeat(end - start);
      from = end;
    }
    words += text.slice(from);
    return /[\p{L}]/u.test(words) ? words : text;
  }

  return {
    understand(text, context): Understanding {
      // What is said in so many words is said soon.
      const head = text.slice(0, LONGEST_TOLD);
      const told = languageOf(text, context);
      const isAddress = context.locale !== undefined && told.locale !== context.locale && readEntities(text, context.locale, context).some(({ kind }) => kind === 'postcode');
      // An address in Portugal is no wish to be answered in Portuguese.
      const { locale, confidence: localeConfidence, foreign }: LanguageGuess = isAddress ? { locale: context.locale ?? told.locale, confidence: 0 } : told;
      const wantsLocale = readLanguageWish(text);
      const answer = readAnswer(text, locale);
      const says = answer === undefined ? clausesSay(text, locale) : undefined;
      const meta = readMeta(text) ?? totalBehind(text);
      const why = readWhy(text);
      const follows = answer === undefined ? readFollowUp(text, locale) ?? (context.locale === undefined || context.locale === locale ? undefined : readFollowUp(text, context.locale)) : undefined;
      const mood = readMood(text, locale);
      const simplified = locale === 'zh' ? toSimplified(text) : text;
      const entities = withKept(asWritten(readEntities(simplified, locale, context), text));
      const words = withoutRefused(wording(simplified, entities));
      const whole = pastTalk(text, words, locale, entities);
      let intents: readonly UnderstoodIntent[] | undefined;
      if (answer === undefined && (meta === undefined || meta === 'also' || meta === 'total') && wantsLocale === undefined) {
        intents = wishesIn(text, words, locale, entities, whole)
          ?? conditionalWishes({ text, locale, whole, entities, predict: ({ start, end }) => linear.predict(words.slice(start, end), locale), isAside: (label) => ASIDES.has(label) })?.map((wish) => wishOf(wish, text, entities, locale));
      }
      const all = asAnswer(answer, doubted(intentOf(whole, text, entities, locale), whole));
      const within = intents || answer !== undefined || wantsLocale !== undefined ? undefined : inSentences(text, words, locale, entities, whole, all);
      const besides = intents ? undefined : saidBoth(text, locale, all.verdict === 'sure' ? all.intent : undefined);
      // What can be cancelled is, and the rest goes back: the cancelling comes first.
      const asked = besides === undefined ? [] : besides.filter((intent) => intent !== all.intent);
      const first: UnderstoodIntent = besides === undefined || all.verdict === 'sure' ? all : { ...all, intent: besides[0] ?? all.intent, verdict: 'sure', confidence: Math.max(all.confidence, SAID_PLAINLY) };
      const both = [first, ...asked.filter((intent) => intent !== first.intent).map((intent): UnderstoodIntent => ({ ...first, intent, top: [{ intent, score: all.top[0]?.score ?? 0 }, ...all.top.filter((one) => one.intent !== intent)].slice(0, 3) }))];
      intents ??= both.toSorted((a, b) => Number(b.intent === 'order_cancel') - Number(a.intent === 'order_cancel'));
      return {
        text, locale, localeConfidence, intents, entities,
        ...(within === undefined ? {} : { within }),
        ...(foreign === undefined ? {} : { foreign }),
        ...(locale === 'zh' && isTraditional(text) ? { script: 'traditional' as const } : {}),
        ...(wantsLocale === undefined ? {} : { wantsLocale }),
        ...(answer === undefined ? {} : { answer }),
        ...(says === undefined ? {} : { says }),
        ...(meta === undefined ? {} : { meta }),
        ...(why === undefined ? {} : { why }),
        ...(namesMerely(text) ? { merely: true as const } : {}),
        ...(saysToLack(head) ? { lacks: true as const } : {}),
        ...(saysToShow(head) && !entities.some((entity) => entity.kind === 'marker' && entity.value === 'no_photo') ? { pictures: true as const } : {}),
        ...(saysToLeave(head) || (answer === 'no' && saysToKeep(head)) ? { leaves: true as const } : {}),
        ...(follows === undefined ? {} : { follows }),
        ...(mood === undefined ? {} : { mood }),
      };
    },
  };
}
