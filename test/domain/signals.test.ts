import { describe, expect, test } from '@jest/globals';
import { isReviewThreat, signalsOf, type History } from '../../src/domain/signals.js';
import { money } from '../../src/domain/money.js';
import type { RefundRequest } from '../../src/domain/order.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { anOrder } from './an-order.js';

const policy = readPolicy(undefined);
const now = '2026-06-17T09:00:00.000Z';
const none: History = { messages: [], orders: [], cases: [], entries: [] };
const kinds = (more: Partial<History>) => signalsOf({ ...none, ...more }, policy, now).map(({ signal, reasons }) => [signal, ...reasons.map(({ why }) => why)]);
const refund = (number: string, more: Partial<RefundRequest> = {}): RefundRequest => ({ id: number, number, orderId: 'o', lines: [], received: true, reason: 'defective', amount: money(100, 'EUR'), state: 'granted', openedAt: '2026-06-01T09:00:00.000Z', refundTo: { method: 'card' }, ...more });
const aCase = (number: string, kind: string, openedAt: string, details: object = {}) => ({ number, kind, orderNumber: anOrder().number, state: 'open' as const, dueAt: now, openedAt, details });

describe('a review held over the shop', () => {
  test.each([
    'Refund me or I leave a one-star review', 'unless you pay I will write a bad review', '不退款就给你们差评，否则我就投诉', 'si no me devuelven el dinero dejo una mala reseña', 'se não devolverem meu dinheiro deixo uma avaliação ruim',
    'remboursez-moi sinon je laisse un mauvais avis', 'Geld zurück, sonst gibt es eine schlechte Bewertung', 'верните деньги, иначе напишу плохой отзыв', 'أعيدوا المال وإلا سأكتب تقييما سيئا',
  ])('[AE-18] is heard: %s', (text) => {
    expect(signalsOf({ ...none, messages: ['hello', text] }, policy, now)).toEqual([{ signal: 'review_threat', reasons: [{ why: 'review_if_not_paid', about: '', quote: text }] }]);
  });
  test.each(['How do I write a review?', 'I left a good review', 'The lamp has five stars on your page', '怎么写评价', '¿Dónde dejo una reseña?', 'Wie schreibe ich eine Bewertung?', 'Я уже написал отзыв', 'refund me please'])('is not heard in: %s', (text) => expect(isReviewThreat(text)).toBe(false));
});

describe('goods and money both wanted', () => {
  const parcel = { id: 'p', orderId: 'o', trackingNumber: 'T', carrier: 'C', trackingUrl: 'https://x', state: 'delivered' as const, lines: [], scans: [], origin: 'CN', destination: 'DE' };
  test('[AE-17] is raised by facts of the history and by words, each with what it rests on', () => {
    expect(kinds({ orders: [anOrder({ parcels: [parcel], refunds: [refund('RF-1', { reason: 'not_received', received: false })] })] })).toEqual([['goods_and_money', 'delivered_not_received']]);
    expect(kinds({ orders: [anOrder({ refunds: [refund('RF-1')] })], cases: [aCase('CS-1', 'lost_parcel', '2026-01-01T00:00:00.000Z', { wish: 'reship' })] })).toEqual([['goods_and_money', 'sent_again_and_refunded']]);
    expect(kinds({ messages: ['I keep the lamp. I want to keep it and get a full refund'] })).toEqual([['goods_and_money', 'keeps_goods_and_money']]);
  });
  test('is not raised where tracking has no delivery, or the refund was declined', () => {
    expect(kinds({ orders: [anOrder({ parcels: [{ ...parcel, state: 'lost' }], refunds: [refund('RF-1', { reason: 'not_received' })] })] })).toEqual([]);
    expect(kinds({ orders: [anOrder({ parcels: [parcel], refunds: [refund('RF-1', { reason: 'not_received', state: 'declined' })] })] })).toEqual([]);
  });
});

describe('claim after claim, and a picture shown before', () => {
  test('counts refunds, faults sent back and cases of late, each once', () => {
    const of = (count: number) => ({ orders: [anOrder({ refunds: Array.from({ length: count }, (_, n) => refund(`RF-${n}`)) })], cases: [aCase('CS-1', 'refund', now), aCase('CS-2', 'missing_item', now), aCase('CS-3', 'missing_item', '2025-01-01T00:00:00.000Z')] });
    expect(kinds(of(1))).toEqual([]);
    expect(signalsOf({ ...none, ...of(2) }, policy, now)).toEqual([{ signal: 'repeated_claims', reasons: [{ why: 'claims', about: 'RF-0, RF-1, CS-2', count: 3 }] }]);
  });
  test('a file of another case is named with it', () => {
    const entry = { case: 'CS-2', conversationId: 'c', at: now, by: 'customer' as const, what: 'evidence' as const };
    expect(kinds({ entries: [{ ...entry, files: [{ fileId: 'f1' }] }] })).toEqual([]);
    expect(signalsOf({ ...none, entries: [{ ...entry, files: [{ fileId: 'f1', usedIn: ['CS-1'] }] }] }, policy, now)).toMatchObject([{ signal: 'used_picture', reasons: [{ about: 'f1: CS-1' }] }]);
  });
});
