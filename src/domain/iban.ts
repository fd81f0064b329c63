/** How long an account number of each country is; what is longer or shorter is something else. */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  ('AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 '
  + 'IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 '
  + 'SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30').split(' ').map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);

/** Whether its check digits are right: the number, its head put behind, letters read as numbers, is 1 modulo 97. */
function isChecked(iban: string): boolean {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const candidate = /(?<![\p{Script=Latin}0-9])[A-Z]{2}[0-9]{2}(?:[\s.-]{0,2}[A-Z0-9]){11,32}/giu;

/**
 * Masks bank account numbers (IBAN with the length of its country and right check digits) all but country and last four.
 * Words may stand right behind a number, so the length decides where it ends.
 */
export function maskIbans(text: string): string {
  return text.replace(candidate, (found: string) => {
    const country = found.slice(0, 2).toUpperCase();
    const length = lengths[country];
    if (length === undefined) return found;
    let end = 0;
    for (let count = 0; end < found.length && count < length; end += 1) if (/[A-Z0-9]/iu.test(found[end] ?? '')) count += 1;
    const iban = found.slice(0, end).replace(/[\s.-]/gu, '').toUpperCase();
    if (iban.length !== length || !isChecked(iban)) return found;
    // A letter or digit right behind it makes it a longer code of another kind.
    if (/^[A-Z0-9]/iu.test(found.slice(end))) return found;
    return `${country}•• •••• ${iban.slice(-4)}${found.slice(end)}`;
  });
}
