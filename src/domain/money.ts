/** An amount in integer minor units (cents) of one ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Makes an amount; the number is integer minor units. */
export const money = (amount: number, currency: string): Money => ({ amount, currency });

const sameCurrency = (a: Money, b: Money): string => {
  if (a.currency !== b.currency) throw new RangeError(`Cannot mix ${a.currency} and ${b.currency}`);
  return a.currency;
};

/** a + b, of one currency. */
export const add = (a: Money, b: Money): Money => money(a.amount + b.amount, sameCurrency(a, b));

/** a − b, of one currency. */
export const subtract = (a: Money, b: Money): Money => money(a.amount - b.amount, sameCurrency(a, b));

/** The sum of a list, nought in `currency` when the list is empty. */
export const sum = (amounts: readonly Money[], currency: string): Money => amounts.reduce(add, money(0, currency));

/** A whole number of pieces at a unit price. */
export const times = (unit: Money, quantity: number): Money => money(unit.amount * quantity, unit.currency);

/** A share of an amount in basis points (1 % = 100), rounded half up to the minor unit. */
export const share = (amount: Money, basisPoints: number): Money =>
  money(Math.floor((amount.amount * basisPoints + 5000) / 10000), amount.currency);

/**
 * Splits a total over weights so that the parts add up to it exactly: largest remainder (Hamilton), ties to the earlier
 * part, as in M. L. Balinski and H. P. Young, "Fair Representation" (1982). The remainders are whole numbers, so that
 * no rounding of the machine decides a tie. Weights are non-negative integers; if all are nought, the first part takes all.
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (weights.length === 0) return [];
  const whole = weights.reduce((a, b) => a + b, 0);
  if (whole === 0) return weights.map((_, i) => money(i === 0 ? total.amount : 0, total.currency));
  const sign = total.amount < 0 ? -1 : 1;
  const absolute = Math.abs(total.amount);
  const exact = weights.map((weight, index) => {
    const product = BigInt(absolute) * BigInt(weight);
    return { index, part: Number(product / BigInt(whole)), rest: Number(product % BigInt(whole)) };
  });
  const parts = exact.map(({ part }) => part);
  let left = absolute - parts.reduce((a, b) => a + b, 0);
  for (const { index } of exact.toSorted((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part) => money(sign * part, total.currency));
}

/** How many decimals a currency is written with (ISO 4217 minor units of the currencies that differ from two). */
export const decimalsOf = (currency: string): number =>
  ['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'XAF', 'XOF'].includes(currency) ? 0 : ['KWD', 'BHD', 'OMR', 'JOD', 'TND'].includes(currency) ? 3 : 2;
