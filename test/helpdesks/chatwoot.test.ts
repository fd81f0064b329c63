import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAssigner } from '../../src/desk/assigner.js';
import { createChatwoot } from '../../src/helpdesks/chatwoot.js';
import { chatwootSignature, createChatwootWebhook } from '../../src/helpdesks/chatwoot-webhook.js';
import { createHttpServer } from '../../src/http/server.js';
import { besideHelpdesk } from '../../src/policy/beside-helpdesk.js';
import { createAgentDeskBridge, type AgentDeskBridge } from '../../src/runtime/agent-desk.js';
import { aCore, aTalk } from '../support/a-core.js';
import { until } from '../support/served.js';
import { describeHelpdesk, type HelpdeskStage } from './contract.js';
import { startFakeChatwoot } from './fake-chatwoot.js';
import { againstPublished, eventAgainstPublished } from './published-shapes.js';

jest.setTimeout(60_000);

const clock = { now: () => new Date().toISOString() };

async function startStage() {
  const [core, fake] = await Promise.all([aCore({ policy: besideHelpdesk }), startFakeChatwoot()]);
  const talk = await aTalk(core);
  const { desk, hint } = createChatwoot({ url: fake.url, accountId: fake.accountId, inboxId: fake.inboxId, token: fake.token, webhookSecret: fake.secret, maxFileBytes: 1_000_000 });
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  await app.register(createChatwootWebhook({ secret: fake.secret, accountId: fake.accountId, clock, hint }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const webhook = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/helpdesk/chatwoot`;
  fake.setWebhook(webhook);
  const bridges: AgentDeskBridge[] = [];
  async function bridge(sweepMs = 60_000, more: Partial<Pick<typeof core, 'store' | 'records'>> = {}): Promise<AgentDeskBridge> {
    const one = createAgentDeskBridge({ ...core, ...more, clock, random: (bytes) => randomBytes(bytes), desk, act: (act) => talk.runtime.act(act), sweepMs, firstPauseMs: 30 });
    bridges.push(one);
    await one.start();
    return one;
  }
  const first = await bridge();
  /** Both sides know all when nothing moves any more, here or there. */
  async function settled(): Promise<void> {
    let before = '';
    await until('both sides to come to rest', async () => {
      await Promise.all(bridges.map((one) => one.idle()));
      await talk.runtime.settled(talk.id);
      await new Promise((resolve) => setTimeout(resolve, 60));
      const now = JSON.stringify([await core.records.deskTalks.find(talk.id), fake.conversations.map(({ messages, status }) => [messages.length, status]), (await core.store.head(talk.id))?.lastSeq]);
      const isSame = now === before;
      before = now;
      return isSame;
    });
  }
  const stage: HelpdeskStage = {
    core, talk, settled,
    sees: async () => fake.newest().messages.map((message) => ({ kind: message.message_type === 0 ? 'customer' as const : message.private ? 'note' as const : 'agent' as const, text: message.content ?? '', files: message.attachments.map(({ name }) => name) })),
    says: async (text, file) => void (await fake.says(text, file ? { file } : {})),
    notes: async (text) => void (await fake.says(text, { isPrivate: true })),
    resolves: () => fake.resolves(),
    async end() {
      await Promise.all(bridges.map((one) => one.stop()));
      await talk.end();
      await app.close();
      await fake.stop();
      // Whatever a test did: each call, each answer and each event was of a published shape.
      expect([...new Set(fake.strays)]).toEqual([]);
    },
  };
  return { ...stage, fake, first, bridge, webhook };
}

describeHelpdesk('Chatwoot', startStage);

test('a call, a field or an event that Chatwoot does not publish is noticed', () => {
  expect(againstPublished('POST /conversations/7/assign', {}, 200, {})).toEqual(['POST /conversations/7/assign is no call of the published API']);
  expect(againstPublished('POST /conversations/7/toggle_status', { status: 'closed' }, 404, {})).toEqual([expect.stringContaining('request status')]);
  expect(againstPublished('POST /contacts', { inbox_id: 1, name: 'Anna', identifier: 'x', nick: 'a' }, 422, {})).toEqual([expect.stringContaining('nick')]);
  expect(againstPublished('GET /conversations/7', {}, 200, { id: 7, account_id: 1, inbox_id: 2, status: 'done', additional_attributes: {}, custom_attributes: {} })).toEqual([expect.stringContaining('answer status')]);
  expect(eventAgainstPublished('conversation_closed', {})).toEqual(['conversation_closed is no event of the published webhooks']);
});

describe('Chatwoot', () => {
  let stage: Awaited<ReturnType<typeof startStage>>;
  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(() => stage.end());
  const agents = async () => (await stage.core.store.readLog(stage.talk.id, 0, 500)).filter(({ from }) => from === 'agent').map(({ text }) => text);
  const handOver = async (): Promise<void> => {
    await stage.talk.says('I want to talk to a person');
    await stage.settled();
  };
  const contents = () => stage.fake.newest().messages.map(({ content }) => content);

  test('gets the brief as a private note: why, who, what was said', async () => {
    await stage.talk.says('AC-100001 anna@example.com where is it?');
    await handOver();
    const [brief] = stage.fake.newest().messages;
    expect(brief).toMatchObject({ private: true, message_type: 1 });
    for (const part of ['Asked for a person', 'Anna Kowalska', 'Language: English', 'AC-100001', 'Customer: AC-100001 anna@example.com where is it?']) expect(brief?.content).toContain(part);
    expect(stage.fake.contacts).toMatchObject([{ name: 'Anna Kowalska', identifier: `aftercare:${stage.talk.id}` }]);
  });

  test('hears of nothing whose place in the log could still change with a loss of memory, and of all of it in order once the records know', async () => {
    await stage.first.stop();
    const { core, talk, fake } = stage;
    let known = 0;
    await stage.bridge(60_000, { store: { ...core.store, snapshot: async () => null }, records: { ...core.records, transcripts: { ...core.records.transcripts, last: async () => known } } });
    const last = async (): Promise<number> => (await core.store.head(talk.id))?.lastSeq ?? 0;
    await talk.says('I want to talk to a person');
    await stage.settled();
    expect(fake.conversations).toEqual([]);
    known = await last();
    await until('the brief', () => fake.conversations.length > 0 && fake.newest().messages.length > 0);
    await stage.settled();
    await talk.says('first');
    await talk.says('second');
    await stage.settled();
    expect(contents()).not.toContain('first');
    known = await last();
    await until('the words', () => contents().includes('second'));
    await stage.settled();
    expect(contents().filter((one) => one === 'first' || one === 'second')).toEqual(['first', 'second']);
  });

  test('an answer that is lost makes nothing twice: contact, conversation, message', async () => {
    stage.fake.trouble.loseAnswers = 3;
    await handOver();
    await until('the brief', () => stage.fake.conversations.length > 0 && stage.fake.newest().messages.length > 0);
    await stage.settled();
    stage.fake.trouble.loseAnswers = 1;
    await stage.talk.says('first');
    await until('the message', () => contents().includes('first'));
    await stage.talk.says('second');
    await until('the next', () => contents().includes('second'));
    await stage.settled();
    expect(stage.fake.contacts).toHaveLength(1);
    expect(stage.fake.conversations).toHaveLength(1);
    expect(contents().filter((content) => content === 'first' || content === 'second')).toEqual(['first', 'second']);
    expect(stage.fake.newest().messages.filter(({ content }) => content?.includes('Asked for a person'))).toHaveLength(1);
  });

  test('while it is away the customer’s words wait, over a restart too, and go there in order when it is back', async () => {
    await handOver();
    stage.fake.trouble.isAway = true;
    for (const text of ['one', 'two']) await stage.talk.says(text);
    await stage.first.idle();
    await stage.first.stop();
    await stage.talk.says('three');
    stage.fake.trouble.isAway = false;
    await stage.bridge();
    await until('all of them', () => contents().includes('three'));
    await stage.settled();
    expect(contents().slice(-3)).toEqual(['one', 'two', 'three']);
  });

  test('a webhook that is lost, repeated or false changes nothing: what agents said is read from the API', async () => {
    await handOver();
    stage.fake.trouble.areWebhooksLost = true;
    const message = await stage.fake.says('said while webhooks were lost');
    await stage.settled();
    expect(await agents()).toEqual([]);
    stage.fake.trouble.areWebhooksLost = false;
    const hint = { id: message.id, content: 'words nobody said', message_type: 'outgoing', private: false, conversation: { id: stage.fake.newest().id, status: 'open' }, inbox: { id: stage.fake.inboxId }, account: { id: stage.fake.accountId } };
    for (let i = 0; i < 3; i += 1) await stage.fake.tell('message_created', hint);
    await stage.settled();
    expect(await agents()).toEqual(['said while webhooks were lost']);
  });

  test('a webhook without the right signature is refused; where Chatwoot does not sign yet, the secret may stand in the address', async () => {
    const body = JSON.stringify({ event: 'message_created', conversation: { id: 1 } });
    const post = async (headers: Record<string, string>, query = '', sent = body): Promise<number> => (await fetch(stage.webhook + query, { method: 'POST', body: sent, headers: { 'content-type': 'application/json', ...headers } })).status;
    const now = Math.floor(Date.now() / 1000);
    const signed = (at: number, secret = stage.fake.secret) => ({ 'x-chatwoot-timestamp': String(at), 'x-chatwoot-signature': chatwootSignature(secret, String(at), Buffer.from(body)) });
    expect(await post(signed(now))).toBe(200);
    expect(await post(signed(now), '', body.replace('1', '2'))).toBe(401);
    expect(await post(signed(now - 600))).toBe(401);
    expect(await post(signed(now, 'another secret'))).toBe(401);
    expect(await post({})).toBe(401);
    expect(await post({}, `?secret=${stage.fake.secret}`)).toBe(200);
    expect(await post({}, '?secret=wrong')).toBe(401);
    expect(await post({ ...signed(now, 'another secret') }, `?secret=${stage.fake.secret}`)).toBe(401);
    const broken = '{"event":';
    expect(await post({ 'x-chatwoot-timestamp': String(now), 'x-chatwoot-signature': chatwootSignature(stage.fake.secret, String(now), Buffer.from(broken)) }, '', broken)).toBe(400);
  });

  test('a webhook that never comes is made up for by looking', async () => {
    await stage.bridge(100);
    await handOver();
    stage.fake.trouble.areWebhooksLost = true;
    await stage.fake.says('nobody told of this');
    await until('the message', async () => (await agents()).includes('nobody told of this'));
    await stage.fake.resolves();
    await until('the bot', async () => (await stage.core.store.readLog(stage.talk.id, 0, 500)).at(-1)?.replies?.some(({ key }) => key === 'handover.closed'));
  });

  test('what the guard minds is withheld from the customer, and a private note says why; it is written down', async () => {
    await handOver();
    await stage.fake.says('Please send me your card number and the security code.');
    await stage.fake.says('Sorry, I will ask the warehouse.');
    await stage.settled();
    expect(await agents()).toEqual(['Sorry, I will ask the warehouse.']);
    expect(stage.fake.newest().messages.filter(({ private: isPrivate, content }) => isPrivate && content?.includes('was not passed on'))).toHaveLength(1);
    expect(await stage.core.records.audit.list(10)).toContainEqual(expect.objectContaining({ who: 'chatwoot.5', what: 'desk.stopped', subject: stage.talk.id }));
  });

  test('activities, surveys and assignments say nothing to the customer; who writes first is who has come', async () => {
    await handOver();
    await stage.fake.writes('Conversation was assigned to Cleo', 'activity');
    await stage.fake.writes('Please rate us', 'template');
    await stage.fake.assigns({ id: 9, name: 'Dora' });
    await stage.settled();
    const before = (await stage.core.store.head(stage.talk.id))?.lastSeq;
    await stage.fake.says('Hello, this is Cleo.');
    await stage.settled();
    const lines = await stage.core.store.readLog(stage.talk.id, before ?? 0, 10);
    expect(lines.map(({ from, agent }) => [from, agent?.name])).toEqual([['bot', undefined], ['agent', 'Cleo']]);
    expect(JSON.stringify(lines)).not.toMatch(/rate us|assigned|Dora/u);
  });

  test('when the customer goes back to the bot it is resolved there, and what an agent writes then is not passed on but said to be so', async () => {
    await handOver();
    await stage.talk.presses('b');
    await stage.settled();
    expect(stage.fake.newest().status).toBe('resolved');
    const before = (await stage.core.store.head(stage.talk.id))?.lastSeq;
    await stage.fake.says('Sorry that you had to wait.');
    await until('the note', () => contents().some((content) => content?.includes('the bot is talking with the customer again')));
    await stage.settled();
    expect(await agents()).toEqual([]);
    await stage.talk.says('I want to talk to a person');
    await stage.settled();
    expect(stage.fake.conversations).toHaveLength(2);
    expect(stage.fake.contacts).toHaveLength(1);
    expect((await stage.core.store.head(stage.talk.id))?.lastSeq).toBeGreaterThan(before ?? 0);
  });

  test('several agents there are each heard, whoever of them was in charge before; resolved by one who said nothing, it is the bot’s again', async () => {
    await handOver();
    for (const [i, text] of ['one', 'two', 'three', 'four'].entries()) await stage.fake.says(text, { agent: i % 2 === 0 ? { id: 5, name: 'Cleo' } : { id: 9, name: 'Dora' } });
    await until('all of them', async () => (await agents()).length === 4);
    await stage.settled();
    expect(await agents()).toEqual(['one', 'two', 'three', 'four']);
    await stage.fake.assigns({ id: 11, name: 'Eve' });
    await stage.fake.resolves();
    await until('the bot', async () => (await stage.core.store.readLog(stage.talk.id, 0, 500)).at(-1)?.replies?.some(({ key }) => key === 'handover.closed'));
    expect((await stage.core.records.audit.list(20)).filter(({ what }) => what === 'desk.close')).toMatchObject([{ who: 'chatwoot.11' }]);
  });

  test('what somebody at our own desk has taken up is not ended from there; a talk taken from the bot here is not brought there at all', async () => {
    const here = { id: 'id-Ada', name: 'Ada' };
    let count = 0;
    const act = async (what: 'take' | 'close'): Promise<void> => {
      await stage.talk.runtime.act({ kind: 'agent-act', id: `desk.${(count += 1)}`, conversationId: stage.talk.id, at: stage.core.clock.now(), agent: here, act: what });
      await stage.settled();
    };
    const lastKeys = async () => (await stage.core.store.readLog(stage.talk.id, 0, 500)).at(-1)?.replies?.map(({ key }) => key);
    await stage.talk.says('hello');
    await act('take');
    expect(stage.fake.conversations).toHaveLength(0);
    await act('close');
    await handOver();
    await act('take');
    await stage.fake.resolves();
    await stage.settled();
    expect(await lastKeys()).toEqual(['handover.joined']);
    await act('close');
    expect(await lastKeys()).toEqual(['handover.closed']);
    expect(stage.fake.conversations).toHaveLength(1);
  });

  test('our own desk takes no talk from people it does not see, and tells no place in its queue', async () => {
    await handOver();
    await stage.fake.says('Hello, this is Cleo.');
    await stage.settled();
    await createAssigner({ ...stage.core, act: (act) => stage.talk.runtime.act(act) }, () => undefined).look();
    await stage.settled();
    await stage.fake.says('Still here.');
    await stage.settled();
    expect(await agents()).toEqual(['Hello, this is Cleo.', 'Still here.']);
    expect(JSON.stringify(await stage.core.store.readLog(stage.talk.id, 0, 500))).not.toMatch(/handover\.(left|place)/u);
  });

  test('two nodes bring nothing twice', async () => {
    await stage.bridge();
    await handOver();
    for (const text of ['one', 'two', 'three']) await stage.talk.says(text);
    await stage.fake.says('here');
    await stage.settled();
    await stage.settled();
    expect(stage.fake.conversations).toHaveLength(1);
    expect(contents().filter((content) => ['one', 'two', 'three'].includes(content ?? ''))).toEqual(['one', 'two', 'three']);
    expect(await agents()).toEqual(['here']);
  });

  test('forgets a conversation with its older talks there, and nobody else; a second time, and where there is nothing, it is done', async () => {
    await handOver();
    await stage.fake.resolves();
    await stage.settled();
    await stage.talk.says('I want to talk to a person');
    await stage.settled();
    expect(stage.fake.conversations).toHaveLength(2);
    const { desk } = createChatwoot({ url: stage.fake.url, accountId: stage.fake.accountId, inboxId: stage.fake.inboxId, token: stage.fake.token, webhookSecret: stage.fake.secret, maxFileBytes: 1 });
    await desk.open({ conversationId: `${stage.talk.id}0`, ticket: 'T-2', locale: 'en', customer: { name: 'Tom' }, brief: 'somebody else' });
    stage.fake.trouble.isAway = true;
    await expect(desk.forget(stage.talk.id)).rejects.toMatchObject({ code: 'channel.unreachable' });
    stage.fake.trouble.isAway = false;
    for (let times = 0; times < 2; times += 1) await desk.forget(stage.talk.id);
    expect(stage.fake.contacts.map(({ identifier }) => identifier)).toEqual([`aftercare:${stage.talk.id}0`]);
    expect(stage.fake.conversations).toHaveLength(1);
  });
});
