import type { DocumentRequest, Text, Value } from '../domain/message.js';
import { money, subtract, times, type Money } from '../domain/money.js';
import type { Order, Payment } from '../domain/order.js';
import type { Texts } from '../ports/texts.js';
import { addressLines } from './address-block.js';

/** A line of the table, ready to be set. */
export interface InvoiceLine {
  readonly quantity: string;
  readonly name: string;
  readonly options: string;
  readonly price: string;
  readonly discount: string;
  readonly sum: string;
}

/** All words and numbers of a receipt. Tax is not among them: the shop's system does not tell how much of a price it is. */
export interface InvoiceContent {
  readonly document: string;
  readonly language: string;
  readonly title: string;
  readonly seller: readonly string[];
  readonly facts: readonly { readonly caption: string; readonly value: string }[];
  readonly address: { readonly caption: string; readonly name: string; readonly lines: readonly string[] };
  readonly columns: readonly string[];
  readonly lines: readonly InvoiceLine[];
  readonly sums: readonly { readonly caption: string; readonly value: string; readonly isTotal: boolean }[];
  readonly payments: { readonly title: string; readonly lines: readonly string[] };
  readonly notes: readonly string[];
}

/** The day the receipt is of: when the order was placed, else when it was paid. */
export const invoiceDay = (order: Order): string | undefined => order.placedAt ?? order.payments.find((payment) => payment.at !== undefined)?.at ?? order.history[0]?.at;

const methodKeys: Readonly<Record<Payment['method'], string>> = {
  card: 'payment-method.card', paypal: 'payment-method.paypal', bank_transfer: 'payment-method.bank_transfer', gift_card: 'payment-method.gift_card', wallet: 'payment-method.wallet',
};

/** Says what a receipt needs to say, in a language, days being told in `zone`. */
export function invoiceWords(texts: Texts, locale: string, zone: string | undefined, { order, seller }: Extract<DocumentRequest, { document: 'invoice' }>): InvoiceContent {
  const say = (key: string, values?: Text['values']) => texts.say(values ? { key, values } : { key }, locale);
  const amount = (one: Money): string => texts.value({ money: one }, locale);
  const day = (at: string): string => texts.value({ date: at, style: 'day', ...(zone === undefined ? {} : { zone }) }, locale);
  const placed = invoiceDay(order);
  const goods = order.lines.reduce((total, line) => total + line.unitPrice.amount * line.quantity, 0);
  const discount = order.lines.reduce((total, line) => total + line.discount.amount, 0);
  const nameOf = (payment: Payment): Value => (payment.brand !== undefined && payment.lastFour !== undefined ? `${payment.brand} •• ${payment.lastFour}` : { text: { key: methodKeys[payment.method] } });
  const moved = order.payments.filter((payment) => ['succeeded', 'settled', 'refunded'].includes(payment.state));
  return {
    document: say('paper.document', { number: order.number }),
    language: texts.locales.find((known) => known === locale) ?? texts.locales.find((known) => known === locale.split('-')[0]) ?? 'en',
    title: say('paper.title'),
    seller: [seller.name, seller.siteUrl.replace(/^https?:\/\//u, '')].filter((part) => part !== ''),
    facts: [
      { caption: say('label.order-number'), value: order.number },
      ...(placed === undefined ? [] : [{ caption: say('paper.day'), value: day(placed) }]),
      { caption: say('paper.currency'), value: order.currency },
    ],
    address: {
      caption: say('paper.delivered-to'), name: order.shippingAddress.name,
      lines: [...addressLines(order.shippingAddress), texts.value({ country: order.shippingAddress.country }, locale)],
    },
    columns: [say('paper.quantity'), say('paper.item'), say('paper.price'), say('paper.discount'), say('paper.sum')],
    lines: order.lines.map((line) => ({
      quantity: String(line.quantity), name: line.name, options: Object.entries(line.options).map(([name, value]) => `${name}: ${value}`).join(' · '),
      price: amount(line.unitPrice), discount: line.discount.amount === 0 ? '–' : amount(money(-line.discount.amount, line.discount.currency)),
      sum: amount(subtract(times(line.unitPrice, line.quantity), line.discount)),
    })),
    sums: [
      { caption: say('paper.goods'), value: amount(money(goods, order.currency)), isTotal: false },
      ...(discount > 0 ? [{ caption: say('paper.discounts'), value: amount(money(-discount, order.currency)), isTotal: false }] : []),
      { caption: say('paper.shipping'), value: amount(order.shippingFee), isTotal: false },
      { caption: say('paper.total'), value: amount(order.total), isTotal: true },
    ],
    payments: {
      title: say('paper.payments'),
      lines: moved.map((payment) => say(payment.kind === 'refund' || payment.state === 'refunded' ? 'paper.paid-back' : 'paper.paid', {
        amount: { money: payment.amount }, method: nameOf(payment), dated: payment.at === undefined ? 'no' : 'yes', at: payment.at === undefined ? '' : day(payment.at),
      })),
    },
    notes: [say('paper.tax'), ...(order.itemsChanged === true ? [say('paper.changed')] : [])],
  };
}
