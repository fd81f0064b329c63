import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import { complaintCategories, departmentOf, type ComplaintCategory } from '../domain/feedback.js';
import type { Value } from '../domain/message.js';
import { categoryIn, severityIn } from '../domain/words/feedback.js';
import { answeredBy, caseFacts } from './case-wording.js';
import { detailOf, namedOrder, openCases, sentFiles, toldSlot } from './feedback-slots.js';

const categoryName = (category: string): Value => ({ text: { key: `complaint.category.${category}` } });

/** What it is about: by the words, else asked with a button for each. */
const categorySlot: Slot<ComplaintCategory> = {
  restsOn: ['told'],
  hear({ text, asked }) {
    const category = categoryIn(text);
    return category === undefined || !asked ? undefined : { said: category, definite: true };
  },
  async find({ said, slots }): Promise<Found<ComplaintCategory>> {
    const category = complaintCategories.find((one) => one === said) ?? categoryIn(String(slots['told'] ?? ''));
    if (category !== undefined) return { value: category };
    return { ask: { key: 'complaint.ask.category' }, options: complaintCategories.map((value) => ({ label: categoryName(value), value })) };
  },
};

/** What may help at once beside the complaint. */
const offersFor = (category: ComplaintCategory): string[] => {
  switch (category) {
    case 'product': return ['item_defective'];
    case 'delivery': return ['track_parcel'];
    default: return [];
  }
};

/**
 * Takes a complaint: recorded in the customer's words, with a category, how grave it is, the department that owns it and the day
 * of the answer. The same complaint again is added to the one there is; what came of it is told in the same conversation.
 */
export const complaint = defineActionFlow({
  id: 'complaint',
  needs: 'L0',
  slots: { told: toldSlot('complaint.ask.told'), category: categorySlot, order: namedOrder, files: sentFiles },
  refusals: [],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    const { told, category, order, files } = slots;
    const severity = severityIn(told);
    const owner = departmentOf[category];
    const dueAt = await answeredBy(reading, policy.feedback.businessDays[severity]);
    const before = (await openCases(reading, 'complaint')).find((one) => detailOf(one, 'category') === category && one.orderNumber === order);
    const values = { told, category: categoryName(category), severity: { text: { key: `severity.${severity}` } }, order, hasOrder: order === '' ? 'no' : 'yes', files: files.length };
    const receipts = [{ rule: 'feedback.due', granted: true, inputs: { days: policy.feedback.businessDays[severity] }, policyVersion: policy.version, at: now }];
    const request = { told, category, severity, order, files, owner, dueAt, customerId: customer?.id ?? '', ...(before ? { addTo: before.number } : {}) };
    if (before) return { request, shows: [{ key: 'complaint.plan.add', values: { ...values, ...caseFacts(before, timeZone) } }], receipts: [] };
    return { request, shows: [{ key: 'complaint.plan', values: { ...values, ...caseFacts({ number: '', owner, dueAt, openedAt: now }, timeZone) } }], receipts };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { told, category, severity, order, files, owner, dueAt, customerId, addTo } = request;
    const details = { category, severity, told, files };
    const added = addTo === undefined ? null : await caseWriter.add(addTo, details, key, now);
    if (added) return { say: [{ key: 'complaint.done.added', values: caseFacts(added, timeZone) }], offers: offersFor(category) };
    const one = await caseWriter.open({ kind: 'complaint', conversationId, customerId, orderNumber: order, owner, dueAt, details }, key, now);
    return { say: [{ key: 'complaint.done', values: caseFacts(one, timeZone) }], offers: offersFor(category) };
  },
});
