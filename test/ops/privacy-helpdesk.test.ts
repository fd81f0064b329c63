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

test('erasing a customer takes the copy in Chatwoot away, too; while it cannot be reached nothing is, and the same command does it later', async () => {
  const tom = await openWebDoor(stage).visit('tom');
  await tom.says(['Where is my order AC-100004?']);
  await tom.says(['tom@example.com']);
  await tom.says(['talk to a person about the quokka']);
  await until('the conversation in Chatwoot', () => fake.conversations.length === 1);
  const { records, store } = stage.core;
  for (const { id } of await records.tickets.ofConversation(tom.conversationId)) await records.tickets.update(id, { state: 'closed' });
  await until('both sides in step', async () => (await records.deskTalks.find(tom.conversationId))?.reference);

  const read = readConfig(settings);
  if ('problems' in read) throw new Error(read.problems.join());
  const { privacy, close } = await openPrivacy(read.config);
  fake.trouble.isAway = true;
  await expect(privacy.erase({ customerId: 'cus-0002' }, 'merchant')).rejects.toMatchObject({ code: 'channel.unreachable' });
  expect((await store.readLog(tom.conversationId, 0, 10)).length).toBeGreaterThan(0);
  expect(await records.deskTalks.find(tom.conversationId)).not.toBeNull();
  fake.trouble.isAway = false;
  await privacy.erase({ customerId: 'cus-0002' }, 'merchant');
  expect([fake.contacts, fake.conversations]).toEqual([[], []]);
  expect(await store.readLog(tom.conversationId, 0, 10)).toEqual([]);
  expect(await records.deskTalks.find(tom.conversationId)).toBeNull();
  await close();
});
