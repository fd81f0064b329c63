import { defineActionFlow, type Finding, type Found, type Reading, type Refused, type Slot } from '../dialogue/flow.js';
import { wordCount } from '../dialogue/telling.js';
import { endOfDays } from '../domain/business-days.js';
import { sum } from '../domain/money.js';
import type { Json, Value } from '../domain/message.js';
import type { Order, Parcel } from '../domain/order.js';
import type { Receipt } from '../domain/receipt.js';
import { deliveredAt, worthOf, type Pick as Piece } from '../domain/return-rules.js';
import { answeredBy, caseFacts, caseKey, casesAbout } from './case-wording.js';
import { hearRemedy } from './remedies.js';
import { orParcelNumber } from './parcel-slot.js';
import { lacksPhoto } from './problem-slots.js';
import { dayOf } from './parcel-wording.js';
import { linesSlot, orderSlot } from './slots.js';
import { areInStock } from './stock.js';
import { lineName } from './wording.js';
import { claimDays, subjectOf } from '../domain/policy-layers.js';
import { byOpenCase, byState } from './no-receipt.js';

type Code = 'not-delivered' | 'too-late' | 'already-open' | 'return';
const wishes = ['reship', 'refund', 'part', 'return'] as const;
type Wish = (typeof wishes)[number];

/** The carrier itself has told that a parcel was damaged; whoever has it need not show it. */
const isReported = (parcel: Parcel): boolean => parcel.state === 'damaged' || parcel.scans.some((scan) => scan.code === 'damaged');
const isReportedOf = (order: Order, lines: readonly { readonly line: string }[]): boolean => {
  const parcels = order.parcels.filter((parcel) => parcel.lines.some((part) => lines.some((pick) => pick.line === part.lineId)));
  return parcels.length > 0 && parcels.every(isReported);
};

const arrivedAt = (order: Order): string | undefined => order.lines.map((line) => deliveredAt(order, line)).filter((at) => at !== undefined).toSorted().at(-1);
/** Delivered, in a shop system that keeps no dates: nobody can say it was too long ago. */
const isUndated = (order: Order): boolean => order.state === 'delivered' && arrivedAt(order) === undefined;
const daysFor = (order: Order, { policy, customer }: Pick<Reading, 'policy' | 'customer'>): number => claimDays(policy, order.lines.map((line) => subjectOf(order, line, customer?.level)), 'damageWithinDays');
const isInTime = (order: Order, at: string, reading: Pick<Reading, 'policy' | 'now' | 'timeZone' | 'customer'>): boolean =>
  Date.parse(reading.now) <= Date.parse(endOfDays(at, daysFor(order, reading), reading.timeZone));

const receiptOf = (isGranted: boolean, order: Order, at: string | undefined, { policy, now, timeZone, customer }: Reading): Receipt => ({
  rule: 'delivery.damage', granted: isGranted, policyVersion: policy.version, at: now,
  inputs: { number: order.number, days: daysFor(order, { policy, ...(customer ? { customer } : {}) }), delivered: at === undefined ? '' : dayOf(at, timeZone), known: at === undefined ? 'no' : 'yes' },
});

/** Nothing of it has come: what to do at the door. */
const notDelivered = (order: Order, rules: Pick<Reading, 'policy' | 'now'>): Refused<'not-delivered'> => ({
  refused: 'not-delivered', with: { number: order.number, state: { text: { key: `order-state.${order.state}` } } }, topic: { order: order.number },
  receipts: byState(order, undefined, rules), alternatives: [{ key: 'instead.refuse-damaged' }, { key: 'instead.note-damage' }, { key: 'instead.photos-then-here' }], offers: ['track_parcel'],
});

const tooLate = (order: Order, at: string, reading: Reading): Refused<'too-late'> => ({
  refused: 'too-late', with: { number: order.number, delivered: dayOf(at, reading.timeZone), days: daysFor(order, reading) }, topic: { order: order.number },
  receipts: [receiptOf(false, order, at, reading)], alternatives: [{ key: 'instead.fault' }, { key: 'instead.person-with-proof' }], offers: ['item_defective'],
});

/** What no answer could mend: nothing has come yet and the carrier tells of no damage, or it came too long ago. */
function gate(order: Order, reading: Reading): Refused<Code> | null {
  if (order.parcels.some(isReported)) return null;
  const at = arrivedAt(order);
  if (at === undefined) return isUndated(order) ? null : notDelivered(order, reading);
  return isInTime(order, at, reading) ? null : tooLate(order, at, reading);
}

const fits = (order: Order, finding: Finding): boolean => {
  const at = arrivedAt(order);
  return order.parcels.some(isReported) || isUndated(order) || (order.state !== 'cancelled' && at !== undefined && isInTime(order, at, finding));
};

const linesOf = (order: Order, picks: readonly Piece[]) => picks.flatMap((pick) => order.lines.filter((line) => line.id === pick.line).map((line) => ({ line, quantity: pick.quantity, worth: worthOf(line, pick.quantity) })));

/** A claim for these pieces is in hand already. */
async function openClaim(order: Order, picks: readonly Piece[], reading: Reading): Promise<Refused<'already-open'> | null> {
  const about = { order: order.number, lines: picks.map(({ line }) => ({ lineId: line })) };
  const open = (await casesAbout(reading, about, ['transport_damage'])).find((one) => one.state === 'open');
  return open ? { refused: 'already-open', with: { number: order.number, ...caseFacts(open, reading.timeZone) }, receipts: byOpenCase(order, open.number, reading), topic: { order: order.number } } : null;
}

/** Pictures of the damage, over as many messages as it takes. None are asked for where the carrier has reported it. */
const photosSlot: Slot<string[]> = {
  restsOn: ['order', 'lines'],
  outlives: true,
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return lacksPhoto(heard) ? { said: [], definite: true } : undefined;
  },
  join: (before: Json, now: Json) => [...(before as string[]), ...(now as string[])],
  async find(finding): Promise<Found<string[]>> {
    const { said, kept, slots, policy, shop } = finding;
    const order = await shop.findOrder(String(slots['order']));
    const open = order && await openClaim(order, slots['lines'] as Piece[], finding);
    if (open) return open;
    const photos = [...new Set([...(Array.isArray(kept) ? kept.map(String) : []), ...(Array.isArray(said) ? said.map(String) : [])])];
    const most = policy.delivery.damagePhotos;
    const hasNone = Array.isArray(said) && said.length === 0;
    if (photos.length >= most || hasNone || !order || isReportedOf(order, slots['lines'] as Piece[])) return { value: photos };
    return {
      ask: { key: photos.length === 0 ? 'parcel-damaged.ask.photos' : 'parcel-damaged.ask.more', values: { have: photos.length, need: most } },
      options: [{ label: { text: { key: photos.length > 0 ? 'choice.no-more-photos' : 'choice.no-photo' } }, value: photos }], ...(photos.length > 0 ? { keep: photos } : {}),
    };
  },
};

/** What the customer wants for it; a piece in its place only while there is one in stock. */
const wishSlot: Slot<Wish> = {
  restsOn: ['order', 'lines'],
  outlives: true,
  hear: (heard) => hearRemedy(heard, wishes),
  async find(finding): Promise<Found<Wish>> {
    const { said, slots, shop } = finding;
    const order = await shop.findOrder(String(slots['order']));
    const picks = slots['lines'] as Piece[];
    const isThere = order !== null && await areInStock(order, picks.map(({ line, quantity }) => ({ lineId: line, quantity })), finding);
    const isHere = order !== null && (isUndated(order) || picks.every((pick) => order.lines.some((line) => line.id === pick.line && deliveredAt(order, line) !== undefined)));
    const open = wishes.filter((wish) => (wish !== 'reship' || isThere) && (isHere || (wish !== 'part' && wish !== 'return')));
    const named = open.find((wish) => wish === said);
    if (named) return { value: named };
    return {
      ask: { key: said === 'reship' ? 'parcel-damaged.ask.sold-out' : 'parcel-damaged.ask.wish', values: { items: order ? linesOf(order, picks).map(({ line, quantity }) => lineName(line, quantity)).join(', ') : '' } },
      options: open.map((value) => ({ label: { text: { key: `remedy.${value}` } }, value })),
    };
  },
};

/** What resembles these, in so many words at most, tells what is to come of the damage. */
const OUTCOMES: readonly string[] = ['refund_only', 'return_request'];
const BRIEFLY = 8;

/** Takes a claim for goods damaged on the way: the customer deals with the shop only, never with the carrier. */
export const parcelDamaged = defineActionFlow({
  id: 'parcel-damaged',
  needs: 'L1',
  // "First the photos, then my money back, please": what is to come of it is one of its own questions.
  tells: ({ intent, text }) => OUTCOMES.includes(intent) && wordCount(text) <= BRIEFLY,
  slots: { order: orParcelNumber(orderSlot(fits, (order, finding) => gate(order, finding))), lines: linesSlot, photos: photosSlot, wish: wishSlot },
  refusals: ['no-orders', 'not-delivered', 'too-late', 'already-open', 'return'],

  async propose(reading) {
    const { slots, shop, policy, now, timeZone, customer } = reading;
    const order = await shop.findOrder(slots.order);
    if (!order || !customer) return { refused: 'no-orders' };
    const refused = gate(order, reading);
    if (refused) return refused;
    const lines = slots.lines.map(({ line, quantity }) => ({ lineId: line, quantity }));
    const topic = { order: order.number };
    const open = await openClaim(order, slots.lines, reading);
    if (open) return open;
    if (slots.wish === 'return') return { refused: 'return', with: { number: order.number }, leadsTo: 'return_request', topic: { ...topic, problem: { order: order.number, reason: 'damaged_in_transit', lines: slots.lines, photos: slots.photos } } };
    const parts = linesOf(order, slots.lines);
    const times = parts.map(({ line }) => deliveredAt(order, line));
    const isReportedHere = isReportedOf(order, slots.lines);
    if (!isReportedHere && !isUndated(order) && times.some((at) => at === undefined)) return notDelivered(order, reading);
    const late = times.find((at) => at !== undefined && !isInTime(order, at, reading));
    if (!isReportedHere && late !== undefined) return tooLate(order, late, reading);
    const dueAt = await answeredBy(reading, policy.desk.answerBusinessDays);
    const worth = sum(parts.map((part) => part.worth), order.currency);
    const proof = isReportedHere ? 'reported' : slots.photos.length > 0 ? 'photos' : 'none';
    const values: Record<string, Value> = {
      number: order.number, lines: { lines: parts.map(({ line, quantity }): Value => lineName(line, quantity)) }, wish: { text: { key: `parcel-damaged.wish.${slots.wish}`, values: { worth: { money: worth } } } },
      proof, photos: slots.photos.length, here: times.every((at) => at !== undefined) ? 'yes' : 'no', ...caseFacts({ number: '', owner: 'carrier_desk', dueAt, openedAt: now }, timeZone),
    };
    return {
      request: {
        order: order.number, customerId: customer.id, dueAt, lines, wish: slots.wish, photos: slots.photos, worth: { ...worth }, isReported: isReportedHere,
        caseKey: caseKey('transport_damage', `${order.number}/${lines.map((part) => part.lineId).toSorted().join('+')}`, await casesAbout(reading, { order: order.number, lines }, ['transport_damage'])),
      },
      shows: [{ key: 'parcel-damaged.plan', values }],
      receipts: [receiptOf(true, order, times.toSorted().at(-1), reading)],
      topic,
    };
  },

  async commit({ request, caseWriter, now, timeZone, conversationId }) {
    const { order, customerId, dueAt, lines, caseKey: key, ...details } = request;
    const one = await caseWriter.open({ kind: 'transport_damage', conversationId, customerId, orderNumber: order, lines, owner: 'carrier_desk', dueAt, details }, key, now);
    return { say: [{ key: 'parcel-damaged.done', values: { number: order, ...caseFacts(one, timeZone) } }], topic: { order } };
  },
});
