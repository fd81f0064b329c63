import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { startFakeChatwoot, type FakeChatwoot } from '../helpdesks/fake-chatwoot.js';
import { dataFolder, serveProcess, until, type ServedProcess } from '../support/served.js';
import { createBuyer } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(90_000);

let folder: ReturnType<typeof dataFolder>;
let fake: FakeChatwoot;
let server: ServedProcess;
async function serve(): Promise<void> {
  server = await serveProcess(folder.path, { CHATWOOT_URL: fake.url, CHATWOOT_ACCOUNT_ID: String(fake.accountId), CHATWOOT_INBOX_ID: String(fake.inboxId), CHATWOOT_API_TOKEN: fake.token, CHATWOOT_WEBHOOK_SECRET: fake.secret });
  fake.setWebhook(`${server.url}/api/helpdesk/chatwoot`);
}
beforeAll(async () => {
  folder = dataFolder();
  fake = await startFakeChatwoot();
  await serve();
});
afterAll(async () => {
  await server?.kill();
  await fake?.stop();
  folder?.remove();
});

test('a buyer talks with an agent in Chatwoot, over a kill of the server in between; private notes stay there; resolved, the bot is back', async () => {
  expect(server.out()).toMatch(/Chatwoot +on – hand-overs go to 127\.0\.0\.1:\d+, inbox 7/u);
  const buyer = await createBuyer(server.url);
  expect((await buyer.ask('I want to talk to a person')).text).toContain(words('handover.announced.asked'));
  await until('the brief in Chatwoot', () => fake.conversations.length === 1 && fake.newest().messages.some(({ private: isPrivate, content }) => isPrivate && content?.includes('I want to talk to a person')));
  await fake.says('only for us', { isPrivate: true });
  await fake.says('Hello, this is Cleo.');
  await buyer.hears('Hello, this is Cleo.');

  fake.trouble.isAway = true;
  await buyer.say('my cup is broken');
  await server.kill();
  await fake.says('Are you there?');
  fake.trouble.isAway = false;
  await serve();
  await until('what was said before the kill', () => fake.newest().messages.some(({ content }) => content === 'my cup is broken'));
  await buyer.comeBack(server.url);
  await buyer.hears('Are you there?');

  await fake.resolves();
  await buyer.hears(words('handover.closed'));
  expect((await buyer.ask('Are you a bot?')).text).toContain(words('bot.yes'));
  expect(buyer.heard().filter((text) => /Hello, this is Cleo\.|Are you there\?/u.test(text))).toHaveLength(2);
  expect(JSON.stringify(await buyer.history())).not.toContain('only for us');
  expect(fake.newest().messages.filter(({ message_type: type }) => type === 0).map(({ content }) => content)).toEqual(['my cup is broken']);
  await buyer.leave();
});
