import { approverOf, marginOf } from '../domain/goodwill-rules.js';
import type { Json } from '../domain/message.js';
import { money, sum, times, type Money } from '../domain/money.js';
import type { Order, Return } from '../domain/order.js';
import type { Policy } from '../domain/policy.js';
import type { Pick as Piece } from '../domain/return-rules.js';
import type { AgentRole } from '../ports/records.js';
import type { Approval } from '../ports/team.js';

const ranks: readonly AgentRole[] = ['agent', 'supervisor', 'admin'];

/** Whether somebody of this role may do what takes at least another. */
export const isRankEnough = (role: AgentRole, needed: AgentRole): boolean => ranks.indexOf(role) >= ranks.indexOf(needed);

const aboveSupervisor = ({ approvals }: Policy, amount: number): boolean => approvals.supervisorUpTo !== null && amount > approvals.supervisorUpTo;

/** Who may give so much for some pieces beyond what the rules owe. */
export function rankForMoney(amount: Money, order: Order, picks: readonly Piece[], policy: Policy): AgentRole {
  if (aboveSupervisor(policy, amount.amount)) return 'admin';
  return approverOf(amount, marginOf(order, picks, policy), policy) === 'supervisor' ? 'supervisor' : 'agent';
}

/** What the pieces of a return were bought for. */
export function worthOfReturn({ lines }: Return, order: Order): Money {
  const sums = lines.map(({ lineId, quantity }) => times(order.lines.find((line) => line.id === lineId)?.unitPrice ?? money(0, order.currency), quantity));
  return sum(sums, order.currency);
}

/** Who may decide a return, by what its pieces are worth. */
export function rankForReturn(worth: Money, policy: Policy): AgentRole {
  if (aboveSupervisor(policy, worth.amount)) return 'admin';
  return worth.amount > policy.approvals.agentUpTo ? 'supervisor' : 'agent';
}

/** A request as the desk shows it: with what it is about, how much it comes to, and who may decide it. */
export interface ApprovalView extends Approval {
  readonly customer: string | null;
  readonly order: { readonly number: string; readonly state: string; readonly total: Money; readonly items: readonly string[] } | null;
  readonly amount: Money | null;
  /** The most that can still be paid back, where it is about money. */
  readonly most: Money | null;
  readonly needs: AgentRole;
  readonly case: { readonly number: string; readonly kind: string; readonly details: Json } | null;
}
