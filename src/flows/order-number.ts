/** A number as it is compared: letters and digits alone, upper case. */
export const bareNumber = (number: string): string => number.replace(/[^0-9A-Z]/giu, '').toUpperCase();

/** Whether a number as it was said is an order's: the whole of it, or at least its last five signs. */
export const isOrderNumber = (order: { readonly number: string }, said: string): boolean => {
  const [own, heard] = [bareNumber(order.number), bareNumber(said)];
  return own === heard || (heard.length >= 5 && own.endsWith(heard));
};

/** What a notice about a return or its money is about: two that tell the same of the same number are one. */
export const aboutReturn = (what: 'received' | 'refunded' | 'repair' | 'exchange', number: string): string => `return|${bareNumber(number)}|${what}`;
