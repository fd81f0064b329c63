import type { Found, Heard, Slot } from '../dialogue/flow.js';
import { LABELLED } from '../domain/words/contact.js';

/** What is to stand on an order: some of phone, e-mail and the recipient's name. */
export type Contact = { readonly phone?: string; readonly email?: string; readonly name?: string };

type SaidContact = { readonly phones: readonly string[]; readonly emails: readonly string[]; readonly names: readonly string[] };

/** Names written with capitals: two words or more in a row. */
const CAPITALS = /\p{Lu}[\p{L}\p{M}'’-]+(?:\s+(?:de|del|da|do|dos|von|van|bin|al)(?=\s))?(?:\s+\p{Lu}[\p{L}\p{M}'’.-]+){1,3}/gu;
const NAME_LIKE = /^[\p{L}\p{M}][\p{L}\p{M}'’.\- ]{1,60}$/u;

/** What may be a recipient's name in a message: read as one, told as one, or all there is in answer to the question. */
function namesIn(heard: Heard): string[] {
  const read = heard.entities.flatMap((entity) => (entity.kind === 'name' ? [entity.value] : []));
  if (read.length > 0) return read;
  let rest = heard.text.slice(0, 500);
  const others = heard.entities.filter((entity) => ['order_number', 'email', 'phone', 'tracking_number', 'postcode', 'country', 'date'].includes(entity.kind));
  for (const entity of others) rest = rest.replace(entity.raw, ' , ');
  const labelled = LABELLED.exec(rest)?.groups;
  const told = labelled?.['han'] ?? labelled?.['arabic'];
  if (told !== undefined) return [told];
  const bare = rest.replace(/[\s,.;，。、]+/gu, ' ').trim();
  const isAlone = heard.asked && others.length === 0 && NAME_LIKE.test(bare) && bare.split(' ').length <= 4 && (bare.includes(' ') || /^\p{Script=Han}{2,4}$/u.test(bare));
  // The first word of a sentence has a capital, too: a name of three words may begin one word late.
  const written = [...rest.matchAll(CAPITALS)].map((match) => match[0]);
  return isAlone && !/^\p{Ll}/u.test(bare) ? [bare] : written.slice(-1);
}

const flat = (text: string | undefined): string => (text ?? '').normalize('NFKC').toLowerCase().replace(/[\s()-]+/gu, '');

/**
 * The new phone number, e-mail address or recipient of the order in slot `order`. What stands there already, said to tell who
 * is speaking or what is wrong, is not taken for the new one; somebody who could be anyone may not change it.
 */
export const contactSlot: Slot<Contact> = {
  restsOn: ['order'],
  needs: 'L2',
  hear(heard) {
    const said: SaidContact = {
      phones: heard.entities.flatMap((entity) => (entity.kind === 'phone' ? [entity.value] : [])),
      emails: heard.entities.flatMap((entity) => (entity.kind === 'email' ? [entity.value] : [])),
      names: heard.asked || heard.intent === 'order_change_contact' ? namesIn(heard) : [],
    };
    const isSaid = said.phones.length + said.emails.length + said.names.length > 0;
    return isSaid || heard.asked ? { said, definite: isSaid } : undefined;
  },
  join(before, now) {
    const [one, two] = [before as SaidContact, now as SaidContact];
    return { phones: [...one.phones, ...two.phones], emails: [...one.emails, ...two.emails], names: [...one.names, ...two.names] };
  },
  async find(finding): Promise<Found<Contact>> {
    const order = await finding.shop.findOrder(String(finding.slots['order']));
    if (!order) return { refused: 'no-orders' };
    const said = finding.said as SaidContact | undefined;
    const values = { number: order.number, phone: order.contact.phone ?? '–', email: order.contact.email, name: order.shippingAddress.name };
    if (!said) return { ask: { key: 'change-contact.ask', values }, keep: true };
    const known = [order.contact.phone, order.contact.email, order.shippingAddress.name, finding.customer?.email, finding.customer?.phone, finding.customer?.name].map(flat);
    const fresh = (all: readonly string[]): string | undefined => all.findLast((one) => !known.includes(flat(one)));
    const [phone, email, name] = [fresh(said.phones), fresh(said.emails), fresh(said.names)];
    const isAskedBefore = finding.kept === true;
    if (phone !== undefined || email !== undefined || name !== undefined) {
      return { value: { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) } };
    }
    // Said in answer to the question, the same again is what is meant.
    const [samePhone, sameEmail, sameName] = [said.phones.at(-1), said.emails.at(-1), said.names.at(-1)];
    if (isAskedBefore && (samePhone ?? sameEmail ?? sameName) !== undefined) {
      return { value: { ...(samePhone === undefined ? {} : { phone: samePhone }), ...(sameEmail === undefined ? {} : { email: sameEmail }), ...(sameName === undefined ? {} : { name: sameName }) } };
    }
    return isAskedBefore ? { ask: { key: 'change-contact.ask-again', values } } : { ask: { key: 'change-contact.ask', values }, keep: true };
  },
};
