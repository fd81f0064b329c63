import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { refundsOf } from '../../src/domain/refund-entries.js';
import type { ReturnDecision } from '../../src/ports/shop.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from './talking.js';

const [anna, emily, tom] = ['cus-0001', 'cus-0008', 'cus-0002'];
const second = 1000;
const hour = 3600 * second;
const dayMs = 24 * hour;
type Core = Awaited<ReturnType<typeof aCore>>;

const asking = (more: Partial<Policy['returns']['life']> = {}) => (policy: Policy): Policy => ({ ...policy, returns: { ...policy.returns, life: { ...policy.returns.life, sellerAnswers: true, ...more } } });
const keys = async (core: Core, talk: Talk): Promise<string[]> => (await core.store.readLog(talk.id, 0, 500)).flatMap((line) => (line.replies ?? []).map((reply) => reply.key)).filter((key) => !['notice.handling-overdue', 'notice.satisfaction.bot'].includes(key));

/** Has everything come due that is due by the clock, with what follows from it, in a new process each time. */
async function settle(core: Core, talk: Talk): Promise<string[]> {
  const before = (await keys(core, talk)).length;
  for (let round = 0; round < 4; round += 1) {
    const runtime = createRuntime({ ...core });
    await runtime.start();
    await runtime.sweepTimers();
    await runtime.settled(talk.id);
    await runtime.stop();
    core.clock.move(10);
  }
  return (await keys(core, talk)).slice(before);
}

/** Moves the clock to so many milliseconds from an instant. */
const moveTo = (core: Core, instant: string, off = 0): void => core.clock.move(Date.parse(instant) + off - Date.parse(core.clock.now()));

const lamp = async (core: Core) => {
  const order = await core.shop.reader.findOrder('AC-100003');
  const one = order?.returns[0];
  if (!order || !one) throw new Error('there is no return');
  return { order, one };
};
const decide = async (core: Core, decision: ReturnDecision, key: string): Promise<unknown> => {
  const { order, one } = await lamp(core);
  return core.shop.writer.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: one.number, decision }, key, core.clock.now());
};
const refunds = async (core: Core) => (await lamp(core)).order.payments.filter((payment) => payment.kind === 'refund').map(({ amount }) => amount.amount);

async function opened(policy?: (policy: Policy) => Policy): Promise<{ core: Core; talk: Talk }> {
  const core = await aCore(policy ? { policy } : {});
  const talk = await aTalk(core);
  await talk.says('I want to send the desk lamp from AC-100003 back, I changed my mind', { identity: anna });
  await talk.says('yes');
  await talk.end();
  return { core, talk };
}

describe('the shop has five days to answer', () => {
  test('[TB-09] a second before them nothing happens, on the second its silence accepts, once, over a new start; the label comes by itself', async () => {
    const { core, talk } = await opened(asking());
    const { one } = await lamp(core);
    expect(one.state).toBe('requested');
    expect(Math.round((Date.parse(one.answerBy ?? '') - Date.parse(one.openedAt)) / second)).toBe(5 * dayMs / second);
    moveTo(core, one.answerBy ?? '', -second);
    expect(await settle(core, talk)).toEqual([]);
    expect((await lamp(core)).one.state).toBe('requested');
    moveTo(core, one.answerBy ?? '');
    expect(await settle(core, talk)).toEqual(['return-news.accepted', 'return-news.address', 'return-stage']);
    expect((await lamp(core)).one).toMatchObject({ state: 'label_issued', answer: { by: 'silence', accepted: true } });
    moveTo(core, one.answerBy ?? '', second);
    expect(await settle(core, talk)).toEqual([]);
    const log = await core.store.readLog(talk.id, 0, 500);
    expect(log.findLast((line) => line.replies?.some(({ key }) => key === 'return-news.accepted'))?.files).toHaveLength(2);
  });
  test('[TB-09] the desk is reminded two days and one day before; in a shop whose silence declines, the customer hears what can be done', async () => {
    const { core, talk } = await opened(asking({ silence: 'decline' }));
    const { one } = await lamp(core);
    expect(await core.records.tickets.queue()).toHaveLength(1);
    moveTo(core, one.answerBy ?? '', -second);
    await settle(core, talk);
    const notes = (await core.records.notes.ofConversation(talk.id)).map(({ text }) => text);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('declined by itself');
    moveTo(core, one.answerBy ?? '');
    expect(await settle(core, talk)).toEqual(['return-news.declined', 'refusal.alternatives']);
    expect((await lamp(core)).order.lines.find(({ id }) => one.lines.some((part) => part.lineId === id))?.returnedQuantity).toBe(0);
  });
  test('[TB-41] answers itself, with a code and its words: the customer hears both, and the clock does nothing any more', async () => {
    const { core, talk } = await opened(asking());
    await decide(core, { kind: 'answer', accepted: false, by: 'shop', reason: 'resale_harmed', note: 'The lamp was mounted' }, 'desk-1');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.declined', 'refusal.alternatives']);
    const words = (await core.store.readLog(talk.id, 0, 500)).at(-1)?.text ?? '';
    for (const fact of ['can’t be sold as new', 'The lamp was mounted']) expect(words).toContain(fact);
    core.clock.move(10 * dayMs);
    expect(await settle(core, talk)).toEqual([]);
    expect((await lamp(core)).one.state).toBe('declined');
  });
  test('[TB-09] money asked back without a return: silence grants it on the second, once, and it is told', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('refund only for AC-100007', { identity: tom });
    await talk.says('no');
    await talk.says('no');
    await talk.says('yes');
    await talk.end();
    const refund = async () => (await core.shop.reader.findOrder('AC-100007'))?.refunds?.[0];
    const due = new Date(Date.parse((await refund())?.openedAt ?? '') + 5 * dayMs).toISOString();
    moveTo(core, due, -second);
    await settle(core, talk);
    expect((await refund())?.state).toBe('requested');
    moveTo(core, due);
    expect(await settle(core, talk)).toEqual(['refund-news.granted']);
    expect(await refund()).toMatchObject({ state: 'granted', answer: { by: 'silence' } });
    expect(await settle(core, talk)).toEqual([]);
  });
});

describe('the goods are sent back', () => {
  test('nothing sent: reminded three days and one day before, closed a day after the day named, once', async () => {
    const { core, talk } = await opened();
    const { one } = await lamp(core);
    moveTo(core, one.shipBy, -3 * dayMs);
    expect((await settle(core, talk)).filter((key) => key === 'return-reminder')).toHaveLength(1);
    moveTo(core, one.shipBy, dayMs - second);
    expect((await settle(core, talk)).filter((key) => key === 'return-news.expired')).toHaveLength(0);
    expect((await lamp(core)).one.state).toBe('label_issued');
    moveTo(core, one.shipBy, dayMs);
    expect(await settle(core, talk)).toEqual(['return-news.expired']);
    expect((await lamp(core)).one.state).toBe('expired');
    core.clock.move(second);
    expect(await settle(core, talk)).toEqual([]);
  });
  test('[TB-11] announced with carrier and number: a wrong check digit is asked again, then it is on its way and is not closed', async () => {
    const { core } = await opened();
    const talk = await aTalk(core, 'two');
    await talk.says('where is my return?', { identity: anna });
    expect(talk.choices()).toContain('i:return_shipment');
    await talk.presses('i:return_shipment');
    expect(talk.keys()).toEqual(['return-shipment.ask.carrier']);
    await talk.says('UPS');
    expect(talk.keys()).toEqual(['return-shipment.ask.number']);
    await talk.says('1Z999AA10123456780');
    expect(talk.keys()).toEqual(['return-shipment.ask.number-digit']);
    await talk.says('1Z999AA10123456784');
    expect(talk.keys()).toEqual(['return-shipment.plan', 'confirm.ask']);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['return-shipment.done']);
    const { one } = await lamp(core);
    expect(one).toMatchObject({ state: 'in_transit', shipment: { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' } });
    await talk.end();
    moveTo(core, one.shipBy, 2 * dayMs);
    await settle(core, talk);
    expect((await lamp(core)).one.state).toBe('in_transit');
  });
});

describe('the shop has ten days to confirm what the carrier delivered', () => {
  test('[TB-12] a second before them nothing is paid, on the second the refund goes out by itself, exactly once, over new starts', async () => {
    const { core, talk } = await opened();
    const scannedAt = core.clock.now();
    await decide(core, { kind: 'arrived', scannedAt }, 'scan');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.arrived', 'return-stage']);
    const due = new Date(Date.parse(scannedAt) + 10 * dayMs).toISOString();
    moveTo(core, due, -second);
    await settle(core, talk);
    expect(await refunds(core)).toEqual([]);
    moveTo(core, due);
    expect(await settle(core, talk)).toEqual(['return-news.refunded']);
    expect(await refunds(core)).toEqual([4400]);
    expect((await core.store.readLog(talk.id, 0, 500)).at(-1)?.text).toContain('by itself');
    moveTo(core, due, second);
    await settle(core, talk);
    core.clock.move(20 * dayMs);
    await settle(core, talk);
    expect(await refunds(core)).toEqual([4400]);
  });
  test('[TB-12] two nodes look at once: paid once', async () => {
    const { core, talk } = await opened();
    await decide(core, { kind: 'arrived', scannedAt: core.clock.now() }, 'scan');
    core.clock.move(6 * hour + second);
    await settle(core, talk);
    core.clock.move(10 * dayMs);
    const nodes = [createRuntime({ ...core }), createRuntime({ ...core })];
    for (const node of nodes) await node.start();
    await Promise.all(nodes.map((node) => node.sweepTimers()));
    for (const node of nodes) await node.settled(talk.id);
    for (const node of nodes) await node.stop();
    expect(await refunds(core)).toEqual([4400]);
  });
  test('[SH-29] confirmed in time: inspection passed, the refund is done and told; nothing comes by itself later', async () => {
    const { core, talk } = await opened();
    await decide(core, { kind: 'arrived', scannedAt: core.clock.now() }, 'scan');
    await decide(core, { kind: 'received' }, 'in');
    await decide(core, { kind: 'passed' }, 'ok');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.refunded']);
    expect(await refunds(core)).toEqual([4400]);
    core.clock.move(30 * dayMs);
    expect(await settle(core, talk)).toEqual([]);
    expect(await refunds(core)).toEqual([4400]);
  });
  test('that it has come in and that its money is out is told once, whether the shop system tells it or the return is looked at', async () => {
    const { core, talk } = await opened();
    const { order, one } = await lamp(core);
    const tell = async (type: 'return_received' | 'refund_sent'): Promise<unknown> => {
      const runtime = createRuntime({ ...core });
      await runtime.start();
      const about = { id: `erp-${type}`, order: order.number, at: core.clock.now() };
      const outcome = await runtime.shopEvent(type === 'return_received' ? { ...about, type, return: one.number.toLowerCase() } : { ...about, type, refund: one.number });
      await runtime.settled(talk.id);
      await runtime.stop();
      return outcome;
    };
    await decide(core, { kind: 'received' }, 'in');
    await tell('return_received');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual([]);
    expect((await keys(core, talk)).filter((key) => key.includes('received'))).toEqual(['notice.return-received']);
    await decide(core, { kind: 'passed' }, 'ok');
    core.clock.move(18 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.refunded']);
    expect(await tell('refund_sent')).toBe('duplicate');
    expect(await settle(core, talk)).toEqual([]);
  });
  test('[SH-29] [TB-21] a fault that was told and not shown is not there: the label of the plan comes off the refund once, shown with its sum, and “why?” names the rule', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send the desk lamp from AC-100003 back, it is broken', { identity: anna });
    await talk.says('I have no photo');
    expect(talk.words()).toContain('the label is charged to you: €5.90');
    await talk.says('yes');
    expect((await lamp(core)).one).toMatchObject({ freight: { amount: 0 }, freightPaidBy: 'shop', ifNoFault: { amount: 590 } });
    await talk.end();
    await decide(core, { kind: 'received' }, 'in');
    await decide(core, { kind: 'faultless', found: 'It lights up with the bulb that came with it' }, 'look');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.refunded', 'return-news.faultless']);
    const line = (await core.store.readLog(talk.id, 0, 500)).at(-1);
    for (const fact of ['€44.00 has been sent', '“It lights up with the bulb that came with it”', '€49.90 less €5.90 for the label is €44.00']) expect(line?.text).toContain(fact);
    expect(line?.choices?.map(({ id }) => id)).toEqual(expect.arrayContaining(['i:dispute_open']));
    expect(await refunds(core)).toEqual([4400]);
    core.clock.move(30 * dayMs);
    expect(await settle(core, talk)).toEqual([]);
    expect(await refunds(core)).toEqual([4400]);
    const later = await aTalk(core, 'later');
    await later.says('where is my return?', { identity: anna });
    expect(later.keys()).toEqual(expect.arrayContaining(['return-status.refunded', 'return-news.faultless']));
    await later.says('why?');
    expect(later.words()).toContain('The inspection found no fault, so the way back is paid by the customer, as the plan said: €5.90.');
    await later.end();
  });
  test('[SH-29] failed inspection: told with what was found and what can be done, nothing is paid', async () => {
    const { core, talk } = await opened();
    await decide(core, { kind: 'received' }, 'in');
    await decide(core, { kind: 'failed', reason: 'user_damage', found: 'The foot is broken off', photos: ['https://shop.example.com/1.jpg'] }, 'no');
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.rejected', 'refusal.alternatives']);
    const line = (await core.store.readLog(talk.id, 0, 500)).at(-1);
    for (const fact of ['The foot is broken off', 'the damage comes from use']) expect(line?.text).toContain(fact);
    expect(line?.choices?.map(({ id }) => id)).toEqual(expect.arrayContaining(['h', 'i:dispute_open']));
    core.clock.move(30 * dayMs);
    await settle(core, talk);
    expect(await refunds(core)).toEqual([]);
  });
});

describe('other pieces are to come for those sent back', () => {
  const maria = 'cus-0004';
  async function exchanged(policy?: (policy: Policy) => Policy) {
    const core = await aCore(policy ? { policy } : {});
    const talk = await aTalk(core);
    await talk.says('I want to exchange the frying pan from order AC-100021 for the 28 cm one, the size is wrong', { identity: maria });
    await talk.says('yes');
    const find = async () => {
      const order = await core.shop.reader.findOrder('AC-100021');
      const one = order?.returns[0];
      if (!order || !one) throw new Error('there is no exchange');
      return { order, one };
    };
    const step = async (decision: ReturnDecision): Promise<void> => {
      const { order, one } = await find();
      expect(await core.shop.writer.decideReturn({ orderNumber: order.number, revision: order.revision, returnNumber: one.number, decision }, decision.kind, core.clock.now())).not.toHaveProperty('refused');
    };
    const said = async (): Promise<string> => (await core.store.readLog(talk.id, 0, 500)).at(-1)?.text ?? '';
    let asked = 0;
    const status = async (): Promise<string> => {
      const other = await aTalk(core, `status-${(asked += 1)}`);
      await other.says('what is the status of my return for AC-100021?', { identity: maria });
      await other.end();
      return other.words();
    };
    const watched = async (): Promise<boolean> => (await core.records.timers.find(`return|${(await find()).one.number}|watch`)) !== null;
    return { core, talk, find, step, said, status, watched };
  }

  test('[TB-24] [TB-28] it is told in words of an exchange at every step, and closed once the new ones are sent', async () => {
    const { core, talk, find, step, said, status, watched } = await exchanged();
    await talk.end();
    await step({ kind: 'received' });
    core.clock.move(6 * hour + second);
    await settle(core, talk);
    expect(await status()).toMatch(/Step 4 of 5[^:]*: the shop confirms the goods, then sends the new ones\.[\s\S]*If it does not, they count as in order, and the new pieces are to be sent/u);
    await step({ kind: 'passed' });
    const passedAt = (await find()).one.passedAt ?? '';
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.passed', 'return-clock.replacement']);
    expect(await said()).toMatch(/passed inspection\. The new pieces are being sent\.[\s\S]*to be sent by \d+ June 2026, \d\d:\d\d \S+\. If they are not/u);
    await step({ kind: 'replaced' });
    core.clock.move(6 * hour + second);
    expect(await settle(core, talk)).toEqual(['return-news.exchanged']);
    expect(await said()).toMatch(/Exchange RMA-\w+ \(order AC-100021\) is done[\s\S]*delivery address/u);
    expect(await status()).toContain('Step 5 of 5 (1 → 2 → 3 → 4 → 5): closed');
    expect(await watched()).toBe(false);
    moveTo(core, passedAt, 20 * dayMs);
    expect((await settle(core, talk)).filter((key) => key.startsWith('notice.exchange') || key.startsWith('return'))).toEqual([]);
  });
  test('nobody confirms: that counts as in order, and no refund is spoken of; nobody sends: the desk hears it, the customer too, and at last nobody looks any more', async () => {
    const { core, talk, find, step, watched } = await exchanged((policy) => ({ ...policy, notices: { ...policy.notices, quietHours: { from: '00:00', to: '00:00' } } }));
    await talk.end();
    const scannedAt = core.clock.now();
    await step({ kind: 'arrived', scannedAt });
    core.clock.move(6 * hour + second);
    await settle(core, talk);
    moveTo(core, scannedAt, 10 * dayMs);
    expect(await settle(core, talk)).toEqual(['return-news.passed', 'return-clock.replacement']);
    expect((await core.store.readLog(talk.id, 0, 500)).at(-1)?.text).toMatch(/days to confirm the goods are over, so they count as in order\. The new pieces are being sent/u);
    const passedAt = (await find()).one.passedAt ?? '';
    moveTo(core, passedAt, 7 * dayMs - second);
    expect(await settle(core, talk)).toEqual([]);
    moveTo(core, passedAt, 7 * dayMs);
    expect(await settle(core, talk)).toEqual(['notice.exchange-overdue']);
    expect((await core.records.notes.ofConversation(talk.id)).at(-1)?.text).toMatch(/^The new pieces for exchange RMA-\w+ of order AC-100021 were to be sent by /u);
    moveTo(core, passedAt, 40 * dayMs);
    expect([await settle(core, talk), await watched()]).toEqual([[], true]);
    moveTo(core, passedAt, 97 * dayMs);
    expect([await settle(core, talk), await watched()]).toEqual([[], false]);
  });
  test('what the new ones cost less is told once, not as sent and still to come', async () => {
    const { core, talk, find } = await exchanged();
    await talk.end();
    const { order, one } = await find();
    const cheaper = { ...one, state: 'accepted' as const, passedAt: core.clock.now(), freight: { amount: 0, currency: 'EUR' }, difference: { amount: -500, currency: 'EUR' } };
    const settled = { ...order, returns: [cheaper], payments: [...order.payments, { id: 'back', state: 'settled' as const, method: 'card' as const, kind: 'refund' as const, amount: { amount: 500, currency: 'EUR' }, at: core.clock.now() }] };
    expect(refundsOf(settled, core.policy, core.clock.now()).map(({ stage, amount }) => [stage, amount.amount])).toEqual([['sent', 500]]);
    expect(refundsOf({ ...settled, payments: order.payments }, core.policy, core.clock.now()).map(({ stage, amount }) => [stage, amount.amount])).toEqual([['approved', 500]]);
  });
});

describe('"where is my refund?"', () => {
  test('[TB-04, TB-07, TB-24] shows the stage of five, the clock with day, hour and zone, and what happens when it runs out', async () => {
    const { core } = await opened(asking());
    let asked = 0;
    const ask = async (): Promise<string> => {
      const talk = await aTalk(core, `ask-${(asked += 1)}`);
      await talk.says('where is my refund for AC-100003?', { identity: anna });
      await talk.end();
      return talk.words();
    };
    expect(await ask()).toMatch(/Step 2 of 5[\s\S]*waiting for the shop’s answer\. The shop answers by 22 June 2026, 11:00 \S+; if it does not, that counts as a yes/u);
    await decide(core, { kind: 'answer', accepted: true, by: 'shop' }, 'a');
    expect(await ask()).toMatch(/Step 3 of 5[\s\S]*If nothing is on its way by 2 July 2026, 11:00 \S+, the return is closed/u);
    await decide(core, { kind: 'arrived', scannedAt: core.clock.now() }, 'b');
    expect(await ask()).toMatch(/Step 4 of 5[\s\S]*confirms them by 27 June 2026, 11:00 \S+\. If it does not, the refund goes out by itself/u);
    await decide(core, { kind: 'passed' }, 'c');
    const talk = await aTalk(core, 'status');
    await talk.says('what is the status of my return?', { identity: anna });
    expect(talk.words()).toContain('Step 5 of 5 (1 → 2 → 3 → 4 → 5): closed');
  });
});

describe('a return taken back', () => {
  test('is asked about twice, and its pieces are free again', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my return RMA-7K2M9Q?', { identity: emily });
    await talk.presses('i:return_withdraw');
    expect(talk.keys()).toEqual(['return-withdraw.ask.sure']);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['return-withdraw.plan', 'confirm.ask']);
    expect((await core.shop.reader.findReturn('RMA-7K2M9Q'))?.return.state).toBe('label_issued');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['return-withdraw.done']);
    expect((await core.shop.reader.findReturn('RMA-7K2M9Q'))?.return.state).toBe('withdrawn');
  });
  test('stays where the customer thinks better of it, and cannot be taken back once it is on its way', async () => {
    const { core } = await opened();
    const talk = await aTalk(core, 'two');
    await talk.says('where is my return?', { identity: anna });
    await talk.presses('i:return_withdraw');
    await talk.says('no');
    expect(talk.keys()).toEqual(['return-withdraw.refused.kept']);
    await decide(core, { kind: 'arrived', scannedAt: core.clock.now() }, 'scan');
    await talk.presses('i:return_withdraw');
    expect(talk.keys()).toEqual(['return-withdraw.refused.on-its-way']);
  });
});
