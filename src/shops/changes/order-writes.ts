import type { OrderChange, ShopWriter, WriteRefusal } from '../../ports/shop.js';
import { changeAddress, changeContact, extendProtection, rebookDelivery } from './delivery.js';
import type { OpeningFacts, OrderChanger } from './facts.js';
import { grantGoodwill } from './goodwill.js';
import { changeItems, changeQuantities } from './items.js';
import { notePacking } from './packing.js';
import { cancelOrder, changePayment } from './payment.js';
import { adjustPrice } from './prices.js';
import { decideRefund, requestRefund } from './refunds.js';
import { announceReturnShipment, decideReturn, withdrawReturn } from './return-life.js';
import { openExchange, openRepair, openReturn, type Opened } from './returns.js';

/** The writes that change one order. */
export type OrderMethod = Exclude<keyof ShopWriter, 'changeDefaultAddress' | 'claimCoupon' | 'receiptOf'>;

/** How a shop carries a change out: look the facts up, work it out, store it with its receipt, all or nothing and once a key. */
export interface ChangeRunner {
  change<R extends OrderChange, A extends object>(method: OrderMethod, changer: OrderChanger<R, A>, request: R, key: string, at: string): Promise<A | WriteRefusal>;
  /** The same, with numbers kept free for a return. */
  open<R extends OrderChange>(method: OrderMethod, opener: OrderChanger<R, Opened, OpeningFacts>, request: R, key: string, at: string): Promise<Opened | WriteRefusal>;
}

/** All writes on orders over one way to carry them out. */
export const orderWrites = ({ change, open }: ChangeRunner, now: () => string): Pick<ShopWriter, OrderMethod> => ({
  changeAddress: (request, key) => change('changeAddress', changeAddress, request, key, now()),
  changeContact: (request, key) => change('changeContact', changeContact, request, key, now()),
  changeItems: (request, key, at) => change('changeItems', changeItems, request, key, at),
  changeQuantities: (request, key, at) => change('changeQuantities', changeQuantities, request, key, at),
  adjustPrice: (request, key, at) => change('adjustPrice', adjustPrice, request, key, at),
  changePayment: (request, key, at) => change('changePayment', changePayment, request, key, at),
  cancelOrder: (request, key, at) => change('cancelOrder', cancelOrder, request, key, at),
  openReturn: (request, key, at) => open('openReturn', openReturn, request, key, at),
  openExchange: (request, key, at) => open('openExchange', openExchange, request, key, at),
  openRepair: (request, key, at) => open('openRepair', openRepair, request, key, at),
  requestRefund: (request, key, at) => change('requestRefund', requestRefund, request, key, at),
  decideReturn: (request, key, at) => change('decideReturn', decideReturn, request, key, at),
  decideRefund: (request, key, at) => change('decideRefund', decideRefund, request, key, at),
  announceReturnShipment: (request, key, at) => change('announceReturnShipment', announceReturnShipment, request, key, at),
  withdrawReturn: (request, key, at) => change('withdrawReturn', withdrawReturn, request, key, at),
  grantGoodwill: (request, key, at) => change('grantGoodwill', grantGoodwill, request, key, at),
  notePacking: (request, key, at) => change('notePacking', notePacking, request, key, at),
  rebookDelivery: (request, key) => change('rebookDelivery', rebookDelivery, request, key, now()),
  extendProtection: (request, key) => change('extendProtection', extendProtection, request, key, now()),
});
