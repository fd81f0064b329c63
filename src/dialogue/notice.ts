import type { Incoming } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import type { Book } from './book.js';
import { isAnswering } from './reading.js';
import { patch, say, type Step } from './step.js';
import { isHardlyMore } from './telling.js';
import { claimsIn, readClaims, who, withoutCode } from './who.js';

/** Remembers the language and what the message claims of who is speaking. */
export function notice(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  const { conversation } = step;
  const isAsked = conversation.active?.asked === who;
  const told = isAsked ? claimsIn(understanding, book) : conversation.identity.level === 'L0' ? readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone) : {};
  const claims = conversation.identity.level === 'L0' && (isAsked || isHardlyMore(understanding)) ? withoutCode(told, conversation.identity) : told;
  const seen = conversation.identity.level === 'L0' ? {} : { seenAt: message.at };
  const kept = conversation.identity.claims;
  const [digits] = book.identity.nameAndPostcodeAlone && (kept.name ?? kept.names) !== undefined && claims.postcode === undefined && claims.email === undefined ? /(?<![\p{L}\p{N}#_-])\d{4,6}(?![\p{L}\p{N}])/u.exec(understanding.text) ?? [] : [];
  // Beside an e-mail address told before, a bare number is the order's, whatever words stand around it.
  const [bare] = isAsked && kept.email !== undefined && kept.order === undefined && claims.order === undefined ? understanding.entities.flatMap((entity) => (entity.kind === 'order_number' ? [entity.value] : [])) : [];
  const numbered = bare === undefined ? {} : { order: bare };
  const names = claims.names && kept.names ? { names: [...new Set([...kept.names, ...claims.names])].slice(0, 6) } : {};
  const { missed } = conversation.identity;
  const corrected = missed !== undefined && (claims.name ?? claims.names) !== undefined && claims.postcode === undefined && claims.email === undefined && digits === undefined ? { postcode: missed.postcode } : {};
  const identity = { ...conversation.identity, ...seen, claims: { ...kept, ...(bare === undefined ? claims : claims.email === undefined ? {} : { email: claims.email }), ...numbered, ...names, ...corrected, ...(digits === undefined ? {} : { postcode: digits }) } };
  const wanted = understanding.wantsLocale;
  if (wanted !== undefined && book.locales.includes(wanted)) return patch(step, { identity, locale: wanted, localeIsChosen: true });
  // An answer (an address, a name) is no prose: it changes the language only when it clearly wants something.
  const isAnswer = conversation.active?.asked !== undefined && (understanding.intents[0]?.verdict !== 'sure' || isAnswering(conversation.active, message, understanding, book));
  const isTold = message.choice === undefined && !isAnswer && understanding.localeConfidence >= (conversation.turns === 1 ? 0.32 : 0.7) && book.locales.includes(understanding.locale);
  return patch(step, { identity, locale: isTold && !conversation.localeIsChosen ? understanding.locale : conversation.locale });
}

/** The first message of a conversation is answered by saying that this is a bot. */
export function welcome(step: Step, message: Incoming, understanding: Understanding): Step {
  if (step.conversation.greeted || step.conversation.charge.who !== 'bot') return step;
  const greeted = patch(step, { greeted: true });
  const isGreeting = understanding.intents[0]?.intent === 'greet' && understanding.intents.length === 1 && message.choice === undefined;
  return isGreeting ? greeted : say(greeted, { key: 'hello.short' });
}

/** Who writes Traditional Chinese is told once that the answers come in Simplified. */
export function script(step: Step, understanding: Understanding): Step {
  const { toldScript = false, charge, locale } = step.conversation;
  if (understanding.script !== 'traditional' || toldScript || charge.who !== 'bot' || locale !== 'zh') return step;
  return say(patch(step, { toldScript: true }), { key: 'language.simplified' });
}
