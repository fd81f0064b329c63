import type { Json, Line } from '../../../src/domain/message.js';
import type { Records } from '../../../src/ports/records.js';

const day = 86_400_000;
const minute = 60_000;

/** A small generator of numbers that are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

const wishes = ['track_parcel', 'track_parcel', 'order_status', 'return_request', 'refund_status', 'order_cancel', 'order_change_address', 'promotion_info', 'item_defective', 'customs_question', 'points_info', 'howto_search'];
const locales = ['en', 'en', 'de', 'es', 'zh', 'fr', 'pt', 'ru', 'ar'];
const channels = ['web', 'web', 'telegram'];
const reasons = ['asked', 'asked', 'not-understood', 'refused', 'anger', 'offered'];

/** Two months of a shop's after-sales, put into the records as the service puts them there. */
export async function fillHistory(records: Records, now: string, talks = 240, customer = 'c-1'): Promise<void> {
  const roll = dice(11);
  for (let n = 0; n < talks; n += 1) {
    const channel = channels[roll(channels.length)] ?? 'web';
    const id = `${channel}:past-${n}`;
    const begun = Date.parse(now) - day - roll(58) * day - roll(12 * 60) * minute;
    const at = (minutes: number): string => new Date(begun + minutes * minute).toISOString();
    const locale = locales[roll(locales.length)] ?? 'en';
    const intent = wishes[roll(wishes.length)] ?? 'howto_search';
    const ends = roll(10);
    const key = ends < 6 ? `${intent}.done` : ends === 6 ? 'return-item.refused.window-closed' : ends === 7 ? 'scope.out' : 'unsure.ask';
    const verdict = ends === 7 ? 'out_of_scope' : ends === 8 ? 'unsure' : 'sure';
    const lines: Omit<Line, 'seq'>[] = [
      { id: `${id}/1`, at: at(0), from: 'customer', locale, text: '…', messageId: 'm1' },
      { id: `${id}.r1`, at: at(0.01), from: 'bot', locale, text: '…', replies: [{ key: 'hello.short' }, { key }], trace: { locale, intents: [], entities: [], flow: null, receipts: ends === 6 ? [{ rule: roll(2) === 0 ? 'return.window' : 'order.cancel', granted: false, inputs: {}, policyVersion: '1', at: at(0) }] : [] } },
    ];
    const understandings = [{ messageId: 'm1', at: at(0), understanding: { locale, intents: [{ intent, verdict }], entities: [] } as Json }];
    if (ends < 3) {
      lines.push({ id: `${id}/2`, at: at(4), from: 'customer', locale, text: '…', messageId: 'm2' }, { id: `${id}.r2`, at: at(4.01), from: 'bot', locale, text: '…', replies: [{ key: 'thanks.reply' }] });
      understandings.push({ messageId: 'm2', at: at(4), understanding: { locale, intents: [{ intent: 'thanks', verdict: 'sure' }], entities: [] } });
    }
    if (ends >= 8) {
      const [answered, closed] = [20 + roll(900), 700 + roll(2400)];
      const ticket = `${id}@#1`;
      await records.tickets.open({ id: ticket, conversationId: id, kind: 'handover', state: 'open', reason: reasons[roll(reasons.length)] ?? 'asked', brief: {}, openedAt: at(5), dueAt: at(5 + 2400) });
      lines.push({ id: `${id}.a`, at: at(answered), from: 'agent', agent: { id: 'id-Ben', name: 'Ben' }, locale, text: '…' });
      await records.tickets.update(ticket, { state: 'closed', assignedTo: { id: 'id-Ben', name: 'Ben' }, closedAt: at(closed) });
      await records.ratings.ask({ case: ticket, conversationId: id, solvedAt: at(closed), askedAt: at(closed + 1440) });
      if (roll(3) > 0) await records.ratings.answer(ticket, roll(4) === 0 ? 'bad' : 'good', at(closed + 1500));
    } else if (roll(3) === 0) {
      await records.ratings.ask({ case: `${id}|w`, conversationId: id, solvedAt: at(5), askedAt: at(1445) });
      if (roll(2) === 0) await records.ratings.answer(`${id}|w`, roll(8) === 0 ? 'bad' : 'good', at(1500));
    }
    if (roll(5) === 0) {
      const flow = ['cancel-order', 'return-item', 'refund-only', 'price-adjustment'][roll(4)] ?? 'return-item';
      await records.actions.open({ key: `${id}|w`, conversationId: id, flow, request: {}, openedAt: at(3) });
      await records.actions.close(`${id}|w`, 'done', { say: [], sums: [{ what: 'refund', amount: { amount: 500 + roll(9000), currency: 'EUR' } }] }, at(3));
    }
    if (ends === 7) await records.gaps.add({ id, question: '…', locale, at: at(0) });
    if (n % 40 === 0) await records.cases.open({ kind: 'product_fault', conversationId: id, customerId: customer, orderNumber: 'AC-104233', owner: 'returns_desk', dueAt: at(2880), details: {} }, id, at(6));
    await records.reach.see({ conversationId: id, customerId: n % 40 === 0 ? customer : `past-${n % 97}`, channel, locale, seenAt: at(5) });
    await records.keep([{ conversationId: id, turns: [], facts: {}, sharedFacts: {}, receipts: [], understandings, lines: lines.map((line, index) => ({ ...line, seq: index + 1 })) }]);
  }
}
