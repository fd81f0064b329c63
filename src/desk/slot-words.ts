import type { Json } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { Texts } from '../ports/texts.js';

/** What values of slots are said with. */
export interface SlotSpeech {
  readonly texts: Texts;
  readonly locale: string;
  /** The customer's orders: lines are named by them. */
  readonly orders: readonly Order[];
}

type Fields = { readonly [key: string]: Json };

const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What the machine keeps of a message to read it again: the talk shows it as it was written. */
const isHeard = (value: Fields): boolean => typeof value['text'] === 'string' && Array.isArray(value['entities']);
/** A name for the machine rather than words: `changed_mind`, `var-017`. */
const CODE = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/u;
const DAY = /^\d{4}-\d{2}-\d{2}(?:T|$)/u;
/** Where codes of slots have their words, the likelier first. */
const places = ['reason', 'cancel-reason', 'matter', 'remedy', 'terms', 'proof', 'complaint.category', 'privacy-request.wish', 'redeliver.choice', 'dispute.choice', 'payment-method', 'choice', 'category'];
/** Slots in the customer's own words: whatever they wrote is shown. */
const prose = new Set(['told', 'words', 'note', 'problem', 'measured', 'code', 'carrier', 'number', 'email', 'phone', 'named']);
/** Slots that hold files: how many says enough, the files themselves lie beside it. */
const files = new Set(['photos', 'files', 'proof']);

/** One text: a code by its words, a day and a country written out; a code without words tells nobody anything and is left out. */
function textWords(slot: string, text: string, { texts, locale }: SlotSpeech): string {
  if (slot === 'country' && /^[A-Z]{2}$/u.test(text)) return texts.value({ country: text }, locale);
  if (DAY.test(text)) return texts.value({ date: text, style: 'day' }, locale);
  if (!CODE.test(text) || prose.has(slot)) return text;
  const key = places.map((place) => `${place}.${text}`).find((one) => texts.has(one));
  return key === undefined ? '' : texts.say({ key }, locale);
}

/** Pieces of an order by their name. Lines are numbered anew in every order, so the order is looked into first. */
function piecesWords(slot: string, { line, quantity, order, orderNumber, ...more }: Fields, speech: SlotSpeech): string {
  const [given] = [order, orderNumber].filter((one) => typeof one === 'string');
  const lines = speech.orders.filter(({ number }) => given === undefined || number === given).flatMap((one) => one.lines);
  const name = lines.find(({ id }) => id === line)?.name ?? '';
  const named = typeof quantity === 'number' && quantity > 1 && name !== '' ? `${name} × ${quantity}` : name;
  return [named, wordsOf(slot, more, speech)].filter((one) => one !== '').join(' – ');
}

/** The value of a slot as a person would jot it down in the agent's language; empty where there is nothing to read in it. */
export function wordsOf(slot: string, value: Json, speech: SlotSpeech): string {
  const { texts, locale } = speech;
  if (value === null) return '';
  if (typeof value === 'boolean') return texts.say({ key: value ? 'desk.yes' : 'desk.no' }, locale);
  if (typeof value === 'number') {
    if (slot !== 'amount') return texts.value(value, locale);
    const [currency, other] = [...new Set(speech.orders.map((order) => order.currency))];
    return currency === undefined || other !== undefined ? '' : texts.value({ money: { amount: value, currency } }, locale);
  }
  if (typeof value === 'string') return textWords(slot, value, speech);
  if (Array.isArray(value)) {
    const all = value as readonly Json[];
    if (files.has(slot)) return all.length === 0 ? '' : texts.value(all.length, locale);
    const said = [...new Set(all.map((one) => wordsOf(slot, one, speech)).filter((one) => one !== ''))];
    return said.length === 0 ? '' : texts.value({ list: said }, locale);
  }
  if (!isFields(value) || isHeard(value)) return '';
  const { line, line1, amount, currency, name, city, postcode, country, picks } = value;
  // What was chosen says enough: the orders it was looked for in and what else it might have been are for the machine.
  if (Array.isArray(picks) && picks.length > 0) return wordsOf(slot, picks as Json, speech);
  if (typeof line === 'string') return piecesWords(slot, value, speech);
  if (typeof amount === 'number' && typeof currency === 'string') return texts.value({ money: { amount, currency } }, locale);
  if (typeof line1 === 'string' && typeof city === 'string' && typeof country === 'string') {
    return texts.value({ address: { name: typeof name === 'string' ? name : '', line1, city, postcode: typeof postcode === 'string' ? postcode : '', country } }, locale).split('\n').filter((part) => part !== '').join(', ');
  }
  return [...new Set(Object.values(value).map((one) => wordsOf(slot, one, speech)).filter((one) => one !== ''))].join(', ');
}
