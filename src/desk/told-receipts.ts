import type { ToldReceipt } from '../domain/brief-words.js';
import { Fault } from '../domain/fault.js';
import type { Receipt } from '../domain/receipt.js';
import type { Texts } from '../ports/texts.js';

/** Says the rule behind a verdict; one of another version, or with values it cannot be said with, is just called a rule of the shop. */
function told({ rule, granted, inputs }: Receipt, locale: string, texts: Texts): string {
  const key = `receipt.${rule}.${granted ? 'granted' : 'refused'}`;
  try {
    if (texts.has(key)) return texts.say({ key, values: inputs }, locale);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  return texts.say({ key: 'desk.rule.other' }, locale);
}

/** Verdicts in the agent's words, each once. */
export function tellReceipts(receipts: readonly Receipt[], locale: string, texts: Texts): ToldReceipt[] {
  const all = receipts.map((receipt) => ({ ...receipt, told: told(receipt, locale, texts).trim() }));
  return [...new Map(all.map((one) => [`${one.granted} ${one.told}`, one])).values()];
}
