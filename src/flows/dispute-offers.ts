import type { Finding, Found, Reading, Slot } from '../dialogue/flow.js';
import type { CaseEntry } from '../domain/case-entry.js';
import { ladderOf, moneyOffer, type Offer } from '../domain/goodwill-rules.js';
import type { Text } from '../domain/message.js';
import { decimalsOf, money } from '../domain/money.js';
import { mostOf } from '../domain/refund-rules.js';
import { known, type Known } from './dispute-slots.js';
import { agrees } from './problem-slots.js';

/** The rungs of the ladder after the apology, from the smallest. */
export const rungs = ['coupon', 'partial', 'full'] as const;
/** A rung as it was answered: taken, declined, not asked; or the amount the customer named instead. */
export type Rung = 'taken' | 'declined' | 'none' | number;

/** What was asked of people, or agreed to by them, and is still on the table. */
export function openOffer(entries: readonly CaseEntry[], what: 'asked' | 'approved'): CaseEntry | undefined {
  const last = entries.findLast((entry) => ['asked', 'approved', 'accepted', 'declined'].includes(entry.what));
  return last?.what === what ? last : undefined;
}

/** The ladder for these pieces as it stands: an offer that people agreed to is the only one. */
export async function ladder({ order, picks, dispute, entries }: Known, { shop, policy, customer, now }: Pick<Reading, 'shop' | 'policy' | 'customer' | 'now'>): Promise<Offer[]> {
  const coupon = policy.goodwill.coupon === '' ? null : await shop.findCoupon(policy.goodwill.coupon);
  const all = ladderOf(order, picks, { case: dispute?.number, coupon, held: customer?.coupons ?? [] }, policy, now);
  const approved = openOffer(entries, 'approved')?.offer?.amount;
  if (approved === undefined) return all;
  const offer = moneyOffer(order, picks, approved, policy, now);
  return offer ? [{ ...offer, step: 'partial', approver: 'bot', receipt: { ...offer.receipt, rule: 'goodwill.approved', granted: true } }] : [];
}

const approvers: Readonly<Record<Offer['approver'], string>> = { bot: 'goodwill.approver.bot', agent: 'goodwill.approver.agent', supervisor: 'goodwill.approver.supervisor' };
/** Who has to agree, in words. */
export const approverText = (approver: Offer['approver']): { readonly text: Text } => ({ text: { key: approvers[approver] } });

const isClimbing = ({ slots }: Finding, step: (typeof rungs)[number]): boolean =>
  slots['step'] === 'offer' && rungs.slice(0, rungs.indexOf(step)).every((before) => slots[before] === 'none' || slots[before] === 'declined');

/** One rung: what is offered, taken or declined; part of the money may be named otherwise. */
export const rungSlot = (step: (typeof rungs)[number]): Slot<Rung> => ({
  restsOn: ['step', ...rungs.slice(0, rungs.indexOf(step))],
  hear(heard) {
    if (!heard.asked) return undefined;
    const said = heard.entities.find((entity) => entity.kind === 'money');
    if (said?.kind === 'money' && step === 'partial') return { said: { amount: said.amount, currency: said.currency ?? '' }, definite: true };
    const bare = step === 'partial' ? /^\D{0,30}?(\d{1,7}(?:[.,]\d{1,2})?)\D{0,20}$/u.exec(heard.text)?.[1] : undefined;
    if (bare !== undefined) return { said: { bare: bare.replace(',', '.') }, definite: true };
    const answer = agrees(heard);
    return answer === undefined ? undefined : { said: answer === 'yes' ? 'taken' : 'declined', definite: true };
  },
  async find(finding): Promise<Found<Rung>> {
    if (!isClimbing(finding, step)) return { value: 'none' };
    const facts = await known(finding);
    if (!facts) return { refused: 'no-orders' };
    if (openOffer(facts.entries, 'asked')) return { value: 'none' };
    const offers = await ladder(facts, finding);
    const offer = offers.find((one) => one.step === step);
    if (!offer) return { value: 'none' };
    const { order, picks, items } = facts;
    const most = mostOf(order, picks);
    const isFirst = offers[0]?.step === step;
    const values = { items: { list: items }, number: order.number, what: step, amount: { money: offer.amount }, coupon: offer.coupon ?? '', approver: offer.approver, who: approverText(offer.approver), first: isFirst ? 'yes' : 'no', most: { money: most } };
    const options = [{ label: { text: { key: 'dispute.choice.take' } }, value: 'taken' as const }, { label: { text: { key: 'dispute.choice.decline' } }, value: 'declined' as const }];
    const said = finding.said as Rung | { amount: number; currency: string } | { bare: string } | undefined;
    if (said === 'taken' || said === 'declined') return { value: said };
    if (said === undefined || said === 'none' || typeof said !== 'object') return { ask: { key: 'dispute.ask.offer', values }, options };
    const isOther = 'currency' in said && said.currency !== '' && said.currency !== order.currency;
    const amount = 'bare' in said ? Math.round(Number(said.bare) * 10 ** decimalsOf(order.currency)) : said.amount;
    return isOther || amount < 1 || amount > most.amount ? { ask: { key: 'dispute.ask.offer-amount', values }, options, keep: null } : { value: amount };
  },
});

/** The offer the customer took, or undefined where none was. */
export function takenOf(offers: readonly Offer[], answers: Readonly<Record<(typeof rungs)[number], Rung>>, { order, picks }: Known, { policy, now }: Pick<Reading, 'policy' | 'now'>): Offer | undefined {
  const named = answers.partial;
  if (typeof named === 'number') {
    const offered = offers.find((one) => one.step === 'partial');
    // Less than was offered needs nobody more; an offer people agreed to stands for that amount at most.
    if (offered && named <= offered.amount.amount) return { ...offered, amount: money(named, order.currency) };
    return moneyOffer(order, picks, money(named, order.currency), policy, now) ?? undefined;
  }
  const step = rungs.find((one) => answers[one] === 'taken');
  return offers.find((one) => one.step === step);
}
