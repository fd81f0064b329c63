import { defineAnswerFlow, type Found, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order, Return } from '../domain/order.js';
import { exchangeSum, isChargedForNoFault } from '../domain/return-life.js';
import { labelDocuments } from './return-item.js';
import { canBeDone, chargedForNoFault, chargedReceipts, findingLinks, workClock, stageReply, whyNot } from './return-news.js';
import { canAnnounce } from './return-shipment.js';
import { returnSlot } from './slots.js';
import { lineName, paymentName } from './wording.js';

/** The label of a return that is open, again. */
export const returnLabel = defineAnswerFlow({
  id: 'return-label',
  needs: 'L1',
  slots: { return: returnSlot },
  refusals: ['no-returns', 'on-its-way', 'on-site'],
  async answer({ slots, shop, timeZone }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    if (found.return.service === 'repair_on_site') return { refused: 'on-site', with: { rma: found.return.number }, offers: ['return_status'] };
    if (found.return.state !== 'label_issued') return { refused: 'on-its-way', with: { rma: found.return.number, state: { text: { key: `return-state.${found.return.state}` } } }, offers: ['return_status'] };
    return {
      say: [{ key: 'return-label.here', values: { rma: found.return.number, shipBy: { date: found.return.shipBy, zone: timeZone, style: 'day' } }, documents: labelDocuments(found.order, found.return) }],
      topic: { order: found.order.number, return: found.return.number },
    };
  },
});

/** A waybill number told while asking: it is what the goods were sent with, and is taken up as such. */
const sentSlot: Slot<string> = {
  hear(heard) {
    const number = heard.entities.find((entity) => entity.kind === 'tracking_number');
    return number?.kind === 'tracking_number' ? { said: number.value, definite: false } : undefined;
  },
  async find({ said, shop, slots }): Promise<Found<string>> {
    const found = await shop.findReturn(String(slots['return']));
    const isNew = typeof said === 'string' && found !== null && canAnnounce(found.return) && ![found.return.trackingNumber, found.return.shipment?.trackingNumber].includes(said) && (await shop.findParcel(said)) === null;
    return isNew ? { refused: 'announce', with: { rma: found.return.number }, leadsTo: 'return_shipment', topic: { return: found.return.number, order: found.order.number } } : { value: '' };
  },
};

/** What can be done about a return where it stands, as buttons. */
function offersOf(one: Return): string[] {
  if (one.state === 'rejected' || one.state === 'declined' || isChargedForNoFault(one)) return ['dispute_open'];
  if (one.state === 'requested') return ['return_withdraw'];
  if (one.state === 'expired') return ['return_request'];
  if (one.service === 'repair_on_site') return [];
  if (one.state === 'label_issued') return ['return_label', 'return_shipment', 'return_withdraw'];
  return [];
}

/** Where a return stands: on its way, with the warehouse, passed, failed with what was found, settled; an exchange and a repair tell what comes instead. */
export const returnStatus = defineAnswerFlow({
  id: 'return-status',
  needs: 'L1',
  slots: { return: returnSlot, sent: sentSlot },
  refusals: ['no-returns', 'announce'],
  async answer({ slots, shop, timeZone, policy, now }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    const one = found.return;
    const { refundDays } = policy.returns;
    const values = {
      rma: one.number, number: found.order.number, refund: { money: one.refund }, to: paymentName(one.refundTo), carrier: one.shipment?.carrier ?? one.carrier, tracking: one.shipment?.trackingNumber ?? one.trackingNumber,
      shipBy: { date: one.shipBy, zone: timeZone, style: 'day' as const }, fast: refundDays.from, slow: refundDays.to,
      due: { date: one.answerBy ?? one.openedAt, zone: timeZone, style: 'both' as const }, ...whyNot(one),
    };
    const isNo = one.state === 'rejected' || one.state === 'declined';
    return {
      say: [
        (['requested', 'declined', 'expired'].includes(one.state) ? undefined : served(found.order, one, values)) ?? { key: `return-status.${one.state}`, values }, ...inspected(one, timeZone),
        ...(one.service === 'repair_on_site' ? workClock(one, { policy, timeZone }) : [stageReply(one, { policy, timeZone })]), ...(isNo ? [canBeDone()] : []),
      ],
      topic: { order: found.order.number, return: one.number },
      receipts: chargedReceipts(one, { policy, now }),
      offers: offersOf(one),
    };
  },
});

/** What an exchange or a repair says instead of a refund; undefined for a return for its money. */
function served(order: Order, one: Return, values: Readonly<Record<string, Value>>): Reply | undefined {
  const { state } = one;
  if (one.service === 'exchange') {
    const instead = (one.replacements ?? []).map((part): Value => {
      const line = order.lines.find((each) => each.id === part.lineId);
      return line ? lineName({ ...line, options: part.options }, part.quantity) : '';
    });
    const due = exchangeSum(one).amount;
    const difference = { money: money(Math.abs(due), one.refund.currency) };
    return { key: 'return-status.exchange', values: { ...values, state, instead: { lines: instead }, difference, pays: due > 0 ? 'customer' : due < 0 ? 'shop' : 'nobody' } };
  }
  if (one.service === 'repair') return { key: 'return-status.repair', values: { ...values, state } };
  return one.service === 'repair_on_site' ? { key: 'return-status.repair-on-site', values: { ...values, state } } : undefined;
}

/** What the warehouse found, in its own words, with its pictures as links: a return that failed is told why. */
function inspected(one: Return, zone: string): Reply[] {
  const { inspection } = one;
  if (isChargedForNoFault(one)) return chargedForNoFault(one);
  if (!inspection) return [];
  return [{ key: 'return-status.inspection', values: { found: inspection.found, at: { date: inspection.at, zone, style: 'day' } }, ...findingLinks(one) }];
}
