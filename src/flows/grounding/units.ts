import { UNITS } from '../../domain/words/units.js';

const byWord = new Map(UNITS.flatMap(([name = '', ...others]) => [name, ...others].map((word) => [word, name] as const)));

/** The unit a word stands for, or the word itself. */
export const unitOf = (word: string): string => byWord.get(word) ?? byWord.get(word.replace(/s$/u, '')) ?? word;

/** All ways to write a unit, for a word that is one of them. */
export const spellingsOf = (word: string): readonly string[] => UNITS.find((list) => list[0] === unitOf(word)) ?? [word];

/** A number with its unit, as a label writes it ("1.5L", "8-inch", "1000 pieces"); null where a value is no amount. */
export function amountOf(value: string): { readonly amount: number; readonly unit: string } | null {
  const match = /^(?<amount>\d+(?:[.,]\d+)?)\s*-?\s*(?<unit>[^\d\s]*)/u.exec(value.trim().toLowerCase());
  if (!match?.groups) return null;
  const unit = unitOf(match.groups['unit'] ?? '');
  const amount = Number((match.groups['amount'] ?? '').replace(',', '.'));
  // Sizes in thousands of the same unit are told apart from their parts ("1TB", "512GB"; "1L", "750 ml").
  const [factor, base] = unit === 'tb' ? [1000, 'gb'] : unit === 'l' ? [1000, 'ml'] : unit === 'm' ? [100, 'cm'] : unit === 'k' ? [1000, 'p'] : [1, unit];
  return { amount: amount * factor, unit: base };
}
