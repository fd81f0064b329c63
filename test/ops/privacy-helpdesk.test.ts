import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openPrivacy } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { startFakeChatwoot, type FakeChatwoot } from '../helpdesks/fake-chatwoot.js';
import { openStage, type Stage } from '../support/doors/stage.js';
import { openWebDoor } from '../support/doors/web.js';
import { dataFolder, until } from '../support/served.js';

jest.setTimeout(60_000);

let fake: FakeChatwoot;
let folder: ReturnType<typeof dataFolder>;
let stage: Stage;
let settings: Record<string, string>;
beforeAll(async () => {
  fake = await startFakeChatwoot();
  folder = dataFolder();
  settings = {
    DATA_DIR: folder.path, CHATWOOT_URL: fake.url, CHATWOOT_ACCOUNT_ID: String(fake.accountId), CHATWOOT_INBOX_ID: String(fake.inboxId), CHATWOOT_API_TOKEN: fake.token, CHATWOOT_WEBHOOK_SECRET: fake.secret,
  };
  stage = await openStage('serve', settings);
});
afterAll(async () => {
  await stage?.close();
  await fake?.stop();
  folder?.remove();
});

const handOver = async (who: 'tom' | 'emily', order: string): Promise<string> => {
  const visit = await openWebDoor(stage).visit(who);
  await visit.says([`Where is my order ${order}?`]);
  await visit.says([`${who}@example.com`]);
  const before = fake.conversations.length;
  await visit.says(['talk to a person about the quokka']);
  await until('the conversation in Chatwoot', () => fake.conversations.length === before + 1);
  const { records } = stage.core;
  for (const { id } of await records.tickets.ofConversation(visit.conversationId)) await records.tickets.update(id, { state: 'closed' });
  await until('both sides in step', async () => (await records.deskTalks.find(visit.conversationId))?.reference);
  return visit.conversationId;
};

async function opened(): ReturnType<typeof openPrivacy> {
  const read = readConfig(settings);
  if ('problems' in read) throw new Error(read.problems.join());
  return openPrivacy(read.config);
}

test('erasing a customer takes the copy in Chatwoot away, too; while it cannot be reached nothing is, and the same command does it later', async () => {
  const tom = await handOver('tom', 'AC-100004');
  const { records, store } = stage.core;
  const { privacy, close } = await opened();
  fake.trouble.isAway = true;
  await expect(privacy.erase({ customerId: 'cus-0002' }, 'merchant')).rejects.toMatchObject({ code: 'channel.unreachable' });
  expect((await store.readLog(tom, 0, 10)).length).toBeGreaterThan(0);
  expect(await records.deskTalks.find(tom)).not.toBeNull();
  fake.trouble.isAway = false;
  await privacy.erase({ customerId: 'cus-0002' }, 'merchant');
  expect([fake.contacts, fake.conversations]).toEqual([[], []]);
  expect(await store.readLog(tom, 0, 10)).toEqual([]);
  expect(await records.deskTalks.find(tom)).toBeNull();
  await close();
});

test('retention leaves what Chatwoot cannot be told of for the next time, and forgets everything else', async () => {
  const emily = await handOver('emily', 'AC-100050');
  const quiet = await openWebDoor(stage).visit('emily');
  await quiet.says(['Do you ship to Spain?']);
  const { privacy, close } = await opened();
  const isKept = async (id: string): Promise<boolean> => (await stage.core.store.head(id)) !== null;
  fake.trouble.isAway = true;
  await privacy.sweep(30);
  expect([await isKept(emily), await isKept(quiet.conversationId), fake.contacts.length]).toEqual([true, false, 1]);
  fake.trouble.isAway = false;
  await privacy.sweep(30);
  expect([await isKept(emily), fake.contacts.length, fake.conversations.length]).toEqual([false, 0, 0]);
  await close();
});
