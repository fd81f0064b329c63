import { describe, expect, test } from '@jest/globals';
import type { CaseEntry } from '../../src/domain/case-entry.js';
import { money } from '../../src/domain/money.js';
import type { Order, RefundRequest } from '../../src/domain/order.js';
import type { Policy } from '../../src/domain/policy.js';
import { dispute } from '../../src/flows/dispute.js';
import { aCore } from '../support/a-core.js';
import { altered } from './altered.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, maria, emily] = ['cus-0001', 'cus-0002', 'cus-0004', 'cus-0008'];
type Talk = Awaited<ReturnType<typeof aTalk>>;
type Core = Awaited<ReturnType<typeof aCore>>;

/** A shop where no person comes in by themselves, so that the talk goes on with the bot. */
const alone = (policy: Policy): Policy => ({ ...policy, handOver: { ...policy.handOver, reasons: [] } });

/** A button of the last answer by its words. */
const press = (talk: Talk, label: string) => talk.says(label);

async function openCase(talk: Talk, words = 'the glass is cracked and the shop does not write back, I want my money'): Promise<void> {
  await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
  await press(talk, 'Submit it to the platform');
  await talk.says(words);
  await press(talk, 'Nothing for now');
}
const caseOf = async (core: Core, customer = anna) => (await core.records.cases.ofCustomer(customer)).find((one) => one.kind === 'dispute');
const entriesOf = async (core: Core, customer = anna): Promise<CaseEntry[]> => core.records.cases.entries((await caseOf(core, customer))?.number ?? '');

const aRefund = (order: Order, more: Partial<RefundRequest> = {}): RefundRequest => ({
  id: 'r1', number: 'RF-AAAAAA', orderId: order.id, lines: [{ lineId: 'l1', quantity: 1 }], received: true, reason: 'defective', amount: money(1000, 'EUR'), state: 'declined', openedAt: '2026-06-15T09:00:00.000Z', refundTo: { method: 'card' }, ...more,
});
const withRefund = (number: string, more: Partial<RefundRequest> = {}) => altered((order) => (order.number === number ? { ...order, refunds: [aRefund(order, more)] } : order));
const goodwill = (more: Partial<Policy['goodwill']>) => (policy: Policy): Policy => ({ ...policy, goodwill: { ...policy.goodwill, ...more } });

describe('a customer who disagrees with the shop', () => {
  test('[TB-15] [AE-13] is shown exactly three solutions first, settling with the shop at the top, and only what is missing is asked', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'dispute.ask.solutions']);
    for (const told of ['1. Send it back or exchange it', '2. Have it sent again', '3. Submit it to the platform', 'a case with the shop comes first', '28 June 2026, 23:59 CEST', 'Part of the money']) expect(talk.words()).toContain(told);
    expect(talk.choices().slice(-2)).toEqual(['i:return_request', 'i:exchange_request']);
    await talk.presses('i:exchange_request');
    expect(talk.words()).toContain('Desk lamp');
  });

  test('[TB-18] [WI-01] opens a case with the shop: every consequence told, a ticket bound to the order, the case file as PDF', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await openCase(talk);
    expect(talk.keys()).toEqual(['dispute.plan.open', 'dispute.keep', 'dispute.once', 'confirm.ask']);
    for (const consequence of ['AC-100003', 'Desk lamp', 'the glass is cracked', 'returns desk', '22 June 2026, 11:00 CEST', 'within 5 days', 'ask the platform to step in', 'No money moves', 'keep receipts', 'original packing', 'one case']) expect(talk.words()).toContain(consequence);
    expect(await core.records.cases.ofCustomer(anna)).toEqual([]);
    const [done] = await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.open']);
    const opened = await caseOf(core);
    expect(opened).toMatchObject({ kind: 'dispute', owner: 'returns_desk', orderNumber: 'AC-100003', lines: [{ lineId: 'l1', quantity: 1 }], state: 'open', dueAt: expect.stringContaining('2026-06-22') });
    expect(done?.files?.map((file) => file.name)).toEqual([`case-${opened?.number}.pdf`]);
    expect(await core.records.tickets.find(opened?.number ?? '')).toMatchObject({ kind: 'enquiry', reason: 'dispute', state: 'open', brief: { order: 'AC-100003' } });
    expect(await entriesOf(core)).toMatchObject([{ what: 'opened', by: 'customer', text: expect.stringContaining('cracked') }]);
  });

  test('[TB-16] the platform steps in only after a no or past the time: before, the day is told from which it can', async () => {
    const core = await aCore({ policy: alone });
    const talk = await aTalk(core);
    await openCase(talk);
    await talk.says('yes');
    await talk.says('open a dispute about the desk lamp from AC-100003');
    expect(talk.keys()).toEqual(['dispute.ask.open']);
    await press(talk, 'Ask the platform to step in');
    expect(talk.keys()).toEqual(['dispute.refused.too-early', 'refusal.alternatives']);
    expect(talk.words()).toContain('from 22 June 2026, 11:00 CEST on');
    core.clock.move(6 * 86_400_000);
    await talk.says('open a dispute about the desk lamp from AC-100003', { identity: anna });
    await press(talk, 'Ask the platform to step in');
    expect(talk.keys()).toEqual(['dispute.plan.escalate', 'dispute.keep', 'confirm.ask']);
    expect(talk.words()).toContain('Test certificate, if there is one: not yet');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.platform', 'dispute.last-resort']);
    expect(await caseOf(core)).toMatchObject({ owner: 'dispute_desk', state: 'open' });
    expect(await core.records.tickets.find((await caseOf(core))?.number ?? '')).toMatchObject({ brief: { owner: 'dispute_desk', order: 'AC-100003' } });
  });

  test('[TB-16] after the shop declined a refund it goes to the platform at once, and why is told', async () => {
    const core = await aCore({ shop: withRefund('AC-100003') });
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    expect(talk.words()).toContain('RF-AAAAAA: refused by the shop');
    await press(talk, 'Submit it to the platform');
    await talk.says('they refused although I sent photos of the crack');
    await press(talk, 'Nothing for now');
    expect(talk.keys()).toEqual(['dispute.plan.platform', 'dispute.keep', 'dispute.once', 'confirm.ask']);
    await talk.says('why?');
    expect(talk.words()).toContain('the shop refused RF-AAAAAA');
    await talk.says('yes');
    expect(await caseOf(core)).toMatchObject({ owner: 'dispute_desk' });
    expect((await entriesOf(core)).map((entry) => entry.what)).toEqual(['opened', 'platform']);
  });

  test('[TB-16] new pieces of an exchange that were promised for a day and never sent: a second before it there is a case with the shop, from it on the platform can step in', async () => {
    for (const [off, first] of [[-1000, 'dispute.plan.open'], [0, 'dispute.plan.platform']] as const) {
      const core = await aCore({ policy: alone });
      const talk = await aTalk(core);
      await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
      await talk.says('yes');
      const find = async () => (await core.shop.reader.findOrder('AC-100021')) as Order;
      for (const kind of ['received', 'passed'] as const) {
        const order = await find();
        await core.shop.writer.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: order.returns[0]?.number ?? '', decision: { kind } }, kind, core.clock.now());
      }
      const due = Date.parse((await find()).returns[0]?.passedAt ?? '') + 7 * 86_400_000;
      core.clock.move(due + off - Date.parse(core.clock.now()));
      await talk.says('I want to open a dispute about the frying pan from AC-100021', { identity: maria });
      await press(talk, 'Submit it to the platform');
      await talk.says('the new pan never came');
      await press(talk, 'Nothing for now');
      expect([off, talk.keys()[0]]).toEqual([off, first]);
    }
  });

  test('[TB-17] [TB-20] [TB-44] past fifteen days nobody hears a flat no: settle it, or bring proof to a person; the conversation can be had as text', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the kettle from AC-100004', { identity: tom });
    expect(talk.keys()).toEqual(['hello.short', 'dispute.ask.late']);
    for (const told of ['3 May 2026', 'That is not the end of it', 'bring your proof']) expect(talk.words()).toContain(told);
    await press(talk, 'Submit it to the platform');
    await talk.says('it leaks and I told the courier');
    await talk.says('', { files: ['f1'] });
    await press(talk, 'messages with the shop');
    expect(talk.keys()).toEqual(['dispute.plan.late', 'dispute.keep', 'dispute.once', 'confirm.ask']);
    await talk.says('yes');
    expect(await caseOf(core, tom)).toMatchObject({ owner: 'dispute_desk', details: { late: true } });
    expect(talk.words()).toContain('the last resort in Germany is Universalschlichtungsstelle des Bundes; it is independent of us');
    await talk.says('open a dispute about AC-100004');
    const [line] = await press(talk, 'Transcript of the chat');
    expect(talk.keys()).toEqual(['dispute.transcript']);
    expect(line?.files?.[0]?.name).toMatch(/^transcript-/u);
    const kept = await core.files.get(line?.files?.[0]?.fileId ?? '');
    expect(Number(Buffer.from(kept?.bytes ?? []).toString().split('-').at(-1))).toBeGreaterThan(8);
  });

  test.each([
    ['of their own country', {}, 'the last resort in Poland is Urząd Ochrony Konkurencji i Konsumentów (UOKiK); it is independent of us'],
    ['by its kind, where the shop names none for their country', { authorities: {} }, 'the last resort is the consumer or market authority of your country (Poland); it is independent of us'],
  ])('[TB-44] with the platform, the last resort is told %s', async (_, change, told) => {
    const core = await aCore({ shop: withRefund('AC-100003'), policy: (own) => ({ ...own, disputes: { ...own.disputes, ...change } }) });
    const talk = await aTalk(core);
    await openCase(talk, 'they refused although I sent photos of the crack');
    expect(talk.words()).toMatch(/keep receipts[\s\S]*original packing/u);
    await talk.says('yes');
    expect(talk.words()).toContain(told);
  });

  test('[TB-18] shows proof of four kinds; several files in one message are one piece, each with its fingerprint', async () => {
    const core = await aCore();
    for (const [id, byte] of [['f1', 1], ['f2', 2], ['f3', 1]] as const) await core.files.put(new Uint8Array([byte]), { conversationId: 'test:one', name: `${id}.pdf`, type: 'application/pdf', at: core.clock.now(), fileId: id });
    const talk = await aTalk(core);
    await openCase(talk);
    await talk.says('yes');
    await talk.says('add evidence to the dispute about the desk lamp from AC-100003');
    expect(talk.keys()).toEqual(['dispute.ask.files']);
    expect(talk.words().match(/not yet/gu)).toHaveLength(4);
    await talk.says('', { files: ['f1', 'f2'] });
    expect(talk.words()).toContain('All 2 received, as one piece of proof');
    await press(talk, 'test certificate');
    expect(talk.keys()).toEqual(['dispute.plan.evidence', 'confirm.ask']);
    await talk.says('yes');
    const pieces = (await entriesOf(core)).filter((entry) => entry.what === 'evidence');
    expect(pieces).toMatchObject([{ proof: 'certificate', files: [{ fileId: 'f1', name: 'f1.pdf', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) }, { fileId: 'f2' }] }]);
    await talk.says('open a dispute about the desk lamp from AC-100003');
    expect(talk.words()).toContain('Test certificate, if there is one: here');
    const [line] = await press(talk, 'Case file (PDF)');
    expect(line?.files?.[0]?.name).toMatch(/^case-CS-/u);
  });

  test('[TB-19] one case for a piece; withdrawing warns, asks twice, and is final', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await openCase(talk);
    await talk.says('yes');
    await talk.says('withdraw my dispute about the desk lamp from AC-100003');
    expect(talk.keys()).toEqual(['dispute.ask.withdraw']);
    for (const told of ['only one case is possible', 'cannot be opened again', 'once the money is there']) expect(talk.words()).toContain(told);
    await press(talk, 'It is settled, withdraw it');
    expect(talk.keys()).toEqual(['dispute.plan.withdraw', 'confirm.ask']);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.withdraw']);
    expect(await caseOf(core)).toMatchObject({ state: 'closed' });
    expect(await core.records.tickets.find((await caseOf(core))?.number ?? '')).toMatchObject({ state: 'closed' });
    await talk.says('open a dispute about the desk lamp from AC-100003');
    expect(talk.keys()).toEqual(['dispute.ask.closed']);
    expect(talk.choices()).toContain('h');
    expect((await core.records.cases.ofCustomer(anna)).filter((one) => one.kind === 'dispute')).toHaveLength(1);
  });

  test('nothing of a case can be seen or changed by anybody else', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await openCase(talk);
    await talk.says('yes');
    const number = (await caseOf(core))?.number ?? '';
    const other = await aTalk(core, 'two');
    for (const words of ['withdraw my dispute about the desk lamp from AC-100003', `open a dispute about case ${number}`, 'add evidence to the dispute about AC-100003']) {
      await other.says(words, { identity: tom });
      expect(other.words()).not.toContain(number);
    }
    expect(await entriesOf(core)).toHaveLength(1);
  });

  test('a picture shown in an earlier case is flagged for the desk, and the customer is told nothing of it', async () => {
    const core = await aCore();
    const picture = { conversationId: 'test:one', name: 'a.pdf', type: 'application/pdf', at: core.clock.now() };
    for (const fileId of ['f1', 'f2']) await core.files.put(new Uint8Array([7, 7]), { ...picture, fileId });
    const talk = await aTalk(core);
    for (const [item, fileId] of [['desk lamp', 'f1'], ['underwear set', 'f2']] as const) {
      await talk.says(`I want to open a dispute about the ${item} from AC-100003`, { identity: anna });
      await press(talk, 'Submit it to the platform');
      await talk.says('it came broken');
      await talk.says('', { files: [fileId] });
      await press(talk, 'the goods beside the page or order');
      await talk.says('yes');
      expect(talk.keys()).toEqual(['dispute.done.open']);
    }
    const [second, first] = await core.records.cases.ofCustomer(anna);
    expect((await core.records.cases.entries(second?.number ?? ''))[1]?.files?.[0]?.usedIn).toEqual([first?.number]);
    expect((await core.records.cases.entries(first?.number ?? ''))[1]?.files?.[0]?.usedIn).toBeUndefined();
    expect(talk.words()).not.toContain(first?.number);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await openCase(talk);
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([writes, await core.records.cases.ofCustomer(anna), await core.records.tickets.ofConversation(talk.id), await core.records.actions.ofConversation(talk.id)]).toEqual([[], [], [], []]);
  });

  test('[AE-19] a review is spoken of neutrally, once all is settled, and only where the customer spoke of one', async () => {
    for (const isTold of [true, false]) {
      const core = await aCore();
      const talk = await aTalk(core);
      await openCase(talk, `the glass is cracked${isTold ? ' and I left a bad review about it' : ''}`);
      await talk.says('yes');
      expect(talk.keys()).not.toContain('dispute.review');
      await talk.says('withdraw my dispute about the desk lamp from AC-100003');
      await press(talk, 'It is settled, withdraw it');
      await talk.says('yes');
      expect(talk.keys().includes('dispute.review')).toBe(isTold);
      expect(talk.words()).not.toMatch(/coupon|refund|reward/iu);
    }
  });
});

describe('the ladder of goodwill', () => {
  test('[AE-16] goes from an apology with a coupon to part of the money and all of it, each with who has to agree', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    await press(talk, 'Hear an offer');
    expect(talk.keys()).toEqual(['dispute.ask.offer']);
    expect(talk.words()).toMatch(/We’re sorry.*SORRY5, €5\.00 off.*at once/u);
    await press(talk, 'No, thank you');
    expect(talk.words()).toMatch(/€9\.98 back while you keep.*up to €49\.90.*at once/u);
    await press(talk, 'No, thank you');
    expect(talk.words()).toMatch(/most that can be paid back is €49\.90.*agreed to by a supervisor/u);
    await press(talk, 'No, thank you');
    expect(talk.keys()).toEqual(['dispute.refused.no-agreement', 'refusal.alternatives']);
  });

  test('[AE-14] [AE-16] money goes through the shop alone, after a yes, once; the case is settled with it', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    await press(talk, 'Hear an offer');
    await press(talk, 'No, thank you');
    await press(talk, 'I take it');
    expect(talk.keys()).toEqual(['dispute.plan.goodwill', 'confirm.ask']);
    for (const consequence of ['€9.98', 'Visa •• 4821', '3 to 7 bank days', 'you keep the goods', 'settled and closed', 'No second case']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.refund']);
    expect(writes).toMatchObject([{ method: 'grantGoodwill', request: { kind: 'refund', amount: { amount: 998 } } }]);
    const order = await core.shop.reader.findOrder('AC-100003');
    const one = await caseOf(core);
    expect(order?.goodwill).toMatchObject([{ case: one?.number, kind: 'refund', amount: { amount: 998 } }]);
    expect(order?.refunds).toMatchObject([{ state: 'granted', amount: { amount: 998 } }]);
    expect(one).toMatchObject({ state: 'closed' });
    expect((await entriesOf(core)).map((entry) => entry.what)).toEqual(['opened', 'accepted']);
    // Once: neither a second yes nor asking for it again moves anything more, and nothing was paid past the shop.
    await talk.says('yes');
    await talk.says('I want to open a dispute about the desk lamp from AC-100003');
    await talk.says('yes');
    expect(writes.filter(({ method }) => method === 'grantGoodwill')).toHaveLength(1);
    expect(new Set(writes.map(({ method }) => method))).toEqual(new Set(['grantGoodwill']));
    const now = await core.shop.reader.findOrder('AC-100003');
    expect([now?.goodwill, now?.refunds, now?.payments]).toEqual([order?.goodwill, order?.refunds, order?.payments]);
    await talk.says('where is my refund for AC-100003?');
    expect(talk.words()).toContain('€9.98');
  });

  test('the coupon lies in the account after the yes', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    await press(talk, 'Hear an offer');
    await press(talk, 'I take it');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.coupon']);
    expect((await core.shop.reader.findCustomer(anna))?.coupons).toContain('SORRY5');
  });

  test('[AE-16] another amount can be named; above the bot’s cap a person has to agree, and the customer says yes to it once more', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop, policy: alone });
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    await press(talk, 'Hear an offer');
    await press(talk, 'No, thank you');
    await talk.says('90 euros');
    expect(talk.keys()).toEqual(['dispute.ask.offer-amount']);
    await talk.says('14 euros');
    expect(talk.keys()).toEqual(['dispute.plan.goodwill', 'confirm.ask']);
    await talk.says('no');
    await talk.says('I want to open a dispute about the desk lamp from AC-100003');
    await press(talk, 'Hear an offer');
    await press(talk, 'No, thank you');
    await talk.says('30 euros');
    expect(talk.keys()).toEqual(['dispute.plan.ask-goodwill', 'confirm.ask']);
    expect(talk.words()).toContain('a supervisor');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['dispute.done.asked']);
    expect(writes).toEqual([]);
    const one = await caseOf(core);
    await core.records.cases.note({ case: one?.number ?? '', conversationId: talk.id, by: 'shop', what: 'approved', agent: 'a1', offer: { kind: 'refund', amount: money(2500, 'EUR') } }, 'approval', core.clock.now());
    await talk.says('open a dispute about the desk lamp from AC-100003');
    expect(talk.words()).toContain('has been agreed to');
    await press(talk, 'Hear an offer');
    expect(talk.words()).toMatch(/€25\.00 back.*at once/u);
    await press(talk, 'I take it');
    await talk.says('yes');
    expect(writes).toMatchObject([{ method: 'grantGoodwill', request: { amount: { amount: 2500 }, case: one?.number } }]);
  });

  test('the same yes twice gives once', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100003');
    if (!order) throw new Error('the sample has AC-100003');
    const lines = [{ lineId: 'l1', quantity: 1 }];
    const dueAt = '2026-06-22T09:00:00.000Z';
    const request = {
      does: 'goodwill', case: '', orderNumber: order.number, revision: order.revision, text: '', files: [], proof: '', platform: false, dueAt, lines, customer: 'Anna', items: [], review: false,
      opening: { kind: 'dispute', customerId: anna, orderNumber: order.number, lines, owner: 'returns_desk', dueAt, details: {}, key: 'dispute|1' }, offer: { kind: 'refund', amount: { ...money(998, 'EUR') }, coupon: '', approver: 'bot' },
    };
    const doing = { request, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one' };
    const first = await dispute.commit(doing);
    expect(await dispute.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toHaveLength(1);
    expect(await entriesOf(core)).toHaveLength(2);
    expect(await dispute.commit({ ...doing, key: 'k2' })).toEqual({ refused: 'plan-stale' });
  });
});

describe('every refusal of a dispute can be reached', () => {
  const again = 'open a dispute about the desk lamp from AC-100003';
  const refusals: Record<string, (talk: Talk, core: Core) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says('open a dispute', { identity: anna }),
    'not-paid': (talk) => talk.says('open a dispute about AC-100050', { identity: emily }),
    'too-early': async (talk) => {
      await openCase(talk);
      await talk.says('yes');
      await talk.says(again);
      await press(talk, 'Ask the platform to step in');
    },
    'with-platform': async (talk) => {
      await openCase(talk);
      await talk.says('yes');
      await talk.says('ask the platform to step in on my dispute about the desk lamp from AC-100003');
    },
    'nothing-shown': async (talk) => {
      await openCase(talk);
      await talk.says('yes');
      await talk.says(again);
      await press(talk, 'Add proof');
      await press(talk, 'Nothing for now');
    },
    kept: async (talk) => {
      await openCase(talk);
      await talk.says('yes');
      await talk.says(again);
      await press(talk, 'Withdraw the case');
      await press(talk, 'Keep it open');
    },
    'no-offer': async (talk) => {
      await talk.says(again, { identity: anna });
      await press(talk, 'Hear an offer');
    },
    'offer-waiting': async (talk) => {
      await talk.says(again, { identity: anna });
      await press(talk, 'Hear an offer');
      await press(talk, 'No, thank you');
      await talk.says('40 euros');
      await talk.says('yes');
      await talk.says(again);
      await press(talk, 'Hear an offer');
    },
    'no-agreement': async (talk) => {
      await talk.says(again, { identity: anna });
      await press(talk, 'Hear an offer');
      for (let n = 0; n < 3; n += 1) await press(talk, 'No, thank you');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...dispute.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const core = await aCore({
      shop: (own) => (code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'with-platform' ? withRefund('AC-100003')(own) : own),
      policy: code === 'no-offer' ? goodwill({ coupon: '', partialShare: 0 }) : alone,
    });
    const talk = await aTalk(core);
    await refusals[code]?.(talk, core);
    expect(talk.keys()).toContain(`dispute.refused.${code}`);
    expect(talk.choices()).toContain('h');
  });
});
