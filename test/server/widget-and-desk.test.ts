import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startFakeBotApi, type FakeBotApi } from '../support/fake-bot-api.js';
import { startFakeConnector } from '../support/fake-connector.js';
import { dataFolder, serveProcess, until, type ServedProcess } from '../support/served.js';
import { inPage, launchBrowser, visit } from '../web/widget/stage.js';
import { words } from './words.js';

jest.setTimeout(90_000);

/** Pictures for people to look at. */
const pictures = process.env['AFTERCARE_PICTURES'] ?? join(tmpdir(), 'aftercare-pictures');

let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
let telegram: FakeBotApi;
let connector: Awaited<ReturnType<typeof startFakeConnector>>;
let browser: Browser;
let customer: Awaited<ReturnType<typeof visit>>;
let agent: Page;
const errors: string[] = [];
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  folder = dataFolder();
  telegram = await startFakeBotApi();
  connector = await startFakeConnector();
  server = await serveProcess(folder.path, { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root, BOT_WITHOUT_AUTHENTICATION: 'true' });
  browser = await launchBrowser();
  customer = await visit(browser, server.url, { viewport: { width: 1280, height: 900 } });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  agent = await context.newPage();
  agent.setDefaultTimeout(15_000);
  agent.on('pageerror', (error) => errors.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await telegram?.stop();
  await connector?.stop();
  folder?.remove();
});

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
/** Writes something in the widget and waits for an answer with these words. */
async function ask(text: string, answer: string): Promise<void> {
  await customer.write(text);
  await customer.bubbles.getByText(answer).last().waitFor();
}

describe('a buyer on the sample shop page and an agent at the desk', () => {
  test('the buyer tracks a parcel', async () => {
    await picture(customer.page, '01-shop');
    await customer.open();
    await ask('Where is my order AC-100001?', 'which e-mail address');
    await ask('anna@example.com', 'LP000100012CN');
    const link = customer.widget.getByRole('link', { name: /LP000100012CN/ }).last();
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/track\.example\.com\//);
    await picture(customer.page, '02-tracked');
  });

  test('returns an item and downloads the label, a real PDF', async () => {
    await ask('I want to return the desk lamp from AC-100003', 'What is the reason?');
    await picture(customer.page, '03-reasons');
    await customer.widget.getByRole('button', { name: 'I changed my mind' }).click();
    await customer.bubbles.getByText(words('confirm.ask')).last().waitFor();
    await picture(customer.page, '04-plan');
    await customer.widget.getByRole('button', { name: words('choice.yes'), exact: true }).click();
    await customer.bubbles.getByText(/Return RMA-\w+ is open/).last().waitFor();
    const label = customer.widget.getByRole('link', { name: /return-label/ });
    expect(await label.count()).toBe(2);
    const [download] = await Promise.all([customer.page.waitForEvent('download'), label.first().click()]);
    expect(download.suggestedFilename()).toMatch(/^return-label-RMA-.*\.pdf$/);
    expect(readFileSync(await download.path()).subarray(0, 5).toString()).toBe('%PDF-');
    await picture(customer.page, '05-label');
  });

  test('asks for a person; the agent joins by the link, finds them in the queue and takes over', async () => {
    await ask('Can I talk to a person?', words('handover.announced.asked'));
    const link = await until('the admin link', () => server.adminLink());
    await agent.goto(link.replace('localhost', '127.0.0.1'));
    await agent.locator('#name').fill('Ada');
    await agent.getByLabel(/e-mail/i).fill('ada@example.com');
    await agent.locator('input[type=password]').first().fill('correct horse battery');
    await agent.keyboard.press('Enter');
    await agent.getByText('Your account is ready').waitFor();
    await picture(agent, '06-joined');
    if (await agent.locator('input[type=email]').count() > 0 && await agent.locator('input[type=email]').inputValue() === '') await agent.locator('input[type=email]').fill('ada@example.com');
    await agent.locator('input[type=password]').first().fill('correct horse battery');
    await agent.keyboard.press('Enter');
    const row = agent.getByText('Anna Kowalska').first();
    await row.waitFor();
    await picture(agent, '07-queue');
    await row.click();
    await agent.getByText('I want to return the desk lamp from AC-100003').first().waitFor();
    await picture(agent, '08-conversation');
    await agent.getByRole('button', { name: /take/i }).first().click();
    await customer.bubbles.getByText(words('handover.joined', 'en', { name: 'Ada' })).waitFor();
  });

  test('[WI-01] about an order, in one ticket, agent and buyer write to each other live; given back, the bot answers again', async () => {
    const composer = agent.locator('textarea').first();
    await composer.fill('Hello Anna, how can I help?');
    await composer.press('Enter');
    await customer.bubbles.getByText('Hello Anna, how can I help?').waitFor();
    await customer.write('Is the lamp shade included? 🙂');
    await agent.getByText('Is the lamp shade included? 🙂').first().waitFor();
    await picture(customer.page, '09-person');
    await picture(agent, '10-in-charge');
    await agent.getByRole('button', { name: /hand back|give back|back to the bot/i }).first().click();
    await customer.bubbles.getByText(words('handover.back')).waitFor();
    await ask('Are you a bot?', words('bot.yes'));
    await picture(customer.page, '11-back');
    await picture(agent, '12-done');
  });

  test('a buyer on Telegram sends an album and reads the agent live, words and a picture', async () => {
    const chat = telegram.chat({ firstName: 'Rosa' });
    chat.says('I want to talk to a person');
    const row = agent.locator('.queue .row', { hasText: 'Telegram' });
    await row.click();
    await agent.getByRole('button', { name: 'Take over' }).click();
    await telegram.when(() => chat.received().find(({ text }) => text.includes(words('handover.joined', 'en', { name: 'Ada' }))));
    const [first, second] = [await customer.page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }), await customer.page.screenshot({ clip: { x: 100, y: 100, width: 200, height: 300 } })];
    chat.sendsAlbum([{ bytes: first }, { bytes: second }], 'The lamp came broken');
    await agent.locator('.from-customer .bubble', { hasText: 'The lamp came broken' }).waitFor();
    await agent.locator('.from-customer .album .picture').nth(1).waitFor();
    await agent.locator('#compose').fill('Thank you. Like this, please:');
    await agent.locator('.composer input[type=file]').setInputFiles({ name: 'how-to-pack.png', mimeType: 'image/png', buffer: second });
    await agent.getByRole('button', { name: 'Remove how-to-pack.png' }).waitFor();
    await agent.locator('.composer input[type=file]').setInputFiles({ name: 'the-box.png', mimeType: 'image/png', buffer: first });
    await agent.getByRole('button', { name: 'Remove the-box.png' }).waitFor();
    await agent.locator('#compose').pressSequentially(' ');
    await telegram.when(() => (chat.typings() > 0 ? true : undefined));
    await agent.locator('#compose').press('Enter');
    await telegram.when(() => chat.received().find(({ text }) => text.includes('Like this, please:')));
    // Both are shown in the chat, as one album.
    const shown = await telegram.when(() => {
      const album = chat.received().filter((one) => one.album !== undefined);
      return album.length === 2 ? album : undefined;
    });
    expect(shown.map(({ document, isPhoto }) => [document?.name, isPhoto])).toEqual([['how-to-pack.png', true], ['the-box.png', true]]);
    expect(new Set(shown.map(({ album }) => album)).size).toBe(1);
    await picture(agent, '13-telegram');
  });

  test('a buyer on a Bot Framework channel talks with the agent live: words, pictures both ways, however large, typing; and is given back', async () => {
    const picture = await customer.page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 150 } });
    // More than an activity carries: the connector is asked to keep it.
    const large = Buffer.concat([picture, Buffer.alloc(400_000, 7)]);
    expect(await connector.says(server.url, 'I want to talk to a person')).toBe(200);
    await connector.hears('the hand-over', ({ text }) => text?.includes(words('handover.announced.asked')) === true);
    await agent.locator('.queue .row', { hasText: 'Bot Framework' }).click();
    await agent.getByRole('button', { name: 'Take over' }).click();
    await connector.hears('who is there', ({ text }) => text?.includes(words('handover.joined', 'en', { name: 'Ada' })) === true);
    expect(await connector.writes(server.url)).toBe(200);
    await agent.locator('.typing', { hasText: 'is writing' }).waitFor();
    // What is not on the connector itself is never fetched, only told of; the words are heard all the same.
    await connector.says(server.url, 'It came like this', [{ name: 'front.png', bytes: picture }, { name: 'back.png', bytes: large }, { name: 'elsewhere.png', contentUrl: `${server.url}/desk` }]);
    await agent.locator('.from-customer .bubble', { hasText: 'It came like this' }).waitFor();
    await agent.getByRole('button', { name: 'Enlarge front.png' }).waitFor();
    await agent.getByRole('button', { name: 'Enlarge back.png' }).waitFor();
    expect(await agent.locator('.from-customer .album .picture').count()).toBe(2);
    await agent.locator('#compose').pressSequentially('Thank you, ');
    await connector.hears('the agent typing', ({ type }) => type === 'typing');
    await agent.locator('#compose').fill('Please pack it like this:');
    const label = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(400_000, 7)]);
    for (const [name, mimeType, buffer] of [['box.png', 'image/png', picture], ['label.pdf', 'application/pdf', label]] as const) {
      await agent.locator('.composer input[type=file]').setInputFiles({ name, mimeType, buffer });
      await agent.getByRole('button', { name: `Remove ${name}` }).waitFor();
    }
    await agent.locator('#compose').press('Enter');
    const { attachments = [] } = await connector.hears('the agent’s words', ({ text }) => text === 'Please pack it like this:');
    expect(attachments.map(({ name, contentType }) => [name, contentType])).toEqual([['box.png', 'image/png'], ['label.pdf', 'application/pdf']]);
    expect(attachments[0]?.contentUrl?.slice(0, 22)).toBe('data:image/png;base64,');
    expect(attachments[1]?.contentUrl?.slice(0, connector.serviceUrl.length + 15)).toBe(`${connector.serviceUrl}v3/attachments/`);
    expect(Buffer.from(await (await fetch(attachments[1]?.contentUrl ?? '')).arrayBuffer()).equals(label)).toBe(true);
    await agent.getByRole('button', { name: 'Hand back' }).click();
    await connector.hears('that the bot is back', ({ text }) => text?.includes(words('handover.back')) === true);
  });

  test('widget and desk are of one look, in light and in dark: the same colours, letters, distances and corners', async () => {
    const names = ['ground', 'sunken', 'ink', 'ink-2', 'line', 'accent', 'on-accent', 'link', 'good', 'warn', 'bad', 'focus', 'font', 'text-small', 'leading', '2', '4', 'radius', 'radius-l'].map((name) => `--ac-${name}`);
    const read = inPage(`(element) => ${JSON.stringify(names)}.map((name) => getComputedStyle(element).getPropertyValue(name).trim())`) as (element: unknown) => string[];
    const seen: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await Promise.all([customer.page.emulateMedia({ colorScheme }), agent.emulateMedia({ colorScheme })]);
      const look = await customer.widget.locator('.panel').evaluate(read);
      expect(look).not.toContain('');
      expect([colorScheme, await agent.locator('.shell').evaluate(read)]).toEqual([colorScheme, look]);
      seen.push(look.join());
    }
    expect(new Set(seen).size).toBe(2);
    await Promise.all([customer.page.emulateMedia({ colorScheme: null }), agent.emulateMedia({ colorScheme: null })]);
  });

  test('without an error on either page or in the server', () => {
    expect(errors).toEqual([]);
    expect(customer.problems).toEqual([]);
    expect(server.logged('turn.failed')).toEqual([]);
  });
});
