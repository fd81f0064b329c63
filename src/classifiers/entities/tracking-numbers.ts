import { entityAt, spans, standsBefore, type EntityRule, type Source } from './source.js';

/** Numbers of parcels: those that prove themselves by form or check digit, and digits a tracking word stands beside. */
interface Form {
  readonly pattern: RegExp;
  readonly carrier?: string;
  readonly isValid?: (compact: string) => boolean;
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** The check digit of the Universal Postal Union's S10 form ("RR123456785CN"). */
export function isS10(compact: string): boolean {
  const digits = compact.slice(2, 11);
  const sum = WEIGHTS.reduce((total: number, weight, i) => total + weight * Number(digits[i]), 0);
  const rest = 11 - (sum % 11);
  return Number(digits[8]) === (rest === 10 ? 0 : rest === 11 ? 5 : rest);
}

const FORMS: readonly Form[] = [
  { pattern: /(?<![A-Za-z0-9])[A-Z]{2}[ -]?\d{3}[ ]?\d{3}[ ]?\d{3}[ -]?[A-Z]{2}(?![A-Za-z0-9])/gi, isValid: isS10 },
  { pattern: /(?<![A-Za-z0-9])1Z[ ]?[A-Z0-9]{3}[ ]?[A-Z0-9]{3}[ ]?\d{2}[ ]?\d{4}[ ]?\d{3}[ ]?\d(?![A-Za-z0-9])/gi, carrier: 'ups' },
  { pattern: /(?<![A-Za-z0-9])SF\d{12,13}(?![A-Za-z0-9])/gi, carrier: 'sf' },
  { pattern: /(?<![A-Za-z0-9])YT\d{13,16}(?![A-Za-z0-9])/gi, carrier: 'yunexpress' },
  { pattern: /(?<![A-Za-z0-9])JD\d{12,18}(?![A-Za-z0-9])/gi, carrier: 'jd' },
  { pattern: /(?<![A-Za-z0-9])LP\d{14}(?![A-Za-z0-9])/gi, carrier: 'cainiao' },
  { pattern: /(?<![A-Za-z0-9])TBA\d{12}(?![A-Za-z0-9])/gi, carrier: 'amazon' },
  { pattern: /(?<![A-Za-z0-9])(?:JJD|JVGL)\d{14,20}(?![A-Za-z0-9])/gi, carrier: 'dhl' },
  { pattern: /(?<![A-Za-z0-9])9[2-5]\d{2}[ ]?\d{4}[ ]?\d{4}[ ]?\d{4}[ ]?\d{4}[ ]?\d{2}(?![A-Za-z0-9])/g, carrier: 'usps' },
];

const TRACKING_WORD = /(?:tracking|track\b|waybill|consignment|parcel (?:no|number)|shipment (?:no|number)|seguimiento|rastreo|gu[ií]a\b|n[úu]mero de env[ií]o|快递(?:单号|号)?|运单|物流(?:单号|号)?|包裹(?:单)?号|追踪|跟踪|查询号|suivi|sendungsnummer|sendungsverfolgung|трек|rastreamento|تتبع)[^\d]{0,40}$/i;
const DIGITS = /(?<![A-Za-z0-9])[A-Z]{0,4}\d{8,30}[A-Z]{0,2}(?![A-Za-z0-9])/gi;
const CARRIERS = /\b(dhl|ups|usps|fedex|gls|dpd|hermes|evri|correos|seur|mrw|tnt|aramex|cainiao|yunexpress|yanwen|royal mail|la poste|colissimo|deutsche post|china post)\b|顺丰|中通|圆通|申通|韵达|京东|菜鸟/i;
const CHINESE_CARRIERS: Readonly<Record<string, string>> = { 顺丰: 'sf', 中通: 'zto', 圆通: 'yto', 申通: 'sto', 韵达: 'yunda', 京东: 'jd', 菜鸟: 'cainiao' };

function carrierNear(source: Source, start: number): string | undefined {
  const found = CARRIERS.exec(source.flat.slice(Math.max(0, start - 40), start))?.[0];
  return found === undefined ? undefined : (CHINESE_CARRIERS[found] ?? found.toLowerCase().replace(/\s/g, '-'));
}

/** Reads the numbers of parcels. */
export const readTrackingNumbers: EntityRule = (source) => {
  const proven = FORMS.flatMap(({ pattern, carrier, isValid }) => Array.from(spans(source, pattern), ({ start, end, value }) => {
    const compact = value.replace(/[ -]/g, '').toUpperCase();
    if (isValid && !isValid(compact)) return undefined;
    const by = carrier ?? carrierNear(source, start);
    return entityAt(source, start, end, { kind: 'tracking_number', value: compact, ...(by === undefined ? {} : { carrier: by }) });
  }));
  const told = Array.from(spans(source, DIGITS), ({ start, end, value }) => {
    if (!standsBefore(source, start, TRACKING_WORD, 60)) return undefined;
    const by = carrierNear(source, start);
    return entityAt(source, start, end, { kind: 'tracking_number', value: value.toUpperCase(), ...(by === undefined ? {} : { carrier: by }) });
  });
  return [...proven, ...told].filter((entity) => entity !== undefined);
};
