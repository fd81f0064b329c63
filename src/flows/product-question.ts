import { defineAnswerFlow, type Finding, type Found, type Slot } from '../dialogue/flow.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { namesIn } from './grounding/names.js';
import { optionsOf } from './grounding/options.js';
import { readWish, type Part, type VariantWish } from './grounding/wish.js';
import { longestRead } from './grounding/words.js';
import type { Product, Variant } from '../domain/product.js';

type Said = { readonly part: Part };
type Asked = { readonly product: string; readonly part: Part | null };

/** Variants are told one by one up to here; beyond, by their options. */
const mostTold = 12;

/** The product of the catalogue that is asked about, with the words that say what is wanted to know. */
const productSlot: Slot<Json> = {
  hear(heard) {
    if (heard.text.trim() === '') return undefined;
    const part: Part = { text: heard.text.slice(0, longestRead), entities: heard.entities.filter(({ end }) => end <= longestRead) };
    return { said: { part } as unknown as Json, definite: false };
  },
  async find(finding): Promise<Found<Json>> {
    const { part = null } = (finding.said ?? {}) as unknown as Partial<Said>;
    const products = await finding.shop.products();
    // "The lamp Luma": of what is named, the name that fits the fewest products says most.
    const [mention] = part ? namesIn(part.text, products).toSorted((a, b) => a.products.length - b.products.length) : [];
    const ids = mention?.products ?? [];
    const [only] = ids;
    const value = (product: string): Json => ({ product, part }) as unknown as Json;
    if (only !== undefined && ids.length === 1) return { value: value(only) };
    const label = (id: string): string => products.find((product) => product.id === id)?.name ?? id;
    if (ids.length > 1) return { ask: { key: 'product-question.which' }, options: ids.slice(0, 8).map((id) => ({ label: label(id), value: value(id) })) };
    const talked = await talkedAbout(finding);
    if (talked !== undefined) return { value: value(talked) };
    return { ask: { key: part && finding.kept !== undefined ? 'product-question.unknown' : 'product-question.ask' }, keep: true };
  },
};

/** The product of the only line that was talked about last. */
async function talkedAbout({ topic, shop, customer }: Finding): Promise<string | undefined> {
  const [item, second] = topic.items ?? [];
  if (!item || second || !customer) return undefined;
  const order = (await shop.ordersOf(customer.id)).find(({ number }) => number === item.order);
  return order?.lines.find(({ id }) => id === item.line)?.productId;
}

/** Facts on a product as the shop has them now: what there is of it, what is in stock, what it costs. Nothing beyond the catalogue is told. */
export const productQuestion = defineAnswerFlow({
  id: 'product-question',
  needs: 'L0',
  slots: { product: productSlot },
  refusals: ['not-found'],
  async answer({ slots, shop, now, timeZone }) {
    const { product: id, part } = slots.product as unknown as Asked;
    const product = await shop.findProduct(id);
    if (!product) return { refused: 'not-found' };
    const wish = part ? readWish(part, product) : undefined;
    const inStock = product.variants.filter(({ stock }) => stock > 0);
    const fitting = wish ? inStock.filter((variant) => fits(variant, wish)) : inStock;
    const sorted = fitting.toSorted((a, b) => a.price.amount - b.price.amount);
    const [cheapest] = sorted;
    const dearest = sorted.at(-1);
    const asOf: Value = { date: now, zone: timeZone, style: 'both' };
    if (inStock.length === 0) return { say: [{ key: 'product-question.sold-out', values: { product: product.name, asOf } }] };
    if (!cheapest || !dearest) return { say: [{ key: 'product-question.none-such', values: { product: product.name, count: inStock.length, options: optionLines(inStock), asOf } }] };
    const say: Reply[] = [{
      key: sorted.length <= mostTold ? 'product-question.list' : 'product-question.summary',
      values: {
        product: product.name, count: sorted.length, all: product.variants.length, asOf, options: optionLines(sorted), lines: { lines: sorted.slice(0, mostTold).map(told) },
        cheapest: { money: cheapest.price }, dearest: { money: dearest.price },
      },
    }];
    const end = wish?.compare.find(({ of, most }) => of === 'price' && most);
    if (end && sorted.length > 1) say.push({ key: `product-question.${end.direction === 'down' ? 'cheapest' : 'dearest'}`, values: { product: product.name, variant: told(end.direction === 'down' ? cheapest : dearest) } });
    return { say };
  },
});

const fits = (variant: Variant, wish: VariantWish): boolean =>
  wish.must.every((any) => any.some(({ option, value }) => variant.options[option] === value)) && !wish.not.some((any) => any.some(({ option, value }) => variant.options[option] === value));

const told = (variant: Variant): Value => ({ text: { key: 'swap-items.variant', values: { options: Object.values(variant.options).join(', '), price: { money: variant.price } } } });

const optionLines = (variants: readonly Product['variants'][number][]): Value => ({ lines: [...optionsOf(variants)].map(([option, values]) => `${option}: ${values.join(', ')}`) });
