import type { Entity, Locale, Understanding, UnderstoodIntent } from '../domain/understanding.js';
import type { Classifier, UnderstandContext } from '../ports/classifier.js';
import { createEntityReader, type ShopForms } from './entities/entity-reader.js';
import { OUT_OF_SCOPE } from './intents-folder.js';
import { readLanguageWish } from './language-wish.js';
import { createLanguageTeller } from './language.js';
import { createLinearClassifier, type Prediction } from './linear/classifier.js';
import type { Model } from './model.js';
import { readAnswer, readMeta } from './replies.js';
import { cutsOf, type Part } from './wishes.js';

/** What a local classifier is made of. */
export interface LocalClassifierOptions {
  readonly model: Model;
  readonly shop: ShopForms;
}

/** Small talk around a wish is no wish of its own. */
const TALK = new Set(['greet', 'goodbye', 'thanks', 'affirm', 'deny', 'help', 'stop', 'bot_challenge', 'change_language']);

/** A language shows in its first words; what follows is not looked at. */
const LONGEST_TOLD = 1000;

/** How likely an intent must be to be acted on without asking. */
const SURE_FROM = 0.5;

/** Values that only blur what is wanted. */
const VALUES = new Set<Entity['kind']>(['email', 'phone']);

/** Builds the classifier that needs nothing but its model: no network, no clock, the same answer every time. */
export function createLocalClassifier({ model, shop }: LocalClassifierOptions): Classifier {
  const linear = createLinearClassifier(model.linear);
  const teller = createLanguageTeller(model.language);
  const readEntities = createEntityReader(shop);

  function intentOf(prediction: Prediction, text: string, entities: readonly Entity[]): UnderstoodIntent {
    const intent = prediction.verdict === 'out_of_scope' ? OUT_OF_SCOPE : prediction.label;
    const scored = prediction.top.map(({ label, score }) => ({ intent: label, score }));
    // Below even odds it is offered, not acted on.
    const verdict = prediction.verdict === 'sure' && prediction.shown < SURE_FROM ? 'unsure' : prediction.verdict;
    return {
      intent, confidence: prediction.shown, verdict, text, entities,
      // The first of the three is always the intent itself, a rejection included.
      top: intent === OUT_OF_SCOPE ? [{ intent, score: prediction.confidence }, ...scored.slice(0, 2)] : scored,
    };
  }

  /** Whether a part says something besides the numbers and names in it. */
  function speaks(text: string, part: Part, entities: readonly Entity[]): boolean {
    let said = '';
    let from = part.start;
    for (const { start, end } of entities) {
      if (start < part.start || end > part.end) continue;
      said += text.slice(from, start);
      from = end;
    }
    said += text.slice(from, part.end);
    return (said.match(/\p{Script=Han}|\p{L}{2,}/gu)?.length ?? 0) >= 2;
  }

  /** The wishes of a message's parts, if there are two or more different ones and all of them are sure. */
  function wishesIn(text: string, parts: readonly Part[], locale: Locale, entities: readonly Entity[], whole: Prediction): UnderstoodIntent[] | undefined {
    // A cut through an order number or a date is no cut between wishes.
    if (entities.some(({ start, end }) => parts.some((part) => (start < part.start && end > part.start) || (start < part.end && end > part.end)))) return undefined;
    if (!parts.every((part) => speaks(text, part, entities))) return undefined;
    const wishes: { part: Part; prediction: Prediction }[] = [];
    for (const part of parts) {
      const prediction = linear.predict(text.slice(part.start, part.end), locale);
      if (TALK.has(prediction.label) && prediction.verdict !== 'out_of_scope') continue;
      if (prediction.verdict !== 'sure') return undefined;
      const last = wishes.at(-1);
      // Two sentences in a row about the same thing are one wish.
      if (last?.prediction.label === prediction.label) last.part = { start: last.part.start, end: part.end };
      else wishes.push({ part, prediction });
    }
    const labels = new Set(wishes.map(({ prediction }) => prediction.label));
    // What the whole message says must be among what its parts say, or the cut has torn a sentence apart.
    if (labels.size < 2 || labels.size < wishes.length || !labels.has(whole.label)) return undefined;
    return wishes.map(({ part, prediction }) => intentOf(
      prediction, text.slice(part.start, part.end), entities.filter(({ start, end }) => start >= part.start && end <= part.end),
    ));
  }

  function languageOf(text: string, context: UnderstandContext): { locale: Locale; confidence: number } {
    if (context.localeIsChosen && context.locale !== undefined) return { locale: context.locale, confidence: 1 };
    // A name or an address in other letters does not end a talk in Chinese.
    if (context.locale === 'zh' && /\p{Script=Han}{2}/u.test(text)) return { locale: 'zh', confidence: 1 };
    // Numbers and addresses are written alike in every language.
    return teller.tell(text.slice(0, LONGEST_TOLD).replace(/[\w.+-]+@[\w.-]+|(?<![A-Za-z])[A-Z]{0,4}-?\d[\w-]*/gu, ' '), context.locale);
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
      const { locale, confidence: localeConfidence } = languageOf(text, context);
      const wantsLocale = readLanguageWish(text);
      const answer = readAnswer(text);
      const meta = readMeta(text);
      const entities = readEntities(text, locale, context);
      const words = wording(text, entities);
      const whole = linear.predict(words, locale);
      let intents: readonly UnderstoodIntent[] | undefined;
      if (answer === undefined && (meta === undefined || meta === 'also') && wantsLocale === undefined) {
        for (const parts of cutsOf(text)) intents ??= wishesIn(text, parts, locale, entities, whole);
      }
      intents ??= [intentOf(whole, text, entities)];
      return {
        text, locale, localeConfidence, intents, entities,
        ...(wantsLocale === undefined ? {} : { wantsLocale }),
        ...(answer === undefined ? {} : { answer }),
        ...(meta === undefined ? {} : { meta }),
      };
    },
  };
}
