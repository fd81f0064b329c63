import { defineActionFlow, type Found, type Slot } from '../dialogue/flow.js';
import { privacyWishes, type PrivacyWish } from '../domain/feedback.js';
import type { Value } from '../domain/message.js';
import { addDays } from '../domain/time.js';
import { privacyWishIn } from '../domain/words/feedback.js';
import { caseFacts } from './case-wording.js';
import { detailOf, openCases } from './feedback-slots.js';
import { factsOf, pageLinks } from './shop-facts.js';

const wishName = (wish: string): Value => ({ text: { key: `privacy-request.wish.${wish}` } });

/** What is wanted with the data: by the words, else asked with a button for each. */
const wishSlot: Slot<PrivacyWish> = {
  hear({ text, asked }) {
    const wish = privacyWishIn(text);
    return wish === undefined ? undefined : { said: wish, definite: asked };
  },
  async find({ said }): Promise<Found<PrivacyWish>> {
    const wish = privacyWishes.find((one) => one === said);
    return wish ? { value: wish } : { ask: { key: 'privacy-request.ask' }, options: privacyWishes.map((value) => ({ label: wishName(value), value })) };
  },
};

/** Takes a request about one's own data for those who carry it out: what is wanted, by when it is answered, what may have to be kept. */
export const privacyRequest = defineActionFlow({
  id: 'privacy-request',
  needs: 'L1',
  slots: { wish: wishSlot },
  refusals: ['already-open', 'no-customer'],

  async propose(reading) {
    const { slots, policy, now, timeZone, customer } = reading;
    if (!customer) return { refused: 'no-customer' };
    const before = (await openCases(reading, 'privacy')).find((one) => detailOf(one, 'wish') === slots.wish);
    if (before) return { refused: 'already-open', with: { ...caseFacts(before, timeZone), wish: wishName(slots.wish) } };
    const dueAt = addDays(now, policy.feedback.privacyDays);
    const values = { ...(await factsOf(reading)), ...caseFacts({ number: '', owner: 'privacy_desk', dueAt, openedAt: now }, timeZone), wish: wishName(slots.wish), email: customer.email };
    return {
      request: { wish: slots.wish, dueAt, customerId: customer.id },
      shows: [{ key: 'privacy-request.plan', values, links: await pageLinks(['privacy'], reading) }, ...(['erase', 'close'].includes(slots.wish) ? [{ key: 'privacy-request.kept' }] : [])],
      receipts: [{ rule: 'privacy.days', granted: true, inputs: { days: policy.feedback.privacyDays }, policyVersion: policy.version, at: now }],
    };
  },

  async commit({ request, caseWriter, key, now, timeZone, conversationId }) {
    const { wish, dueAt, customerId } = request;
    const one = await caseWriter.open({ kind: 'privacy', conversationId, customerId, orderNumber: '', owner: 'privacy_desk', dueAt, details: { wish } }, key, now);
    return { say: [{ key: 'privacy-request.done', values: { ...caseFacts(one, timeZone), wish: wishName(wish) } }] };
  },
});
