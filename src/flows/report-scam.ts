import { defineActionFlow, type Slot } from '../dialogue/flow.js';
import { answeredBy, caseFacts } from './case-wording.js';
import { openCases, sentFiles } from './feedback-slots.js';
import { pageLinks } from './shop-facts.js';

/** What was asked of the customer, in their words, as far as they told it. */
const words: Slot<string> = {
  hear: ({ text }) => (text.trim() === '' ? undefined : { said: text.trim().slice(0, 900), definite: false }),
  find: async ({ said }) => ({ value: typeof said === 'string' ? said : '' }),
};

/** Somebody asks for money or bank data past the checkout: warns at once, and reports it to those who look after security. */
export const reportScam = defineActionFlow({
  id: 'report-scam',
  needs: 'L0',
  slots: { words, files: sentFiles },
  refusals: [],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    const dueAt = await answeredBy(reading, policy.feedback.businessDays.grave);
    const before = (await openCases(reading, 'scam_report'))[0];
    const links = await pageLinks(['security'], reading);
    const facts = caseFacts(before ?? { number: '', owner: 'security_desk', dueAt, openedAt: now }, timeZone);
    return {
      request: { words: slots.words, files: slots.files, dueAt, customerId: customer?.id ?? '', ...(before ? { addTo: before.number } : {}) },
      shows: [{ key: 'report-scam.warning', links }, { key: before ? 'report-scam.plan.add' : 'report-scam.plan', values: { ...facts, files: slots.files.length } }],
      receipts: [],
    };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { words: told, files, dueAt, customerId, addTo } = request;
    const details = { severity: 'grave', told, files };
    const one = (addTo === undefined ? null : await caseWriter.add(addTo, details, key, now))
      ?? await caseWriter.open({ kind: 'scam_report', conversationId, customerId, orderNumber: '', owner: 'security_desk', dueAt, details }, key, now);
    return { say: [{ key: 'report-scam.done', values: caseFacts(one, timeZone) }] };
  },
});
