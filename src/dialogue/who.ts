import type { IdentityLevel } from '../domain/customer.js';
import type { Entity } from '../domain/understanding.js';
import type { Conversation } from './conversation.js';
import type { Book } from './flow.js';
import { doing, patch, say, type Step } from './step.js';

type Claims = Conversation['identity']['claims'];

/** The name of the question who is speaking, where slots have theirs. */
export const who = '$who';

const isNameLike = (text: string): boolean => /^[\p{L}\p{M}][\p{L}\p{M}'’.\- ]{1,60}$/u.test(text) && text.split(/\s+/u).length <= 5;

/**
 * What a message claims of who is speaking. When that was asked, what is left of the text beside the values read from it
 * may be a name ("Anna Kowalska, 00-001").
 */
export function readClaims(text: string, entities: readonly Entity[], asked: boolean): Claims {
  const claims: Claims = {};
  for (const entity of entities) {
    switch (entity.kind) {
      case 'order_number': if (entity.marked) claims.order ??= entity.value; break;
      case 'tracking_number': claims.parcel ??= entity.value; break;
      case 'email': claims.email ??= entity.value; break;
      case 'name': claims.name ??= entity.value; break;
      case 'postcode': claims.postcode ??= entity.value; break;
      case 'one_time_code': claims.code ??= entity.value; break;
      default: break;
    }
  }
  const bare = entities.find((entity) => entity.kind === 'order_number' && !entity.marked);
  const bareNumber = bare?.kind === 'order_number' ? bare.value : undefined;
  if (!asked) return bareNumber === undefined || claims.order !== undefined ? claims : { ...claims, order: bareNumber };
  let rest = text;
  for (const entity of entities) rest = rest.replace(entity.raw, ',');
  for (const part of rest.split(/[,;\n，；、]/u).map((piece) => piece.trim()).filter((piece) => piece !== '')) {
    if (claims.name === undefined && isNameLike(part) && (part.includes(' ') || /\p{Script=Han}{2,}/u.test(part))) claims.name = part;
    else if (claims.postcode === undefined && /^[A-Z0-9][A-Z0-9\- ]{2,9}$/iu.test(part) && /\d/u.test(part)) claims.postcode = part;
  }
  // Beside a name a bare number is the postcode; alone it is the order's.
  if (claims.name !== undefined && claims.postcode === undefined) {
    const number = entities.find((entity) => entity.kind === 'one_time_code') ?? bare;
    if (number) claims.postcode = number.raw;
  } else if (bareNumber !== undefined) claims.order ??= bareNumber;
  return claims;
}

/** Whether there is anything in it. */
export const isClaiming = (claims: Claims): boolean => Object.keys(claims).length > 0;

/** Makes sure who is speaking, to the level a flow needs: looks the claims up, or asks for what is missing. */
export function establish(step: Step, level: IdentityLevel, book: Book): Step {
  return level === 'L2' ? establishByCode(step) : establishByOrder(step, book);
}

function establishByOrder(step: Step, book: Book): Step {
  const { claims } = step.conversation.identity;
  const isSecond = claims.email !== undefined || (claims.name !== undefined && claims.postcode !== undefined);
  const isAlone = (book.identity.emailAlone && claims.email !== undefined)
    || (book.identity.nameAndPostcodeAlone && claims.name !== undefined && claims.postcode !== undefined);
  const isFirst = claims.order !== undefined || claims.parcel !== undefined;
  if ((isFirst && isSecond) || isAlone) return doing(step, { kind: 'identify', claims });
  const key = isFirst
    ? claims.name !== undefined ? 'who.ask.postcode' : claims.postcode !== undefined ? 'who.ask.name' : claims.order === undefined ? 'who.ask.second.parcel' : 'who.ask.second'
    : isSecond ? 'who.ask.order' : 'who.ask.all';
  return askWho(step, key, { order: claims.order ?? claims.parcel ?? '' });
}

function establishByCode(step: Step): Step {
  const { identity } = step.conversation;
  if (identity.codeSent) {
    return identity.claims.code === undefined ? askWho(step, 'who.ask.code', {}) : doing(step, { kind: 'check-code', code: identity.claims.code });
  }
  if (identity.customerId !== undefined) return doing(step, { kind: 'send-code', customerId: identity.customerId });
  if (identity.claims.email !== undefined) return doing(step, { kind: 'send-code', email: identity.claims.email });
  return askWho(step, 'who.ask.email', {});
}

function askWho(step: Step, key: string, values: Record<string, string>): Step {
  const { active } = step.conversation;
  return say(active ? patch(step, { active: { ...active, asked: who } }) : step, { key, values });
}
