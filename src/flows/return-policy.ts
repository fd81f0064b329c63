import { defineAnswerFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Reply, Value } from '../domain/message.js';
import { money } from '../domain/money.js';
import type { Order, ReturnReason } from '../domain/order.js';
import { careFor, returnRules, subjectOf, type Subject } from '../domain/policy-layers.js';
import { nameScore } from './grounding.js';
import { ordersSlot } from './slots.js';
import { lineName } from './wording.js';

const own = ordersSlot((orders) => orders.slice(0, 0));

/** An order of theirs, where one is named by number: only then must it be known who asks. Known already, the order talked about is meant. */
const orderSlot: Slot<string[]> = {
  ...own,
  needs: 'L1',
  hear: (heard) => (heard.entities.some((entity) => entity.kind === 'order_number' && (entity.marked || heard.asked)) ? own.hear(heard) : undefined),
  async find(finding): Promise<Found<string[]>> {
    if (finding.said !== undefined) return own.find(finding);
    const order = finding.customer && finding.topic.order !== undefined ? await finding.shop.findOrder(finding.topic.order) : null;
    return { value: order && order.customerId === finding.customer?.id ? [order.number] : [] };
  },
};

/** What kind of goods is asked about, by the name of something the shop sells; empty for goods in general. */
const categorySlot: Slot<string> = {
  hear: (heard) => (heard.asked ? undefined : { said: heard.text.slice(0, 300), definite: false }),
  async find({ said, shop, slots }): Promise<Found<string>> {
    if (typeof said !== 'string' || (slots['order'] as readonly string[] | undefined)?.length) return { value: '' };
    const scored = (await shop.products()).map((product) => ({ category: product.category, score: nameScore(said, { name: product.name, options: {} }, product) })).toSorted((a, b) => b.score - a.score);
    const [best] = scored;
    return { value: best && best.score >= 0.55 ? best.category : '' };
  },
};

/** The buyer's country, whose law may be kinder: as said, else where the customer lives. */
const countrySlot: Slot<string> = {
  hear(heard) {
    const country = heard.entities.find((entity) => entity.kind === 'country');
    return country?.kind === 'country' ? { said: country.value, definite: false } : undefined;
  },
  find: async ({ said, customer }) => ({ value: typeof said === 'string' ? said : customer?.address.country ?? '' }),
};

const conditions = { unused: 'return-condition.unused', with_tags: 'return-condition.with_tags', sealed: 'return-condition.sealed', reset: 'return-condition.reset', clean: 'return-condition.clean', as_worn_once: 'return-condition.as_worn_once' } as const;
const packings = { original_box: 'return-packing.original_box', any_strong_box: 'return-packing.any_strong_box', padded: 'return-packing.padded', bag: 'return-packing.bag', battery: 'return-packing.battery' } as const;
const materials = { order_number: 'return-material.order_number', photo_fault: 'return-material.photo_fault', photo_label: 'return-material.photo_label', photo_page: 'return-material.photo_page', photo_contents: 'return-material.photo_contents', accessories: 'return-material.accessories' } as const;

/** The condition goods must be in and how they are packed. */
/** The condition some goods have to be in to go back, and how they are packed, in words. */
export function care(subject: Subject, { policy }: Pick<Reading, 'policy'>): { condition: Value; packing: Value } {
  const { condition, packing } = careFor(policy, subject);
  return { condition: { text: { key: conditions[condition] } }, packing: { text: { key: packings[packing] } } };
}

/** What to have ready, for each group of reasons that need the same. */
function checklist({ policy }: Pick<Reading, 'policy'>): Reply {
  const lines = Object.entries(policy.returns.materials).map(([reason, needed]): Value => {
    const known = policy.returns.faultReasons.find((one): one is ReturnReason => one === reason);
    const value = known ?? 'changed_mind';
    return { text: { key: 'return-policy.material', values: { reason: { text: { key: reason === 'other' ? 'return-policy.any-reason' : `reason.${value}` } }, needed: { list: needed.map((one): Value => ({ text: { key: materials[one] } })) } } } };
  });
  return { key: 'return-policy.materials', values: { lines: { lines } } };
}

/** The rules of returning: window, who pays, when the money comes; for an order of theirs also the exact address, condition, packing and what to have ready. */
export const returnPolicy = defineAnswerFlow({
  id: 'return-policy',
  needs: 'L0',
  slots: { order: orderSlot, category: categorySlot, country: countrySlot },
  refusals: ['no-orders'],

  async answer(reading) {
    const { slots, shop, policy } = reading;
    const orders = (await Promise.all(slots.order.map((number) => shop.findOrder(number)))).filter((one): one is Order => one !== null);
    const [order] = orders;
    if (order) return { say: await ofOrder(order, reading), offers: order.returns.some((one) => one.state === 'label_issued') ? ['return_label'] : ['return_request'], topic: { order: order.number } };
    const rules = returnRules(policy, { category: slots.category, country: slots.country, level: reading.customer?.level });
    const { currency } = await shop.profile();
    const values = {
      limited: rules.windowDays === null ? 'no' : 'yes', days: rules.windowDays ?? 0, faultDays: rules.faultWindowDays, freight: { money: money(rules.freight, currency) }, shipDays: rules.shipWithinDays, fast: rules.refundDays.from, slow: rules.refundDays.to,
      country: slots.country === '' ? '' : { country: slots.country }, law: rules.law ?? '', hasLaw: rules.law === undefined ? 'no' : 'yes',
      without: policy.returns.faultReasons.length === 0 ? '' : { list: Object.entries(policy.returns.categories).filter(([, rule]) => rule.withoutFault === false).map(([category]): Value => ({ category })) },
    };
    const category = slots.category === '' ? [] : [{ key: rules.withoutFault ? 'return-policy.category' : 'return-policy.category-fault-only', values: { category: { category: slots.category }, ...care({ category: slots.category, country: slots.country }, reading) } }];
    return {
      say: [{ key: 'return-policy.rules', values }, ...(category.length > 0 ? category : [{ key: 'return-policy.care', values: { ...care({ category: '', country: slots.country }, reading), ...values } }]), { key: 'return-policy.how', values }],
      offers: ['return_request'],
      receipts: rules.law === undefined ? [] : [{ rule: 'return.law', granted: true, policyVersion: policy.version, at: reading.now, inputs: { country: { country: slots.country }, law: rules.law } }],
    };
  },
});

async function ofOrder(order: Order, reading: Reading): Promise<Reply[]> {
  const { shop, policy } = reading;
  const { warehouses } = await shop.profile();
  const to = warehouses[order.warehouse];
  const rulesOf = order.lines.map((line) => returnRules(policy, subjectOf(order, line, reading.customer?.level)));
  const lines = order.lines.map((line): Value => {
    const rules = returnRules(policy, subjectOf(order, line, reading.customer?.level));
    return { text: { key: rules.withoutFault ? 'return-policy.line' : 'return-policy.line-fault-only', values: { item: lineName(line), limited: rules.windowDays === null ? 'no' : 'yes', days: rules.windowDays ?? 0, faultDays: rules.faultWindowDays, ...care(subjectOf(order, line), reading) } } };
  });
  return [
    { key: 'return-policy.order', values: { number: order.number, lines: { lines } } },
    checklist(reading),
    ...(to ? [{ key: 'return-policy.address', values: { address: { address: to } } }] : []),
    { key: 'return-policy.sending', values: { freight: { money: money(Math.max(...rulesOf.map((rules) => rules.freight)), order.currency) }, shipDays: Math.min(...rulesOf.map((rules) => rules.shipWithinDays)) } },
  ];
}
