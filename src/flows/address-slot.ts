import type { Finding, Found, Heard, Slot } from '../dialogue/flow.js';
import { sameAddress, type Address } from '../domain/address.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { stateCode, stateOfZip } from '../domain/us-states.js';
import { findAddress, isSentence, isTalk, type AddressPassage } from '../domain/words/address-passage.js';
import { isPostcodeOf, missingPart, postcodeShape, readAddress, type AddressParts, type requiredParts } from '../domain/words/address-text.js';
import { ADDRESS_BEFORE, isChangeOf, SAME, TOWNS } from '../domain/words/address.js';
import { addressesMeant, addressesOnFile } from './address-on-file.js';
import { describedSource, placeClause, sourceOrder } from './address-source.js';
import { ordersMeant, type Reference } from './grounding.js';
import { productsOf } from './slots.js';

type SaidAddress = {
  readonly text: string; readonly strip: string[]; readonly postcode: string | null; readonly country: string | null; readonly name: string | null;
  /** The text holds an address of its own, or answers the question for one; else it may only name one on file. */
  readonly isOwn: boolean; readonly isAnswer: boolean; readonly order: string | null; readonly marker: 'default' | 'account' | 'other' | null;
  /** A street, but not all of an address: one on file may be meant. */
  readonly isStreet: boolean;
  /** Sentences, of which no part is to be taken for an address. */
  readonly isTalk: boolean;
  /** What may name an address on file: the words without those that tell which orders are meant; then the whole message. */
  readonly words: readonly string[];
  /** Another part of the message says that it goes to the default address. */
  readonly isDefaultElsewhere: boolean;
  readonly source: { readonly isOther: boolean; readonly reference: Reference } | null;
  /** What it was before is wanted back; the address given to something else just now is wanted here, too. */
  readonly isBefore: boolean; readonly isSame: boolean;
};
/** What is known of an address so far; `tried` is a postcode that is none of its country. */
type KeptAddress = { readonly parts: Record<string, string>; readonly wanted: (typeof requiredParts)[number]; readonly tried?: string };
/** A slot's value is plain JSON: an address with every part a text. */
type AddressValue = Address & { readonly [key: string]: string };

const NAME = /\p{Lu}[\p{L}'’-]+\s+\p{Lu}[\p{L}'’-]+/u;
/** Words in other letters before and behind an address in Latin ones. */
const BEFORE_LATIN = /^[\s\S]*[\p{Script=Cyrillic}\p{Script=Arabic}][^\p{L}\d]*(?=\p{Script=Latin})/u;
const BEHIND_LATIN = /[\s،,.]*[\p{Script=Cyrillic}\p{Script=Arabic}][\s\S]*$/u;
const LONGEST = 500;

/** The address without what was said around it ("no, sorry, it is …"); what may be a recipient's name stays. */
function bare(text: string, heard: Heard, strip: readonly string[]): string {
  const street = heard.entities.find((one) => one.kind === 'street')?.raw ?? '';
  const at = text.indexOf(street);
  if (street !== '' && at > 0 && !/\p{Script=Han}/u.test(street)) return NAME.test(text.slice(0, at)) ? text : text.slice(at);
  if (heard.entities.every(({ kind }) => kind !== 'postcode') || heard.entities.some(({ kind }) => kind === 'name') || text.length > LONGEST) return text;
  const masked = strip.reduce((rest, part) => rest.replace(part, ' '.repeat(part.length)), text);
  const lead = BEFORE_LATIN.exec(masked)?.[0] ?? '';
  return lead === '' || NAME.test(lead) ? text : text.slice(lead.length).replace(BEHIND_LATIN, '');
}

/** "Avenida de América 33": a country in the name of a street is none. */
const isOfStreet = ({ start, end }: Heard['entities'][number], entities: Heard['entities']): boolean => entities.some((one) => one.kind === 'street' && one.start <= start && one.end >= end);

// A long number read as something else may be the postcode of an address; only what cannot be one is cut out.
const strippedOf = (heard: Heard): string[] => heard.entities.filter((entity) => ['order_number', 'email', 'phone', 'country', 'name', 'tracking_number'].includes(entity.kind) && !(entity.kind === 'country' && (TOWNS.test(entity.raw.trim()) || isOfStreet(entity, heard.entities))) && !(entity.kind === 'order_number' && !entity.marked)).map((entity) => entity.raw);

const streetsIn = (entities: Heard['entities']): string[] => entities.flatMap((entity) => (entity.kind === 'street' ? [entity.raw] : []));
const passageIn = ({ text, entities }: Pick<Heard, 'text' | 'entities'>): AddressPassage | undefined => findAddress(text, streetsIn(entities), entities.find(({ kind }) => kind === 'postcode')?.raw);

/** The address in what was heard: in this wish's own words, else in the message they are cut from. */
function passageOf(heard: Heard): { readonly passage?: AddressPassage; readonly from: Pick<Heard, 'text' | 'entities'> } {
  const own = passageIn(heard);
  if (own?.isWhole === true || !heard.whole) return { ...(own ? { passage: own } : {}), from: heard };
  const wider = passageIn(heard.whole);
  return wider && (wider.isWhole || !own) ? { passage: wider, from: heard.whole } : { ...(own ? { passage: own } : {}), from: heard };
}

/** "My default address" as where to; what is only to be changed itself is no answer to that. */
function markerIn(heard: Heard): SaidAddress['marker'] {
  const markers = heard.entities.flatMap((entity) => (entity.kind === 'marker' && (entity.value === 'default' || entity.value === 'other') ? [entity] : []));
  const isToChange = (one: { readonly raw: string }): boolean => /^\s*(?:\p{L}+\s+){0,2}(?:updated|changed|set|switched|corrected)\s+(?:to|as|too|also|as well)\b/iu.test(heard.text.slice(heard.text.indexOf(one.raw) + one.raw.length));
  const meant = markers.find((one) => one.value === 'other' || (heard.asked && !isToChange(one)) || (heard.intent !== 'account_update' && !isChangeOf(heard.text.slice(0, Math.max(0, heard.text.indexOf(one.raw))))));
  if (!meant) return null;
  // "The one on my account" may be any address that stands there.
  return meant.value === 'other' ? 'other' : /\b(?:on|in|of|from) (?:my|the|our) (?:account|profile)\b/iu.test(meant.raw) ? 'account' : 'default';
}

/** "It should come to my default address", in another sentence of the message. */
const goesToDefault = ({ whole }: Heard): boolean => whole?.entities.some((entity) => entity.kind === 'marker' && entity.value === 'default'
  && /\b(?:to|at|use)\s+(?:\p{L}+\s+){0,2}$/iu.test(whole.text.slice(0, whole.text.indexOf(entity.raw))) && !isChangeOf(whole.text.slice(0, whole.text.indexOf(entity.raw)))) === true;

function said(heard: Heard): SaidAddress {
  const { passage, from } = passageOf(heard);
  const of = (kind: 'postcode' | 'country' | 'name'): string | null => {
    // In a long message only what stands in the address belongs to it.
    const entity = (passage ? from.entities : heard.entities).find((one) => one.kind === kind && (!passage?.isWhole || passage.text.includes(one.raw)) && !(kind === 'country' && isOfStreet(one, passage ? from.entities : heard.entities)));
    return entity && 'value' in entity ? String(entity.value) : null;
  };
  const strip = strippedOf(passage ? { ...heard, ...from } : heard);
  const talks = isTalk(heard.text);
  const isOwn = passage?.isWhole === true || looksLikeAddress(heard);
  const source = isOwn ? undefined : describedSource(heard);
  const clause = placeClause(heard.text);
  const words = heard.text.replace(clause ?? '\0', ' ').replace(source?.phrase ?? '\0', ' ');
  return {
    text: passage && (passage.isWhole || talks) ? passage.text : bare(heard.text, heard, strip), strip, postcode: of('postcode'), country: of('country'), name: of('name'), isOwn, isAnswer: heard.asked,
    order: isOwn ? null : sourceOrder(heard) ?? null, marker: isOwn ? null : markerIn({ ...heard, text: words, entities: heard.entities.filter(({ raw }) => words.includes(raw)) }),
    isStreet: passage !== undefined && streetsIn(from.entities).length > 0, isTalk: talks && passage === undefined && !isOwn,
    isDefaultElsewhere: !isOwn && heard.intent !== 'account_update' && goesToDefault(heard), words: [words, ...(heard.whole && !isOwn ? [heard.whole.text.replace(placeClause(heard.whole.text) ?? '\0', ' ')] : [])],
    source: source ? { isOther: source.isOther, reference: source.reference } : null, isBefore: !isOwn && ADDRESS_BEFORE.test(heard.text), isSame: !isOwn && SAME.test(heard.text),
  };
}

const looksLikeAddress = (heard: Heard): boolean => {
  const parts = readAddress(heard.text, { strip: strippedOf(heard) });
  const postcodes = heard.entities.filter((entity) => entity.kind === 'postcode');
  const known = postcodes.length + heard.entities.filter((entity) => entity.kind === 'country').length;
  const house = postcodes.reduce((line, { raw }) => line.replace(raw, ' '), parts.line1 ?? '');
  return /\d/u.test(house) && !(isTalk(heard.text) && [house, parts.line2 ?? '', parts.city ?? ''].some(isSentence)) && (parts.city !== undefined || parts.postcode !== undefined || known > 0);
};

/** What is to get another address: where it stands now, what is asked then, and again. */
interface Target {
  readonly now: readonly Address[];
  readonly ask: Reply;
  readonly again: Reply;
}

async function ordersOf({ shop, slots }: Finding): Promise<Target | null> {
  const orders = (await Promise.all((slots['orders'] as string[]).map((number) => shop.findOrder(number)))).filter((order): order is Order => order !== null);
  const [first] = orders;
  if (!first) return null;
  const number: Value = orders.length === 1 ? first.number : { list: orders.map((order) => order.number) };
  return {
    now: orders.map((order) => order.shippingAddress),
    ask: orders.length === 1 ? { key: 'address.ask', values: { number, address: { address: first.shippingAddress } } } : { key: 'address.ask.orders', values: { number } },
    again: { key: 'address.ask-again', values: { number } },
  };
}

async function accountOf({ customer }: Finding): Promise<Target> {
  return customer
    ? { now: [customer.address], ask: { key: 'address.ask.account', values: { address: { address: customer.address } } }, again: { key: 'address.ask-again.account' } }
    : { now: [], ask: { key: 'address.ask.new' }, again: { key: 'address.ask-again.account' } };
}

/** The state of an American address: by its letters, its name, or where the ZIP code lies. */
function completed(parts: AddressParts): AddressParts {
  const byZip = stateOfZip(parts.postcode ?? '');
  const told = stateCode(parts.region ?? '');
  const country = parts.country === undefined && byZip !== undefined && told === byZip ? 'US' : parts.country;
  const region = country === 'US' ? told ?? parts.region ?? byZip : parts.region;
  // "Boston MA": the state's letters behind the town.
  const letters = country === 'US' ? /^(.+?),? ([A-Z]{2})$/u.exec(parts.city ?? '') : null;
  if (letters?.[1] !== undefined && letters[2] !== undefined && stateCode(letters[2]) === region) return { ...completed({ ...parts, city: letters[1] }), ...(region === undefined ? {} : { region }) };
  return { ...parts, ...(country === undefined ? {} : { country }), ...(region === undefined ? {} : { region }) };
}

/** Countries whose addresses are written with a capital at the head of each word. */
const CAPITALS = new Set(['US', 'CA', 'GB', 'IE', 'AU', 'NZ', 'ZA']);

/** An address typed without any capital, as it is written: "12 elm st, springfield". */
function inCapitals(parts: AddressParts, country: string): AddressParts {
  const lines = [parts.line1, parts.line2, parts.city].filter((line) => line !== undefined);
  if (!CAPITALS.has(country) || lines.some((line) => /\p{Lu}/u.test(line)) || !lines.every((line) => /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{M}]*$/u.test(line))) return parts;
  const write = (line: string): string => line.replace(/(?<![\p{L}\p{M}'’\d])\p{Ll}/gu, (letter) => letter.toUpperCase());
  return { ...parts, ...(parts.line1 === undefined ? {} : { line1: write(parts.line1) }), ...(parts.line2 === undefined ? {} : { line2: write(parts.line2) }), ...(parts.city === undefined ? {} : { city: write(parts.city) }) };
}

const oneLine = ({ line1, line2, postcode, city }: Address): string => [line1, line2, `${postcode} ${city}`].filter((part) => part !== undefined).join(', ');

/** The orders that were described as where the address stands. */
async function sourcesOf({ source }: SaidAddress, orders: readonly Order[], finding: Finding): Promise<readonly Order[]> {
  if (!source) return [];
  const targets = (finding.slots['orders'] as readonly string[] | undefined) ?? [];
  const others = orders.filter((order) => !targets.includes(order.number));
  const open = others.filter(({ state }) => !['delivered', 'returned', 'refunded', 'cancelled'].includes(state));
  const meant = ordersMeant(source.reference, others, await productsOf(others, finding), (instant) => dayIn(instant, finding.timeZone)).matches;
  return meant.length > 0 || !source.isOther ? meant : open.length > 0 ? open : others;
}

/** The address on file that was meant; a question when it is not clear which; undefined when none was. */
async function onFile(heard: SaidAddress, target: Target, finding: Finding): Promise<Found<AddressValue> | undefined> {
  const { words, order, marker } = heard;
  const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
  const known = addressesOnFile(finding.customer, orders);
  const sources = (await sourcesOf(heard, orders, finding)).map(({ number }) => number);
  const isSame = (one: Address, other: Address): boolean => sameAddress({ ...one, name: '' }, { ...other, name: '' });
  const described = known.filter((one) => one.orders.some((number) => sources.includes(number)));
  const elsewhere = described.filter((one) => !target.now.every((now) => isSame(now, one.address)));
  const [own = '', ...wider] = words;
  const reference = { ...(order === null ? {} : { order }), ...(marker === null ? {} : { marker }) };
  const meant = described.length > 0 ? (elsewhere.length > 0 ? elsewhere : described) : [own, ...wider].map((text, index) => addressesMeant({ text, ...(index === 0 ? reference : heard.isDefaultElsewhere ? { marker: 'default' } : {}) }, known, target.now)).find((found) => found.length > 0) ?? [];
  const [first, second] = meant;
  const options = (some: typeof known) => some.slice(0, 6).map(({ address }) => ({ label: oneLine(address), value: address as AddressValue }));
  if (first && !second) return { value: first.address as AddressValue };
  if (second) return { ask: { key: 'address.which' }, options: options(meant) };
  return order === null ? undefined : { ask: { key: 'order.unknown', values: { number: order } }, options: options(known) };
}

/** The address given to something else just now, where that is news for what is to be changed. */
const givenNow = (target: Target, address: Address | undefined): AddressValue | undefined => (address !== undefined && target.now.length > 0 && !target.now.every((now) => sameAddress(now, address)) ? address as AddressValue : undefined);

/** Whether words name no address at all: "my account, too". */
const namesNone = (heard: SaidAddress): boolean => !heard.isOwn && !heard.isStreet && !heard.isAnswer && heard.order === null && heard.marker === null && heard.source === null && heard.postcode === null;

/** What this conversation remembers: what it was before, or the address something else was given just now. */
function remembered(heard: SaidAddress | undefined, target: Target, { topic }: Finding, isAccount: boolean): AddressValue | undefined {
  if (heard?.isBefore === true && isAccount && topic.formerAddress) return topic.formerAddress as AddressValue;
  const address = givenNow(target, topic.address);
  return heard === undefined || (heard.isSame && heard.source === null && heard.order === null) ? address : undefined;
}

const slotFor = (targetOf: (finding: Finding) => Promise<Target | null>, restsOn: readonly string[], isAccount: boolean): Slot<AddressValue> => ({
  restsOn,
  outlives: true,
  toldBy: 'street',
  needs: 'L1',
  hear(heard) {
    // The number of another order is a change of mind, not a street.
    const isOrder = heard.entities.some((entity) => entity.kind === 'order_number' && entity.marked) && !heard.entities.some((entity) => entity.kind === 'postcode');
    // A yes or no is no town.
    if (heard.asked && heard.answer !== undefined && !/\d/u.test(heard.text) && heard.text.trim().split(/\s+/u).length <= 3) return undefined;
    const mention = said(heard);
    if (mention.isOwn || mention.order !== null || (mention.marker !== null && heard.asked) || (mention.source !== null && (heard.asked || heard.planned === true))) return { said: mention, definite: true };
    if (heard.asked && isOrder) return undefined;
    if (heard.asked) return { said: mention, definite: heard.entities.some((entity) => entity.kind === 'postcode') };
    return ['order_change_address', 'account_update'].includes(heard.intent) ? { said: mention, definite: false } : undefined;
  },
  async find(finding): Promise<Found<AddressValue>> {
    const target = await targetOf(finding);
    const heard = finding.said as SaidAddress | undefined;
    const kept = finding.kept as KeptAddress | undefined;
    const [current] = target?.now ?? [];
    if (!target) return { refused: 'no-orders' };
    const earlier = kept ? undefined : remembered(heard, target, finding, isAccount);
    if (earlier && (!heard || heard.isBefore)) return { value: earlier };
    if (!heard) return { ask: target.ask };
    const known = heard.isOwn || kept ? undefined : await onFile(heard, target, finding) ?? (earlier && !heard.isStreet ? { value: earlier } : undefined);
    if (known) return known;
    const given = kept ? undefined : givenNow(target, finding.topic.address);
    // "My account as well", where it has that address already: the refusal says so.
    const isThere = isAccount && !kept && heard.isSame && namesNone(heard) && finding.topic.address !== undefined && target.now.every((now) => sameAddress(now, finding.topic.address as Address));
    if (isThere) return { value: finding.topic.address as AddressValue };
    // Said again, or not said anew: the one that was given just now.
    if (given && (namesNone(heard) || (!heard.isOwn && !heard.isAnswer && heard.postcode === given.postcode))) return { value: given };
    // Of sentences without an address only the postcode that was asked for is taken.
    const read = heard.isTalk ? (kept?.wanted === 'postcode' && heard.postcode !== null ? { postcode: heard.postcode } : {}) : completed(readAddress(heard.text, {
      strip: heard.strip, ...(kept ? { wanted: kept.wanted } : {}),
      ...(heard.postcode === null ? {} : { postcode: heard.postcode }), ...(heard.country === null ? {} : { country: heard.country }),
    }));
    const country = read.country ?? kept?.parts['country'] ?? current?.country ?? '';
    // The country was what was wrong, not the postcode.
    const tried = kept?.tried !== undefined && isPostcodeOf(kept.tried, country) ? { postcode: kept.tried } : {};
    const parts: AddressParts = completed({
      ...kept?.parts, ...tried, ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined && value !== '')),
      ...(country === '' ? {} : { country }), name: heard.name ?? read.name ?? kept?.parts['name'] ?? current?.name ?? '',
    });
    const keep = (wanted: KeptAddress['wanted']): KeptAddress => ({ parts: Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')), wanted });
    const isNothing = read.line1 === undefined && read.city === undefined && read.postcode === undefined && read.country === undefined;
    // Words that only say what is wanted are no address that could not be read.
    if (isNothing || !(heard.isOwn || heard.isStreet || heard.isAnswer || kept)) return heard.isAnswer || kept ? { ask: target.again, ...(kept ? { keep: kept } : {}) } : { ask: target.ask };
    const missing = missingPart(parts);
    if (missing) return { ask: { key: `address.ask.${missing}` }, keep: keep(missing) };
    if (parts.postcode !== undefined && !isPostcodeOf(parts.postcode, country)) {
      const { postcode, ...rest } = parts;
      const isAgain = kept?.tried === postcode;
      return {
        ask: { key: isAgain ? 'address.postcode-country' : 'address.postcode-misshapen', values: { postcode, country: { country }, shape: postcodeShape(country) ?? 'none' } },
        keep: { ...keep('postcode'), parts: Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)])), tried: postcode },
      };
    }
    const { name = '', line1 = '', line2, city = '', region, postcode = '' } = inCapitals(parts, country);
    return { value: { name, line1, ...(line2 === undefined ? {} : { line2 }), city, ...(region === undefined ? {} : { region }), postcode: postcode.toUpperCase(), country } as AddressValue };
  },
});

/**
 * The new postal address of the orders in slot `orders`: in one message, piece by piece, or as one that is on file. The
 * orders' own recipient and country are taken where nothing else is said; a part that is missing or misshapen is asked for by name.
 */
export const addressSlot = slotFor(ordersOf, ['orders'], false);

/** Likewise the new default address of the customer's account. */
export const accountAddressSlot = slotFor(accountOf, [], true);
