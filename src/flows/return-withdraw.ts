import { defineActionFlow, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import type { Return } from '../domain/order.js';
import { byReturn } from './no-receipt.js';
import { agrees } from './problem-slots.js';
import { openReturn } from './return-shipment.js';
import { lineName } from './wording.js';

const canWithdraw = (one: Return): boolean => one.state === 'requested' || one.state === 'label_issued';

/** Why a return cannot be taken back any more. */
const tooLate = (one: Return, rules: Pick<Reading, 'policy' | 'now'>) => ({
  refused: one.state === 'in_transit' || one.state === 'received' || one.state === 'accepted' ? 'on-its-way' as const : 'closed' as const,
  with: { rma: one.number, state: { text: { key: `return-state.${one.state}` } } }, receipts: byReturn(one, rules), offers: ['return_status'], topic: { return: one.number },
});

/** Asked before the plan, so that it is agreed to twice: what is lost by it. */
const sureSlot: Slot<boolean> = {
  restsOn: ['return'],
  hear(heard) {
    const answer = heard.asked ? agrees(heard) : undefined;
    return answer === undefined ? undefined : { said: answer === 'yes', definite: true };
  },
  async find({ said, shop, slots, policy, now }: Parameters<Slot<boolean>['find']>[0]): Promise<Found<boolean>> {
    const found = await shop.findReturn(String(slots['return']));
    if (found && !canWithdraw(found.return)) return tooLate(found.return, { policy, now });
    if (typeof said === 'boolean') return { value: said };
    return {
      ask: { key: 'return-withdraw.ask.sure', values: { rma: String(slots['return']) } },
      options: [{ label: { text: { key: 'return-withdraw.yes' } }, value: true }, { label: { text: { key: 'return-withdraw.no' } }, value: false }],
    };
  },
};

/** Takes a return back that nothing was sent for yet; asked twice, because what was running ends with it. */
export const returnWithdraw = defineActionFlow({
  id: 'return-withdraw',
  needs: 'L1',
  slots: { return: openReturn(canWithdraw), sure: sureSlot },
  refusals: ['no-returns', 'on-its-way', 'closed', 'kept'],

  async propose({ slots, shop, policy, now }: Reading & { readonly slots: { readonly return: string; readonly sure: boolean } }) {
    const found = await shop.findReturn(slots.return);
    if (!found) return { refused: 'no-returns', offers: ['return_request'] };
    const { order, return: one } = found;
    if (!canWithdraw(one)) return tooLate(one, { policy, now });
    const topic = { order: order.number, return: one.number };
    if (!slots.sure) return { refused: 'kept', with: { rma: one.number }, offers: ['return_status'], topic };
    const items = one.lines.flatMap((part) => order.lines.filter((line) => line.id === part.lineId).map((line) => lineName(line, part.quantity))).join(', ');
    return {
      request: { orderNumber: order.number, revision: order.revision, returnNumber: one.number },
      shows: [{ key: 'return-withdraw.plan', values: { rma: one.number, number: order.number, items, refund: { money: one.refund }, service: one.service ?? 'return', asked: one.state === 'requested' ? 'yes' : 'no' } }],
      receipts: [], topic,
    };
  },

  async commit({ request, writer, key, now }) {
    const made = await writer.withdrawReturn(request, key, now);
    if ('refused' in made) return { refused: 'plan-stale' };
    return { say: [{ key: 'return-withdraw.done', values: { rma: request.returnNumber } }], topic: { order: request.orderNumber }, offers: ['return_request'], timers: [{ cancel: `return|${request.returnNumber}|watch` }, { cancel: `return|${request.returnNumber}|answer` }, { cancel: `return|${request.returnNumber}|shipment` }] };
  },
});
