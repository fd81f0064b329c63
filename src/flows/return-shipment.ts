import { defineActionFlow, type Finding, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Return } from '../domain/order.js';
import { carrierForms, carrierNamed, checkWaybill, compactNumber } from '../domain/waybill.js';
import { byReturn } from './no-receipt.js';
import { returnTimers } from './return-timers.js';
import { returnSlot } from './slots.js';

/** Whether it still counts what a return was sent with: while it is on its way to the warehouse at the latest. */
export const canAnnounce = (one: Return): boolean => (one.state === 'label_issued' || one.state === 'in_transit') && one.arrivedAt === undefined && one.service !== 'repair_on_site';

/** One return that fits: without a word the only one of those, else the one asked for. */
export const openReturn = (fits: (one: Return) => boolean): Slot<string> => ({
  ...returnSlot,
  async find(finding: Finding): Promise<Found<string>> {
    const orders = await finding.shop.ordersOf(finding.customer?.id ?? '');
    const fitting = orders.flatMap((order) => order.returns.filter(fits).map((one) => ({ order, one })));
    const [first, second] = fitting;
    const isNamed = finding.said !== undefined && (finding.said as { numbers?: readonly string[] }).numbers?.length !== 0;
    if (first && !second && !isNamed) return { value: first.one.number, topic: { return: first.one.number, order: first.order.number } };
    return returnSlot.find(finding);
  },
});

/** Why it no longer counts what a return was sent with. */
const tooLate = (one: Return, rules: Pick<Reading, 'policy' | 'now'>) =>
  ({ refused: 'too-late' as const, with: { rma: one.number, state: { text: { key: `return-state.${one.state}` } } }, receipts: byReturn(one, rules), offers: ['return_status'] });

const offered = ['dhl', 'ups', 'usps', 'fedex', 'dpd', 'gls'] as const;

/** The carrier, by name; with the number in one breath, by the number's own form. */
const carrierSlot: Slot<string> = {
  hear(heard) {
    const number = heard.entities.find((entity) => entity.kind === 'tracking_number');
    const named = (number?.kind === 'tracking_number' ? number.carrier : undefined) ?? carrierNamed(heard.text);
    if (named !== undefined) return { said: named, definite: true };
    const words = heard.text.trim();
    return heard.asked && words !== '' && words.length <= 40 && number === undefined ? { said: words, definite: false } : undefined;
  },
  async find({ said, shop, slots, policy, now }): Promise<Found<string>> {
    const found = await shop.findReturn(String(slots['return']));
    if (found && !canAnnounce(found.return)) return tooLate(found.return, { policy, now });
    if (typeof said === 'string' && /\p{L}{2}/u.test(said)) return { value: said };
    return { ask: { key: 'return-shipment.ask.carrier', values: { rma: String(slots['return']) } }, options: offered.map((id) => ({ label: carrierForms[id]?.name ?? id, value: id })) };
  },
};

/** The waybill number, checked against the carrier's form and check digit; what cannot be right is asked again. */
const numberSlot: Slot<string> = {
  restsOn: ['carrier'],
  hear(heard) {
    const number = heard.entities.find((entity) => entity.kind === 'tracking_number');
    if (number?.kind === 'tracking_number') return { said: number.value, definite: true };
    const signs = heard.asked ? /[0-9A-Za-z](?:[0-9A-Za-z .-]{4,40})[0-9A-Za-z]/u.exec(heard.text.normalize('NFKC'))?.[0] : undefined;
    return heard.asked ? { said: signs ?? '', definite: signs !== undefined && /\d{4}/u.test(signs) } : undefined;
  },
  async find({ said, slots }): Promise<Found<string>> {
    const carrier = String(slots['carrier']);
    const name = carrierForms[carrier]?.name ?? carrier;
    if (typeof said !== 'string') return { ask: { key: 'return-shipment.ask.number', values: { carrier: name } } };
    const checked = said === '' ? 'wrong-form' : checkWaybill(carrier, said);
    if (checked === 'right') return { value: compactNumber(said) };
    return { ask: { key: checked === 'wrong-digit' ? 'return-shipment.ask.number-digit' : 'return-shipment.ask.number-form', values: { number: said === '' ? '–' : compactNumber(said), carrier: name } } };
  },
};

/** Carrier and waybill number of goods the customer has sent back: with them the shop waits, and its days to confirm begin when they arrive. */
export const returnShipment = defineActionFlow({
  id: 'return-shipment',
  needs: 'L1',
  slots: { return: openReturn(canAnnounce), carrier: carrierSlot, number: numberSlot },
  refusals: ['no-returns', 'too-late'],

  async propose({ slots, shop, policy, now }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    const { order, return: one } = found;
    const topic = { order: order.number, return: one.number };
    if (!canAnnounce(one)) return { ...tooLate(one, { policy, now }), topic };
    const carrier = carrierForms[slots.carrier]?.name ?? slots.carrier;
    return {
      request: { orderNumber: order.number, revision: order.revision, customerId: order.customerId, returnNumber: one.number, carrier, trackingNumber: slots.number },
      shows: [{ key: 'return-shipment.plan', values: { rma: one.number, carrier, number: slots.number, before: one.shipment?.trackingNumber ?? '', hasBefore: one.shipment ? 'yes' : 'no', days: policy.returns.life.confirmDays } }],
      receipts: [], topic,
    };
  },

  async commit({ request, writer, key, now, policy }) {
    const { customerId, ...what } = request;
    const made = await writer.announceReturnShipment(what, key, now);
    if ('refused' in made) return { refused: 'plan-stale' };
    return {
      say: [{ key: 'return-shipment.done', values: { rma: what.returnNumber, carrier: what.carrier, number: what.trackingNumber, days: policy.returns.life.confirmDays } }],
      topic: { order: what.orderNumber, return: what.returnNumber }, offers: ['return_status'], timers: returnTimers(made.return, { orderNumber: what.orderNumber, customerId }, policy, now),
    };
  },
});
