import { describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/domain/fault.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { withPatience } from '../../src/shops/patient.js';
import { runTurn } from '../../src/runtime/run-turn.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';
import { reading, watched } from '../flows/writes.js';
import { storedConversation } from './stored.js';

const anna = 'cus-0001';
const planned = async (talk: Talk): Promise<void> => {
  await talk.says('change the delivery address of order AC-100002', { identity: anna });
  await talk.says('ul. Prosta 5, 00-838 Warszawa', { identity: anna });
  expect(talk.keys()).toContain('confirm.ask');
};

describe('a shop that does not answer whether it was done', () => {
  const silent = () => watched(async (_, make) => {
    await make();
    throw new Fault('shop.unreachable', 'no answer', { again: true });
  });

  test('the customer hears neither done nor failed, a person gets it with the key, and it is never done a second time', async () => {
    const { shop, writes } = silent();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await planned(talk);
    await talk.says('yes', { id: 'the-yes' });
    expect(talk.keys()).toEqual(['plan.unknown', 'handover.announced.commit-unknown', 'handover.place.empty']);
    expect(writes).toHaveLength(1);
    const [action] = await core.records.actions.ofConversation(talk.id);
    expect(action?.outcome).not.toBe('done');
    const [ticket] = await core.records.tickets.queue();
    expect(ticket).toMatchObject({ kind: 'handover', reason: 'commit-unknown', conversationId: talk.id });
    expect(JSON.stringify(ticket?.brief)).toContain(action?.key);
    // The channel sends the very same message again.
    await talk.says('yes', { id: 'the-yes' });
    expect(talk.keys()).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['handover.still-waiting', 'handover.place.empty']);
    expect(writes).toHaveLength(1);
  });
  test('each such case has a reference of its own', async () => {
    const references: unknown[] = [];
    for (const name of ['one', 'two']) {
      const talk = await aTalk(await aCore({ shop: silent().shop }), name);
      await planned(talk);
      const [line] = await talk.says('yes');
      references.push(line?.replies?.find((reply) => reply.key === 'plan.unknown')?.values?.['reference']);
    }
    expect(new Set(references).size).toBe(2);
  });
  test('is asked about it at the next start, and what it did is put down as done', async () => {
    const { shop } = silent();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await planned(talk);
    await talk.says('yes');
    await talk.end();
    const again = createRuntime({ ...core });
    core.clock.move(60_000);
    await again.start();
    await again.stop();
    expect(await core.records.actions.ofConversation(talk.id)).toMatchObject([{ outcome: 'done' }]);
  });
  test('and where the store is still putting back what it has lost, once that is there; the node is at work meanwhile', async () => {
    const core = await aCore({ shop: silent().shop });
    const talk = await aTalk(core);
    await planned(talk);
    await talk.says('yes');
    await talk.end();
    const outcome = async () => (await core.records.actions.ofConversation(talk.id))[0]?.outcome;
    let isBack = (): void => undefined;
    const mending = new Promise<void>((resolve) => {
      isBack = resolve;
    });
    const again = createRuntime({ ...core, store: { ...core.store, mend: () => mending } });
    core.clock.move(60_000);
    await again.start();
    const before = (await core.store.head(talk.id))?.lastSeq ?? 0;
    await again.door.accept({ kind: 'message', id: 'meanwhile', conversationId: talk.id, channel: 'test', address: null, at: core.clock.now(), text: 'thank you' });
    await again.settled(talk.id);
    expect((await core.store.readLog(talk.id, before, 9)).map(({ from }) => from)).toContain('bot');
    expect(await outcome()).not.toBe('done');
    isBack();
    await again.stop();
    expect(await outcome()).toBe('done');
  });
  test('did nothing: the row stays open for a person, and is not called done', async () => {
    const { shop, writes } = watched(async () => {
      throw new Fault('shop.unreachable', 'no answer', { again: true });
    });
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await planned(talk);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['plan.unknown', 'handover.announced.commit-unknown', 'handover.place.empty']);
    await talk.end();
    const again = createRuntime({ ...core });
    core.clock.move(60_000);
    await again.start();
    await again.stop();
    expect((await core.records.actions.ofConversation(talk.id))[0]?.outcome).not.toBe('done');
    expect(writes).toHaveLength(1);
    expect((await core.shop.reader.findOrder('AC-100002'))?.shippingAddress.line1).toBe('ul. Kwiatowa 5/12');
  });
});

describe('a shop that is slow', () => {
  test('and makes a write only after we gave up: the customer hears neither done nor failed, it is asked about, and made once', async () => {
    let makeIt = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      makeIt = resolve;
    });
    let isMade: Promise<unknown> = Promise.resolve();
    const { shop, writes } = watched((_, make) => {
      isMade = slow.then(make);
      return isMade;
    });
    const core = await aCore({ shop: (own) => withPatience(shop(own), 300) });
    const revision = (await core.shop.reader.findOrder('AC-100002'))?.revision ?? 0;
    const talk = await aTalk(core);
    await planned(talk);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['plan.unknown', 'handover.announced.commit-unknown', 'handover.place.empty']);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(revision);
    makeIt();
    await isMade;
    await talk.end();
    const again = createRuntime({ ...core });
    core.clock.move(60_000);
    await again.start();
    await again.stop();
    expect(await core.records.actions.ofConversation(talk.id)).toMatchObject([{ outcome: 'done' }]);
    expect(writes).toHaveLength(1);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(revision + 1);
  });
  test('and never answers a question: the customer hears so, and whoever comes behind is answered', async () => {
    let isSlow = false;
    const core = await aCore({ shop: (own) => withPatience(reading(own, { findOrder: (number) => (isSlow ? new Promise(() => undefined) : own.reader.findOrder(number)) }), 300) });
    const talk = await aTalk(core);
    const other = await aTalk(core, 'other', talk.runtime);
    isSlow = true;
    await Promise.all([talk.says('where is my order AC-100002?', { identity: anna }), other.says('are you a bot?')]);
    expect(talk.keys()).toContain('fault.sorry');
    expect(other.keys()).toContain('bot.yes');
    isSlow = false;
    await talk.says('where is my order AC-100002?', { identity: anna });
    expect(talk.keys()).not.toContain('fault.sorry');
  });
});

describe('a process that dies', () => {
  test('between the write and the commit: the next one takes the same turn, and it is written once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const first = await aTalk(core);
    await planned(first);
    await first.end();
    await core.store.accept(first.id, { kind: 'message', id: 'the-yes', conversationId: first.id, channel: 'test', address: null, at: core.clock.now(), text: 'yes' }, { channel: 'test', address: null });
    const claim = await core.store.claim('doomed', 1, core.clock.now(), first.id);
    if (!claim) throw new Error('the yes waits in the inbox');
    // The turn is taken, the shop has written – and nothing of it is committed.
    const lost = await runTurn(claim, core);
    expect(writes).toHaveLength(1);
    const revision = (await core.shop.reader.findOrder('AC-100002'))?.revision;
    core.clock.move(60_000);
    const again = createRuntime({ ...core });
    await again.start();
    await again.settled(first.id);
    await again.stop();
    const said = (await core.store.readLog(first.id, 0, 100)).filter((line) => line.replies?.some((reply) => reply.key === 'change-address.done'));
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toBe(lost.lines[0]?.text);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(revision);
    expect(writes).toHaveLength(1);
    expect(await core.records.actions.ofConversation(first.id)).toMatchObject([{ outcome: 'done' }]);
  });
  test('between the write and its receipt: the next one asks with the same key, and the shop has changed once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const first = await aTalk(core);
    await planned(first);
    await first.end();
    const revision = (await core.shop.reader.findOrder('AC-100002'))?.revision ?? 0;
    await core.store.accept(first.id, { kind: 'message', id: 'the-yes', conversationId: first.id, channel: 'test', address: null, at: core.clock.now(), text: 'yes' }, { channel: 'test', address: null });
    const claim = await core.store.claim('doomed', 1, core.clock.now(), first.id);
    if (!claim) throw new Error('the yes waits in the inbox');
    const dying = { ...core.records.actions, close: () => Promise.reject(new Error('the process is gone')) };
    await expect(runTurn(claim, { ...core, records: { ...core.records, actions: dying } })).rejects.toThrow('the process is gone');
    core.clock.move(60_000);
    const again = createRuntime({ ...core });
    await again.start();
    await again.settled(first.id);
    await again.stop();
    expect((await core.store.readLog(first.id, 0, 100)).at(-1)?.replies?.at(-1)?.key).toBe('change-address.done');
    expect(writes.map((write) => write.key)).toEqual([writes[0]?.key, writes[0]?.key]);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe(revision + 1);
  });
  test('between its note and the write: the next one makes the write, once', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await planned(talk);
    const { bornAt, active } = await storedConversation(core.store, talk.id);
    if (!active?.plan) throw new Error('a plan is on the table');
    await core.records.actions.open({ key: `${talk.id}|${bornAt}|${active.plan.id}|1`, conversationId: talk.id, flow: 'change-address', request: active.plan.request, openedAt: core.clock.now() });
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-address.done']);
    expect(writes).toHaveLength(1);
    expect(await core.records.actions.ofConversation(talk.id)).toHaveLength(1);
  });
});

describe('a shop that cannot be reached while the bot looks something up', () => {
  test('the customer hears so, nothing of the conversation changes, and the same words do it once the shop is back', async () => {
    let isAway = false;
    const away = async (): Promise<never> => {
      throw new Fault('shop.unreachable', 'away', { again: true });
    };
    const core = await aCore({ shop: (own) => reading(own, {
      findOrder: (number) => (isAway ? away() : own.reader.findOrder(number)), ordersOf: (id) => (isAway ? away() : own.reader.ordersOf(id)), findCustomer: (id) => (isAway ? away() : own.reader.findCustomer(id)),
    }) });
    const talk = await aTalk(core);
    await talk.says('I want to send back the desk lamp from AC-100003', { identity: anna });
    expect(talk.keys()).toContain('reason.ask');
    const kept = async () => {
      const { active, identity, topic, wishes } = await storedConversation(core.store, talk.id);
      return { slots: { ...active?.kept, ...active?.slots }, flow: active?.flow, customer: identity.customerId, topic, wishes };
    };
    const before = await kept();
    isAway = true;
    await talk.says('changed my mind', { identity: anna });
    expect(talk.keys()).toEqual(['fault.sorry']);
    expect(talk.choices()).toEqual(['h']);
    expect(await kept()).toMatchObject({ flow: before.flow, customer: before.customer, topic: before.topic, wishes: before.wishes });
    expect((await kept()).slots).toMatchObject(before.slots);
    isAway = false;
    await talk.says('changed my mind', { identity: anna });
    expect(talk.keys()).toEqual(['return-item.plan.customer', 'confirm.ask']);
  });
  test('a plan on the table is still there afterwards, and its yes counts', async () => {
    let isAway = false;
    const { shop, writes } = watched();
    const core = await aCore({ shop: (own) => shop(reading(own, { promotions: async (now) => (isAway ? Promise.reject(new Fault('shop.unreachable', 'away', { again: true })) : own.reader.promotions(now)) })) });
    const talk = await aTalk(core);
    await planned(talk);
    isAway = true;
    await talk.says('which promotions are running?');
    expect(talk.keys()).toContain('fault.sorry');
    isAway = false;
    await talk.says('yes');
    if (writes.length === 0) await talk.says('yes');
    expect(writes).toHaveLength(1);
  });
});
