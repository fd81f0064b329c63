import { allocate, money, type Money } from './money.js';
import type { Order, OrderLine, Return } from './order.js';
import type { Promotion } from './promotion.js';
import { reachedStep } from './promotion-rules.js';
import { isKept, takenBackSoFar } from './promised-money.js';
import type { Pick, ReturnPlan } from './return-rules.js';

/** What a return does to the step of a promotion that the order was bought under. */
export interface BrokenStep {
  readonly promotion: Promotion;
  /** What is taken off the refund; below nought what an earlier return had taken off comes back. */
  readonly takenBack: Money;
  /** What is kept, at list price, and the step it still reaches. */
  readonly kept: Money;
  readonly saves: Money;
}

/** What counts of a return: of one that is there, or of one that is planned before this in the same plan. */
type Gone = globalThis.Pick<Return, 'state' | 'service' | 'lines' | 'freightPaidBy' | 'ifNoFault' | 'takenBack'>;

const isCounting = (one: Gone): boolean => isKept(one) && (one.service ?? 'return') === 'return';

const piecesIn = (returns: readonly Gone[], line: OrderLine): number =>
  returns.flatMap((one) => one.lines).reduce((count, part) => count + (part.lineId === line.id ? part.quantity : 0), 0);

/** The part of a line's share that so many of its pieces hold; those that went back took the first parts. */
const shareOf = (share: Money, line: OrderLine, from: number, to: number): number =>
  allocate(share, Array.from({ length: line.quantity }, () => 1)).slice(from, to).reduce((all, part) => all + part.amount, 0);

/**
 * What the pieces that are kept lose of a promotion's discount when others go back, for shops that take it back: what is kept
 * then costs what it would have cost alone, and pieces that go back for the shop's fault count as kept. What is taken off a
 * refund is always the new loss less what earlier returns took off, so that whatever the order of returns, all of it back
 * pays back exactly what was paid. Null where no promotion is on the order or nothing changes.
 */
export function brokenStep(order: Order, picks: readonly Pick[], isFault: boolean, promotions: readonly Promotion[], atMost: number, earlier: readonly Gone[] = []): BrokenStep | null {
  const applied = order.discounts.find((one) => one.kind === 'promotion');
  const promotion = promotions.find((one) => one.id === applied?.reference);
  if (!applied || !promotion) return null;
  const lines = order.lines.filter((line) => promotion.categories.length === 0 || promotion.categories.includes(line.category));
  const shares = allocate(applied.amount, lines.map((line) => line.unitPrice.amount * line.quantity));
  const returns = [...order.returns, ...earlier].filter(isCounting);
  // What was told when a return was made counts for its step, whatever inspection found: only the way back was said to depend on it.
  const faulty = returns.filter((one) => one.freightPaidBy === 'shop' || one.ifNoFault !== undefined);
  let [kept, keptShare, faultShare] = [0, 0, 0];
  lines.forEach((line, index) => {
    const share = shares[index] ?? money(0, order.currency);
    const going = picks.filter((pick) => pick.line === line.id).reduce((count, pick) => count + pick.quantity, 0);
    const gone = Math.min(piecesIn(returns, line) + going, line.quantity);
    const forFault = Math.min(piecesIn(faulty, line) + (isFault ? going : 0), gone);
    kept += line.unitPrice.amount * (line.quantity - gone + forFault);
    keptShare += shareOf(share, line, gone, line.quantity);
    faultShare += shareOf(share, line, gone - forFault, gone);
  });
  const saves = Math.min(reachedStep(promotion, kept)?.save ?? 0, applied.amount.amount);
  const lost = Math.min(keptShare, Math.max(0, keptShare + faultShare - saves));
  const change = Math.min(lost - takenBackSoFar({ currency: order.currency, returns: [...order.returns, ...earlier] }), isFault ? 0 : atMost);
  return change === 0 ? null : { promotion, takenBack: money(change, order.currency), kept: money(kept, order.currency), saves: money(saves, order.currency) };
}

/** A return's plan with what it does to a promotion's step, as the shop's rule has it. The promotions are those of the day of the purchase; `earlier` are the plans for other pieces of the order that come first. */
export function withBrokenStep(plan: ReturnPlan, order: Order, promotions: readonly Promotion[], rule: 'keep' | 'take_back', earlier: readonly (ReturnPlan & { readonly broken?: BrokenStep })[] = []): ReturnPlan & { readonly broken?: BrokenStep } {
  if (rule === 'keep') return plan;
  const picks = plan.lines.map(({ line, quantity }) => ({ line: line.id, quantity }));
  const gone = earlier.map((one): Gone => ({
    state: 'label_issued', lines: one.lines.map(({ line, quantity }) => ({ lineId: line.id, quantity })), freightPaidBy: one.freightPaidBy, ...(one.broken ? { takenBack: one.broken.takenBack } : {}),
  }));
  const broken = brokenStep(order, picks, plan.freightPaidBy === 'shop', promotions, plan.refund.amount, gone);
  return broken ? { ...plan, refund: money(plan.refund.amount - broken.takenBack.amount, plan.refund.currency), broken } : plan;
}
