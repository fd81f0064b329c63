import { z } from 'zod';
import type { CaseEntry } from '../domain/case-entry.js';
import { counterReasons } from '../domain/decisions/counter-reasons.js';
import { money } from '../domain/money.js';
import type { Order, Return } from '../domain/order.js';
import { mostOf } from '../domain/refund-rules.js';
import type { Case } from '../ports/cases.js';
import type { AgentRole } from '../ports/records.js';
import type { ReturnDecision, WriteRefusal } from '../ports/shop.js';
import { isRankEnough, rankForMoney, rankForReturn, worthOfReturn } from './approvals.js';
import { noteInCase } from './case-notes.js';
import { words } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';

const note = words(1000).pipe(z.string().min(1));
const reason = z.enum(counterReasons);
const photos = z.array(z.url({ protocol: /^https?$/u })).max(10);

/** What an agent may say of a return. */
export const returnDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept') }), z.object({ kind: z.literal('refuse'), reason, note: note.optional() }),
  z.object({ kind: z.literal('arrived'), scannedAt: z.iso.datetime({ offset: true }) }), z.object({ kind: z.literal('received') }), z.object({ kind: z.literal('passed') }), z.object({ kind: z.literal('repaired') }), z.object({ kind: z.literal('replaced') }),
  z.object({ kind: z.literal('faultless'), found: note, photos: photos.optional() }),
  z.object({ kind: z.literal('failed'), reason, found: note, photos: photos.optional() }),
]);
type Said = z.infer<typeof returnDecision>;

/** What an agent says of a return, as the shop takes it. */
function decisionOf(said: Said): ReturnDecision {
  switch (said.kind) {
    case 'accept': return { kind: 'answer', accepted: true, by: 'shop' };
    case 'refuse': return { kind: 'answer', accepted: false, by: 'shop', reason: said.reason, ...(said.note === undefined ? {} : { note: said.note }) };
    case 'failed': return { kind: 'failed', reason: said.reason, found: said.found, ...(said.photos === undefined ? {} : { photos: said.photos }) };
    case 'faultless': return { kind: 'faultless', found: said.found, ...(said.photos === undefined ? {} : { photos: said.photos }) };
    case 'arrived': return { kind: 'arrived', scannedAt: new Date(said.scannedAt).toISOString() };
    default: return said;
  }
}

/** Whether a decision settles what becomes of the money; that goods are here is only a fact. */
const settles = ({ kind }: Said): boolean => kind === 'accept' || kind === 'refuse' || kind === 'passed' || kind === 'faultless' || kind === 'failed';

/** Above somebody's limit: who has to be asked. */
export const needs = (rank: AgentRole): Refused =>
  (rank === 'admin' ? new Refused(403, 'NeedsAdmin', 'So much is for an admin to agree to.') : new Refused(403, 'NeedsSupervisor', 'So much is for a supervisor to agree to.'));

/** Somebody at the desk, by what they may decide and under which name it is written down. */
export interface Decider {
  readonly name: string;
  readonly role: AgentRole;
}

/** Makes what people at the desk decide, each within what their role may: money offered in a case, and what becomes of a return. */
export function createDeciding({ records, shop, shopWriter, policy, clock }: Pick<DeskParts, 'records' | 'shop' | 'shopWriter' | 'policy' | 'clock'>) {
  /** The conversation a return was asked in: the one that is told of it, or that of its case; empty where it was made elsewhere. */
  async function conversationOf(order: Order, { number }: Return): Promise<string> {
    const watch = await records.timers.find(`return|${number}|watch`);
    if (watch) return watch.conversationId;
    const own = (await records.cases.ofCustomer(order.customerId)).find(({ details }) => typeof details === 'object' && details !== null && 'return' in details && details['return'] === number);
    return own?.conversationId ?? '';
  }

  /** The conversation hears at once, not only at its next look. */
  async function tell(order: Order, before: Return): Promise<void> {
    const conversationId = await conversationOf(order, before);
    if (conversationId === '') return;
    await records.timers.set({
      id: `return|${before.number}|watch`, conversationId, name: 'return-watch', dueAt: clock.now(),
      data: { number: before.number, orderNumber: order.number, customerId: order.customerId, told: before.state, arrived: before.arrivedAt ?? '' },
    });
  }

  /** The most there is for a case, and whom so much of it takes. */
  async function weigh(one: Case, amount: number) {
    const order = await shop.findOrder(one.orderNumber);
    if (!order) throw notFound('order');
    const picks = (one.lines ?? []).map(({ lineId, quantity }) => ({ line: lineId, quantity }));
    const [most, wanted] = [mostOf(order, picks), money(amount, order.currency)];
    if (amount > most.amount) throw badRequest('BadArgument', `amount: At most ${most.amount} can still be paid back for this.`);
    return { order, most, wanted, rank: rankForMoney(wanted, order, picks, policy) };
  }

  async function findReturn(number: string) {
    const found = await shop.findReturn(number);
    if (!found) throw notFound('return');
    const worth = worthOfReturn(found.return, found.order);
    return { ...found, worth, rank: rankForReturn(worth, policy) };
  }

  return {
    weigh, findReturn, conversationOf,
    /** So much money as an offer to the customer, who still has to say yes to it: within what is left, by somebody who may. */
    async offer(one: Case, amount: number, by: Decider, key: string): Promise<void> {
      const { wanted, rank } = await weigh(one, amount);
      if (!isRankEnough(by.role, rank)) throw needs(rank);
      const offer: Pick<CaseEntry, 'what' | 'offer'> = { what: 'approved', offer: { kind: 'refund', amount: wanted, approver: by.role === 'agent' ? 'agent' : 'supervisor' } };
      await noteInCase({ records }, one, by.name, offer, key, clock.now());
    },
    /** What becomes of a return, decided once a key by somebody who may. */
    async decideReturn(number: string, said: Said, by: Decider, key: string): Promise<Return | WriteRefusal> {
      if (!shopWriter) throw notFound('return');
      for (let tries = 0; ; tries += 1) {
        const { order, return: before, rank } = await findReturn(number);
        const receipt = await shopWriter.receiptOf(key) as { readonly return?: Return } | null;
        if (receipt !== null && receipt.return?.number !== before.number) throw new Refused(409, 'NotPossible', 'id: It was used for another return.');
        if (receipt !== null) return before;
        if (settles(said) && !isRankEnough(by.role, rank)) throw needs(rank);
        const made = await shopWriter.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: before.number, decision: decisionOf(said) }, key, clock.now());
        if ('refused' in made && made.refused === 'stale' && tries < 3) continue;
        if ('refused' in made) return made;
        await tell(order, before);
        return made.return;
      }
    },
  };
}

/** What people at the desk decide. */
export type Deciding = ReturnType<typeof createDeciding>;
