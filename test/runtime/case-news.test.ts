import { describe, expect, jest, test } from '@jest/globals';
import { money } from '../../src/domain/money.js';
import type { CaseEntry } from '../../src/domain/case-entry.js';
import { aChangingCore, choicesOf, comesDue, greeted, keysOf, wordsOf, type Core } from '../flows/notices.js';
import type { Talk } from '../support/a-core.js';

jest.setTimeout(20_000);

const anna = 'cus-0001';
const order = 'AC-100003';

async function aDispute(): Promise<{ core: Core; talk: Talk; number: string; step(entry: Pick<CaseEntry, 'what' | 'text' | 'offer'>): Promise<void> }> {
  const core = await aChangingCore();
  const talk = await greeted(core, anna);
  const { number } = await core.records.cases.open({ kind: 'dispute', conversationId: talk.id, customerId: anna, orderNumber: order, owner: 'returns_desk', dueAt: '2026-06-24T09:00:00.000Z', details: {} }, 'k', core.clock.now());
  let count = 0;
  return {
    core, talk, number,
    async step(entry) {
      const { at } = await core.records.cases.note({ case: number, conversationId: talk.id, by: 'shop', agent: 'Ben', ...entry }, `step-${(count += 1)}`, core.clock.now());
      await core.records.timers.set({ id: `case-news|${count}`, conversationId: talk.id, name: 'case-news', dueAt: at, data: { case: number, customerId: anna, at } });
    },
  };
}

describe('what the shop’s side does in a case', () => {
  test('an offer agreed to is told once, with its sum, and the button leads to it', async () => {
    const { core, talk, number, step } = await aDispute();
    await step({ what: 'approved', offer: { kind: 'refund', amount: money(1250, 'EUR'), approver: 'agent' } });
    const lines = await comesDue(core, talk, 1000);
    expect(keysOf(lines)).toEqual(['notice.case-news']);
    expect(wordsOf(lines)).toContain(number);
    expect(wordsOf(lines)).toMatch(/12\.50/u);
    expect(choicesOf(lines)).toEqual(['i:dispute_open', 'h', 'f:notices-off']);
    expect(keysOf(await comesDue(core, talk, 1000))).toEqual([]);
  });

  test('an answer is told in its own words, a refusal of what was asked for, too', async () => {
    const { core, talk, step } = await aDispute();
    await step({ what: 'answered', text: 'It left us whole.' });
    expect(wordsOf(await comesDue(core, talk, 1000))).toContain('“It left us whole.” If you do not agree');
    await step({ what: 'declined' });
    expect(wordsOf(await comesDue(core, talk, 1000))).toContain('was not agreed to');
  });

  test('of two steps before it could be told only the last is, and none that the customer has overtaken', async () => {
    const { core, talk, number, step } = await aDispute();
    await step({ what: 'answered', text: 'First.' });
    core.clock.move(1000);
    await step({ what: 'answered', text: 'Second.' });
    expect(wordsOf(await comesDue(core, talk, 1000)).match(/First|Second/gu)).toEqual(['Second']);
    await step({ what: 'approved', offer: { kind: 'refund', amount: money(1250, 'EUR'), approver: 'agent' } });
    await core.records.cases.note({ case: number, conversationId: talk.id, by: 'customer', what: 'withdrawn' }, 'gone', core.clock.now());
    expect(keysOf(await comesDue(core, talk, 1000))).toEqual([]);
  });
});
