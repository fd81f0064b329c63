import type { Policy } from '../policy.js';

/** Rules of a policy that say two things at once; the shop decides which of them it means. */
export function returnConflicts({ returns }: Policy): { readonly path: string; readonly message: string }[] {
  const { judging, withoutFault, faultReasons, photoFor } = returns;
  return [
    ...(judging.subjective === 'refuse' && withoutFault ? [{
      path: 'returns.judging.subjective',
      message: 'matters of taste (screen colour, feel, threads) are refused, yet anything may go back without a fault: who says it honestly gets less than who gives no reason. Accept them, or set returns.withoutFault to false.',
    }] : []),
    ...(judging.withoutPhoto === 'refuse' && photoFor.length === 0 && faultReasons.length > 0 ? [{ path: 'returns.photoFor', message: 'faults without a photo are refused, yet no reason asks for one: the rule is never used.' }] : []),
    ...(returns.life.sellerAnswers && returns.life.remindShopDays.some((days) => days >= returns.life.answerDays) ? [{ path: 'returns.life.remindShopDays', message: 'a reminder lies before the request itself and is left out.' }] : []),
  ];
}
