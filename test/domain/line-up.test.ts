import { describe, expect, test } from '@jest/globals';
import { afterBusiness, businessBetween } from '../../src/domain/business-time.js';
import { nextStepOf } from '../../src/domain/hand-over-brief.js';
import { assignmentsOf, placeOf, presenceOf, releasesOf, type Seat, type Waiting } from '../../src/domain/line-up.js';
import { answerClock, clocksOf, usualWait } from '../../src/domain/service-level.js';
import { alarmIn } from '../../src/domain/words/alarm.js';
import { readPolicy } from '../../src/policy/read-policy.js';

const now = '2026-06-17T10:00:00.000Z';
const ago = (seconds: number): string => new Date(Date.parse(now) - seconds * 1000).toISOString();
const rules = { graceSeconds: 120, takeUpSeconds: 180, anyoneAfterMinutes: 10 };
const seat = (id: string, more: Partial<Seat> = {}): Seat => ({ id, name: id, presence: 'online', absentSince: null, languages: [], departments: [], capacity: 2, load: 0, ...more });
const talk = (ticket: string, waited: number, more: Partial<Waiting> = {}): Waiting => ({ ticket, conversationId: `web:${ticket}`, locale: 'en', openedAt: ago(waited), ...more });
const given = (waiting: readonly Waiting[], seats: readonly Seat[]): string[] => assignmentsOf(waiting, seats, rules, now).map(({ ticket, to }) => `${ticket} → ${to.id}`);

describe('who is given what', () => {
  test('the one that came first goes first, to the least busy, and nobody gets more than they have room for', () => {
    const waiting = [talk('third', 10), talk('first', 30), talk('second', 20)];
    expect(given(waiting, [seat('pia', { load: 1 }), seat('quy')])).toEqual(['first → quy', 'second → pia', 'third → quy']);
    expect(given(waiting, [seat('pia', { capacity: 1 })])).toEqual(['first → pia']);
    expect(waiting.map(({ ticket }) => placeOf(ticket, waiting))).toEqual([3, 1, 2]);
    expect(placeOf('none', waiting)).toBe(0);
  });
  test('skills come first, and after long enough anybody with room', () => {
    const seats = [seat('pia', { languages: ['es'] }), seat('quy', { departments: ['returns'], load: 1 })];
    expect(given([talk('spanish', 30, { locale: 'es', department: 'orders' })], seats)).toEqual(['spanish → pia']);
    expect(given([talk('back', 30, { department: 'returns' })], seats)).toEqual(['back → quy']);
    expect(given([talk('other', 30, { department: 'orders' })], seats)).toEqual([]);
    expect(given([talk('other', 601, { department: 'orders' })], seats)).toEqual(['other → pia']);
  });
  test('nobody who is away or gone is given anything; what they were given goes to the next, after the time they have to come back', () => {
    const away = seat('pia', { presence: 'away', absentSince: ago(60) });
    expect(given([talk('one', 30)], [away])).toEqual([]);
    const theirs = talk('one', 300, { assigned: { id: 'pia', name: 'pia', at: ago(90) } });
    expect(given([theirs], [away, seat('quy')])).toEqual([]);
    expect(assignmentsOf([theirs], [{ ...away, absentSince: ago(121) }, seat('quy')], rules, now)).toEqual([{ ticket: 'one', conversationId: 'web:one', to: { id: 'quy', name: 'quy' }, instead: 'pia' }]);
    expect(given([talk('one', 300, { assigned: { id: 'pia', name: 'pia', at: ago(181) } })], [seat('pia'), seat('quy')])).toEqual(['one → quy']);
    expect(given([talk('one', 300, { assigned: { id: 'left', name: 'left', at: ago(1) } })], [seat('quy')])).toEqual(['one → quy']);
  });
  test('a talk is taken from whoever has gone for good or too long, and left with whoever may come back', () => {
    const held = [{ agent: { id: 'pia' } }, { agent: { id: 'quy' } }, { agent: { id: 'left' } }];
    const seats = [seat('pia', { presence: 'offline', absentSince: ago(121) }), seat('quy', { presence: 'away', absentSince: ago(119) })];
    expect(releasesOf(held, seats, rules, now).map(({ agent }) => agent.id)).toEqual(['pia', 'left']);
  });
  test('presence is what was set while the desk is open, and ends with the desk, also when nobody said so', () => {
    const sighting = { wish: 'online', wishAt: ago(500), isHere: true, seenAt: ago(20) } as const;
    expect(presenceOf(undefined, now)).toEqual({ presence: 'offline', absentSince: null });
    expect(presenceOf(sighting, now)).toEqual({ presence: 'online', absentSince: null });
    expect(presenceOf({ ...sighting, wish: 'away' }, now)).toEqual({ presence: 'away', absentSince: ago(500) });
    expect(presenceOf({ ...sighting, seenAt: ago(90) }, now)).toEqual({ presence: 'offline', absentSince: ago(90) });
    expect(presenceOf({ ...sighting, isHere: false }, now)).toEqual({ presence: 'offline', absentSince: ago(20) });
  });
});

describe('time of business', () => {
  const hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', holidays: ['2026-06-18'] };
  test('stands still at night, at weekends and on holidays', () => {
    expect(afterBusiness('2026-06-17T15:30:00.000Z', 3_600_000, hours, 'Europe/Berlin')).toBe('2026-06-19T07:30:00.000Z');
    expect(businessBetween('2026-06-17T15:30:00.000Z', '2026-06-19T07:30:00.000Z', hours, 'Europe/Berlin')).toBe(3_600_000);
    expect(businessBetween('2026-06-20T10:00:00.000Z', '2026-06-21T10:00:00.000Z', hours, 'Europe/Berlin')).toBe(0);
    expect(afterBusiness(now, 60_000, { ...hours, from: '18:00' }, 'UTC')).toBe('2026-06-17T10:01:00.000Z');
  });
  test('the clocks warn before they are over, and stop with the first answer and the end', () => {
    const policy = { ...readPolicy(undefined) };
    const states = (more: object, at: string) => clocksOf({ openedAt: '2026-06-17T08:00:00.000Z', ...more }, policy, 'UTC', at).map(({ state }) => state);
    // The desk opens at nine: the half hour for the first answer ends at half past.
    expect(clocksOf({ openedAt: '2026-06-17T08:00:00.000Z' }, policy, 'UTC', now)[0]?.dueAt).toBe('2026-06-17T09:30:00.000Z');
    expect(states({}, '2026-06-17T09:10:00.000Z')).toEqual(['running', 'running']);
    expect(states({}, '2026-06-17T09:25:00.000Z')).toEqual(['warning', 'running']);
    expect(states({}, '2026-06-17T09:31:00.000Z')).toEqual(['late', 'running']);
    expect(states({ firstAnswerAt: '2026-06-17T09:29:00.000Z' }, now)).toEqual(['met', 'running']);
    expect(states({ firstAnswerAt: '2026-06-17T09:40:00.000Z', endedAt: now }, now)).toEqual(['missed', 'met']);
  });
  test('the clock of a case runs to the very time the customer was told, and warns before', () => {
    const state = (at: string) => answerClock('2026-06-17T08:00:00.000Z', '2026-06-21T08:00:00.000Z', readPolicy(undefined), at).state;
    expect(['2026-06-17T08:00:00.000Z', '2026-06-20T07:59:00.000Z', '2026-06-20T08:00:00.000Z', '2026-06-21T08:00:00.000Z', '2026-06-21T08:00:01.000Z'].map(state)).toEqual(['running', 'running', 'warning', 'warning', 'late']);
  });
  test('the usual wait is what most people waited, rounded up, and not known from too few', () => {
    const waits = [1, 2, 2, 3, 60].map((minutes) => ({ openedAt: now, joinedAt: new Date(Date.parse(now) + minutes * 60_000).toISOString() }));
    expect(usualWait(waits, 5, hours, 'Europe/Berlin')).toBe(3);
    expect(usualWait(waits.slice(1), 5, hours, 'Europe/Berlin')).toBeNull();
    expect(usualWait([], 1, hours, 'Europe/Berlin')).toBeNull();
  });
});

describe('what a person should see at once', () => {
  test.each([
    ['safety', 'The charger caught fire last night and burned my hand'], ['safety', '充电器着火了'], ['safety', 'La lámpara se incendió'], ['safety', 'O carregador pegou fogo'], ['safety', 'La lampe a pris feu'],
    ['safety', 'Die Lampe hat Feuer gefangen'], ['safety', 'Лампа загорелась'], ['safety', 'المصباح اشتعل فجأة'],
    ['law', 'You will hear from my lawyer'], ['law', '我要起诉你们'], ['law', 'Les voy a demandar, mi abogado se pondrá en contacto'], ['law', 'Vou processar vocês'], ['law', 'Je vais porter plainte'],
    ['law', 'Ich schalte meinen Anwalt ein'], ['law', 'Я подам на вас в суд'], ['law', 'سأرفع دعوى عليكم'],
    ['dispute', 'I have opened a chargeback'], ['dispute', '我已经向银行申请拒付'], ['dispute', 'He abierto un caso en PayPal'], ['dispute', 'Vou contestar a compra'], ['dispute', 'Je vais contester le paiement auprès de ma banque'],
    ['dispute', 'Ich lasse eine Rückbuchung machen'], ['dispute', 'Я оформлю чарджбэк'], ['dispute', 'قدمت اعتراض لدى البنك'],
  ])('%s: %s', (alarm, text) => expect(alarmIn(text)).toBe(alarm));
  test.each(['Where is my order?', 'They say the lorry caught fire with my parcel in it', 'My fire pit has not come', 'I want to return the lamp, it is broken', 'J’ai besoin de la facture pour mon assurance', 'Wo ist mein Paket?', '我要退货'])('nothing: %s', (text) => expect(alarmIn(text)).toBeUndefined());
  test('the next step follows from why they were brought in and what is open', () => {
    const quiet = { reason: 'asked', hasOpenWrite: false, hasOpenCase: false, hasPlan: false, isKnown: true, hasWish: true };
    const steps = [{ reason: 'safety' }, { reason: 'law' }, { reason: 'commit-unknown' }, { reason: 'limit' }, { reason: 'dispute' }, { reason: 'fault' }, { reason: 'anger' }, { hasPlan: true }, { hasOpenCase: true }, { hasWish: false }, { isKnown: false }, {}].map((more) => nextStepOf({ ...quiet, ...more }));
    expect(steps).toEqual(['safety-first', 'no-legal-word', 'ask-the-shop', 'decide-amount', 'bank-has-it', 'look-into-fault', 'own-it', 'confirm-plan', 'decide-request', 'ask-what', 'prove-who', 'go-on']);
  });
});
