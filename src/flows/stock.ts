import type { Reading } from '../dialogue/flow.js';
import type { Order } from '../domain/order.js';

/** Whether all of some pieces of an order are in stock again, as they were bought. */
export async function areInStock(order: Order, pieces: readonly { readonly lineId: string; readonly quantity: number }[], { shop }: Pick<Reading, 'shop'>): Promise<boolean> {
  const enough = await Promise.all(pieces.map(async ({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.id === lineId);
    const product = line && await shop.findProduct(line.productId);
    const variant = product?.variants.find((one) => one.id === line?.variantId);
    return variant !== undefined && variant.stock >= quantity;
  }));
  return pieces.length > 0 && enough.every(Boolean);
}
