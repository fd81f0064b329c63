import { defineAnswerFlow } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { money, share } from '../domain/money.js';
import { standing } from '../domain/promotion-rules.js';

/** Points, the member level, what it brings and what is missing to the next, from the customer's own purchases. */
export const points = defineAnswerFlow({
  id: 'points',
  needs: 'L1',
  slots: {},
  refusals: ['no-customer'],
  async answer({ shop, now, timeZone, customer, policy, intent }) {
    if (!customer) return { refused: 'no-customer' };
    const levels = await shop.memberLevels();
    const orders = await shop.ordersOf(customer.id);
    const stand = standing(customer, orders, levels, now);
    const { currency } = stand.spent;
    const worth = { money: money(stand.points * policy.points.valuePerPoint, currency) };
    const since: Value = { date: stand.since, zone: timeZone, style: 'day' };
    const spent = { spent: { money: stand.spent }, since };
    const balance = { key: stand.points > 0 ? 'points.balance' : 'points.none', values: { points: stand.points, worth } };
    const expiry = stand.nextExpiry ? [{ key: 'points.expiry', values: { points: stand.nextExpiry.points, worth: { money: money(stand.nextExpiry.points * policy.points.valuePerPoint, currency) }, at: { date: stand.nextExpiry.at, zone: timeZone, style: 'day' as const } } }] : [];
    const level = stand.level
      ? [{ key: 'points.level', values: { level: stand.level.name, discount: stand.level.discount / 100, perUnit: stand.level.pointsPerUnit, priority: stand.level.priorityDispatch ? 'yes' : 'no', ...spent } }]
      : [{ key: 'points.no-level', values: spent }];
    // A discount is best told with a sum: what it takes off the latest order's amount.
    const [latest] = orders.filter((order) => order.currency === currency);
    const off = stand.level && latest ? share(latest.total, stand.level.discount) : undefined;
    const example: Reply[] = off && off.amount > 0 && latest ? [{ key: 'points.example', values: { amount: { money: latest.total }, off: { money: off } } }] : [];
    const next = stand.next ? [{ key: 'points.next', values: { level: stand.next.level.name, missing: { money: stand.next.missing }, discount: stand.next.level.discount / 100, from: { money: stand.next.level.from } } }] : [];
    const others = [...new Set(orders.map((order) => order.currency))].filter((one) => one !== currency);
    const apart: Reply[] = others.length > 0 ? [{ key: 'points.other-currency', values: { others: { list: others }, currency } }] : [];
    const ladder = intent === 'membership_info' ? [{ key: 'points.ladder', values: { lines: { lines: levels.map((one): Value => ({ text: { key: 'points.step', values: { level: one.name, from: { money: one.from }, discount: one.discount / 100, perUnit: one.pointsPerUnit, priority: one.priorityDispatch ? 'yes' : 'no' } } })) } } }] : [];
    return {
      say: intent === 'membership_info' ? [...level, ...example, ...next, ...apart, ...ladder, balance, ...expiry] : [balance, ...expiry, ...level, ...next, ...apart],
      receipts: [{ rule: 'member.level', granted: true, inputs: { spent: { money: stand.spent }, level: stand.level?.name ?? '–' }, policyVersion: policy.version, at: now }],
    };
  },
});
