import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../src/classifiers/entities/entity-reader.js';
import { newConversation, type Active } from '../../src/dialogue/conversation.js';
import type { Book } from '../../src/dialogue/book.js';
import { pastOutcomes } from '../../src/dialogue/outcomes.js';
import { tokensOf } from '../../src/dialogue/telling.js';
import type { Locale, Understanding } from '../../src/domain/understanding.js';
import { cancelOrder } from '../../src/flows/cancel-order.js';
import { returnItem } from '../../src/flows/return-item.js';
import { swapItems } from '../../src/flows/swap-items.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const read = createEntityReader({ orderNumberPattern: 'AC-\\d{6}', returnNumberPattern: '', country: 'DE' });
const book = { flows: Object.fromEntries([cancelOrder, returnItem, swapItems].map((flow) => [flow.id, flow])), intents: { order_cancel: { intent: 'order_cancel', group: 'orders', flow: 'cancel-order' } } } as unknown as Book;
const active: Active = { flow: 'cancel-order', intent: 'order_cancel', slots: {}, said: {}, kept: {}, plan: { id: 'p1', request: {}, shows: [], receipts: [] } };

/** What is left of a yes at the plan to cancel something, after a return of the things named. */
function left(text: string, locale: Locale, named: string): Understanding {
  const entities = read(text, locale, { at: '2026-06-01T10:00:00Z' });
  const understanding: Understanding = { text, locale, localeConfidence: 1, entities, says: 'yes', intents: [{ intent: 'return_status', confidence: 0.7, verdict: 'unsure', text, entities, top: [{ intent: 'return_status', score: 0.2 }, { intent: 'order_cancel', score: 0 }] }] };
  return pastOutcomes(understanding, active, { ...newConversation('c', 'test', locale, '2026-06-01T10:00:00Z'), done: [{ flow: 'return-item', words: tokensOf(named) }] }, book);
}
const isPlain = ({ intents: [first], entities }: Understanding): boolean => first?.intent === 'affirm' && !entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not'));

describe('a yes under the condition that something else came out as it did', () => {
  test.each<[Locale, string]>([
    ['en', 'yes, cancel it if the lamp was returned'], ['es', 'sí, cancélalo si la lámpara fue devuelta'], ['pt', 'sim, cancele se a lâmpada foi devolvida'], ['fr', 'oui, annulez si la lampe a été renvoyée'],
    ['de', 'ja, stornieren, wenn die Lampe zurückging'], ['ru', 'да, отмените, если лампа была возвращена'], ['ar', 'نعم، ألغها إذا تم إرجاع المصباح'], ['zh', '好的，如果台灯已经退货了，就取消'],
  ])('is a yes: %s', (locale, text) => expect(isPlain(left(text, locale, 'lamp lámpara lâmpada lampe лампа المصباح 台灯'))).toBe(true));
  test.each([
    ['of another thing', 'yes, cancel it if the chair was returned'], ['of another outcome', 'yes, cancel it if the lamp was exchanged'], ['of what may still come', 'yes, cancel it if the lamp can be returned'],
    ['of what is not so', 'yes, cancel it if the lamp was not returned'], ['beside a second one', 'yes, cancel it if the lamp was returned and if it is free'], ['with more beside it', 'yes, cancel it and send the invoice by post to my mother if the lamp was returned'],
  ])('is none %s', (_, text) => expect(isPlain(left(text, 'en', 'lamp'))).toBe(false));
});

describe('in a talk', () => {
  const returned = async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send back the desk lamp from AC-100003, I changed my mind', { identity: 'cus-0001' });
    await talk.says('yes');
    expect(talk.keys()).toContain('return-item.done');
    await talk.says('cancel AC-100002, I no longer need it');
    expect(talk.keys()).toContain('confirm.ask');
    return { talk, state: async () => (await core.shop.reader.findOrder('AC-100002'))?.state };
  };
  test('the order is cancelled where the lamp did go back', async () => {
    const { talk, state } = await returned();
    await talk.says('yes, cancel it if the lamp went back');
    expect(talk.keys()).toContain('cancel-order.done');
    expect(await state()).toBe('cancelled');
  });
  test('and is asked again where it was not the lamp that was to go', async () => {
    const { talk, state } = await returned();
    await talk.says('yes, cancel it if the lamp was exchanged');
    expect(talk.keys()).toContain('confirm.ask');
    expect(await state()).not.toBe('cancelled');
  });
});
