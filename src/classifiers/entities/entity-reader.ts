import type { Entity, Locale } from '../../domain/understanding.js';
import type { UnderstandContext } from '../../ports/classifier.js';
import { readMoney, readQuantities } from './amounts.js';
import { dayAt } from './calendar.js';
import { readChoices } from './choices.js';
import { createOneTimeCodeRule, readCouponCodes } from './codes.js';
import { readEmails, readPhones } from './contact.js';
import { readDates } from './dates.js';
import { readNames } from './names.js';
import { readCountries, readPostcodes } from './places.js';
import { readReturnReasons } from './return-reason.js';
import { createBareOrderRule, createMarkedOrderRule, createOwnNumberTest, createReturnNumberRule } from './shop-numbers.js';
import { flatten, LONGEST_READ, type EntityRule, type Source } from './source.js';
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

/** Cheap signs without which a rule cannot find anything; most messages hold none, and then its patterns need not run. */
const DIGIT = /\d/;
const DATE_SIGN = /\d|day|week|month|tonight|morning|tomorrow|tmrw|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|abr|jun|jul|aug|ago|sep|oct|nov|dec|dic|ener|may|hoy|ayer|mañana|semana|mes|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|[天日月周昨今明]|星期|礼拜/i;
const NAME_SIGN = /name|nombre|llam|soy|i['’]?m|i am|this is|it['’]s|habla|chamo|appelle|heiß|heiss|зовут|recipient|destinatario|nom|我叫|名/i;
const CHOICE_SIGN = /\d|last|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|penult|next to|ltim[oa]|primer|segund|tercer|cuart|quint|sext|第|最后|all|every|lot|tod[oa]|both|amb[oa]s|l[oa]s dos|两|俩|全|所有|统统|都|apart|but|other|except|excepto|salvo|menos|excluy|除|不包|不含/i;

/** The same rule, passed over where the sign is nowhere in the text. */
const where = (sign: RegExp, rule: EntityRule): EntityRule => (source) => (sign.test(source.flat) ? rule(source) : []);

/** Builds the reader of a shop. Where two rules claim the same letters, the one listed first has them. */
export function createEntityReader(shop: ShopForms): EntityReader {
  const rules: readonly EntityRule[] = [
    readEmails,
    createReturnNumberRule(shop.returnNumberPattern),
    createMarkedOrderRule(shop.orderNumberPattern),
    where(DIGIT, readTrackingNumbers),
    where(DIGIT, createOneTimeCodeRule(createOwnNumberTest(shop.orderNumberPattern))),
    readCouponCodes,
    where(DIGIT, readMoney),
    where(DATE_SIGN, readDates),
    where(DIGIT, readPostcodes),
    where(DIGIT, readPhones),
    createBareOrderRule(shop.orderNumberPattern),
    where(NAME_SIGN, readNames),
    readCountries,
    ({ text }) => readReturnReasons(text),
    where(CHOICE_SIGN, readChoices),
    readQuantities,
  ];
  return (text, locale, context) => {
    const cut = text.slice(0, LONGEST_READ);
    const today = dayAt(context.at, context.timeZone);
    const source: Source = {
      text: cut, flat: flatten(cut), locale, country: context.country ?? shop.country, ...(today === undefined ? {} : { today }),
    };
    const taken: Entity[] = [];
    for (const rule of rules) {
      // Among one rule's own finds the longer one says more: "last but one" is not "last".
      const found = [...rule(source)].sort((a, b) => (b.end - b.start) - (a.end - a.start) || a.start - b.start);
      for (const entity of found) {
        if (entity.end > entity.start && taken.every((other) => entity.end <= other.start || entity.start >= other.end)) taken.push(entity);
      }
    }
    return taken.sort((a, b) => a.start - b.start);
  };
}
