import type { Json } from '../domain/message.js';
import { hangsOnPromise } from '../domain/words/promise-condition.js';
import { propose, withPlan } from './advance.js';
import type { Active, Wish } from './conversation.js';
import { withoutSlot } from './edits.js';
import type { Book } from './book.js';
import type { Found, Proposal } from './flow.js';
import { ordersIn } from './planned-orders.js';
import { pressed } from './pressed.js';
import { patch, say, without, type Step } from './step.js';
import { mostWishes } from './wishes.js';

/** Of what is under way, what the customer has said of it so far: nothing the bot has asked, shown or tried by itself, which belongs to the moment. */
type Gathered = Omit<Active, 'plan' | 'asked' | 'trial' | 'instead' | 'otherwise'>;
const gathered = (active: Active): Gathered => without(active, 'plan', 'asked', 'trial', 'instead', 'otherwise');

/**
 * "Yes, the boots one", at a plan about several orders: a yes that names one of them as a whole is a yes to that one. What was
 * named is under way alone, agreed to as it was shown; the rest waits right behind it. Nothing where the yes says less, or more.
 */
export function takeApart(step: Step, slot: string, what: Extract<Found<Json>, { readonly value: Json }>, before: Active, book: Book): Step | undefined {
  const { active, wishes, turns } = step.conversation;
  const flow = book.flows[before.flow];
  const { trial } = before;
  const isPlainYes = trial?.besides === 'yes' && trial.limit === undefined && before.instead === undefined;
  if (!active || !flow || !trial?.plan || what.part !== true || what.rest === undefined || !isPlainYes) return undefined;
  if (what.among !== undefined && what.among !== ordersIn(trial.plan.request).length) return undefined;
  const { slots } = withoutSlot({ ...before, slots: trial.slots }, flow, slot, ({ outlives }) => outlives !== true);
  const rest: Wish = { intent: before.intent, flow: before.flow, said: {}, parked: { ...gathered(before), slots: { ...slots, [slot]: what.rest }, said: {}, kept: {} }, resume: 'at-once', left: true };
  return patch(step, { active: { ...active, agreed: { plan: trial.plan, turn: turns } }, wishes: [rest, ...wishes].slice(0, mostWishes) });
}

/** "If you can't guarantee that it leaves this week, cancel it": nothing is promised here, so that condition is met, and it is said once. */
function withoutPromise(step: Step): Step {
  const { active } = step.conversation;
  if (!active || active.decided || active.heard?.some(({ text, whole }) => hangsOnPromise(whole?.text ?? text)) !== true) return step;
  return say(patch(step, { active: { ...active, decided: true } }), { key: 'plan.no-promise' });
}

/** The same to the customer: a deadline reckoned from now is told by its day, and comes some seconds later each time. */
const told = (value: Json): string => JSON.stringify(value).replaceAll(/"(\d{4}-\d{2}-\d{2})T[\d:.]+Z"/gu, '"$1"');
const isSame = (one: Json, other: Json): boolean => told(one) === told(other);

/** Whether everything one value holds stands in another, piece by piece, just so. */
function isWithin(part: Json, whole: Json): boolean {
  if (!Array.isArray(part)) return isSame(part, whole);
  return Array.isArray(whole) && part.length <= whole.length && part.every((one) => whole.some((other) => isSame(one, other)));
}

/** Whether one plan asks nothing of the shop that another does not: a list may be shorter, or not be there; all else is as it was. */
function isPartOf(part: Json, whole: Json): boolean {
  if (!isRecord(part) || !isRecord(whole)) return false;
  return Object.entries(part).every(([name, value]) => isWithin(value, whole[name] ?? null)) && Object.entries(whole).every(([name, value]) => name in part || Array.isArray(value));
}

const isRecord = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts a plan on the table; one that was agreed to in this very message, as part of the plan shown before, is carried out,
 * under that plan's name. Where it comes to anything that was not shown then, it is shown and asked.
 */
export function proposed(step: Step, proposal: Proposal<Json>, book: Book): Step {
  const { active, turns } = step.conversation;
  if (!active?.agreed) return propose(withoutPromise(step), proposal);
  const { plan, turn, whole } = active.agreed;
  const open = patch(step, { active: without(active, 'agreed') });
  if (turn !== turns || (whole === true && !isSame(proposal.request, plan.request))) return propose(open, proposal);
  if (!isPartOf(proposal.request, plan.request)) return propose(say(open, { key: 'plan.part' }), proposal);
  // What was named is all that can be done of it: nothing is left to ask for.
  const [first, ...others] = step.conversation.wishes;
  const isAll = whole !== true && first?.left === true && isSame(proposal.request, plan.request);
  return pressed(withPlan(isAll ? patch(open, { wishes: others }) : open, proposal, plan.id), `y:${plan.id}`, '', book);
}
