import type { Reading, Topic } from '../dialogue/flow.js';
import { endOfBusiness } from '../domain/business-days.js';
import type { Value } from '../domain/message.js';
import type { Case, CaseKind } from '../ports/cases.js';

/** What a case is called by and who answers it until when, for a sentence. */
export const caseFacts = (one: Pick<Case, 'number' | 'owner' | 'dueAt' | 'openedAt'>, zone: string): Record<string, Value> => ({
  case: one.number, owner: { text: { key: `owner.${one.owner}` } }, due: { date: one.dueAt, zone, style: 'both' }, opened: { date: one.openedAt, zone, style: 'day' },
});

/** What "it" is after a word about a case: its order and pieces; null where it is about no order. */
export const caseTopic = ({ orderNumber, lines }: Pick<Case, 'orderNumber' | 'lines'>): Topic | null =>
  (orderNumber === '' ? null : { order: orderNumber, ...(lines && lines.length > 0 ? { items: lines.map(({ lineId }) => ({ order: orderNumber, line: lineId })) } : {}) });

/** The end of business so many business days of the desk from now, as the shop's zone has it. */
export const answeredBy = async ({ shop, policy, now }: Pick<Reading, 'shop' | 'policy' | 'now'>, businessDays: number): Promise<string> =>
  endOfBusiness(now, businessDays, policy.desk, (await shop.profile()).timeZone);

/** What a case may be about: a parcel, or pieces of an order. */
export interface About {
  readonly order: string;
  readonly parcel?: string;
  readonly lines?: readonly { readonly lineId: string }[];
}

const isAbout = (one: Case, { order, parcel, lines }: About): boolean =>
  one.orderNumber === order && (parcel === undefined || one.parcel === undefined || one.parcel === parcel)
  && (lines === undefined || one.lines === undefined || one.lines.some((part) => lines.some((other) => other.lineId === part.lineId)));

/** The customer's cases of some kinds about a parcel or pieces, newest first. */
export async function casesAbout({ cases, customer }: Pick<Reading, 'cases' | 'customer'>, about: About, kinds: readonly CaseKind[]): Promise<Case[]> {
  const all = customer ? await cases.ofCustomer(customer.id) : [];
  return all.filter((one) => kinds.includes(one.kind) && isAbout(one, about));
}

/**
 * The key a case is opened with. It hangs on what the case is about, not on the plan: two conversations that agree to the
 * same enquiry at once open one case, and only when an earlier one is settled does the next have a key of its own.
 */
export const caseKey = (kind: CaseKind, about: string, before: readonly Case[]): string => `${kind}|${about}|${before.filter((one) => one.kind === kind).length + 1}`;
