import { defineActionFlow, type Finding, type Found, type Refused, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import type { Order, Return } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import { faultWindow } from '../domain/refund-rules.js';
import { deliveredAt, type Pick as Piece } from '../domain/return-rules.js';
import { addDays } from '../domain/time.js';
import { warrantyOf, type Warranty } from '../domain/warranty-rules.js';
import type { RepairRequest } from '../ports/shop.js';
import { answeredBy } from './case-wording.js';
import { agrees, orderOf, phoneSlot, photosSlot, problemLines, wordsSlot } from './problem-slots.js';
import { closesAt } from './return-asking.js';
import { labelDocuments } from './return-item.js';
import { workClock } from './return-news.js';
import { returnTimers } from './return-timers.js';
import { orderSlot } from './slots.js';
import { lineName } from './wording.js';
import { byOpenCase, dated } from './no-receipt.js';

type Code = 'not-delivered' | 'no-warranty' | 'warranty-over' | 'already-open' | 'to-the-maker';
type Rules = Pick<Finding, 'policy' | 'now' | 'timeZone' | 'customer'>;

const linesOf = (order: Order, picks: readonly Piece[]) => order.lines.filter((line) => picks.some((pick) => pick.line === line.id));
const hasArrived = (order: Order): boolean => order.state !== 'cancelled' && order.lines.some((line) => deliveredAt(order, line) !== undefined);
const instead = (...keys: string[]) => keys.map((key) => ({ key }));
const day = (date: string, zone: string): Value => ({ date, zone, style: 'day' });
const moment = (date: string, zone: string): Value => ({ date, zone, style: 'both' });

/** The warranty that covers all the pieces, or why none does: the shortest counts, and a repair that is open is not opened again. */
function covered(order: Order, picks: readonly Piece[], { policy, now, timeZone, customer }: Rules): Warranty | Refused<Code> {
  const receipt = (rule: string, granted: boolean, inputs: Readonly<Record<string, Value>>) => ({ rule, granted, inputs, policyVersion: policy.version, at: now });
  const open = order.returns.find((one) => (one.service === 'repair' || one.service === 'repair_on_site') && !['rejected', 'refunded', 'withdrawn', 'declined', 'expired'].includes(one.state) && one.lines.some((part) => picks.some((pick) => pick.line === part.lineId)));
  if (open) return { refused: 'already-open', with: { rma: open.number, number: order.number }, receipts: byOpenCase(order, open.number, { policy, now }), leadsTo: 'return_status', topic: { order: order.number, return: open.number } };
  let shortest: Warranty | undefined;
  for (const line of linesOf(order, picks)) {
    if (order.state === 'cancelled' || deliveredAt(order, line) === undefined) return { refused: 'not-delivered', with: { item: line.name, number: order.number }, receipts: dated({ rule: 'return.state', granted: false, inputs: { item: line.name, number: order.number } }, { policy, now }), alternatives: instead('instead.wait-delivery'), offers: ['track_parcel'] };
    const own = warrantyOf(order, line, policy, now, timeZone, customer?.level);
    if (!own) return { refused: 'no-warranty', with: { item: line.name, category: { category: line.category } }, receipts: dated({ rule: 'warranty.none', granted: false, inputs: { item: line.name, category: { category: line.category } } }, { policy, now }), alternatives: instead('instead.fault', 'instead.paid-repair'), offers: ['item_defective'] };
    const inputs = { item: line.name, months: own.months, delivered: day(own.delivered, timeZone), until: day(own.until, timeZone) };
    if (own.isOver) {
      const law = faultWindow(order, line, policy, now, timeZone, customer?.level);
      const runs = law !== null && !law.isOver;
      return { refused: 'warranty-over', with: inputs, alternatives: instead(...(runs ? ['instead.law-still'] : []), 'instead.paid-repair'), offers: runs ? ['item_defective'] : [], receipts: [receipt('warranty.term', false, inputs), ...(runs ? [receipt('refund.window', true, law.inputs)] : [])] };
    }
    if (!shortest || own.until < shortest.until) shortest = { ...own, hasMaker: own.hasMaker && (shortest?.hasMaker ?? true), isOnSite: own.isOnSite && (shortest?.isOnSite ?? true) };
    else shortest = { ...shortest, hasMaker: own.hasMaker && shortest.hasMaker, isOnSite: own.isOnSite && shortest.isOnSite };
  }
  return shortest ?? { refused: 'no-warranty', with: { item: '', category: '' }, receipts: dated({ rule: 'warranty.none', granted: false, inputs: { item: '', category: '' } }, { policy, now }) };
}

async function lookUp(finding: Finding): Promise<{ readonly order: Order; readonly picks: Piece[]; readonly warranty: Warranty } | Refused<string>> {
  const order = await orderOf(finding);
  if (!order) return { refused: 'no-orders' };
  const picks = [...(finding.slots['lines'] ?? []) as unknown as Piece[]];
  const warranty = covered(order, picks, finding);
  return 'refused' in warranty ? warranty : { order, picks, warranty };
}

/** Whether the shop is to repair it, after both ways were explained; the maker's service points need no request here. */
const routeSlot: Slot<'shop' | 'maker'> = {
  restsOn: ['order', 'lines'],
  hear(heard) {
    if (!heard.asked) return undefined;
    const answer = agrees(heard);
    return answer === undefined ? { said: '', definite: false } : { said: answer === 'yes' ? 'shop' : 'maker', definite: true };
  },
  async find(finding): Promise<Found<'shop' | 'maker'>> {
    const known = await lookUp(finding);
    if ('refused' in known) return known;
    if (finding.said === 'shop' || finding.said === 'maker' || !known.warranty.hasMaker) return { value: finding.said === 'maker' ? 'maker' : 'shop' };
    const items = linesOf(known.order, known.picks).map((line) => lineName(line, known.picks.find((pick) => pick.line === line.id)?.quantity)).join(', ');
    const { repairDays } = finding.policy.warranty;
    return {
      ask: { key: 'repair.ask.route', values: { items, until: day(known.warranty.until, finding.timeZone), fast: repairDays.from, slow: repairDays.to } },
      options: [{ label: { text: { key: 'choice.repair-shop' } }, value: 'shop' }, { label: { text: { key: 'choice.repair-maker' } }, value: 'maker' }],
    };
  },
};

/** The six steps go on only for a repair by the shop. */
const problem: Slot<string> = {
  ...wordsSlot('repair.ask.problem'),
  async find(finding) {
    const known = await lookUp(finding);
    if ('refused' in known) return known;
    return finding.slots['route'] === 'maker' ? toTheMaker(known.warranty, finding) : wordsSlot('repair.ask.problem').find(finding);
  },
};

const toTheMaker = (warranty: Warranty, { timeZone }: Pick<Rules, 'timeZone'>): Refused<'to-the-maker'> => ({ refused: 'to-the-maker', with: { until: day(warranty.until, timeZone) } });

/** Sent in, or repaired where the customer is where the shop does that. */
const howSlot: Slot<'mail_in' | 'on_site'> = {
  restsOn: ['order', 'lines'],
  hear: (heard) => (heard.asked ? { said: '', definite: false } : undefined),
  async find(finding): Promise<Found<'mail_in' | 'on_site'>> {
    const known = await lookUp(finding);
    if ('refused' in known) return known;
    if (!known.warranty.isOnSite) return { value: 'mail_in' };
    return { ask: { key: 'repair.ask.how' }, options: [{ label: { text: { key: 'choice.mail-in' } }, value: 'mail_in' }, { label: { text: { key: 'choice.on-site' } }, value: 'on_site' }] };
  },
};

/** That a repair nothing is sent for is closed, and when. */
function closing(one: Return, policy: Policy, zone: string): Reply[] {
  const { due, atEnd } = closesAt(one, zone, policy);
  return atEnd === 'closed' ? [{ key: 'repair.closes', values: { due } }] : [];
}

/** A repair under the warranty: both ways explained, then order, pieces, what is wrong, pictures, a phone number, and sent in or on site. */
export const repair = defineActionFlow({
  id: 'repair',
  needs: 'L1',
  slots: { order: orderSlot(hasArrived), lines: problemLines, route: routeSlot, problem, photos: photosSlot(() => 'defective'), phone: phoneSlot, how: howSlot },
  reasons: ['item_defective'],
  refusals: ['no-orders', 'not-delivered', 'no-warranty', 'warranty-over', 'already-open', 'to-the-maker'],

  async propose({ slots, shop, policy, now, timeZone, customer }) {
    const order = await shop.findOrder(slots.order);
    if (!order) return { refused: 'no-orders' };
    const picks = [...slots.lines];
    const warranty = covered(order, picks, { policy, now, timeZone, ...(customer ? { customer } : {}) });
    if ('refused' in warranty) return warranty;
    if (slots.route === 'maker') return toTheMaker(warranty, { timeZone });
    const shipBy = addDays(now, policy.returns.shipWithinDays);
    const due = await answeredBy({ shop, policy, now }, policy.desk.answerBusinessDays);
    const items = linesOf(order, picks).map((line) => lineName(line, picks.find((pick) => pick.line === line.id)?.quantity)).join(', ');
    const inputs = { item: items, months: warranty.months, delivered: day(warranty.delivered, timeZone), until: day(warranty.until, timeZone) };
    const { repairDays } = policy.warranty;
    const values = {
      number: order.number, items, until: day(warranty.until, timeZone), problem: slots.problem, photos: slots.photos.length, phone: slots.phone, shipBy: day(shipBy, timeZone), due: moment(due, timeZone),
      fast: repairDays.from, slow: repairDays.to, address: { address: order.shippingAddress }, owner: { text: { key: 'owner.repair_desk' } },
    };
    const wish: RepairRequest = { orderNumber: order.number, revision: order.revision, lines: picks.map(({ line, quantity }) => ({ lineId: line, quantity })), how: slots.how, problem: slots.problem, phone: slots.phone, shipBy };
    return {
      request: { wish, customerId: order.customerId, photos: slots.photos, due },
      shows: [{ key: slots.how === 'on_site' ? 'repair.plan.on-site' : 'repair.plan.mail-in', values }],
      receipts: [{ rule: 'warranty.term', granted: true, inputs, policyVersion: policy.version, at: now }],
      topic: { order: order.number },
    };
  },

  async commit({ request, writer, caseWriter, key, now, timeZone, policy, conversationId }) {
    const { wish } = request;
    const made = await writer.openRepair(wish, key, now);
    if ('refused' in made) return { refused: 'plan-stale' };
    const one = made.return;
    const topic = { order: made.order.number, return: one.number, problem: undefined };
    const { repairDays } = policy.warranty;
    const opened = await caseWriter.open({
      kind: 'repair', conversationId, customerId: request.customerId, orderNumber: made.order.number, lines: wish.lines, owner: 'repair_desk', dueAt: request.due,
      details: { repair: one.number, how: wish.how, problem: wish.problem, phone: wish.phone ?? '', photos: [...request.photos] },
    }, `${key}.2`, now);
    const values = {
      rma: one.number, case: opened.number, due: moment(opened.dueAt, timeZone), phone: wish.phone ?? '', owner: { text: { key: 'owner.repair_desk' } },
      carrier: one.carrier, tracking: one.trackingNumber, shipBy: day(one.shipBy, timeZone), to: { address: one.to }, fast: repairDays.from, slow: repairDays.to,
    };
    // What was promised in days is watched: the parcel to be handed in, the repair to be done.
    const timers = returnTimers(one, { orderNumber: made.order.number, customerId: request.customerId }, policy, now);
    if (wish.how === 'on_site') return { say: [{ key: 'repair.done.on-site', values }, ...workClock(one, { policy, timeZone })], topic, timers };
    return { say: [{ key: 'repair.done.mail-in', values, documents: labelDocuments(made.order, one) }, ...closing(one, policy, timeZone)], topic, offers: ['return_label'], timers };
  },
});
