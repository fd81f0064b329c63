import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { dataFolder, root, serveProcess, until, type ServedProcess } from '../support/served.js';
import { words } from '../server/words.js';

jest.setTimeout(90_000);

const here = join(root, 'test', 'webchat');
const script = join(here, 'node_modules', 'botframework-webchat', 'dist', 'webchat-minimal.js');
const CHROMIUM = '/usr/bin/chromium';

let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
let site: Server;
let browser: Browser;
let page: Page;
const errors: string[] = [];
const foreign: string[] = [];

/** Web Chat is large and has packages of its own, so it is installed apart, and only for this test. */
function installWebChat(): void {
  if (existsSync(script)) return;
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: here, encoding: 'utf8', timeout: 600_000 });
  if (done.status !== 0 || !existsSync(script)) {
    throw new Error(`This test needs botframework-webchat from npm, and "npm ci" in ${here} failed: ${done.error?.message ?? done.stderr.slice(-2_000)}`);
  }
}

const pageOf = (base: string): string => `<!doctype html><html lang="en"><title>A shop with Web Chat</title><body style="margin:0"><div id="chat" style="height:100vh"></div>
<script src="/webchat-minimal.js"></script><script>
fetch('${base}/api/widget/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((answer) => answer.json()).then(({ token }) => {
  window.store = window.WebChat.createStore();
  window.WebChat.renderWebChat({ directLine: window.WebChat.createDirectLine({ token, domain: '${base}/v3/directline' }), store: window.store, locale: 'en-US' }, document.getElementById('chat'));
});
</script></body></html>`;

beforeAll(async () => {
  installWebChat();
  if (!existsSync(CHROMIUM)) throw new Error(`The browser tests need ${CHROMIUM}: apt-get install chromium`);
  folder = dataFolder();
  server = await serveProcess(folder.path);
  // A site of its own, as the merchant's is: everything goes across origins.
  site = createServer((request, response) => {
    if (request.url === '/webchat-minimal.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      createReadStream(script).pipe(response);
    } else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(server.url));
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage({ viewport: { width: 480, height: 900 } });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (!/^(http|ws)s?:\/\/(127\.0\.0\.1|localhost)[:/]|^(blob|data):/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
}, 700_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  site?.close();
  folder?.remove();
});

/** A message as Web Chat's own store holds it. */
interface Shown {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly sent: string | undefined;
}

// What runs in the page is text: the tests are checked without the browser's types.
const shown = () => page.evaluate<Shown[]>(`(window.store?.getState().activities ?? []).filter(({ type }) => type === 'message')
  .map(({ id, from, text, channelData }) => ({ id, role: from.role, text, sent: channelData?.['webchat:send-status'] ?? channelData?.state }))`);
const said = async (role: string): Promise<string[]> => (await shown()).filter((one) => one.role === role).map(({ text }) => text);

async function write(text: string): Promise<void> {
  const input = page.locator('[data-id="webchat-sendbox-input"]');
  await input.fill(text);
  await input.press('Enter');
}

/** Says something and gives the answer, once what was said is marked as sent. */
async function ask(send: () => Promise<void>): Promise<string> {
  const before = (await said('bot')).length;
  await send();
  const answer = await until('an answer in Web Chat', async () => (await said('bot'))[before], 60);
  await until('the mark that it was sent', async () => (await shown()).findLast(({ role }) => role === 'user')?.sent === 'sent');
  return answer;
}

describe('Microsoft’s Web Chat, unchanged, against the whole server', () => {
  test('gets a token, starts, sends a text that is marked as sent, and shows the answer', async () => {
    await page.locator('[data-id="webchat-sendbox-input"]').waitFor();
    // Web Chat has a box to write in before it is connected, and drops what is sent from it until then.
    await until('Web Chat’s word that it is connected', async () => (await page.evaluate<string>('String(window.store?.getState().connectivityStatus)')) === 'connected', 60);
    expect(await ask(() => write('hello'))).toContain(words('hello.bot'));
    await page.getByText(words('hello.bot')).first().waitFor();
    expect(await page.getByText('Send failed').count()).toBe(0);
  });

  test('a suggested action is pressed and answered as what it stands for', async () => {
    const label = words('intent.order_status');
    expect(await ask(() => page.getByText(label, { exact: true }).last().click())).toMatch(/order number/u);
    expect((await said('user')).at(-1)).toBe(label);
    expect(await page.getByText('Send failed').count()).toBe(0);
  });

  test('a return is opened by its buttons, and its label is offered as a file whose bytes are a PDF', async () => {
    await ask(() => write('I want to return my order AC-100040'));
    await ask(() => write('chloe@example.com'));
    await ask(() => page.getByText('I changed my mind', { exact: true }).last().click());
    expect(await ask(() => page.getByText('Yes', { exact: true }).last().click())).toMatch(/Return RMA-/);
    const link = page.locator('a[href*="/v3/directline/attachments/"]');
    await link.first().waitFor();
    const addresses = await link.evaluateAll<string[], unknown>((links) => (links as { href: string }[]).map(({ href }) => href));
    expect(addresses.length).toBe(2);
    for (const address of addresses) {
      const file = await fetch(address);
      expect([file.status, Buffer.from(await file.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    }
    expect(await page.getByText(/return-label-RMA-.*\.pdf/).count()).toBeGreaterThan(0);
  });

  test('the server is stopped and started again: the talk goes on, nothing lost, nothing twice', async () => {
    const before = await shown();
    const { port } = new URL(server.url);
    expect(await server.stop()).toBe(0);
    server = await serveProcess(folder.path, { PORT: port });
    expect(await ask(() => write('Are you a bot?'))).toContain(words('bot.yes'));
    const after = await shown();
    expect(after.slice(0, before.length).map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(after.length).toBe(before.length + 2);
    expect(after.map(({ id }) => id)).toEqual([...new Set(after.map(({ id }) => id))]);
    expect(await page.getByText('Send failed').count()).toBe(0);
  });

  test('all this without an error on the page or a request to anywhere else', () => {
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    expect(server.logged('turn.failed')).toEqual([]);
  });
});
