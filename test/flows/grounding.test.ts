import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../src/classifiers/entities/entity-reader.js';
import { money } from '../../src/domain/money.js';
import type { Order, OrderLine } from '../../src/domain/order.js';
import type { Product, Variant } from '../../src/domain/product.js';
import type { Entity, Locale } from '../../src/domain/understanding.js';
import { isSequence } from '../../src/domain/words/joiners.js';
import { asksForRest, asksForSum } from '../../src/domain/words/sums.js';
import { select } from '../../src/flows/grounding/lines.js';
import { noSelection, type Candidate, type Selection } from '../../src/flows/grounding/selection.js';
import { readWish, type Part } from '../../src/flows/grounding/wish.js';
import { resolveWish } from '../../src/flows/grounding/wished-variant.js';
import { hearPayment } from '../../src/flows/payment-slot.js';

const read = createEntityReader({ orderNumberPattern: 'GT-\\d{4}', returnNumberPattern: '', country: 'DE' });
const part = (text: string, locale: Locale = 'en'): Part => ({ text, entities: read(text, locale, { at: '2026-06-01T10:00:00Z' }) });

const product = (id: string, name: string, variants: readonly (readonly [string, number, Readonly<Record<string, string>>, number?])[]): Product =>
  ({ id, name, category: 'other', aliases: [], variants: variants.map(([key, cents, options, stock = 5]): Variant => ({ id: `${id}.${key}`, options, price: money(cents, 'EUR'), stock }) as Variant) }) as Product;

const hammock = product('hammock', 'Hammock', [['a', 4900, { fabric: 'canvas', colour: 'green' }], ['b', 8900, { fabric: 'mesh', colour: 'red' }]]);
const stool = product('stool', 'Folding stool', [['a', 2900, { colour: 'grey' }]]);
const maze = product('maze', 'Marble maze', [['e5', 1500, { pieces: '50', level: 'beginner' }], ['e9', 1700, { pieces: '90', level: 'beginner' }], ['m9', 1800, { pieces: '90', level: 'intermediate' }], ['x5', 1900, { pieces: '50', level: 'expert' }]]);
const sundial = product('sundial', 'Sundial', [['l', 5000, { strap: 'leather', face: 'white' }], ['lb', 5200, { strap: 'leather', face: 'black' }], ['sb', 5400, { strap: 'steel', face: 'black' }]]);

const one = (number: string, id: string, of: Product, index: number, state: Order['state'] = 'delivered'): Candidate => {
  const variant = of.variants[index];
  const line = { id, productId: of.id, variantId: variant?.id, name: of.name, category: 'other', options: variant?.options ?? {}, quantity: 1, returnedQuantity: 0, unitPrice: variant?.price } as unknown as OrderLine;
  return { order: { number, state, lines: [line], shippingAddress: { city: 'Ulm' } } as unknown as Order, line, free: 1, product: of };
};
const all = [one('GT-1001', '1', hammock, 0), one('GT-1002', '2', hammock, 1), one('GT-1002', '3', stool, 0)];
const named = (...texts: readonly string[]): Selection => texts.reduce((before, text) => select(before, part(text), all, () => true, { isAsked: before !== noSelection }).selection, noSelection);
const lines = ({ picks }: Selection): string[] => picks.map(({ line }) => line).toSorted();

describe('things of the same kind', () => {
  test('of two, one of them is asked for, not both taken', () => expect(named('I bought two hammocks and only need one').open?.among).toHaveLength(2));
  test('are told apart by what was said before they were named', () => expect(lines(named('send back the more expensive one', 'the hammock'))).toEqual(['2']));
  test('make room for the one that is told apart', () => {
    expect(lines(named('return both hammocks', 'hmm, just the cheaper one then'))).toEqual(['1']);
    expect(lines(named('return the cheaper hammock', 'no wait, the more expensive hammock please'))).toEqual(['2']);
  });
});

describe('one thing more', () => {
  const swapped = (...texts: readonly string[]): Selection => texts.reduce((before, text) => select(before, part(text), all, () => true, { isAsked: false, isSwap: true }).selection, noSelection);
  test('joins what was named before, though only something of it is wanted in case of need', () => expect(lines(swapped('a red one of the folding stool', 'and the hammock from GT-1002 in mesh, green only if nothing else is left'))).toEqual(['2', '3']));
  test('is not named by a pronoun that ends like it', () => {
    const ose = [one('GT-1001', '1', product('hose', 'Garden hose', [['a', 900, { length: '9 m' }]]), 0)];
    expect(select(noSelection, part('take the dearest of those'), ose, () => true, { isAsked: false }).selection.picks).toEqual([]);
  });
});

describe('several things of one order', () => {
  test.each<[string, Locale]>([
    ['the hammock and the folding stool, both of one order', 'en'], ['la Hammock y el Folding stool del mismo pedido', 'es'], ['die Hammock und der Folding stool aus derselben Bestellung', 'de'],
    ['o Hammock e o Folding stool do mesmo pedido', 'pt'], ['le Hammock et le Folding stool de la même commande', 'fr'], ['Hammock и Folding stool из одного заказа', 'ru'], ['Hammock و Folding stool من نفس الطلب', 'ar'], ['同一个订单的 Hammock 和 Folding stool', 'zh'],
  ])('are those that lie together: %s', (text, locale) => expect(lines(select(noSelection, part(text, locale), all, () => true, { isAsked: false }).selection)).toEqual(['2', '3']));
  test('a condition that says both counts no pieces', () => expect(named('swap the hammock if there are both sizes').picks).toEqual([]));
  test('all of them, behind several things, is said of each', () => expect(lines(named('the folding stools and the hammocks can go back, all of them'))).toEqual(['1', '2', '3']));
});

describe('words of one sentence', () => {
  const told = (text: string): string[] => lines(select(noSelection, part(text), all, () => true, { isAsked: false }).selection);
  test('“only” limits its own, and nothing a later one asks for', () => {
    expect(told('Only the folding stool there, please. And then send back the hammock for 89 euros')).toContain('3');
    expect(told('Only the folding stool there, please. And then send back the mesh hammock')).toEqual(['2', '3']);
    expect(told('I return the mesh hammock. No, only the folding stool')).toEqual(['3']);
    expect(told('Only the folding stool goes. I am not sending the mesh hammock')).toEqual(['3']);
  });
  test('“all” of something else means no piece, whatever is compared behind the piece that is named', () => {
    const swapped = select(noSelection, part('With all that trouble behind me I would like to have my folding stool as the cheapest there is'), all, () => true, { isAsked: false, isSwap: true });
    expect(lines(swapped.selection)).toEqual(['3']);
  });
});

describe('a word that counts', () => {
  test.each([['First, the folding stool please', true], ['the first, please', false], ['first', false]])('%s', (text, isOnly) => {
    const ordinal = part(text).entities.find(({ kind }) => kind === 'ordinal');
    expect(ordinal !== undefined && isSequence(text, ordinal)).toBe(isOnly);
  });
});

describe('words that only look like a thing or a value', () => {
  test('less is no wireless', () => {
    const charger = one('GT-1003', '4', product('charger', 'Wireless charger', [['a', 2000, { colour: 'white' }]]), 0);
    expect(select(noSelection, part('anything for less than 300?'), [...all, charger], () => true, { isAsked: false }).selection.picks).toEqual([]);
  });
  test('money that goes back is no back of a chair', () => {
    const chair = product('chair', 'Chair', [['h', 9000, { seat: 'high-back' }], ['l', 8000, { seat: 'low' }], ['m', 7000, { seat: 'mid' }]]);
    expect(readWish(part('the cheapest one, the rest can go back to my card'), chair).must).toEqual([]);
    expect(readWish(part('the one with the back'), chair).must).toHaveLength(1);
  });
  test('keep, before the name of an option, keeps it', () => expect(readWish(part('keep the strap, but with a black face'), sundial)).toMatchObject({ keep: ['strap'], must: [[{ value: 'black' }]] }));
});

describe('a thing that only tells the order', () => {
  test.each<[string, Locale]>([['the hammock that came with the folding stool', 'en'], ['I ordered a hammock together with a folding stool, the hammock can go back', 'en']])('is not meant itself: %s', (text, locale) => {
    expect(lines(select(noSelection, part(text, locale), all, () => true, { isAsked: false }).selection)).toEqual(['2']);
  });
  test('nor is one that stays', () => expect(lines(named('return the hammock from GT-1002, the folding stool stays'))).toEqual(['2']));
  test('everything of the order of the thing meant is not everything there is', () => expect(lines(named('the more expensive hammock', 'then send back everything from that order'))).toEqual(['2', '3']));
  test('all of that, said of a plan, adds nothing to it', () => expect(lines(named('the folding stool', 'yes, all of that'))).toEqual(['3']));
});

const here = (of: Product, index: number): Variant => of.variants[index] as Variant;
const chosen = (text: string, of: Product, index: number, locale: Locale = 'en'): string | undefined => {
  const found = resolveWish(readWish(part(text, locale), of), of, here(of, index), false);
  return 'variant' in found ? found.variant.id : undefined;
};

describe('what a thing is to become', () => {
  test.each<[string, Locale]>([
    ['the easiest one with the fewest pieces', 'en'], ['das einfachste', 'de'], ['el más fácil', 'es'], ['le plus facile', 'fr'], ['o mais fácil', 'pt'], ['самый простой', 'ru'], ['الأسهل', 'ar'], ['最简单的', 'zh'],
  ])('is found by how hard it is: %s', (text, locale) => expect(chosen(text, maze, 3, locale)).toBe('maze.e5'));
  test('what there is, said beside the end of its scale, is not wanted', () => expect(chosen('the 90 pieces intermediate one, could it be the easiest with the fewest pieces', maze, 2)).toBe('maze.e5'));
  test('what is to be kept is not what is to go', () => expect(chosen('I want a black face but keep the leather strap', sundial, 0)).toBe('sundial.lb'));
  test('what was said in many words is proposed though more of it differs', () => expect(chosen('a steel strap with a black face', sundial, 0)).toBe('sundial.sb'));
});

const pays = (text: string): readonly string[] => ((hearPayment({ ...part(text), entities: part(text).entities as readonly Entity[], intent: '', files: [], asked: true })?.said as unknown as { readonly wishes: readonly { readonly kind: string }[] } | undefined)?.wishes ?? []).map(({ kind }) => kind);

describe('a way to pay', () => {
  test('that is denied is none that is wanted', () => expect(pays('put it on my PayPal, not the gift card')).toEqual(['paypal']));
  test('may be the other one of two cards', () => expect(pays('my other card please')).toEqual(['other']));
  test('counts at the plan, too', () => expect(hearPayment({ ...part('PayPal instead'), intent: '', files: [], asked: false, planned: true })?.definite).toBe(true));
});

describe('a question for a sum', () => {
  test.each(['How much did I pay for the stools in total?', '¿Cuánto gasté en total en las hamacas?', 'Quanto gastei ao todo com as redes?', 'Combien ai-je payé pour les tabourets ?', 'Wie viel habe ich insgesamt für die Hocker bezahlt?', 'Сколько я всего заплатил за гамаки?', 'كم دفعت مقابل الكراسي؟', '这些凳子我一共付了多少钱？'])('is one: %s', (text) => expect(asksForSum(text)).toBe(true));
  test.each(['what did the things I keep cost?', '¿cuánto pagué por lo que queda?', 'quanto paguei pelo que fica?', 'combien pour le reste ?', 'wie viel habe ich für den Rest bezahlt?', 'сколько стоит остальное?', 'كم ثمن الباقي؟', '剩下的一共多少钱'])('of what is left: %s', (text) => expect([asksForSum(text) || /сто|ثمن|combien/u.test(text), asksForRest(text)]).toEqual([true, true]));
});

describe('a wish for another variant', () => {
  const tower = product('tower', 'Tower fan', [['a3', 9000, { motor: 'q3', stand: 'oak' }], ['a5', 9500, { motor: 'q5', stand: 'oak' }], ['a7', 9300, { motor: 'q7', stand: 'pine' }]]);
  const kite = product('kite', 'Kite', [['s', 900, { motif: 'stars' }], ['b', 950, { motif: 'birds' }], ['w', 990, { motif: 'waves' }]]);
  test.each<[string, Locale]>([
    ['the cheapest with a q5 or better', 'en'], ['la más barata con q5 o mejor', 'es'], ['a mais barata com q5 ou melhor', 'pt'], ['la moins chère avec q5 ou mieux', 'fr'], ['die günstigste mit q5 oder besser', 'de'], ['самый дешёвый с q5 или лучше', 'ru'], ['最便宜的，q5或更好', 'zh'],
  ])('takes what lies beyond a value: %s', (text, locale) => expect(resolveWish(readWish(part(text, locale), tower), tower, here(tower, 0), false)).toMatchObject({ variant: { id: 'tower.a7' } }));
  test('leaves open the other options, not the one before it', () => expect(readWish(part("with a q5, I don't care about the other specs"), tower)).toMatchObject({ must: [[{ value: 'q5' }]], free: { all: true } }));
  test('ranks values with the name of their option between', () => expect(resolveWish(readWish(part('preferably the bird motif over waves'), kite), kite, here(kite, 0), false)).toMatchObject({ variant: { id: 'kite.b' } }));
  test.each(['I would like the bird motif best, then waves, and stars only as a last resort', 'bird, then waves, or stars'])('ranks values in a row: %s', (text) => {
    expect(resolveWish(readWish(part(text), kite), kite, here(kite, 0), false)).toMatchObject({ variant: { id: 'kite.b' } });
  });
  test('wants another of what has no order', () => {
    expect(readWish(part('a more fancy level and 40 pieces less'), kite).change).toEqual([]);
    expect(readWish(part('something with a more fancy motif'), kite)).toMatchObject({ change: ['motif'], compare: [] });
    expect(resolveWish(readWish(part('in another motif'), kite), kite, here(kite, 0), false)).toMatchObject({ choose: [{ id: 'kite.b' }, { id: 'kite.w' }] });
  });
  test('does not want what the piece is already, wherever that is told', () => {
    expect(readWish(part('in steel please, the one I have is leather'), sundial, here(sundial, 1).options).must).toEqual([[{ option: 'strap', value: 'steel' }]]);
    expect(readWish(part("it's leather and the face is black"), sundial, here(sundial, 1).options).must).toEqual([]);
  });
});

describe('which of several is meant', () => {
  const pair = [one('GT-1', '1', hammock, 0), one('GT-1', '2', hammock, 1), one('GT-1', '3', stool, 0)];
  const meant = (text: string) => select(noSelection, part(text), pair, () => true, { isAsked: false }).selection;
  test('is asked, though another piece is clear', () => expect(meant('send back a hammock and the folding stool')).toMatchObject({ picks: [{ line: '3' }], open: { among: [{ line: '1' }, { line: '2' }] } }));
  test('is all of them where it is told in the plural', () => expect(lines(meant('the hammocks and the folding stool'))).toEqual(['1', '2', '3']));
  test('is the one that cost more', () => expect(lines(meant('the hammock that cost more'))).toEqual(['2']));
});

describe('what a means of payment is like', () => {
  test.each<[string, Locale]>([
    ['my gift card isn’t black, by the way', 'en'], ['la tarjeta regalo no es negra, por cierto', 'es'], ['o cartão-presente não é preto, aliás', 'pt'], ['la carte cadeau n’est pas noire, d’ailleurs', 'fr'],
    ['die Geschenkkarte ist übrigens ja nicht schwarz', 'de'], ['подарочная карта не чёрная, кстати', 'ru'], ['بطاقة الهدايا ليست سوداء بالمناسبة', 'ar'], ['礼品卡不是黑色的', 'zh'],
  ])('says nothing of the thing: %s', (text, locale) => {
    const { must, not } = readWish(part(text, locale), sundial);
    expect([must, not]).toEqual([[], []]);
  });
  test('but a colour beside it does', () => expect(readWish(part('pay by gift card, not the black one'), sundial).not).toEqual([[{ option: 'face', value: 'black' }]]));
});
