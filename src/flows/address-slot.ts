import type { Found, Heard, Slot } from '../dialogue/flow.js';
import type { Address } from '../domain/address.js';
import { isPostcodeOf, missingPart, readAddress, type AddressParts, type requiredParts } from '../domain/address-text.js';

type SaidAddress = { readonly text: string; readonly strip: string[]; readonly postcode: string | null; readonly country: string | null; readonly name: string | null };
type KeptAddress = { readonly parts: Record<string, string>; readonly wanted: (typeof requiredParts)[number] };

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

function said(heard: Heard): SaidAddress {
  const of = (kind: 'postcode' | 'country' | 'name'): string | null => {
    const entity = heard.entities.find((one) => one.kind === kind);
    return entity && 'value' in entity ? String(entity.value) : null;
  };
  // A long number read as something else may be the postcode of an address; only what cannot be one is cut out.
  const strip = heard.entities.filter((entity) => ['order_number', 'email', 'phone', 'country', 'name', 'tracking_number'].includes(entity.kind) && !(entity.kind === 'order_number' && !entity.marked)).map((entity) => entity.raw);
  return { text: bare(heard.text, heard, strip), strip, postcode: of('postcode'), country: of('country'), name: of('name') };
}

const looksLikeAddress = (heard: Heard): boolean => {
  const parts = readAddress(heard.text, { strip: said(heard).strip });
  const known = heard.entities.filter((entity) => entity.kind === 'postcode' || entity.kind === 'country').length;
  return parts.line1 !== undefined && /\d/u.test(parts.line1) && (parts.city !== undefined || parts.postcode !== undefined || known > 0);
};

/**
 * A postal address, in one message or piece by piece. The order's own recipient and country are taken where nothing
 * else is said; a part that is missing or misshapen is asked for by name.
 */
export const addressSlot: Slot<Address & { readonly [key: string]: string }> = {
  restsOn: ['order'],
  hear(heard) {
    // The number of another order is a change of mind, not a street.
    const isOrder = heard.entities.some((entity) => entity.kind === 'order_number' && entity.marked) && !heard.entities.some((entity) => entity.kind === 'postcode');
    if (heard.asked && isOrder && !looksLikeAddress(heard)) return undefined;
    if (heard.asked) return { said: said(heard), definite: looksLikeAddress(heard) || heard.entities.some((entity) => entity.kind === 'postcode') };
    return looksLikeAddress(heard) ? { said: said(heard), definite: true } : undefined;
  },
  async find(finding): Promise<Found<Address & { readonly [key: string]: string }>> {
    const order = await finding.shop.findOrder(String(finding.slots['order']));
    const heard = finding.said as SaidAddress | undefined;
    const kept = finding.kept as KeptAddress | undefined;
    if (!order) return { refused: 'no-orders' };
    if (!heard) return { ask: { key: 'address.ask', values: { number: order.number, address: { address: order.shippingAddress } } } };
    const read = readAddress(heard.text, {
      strip: heard.strip, ...(kept ? { wanted: kept.wanted } : {}),
      ...(heard.postcode === null ? {} : { postcode: heard.postcode }), ...(heard.country === null ? {} : { country: heard.country }),
    });
    const country = read.country ?? kept?.parts['country'] ?? order.shippingAddress.country;
    const parts: AddressParts = {
      ...kept?.parts, ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined && value !== '')),
      country, name: heard.name ?? read.name ?? kept?.parts['name'] ?? order.shippingAddress.name,
    };
    const keep = (wanted: KeptAddress['wanted']): KeptAddress => ({ parts: Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')), wanted });
    if (read.line1 === undefined && read.city === undefined && read.postcode === undefined && read.country === undefined) {
      return { ask: { key: 'address.ask-again', values: { number: order.number } }, ...(kept ? { keep: kept } : {}) };
    }
    const missing = missingPart(parts);
    if (missing) return { ask: { key: `address.ask.${missing}` }, keep: keep(missing) };
    if (parts.postcode !== undefined && !isPostcodeOf(parts.postcode, country)) {
      const { postcode, ...rest } = parts;
      return { ask: { key: 'address.postcode-misshapen', values: { postcode, country: { country } } }, keep: { ...keep('postcode'), parts: Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)])) } };
    }
    const { name = '', line1 = '', line2, city = '', region, postcode = '' } = parts;
    return { value: { name, line1, ...(line2 === undefined ? {} : { line2 }), city, ...(region === undefined ? {} : { region }), postcode: postcode.toUpperCase(), country } as Address & { readonly [key: string]: string } };
  },
};
