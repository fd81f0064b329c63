import { Fault } from '../../src/domain/fault.js';
import type { Shop } from '../../src/ports/shop.js';

/** A shop that never answers while `isDown` says so, and otherwise is the shop it is given: for tests of what others do then. */
export function createFailingShop(shop: Shop, isDown: () => boolean = () => true): Shop {
  const failing = <Half extends object>(half: Half): Half => new Proxy(half, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      return typeof member !== 'function' ? member : async (...args: unknown[]): Promise<unknown> => {
        if (isDown()) throw new Fault('shop.unreachable', 'The shop does not answer', { again: true });
        return await (Reflect.apply(member, target, args) as unknown);
      };
    },
  });
  return { reader: failing(shop.reader), writer: failing(shop.writer) };
}
