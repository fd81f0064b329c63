import type { Entity } from '../../domain/understanding.js';
import { isDhlExpress, isFedex, isGs1, isRussianPost, isS10, isUps } from '../../domain/check-digits.js';
import { entityAt, spans, standsBefore, type EntityRule, type Source } from './source.js';
import { tableOf } from './phrasebook.js';
import { inAnyLanguage, spoken } from './spoken.js';

/** Numbers of parcels: those that prove themselves by form or check digit, and digits a tracking word stands beside. */
interface Form {
  readonly pattern: RegExp;
  readonly carrier?: string;
  readonly isValid?: (compact: string) => boolean;
}

const FORMS: readonly Form[] = [
  { pattern: /(?<![A-Za-z0-9])[A-Z]{2}[ -]?\d{3}[ ]?\d{3}[ ]?\d{3}[ -]?[A-Z]{2}(?![A-Za-z0-9])/gi, isValid: isS10 },
  { pattern: /(?<![A-Za-z0-9])1Z[ ]?[A-Z0-9]{3}[ ]?[A-Z0-9]{3}[ ]?\d{2}[ ]?\d{4}[ ]?\d{3}[ ]?\d(?![A-Za-z0-9])/gi, carrier: 'ups', isValid: isUps },
  { pattern: /(?<![A-Za-z0-9])SF\d{12,13}(?![A-Za-z0-9])/gi, carrier: 'sf' },
  { pattern: /(?<![A-Za-z0-9])YT\d{13,16}(?![A-Za-z0-9])/gi, carrier: 'yunexpress' },
  { pattern: /(?<![A-Za-z0-9])JD\d{12,18}(?![A-Za-z0-9])/gi, carrier: 'jd' },
  { pattern: /(?<![A-Za-z0-9])LP\d{14}(?![A-Za-z0-9])/gi, carrier: 'cainiao' },
  { pattern: /(?<![A-Za-z0-9])TBA\d{12}(?![A-Za-z0-9])/gi, carrier: 'amazon' },
  { pattern: /(?<![A-Za-z0-9])(?:JJD|JVGL)\d{14,20}(?![A-Za-z0-9])/gi, carrier: 'dhl' },
  { pattern: /(?<![A-Za-z0-9])(?:420\d{5})?9[1-5]\d{2}[ ]?\d{4}[ ]?\d{4}[ ]?\d{4}[ ]?\d{4}[ ]?\d{2}(?![A-Za-z0-9])/g, carrier: 'usps', isValid: (compact) => isGs1(compact.slice(-22)) },
  // Serial shipping container codes; the prefix is Deutsche Post's.
  { pattern: /(?<![A-Za-z0-9])0034043\d{13}(?![A-Za-z0-9])/g, carrier: 'dhl', isValid: isGs1 },
  { pattern: /(?<![A-Za-z0-9])00\d{18}(?![A-Za-z0-9])/g, isValid: isGs1 },
];

/** Digits that prove themselves only where the carrier is named as well: one number in ten has the right check digit by chance. */
const BY_CARRIER: Readonly<Record<string, (digits: string) => boolean>> = {
  fedex: isFedex, dhl: isDhlExpress, 'russian-post': isRussianPost, 'canada-post': (digits) => digits.length === 16 && isGs1(digits), usps: (digits) => digits.length >= 20 && isGs1(digits),
};

const TRACKING_WORD = new RegExp(String.raw`${inAnyLanguage((words) => words.tracking)}[^\d]{0,40}$`);
const DIGITS = /(?<![A-Za-z0-9])[A-Z]{0,4}\d{8,30}[A-Z]{0,2}(?![A-Za-z0-9])/gi;
/** Digits in groups, as carriers print them. */
const GROUPED = /(?<![A-Za-z0-9.,-])\d{4}(?:[ ]\d{4}){2,4}(?:[ ]\d{1,4})?(?![A-Za-z0-9]|[.,]\d)/g;

const WORLDWIDE = 'dhl|ups|usps|fedex|gls|dpd|hermes|evri|tnt|aramex|cainiao|yunexpress|yanwen|royal mail|la poste|colissimo|chronopost|mondial relay|deutsche post|china post|canada post|australia post|correos|seur|mrw|ctt|correios|jadlog|loggi|cdek|boxberry|smsa|naqel|posti|postnord|inpost|poste italiane|an post';
const CARRIER = new RegExp(`(?<![a-z])(?:${WORLDWIDE})(?![a-z])|${inAnyLanguage((words) => Object.values(words.carriers).join(','))}`, 'g');
const tables = spoken.map(({ tongue, words }) => tableOf(Object.entries(words.carriers), tongue));

/** The carrier named right before a place, else right behind it. */
function carrierNear(source: Source, start: number, end: number): string | undefined {
  const near = Array.from(source.plain.slice(Math.max(0, start - 48), end + 24).matchAll(CARRIER), ([name]) => name).at(0);
  if (near === undefined) return undefined;
  for (const { meaning } of tables) {
    const carrier = meaning(near) ?? meaning(near.replace(/^(?:و?ال|[وفبلك])/, ''));
    if (carrier !== undefined) return carrier;
  }
  return near.replace(/\s/g, '-');
}

/** Reads the numbers of parcels. */
export const readTrackingNumbers: EntityRule = (source) => {
  const found: Entity[] = [];
  const take = (start: number, end: number, value: string, carrier: string | undefined): void => {
    found.push(entityAt(source, start, end, { kind: 'tracking_number', value: value.replace(/[ -]/g, '').toUpperCase(), ...(carrier === undefined ? {} : { carrier }) }));
  };
  for (const { pattern, carrier, isValid } of FORMS) {
    for (const { start, end, value } of spans(source, pattern)) {
      if (isValid?.(value.replace(/[ -]/g, '').toUpperCase()) !== false) take(start, end, value, carrier ?? carrierNear(source, start, end));
    }
  }
  for (const pattern of [DIGITS, GROUPED]) {
    for (const { start, end, value } of spans(source, pattern)) {
      const carrier = carrierNear(source, start, end);
      if (standsBefore(source, start, TRACKING_WORD, 60) || BY_CARRIER[carrier ?? '']?.(value.replace(/ /g, '')) === true) take(start, end, value, carrier);
    }
  }
  return found;
};
