import type { Address } from '../domain/address.js';

/** How the place stands in an address: `P` postcode, `C` city, `R` region; `/` begins a new line. */
const patterns: Readonly<Record<string, string>> = {
  AE: 'C/R', AR: 'P C/R', AU: 'C R P', BR: 'C - R/P', CA: 'C R P', CL: 'P C/R', CN: 'P R C', CO: 'C, R, P', EG: 'C/R/P', GB: 'C/R/P',
  HK: 'C/R', ID: 'C, R P', IE: 'C/R/P', IL: 'C P', IN: 'C P/R', IQ: 'C, R/P', IR: 'C, R/P', IT: 'P C R', JO: 'C P', JP: 'P R C', KR: 'C, R P', KW: 'P C',
  KZ: 'C/R/P', LB: 'C P', MX: 'P C, R', MY: 'P C/R', NZ: 'C P', PE: 'C P/R', PH: 'P C/R', PK: 'C P', QA: 'C', RU: 'C/R/P', SA: 'C P/R', SG: 'C P', TH: 'C, R P',
  TW: 'C, R P', UA: 'C/R/P', US: 'C, R P', VN: 'C, R P', ZA: 'C/R/P',
};
/** As most of the continent of Europe writes it. */
const usual = 'P C/R';
/** Written from the large to the small when in their own script. */
const largeFirst: Readonly<Record<string, string>> = { CN: 'P RC', TW: 'P RC', HK: 'RC', MO: 'RC', JP: '〒P/RC', KR: 'R C' };

const isEastAsian = (text: string): boolean => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);

function fill(pattern: string, { postcode, city, region = '' }: Address): string[] {
  const place = region.trim() === city.trim() ? '' : region.trim();
  const parts: Readonly<Record<string, string>> = { P: postcode.trim(), C: city.trim(), R: place };
  return pattern.split('/').map((line) =>
    line
      .replace(/〒?[PCR]/gu, (token) => {
        const value = parts[token.slice(-1)] ?? '';
        return value === '' ? '' : token.slice(0, -1) + value;
      })
      .replace(/^[\s,-]+|[\s,-]+$/gu, '')
      .replace(/\s+,|,\s*(?=,)/gu, ',')
      .replace(/\s{2,}/gu, ' '),
  );
}

/** The lines below the name, as letters to that country are written, without the country itself. */
export function addressLines(address: Address): string[] {
  const street = [address.line1, address.line2 ?? ''];
  const own = isEastAsian(address.line1 + address.city) ? largeFirst[address.country] : undefined;
  const lines = own === undefined ? [...street, ...fill(patterns[address.country] ?? usual, address)] : [...fill(own, address), ...street];
  if (own !== undefined && address.country === 'KR') lines.push(address.postcode);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
