import type { Reading } from '../dialogue/flow.js';
import type { Evidence } from '../domain/decisions/matters.js';
import type { Json, Reply, Value } from '../domain/message.js';
import type { Return, ReturnVerdict } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { ReturnPlan, Told } from '../domain/return-rules.js';
import { clockOf } from '../domain/return-life.js';
import { addDays } from '../domain/time.js';
import type { CaseWriter } from '../ports/cases.js';
import type { ReturnGrounds } from '../ports/shop.js';
import type { Batch, Terms } from './grounds-slot.js';

type Slots = Readonly<Record<string, Json>>;

const photosOf = (slots: Slots): string[] => (Array.isArray(slots['photos']) ? slots['photos'].map(String) : []);
const measuredOf = (slots: Slots): string => (typeof slots['measured'] === 'string' ? slots['measured'] : '');

/** What the customer told and showed for some pieces, as the rules take it. */
export function toldOf({ matter }: Batch, slots: Slots): Told {
  const shown: Evidence[] = [...(photosOf(slots).length > 0 ? ['photo' as const] : []), ...(measuredOf(slots) === '' ? [] : ['measurements' as const])];
  const terms = slots['terms'] as Terms | undefined;
  return { matter, shown, ...(terms === 'split' && matter === 'measurements' ? { agreement: 'split' as const } : {}) };
}

/** The verdict as the shop keeps it; its points are for the merchant. */
export const verdictOf = ({ decision }: ReturnPlan): ReturnVerdict => ({
  id: decision.verdict, matter: decision.matter, fault: decision.fault, cause: decision.cause, ...(decision.points === undefined ? {} : { points: decision.points }),
});

/** What was shown, to be kept with the return. */
export function proofOf(slots: Slots): Pick<ReturnGrounds, 'proof'> {
  const [photos, measured] = [photosOf(slots), measuredOf(slots)];
  return photos.length === 0 && measured === '' ? {} : { proof: { photos, ...(measured === '' ? {} : { measured }) } };
}

/** By when the shop answers, where it is asked: always by its own setting, else where both sides' proof is wanted. */
export const askedOf = ({ decision }: ReturnPlan, { policy, now }: Pick<Reading, 'policy' | 'now'>): { readonly answerBy?: string } =>
  (policy.returns.life.sellerAnswers || decision.verdict === 'size-mismatch' ? { answerBy: addDays(now, policy.returns.life.answerDays) } : {});

/** What the way back costs if inspection finds no fault, where that was told. */
export const ifNoFaultOf = ({ unproven, ifNotFound }: ReturnPlan): Pick<ReturnGrounds, 'ifNoFault'> => (unproven && ifNotFound !== null && ifNotFound.amount > 0 ? { ifNoFault: ifNotFound } : {});

const instantOf = (date: string, zone: string): Value => ({ date, zone, style: 'both' });

/** What is to be known of a plan beside its sums: that it is no fault, not shown yet, met half-way, or asked of the shop first. */
export function notesOn(plan: ReturnPlan, answerBy: string | undefined, zone: string, policy: Policy): Reply[] {
  const { decision, unproven, ifNotFound } = plan;
  return [
    ...(decision.verdict === 'not-a-defect' ? [{ key: 'return-item.plan.taste', values: { matter: { text: { key: `matter.${decision.matter}` } } } }] : []),
    ...(unproven ? [{ key: 'return-item.plan.unproven', values: { ifNone: ifNotFound === null ? 'refused' : ifNotFound.amount > 0 ? 'label' : 'nothing', freight: ifNotFound === null ? '' : { money: ifNotFound } } }] : []),
    ...(answerBy === undefined ? [] : [{ key: 'return-item.plan.asked', values: { days: policy.returns.life.answerDays, due: instantOf(answerBy, zone), silence: policy.returns.life.silence } }]),
  ];
}

/** By when the goods are handed in, and what becomes of the return where nothing is on its way by then. */
export function closesAt(made: Return, zone: string, policy: Policy): { readonly shipBy: Value; readonly due: Value; readonly atEnd: string } {
  const clock = clockOf(made, policy);
  const isClosing = clock?.waitsFor === 'shipment' && clock.atEnd === 'closed';
  return { shipBy: { date: made.shipBy, zone, style: 'day' }, due: isClosing ? instantOf(clock.dueAt, zone) : '', atEnd: isClosing ? 'closed' : 'nothing' };
}

/** The ticket for the people who answer, with everything the customer told and showed. */
export const askShop = (made: Return, about: { readonly orderNumber: string; readonly customerId: string; readonly conversationId: string }): Parameters<CaseWriter['open']>[0] => ({
  kind: 'refund', ...about, lines: made.lines, owner: 'returns_desk', dueAt: made.answerBy ?? made.shipBy,
  details: { return: made.number, reason: made.reason, refund: { ...made.refund }, ...(made.verdict ? { verdict: { ...made.verdict } } : {}), ...(made.proof ? { photos: made.proof.photos, measured: made.proof.measured ?? '' } : {}) },
});

/** What is told once the shop is asked. */
export function askedReply(made: Return, number: string, zone: string, policy: Policy): Reply {
  return { key: 'return-item.done.asked', values: { rma: made.number, case: number, due: instantOf(clockOf(made, policy)?.dueAt ?? made.shipBy, zone), silence: policy.returns.life.silence } };
}
