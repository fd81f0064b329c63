import { defineAnswerFlow, type Found, type Slot } from '../dialogue/flow.js';
import type { Value } from '../domain/message.js';
import { money, type Money } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import type { Coupon } from '../domain/promotion.js';
import { couponProblem, couponWorth, standing, stepFor } from '../domain/promotion-rules.js';

/** An amount of money said by the customer, in minor units with its currency if it was said; null when there is none. */
const amountSlot: Slot<{ readonly amount: number; readonly currency: string } | null> = {
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'money');
    return said?.kind === 'money' ? { said: { amount: said.amount, currency: said.currency ?? '' }, definite: false } : undefined;
  },
  find: async ({ said }) => ({ value: (said as { amount: number; currency: string } | undefined) ?? null }),
};

/** An order the customer names and that was shown to be theirs; else null. */
const orderNamedSlot: Slot<string | null> = {
  needs: 'L1',
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'order_number');
    return said?.kind === 'order_number' && said.marked ? { said: said.value, definite: false } : undefined;
  },
  async find({ said, shop, customer }): Promise<Found<string | null>> {
    const order = typeof said === 'string' ? await shop.findOrder(said) : null;
    return { value: order && order.customerId === customer?.id ? order.number : null };
  },
};

/** What spend-and-save promotions run and how they work out, for an amount or for an order of this customer. */
export const promotions = defineAnswerFlow({
  id: 'promotions',
  needs: 'L0',
  slots: { amount: amountSlot, order: orderNamedSlot },
  refusals: [],
  async answer({ slots, shop, now, timeZone, policy, customer }) {
    const all = await shop.promotions(now);
    const currency = customer ? (await shop.ordersOf(customer.id))[0]?.currency : undefined;
    const running = all.filter((one) => currency === undefined || one.currency === currency);
    const order = slots.order === null ? null : await shop.findOrder(slots.order);
    if (order) {
      const applied = order.discounts.filter((one) => one.kind === 'promotion');
      const lines = applied.map((one): Value => ({ text: { key: 'promotions.applied', values: { name: one.reference, amount: { money: one.amount } } } }));
      return { say: [applied.length > 0 ? { key: 'promotions.order-with', values: { number: order.number, lines: { lines } } } : { key: 'promotions.order-without', values: { number: order.number } }], topic: { order: order.number } };
    }
    if (running.length === 0) return { say: [{ key: 'promotions.none' }], offers: ['coupon_help'] };
    const day = (date: string): Value => ({ date, zone: timeZone, style: 'both' });
    const list = running.map((one): Value => ({ text: { key: 'promotions.one', values: { name: one.name, until: day(one.endsAt), scope: one.categories.length === 0 ? { text: { key: 'promotions.everything' } } : { list: one.categories.map((category) => ({ category })) }, steps: { list: one.steps.map((step): Value => ({ text: { key: 'promotions.step', values: { from: { money: money(step.from, one.currency) }, save: { money: money(step.save, one.currency) } } } })) } } } }));
    const example = running[0];
    if (!example) return { say: [] };
    const said = slots.amount;
    const same = running.find((one) => said === null || said.currency === '' || one.currency === said.currency) ?? example;
    const spend = said === null || (said.currency !== '' && said.currency !== same.currency) ? Math.round(((same.steps[0]?.from ?? 0) + (same.steps[1]?.from ?? same.steps[0]?.from ?? 0)) / 2) : said.amount;
    const result = stepFor(same, spend);
    const values = { spend: { money: money(spend, same.currency) }, saved: { money: result.saved }, pays: { money: money(spend - result.saved.amount, same.currency) }, name: same.name };
    const worked = result.saved.amount > 0 ? 'promotions.worked' : 'promotions.worked-none';
    return {
      say: [
        { key: 'promotions.list', values: { count: running.length, lines: { lines: list } } },
        { key: said === null ? 'promotions.example' : worked, values },
        ...(result.next ? [{ key: 'promotions.next', values: { missing: { money: result.next.missing }, saves: { money: result.next.saves } } }] : []),
      ],
      receipts: [{ rule: 'promotion.steps', granted: result.saved.amount > 0, inputs: values, policyVersion: policy.version, at: now }],
      offers: ['coupon_help'],
    };
  },
});

/** A coupon code the customer named; null when none. */
const codeSlot: Slot<string | null> = {
  hear(heard) {
    const said = heard.entities.find((entity) => entity.kind === 'code');
    if (said?.kind === 'code') return { said: said.value, definite: false };
    // In a question on coupons a word in capitals is a code, named as one or not.
    const bare = heard.intent === 'coupon_help' ? /(?<![\p{L}\d-])(?=[A-Z\d]*[A-Z])[A-Z][A-Z\d]{3,19}(?![\p{L}\d-])/u.exec(heard.text) : null;
    return bare ? { said: bare[0], definite: false } : undefined;
  },
  find: async ({ said }) => ({ value: typeof said === 'string' ? said : null }),
};

/** How often a coupon was used on orders that stand. */
const usesOf = (coupon: Coupon, orders: readonly Order[]): number =>
  orders.filter((order) => order.state !== 'cancelled' && order.discounts.some((one) => one.reference === coupon.code)).length;

/** Where coupons come from, until when and on what they count, and why one does not work. */
export const coupons = defineAnswerFlow({
  id: 'coupons',
  needs: 'L0',
  slots: { code: codeSlot, amount: amountSlot },
  refusals: [],
  async answer({ slots, shop, now, timeZone, policy, customer }) {
    const describe = (coupon: Coupon): Value => ({
      text: {
        key: coupon.off.kind === 'amount' ? 'coupons.amount' : 'coupons.share',
        values: {
          code: coupon.code, off: coupon.off.kind === 'amount' ? { money: money(coupon.off.amount, coupon.currency) } : coupon.off.basisPoints / 100,
          minimum: { money: money(coupon.minimum, coupon.currency) }, from: { date: coupon.startsAt, zone: timeZone, style: 'both' }, until: { date: coupon.endsAt, zone: timeZone, style: 'both' },
          scope: coupon.categories.length === 0 ? { text: { key: 'promotions.everything' } } : { list: coupon.categories.map((category) => ({ category })) },
        },
      },
    });
    if (slots.code !== null) {
      const coupon = await shop.findCoupon(slots.code);
      const said = slots.amount;
      const amount: Money | undefined = said && coupon ? money(said.amount, said.currency === '' ? coupon.currency : said.currency) : undefined;
      const orders = customer ? await shop.ordersOf(customer.id) : [];
      const uses = coupon ? usesOf(coupon, orders) : 0;
      const problem = couponProblem(coupon, { now, uses, ...(customer ? { customer } : {}), ...(amount ? { amount } : {}) });
      const receipt = { rule: 'coupon.valid', granted: problem === null, inputs: { code: slots.code, reason: { text: { key: `coupon-problem.${problem ?? 'none'}` } } }, policyVersion: policy.version, at: now };
      const details: Value = coupon ? describe(coupon) : '';
      if (problem === null && coupon) {
        const worth = amount ? [{ key: 'coupons.worth', values: { amount: { money: amount }, off: { money: couponWorth(coupon, amount) } } }] : [];
        return { say: [{ key: 'coupons.works', values: { code: coupon.code, details } }, ...worth], receipts: [receipt] };
      }
      return { say: [{ key: `coupons.problem.${problem ?? 'unknown'}`, values: { code: slots.code, details, from: { date: coupon?.startsAt ?? now, zone: timeZone, style: 'both' }, until: { date: coupon?.endsAt ?? now, zone: timeZone, style: 'both' }, minimum: { money: money(coupon?.minimum ?? 0, coupon?.currency ?? 'EUR') } } }], receipts: [receipt], offers: ['promotion_info'] };
    }
    const orders = customer ? await shop.ordersOf(customer.id) : [];
    const isUsable = (one: Coupon | null): one is Coupon => one !== null && couponProblem(one, { now, uses: usesOf(one, orders), ...(customer ? { customer } : {}) }) === null;
    const open = (await shop.openCoupons(now)).filter(isUsable);
    const held = customer ? (await Promise.all(customer.coupons.map((code) => shop.findCoupon(code)))).filter((one): one is Coupon => isUsable(one) && !one.open) : [];
    return {
      say: [
        ...(held.length > 0 ? [{ key: 'coupons.held', values: { lines: { lines: held.map(describe) } } }] : []),
        open.length > 0 ? { key: 'coupons.open', values: { lines: { lines: open.map(describe) } } } : { key: 'coupons.none-open' },
        { key: customer ? 'coupons.ask-code' : 'coupons.ask-code-or-sign-in' },
      ],
      offers: ['promotion_info'],
    };
  },
});

/** Points, the member level, what it brings and what is missing to the next. */
export const points = defineAnswerFlow({
  id: 'points',
  needs: 'L1',
  slots: {},
  refusals: ['no-customer'],
  async answer({ shop, now, timeZone, customer, policy, intent }) {
    if (!customer) return { refused: 'no-customer' };
    const levels = await shop.memberLevels();
    const stand = standing(customer, await shop.ordersOf(customer.id), levels, now);
    const currency = levels[0]?.from.currency ?? 'EUR';
    const worth = { money: money(stand.points * policy.points.valuePerPoint, currency) };
    const balance = { key: stand.points > 0 ? 'points.balance' : 'points.none', values: { points: stand.points, worth } };
    const expiry = stand.nextExpiry ? [{ key: 'points.expiry', values: { points: stand.nextExpiry.points, at: { date: stand.nextExpiry.at, zone: timeZone, style: 'day' as const } } }] : [];
    const level = stand.level
      ? [{ key: 'points.level', values: { level: stand.level.name, discount: stand.level.discount / 100, perUnit: stand.level.pointsPerUnit, priority: stand.level.priorityDispatch ? 'yes' : 'no', spent: { money: stand.spent } } }]
      : [{ key: 'points.no-level', values: { spent: { money: stand.spent } } }];
    const next = stand.next ? [{ key: 'points.next', values: { level: stand.next.level.name, missing: { money: stand.next.missing }, discount: stand.next.level.discount / 100 } }] : [];
    const ladder = intent === 'membership_info' ? [{ key: 'points.ladder', values: { lines: { lines: levels.map((one): Value => ({ text: { key: 'points.step', values: { level: one.name, from: { money: one.from }, discount: one.discount / 100, perUnit: one.pointsPerUnit } } })) } } }] : [];
    return {
      say: intent === 'membership_info' ? [...level, ...next, ...ladder] : [balance, ...expiry, ...level, ...next],
      receipts: [{ rule: 'member.level', granted: true, inputs: { spent: { money: stand.spent }, level: stand.level?.name ?? '–' }, policyVersion: policy.version, at: now }],
    };
  },
});
