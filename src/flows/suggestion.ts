import { defineActionFlow } from '../dialogue/flow.js';
import { areaIn } from '../domain/words/feedback.js';
import { answeredBy, caseFacts } from './case-wording.js';
import { openCases, sentFiles, toldSlot } from './feedback-slots.js';

const owners = { site: 'shop_desk', campaign: 'shop_desk', delivery: 'carrier_desk', product: 'product_desk', other: 'service_desk' } as const;

/** Takes a proposal on the shop, its campaigns or its goods: recorded in the customer's words and passed to the department it concerns. Whether it is taken up is not promised. */
export const suggestion = defineActionFlow({
  id: 'suggestion',
  needs: 'L0',
  slots: { told: toldSlot('suggestion.ask.told'), files: sentFiles },
  refusals: [],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    const area = areaIn(slots.told);
    const owner = owners[area];
    const dueAt = await answeredBy(reading, policy.feedback.businessDays.low);
    const before = (await openCases(reading, 'suggestion')).find((one) => one.owner === owner);
    const values = { told: slots.told, area: { text: { key: `suggestion.area.${area}` } } };
    const request = { told: slots.told, area, owner, dueAt, files: slots.files, customerId: customer?.id ?? '', ...(before ? { addTo: before.number } : {}) };
    const receipts = [{ rule: 'feedback.due', granted: true, inputs: { days: policy.feedback.businessDays.low }, policyVersion: policy.version, at: now }];
    if (before) return { request, shows: [{ key: 'suggestion.plan.add', values: { ...values, ...caseFacts(before, timeZone) } }], receipts: [] };
    return { request, shows: [{ key: 'suggestion.plan', values: { ...values, ...caseFacts({ number: '', owner, dueAt, openedAt: now }, timeZone) } }], receipts };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { told, area, owner, dueAt, files, customerId, addTo } = request;
    const details = { area, severity: 'low', told, files };
    const added = addTo === undefined ? null : await caseWriter.add(addTo, details, key, now);
    if (added) return { say: [{ key: 'suggestion.done.added', values: caseFacts(added, timeZone) }] };
    const one = await caseWriter.open({ kind: 'suggestion', conversationId, customerId, orderNumber: '', owner, dueAt, details }, key, now);
    return { say: [{ key: 'suggestion.done', values: caseFacts(one, timeZone) }] };
  },
});
