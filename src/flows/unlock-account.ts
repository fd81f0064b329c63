import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import { hiddenPassword } from '../domain/mask.js';
import { answeredBy, caseFacts } from './case-wording.js';
import { openCases, sentFiles } from './feedback-slots.js';
import { pageLinks } from './shop-facts.js';

/** The address the account is under: said, else the one on file of who is speaking. */
const emailSlot: Slot<string> = {
  hear(heard) {
    const email = heard.entities.find((entity) => entity.kind === 'email');
    return email?.kind === 'email' ? { said: email.value, definite: true } : undefined;
  },
  async find(finding): Promise<Found<string>> {
    const { said, customer, timeZone } = finding;
    const [before] = await openCases(finding, 'account');
    if (before) return { refused: 'already-open', with: caseFacts(before, timeZone) };
    if (typeof said === 'string') return { value: said };
    return customer ? { value: customer.email } : { ask: { key: 'unlock-account.ask.email' } };
  },
};

/** What was told of it. */
const words: Slot<string> = {
  hear: ({ text, asked, intent }) => (!asked && intent === 'account_locked' && text.trim() !== '' ? { said: text.trim().slice(0, 600), definite: false } : undefined),
  find: async ({ said }) => ({ value: typeof said === 'string' ? said : '' }),
};

/** An account that is frozen or broken into: what to do at once, and a case for a person, who unlocks it after making sure whose it is. */
export const unlockAccount = defineActionFlow({
  id: 'unlock-account',
  needs: 'L0',
  slots: { email: emailSlot, words, files: sentFiles },
  refusals: ['already-open'],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    const before = (await openCases(reading, 'account'))[0];
    if (before) return { refused: 'already-open', with: caseFacts(before, timeZone) };
    const dueAt = await answeredBy(reading, policy.feedback.businessDays.grave);
    const hidden = slots.words.includes(hiddenPassword) ? [{ key: 'how-to.password-hidden' }] : [];
    return {
      request: { email: slots.email, words: slots.words, files: slots.files, dueAt, customerId: customer?.id ?? '' },
      shows: [
        ...hidden, { key: 'unlock-account.tips', links: await pageLinks(['password', 'security'], reading) },
        { key: 'unlock-account.plan', values: { ...caseFacts({ number: '', owner: 'account_desk', dueAt, openedAt: now }, timeZone), email: slots.email } },
      ],
      receipts: [{ rule: 'feedback.due', granted: true, inputs: { days: policy.feedback.businessDays.grave }, policyVersion: policy.version, at: now }],
    };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { email, words: told, files, dueAt, customerId } = request;
    const one = await caseWriter.open({ kind: 'account', conversationId, customerId, orderNumber: '', owner: 'account_desk', dueAt, details: { wish: 'unlock', email, told, files } }, key, now);
    return { say: [{ key: 'unlock-account.done', values: caseFacts(one, timeZone) }] };
  },
});
