import { money, subtract } from '../../domain/money.js';
import { exchangeSum, isRepair } from '../../domain/return-life.js';
import type { Order, Return } from '../../domain/order.js';
import type { OrderChange, ReturnDecision, WriteRefusal } from '../../ports/shop.js';
import type { Change, Facts, OrderChanger } from './facts.js';
import { credited, settle, withPayments } from './money-moves.js';
import { isCounting, isRefusal, refuse, STALE } from './pieces.js';
import type { Opened } from './returns.js';

type OfReturn = OrderChange & { readonly returnNumber: string };

/** The return that is meant, or why nothing can be done with it. */
function open(order: Order, request: OfReturn): Return | WriteRefusal {
  if (order.revision !== request.revision) return STALE;
  return order.returns.find((entry) => entry.number === request.returnNumber) ?? refuse(`the order has no return ${request.returnNumber}`);
}

/** The order with the return as it is now; pieces that do not go back after all are free again. */
function changedTo(order: Order, entry: Return, changes: Partial<Return>): Opened {
  const now: Return = { ...entry, ...changes };
  const isFreed = isCounting(entry) && !isCounting(now) && !isRepair(entry);
  const lines = isFreed ? order.lines.map((line) => ({ ...line, returnedQuantity: Math.max(line.returnedQuantity - (entry.lines.find((part) => part.lineId === line.id)?.quantity ?? 0), 0) })) : order.lines;
  return { return: now, order: { ...order, lines, returns: order.returns.map((one) => (one === entry ? now : one)), revision: order.revision + 1 } };
}

const told = (made: Opened, customer?: Facts['customer']): Change<Opened> => ({ answer: made, order: made.order, ...(customer === undefined || customer === null ? {} : { customer }) });

/** The money goes back, once, to where the return says; an order of which everything is back is closed with it. */
function payBack({ order, customer, at }: Facts, entry: Return, changes: Partial<Return> = {}): Change<Opened> {
  const made = changedTo(order, entry, { ...changes, state: 'refunded', closedAt: at });
  const { refund, refundTo } = made.return;
  const paid = refund.amount === 0 ? made.order : withPayments(made.order, [{ kind: 'refund', way: refundTo, amount: refund }], at);
  // Pieces that were exchanged have others in their place: with them, not everything is back.
  const isAllBack = paid.lines.every((line) => line.returnedQuantity === line.quantity) && paid.returns.filter(isCounting).every((one) => one.state === 'refunded' && one.service !== 'exchange');
  const whole: Order = isAllBack && paid.state !== 'refunded' ? { ...paid, state: 'refunded', history: [...paid.history, { state: 'refunded', at }] } : paid;
  return told({ return: made.return, order: whole }, credited(customer, refundTo, refund));
}

/** What passed: money for a return; for an exchange difference and postage are settled in one sum and the new pieces go out; a repair is begun. */
function pass(facts: Facts, entry: Return, changes: Partial<Return> = {}): Change<Opened> | WriteRefusal {
  if (entry.service === undefined || entry.service === 'return') return payBack(facts, entry, changes);
  const made = changedTo(facts.order, entry, { ...changes, state: 'accepted', passedAt: facts.at });
  if (entry.service !== 'exchange') return told(made);
  const due = exchangeSum(made.return);
  if (due.amount === 0) return told(made);
  const settled = settle(made.order, facts.customer, due, entry.refundTo.methodId, facts.at);
  return isRefusal(settled) ? settled : told({ return: made.return, order: settled.order }, settled.customer);
}

/** What was found in order, but without the fault it was sent back for: the way back is the customer's, as they were told, once and never more than there is to pay back. */
function passWithoutFault(facts: Facts, entry: Return, { found, photos }: Extract<ReturnDecision, { kind: 'faultless' }>): Change<Opened> | WriteRefusal {
  const { ifNoFault, refund, verdict } = entry;
  if (ifNoFault === undefined) return refuse('the customer was not told that the way back would be charged');
  const freight = entry.service === 'exchange' ? ifNoFault : money(Math.min(ifNoFault.amount, refund.amount), ifNoFault.currency);
  return pass(facts, entry, {
    freight, freightPaidBy: 'customer', ...(entry.service === 'exchange' ? {} : { refund: subtract(refund, freight) }),
    ...(verdict === undefined ? {} : { verdict: { id: 'agreed-buyer', matter: verdict.matter, fault: 'nobody', cause: 'buyer' } }),
    inspection: { at: facts.at, found, ...(photos === undefined ? {} : { photos }) },
  });
}

const isUnderWay = ({ state }: Return): boolean => state === 'label_issued' || state === 'in_transit';
const isHere = (entry: Return): boolean => isUnderWay(entry) || entry.state === 'received';

/** Each step with the states it is taken in. */
function step(facts: Facts, entry: Return, decision: ReturnDecision): Change<Opened> | WriteRefusal {
  const { order, at } = facts;
  const not = refuse(`the return is ${entry.state}`);
  switch (decision.kind) {
    case 'answer': {
      if (entry.state !== 'requested') return not;
      const { kind: _, ...answer } = decision;
      return told(changedTo(order, entry, { answer: { at, ...answer }, ...(decision.accepted ? { state: 'label_issued' } : { state: 'declined', closedAt: at }) }));
    }
    case 'arrived':
      if (!isUnderWay(entry) || entry.arrivedAt !== undefined) return not;
      return told(changedTo(order, entry, { state: 'in_transit', arrivedAt: decision.scannedAt }));
    case 'received': return isUnderWay(entry) ? told(changedTo(order, entry, { state: 'received', arrivedAt: entry.arrivedAt ?? at })) : not;
    case 'passed': return isHere(entry) ? pass(facts, entry) : not;
    case 'faultless': return isHere(entry) ? passWithoutFault(facts, entry, decision) : not;
    case 'failed':
      if (!isHere(entry)) return not;
      return told(changedTo(order, entry, {
        state: 'rejected', closedAt: at, answer: { at, by: 'shop', accepted: false, reason: decision.reason }, inspection: { at, found: decision.found, ...(decision.photos === undefined ? {} : { photos: decision.photos }) },
      }));
    case 'repaired':
      if (!isRepair(entry) || !(isHere(entry) || entry.state === 'accepted')) return not;
      if (entry.service === 'repair' && entry.arrivedAt === undefined) return refuse('the piece is not here yet');
      return told(changedTo(order, entry, { state: 'refunded', closedAt: at }));
    case 'replaced':
      return entry.service === 'exchange' && entry.state === 'accepted' ? told(changedTo(order, entry, { state: 'refunded', closedAt: at })) : not;
    case 'unconfirmed': {
      if (!isHere(entry)) return not;
      if (entry.arrivedAt === undefined) return refuse('the carrier has not delivered it');
      if (isRepair(entry)) return refuse('a repair moves no money');
      return pass(facts, entry);
    }
    case 'unsent':
      if (entry.state !== 'label_issued' || entry.shipment !== undefined) return not;
      return Date.parse(entry.shipBy) > Date.parse(at) ? refuse('its time is not over') : told(changedTo(order, entry, { state: 'expired', closedAt: at }));
  }
}

/** Takes a step in the life of a return: each from its own states only, so that none is taken twice. */
export const decideReturn: OrderChanger<OfReturn & { readonly decision: ReturnDecision }, Opened> = (facts, request) => {
  const entry = open(facts.order, request);
  return isRefusal(entry) ? entry : step(facts, entry, request.decision);
};

/** What the customer sent it with. A number given again takes the place of the one before, until the goods are here. */
export const announceReturnShipment: OrderChanger<OfReturn & { readonly carrier: string; readonly trackingNumber: string }, Opened> = ({ order, at }, request) => {
  const entry = open(order, request);
  if (isRefusal(entry)) return entry;
  if (!isUnderWay(entry) || entry.arrivedAt !== undefined || entry.service === 'repair_on_site') return refuse(`the return is ${entry.state}`);
  const { carrier, trackingNumber } = request;
  return told(changedTo(order, entry, { state: 'in_transit', shipment: { carrier, trackingNumber, announcedAt: at } }));
};

/** Taken back by the customer, while nothing is on its way. */
export const withdrawReturn: OrderChanger<OfReturn, Opened> = ({ order, at }, request) => {
  const entry = open(order, request);
  if (isRefusal(entry)) return entry;
  if (entry.state !== 'requested' && entry.state !== 'label_issued') return refuse(`the return is ${entry.state}`);
  return told(changedTo(order, entry, { state: 'withdrawn', closedAt: at }));
};
