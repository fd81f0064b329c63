import { add, money, sum } from '../../domain/money.js';
import type { Order, Return } from '../../domain/order.js';
import { exchangeSum } from '../../domain/return-life.js';
import { promisedFor, takenBackSoFar } from '../../domain/promised-money.js';
import type { ExchangeRequest, RepairRequest, ReturnGrounds, ReturnOrderRequest, WriteRefusal } from '../../ports/shop.js';
import type { Change, OpeningFacts, OrderChanger } from './facts.js';
import { differenceOf, findSwaps } from './items.js';
import { tooSmall, wayFor } from './money-moves.js';
import { isCounting, isRefusal, lineOf, mergePieces, mostRefundable, piecesProblem, refuse, STALE, worthOfNext, type Pieces } from './pieces.js';

/** What opening a return, exchange or repair answers. */
export interface Opened { readonly return: Return; readonly order: Order }

/** The carrier that brings the goods back: the one that delivered, where it is known. */
const returnCarrier = (order: Order): string => {
  const parcel = order.parcels.at(-1);
  return parcel?.scans.findLast((scan) => scan.leg === 'last_mile')?.carrier ?? parcel?.carrier ?? 'Post';
};

const shipByProblem = (shipBy: string, at: string): WriteRefusal | null => (Date.parse(shipBy) >= Date.parse(at) ? null : refuse('shipBy is not a time to come'));

function amountProblem(order: Order, request: Pick<ReturnOrderRequest, 'lines' | 'refund' | 'takenBack' | 'freight' | 'freightPaidBy' | 'ifNoFault'>): WriteRefusal | null {
  const { refund, freight, ifNoFault, takenBack = money(0, order.currency) } = request;
  if (![refund, freight].every((each) => each.currency === order.currency && Number.isSafeInteger(each.amount) && each.amount >= 0)) {
    return refuse('refund and freight must be amounts in the order’s currency');
  }
  if (request.freightPaidBy === 'shop' && freight.amount > 0) return refuse('the shop pays the freight, yet some is taken off');
  if (ifNoFault !== undefined && !(request.freightPaidBy === 'shop' && ifNoFault.currency === order.currency && Number.isSafeInteger(ifNoFault.amount) && ifNoFault.amount >= 0)) {
    return refuse('what the way back costs without a fault must be an amount in the order’s currency, where the shop pays it else');
  }
  if (takenBack.currency !== order.currency || !Number.isSafeInteger(takenBack.amount) || takenBackSoFar(order) + takenBack.amount < 0) return refuse('more of a promotion would come back than was taken back');
  const ids = request.lines.map((part) => part.lineId);
  const whole = ids.map((lineId) => ({ lineId, quantity: (lineOf(order, lineId)?.quantity ?? 0) - (lineOf(order, lineId)?.returnedQuantity ?? 0) }));
  const notYet = worthOfNext(order, whole).amount - promisedFor(order, ids);
  const before = order.returns.filter(isCounting);
  const together = order.lines.map((line) => ({
    lineId: line.id,
    quantity: line.returnedQuantity + (request.lines.find((part) => part.lineId === line.id)?.quantity ?? 0),
  }));
  const promised = add(sum(before.map((entry) => entry.refund), order.currency), refund);
  return refund.amount + takenBack.amount > Math.min(worthOfNext(order, request.lines).amount, Math.max(notYet, 0)) || promised.amount > mostRefundable(order, together).amount
    ? refuse('the refund is more than was paid for the pieces') : null;
}

type Told = Pick<Return, 'reason' | 'shipBy' | 'refund' | 'freight' | 'freightPaidBy' | 'refundTo'> & Partial<Return>;

/** The order with a new entry in it; pieces that go back for good are counted. */
function enter({ order, profile, numbers, at }: OpeningFacts, pieces: Pieces, told: Told, countsBack: boolean): Change<Opened> | WriteRefusal {
  const to = profile.warehouses[order.warehouse];
  if (to === undefined) return refuse(`the shop has no warehouse ${order.warehouse}`);
  const opened: Return = {
    id: `ret-${numbers.number}`, number: numbers.number, orderId: order.id, lines: pieces, state: told.answerBy === undefined ? 'label_issued' : 'requested', openedAt: at, ...told,
    carrier: returnCarrier(order), trackingNumber: numbers.trackingNumber, to, from: order.shippingAddress,
  };
  const lines = order.lines.map((line) => ({
    ...line, returnedQuantity: line.returnedQuantity + (countsBack ? pieces.find((part) => part.lineId === line.id)?.quantity ?? 0 : 0),
  }));
  const changed = { ...order, lines, returns: [...order.returns, opened], revision: order.revision + 1 };
  return { answer: { return: opened, order: changed }, order: changed };
}

/** Verdict, proof, the day of the answer, and what is charged without a fault, where there are any. */
const groundsOf = ({ verdict, proof, answerBy, ifNoFault }: ReturnGrounds): ReturnGrounds =>
  ({ ...(verdict === undefined ? {} : { verdict }), ...(proof === undefined ? {} : { proof }), ...(answerBy === undefined ? {} : { answerBy }), ...(ifNoFault === undefined ? {} : { ifNoFault }) });

/** Pieces that go back for their money. */
export const openReturn: OrderChanger<ReturnOrderRequest, Opened, OpeningFacts> = (facts, request) => {
  const { order, customer, at } = facts;
  if (order.revision !== request.revision) return STALE;
  const problem = piecesProblem(order, request.lines) ?? shipByProblem(request.shipBy, at) ?? amountProblem(order, request);
  if (problem !== null) return problem;
  const named = wayFor(order, customer, request.methodId);
  if (isRefusal(named)) return named;
  const { reason, shipBy, refund, freight, freightPaidBy, takenBack } = request;
  return enter(facts, request.lines, { reason, shipBy, refund, ...(takenBack === undefined ? {} : { takenBack }), freight, freightPaidBy, refundTo: named.way, ...groundsOf(request) }, true);
};

/** Pieces that go back for other pieces; difference and postage are settled once they are here, yet a gift card must hold them now. */
export const openExchange: OrderChanger<ExchangeRequest, Opened, OpeningFacts> = (facts, request) => {
  const { order, customer, at } = facts;
  if (order.revision !== request.revision) return STALE;
  const pieces = mergePieces(request.changes);
  const nought = money(0, order.currency);
  const problem = piecesProblem(order, pieces) ?? shipByProblem(request.shipBy, at) ?? amountProblem(order, { ...request, lines: pieces, refund: nought });
  if (problem !== null) return problem;
  const swaps = findSwaps(facts, request.changes, true);
  if (isRefusal(swaps)) return swaps;
  if (request.difference.currency !== order.currency || request.difference.amount !== differenceOf(swaps)) return refuse(`the difference is ${differenceOf(swaps)}, not ${request.difference.amount}`);
  const named = wayFor(order, customer, request.methodId);
  if (isRefusal(named)) return named;
  const small = tooSmall(customer, named.way, exchangeSum(request));
  if (small !== null) return small;
  const replacements = swaps.map(({ line, quantity, variant }) => ({ lineId: line.id, quantity, variantId: variant.id, options: variant.options, unitPrice: variant.price }));
  const { reason, shipBy, freight, freightPaidBy, difference } = request;
  return enter(facts, pieces, { service: 'exchange', replacements, difference, reason, shipBy, refund: nought, freight, freightPaidBy, refundTo: named.way, ...groundsOf(request) }, true);
};

/** Pieces to be repaired, sent in or seen to where the customer is; they stay the customer's. */
export const openRepair: OrderChanger<RepairRequest, Opened, OpeningFacts> = (facts, request) => {
  const { order, customer, at } = facts;
  if (order.revision !== request.revision) return STALE;
  const problem = piecesProblem(order, request.lines) ?? shipByProblem(request.shipBy, at);
  if (problem !== null) return problem;
  const named = wayFor(order, customer, undefined);
  if (isRefusal(named)) return named;
  const nought = money(0, order.currency);
  return enter(facts, request.lines, {
    service: request.how === 'mail_in' ? 'repair' : 'repair_on_site', reason: 'defective', problem: request.problem, ...(request.phone === undefined ? {} : { phone: request.phone }),
    shipBy: request.shipBy, refund: nought, freight: nought, freightPaidBy: 'shop', refundTo: named.way,
  }, false);
};
