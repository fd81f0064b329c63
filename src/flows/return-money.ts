import { defineAnswerFlow, type Reading } from '../dialogue/flow.js';
import type { Json, Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order, ReturnReason } from '../domain/order.js';
import { returnRules, subjectOf } from '../domain/policy-layers.js';
import { planReturn, type Pick, type ReturnPlan } from '../domain/return-rules.js';
import type { Selection } from './grounding/selection.js';
import { reasonFor } from './grounds-slot.js';
import { methodName } from './payment-slot.js';
import { lineName } from './wording.js';

/** Pieces of one order, and the one reason they go back for, where it is settled. */
interface Going {
  readonly order: Order;
  readonly picks: readonly Pick[];
  readonly reason?: ReturnReason;
}

/**
 * What comes back for the pieces a return under way is about, when and to where: asked in the middle of it, before its plan
 * can say so. It has no sentences of its own.
 */
export const returnMoney = defineAnswerFlow({
  id: 'return-money',
  needs: 'L1',
  slots: {},
  refusals: [],

  async answer(reading) {
    const going = await goingIn(reading);
    const told = going.flatMap((one) => toldOf(one, reading));
    return { say: told.length > 0 ? told : [await inGeneral(reading)] };
  },
});

/** What is settled of the return that waits for its question to be answered. */
async function goingIn({ waiting = [], shop, customer }: Reading): Promise<Going[]> {
  const slots = waiting[0]?.slots ?? {};
  const picks = piecesIn(slots);
  const numbers = [...new Set(picks.map(({ order }) => order))];
  const orders = await Promise.all(numbers.map((number) => shop.findOrder(number)));
  return orders.flatMap((order): Going[] => {
    if (!order || order.customerId !== customer?.id) return [];
    const own = picks.filter((pick) => pick.order === order.number);
    const reasons = new Set(slots['reason'] === undefined ? [] : own.map((pick) => reasonFor(slots['reason'] ?? 'unstated', pick)));
    const [reason, other] = reasons;
    return [{ order, picks: own.map(({ line, quantity }) => ({ line, quantity })), ...(reason === undefined || other !== undefined || reason === 'unstated' ? {} : { reason }) }];
  });
}

/** The pieces a flow has settled: as a selection over orders, or as lines of its one order. */
function piecesIn(slots: Readonly<Record<string, Json>>): readonly (Pick & { readonly order: string })[] {
  const selection = slots['items'] as unknown as Selection | undefined;
  if (selection) return selection.picks;
  const [order, lines] = [slots['order'], slots['lines'] as unknown as readonly Pick[] | undefined];
  return typeof order === 'string' && Array.isArray(lines) ? lines.map((pick) => ({ ...pick, order })) : [];
}

/** The two ends of it: a fault of the shop's, and the customer's wish. */
function toldOf({ order, picks, reason }: Going, { policy, now, timeZone, customer }: Reading): Reply[] {
  const planFor = (why: ReturnReason): ReturnPlan | undefined => {
    const plan = planReturn(order, picks, why, policy, now, timeZone, customer?.level);
    return 'refused' in plan ? undefined : plan;
  };
  const fault = planFor(reason ?? 'defective');
  const wish = planFor(reason ?? 'changed_mind');
  const best = fault ?? wish;
  if (!best) return [];
  const items: Value = { list: best.lines.map(({ line, quantity }) => lineName(line, quantity)) };
  const values = {
    items, all: { money: best.refund }, freight: { money: best.freight }, less: { money: (wish ?? best).refund }, label: { money: (wish ?? best).freight },
    taken: best.freightPaidBy === 'customer' && best.freight.amount > 0 ? 'yes' : 'no', to: methodName('', customer, order), fast: best.refundDays.from, slow: best.refundDays.to,
  };
  if (!wish) return [{ key: 'return-money.fault-only', values }];
  return [{ key: wish.refund.amount === best.refund.amount ? 'return-money.told' : 'return-money.either', values }];
}

/** The rule, while it is still open what goes back. */
async function inGeneral({ shop, policy, topic, customer }: Reading): Promise<Reply> {
  const order = topic.order === undefined ? null : await shop.findOrder(topic.order);
  const rules = order ? order.lines.map((line) => returnRules(policy, subjectOf(order, line, customer?.level))) : [returnRules(policy, { category: '', country: customer?.address.country ?? '', level: customer?.level })];
  const currency = order?.currency ?? (await shop.profile()).currency;
  const freight = Math.max(...rules.map((one) => one.freight), 0);
  return { key: 'return-money.rule', values: { charged: freight > 0 ? 'yes' : 'no', freight: { money: money(freight, currency) }, fast: policy.returns.refundDays.from, slow: policy.returns.refundDays.to } };
}
