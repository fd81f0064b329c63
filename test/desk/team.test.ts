import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { parsePolicy } from '../../src/policy/read-policy.js';
import { readFileSync } from 'node:fs';
import { money } from '../../src/domain/money.js';
import { createAssigner } from '../../src/desk/assigner.js';
import type { DeskParts } from '../../src/desk/parts.js';
import { aCore, aTalk } from '../support/a-core.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { serveDesk, type Caller, type DeskServer } from './support.js';

jest.setTimeout(60_000);
const shop = createMemoryShop(createSampleShop('2026-11-20T09:00:00.000Z'), { now: () => '2026-11-22T10:00:00.000Z' });

describe('the people of the desk', () => {
  let desk: DeskServer;
  let [ada, sue, ben]: Caller[] = [];
  let number = '';
  beforeAll(async () => {
    desk = await serveDesk({ parts: { shop: shop.reader, shopWriter: shop.writer, departments: ['orders', 'returns'] } });
    [ada, sue, ben] = [await desk.seated('Ada', 'admin'), await desk.seated('Sue', 'supervisor'), await desk.seated('Ben')];
    ({ number } = await desk.records.cases.open({
      kind: 'dispute', conversationId: 'web:anna', customerId: 'cus-0001', orderNumber: 'AC-100003', lines: [{ lineId: (await shop.reader.findOrder('AC-100003'))?.lines[0]?.id ?? '', quantity: 1 }],
      owner: 'shop_desk', dueAt: '2026-11-27T10:00:00.000Z', details: { statement: 'The glass is cracked.' },
    }, 'key', '2026-11-22T10:00:00.000Z'));
  });
  afterAll(async () => desk.close());
  const call = (who: Caller | undefined, method: string, path: string, body?: unknown) => (who ?? desk.caller()).call(method, path, body);

  test('an admin sets role, skills and room; a supervisor sees them, an agent does not; the last admin cannot lose the role to themselves', async () => {
    const given = { role: 'agent', languages: ['es', 'pt'], departments: ['returns'], capacity: 2 };
    expect((await call(sue, 'POST', '/agents/id-Ben', given)).status).toBe(403);
    expect((await call(ada, 'POST', '/agents/id-Ben', given)).status).toBe(200);
    expect((await call(ada, 'POST', '/agents/id-Ada', { ...given, role: 'agent' }))).toMatchObject({ status: 409, json: { error: { code: 'NotYourself' } } });
    expect((await call(ben, 'GET', '/agents')).status).toBe(403);
    const { json } = await call(sue, 'GET', '/agents');
    expect(json['departments']).toEqual(['orders', 'returns']);
    expect((json['agents'] as readonly Readonly<Record<string, unknown>>[]).find(({ id }) => id === 'id-Ben')).toMatchObject({ languages: ['es', 'pt'], departments: ['returns'], capacity: 2, presence: 'offline' });
    await call(ada, 'POST', '/agents/id-Ben', { role: 'agent', languages: [], departments: [], capacity: null });
  });

  test('presence is the open desk, and the switch; a closed desk is nobody', async () => {
    const socket = desk.socket({ origin: desk.base, cookie: ben?.cookie() ?? '' });
    await once(socket, 'message');
    const ofBen = async () => ((await call(sue, 'GET', '/presence')).json['seats'] as readonly Readonly<Record<string, unknown>>[]).find(({ id }) => id === 'id-Ben')?.['presence'];
    expect(await ofBen()).toBe('online');
    expect((await call(ben, 'POST', '/presence', { wish: 'away' })).json).toEqual({ wish: 'away' });
    expect([await ofBen(), (await call(ben, 'GET', '/presence')).json['wish']]).toEqual(['away', 'away']);
    await call(ben, 'POST', '/presence', { wish: 'online' });
    socket.close();
    await once(socket, 'close');
    for (let tries = 0; await ofBen() !== 'offline' && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await ofBen()).toBe('offline');
  });

  test('above an agent’s limit a supervisor is asked, approves once, and it is done once and written down', async () => {
    const request = { kind: 'refund', case: number, amount: 3000 };
    expect(await call(ben, 'POST', `/case/${number}/acts`, { id: 'offer-0001', act: 'offer', amount: 3000 })).toMatchObject({ status: 403, json: { error: { code: 'NeedsSupervisor' } } });
    expect(await call(ben, 'POST', '/approvals', { id: 'ask-00001', note: 'x', request: { ...request, amount: 100 } })).toMatchObject({ status: 400, json: { error: { code: 'WithinLimit' } } });
    const asked = await call(ben, 'POST', '/approvals', { id: 'ask-00001', note: 'A customer for ten years', request });
    expect((await call(ben, 'POST', '/approvals', { id: 'ask-00001', note: 'A customer for ten years', request })).json).toEqual(asked.json);
    const id = String(asked.json['id']);
    const [row, ...more] = (await call(sue, 'GET', '/approvals')).json['rows'] as readonly Readonly<Record<string, unknown>>[];
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id, state: 'open', note: 'A customer for ten years', askedBy: { name: 'Ben' }, customer: 'Anna Kowalska', amount: money(3000, 'EUR'), needs: 'supervisor', order: { number: 'AC-100003' }, case: { number } });
    expect((await call(ben, 'POST', `/approvals/${id}/decision`, { approve: true })).status).toBe(403);
    const both = await Promise.all([call(sue, 'POST', `/approvals/${id}/decision`, { approve: true, note: 'fine' }), call(ada, 'POST', `/approvals/${id}/decision`, { approve: false, note: 'no' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const offers = (await desk.records.cases.entries(number)).filter(({ what }) => what === 'approved');
    const isApproved = both[0]?.status === 200;
    expect(offers).toHaveLength(isApproved ? 1 : 0);
    if (isApproved) expect(offers[0]).toMatchObject({ offer: { kind: 'refund', amount: money(3000, 'EUR'), approver: 'supervisor' }, agent: 'Sue' });
    // The same press again does nothing twice.
    if (isApproved) expect((await call(sue, 'POST', `/approvals/${id}/decision`, { approve: true, note: 'fine' })).status).toBe(200);
    expect((await desk.records.cases.entries(number)).filter(({ what }) => what === 'approved')).toHaveLength(offers.length);
    const audited = (await desk.records.audit.list(50)).map(({ what }) => what);
    expect(audited.filter((what) => what === 'desk.approve' || what === 'desk.decline')).toHaveLength(1);
    expect(audited).toContain('desk.ask-approval');
  });

  test('nobody decides what they asked for themselves, and a declined request does nothing', async () => {
    const asked = await call(ben, 'POST', '/approvals', { id: 'ask-00002', note: 'again', request: { kind: 'refund', case: number, amount: 2900 } });
    await call(ada, 'POST', '/agents/id-Ben', { role: 'supervisor', languages: [], departments: [], capacity: null });
    const path = `/approvals/${String(asked.json['id'])}/decision`;
    expect(await call(ben, 'POST', path, { approve: true })).toMatchObject({ status: 409, json: { error: { code: 'NotYourself' } } });
    await call(ada, 'POST', '/agents/id-Ben', { role: 'agent', languages: [], departments: [], capacity: null });
    const before = (await desk.records.cases.entries(number)).length;
    expect((await call(sue, 'POST', path, { approve: false, note: 'too much' })).json).toMatchObject({ state: 'declined' });
    expect((await desk.records.cases.entries(number)).length).toBe(before);
    expect(await call(ada, 'POST', path, { approve: true })).toMatchObject({ status: 409, json: { error: { code: 'DecidedAlready' } } });
  });

  test('a return above an agent’s limit is decided by a supervisor', async () => {
    const poor = await serveDesk({ parts: { shop: shop.reader, shopWriter: shop.writer, policy: { ...desk_policy(), approvals: { agentUpTo: 100, supervisorUpTo: null } } } });
    const [cy, eve] = [await poor.seated('Cy'), await poor.seated('Eve', 'supervisor')];
    const decision = { kind: 'passed' } as const;
    expect((await cy.call('POST', '/return/RMA-7K2M9Q/decision', { id: 'act-00000001', decision: { kind: 'received' } })).status).toBe(200);
    expect(await cy.call('POST', '/return/RMA-7K2M9Q/decision', { id: 'act-00000002', decision })).toMatchObject({ status: 403, json: { error: { code: 'NeedsSupervisor' } } });
    const asked = await cy.call('POST', '/approvals', { id: 'ask-00003', note: 'it is sound', request: { kind: 'return', return: 'RMA-7K2M9Q', decision } });
    expect((await eve.call('POST', `/approvals/${String(asked.json['id'])}/decision`, { approve: true })).json).toMatchObject({ state: 'approved' });
    expect((await shop.reader.findReturn('RMA-7K2M9Q'))?.return.state).not.toBe('received');
    await poor.close();
  });
});

const yaml = readFileSync(new URL('../../src/policy/default.yaml', import.meta.url), 'utf8');
const desk_policy = () => {
  const read = parsePolicy(yaml);
  if (!('policy' in read)) throw new Error('the shipped policy is wrong');
  return read.policy;
};

test('a limit above its approver’s is refused when the policy is read', () => {
  const wrong = (from: string, to: string): string[] => {
    expect(yaml).toContain(from);
    const read = parsePolicy(yaml.replace(from, to));
    return 'problems' in read ? read.problems.map(({ path }) => path) : [];
  };
  expect(wrong('supervisorUpTo: 100000', 'supervisorUpTo: 15000')).toContain('approvals.agentUpTo');
  expect(wrong('supervisorUpTo: 100000', 'supervisorUpTo: 4000')).toEqual(expect.arrayContaining(['approvals.agentUpTo', 'goodwill.agentUpTo', 'delivery.grantUpTo']));
  expect(wrong('botUpTo: 1500', 'botUpTo: 6000').join()).toContain('goodwill');
  expect(wrong('supervisorUpTo: 100000', 'supervisorUpTo: null')).toEqual([]);
});

describe('talks find their people', () => {
  test('given to who is there, first come first; when that one goes away the talk waits again and goes to the other, the customer told once', async () => {
    const core = await aCore();
    const runtime = createRuntime({ ...core });
    await runtime.start();
    const parts = { ...core, act: (act: Parameters<DeskParts['act']>[0]) => runtime.act(act) };
    const assigner = createAssigner(parts, () => undefined);
    for (const id of ['pia', 'quy']) {
      await core.records.agents.addInvite({ tokenHash: id, role: 'agent', createdAt: core.clock.now(), expiresAt: '2030-01-01T00:00:00.000Z' });
      await core.records.agents.createByInvite(id, { id, email: `${id}@example.com`, name: id, passwordHash: '', createdAt: core.clock.now() }, core.clock.now());
    }
    const here = (id: string, isHere: boolean) => core.records.team.seen(id, isHere, core.clock.now());
    const [first, second] = [await aTalk(core, 'first', runtime), await aTalk(core, 'second', runtime)];
    const assignedOf = async () => Object.fromEntries((await core.records.handOvers.open()).map(({ conversationId, assigned, agent }) => [conversationId, assigned?.id ?? agent?.id ?? null]));
    const look = async () => {
      await assigner.look();
      for (const talk of [first, second]) await runtime.settled(talk.id);
    };
    await core.records.team.setSkills('pia', { languages: [], departments: [], capacity: 1 });
    await here('pia', true);
    await first.presses('h');
    await second.presses('h');
    await look();
    expect(await assignedOf()).toEqual({ [first.id]: 'pia', [second.id]: null });
    await here('quy', true);
    await look();
    expect(await assignedOf()).toEqual({ [first.id]: 'pia', [second.id]: 'quy' });
    await runtime.act({ kind: 'agent-act', id: 'take-1', conversationId: first.id, at: core.clock.now(), agent: { id: 'pia', name: 'Pia' }, act: 'take', fence: 1 });
    await runtime.settled(first.id);
    await here('pia', false);
    await core.records.team.setSkills('quy', { languages: [], departments: [], capacity: 5 });
    core.clock.move(60_000);
    await here('quy', true);
    await look();
    expect(await assignedOf()).toMatchObject({ [first.id]: 'pia' });
    core.clock.move(70_000);
    await here('quy', true);
    await look();
    await look();
    expect(await assignedOf()).toMatchObject({ [first.id]: 'quy' });
    const lines = (await core.store.readLog(first.id, 0, 100)).flatMap(({ replies }) => (replies ?? []).map(({ key }) => key));
    expect(lines.filter((key) => key === 'handover.left')).toHaveLength(1);
    expect(lines.filter((key) => key === 'handover.joined')).toHaveLength(1);
    await runtime.stop();
  });

  test('passed on to a colleague it is theirs to take: the customer is told once by whom and to whom, keeps the place, and nobody else is given it meanwhile', async () => {
    const core = await aCore();
    const runtime = createRuntime({ ...core });
    await runtime.start();
    const assigner = createAssigner({ ...core, act: (act: Parameters<DeskParts['act']>[0]) => runtime.act(act) }, () => undefined);
    for (const id of ['pia', 'quy', 'zoe']) {
      await core.records.agents.addInvite({ tokenHash: id, role: 'agent', createdAt: core.clock.now(), expiresAt: '2030-01-01T00:00:00.000Z' });
      await core.records.agents.createByInvite(id, { id, email: `${id}@example.com`, name: id, passwordHash: '', createdAt: core.clock.now() }, core.clock.now());
    }
    const [quy, zoe] = [{ id: 'quy', name: 'Quy' }, { id: 'zoe', name: 'Zoe' }];
    const talk = await aTalk(core, 'passed', runtime);
    await talk.says('I want to talk to a person');
    const opened = (await core.records.handOvers.open())[0]?.openedAt;
    let count = 0;
    const act = async (given: Pick<Parameters<DeskParts['act']>[0], 'act' | 'agent' | 'to' | 'fence'>) => {
      await runtime.act({ kind: 'agent-act', id: `pass-${(count += 1)}`, conversationId: talk.id, at: core.clock.now(), ...given });
      await runtime.settled(talk.id);
    };
    await act({ act: 'take', agent: quy, fence: 1 });
    // By somebody who is not in charge, or who has not seen the lease as it is, nothing is passed on.
    await act({ act: 'release', agent: zoe, to: quy, fence: 2 });
    await act({ act: 'release', agent: quy, to: zoe, fence: 1 });
    expect((await core.records.handOvers.open())[0]?.assigned).toBeUndefined();
    for (const id of ['pia', 'quy', 'zoe']) await core.records.team.seen(id, true, core.clock.now());
    await act({ act: 'release', agent: quy, to: zoe, fence: 2 });
    await assigner.look();
    await runtime.settled(talk.id);
    expect(await core.records.handOvers.open()).toMatchObject([{ openedAt: opened, assigned: { id: 'zoe' } }]);
    const lines = await core.store.readLog(talk.id, 0, 100);
    const told = lines.flatMap(({ replies }) => (replies ?? []).filter(({ key }) => /^handover\.(?:passed|left)$/u.test(key)));
    expect(told).toMatchObject([{ key: 'handover.passed', values: { name: 'Quy', to: 'Zoe' } }]);
    expect(lines.at(-1)?.text).toMatch(/Quy is passing you on to Zoe[^]*You are number 1 in the queue/u);
    await act({ act: 'take', agent: zoe });
    expect((await core.records.handOvers.open())[0]).toMatchObject({ agent: { id: 'zoe' } });
    await runtime.stop();
  });

  test('by what they speak and by what they know about; after long enough by anybody with room', async () => {
    const core = await aCore();
    const runtime = createRuntime({ ...core });
    await runtime.start();
    const assigner = createAssigner({ ...core, act: (act: Parameters<DeskParts['act']>[0]) => runtime.act(act) }, () => undefined);
    const skills = { pia: { languages: ['es'], departments: [], capacity: 5 }, quy: { languages: ['en'], departments: ['returns'], capacity: 5 } };
    for (const [id, skill] of Object.entries(skills)) {
      await core.records.agents.addInvite({ tokenHash: id, role: 'agent', createdAt: core.clock.now(), expiresAt: '2030-01-01T00:00:00.000Z' });
      await core.records.agents.createByInvite(id, { id, email: `${id}@example.com`, name: id, passwordHash: '', createdAt: core.clock.now() }, core.clock.now());
      await core.records.team.setSkills(id, skill);
    }
    const [spanish, back, parcel] = [await aTalk(core, 'spanish', runtime), await aTalk(core, 'back', runtime), await aTalk(core, 'parcel', runtime)];
    await spanish.says('Quiero hablar con una persona');
    await back.says('I want to return the desk lamp from AC-100003', { identity: 'cus-0001' });
    await back.says('I want to talk to a person');
    await parcel.says('Where is my parcel for AC-100001?', { identity: 'cus-0001' });
    await parcel.says('I want to talk to a person');
    const look = async () => {
      for (const id of Object.keys(skills)) await core.records.team.seen(id, true, core.clock.now());
      await assigner.look();
      for (const talk of [spanish, back, parcel]) await runtime.settled(talk.id);
      return Object.fromEntries((await core.records.handOvers.open()).map(({ conversationId, assigned }) => [conversationId, assigned?.id ?? null]));
    };
    expect(await look()).toEqual({ [spanish.id]: 'pia', [back.id]: 'quy', [parcel.id]: null });
    core.clock.move(core.policy.handOver.anyoneAfterMinutes * 60_000);
    expect((await look())[parcel.id]).not.toBeNull();
    await runtime.stop();
  });
});
