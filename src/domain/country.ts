const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
/** Codes that are assigned, but to no country one could send a parcel to. */
const none = ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'];

/** The country a two-letter code stands for; null where it stands for none. What was renamed comes as it is written now: UK is GB. */
export function countryCode(code: string): string | null {
  if (!/^[A-Z]{2}$/u.test(code) || none.includes(code) || names.of(code) === undefined) return null;
  return new Intl.Locale(`und-${code}`).region ?? null;
}
