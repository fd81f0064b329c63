/** A number as it is compared: letters and digits alone, upper case. */
export const bareNumber = (number: string): string => number.replace(/[^0-9A-Z]/giu, '').toUpperCase();

/** Whether a number as it was said is an order's: the whole of it, or at least its last five signs. */
export const isOrderNumber = (order: { readonly number: string }, said: string): boolean => {
  const [own, heard] = [bareNumber(order.number), bareNumber(said)];
  return own === heard || (heard.length >= 5 && own.endsWith(heard));
};

/** Whoever says "the order with the lamp" names the order by it; "the lamp I ordered" names the lamp. */
export const speaksOfOrder = (text: string): boolean => /\b(?:orders?|purchases?|pedidos?|compras?|encomendas?|commandes?|achats?)(?!\p{L})|bestell(?:ung|nummer)|auftrag|(?<!\p{L})заказ(?!а[лнт])|покупк|طلب(?!ت)|订单|单子/iu.test(text);

/** What a notice about a return or its money is about: two that tell the same of the same number are one. */
export const aboutReturn = (what: 'received' | 'refunded' | 'repair' | 'exchange', number: string): string => `return|${bareNumber(number)}|${what}`;
