import type { Address } from '../domain/address.js';
import type { DocumentRequest, Text, Value } from '../domain/message.js';
import { isExchange } from '../domain/return-life.js';
import type { Texts } from '../ports/texts.js';
import { addressLines } from './address-block.js';

/** A small heading and what stands under it. */
export interface Field {
  readonly caption: string;
  readonly value: string;
}

/** A person and place: the name is set apart from the lines under it, the country closes it. */
export interface AddressBlock {
  readonly caption: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly country: string;
}

/** All words and numbers of a return label. Why the goods go back is not among them: the label travels in the open. */
export interface LabelContent {
  readonly document: string;
  readonly language: string;
  readonly title: string;
  readonly carrier: Field;
  readonly from: AddressBlock;
  readonly to: AddressBlock;
  readonly returnNumber: Field;
  readonly tracking: Field;
  /** Order number, pieces, last day, postage. */
  readonly facts: readonly Field[];
  /** What the QR code says. */
  readonly code: string;
}

/** What stands below the cut on an A4 sheet. */
export interface SheetContent {
  readonly cutHere: string;
  readonly packing: { readonly title: string; readonly steps: readonly string[] };
  readonly contents: { readonly title: string; readonly pieces: string; readonly items: readonly { readonly count: number; readonly name: string; readonly options: string }[] };
  readonly more: (count: number) => string;
  readonly notes: readonly { readonly title: string; readonly text: string }[];
}

const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '');

/** Says what a request's label needs to say, in a language, days being told in `zone`. */
export function labelWords(texts: Texts, locale: string, zone: string | undefined, { return: back, order }: Extract<DocumentRequest, { document: 'return-label' }>) {
  const say = (key: string, values?: Text['values']) => texts.say(values ? { key, values } : { key }, locale);
  const lastDay: Value = { date: back.shipBy, style: 'day', ...(zone === undefined ? {} : { zone }) };
  const pieces = back.lines.reduce((sum, line) => sum + line.quantity, 0);

  /** In English for the sorting centres on the way, and in the reader's language. */
  const countryName = (country: string): string => {
    if (!/^[A-Z]{2}$/u.test(country)) return country;
    const international = texts.value({ country }, 'en').toUpperCase();
    const local = texts.value({ country }, locale);
    return international === local.toUpperCase() ? international : `${international} · ${local}`;
  };
  const block = (caption: string, address: Address): AddressBlock => ({
    caption, name: address.name, lines: addressLines(address), country: countryName(address.country),
  });

  const label = (): LabelContent => ({
    document: say('label.document', { number: back.number }),
    language: texts.locales.find((known) => known === locale) ?? texts.locales.find((known) => known === locale.split('-')[0]) ?? 'en',
    title: say('label.title'),
    carrier: { caption: say('label.carrier'), value: back.carrier },
    from: block(say('label.from'), back.from),
    to: block(say('label.to'), back.to),
    returnNumber: { caption: say('label.return-number'), value: back.number },
    tracking: { caption: say('label.tracking'), value: back.trackingNumber },
    facts: [
      { caption: say('label.order-number'), value: order.number },
      { caption: say('label.pieces'), value: String(pieces) },
      { caption: say('label.hand-in-by'), value: texts.value(lastDay, locale) },
      { caption: say('label.postage'), value: say(back.freightPaidBy === 'shop' ? 'label.postage.shop' : 'label.postage.customer') },
    ],
    code: `return=${encodeURIComponent(wellFormed(back.number))}&tracking=${encodeURIComponent(wellFormed(back.trackingNumber))}`,
  });

  const postageNote = (): string => {
    if (back.freightPaidBy === 'shop') return back.ifNoFault === undefined ? say('label.postage.note.shop') : say('label.postage.note.unless', { amount: { money: back.ifNoFault } });
    if (isExchange(back) && back.freight.amount > 0) return say('label.postage.note.exchange', { amount: { money: back.freight } });
    return back.freight.amount > 0 && back.refund.amount > 0 ? say('label.postage.note.deducted', { amount: { money: back.freight } }) : say('label.postage.note.customer');
  };

  const sheet = (): SheetContent => ({
    cutHere: say('label.cut-here'),
    packing: {
      title: say('label.packing.title'),
      steps: [
        say('label.packing.1'), say('label.packing.2'), say('label.packing.3'), say('label.packing.4'),
        say('label.packing.5', { carrier: back.carrier, date: lastDay }), say('label.packing.6'),
      ],
    },
    contents: {
      title: say('label.contents.title'),
      pieces: say('label.contents.pieces', { count: pieces }),
      items: back.lines.map(({ lineId, quantity }) => {
        const line = order.lines.find((candidate) => candidate.id === lineId);
        return { count: quantity, name: line?.name ?? lineId, options: Object.values(line?.options ?? {}).join(' · ') };
      }),
    },
    more: (count) => say('label.contents.more', { count }),
    notes: [
      { title: say('label.no-freight-collect.title'), text: say('label.no-freight-collect') },
      { title: say('label.postage'), text: postageNote() },
    ],
  });

  return { label, sheet };
}
