import type { Shop, ShopWriter } from '../../src/ports/shop.js';

/** One writing call that reached the shop. */
export interface Write {
  readonly method: string;
  readonly request: unknown;
  readonly key: string;
}

/** Puts something between the bot and a shop's writer: everything written is kept in `writes`. */
export function watched(around: (write: Write, make: () => Promise<unknown>) => Promise<unknown> = (_, make) => make()): { readonly writes: Write[]; readonly shop: (shop: Shop) => Shop } {
  const writes: Write[] = [];
  const watch = <M extends Exclude<keyof ShopWriter, 'receiptOf'>>(writer: ShopWriter, method: M): ShopWriter[M] => (async (request: unknown, key: string, ...more: unknown[]) => {
    const write = { method, request, key };
    writes.push(write);
    return around(write, () => (writer[method] as (...given: unknown[]) => Promise<unknown>)(request, key, ...more));
  }) as ShopWriter[M];
  return {
    writes,
    shop: ({ reader, writer }) => ({
      reader,
      writer: {
        changeAddress: watch(writer, 'changeAddress'), changeContact: watch(writer, 'changeContact'), changeItems: watch(writer, 'changeItems'),
        changeQuantities: watch(writer, 'changeQuantities'), changePayment: watch(writer, 'changePayment'), cancelOrder: watch(writer, 'cancelOrder'),
        openReturn: watch(writer, 'openReturn'), openExchange: watch(writer, 'openExchange'), openRepair: watch(writer, 'openRepair'),
        adjustPrice: watch(writer, 'adjustPrice'), requestRefund: watch(writer, 'requestRefund'), grantGoodwill: watch(writer, 'grantGoodwill'), notePacking: watch(writer, 'notePacking'),
        decideReturn: watch(writer, 'decideReturn'), decideRefund: watch(writer, 'decideRefund'), announceReturnShipment: watch(writer, 'announceReturnShipment'), withdrawReturn: watch(writer, 'withdrawReturn'),
        rebookDelivery: watch(writer, 'rebookDelivery'), extendProtection: watch(writer, 'extendProtection'), changeDefaultAddress: watch(writer, 'changeDefaultAddress'),
        claimCoupon: watch(writer, 'claimCoupon'), receiptOf: (key) => writer.receiptOf(key),
      },
    }),
  };
}

/** What one reading call of the shop gives instead of the truth. */
export const reading = (shop: Shop, change: Partial<Shop['reader']>): Shop => ({ ...shop, reader: { ...shop.reader, ...change } });
