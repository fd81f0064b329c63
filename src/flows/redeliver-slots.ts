import type { Finding, Found, Heard, Reading, Refused, Slot } from '../dialogue/flow.js';
import { businessDaysAfter, dayAfter } from '../domain/business-days.js';
import type { Order, Parcel } from '../domain/order.js';
import { dayIn } from '../domain/time.js';
import { lastScan } from '../domain/tracking.js';
import { COLLECT, DELIVER, LEFT_WITH } from '../domain/words/delivery.js';
import type { ParcelPick } from './parcel-slot.js';
import { parcelFacts } from './parcel-wording.js';
import { byState } from './no-receipt.js';

/** Hours in which a courier comes. */
export type Hours = { readonly from: string; readonly to: string };
type Choice = 'deliver' | 'collect';

/** The next days on which a courier can bring a parcel, as long as it is kept. */
export function daysOffered(parcel: Parcel, { policy, now, timeZone }: Pick<Reading, 'policy' | 'now' | 'timeZone'>): string[] {
  const { days, ahead } = policy.delivery.slots;
  return businessDaysAfter(dayIn(now, timeZone), ahead, days).filter((day) => parcel.keptUntil === undefined || day <= parcel.keptUntil);
}

async function lookUp({ slots, shop }: Finding): Promise<{ readonly order: Order; readonly parcel: Parcel } | null> {
  const pick = slots['parcel'] as ParcelPick;
  const order = await shop.findOrder(pick.order);
  const parcel = order?.parcels.find((one) => one.trackingNumber === pick.parcel) ?? order?.parcels[0];
  return order && parcel ? { order, parcel } : null;
}

/** Collecting needs no booking: where it lies, until when, and what to bring. */
export async function collect(order: Order, parcel: Parcel, reading: Reading): Promise<Refused<'collect'>> {
  const scan = lastScan(parcel);
  return {
    refused: 'collect', topic: { order: order.number, parcel: parcel.trackingNumber }, offers: ['track_parcel'], receipts: byState(order, parcel, reading),
    with: {
      ...(await parcelFacts(order, parcel, reading)), place: scan?.place ?? order.shippingAddress.city, carrier: scan?.carrier ?? parcel.carrier, name: order.shippingAddress.name,
      kept: parcel.keptUntil === undefined ? 'no' : 'yes', until: parcel.keptUntil === undefined ? '' : { date: parcel.keptUntil, style: 'day' },
    },
  };
}

/** The courier again, or to collect it. What is still with the courier cannot be collected. */
export const choiceSlot: Slot<Choice> = {
  restsOn: ['parcel'],
  hear(heard) {
    // "Tomorrow afternoon would be fine": whoever names a day or hours, asked for it, wants the courier.
    const isTimed = heard.asked && !COLLECT.test(heard.text) && heard.entities.some(({ kind }) => kind === 'date' || kind === 'time');
    const named = [...(COLLECT.test(heard.text) ? ['collect'] : []), ...(DELIVER.test(heard.text) || isTimed ? ['deliver'] : [])];
    return named.length === 1 && named[0] !== undefined ? { said: named[0], definite: heard.asked, tentative: !heard.asked } : heard.asked ? { said: '', definite: false } : undefined;
  },
  async find(finding): Promise<Found<Choice>> {
    const found = await lookUp(finding);
    if (!found || found.parcel.state === 'out_for_delivery') return { value: 'deliver' };
    const { order, parcel } = found;
    if (finding.said === 'collect') return collect(order, parcel, finding);
    if (finding.said === 'deliver') return { value: 'deliver' };
    return {
      ask: { key: 'redeliver.ask.choice', values: { ...(await parcelFacts(order, parcel, finding)), kept: parcel.keptUntil === undefined ? 'no' : 'yes', until: parcel.keptUntil === undefined ? '' : { date: parcel.keptUntil, style: 'day' } } },
      options: (['deliver', 'collect'] as const).map((value) => ({ label: { text: { key: `redeliver.choice.${value}` } }, value })),
    };
  },
};

/** Whether a day is named for the delivery to come ("again on Friday"), within one part of a sentence. */
const isWanted = (text: string, raw: string): boolean => text.split(/[,.;!?，。；！？،؛؟]/u).some((part) => part.includes(raw) && DELIVER.test(part));

/** One of the next days couriers come. */
export const daySlot: Slot<string> = {
  restsOn: ['parcel'],
  hear(heard) {
    const date = heard.entities.find((entity) => entity.kind === 'date');
    return date?.kind === 'date' ? { said: { from: date.from, to: date.to, asked: heard.asked || isWanted(heard.text, date.raw) }, definite: true } : heard.asked ? { said: '', definite: false } : undefined;
  },
  async find(finding): Promise<Found<string>> {
    const found = await lookUp(finding);
    const days = found ? daysOffered(found.parcel, finding) : [];
    if (finding.slots['choice'] === 'collect') return { value: days[0] ?? '' };
    const today = dayIn(finding.now, finding.timeZone);
    const told = finding.said as { readonly from: string; readonly to: string; readonly asked: boolean } | '' | undefined;
    // A day that is past tells when the courier did not come; as an answer, a weekday is the next one of that name.
    const isNext = told && told.asked && told.from === told.to && told.to < today && dayAfter(told.to, 7) >= today;
    const said = !told ? undefined : isNext ? { from: dayAfter(told.from, 7), to: dayAfter(told.to, 7) } : told.to <= today && !told.asked ? undefined : told;
    const meant = said ? days.filter((day) => day >= said.from && day <= said.to) : [];
    if (meant.length === 1 && meant[0] !== undefined) return { value: meant[0] };
    return { ask: { key: said && meant.length === 0 ? 'redeliver.ask.other-day' : 'redeliver.ask.day' }, options: (meant.length > 0 ? meant : days).map((day) => ({ label: { date: day, style: 'day' }, value: day })) };
  },
};

/** "Tomorrow afternoon", and hardly more: the hours belong to the day. */
const isBesideDay = ({ text, entities }: Pick<Heard, 'text' | 'entities'>): boolean => entities.some(({ kind }) => kind === 'date') && text.trim().split(/\s+/u).length <= 6;

/** One of the courier's spans of hours: the one a time falls into, or a part of the day overlaps most. */
export const hoursSlot: Slot<Hours> = {
  restsOn: ['parcel'],
  hear(heard) {
    const time = heard.entities.find((entity) => entity.kind === 'time' && (heard.asked || isWanted(heard.text, entity.raw) || isBesideDay(heard)));
    return time?.kind === 'time' ? { said: { from: time.from, to: time.to }, definite: true } : heard.asked ? { said: '', definite: false } : undefined;
  },
  async find({ said, slots, policy }): Promise<Found<Hours>> {
    const { windows } = policy.delivery.slots;
    const [first, second] = windows;
    if (first && (!second || slots['choice'] === 'collect')) return { value: first };
    const time = said as Hours | '' | undefined;
    const overlap = (window: Hours): number => (time ? minutes(time.to < window.to ? time.to : window.to) - minutes(time.from > window.from ? time.from : window.from) : -1);
    const best = windows.toSorted((a, b) => overlap(b) - overlap(a))[0];
    const isInside = time && best && (time.from === time.to ? best.from <= time.from && time.from < best.to : overlap(best) > 0);
    if (best && isInside) return { value: best };
    return { ask: { key: 'redeliver.ask.hours' }, options: windows.map((window) => ({ label: `${window.from}–${window.to}`, value: window })) };
  },
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The number the courier calls: one given now, else the order's, else the customer's; asked only when there is none. */
export const phoneSlot: Slot<string> = {
  restsOn: ['parcel'],
  hear(heard) {
    const phone = heard.entities.find((entity) => entity.kind === 'phone');
    if (phone?.kind === 'phone') return { said: phone.value, definite: true };
    return heard.asked && heard.answer === 'no' ? { said: '', definite: true } : undefined;
  },
  async find(finding): Promise<Found<string>> {
    if (typeof finding.said === 'string') return { value: finding.said };
    const known = (await lookUp(finding))?.order.contact.phone ?? finding.customer?.phone;
    return known === undefined && finding.slots['choice'] !== 'collect' ? { ask: { key: 'redeliver.ask.phone' }, options: [{ label: { text: { key: 'choice.no-phone' } }, value: '' }] } : { value: known ?? '' };
  },
};

/** A note for the courier takes up no more than this. */
const MOST = 200;

/** What the courier should know, in the customer's own words; asked once. */
export const noteSlot: Slot<string> = {
  restsOn: ['parcel'],
  hear(heard) {
    const text = heard.text.trim();
    // Nearly anything may be a note; a question is none, nor is a word or two to stop.
    const isShort = text.split(/\s+/u).length <= 3 && (text.match(/\p{Script=Han}/gu)?.length ?? 0) <= 4;
    if (!heard.asked || heard.answer === 'yes' || (/[?？؟]$/u.test(text) && !LEFT_WITH.test(text)) || (heard.intent === 'stop' && isShort)) return undefined;
    return { said: heard.answer === 'no' ? '' : text.slice(0, MOST), definite: true };
  },
  async find({ said, slots }): Promise<Found<string>> {
    if (typeof said === 'string' || slots['choice'] === 'collect') return { value: typeof said === 'string' ? said : '' };
    return { ask: { key: 'redeliver.ask.note' }, options: [{ label: { text: { key: 'choice.no-note' } }, value: '' }] };
  },
};
