import { z } from 'zod';
import { defineDeadline } from '../../dialogue/deadline.js';
import type { CaseEntry } from '../../domain/case-entry.js';
import type { Case } from '../../ports/cases.js';
import { caseTopic } from '../case-wording.js';
import { ifAny, leadsTo, notice, personChoice } from '../notice-wording.js';

/** What the customer hears of a step of the shop's side; null where it is none of theirs to hear. */
function newsIn({ what, offer }: CaseEntry, { state }: Case): 'offered' | 'declined' | 'solved' | 'answered' | null {
  if (what === 'approved') return offer && state !== 'closed' ? 'offered' : null;
  if (what === 'declined') return 'declined';
  return what === 'answered' ? (state === 'closed' ? 'solved' : 'answered') : null;
}

/** What the shop's side did in a case (answered it, agreed to an offer, did not) is told without being asked for, with the way on. */
export const caseNews = defineDeadline({
  name: 'case-news',
  data: z.object({ case: z.string(), customerId: z.string().optional(), at: z.string() }),
  customerOf: ({ customerId }) => customerId,
  notice: { kind: 'case_news', event: (data) => `case|${data.case}|${data.at}` },
  async meet({ data, cases, now, policy }) {
    const [one, entries] = await Promise.all([cases.find(data.case), cases.entries(data.case)]);
    const latest = entries.findLast(({ by, what }) => by === 'shop' || what === 'accepted' || what === 'withdrawn');
    // A later step has news of its own; what the customer did since has overtaken it.
    if (!one || latest?.by !== 'shop' || latest.at !== data.at) return null;
    const news = newsIn(latest, one);
    const about = caseTopic(one);
    const goesOn = one.kind === 'dispute' && news !== 'solved' ? [leadsTo('dispute_open', news === 'offered' ? 'dispute.choice.offer' : 'dispute.choice.platform')] : [];
    return news && {
      say: [notice({ key: 'notice.case-news', values: { case: one.number, ...ifAny('number', one.orderNumber || undefined), news, ...ifAny('text', latest.text), ...ifAny('amount', latest.offer?.amount && { money: latest.offer.amount }) } }, ...goesOn, personChoice)],
      ...(about ? { topic: about } : {}),
      // Solved, as the shop says: some time later the customer is asked whether it is.
      ...(news === 'solved' && data.customerId !== undefined ? { timers: [{ id: `solved|${one.number}`, name: 'satisfaction', dueAt: new Date(Date.parse(now) + policy.notices.satisfactionHours * 3_600_000).toISOString(), data: { customerId: data.customerId, case: one.number, since: now, by: 'case', ...(one.orderNumber === '' ? {} : { order: one.orderNumber }) } }] } : {}),
    };
  },
});
