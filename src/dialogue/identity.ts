import { advance } from './advance.js';
import { intentChoice, personChoice } from './choices.js';
import type { Book } from './book.js';
import { learn, patch, say, type Step } from './step.js';
import { who, whyCode } from './who.js';

/** It is established who is speaking; the flow goes on. */
export function identified(
  step: Step,
  event: { readonly customer: { readonly id: string; readonly name: string; readonly timeZone?: string }; readonly level: 'L1' | 'L2'; readonly order?: string; readonly at: string },
  book: Book,
): Step {
  const before = step.conversation.identity.customerId ?? step.conversation.identity.lastCustomerId;
  // One conversation serves one customer: nothing of the one before is left to the next.
  const isOther = before !== undefined && before !== event.customer.id;
  const active = isOther ? null : step.conversation.active;
  const { asked: _, ...rest } = active ?? { asked: undefined };
  const known = patch(step, {
    identity: {
      level: event.level, customerId: event.customer.id, name: event.customer.name, seenAt: event.at, claims: {},
      ...(event.customer.timeZone === undefined ? {} : { timeZone: event.customer.timeZone }),
    },
    ...(active ? { active: rest as typeof active } : {}),
    ...(isOther ? { active: null, wishes: [], offers: [], topic: {}, asked: undefined, last: { replies: step.conversation.last.replies, receipts: [] } } : {}),
    misses: 0,
  });
  const learnt = learn(known, event.order === undefined ? undefined : { order: event.order });
  const { unclear, turns } = known.conversation;
  return known.conversation.active === null && known.conversation.wishes.length === 0 && step.conversation.charge.who === 'bot' && step.conversation.last.replies.length <= 1 && event.level === 'L1'
    // What they wrote before is still open: it is asked again, rather than for all of it anew.
    ? say(learnt, { key: 'who.hello', ...(unclear && turns - unclear.turn <= 2 && !isOther ? { choices: [...unclear.intents.map(intentChoice), personChoice] } : {}) }) : advance(learnt, book);
}

/** The claims did not fit. Wrong and not-yours sound alike, and nothing of them is kept. */
export function notIdentified(step: Step, why: 'no-match' | 'slow-down' | 'wrong-code', book?: Book): Step {
  const { identity, active } = step.conversation;
  const { name, names, postcode } = identity.claims;
  // Where name and postcode prove it, the name told stands while the postcode is corrected.
  const told = book?.identity.nameAndPostcodeAlone === true && why === 'no-match' ? { ...(name === undefined ? {} : { name }), ...(names === undefined ? {} : { names }) } : {};
  // Nor need the postcode be told again where it is the name that is corrected.
  const missed = book?.identity.nameAndPostcodeAlone === true && why === 'no-match' && postcode !== undefined ? { missed: { postcode } } : {};
  const { missed: _, ...known } = identity;
  const cleared = patch(step, { identity: { ...known, ...missed, claims: told }, ...(active ? { active: { ...active, asked: who } } : {}) });
  if (why === 'slow-down') {
    return say(patch(cleared, { active: null, wishes: [] }), { key: 'who.slow-down', choices: [personChoice] });
  }
  if (why === 'wrong-code') return say(cleared, { key: 'who.wrong-code', choices: [personChoice] });
  return say(cleared, { key: book?.identity.emailAlone && book.identity.nameAndPostcodeAlone ? 'who.no-match.alone' : 'who.no-match', choices: [personChoice] });
}

/** A one-time code is on its way to the e-mail address on file (or nowhere, if there is none: it sounds the same). */
export function codeSent(step: Step): Step {
  const { identity, active } = step.conversation;
  return say(
    patch(step, { identity: { ...identity, codeSent: true }, ...(active ? { active: { ...active, asked: who } } : {}) }),
    { key: 'who.code-sent', values: { why: whyCode(step) } },
  );
}
