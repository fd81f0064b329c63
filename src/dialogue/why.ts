import type { Value } from '../domain/message.js';
import { decimalsOf } from '../domain/money.js';
import type { Receipt } from '../domain/receipt.js';
import type { Understanding } from '../domain/understanding.js';
import type { Conversation } from './conversation.js';
import { say, type Step } from './step.js';

type Receipts = readonly Receipt[];

/** The verdicts of this conversation that can still be asked about, the latest first. */
const verdicts = ({ last, active }: Conversation): Receipts[] =>
  [last.receipts, ...(active?.plan ? [active.plan.receipts] : []), ...(last.before ?? [])].filter((receipts) => receipts.length > 0);

const numbersIn = (text: string): number[] => (text.match(/\d+(?:[.,]\d{1,2})?/gu) ?? []).map((number) => Number(number.replace(',', '.')));

/** The numbers a receipt holds, as a customer would write them: amounts in whole units, days as they are. */
const numbersOf = ({ inputs }: Receipt): number[] => Object.values(inputs).flatMap((value: Value) => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && 'money' in value ? [value.money.amount / 10 ** decimalsOf(value.money.currency)] : [];
});

/** The receipts that hold a number of the message: "why 5.90?". */
function aboutNumbers(text: string, all: readonly Receipts[]): Receipts | undefined {
  const numbers = numbersIn(text);
  return all.map((receipts) => receipts.filter((receipt) => numbersOf(receipt).some((number) => numbers.includes(number)))).find((found) => found.length > 0);
}

/** Which verdict a question for the reason is about: one that holds the number it names, a no where it asks "why not", else the latest. */
function meant(understanding: Understanding, all: readonly Receipts[]): Receipts {
  const byNumber = aboutNumbers(understanding.text, all);
  if (byNumber) return byNumber;
  const no = understanding.why?.isOfNo === true ? all.find((receipts) => receipts.some(({ granted }) => !granted)) : undefined;
  return no ?? all[0] ?? [];
}

/** Whether a message that is more than a bare "why?" asks for the reason of something said here: by an amount of it, or with no clear wish of its own. */
export function asksForReason({ conversation }: Step, understanding: Understanding, isClear: boolean): boolean {
  const all = verdicts(conversation);
  if (understanding.why === undefined || all.length === 0) return false;
  return understanding.why.isAlone || !isClear || aboutNumbers(understanding.text, all) !== undefined;
}

/** Tells why: the rules behind a verdict with the values that went into them, the version of the policy, and when it was given. */
export function tellWhy(step: Step, understanding: Understanding): Step {
  const receipts = meant(understanding, verdicts(step.conversation));
  const [first] = receipts;
  if (!first) return say(step, { key: 'why.nothing' });
  const zone = step.conversation.identity.timeZone;
  const lines = [...new Map(receipts.map((receipt): [string, Value] => {
    const text = { key: `receipt.${receipt.rule}.${receipt.granted ? 'granted' : 'refused'}`, values: receipt.inputs };
    return [JSON.stringify(text), { text }];
  })).values()];
  return say(step, { key: 'why.because', values: { lines: { lines }, version: first.policyVersion, at: { date: first.at, ...(zone === undefined ? {} : { zone }) } } });
}
