import { isDhlExpress, isFedex, isGs1, isRussianPost, isS10, isUps } from './check-digits.js';

/** How the numbers of a carrier look: by form, and by check digit where the form has one. */
interface Form {
  readonly shape: RegExp;
  readonly isRight?: (compact: string) => boolean;
}

/** A carrier a customer may send with: how it is written, and the forms of its numbers. */
export interface CarrierForms {
  readonly name: string;
  readonly forms: readonly Form[];
}

const postal: Form = { shape: /^[A-Z]{2}\d{9}[A-Z]{2}$/u, isRight: isS10 };
const post = (name: string, ...more: Form[]): CarrierForms => ({ name, forms: [postal, ...more] });

/** Carriers with forms we know; any other is taken with a number that looks like one. */
export const carrierForms: Readonly<Record<string, CarrierForms>> = {
  dhl: { name: 'DHL', forms: [{ shape: /^(?:JJD|JVGL)\d{14,20}$/u }, { shape: /^00\d{18}$/u, isRight: isGs1 }, { shape: /^\d{10}$/u, isRight: isDhlExpress }, { shape: /^\d{12}$/u }, postal] },
  ups: { name: 'UPS', forms: [{ shape: /^1Z[A-Z0-9]{16}$/u, isRight: isUps }] },
  fedex: { name: 'FedEx', forms: [{ shape: /^(?:\d{12}|\d{15})$/u, isRight: isFedex }] },
  usps: post('USPS', { shape: /^(?:\d{20}|\d{22})$/u, isRight: isGs1 }),
  'canada-post': post('Canada Post', { shape: /^\d{16}$/u, isRight: isGs1 }),
  'russian-post': post('Почта России', { shape: /^\d{14}$/u, isRight: isRussianPost }),
  'royal-mail': post('Royal Mail'), 'china-post': post('China Post / EMS'), 'la-poste': post('La Poste', { shape: /^[0-9A-Z]{13}$/u }), colissimo: post('Colissimo', { shape: /^[0-9A-Z]{13}$/u }),
  correos: post('Correos', { shape: /^[A-Z]{2}[0-9A-Z]{21}$/u }), correios: post('Correios'), 'deutsche-post': post('Deutsche Post', { shape: /^00\d{18}$/u, isRight: isGs1 }), 'australia-post': post('Australia Post', { shape: /^[0-9A-Z]{12,23}$/u }),
  sf: { name: 'SF Express', forms: [{ shape: /^SF\d{12,13}$/u }] }, yunexpress: { name: 'YunExpress', forms: [{ shape: /^YT\d{13,16}$/u }] }, cainiao: { name: 'Cainiao', forms: [{ shape: /^LP\d{14}$/u }, postal] },
  dpd: { name: 'DPD', forms: [{ shape: /^\d{14}[0-9A-Z]?$/u }] }, gls: { name: 'GLS', forms: [{ shape: /^(?:\d{11,12}|[0-9A-Z]{8})$/u }] }, evri: { name: 'Evri', forms: [{ shape: /^[0-9A-Z]{16}$/u }] }, hermes: { name: 'Hermes', forms: [{ shape: /^(?:\d{14}|\d{16}|H[0-9A-Z]{19})$/u }] },
  inpost: { name: 'InPost', forms: [{ shape: /^\d{24}$/u }] }, cdek: { name: 'СДЭК', forms: [{ shape: /^\d{10,11}$/u }] }, aramex: { name: 'Aramex', forms: [{ shape: /^\d{10,12}$/u }] },
};

/** Whether a waybill number can be right: of the carrier's form, with a right check digit where it has one. */
export type WaybillCheck = 'right' | 'wrong-form' | 'wrong-digit';

/** The sign-only form numbers are kept in: upper case, without blanks and dashes. */
export const compactNumber = (number: string): string => number.normalize('NFKC').replace(/[\s.-]/gu, '').toUpperCase();

/** Checks a number against its carrier's forms; of a carrier nobody knows, anything of eight signs with digits in it. */
export function checkWaybill(carrier: string, number: string): WaybillCheck {
  const compact = compactNumber(number);
  const known = carrierForms[carrier]?.forms;
  if (!known) return /^[0-9A-Z]{8,35}$/u.test(compact) && /\d{4}/u.test(compact) ? (postal.shape.test(compact) && !isS10(compact) ? 'wrong-digit' : 'right') : 'wrong-form';
  const fitting = known.filter(({ shape }) => shape.test(compact));
  if (fitting.length === 0) return 'wrong-form';
  return fitting.some(({ isRight }) => isRight?.(compact) !== false) ? 'right' : 'wrong-digit';
}

/** The carrier some words name, by its name or ours; undefined for one we have no forms of. */
export function carrierNamed(words: string): string | undefined {
  const flat = words.normalize('NFKC').toLowerCase();
  return Object.entries(carrierForms).find(([id, { name }]) => new RegExp(`(?<![\\p{L}\\d])(?:${[id.replaceAll('-', '[ -]?'), ...name.toLowerCase().split(' / ')].join('|')})(?![\\p{L}\\d])`, 'u').test(flat))?.[0];
}
