import type { OrderState } from '../order.js';
import type { Entity } from '../understanding.js';

/** The states words that are read as markers mean. */
const marked: Readonly<Partial<Record<string, readonly OrderState[]>>> = { pending: ['unpaid', 'under_review', 'paid', 'packed'], delivered: ['delivered'], cancelled: ['cancelled'] };

/** Words for the other states, in the languages of the bot. */
const words: readonly (readonly [readonly OrderState[], RegExp])[] = [
  [['unpaid'], /\b(?:unpaid|not paid|impagad[oa]s?|sin pagar|não pag[oa]s?|impayée?s?|unbezahlte?[nr]?)(?![\p{L}\p{N}])|неоплаченн|غير (?:ال)?مدفوع|未付款|待付款/iu],
  [['returned', 'refunded'], /\b(?:returned|refunded|devuelt[oa]s?|reembolsad[oa]s?|devolvid[oa]s?|retournée?s?|remboursée?s?|zurückgeschickte?[nr]?|erstattete?[nr]?)(?![\p{L}\p{N}])|возвращ[её]нн|(?:ال)?(?:مرتجع|مسترد)|已退(?:货|款)/iu],
  [['shipped'], /\b(?:shipped|on (?:its|the|their) way|enviad[oa]s|en camino|a caminho|expédiée?s|versandte?[nr]?|unterwegs)\b|отправленн|в пути|(?:تم شحن|المشحون)|已发货|在路上|运输中/iu],
];

/** The states a text speaks of ("my cancelled orders"); null when it speaks of none. */
export function statesSaid(text: string, entities: readonly Entity[]): readonly OrderState[] | null {
  const markers = entities.flatMap((entity) => (entity.kind === 'marker' ? marked[entity.value] ?? [] : []));
  return markers.length > 0 ? markers : words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
