import type { Finding, Found, Heard, Refused, Slot, Topic } from '../dialogue/flow.js';
import type { Json } from '../domain/message.js';
import type { Order } from '../domain/order.js';
import type { CaseWriter } from '../ports/cases.js';
import { linesSlot, type LinePick } from './slots.js';

/** Intents whose words tell what is wrong: said in answer to a question, they are the answer and no new wish. */
const telling = new Set(['item_defective', 'item_wrong', 'item_missing', 'item_not_as_described', 'parcel_damaged', 'refund_only', 'return_request', 'repair_warranty', 'exchange_request', 'complaint']);
const LONGEST = 500;

/** The order in slot `order`, as it is now. */
export const orderOf = (finding: Finding): Promise<Order | null> => finding.shop.findOrder(String(finding.slots['order']));

/** What was told of this order, and of these very pieces once they are known, by the flow that led here. */
export function toldOf({ topic, slots }: Pick<Finding, 'topic' | 'slots'>): NonNullable<Topic['problem']> | undefined {
  const { problem } = topic;
  const isSame = problem?.order === slots['order'] && (slots['lines'] === undefined || JSON.stringify(slots['lines']) === JSON.stringify(problem?.lines));
  return isSame ? problem : undefined;
}

/** A slot whose value is looked at once it is found: what no further answer could mend is refused at once. */
export const checked = <T extends Json>(slot: Slot<T>, check: (value: T, finding: Finding) => Promise<Refused<string> | null>): Slot<T> => ({
  ...slot,
  async find(finding): Promise<Found<T>> {
    const found = await slot.find(finding);
    return 'value' in found ? await check(found.value, finding) ?? found : found;
  },
});

/** Lines of the order with how many pieces. Words that tell what is wrong may hold the name of the piece: they are not cut out. */
export const namedLines: Slot<LinePick[]> = { ...linesSlot, hear: (heard) => linesSlot.hear({ ...heard, entities: heard.entities.filter((entity) => entity.kind !== 'return_reason') }) };

/** The same; those a problem was told of before are taken where nothing else is said. */
export const problemLines: Slot<LinePick[]> = {
  ...namedLines,
  async find(finding): Promise<Found<LinePick[]>> {
    const found = await namedLines.find(finding);
    const told = toldOf(finding);
    return told && 'ask' in found && found.keep === undefined ? { value: [...told.lines] } : found;
  },
};

/** Pictures that show what is wrong, where the shop's rules want them for the reason. */
export const photosSlot = (reasonOf: (finding: Finding) => string, restsOn: readonly string[] = []): Slot<string[]> => ({
  restsOn,
  hear(heard) {
    if (heard.files.length > 0) return { said: heard.files.map((file) => file.fileId), definite: true };
    return lacksPhoto(heard) ? { said: [], definite: true } : undefined;
  },
  async find(finding): Promise<Found<string[]>> {
    if (Array.isArray(finding.said)) return { value: finding.said.map(String) };
    const shown = toldOf(finding)?.photos ?? [];
    const reason = reasonOf(finding);
    if (shown.length > 0 || !finding.policy.returns.photoFor.some((one) => one === reason)) return { value: [...shown] };
    return { ask: { key: 'evidence.ask', values: { reason } }, options: [{ label: { text: { key: 'choice.no-photo' } }, value: [] }] };
  },
});

/** Pictures shown for what is settled at once, without a case: kept under its own number, with the same fingerprints. */
export async function keepShown(number: string, photos: readonly string[], { caseWriter, conversationId, now }: { readonly caseWriter: Pick<CaseWriter, 'note'>; readonly conversationId: string; readonly now: string }, key: string): Promise<void> {
  if (photos.length > 0) await caseWriter.note({ case: number, conversationId, by: 'customer', what: 'evidence', files: photos.map((fileId) => ({ fileId })) }, `${key}.shown`, now);
}

/** Asked for a photo, the customer says that there is none: "no", or in words that are about photos. */
export const lacksPhoto = (heard: Heard): boolean => heard.asked && (agrees(heard) === 'no' || heard.entities.some((entity) => entity.kind === 'marker' && entity.value === 'no_photo'));

/** Whether the customer agrees or declines, in a bare word or a few more. */
export const agrees = (heard: Heard): 'yes' | 'no' | undefined =>
  heard.answer === 'yes' || heard.intent === 'affirm' ? 'yes' : heard.answer === 'no' || heard.intent === 'deny' ? 'no' : undefined;

/** What was said, without what is to be kept out of it. */
export function bareWords(heard: Heard): string {
  let words = heard.text.slice(0, 2 * LONGEST);
  for (const entity of heard.entities) if (['email', 'phone'].includes(entity.kind)) words = words.replace(entity.raw, '');
  return words.replace(/\s+(?=[,.;!?])/gu, '').replace(/\s{2,}/gu, ' ').replace(/^[\s,;:.–-]+|[\s,;:–-]+$/gu, '').slice(0, LONGEST);
}

/** Free words of the customer's: kept for whoever works on it. Words that tell a fault count without being asked for. */
export const wordsSlot = (ask: string, nothing?: string): Slot<string> => ({
  hear(heard) {
    if (heard.asked && agrees(heard) === 'no' && nothing !== undefined) return { said: '', definite: true };
    if (heard.asked) return agrees(heard) !== undefined ? undefined : { said: bareWords(heard), definite: telling.has(heard.intent) };
    return heard.entities.some((entity) => entity.kind === 'return_reason') ? { said: bareWords(heard), definite: false } : undefined;
  },
  async find({ said }): Promise<Found<string>> {
    if (typeof said === 'string' && (said !== '' || nothing !== undefined)) return { value: said };
    return { ask: { key: ask }, options: nothing === undefined ? [] : [{ label: { text: { key: nothing } }, value: '' }] };
  },
});

/** A number to be reached at: said, else the order's own or the one on file; it is read back in the plan. */
export const phoneSlot: Slot<string> = {
  hear(heard) {
    const phone = heard.entities.find((entity) => entity.kind === 'phone');
    if (phone?.kind === 'phone') return { said: phone.value, definite: true };
    if (!heard.asked) return undefined;
    // A number that fits no country's plan may still be the one they answer at.
    const digits = /\+?\d[\d ()./-]{5,18}\d/u.exec(heard.text)?.[0].replace(/[^+\d]/gu, '');
    return digits === undefined ? { said: '', definite: false } : { said: digits, definite: true };
  },
  async find(finding): Promise<Found<string>> {
    if (typeof finding.said === 'string' && finding.said !== '') return { value: finding.said };
    const onFile = (await orderOf(finding))?.contact.phone ?? finding.customer?.phone;
    return onFile !== undefined && finding.said === undefined ? { value: onFile } : { ask: { key: 'repair.ask.phone' } };
  },
};
