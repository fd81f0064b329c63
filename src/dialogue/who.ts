import type { IdentityLevel } from '../domain/customer.js';
import type { Entity, Understanding } from '../domain/understanding.js';
import type { Choice } from '../domain/message.js';
import { codeChoice, personChoice } from './choices.js';
import type { Active, Conversation } from './conversation.js';
import type { Book } from './book.js';
import { doing, patch, say, type Step } from './step.js';
import { CLEARLY } from './telling.js';

type Claims = Conversation['identity']['claims'];

/** The name of the question who is speaking, where slots have theirs. */
export const who = '$who';

const isNameLike = (text: string): boolean => /^[\p{L}\p{M}][\p{L}\p{M}'’.\- ]{1,60}$/u.test(text) && text.split(/\s+/u).length <= (isWrittenAsName(text) ? 5 : SMALL_NAME);

/** Without a capital to every longer word, more words than these are a sentence: "can I get a discount". */
const SMALL_NAME = 3;
const isWrittenAsName = (text: string): boolean => {
  const words = text.split(/\s+/u);
  return !/\p{Ll}/u.test(text) || (words.every((word) => /^\p{Lu}/u.test(word) || word.length <= 3) && words.filter((word) => /^\p{Lu}\p{L}/u.test(word)).length > 1);
};

/**
 * What a message claims of who is speaking. When that was asked, what is left of the text beside the values read from it
 * may be a name ("Anna Kowalska, 00-001").
 */
export function readClaims(text: string, entities: readonly Entity[], asked: boolean, isAlone = false): Claims {
  const claims: Claims = isAlone ? nameBesidePostcode(text, entities, asked) : {};
  for (const entity of entities) {
    switch (entity.kind) {
      case 'order_number': if (entity.marked) claims.order ??= entity.value; break;
      case 'tracking_number': claims.parcel ??= entity.value; break;
      case 'email': if (claims.email === undefined) claims.email = entity.value; else claims.emails = [...claims.emails ?? [], entity.value].slice(0, 3); break;
      case 'name': claims.name ??= entity.value; break;
      case 'postcode': claims.postcode ??= entity.value; break;
      case 'one_time_code': claims.code ??= entity.value; break;
      default: break;
    }
  }
  const bare = entities.find((entity) => entity.kind === 'order_number' && !entity.marked);
  const bareNumber = bare?.kind === 'order_number' ? bare.value : undefined;
  if (claims.names !== undefined && claims.postcode !== undefined) return claims;
  if (!asked) return bareNumber === undefined || claims.order !== undefined ? claims : { ...claims, order: bareNumber };
  let rest = text;
  for (const entity of entities) if (entity.kind !== 'marker' && entity.kind !== 'comparison') rest = rest.replace(entity.raw, ',');
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

const NUMBER = /(?<![\p{L}\p{N}#_-])\d{4,6}(?:-\d{3,4})?(?![\p{L}\p{N}]|-\p{L})/gu;
const mostNames = 6;

/**
 * Where name and postcode alone may prove who is speaking: a number of postcode's length with the names that may stand
 * before or behind it ("fatima johnson, 78712"), the likeliest first. Which of them it is the shop tells.
 */
function nameBesidePostcode(text: string, entities: readonly Entity[], asked: boolean): Claims {
  const taken = entities.filter((entity) => (entity.kind === 'order_number' && entity.marked) || ['tracking_number', 'return_number', 'phone', 'money', 'one_time_code'].includes(entity.kind) && !/^\d{5,6}$/u.test(entity.raw));
  const number = [...text.slice(0, 600).matchAll(NUMBER)].find((match) => (asked || match[0].length >= 5) && !taken.some(({ start, end }) => start <= match.index && end > match.index));
  const postcode = entities.find((entity) => entity.kind === 'postcode');
  const value = postcode?.kind === 'postcode' ? postcode.value : number?.[0];
  const at = postcode?.start ?? number?.index;
  if (value === undefined || at === undefined) return {};
  const words = (part: string): string[][] => part.replace(/(\p{L})_(?=\p{L})/gu, '$1 ').split(/[,.;:()\n!?–—-]+/u).map((clause) => clause.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []);
  const before = words(text.slice(Math.max(0, at - 90), at));
  const behind = words(text.slice(at + value.length, at + value.length + 60));
  const pairsOf = (clauses: readonly string[][]): string[][] => clauses.flatMap((clause) => clause.flatMap((_, index) => [clause.slice(index, index + 2), clause.slice(index, index + 3)])).filter((pair) => pair.length > 1);
  const isName = (pair: readonly string[]): boolean => pair.every((word) => /^\p{Lu}/u.test(word) && !/^\p{Lu}['’]/u.test(word.slice(0, 2)));
  const capitals = pairsOf([...before, ...behind]).filter(isName);
  // In small letters only what stands right beside the number.
  const beside = before.findLast((clause) => clause.length > 1) ?? [];
  const pairs = [...pairsOf([beside]).toReversed(), ...pairsOf(asked ? [...before, ...behind] : before.slice(-2))];
  const said = entities.flatMap((entity) => (entity.kind === 'name' ? [entity.value] : []));
  const names = [...new Set([...said, ...(capitals.length > 0 ? capitals : pairs).map((pair) => pair.join(' '))])].slice(0, mostNames);
  return names.length > 0 ? { names, postcode: value } : {};
}

/** What an answer to the question who is speaking claims: where it wants or asks something itself, or says that something is lacking, no words of it are a name. */
export function claimsIn({ text, entities, intents: [first], follows, lacks, meta }: Understanding, { identity }: Pick<Book, 'identity'>): Claims {
  const isWish = first?.verdict === 'sure' && first.confidence >= CLEARLY && !entities.some(({ kind }) => IDENTIFYING.has(kind));
  return readClaims(text, entities, !isWish && follows === undefined && lacks === undefined && meta === undefined, identity.nameAndPostcodeAlone);
}

/**
 * Where no code was sent, digits that look like one are what is still missing: the order's number, or behind that the
 * postcode. "100005" behind an e-mail address is an order.
 */
export function withoutCode(claims: Claims, { codeSent, claims: kept }: Conversation['identity']): Claims {
  const { code, ...rest } = claims;
  if (code === undefined || codeSent === true) return claims;
  const known = { ...kept, ...rest };
  if ((known.order ?? known.parcel) === undefined) return rest.postcode === code ? rest : { ...rest, order: code };
  return known.email === undefined && known.postcode === undefined ? { ...rest, postcode: code } : rest;
}

/** Values beside which words may be a name, whatever they resemble. */
const IDENTIFYING: ReadonlySet<Entity['kind']> = new Set(['order_number', 'tracking_number', 'email', 'name', 'postcode', 'one_time_code']);

/** Whether there is anything in it. */
export const isClaiming = (claims: Claims): boolean => Object.keys(claims).length > 0;

/** Whether somebody who was asked who they are tells it. */
export const isTellingWho = (active: Active | null, understanding: Understanding, book: Pick<Book, 'identity'>): boolean => active?.asked === who && isClaiming(claimsIn(understanding, book));

/** Whether claims prove by themselves who is speaking, under the shop's settings. */
export const provesAlone = (claims: Claims, { identity }: Pick<Book, 'identity'>): boolean =>
  (identity.emailAlone && claims.email !== undefined) || (identity.nameAndPostcodeAlone && (claims.name ?? claims.names) !== undefined && claims.postcode !== undefined);

/** Makes sure who is speaking, to the level a flow needs: looks the claims up, or asks for what is missing. */
export function establish(step: Step, level: IdentityLevel, book: Book): Step {
  return level === 'L2' ? establishByCode(step) : establishByOrder(step, book);
}

function establishByOrder(step: Step, book: Book): Step {
  const { claims } = step.conversation.identity;
  const isSecond = claims.email !== undefined || (claims.name !== undefined && claims.postcode !== undefined);
  const isAlone = provesAlone(claims, book);
  const isFirst = claims.order !== undefined || claims.parcel !== undefined;
  if ((isFirst && isSecond) || isAlone) return doing(step, { kind: 'identify', claims });
  if (step.conversation.identity.byCode) return establishByCode(step);
  const key = isFirst
    ? claims.name !== undefined ? 'who.ask.postcode' : claims.postcode !== undefined ? 'who.ask.name' : claims.order === undefined ? 'who.ask.second.parcel' : 'who.ask.second'
    : isSecond ? 'who.ask.order' : 'who.ask.all';
  const alone = book.identity.emailAlone && book.identity.nameAndPostcodeAlone;
  if (alone && (key === 'who.ask.all' || key === 'who.ask.second')) return askWho(step, 'who.ask.alone', {});
  return askWho(step, key, { order: claims.order ?? claims.parcel ?? '' }, isFirst ? [] : [codeChoice, personChoice]);
}

/** Whether somebody who has no order number at hand may show by a code who they are: where less proves it there is no need. */
export const mayUseCode = ({ identity }: Conversation, book: Pick<Book, 'identity'>): boolean =>
  identity.byCode === undefined && identity.codeSent !== true && identity.claims.order === undefined && identity.claims.parcel === undefined && !book.identity.emailAlone && !book.identity.nameAndPostcodeAlone;

/** The order's number is not at hand: from here on a one-time code is asked for instead. */
export const byCode = (step: Step): Step => patch(step, { identity: { ...step.conversation.identity, byCode: true }, misses: 0 });

function establishByCode(step: Step): Step {
  const { identity } = step.conversation;
  if (identity.codeSent) {
    return identity.claims.code === undefined ? askWho(step, 'who.ask.code', {}) : doing(step, { kind: 'check-code', code: identity.claims.code });
  }
  if (identity.customerId !== undefined) return doing(step, { kind: 'send-code', customerId: identity.customerId });
  if (identity.claims.email !== undefined) return doing(step, { kind: 'send-code', email: identity.claims.email });
  return askWho(step, 'who.ask.email', { why: whyCode(step) });
}

/** Why a code is sent: a closer look than an order's number allows, or in the place of that number. */
export const whyCode = ({ conversation: { identity } }: Step): 'closer' | 'number' => (identity.byCode === true ? 'number' : 'closer');

function askWho(step: Step, key: string, values: Record<string, string>, choices: readonly Choice[] = []): Step {
  const { active } = step.conversation;
  return say(active ? patch(step, { active: { ...active, asked: who } }) : step, { key, values, ...(choices.length === 0 ? {} : { choices }) });
}
