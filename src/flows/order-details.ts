import type { Reading } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { money, subtract, times } from '../domain/money.js';
import type { Order, OrderLine, Parcel } from '../domain/order.js';
import { paymentName } from './wording.js';

/** An instant that the shop system may not know, with a word for the sentence's `select`. */
export const dated = (at: string | undefined, zone: string, style: 'day' | 'both' = 'day'): { readonly dated: string; readonly at: Value } =>
  (at === undefined || at === '' ? { dated: 'no', at: '' } : { dated: 'yes', at: { date: at, zone, style } });

/** "colour: black, size: M": every option by its name, in the catalogue's words. */
const optionsOf = (line: OrderLine): string => Object.entries(line.options).map(([name, value]) => `${name}: ${value}`).join(', ');

function lineOf(line: OrderLine): Value {
  const options = optionsOf(line);
  const paid = subtract(times(line.unitPrice, line.quantity), line.discount);
  return {
    text: {
      key: 'order-details.line',
      values: {
        quantity: line.quantity, name: line.name, options, hasOptions: options === '' ? 'no' : 'yes', price: { money: line.unitPrice }, discount: { money: line.discount },
        hasDiscount: line.discount.amount > 0 ? 'yes' : 'no', paid: { money: paid }, returned: line.returnedQuantity,
      },
    },
  };
}

const parcelOf = (parcel: Parcel): Value => ({ text: { key: 'order-details.parcel', values: { number: parcel.trackingNumber, carrier: parcel.carrier, state: { text: { key: `parcel-state.${parcel.state}` } } } } });

/** The tracking numbers of an order, whatever state it is in; nothing where there is no parcel. */
export const parcelsOf = (order: Order): Reply[] => (order.parcels.length === 0 ? [] : [{
  key: 'order-details.parcels', values: { count: order.parcels.length, lines: { lines: order.parcels.map(parcelOf) } },
  links: order.parcels.flatMap((parcel) => (parcel.trackingUrl === '' ? [] : [{ label: { key: 'link.tracking', values: { number: parcel.trackingNumber } }, url: parcel.trackingUrl }])),
}]);

/** Everything an order says: lines with every option, prices, discounts, fee, total, payments, address and tracking numbers. */
export function orderDetails(order: Order, { timeZone }: Pick<Reading, 'timeZone'>): Reply[] {
  const discount = money(order.discounts.reduce((total, one) => total + one.amount.amount, 0), order.currency);
  const payments = order.payments.map((one): Value => ({ text: { key: `payment-status.${one.state}`, values: { amount: { money: one.amount }, method: paymentName(one), ...dated(one.at, timeZone, 'both') } } }));
  return [
    {
      key: 'order-details.order',
      values: { number: order.number, ...dated(order.placedAt, timeZone), state: { text: { key: `order-state.${order.state}` } }, lines: { lines: order.lines.map(lineOf) } },
    },
    {
      key: 'order-details.sums',
      values: { shipping: { money: order.shippingFee }, hasDiscount: discount.amount > 0 ? 'yes' : 'no', discount: { money: discount }, total: { money: order.total } },
    },
    ...(payments.length > 0 ? [{ key: 'order-details.payments', values: { lines: { lines: payments } } }] : []),
    { key: 'order-details.address', values: { address: { address: order.shippingAddress } } },
    ...parcelsOf(order),
    ...(order.returns.length > 0 ? [{ key: 'order-details.returns', values: { lines: { lines: order.returns.map((one): Value => ({ text: { key: 'order-details.return', values: { rma: one.number, state: returnState(one.state) } } })) } } }] : []),
  ];
}

const returnState = (state: Order['returns'][number]['state']): Value => ({ text: { key: returnStates[state] } });

const returnStates: Readonly<Record<Order['returns'][number]['state'], string>> = {
  label_issued: 'return-state.label_issued', in_transit: 'return-state.in_transit', received: 'return-state.received', accepted: 'return-state.accepted', rejected: 'return-state.rejected',
  refunded: 'return-state.refunded', withdrawn: 'return-state.withdrawn', requested: 'return-state.requested', declined: 'return-state.declined', expired: 'return-state.expired',
};
