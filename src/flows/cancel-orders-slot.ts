import type { Finding, Found, Heard, Mention, Refused, Slot } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Entity } from '../domain/understanding.js';
import { pointsAtThings, supposesMore } from '../domain/words/another-order.js';
import { speaksOfOrder } from '../domain/words/orders.js';
import { POINTS_AT_IT, WHOLE } from '../domain/words/whole-order.js';
import { goingOnly } from './going-only.js';
import type { Reference } from './grounding.js';
import type { Candidate } from './grounding/selection.js';
import { candidatesOf, fold } from './items-slot.js';
import { meansTold } from './slots.js';
import { hearOrders, severalOrdersSlot } from './several-orders.js';

/** What was said of the orders to cancel: the usual reference, the words themselves for the things they name, and whether one whole order is meant. */
type Said = Reference & { readonly every: boolean; readonly two: boolean; readonly pending: boolean; readonly message: { readonly text: string; readonly entities: readonly Entity[] }; readonly whole: boolean; readonly back: boolean; /** Orders of the plan the words are said to add to. */ readonly added?: readonly string[] };
type Piece = { readonly order: string; readonly line: string };

/** Hears which orders are meant, beside the things that are named. "Cancelled" is what is to become of them, not which they are. */
export function hearCancelled(heard: Heard): Mention | undefined {
  const entities = heard.entities.filter((entity) => !(entity.kind === 'marker' && entity.value === 'cancelled'));
  const own = { ...heard, entities };
  const mention = hearOrders(own);
  if (!mention) return undefined;
  const reference = mention.said as Omit<Said, 'message' | 'whole' | 'back'>;
  const whole = WHOLE.test(heard.text);
  const going = goingOnly({ ...own, asked: false });
  const said: Said = {
    ...reference, ...(whole ? { every: false, all: false } : {}), whole, back: whole || POINTS_AT_IT.test(heard.text),
    message: { text: going.text.slice(0, 2000), entities: going.entities.filter(({ end }) => end <= 2000) },
  };
  const isDefinite = whole ? reference.numbers.length > 0 : mention.definite;
  return { ...mention, said: said as unknown as Json, definite: isDefinite };
}

/** The pieces that words name, wherever they are; of words that fit several orders alike all, or the orders to choose from. */
function named({ message, all: isAll, two }: Said, all: readonly Candidate[], fits: (one: Candidate) => boolean, finding: Finding): { readonly pieces: readonly Piece[]; readonly open: readonly Piece[] } {
  const entities = message.entities.filter(({ kind }) => !['all', 'both', 'except'].includes(kind));
  const { selection } = fold({ messages: [{ text: message.text, entities, asked: false, intent: finding.intent }] }, undefined, all, fits, finding.topic.order);
  const among = selection.open?.among ?? [];
  return isAll || two ? { pieces: [...selection.picks, ...among], open: [] } : { pieces: selection.picks, open: among };
}

/** Orders of the pieces talked about last; an order talked about since counts before them. */
const talkedOf = ({ topic }: Finding): { readonly orders: readonly string[]; readonly pieces: readonly Piece[] } => {
  const pieces = topic.items ?? [];
  const orders = [...new Set(pieces.map(({ order }) => order))];
  if (orders.length > 1 || (orders.length === 1 && (topic.order === undefined || topic.order === orders[0]))) return { orders, pieces };
  return { orders: topic.order === undefined ? [] : [topic.order], pieces: [] };
};

const isPlain = (said: Said): boolean => said.numbers.length + said.positions.length + said.days.length + (said.inStates ?? []).length === 0 && !said.every && !said.except && said.oldest !== true;

/** The orders to cancel: those named, those that hold what is named, or those of what was talked about; else as for any orders. */
export function cancelledOrders(fits: (order: Order, finding: Finding) => boolean, stop: (orders: readonly Order[], finding: Finding) => Refused<string>): Slot<string[]> {
  const several = severalOrdersSlot(fits, stop, hearCancelled);
  /** Those the plan is about with those named on top of them; nothing is heard where nothing more is named. */
  async function more(said: Said, added: readonly string[], finding: Finding): Promise<Found<string[]>> {
    const { all } = await candidatesOf(finding);
    const { pieces } = named(said, all, () => true, finding);
    const others = pieces.length + said.numbers.length === 0 && supposesMore(said.message.text) ? furtherOf(said, added, all, finding) : [];
    const numbers = [...new Set([...added, ...said.numbers, ...pieces.map(({ order }) => order), ...others])];
    return numbers.length > added.length ? several.find({ ...finding, said: numbered(said, numbers) }) : { value: [...added], heard: pieces.length > 0 };
  }
  /** "If there's another one with any of those in it": the orders it can be done with that hold such a thing, or are left at all. */
  function furtherOf(said: Said, added: readonly string[], all: readonly Candidate[], finding: Finding): string[] {
    const things = new Set(all.filter(({ order }) => added.includes(order.number)).map(({ product }) => product.id));
    const isMeant = (one: Candidate): boolean => !added.includes(one.order.number) && fits(one.order, finding) && (!pointsAtThings(said.message.text) || things.has(one.product.id));
    return [...new Set(all.filter(isMeant).map(({ order }) => order.number))];
  }
  /** Who names one thing of an order that would go whole is asked; by number, by its place, as "the order with the lamp", or with all that is in it the order itself is named. */
  async function wholeOnly(found: Found<string[]>, finding: Finding): Promise<Found<string[]>> {
    const said = finding.said as unknown as Said | undefined;
    if (!('value' in found) || found.rest === undefined || !said || said.numbers.length + said.positions.length > 0 || said.whole || speaksOfOrder(said.message.text)) return found;
    const { all } = await candidatesOf(finding);
    const own = all.filter(({ order }) => found.value.includes(order.number));
    const { pieces, open } = named(said, own, () => true, finding);
    const { rest: _, ...part } = found;
    return pieces.length + open.length === own.length ? found : part;
  }
  const numbered = (said: Said | undefined, numbers: readonly string[]): Json => ({ ...said, numbers, positions: [], days: [], inStates: [], all: false, except: false, every: false, two: false, pending: false, words: said?.words ?? '', quantity: null }) as unknown as Json;
  return {
    ...several,
    adding: (said, value) => ({ ...(said as Record<string, Json>), added: value }),
    async find(finding): Promise<Found<string[]>> {
      if (finding.narrows !== undefined) return wholeOnly(await several.find(finding), finding);
      const given = finding.said as unknown as Said | undefined;
      if (given?.added) return more(given, given.added, finding);
      const said = given;
      const { orders, all } = await candidatesOf(finding);
      const fitting = ({ order }: Candidate): boolean => fits(order, finding);
      const take = (numbers: readonly string[]): Promise<Found<string[]>> => several.find({ ...finding, said: numbered(said, [...new Set(numbers)]) });
      if (said && said.numbers.length === 0 && said.positions.length === 0 && !said.every && !said.except) {
        const { pieces, open } = named(said, all, fitting, finding);
        const numbers = [...new Set(pieces.map(({ order }) => order))];
        if (open.length === 0 && numbers.length > (said.two && !said.message.entities.some(({ kind }) => kind === 'both') ? 1 : 0)) return take(numbers);
        const among = orders.filter(({ number }) => open.some(({ order }) => order === number));
        if (among.length === 1 && among[0]) return take([...numbers, among[0].number]);
        if (numbers.length > 0 && said.days.length === 0) return take(numbers);
      }
      const talked = talkedOf(finding).orders.filter((number) => orders.some((order) => order.number === number));
      const isTalked = said === undefined || (isPlain(said) && (!said.two || talked.length === 2));
      const isPossible = orders.some((order) => talked.includes(order.number) && fits(order, finding));
      if (isTalked && talked.length > 0 && (isPossible || said?.back === true || meansTold(finding, said, orders.find(({ number }) => number === finding.topic.order)))) return take(talked);
      return several.find(finding);
    },
  };
}

/** Pieces that were named, or talked about, where they are not all of their order: they change nothing of what is cancelled, only what is said of it. */
export const namedPieces: Slot<Piece[]> = {
  restsOn: ['orders'],
  narrows: true,
  hear(heard) {
    const mention = hearCancelled(heard);
    return mention && !heard.asked ? { said: mention.said, definite: false } : undefined;
  },
  async find(finding): Promise<Found<Piece[]>> {
    const said = finding.said as unknown as Said | undefined;
    const numbers = finding.slots['orders'] as string[];
    const { all } = await candidatesOf(finding);
    const own = all.filter(({ order }) => numbers.includes(order.number));
    const told = said ? named(said, own, () => true, finding) : { pieces: [], open: [] };
    const words = [...told.pieces, ...told.open];
    // "Yes, the lamp", where the whole order would go: said once, then it is a yes to that.
    if (finding.narrows !== undefined && (words.length === 0 || said?.back === true || speaksOfOrder(said?.message.text ?? '') || words.length === own.length)) return { value: finding.narrows as Piece[], heard: words.length > 0 };
    const pieces = words.length > 0 ? words : said?.whole === true || (said && !isPlain(said)) ? [] : talkedOf(finding).pieces;
    return { value: pieces.filter((one) => own.some(({ order, line }) => order.number === one.order && line.id === one.line)).map(({ order, line }) => ({ order, line })) };
  },
};
