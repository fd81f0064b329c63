import type { Finding, Found, Heard, Mention, Slot } from '../dialogue/flow.js';
import type { Value } from '../domain/message.js';
import type { Customer } from '../domain/customer.js';
import type { PaymentMethod } from '../domain/payment.js';
import type { Order } from '../domain/order.js';
import { CARD_BRAND, DENIED, OTHER } from '../domain/words/payment.js';
import { paymentName } from './wording.js';

/** What was said of a payment method: in what order several were named ("PayPal, else the card"). */
type Said = { readonly wishes: readonly Wished[]; readonly text: string };
type Wished = { readonly kind: 'original' | 'gift_card' | 'paypal' | 'card' | 'other'; readonly words: string };

/** Hears a payment method by kind, brand, last four digits, or as the one the order was paid with. */
export function hearPayment(part: Heard): Mention | undefined {
  // How it is paid may be said once for all that a message wants.
  const heard = part.whole ? { ...part, ...part.whole } : part;
  const wishes = heard.entities.flatMap((entity): Wished[] => {
    if (entity.kind !== 'marker' || !['original', 'gift_card', 'paypal', 'card'].includes(entity.value) || DENIED.test(heard.text.slice(Math.max(0, entity.start - 24), entity.start))) return [];
    const from = Math.max(0, entity.start - 24);
    // "The other card", "my Visa ending in 4421": what stands around tells which.
    const isOther = OTHER.test(heard.text.slice(from, entity.start)) || heard.entities.some((one) => one.kind === 'marker' && one.value === 'other' && one.end <= entity.start && entity.start - one.end <= 14);
    return [{ kind: isOther && entity.value === 'card' ? 'other' : entity.value as Wished['kind'], words: heard.text.slice(from, entity.end + 24) }];
  });
  if (wishes.length > 0) return { said: { wishes, text: heard.text.slice(0, 500) }, definite: heard.asked || heard.planned === true };
  // A yes to the question takes the way it was paid, which it names first.
  if (heard.asked && (heard.answer === 'yes' || heard.intent === 'affirm')) return { said: { wishes: [{ kind: 'original', words: '' }], text: '' }, definite: true };
  return heard.asked && /\d{4}/u.test(heard.text) ? { said: { wishes: [{ kind: 'card', words: heard.text.slice(0, 200) }], text: heard.text.slice(0, 200) }, definite: true } : undefined;
}

const lastFour = (words: string): string | undefined => /(?<!\d)\d{4}(?!\d)/u.exec(words)?.[0];

/** The customer's methods a wish fits: by digits, by brand, by kind. */
function fitting(wish: Wished, methods: readonly PaymentMethod[], original: string | undefined): PaymentMethod[] {
  if (wish.kind === 'original') return methods.filter(({ id }) => id === original);
  const kind = wish.kind === 'other' ? 'card' : wish.kind;
  const of = methods.filter((one) => one.kind === kind);
  const digits = lastFour(wish.words);
  const byDigits = digits === undefined ? [] : of.filter((one) => one.lastFour === digits);
  if (byDigits.length > 0) return byDigits;
  if (wish.kind === 'other') return of.filter(({ id }) => id !== original);
  const named = of.filter((one) => one.brand !== undefined && wish.words.toLowerCase().includes(one.brand.toLowerCase()));
  // A brand the customer does not have fits no card; beside another means it tells what else was spoken of.
  const brand = kind === 'card' && CARD_BRAND.exec(wish.words);
  return named.length > 0 ? named : brand ? [] : of;
}

/** The method an order was paid with. */
export const originalOf = (order: Order | null | undefined): string | undefined => order?.payments.find((payment) => payment.kind !== 'refund')?.methodId;

const label = (method: PaymentMethod): Value => method.balance === undefined ? paymentName({ method: method.kind, ...method }) : { text: { key: 'payment-method.with-balance', values: { name: paymentName({ method: method.kind, ...method }), balance: { money: method.balance } } } };

const options = (methods: readonly PaymentMethod[]): { label: Value; value: string }[] => methods.map((method) => ({ label: label(method), value: method.id }));

/** What was found for the words: methods in the order of liking, several that fit alike, or none of the customer's. */
function meant(said: Said, methods: readonly PaymentMethod[], original: string | undefined): { readonly liked: readonly PaymentMethod[]; readonly several?: readonly PaymentMethod[] } {
  const liked: PaymentMethod[] = [];
  for (const wish of said.wishes) {
    const found = fitting(wish, methods, original);
    if (found.length > 1 && liked.length === 0) return { liked, several: found };
    if (found.length === 1 && found[0] && !liked.includes(found[0])) liked.push(found[0]);
  }
  return { liked };
}

/**
 * Another of the customer's methods than the one of `paid`: those named, in the order of liking; what is paid with already is
 * named only to tell it from the new one.
 */
export function methodSlot(finding: Finding, paid: string | undefined): Found<string> {
  const methods = methodsOf(finding.customer);
  const others = methods.filter(({ id }) => id !== paid);
  if (others.length === 0) return { refused: 'no-other', alternatives: [{ key: 'instead.cancel-and-pay' }], offers: ['payment_methods'] };
  const said = finding.said as Said | undefined;
  if (!said) return { ask: { key: 'change-payment.ask' }, options: options(others) };
  const liked: PaymentMethod[] = [];
  for (const wish of said.wishes) {
    const fits = fitting(wish, methods, paid);
    if (said.wishes.length > 1 && fits.some(({ id }) => id === paid)) continue;
    const found = fits.length > 1 ? fits.filter(({ id }) => id !== paid) : fits;
    if (found.length > 1 && liked.length === 0) return { ask: { key: 'payment.which' }, options: options(found) };
    if (found.length === 1 && found[0] && !liked.includes(found[0])) liked.push(found[0]);
  }
  if (liked.length > 0) return { value: liked.map(({ id }) => id).join(BETWEEN) };
  return { ask: { key: said.wishes.some((wish) => fitting(wish, methods, paid).length > 0) ? 'change-payment.ask' : 'payment.not-there' }, options: options(others) };
}

/** Ids of payment methods in the order of liking, as one value. */
const BETWEEN = '|';
/** The methods a value of the slot names, the one liked best first. */
export const likedMethods = (value: string): readonly string[] => value.split(BETWEEN);

/**
 * How a price difference is settled. The value is the id of one of the customer's methods, or several of them in the order of
 * liking ("my gift card, else PayPal": `likedMethods` reads it), or `original`. Where the shop
 * leaves no choice, or the customer has one method only, nothing is asked.
 */
export const differenceSlot = (ordersOf: (finding: Finding) => readonly string[]): Slot<string> => ({
  hear: hearPayment,
  holdsConditions: true,
  async find(finding): Promise<Found<string>> {
    const methods = methodsOf(finding.customer);
    if (finding.policy.orders.differenceBy === 'original' || methods.length === 0) return { value: 'original' };
    const orders = await Promise.all(ordersOf(finding).map((number) => finding.shop.findOrder(number)));
    const said = finding.said as Said | undefined;
    if (said) {
      if (said.wishes[0]?.kind === 'original') return { value: 'original' };
      const found = meant(said, methods, originalOf(orders[0]));
      if (found.liked.length > 0) return { value: found.liked.map(({ id }) => id).join(BETWEEN) };
      return found.several ? { ask: { key: 'payment.which' }, options: options(found.several) } : { ask: { key: 'payment.not-there' }, options: options(methods) };
    }
    const [only, second] = methods;
    return only && !second ? { value: only.id } : { ask: { key: 'payment.ask-difference' }, options: options(methods) };
  },
});

/**
 * Where a refund goes: `original`, or the id of the customer's gift card where the shop's rules allow it. Anything else the
 * customer names is declined with what is possible.
 */
export const refundToSlot = (ordersOf: (finding: Finding) => readonly string[]): Slot<string> => ({
  hear: hearPayment,
  holdsConditions: true,
  async find(finding): Promise<Found<string>> {
    const cards = finding.policy.returns.refundTo.includes('gift_card') ? methodsOf(finding.customer).filter(({ kind }) => kind === 'gift_card') : [];
    const said = finding.said as Said | undefined;
    const orders = (await Promise.all(ordersOf(finding).map((number) => finding.shop.findOrder(number)))).filter((order): order is Order => order !== null);
    const originals = [...new Map(orders.flatMap((order) => order.payments.slice(0, 1)).map((payment) => [payment.methodId ?? payment.method, paymentName(payment)] as const)).values()];
    const choices = [{ label: { text: { key: 'payment.original', values: { name: { list: originals } } } }, value: 'original' }, ...options(cards)];
    // The gift card that paid is the only way there is.
    const isCardAlone = orders.length > 0 && cards.length === 1 && orders.every((order) => originalOf(order) === cards[0]?.id);
    if (isCardAlone && (!said || said.wishes.every((wish) => wish.kind === 'gift_card'))) return { value: 'original' };
    if (!said) return cards.length === 0 ? { value: 'original' } : { ask: { key: 'payment.ask-refund', values: { name: { list: originals } } }, options: choices };
    for (const wish of said.wishes) {
      if (wish.kind === 'original') return { value: 'original' };
      const found = fitting(wish, methodsOf(finding.customer), originalOf(orders[0]));
      const ids = found.map(({ id }) => id);
      if (orders.length > 0 && orders.every((order) => ids.includes(originalOf(order) ?? ''))) return { value: 'original' };
      if (found.length === 1 && cards.some(({ id }) => id === ids[0])) return { value: ids[0] ?? 'original' };
      // The shop keeps no methods: what the order was paid with is known by its kind alone.
      if (orders.length > 0 && orders.every((order) => originalOf(order) === undefined && order.payments[0]?.method === wish.kind)) return { value: 'original' };
    }
    return { ask: { key: cards.length > 0 ? 'payment.refund-only-to' : 'payment.refund-only-original', values: { name: { list: originals } } }, options: choices };
  },
});

const methodsOf = (customer: Customer | undefined): readonly PaymentMethod[] => customer?.paymentMethods ?? [];

/** A method as it is told in a plan: the one named, or the way the order was paid. */
export function methodName(id: string, customer: Customer | undefined, order: Order): Value {
  const method = methodsOf(customer).find((one) => one.id === id);
  return method ? paymentName({ method: method.kind, ...method }) : paymentName(order.payments.find((payment) => payment.kind !== 'refund'));
}

/** The id to write with: none where it goes the way the order was paid and the shop keeps no methods. */
export const methodId = (id: string, order: Order): { readonly methodId?: string } => {
  const chosen = id === 'original' ? originalOf(order) : id;
  return chosen === undefined ? {} : { methodId: chosen };
};

/** Orders of the pieces settled in slot `items`. */
export const ordersOfItems = (finding: Finding): readonly string[] =>
  [...new Set(((finding.slots['items'] as { readonly picks?: readonly { readonly order: string }[] } | undefined)?.picks ?? []).map(({ order }) => order))];

/** What a gift card holds, of those the customer has. */
export const balanceOf = (id: string, customer: Customer | undefined): PaymentMethod['balance'] => methodsOf(customer).find((one) => one.id === id && one.kind === 'gift_card')?.balance;

