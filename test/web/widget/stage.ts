import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyRequest } from 'fastify';
import type {} from '@fastify/websocket';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { WebSettings } from '../../../src/channels/web/settings.js';
import { createWebChannel } from '../../../src/channels/web/web-channel.js';
import type { Incoming } from '../../../src/domain/message.js';
import { createMemoryFiles } from '../../../src/files/memory.js';
import { createPages } from '../../../src/http/pages.js';
import { createHttpServer } from '../../../src/http/server.js';
import { createMemoryLog, type MemoryLog } from '../../channels/web/memory-log.js';

const CHROMIUM = '/usr/bin/chromium';
const root = process.cwd();

/** Debian's Chromium; a machine without it is told what to install, never skipped. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`The browser tests need ${CHROMIUM}: apt-get install chromium fonts-noto-core fonts-noto-cjk`);
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Builds the widget and the shop page as `npm run build` does, into a folder of its own. */
export async function buildWeb(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-web-'));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  for (const mode of ['widget', 'shop-page']) {
    await promisify(execFile)(process.execPath, [vite, 'build', '--mode', mode, '--outDir', folder], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

type Bot = (incoming: Incoming, log: MemoryLog) => void;

/** Says what it heard; knows a few words that make it show something. */
export const toyBot: Bot = (incoming, log) => {
  const heard = incoming.choice !== undefined ? `chose ${incoming.choice}` : incoming.files !== undefined ? `got ${incoming.files.map(({ name, size }) => `${name} (${size})`).join(', ')}` : incoming.text ?? '';
  const extra = heard.startsWith('choices') ? { choices: [{ id: 'lamp', label: 'Desk lamp' }, { id: 'case', label: 'Phone case' }] }
    : heard.startsWith('card') ? { links: [{ label: 'Track it at Orient Post', url: 'https://track.example/LP000100012CN' }] } : {};
  void log.say(incoming.conversationId, { text: `bot: ${heard}`, ...extra });
};

/** What can go wrong on the way; each takes effect for the next requests. */
export interface Trouble {
  /** So many posts are refused with 503 before they reach the channel. */
  failPosts: number;
  /** So many posts are taken in, but the answer is lost. */
  loseAnswers: number;
  areSocketsBarred: boolean;
  isDown: boolean;
}

/** The real web channel behind the real HTTP server, with the built pages, on a port of its own. */
export async function startStage(folder: string, options: { readonly settings?: Partial<WebSettings>; readonly bot?: Bot } = {}) {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
  const log = createMemoryLog(clock.now, options.bot ?? toyBot);
  const files = createMemoryFiles();
  const { channel, routes } = createWebChannel({
    store: log.store, files, clock, random: randomBytes,
    settings: { tokenSecret: 'token-secret', identitySecret: 'identity-secret', sampleIdentity: { customerId: 'cus-0001' }, allowedOrigins: '*', maxUploadBytes: 5_000_000, botName: 'Lumen & Loom', ...options.settings },
  });
  const trouble: Trouble = { failPosts: 0, loseAnswers: 0, areSocketsBarred: false, isDown: false };
  const posts: string[] = [];
  const isPost = (request: FastifyRequest) => request.method === 'POST' && /\/(activities|upload)$/.test(request.url.split('?')[0] ?? '');
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  app.addHook('onRequest', async (request, reply) => {
    if (trouble.isDown && request.url.startsWith('/v3/')) request.raw.destroy();
    if (request.headers.upgrade !== undefined && trouble.areSocketsBarred) return reply.code(503).send({});
    if (!isPost(request)) return;
    posts.push(request.url);
    if (trouble.failPosts > 0) {
      trouble.failPosts -= 1;
      await reply.code(503).send({ error: { code: 'Unavailable', message: 'away' } });
    }
  });
  app.addHook('onSend', async (request) => {
    if (trouble.loseAnswers <= 0 || !isPost(request)) return;
    trouble.loseAnswers -= 1;
    request.raw.destroy();
  });
  await app.register(routes);
  await app.register(createPages({ root: folder }));
  const html = new Map<string, { readonly html: string; readonly policy?: string }>();
  app.get('/page/:name', (request, reply) => {
    const page = html.get((request.params as { name: string }).name);
    return reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': page?.policy ?? "default-src * 'unsafe-inline' data: blob:" }).send(page?.html ?? '');
  });
  await channel.start(log.door);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const conversation = () => log.accepted.at(-1)?.conversationId ?? '';

  return {
    base, log, trouble, posts, channel,
    /** Serves this page under an address of the stage. */
    addPage(name: string, page: { readonly html: string; readonly policy?: string }) {
      html.set(name, page);
      return `${base}/page/${name}`;
    },
    /** Somebody says something in the conversation last written in. */
    say: (said: Parameters<MemoryLog['say']>[1]) => log.say(conversation(), said),
    typing: () => channel.typing?.({ conversation: conversation().replace(/^web:/, '') }),
    putFile: (bytes: Uint8Array, name: string, type: string) => files.put(bytes, { conversationId: conversation(), name, type, at: clock.now() }),
    cutSockets: () => app.websocketServer.clients.forEach((socket) => socket.terminate()),
    sockets: () => app.websocketServer.clients.size,
    advance: (ms: number) => void (ahead += ms),
    async close() {
      await channel.stop();
      await app.close();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof startStage>>;

/** A shop on another origin, with one page. */
export async function startShop(page: (base: string) => { readonly html: string; readonly policy?: string }) {
  const server = createServer((_request, response) => {
    const { html, policy } = page(base);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(policy === undefined ? {} : { 'content-security-policy': policy }) }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { base, close: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
}

/** A page with the widget on it, and a hand for each thing a customer does there. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  return { ...handsOn(page), context, page, ...(await watch(page, url)) };
}

async function watch(page: Page, url: string) {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { problems };
}

/** Whether this becomes true in the page within 20 seconds. Evaluated with every frame; Playwright's own way needs a lax content security policy. */
export async function until(page: Page, expression: string): Promise<boolean> {
  return await page.evaluate(`new Promise((resolve) => {
    const end = Date.now() + 20_000;
    const check = () => {
      let isTrue = false;
      try { isTrue = ${expression}; } catch {}
      if (isTrue || Date.now() > end) resolve(isTrue); else requestAnimationFrame(check);
    };
    check();
  })`);
}

export function handsOn(page: Page) {
  const widget = page.locator('aftercare-widget');
  const input = widget.locator('textarea');
  const bubbles = widget.locator('.bubble:not(.typing .bubble)');
  return {
    widget, input, bubbles,
    open: async () => {
      await widget.locator('.launcher').click();
      await input.waitFor();
    },
    write: async (text: string) => {
      await input.fill(text);
      await input.press('Enter');
    },
    /** Waits for a bubble with exactly this text. */
    hears: (text: string) => bubbles.getByText(text, { exact: true }).first().waitFor(),
    texts: async () => (await bubbles.allInnerTexts()).map((text) => text.trim()),
    /** Waits until the conversation reads like this from top to bottom. */
    reads: async (expected: readonly string[]) => {
      const isSo = await until(page, `JSON.stringify([...document.querySelector('aftercare-widget').shadowRoot.querySelectorAll('.row:not(.typing) > .bubble')].map((one) => one.innerText.trim())) === ${JSON.stringify(JSON.stringify(expected))}`);
      if (!isSo) throw new Error(`The conversation reads ${JSON.stringify((await bubbles.allInnerTexts()).map((text) => text.trim()))}, not ${JSON.stringify(expected)}.`);
    },
  };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds, as lines to read. */
export async function axe(page: Page, include = 'aftercare-widget'): Promise<string[]> {
  const { readFile } = await import('node:fs/promises');
  // Evaluated, not injected as a script: that works under every content security policy.
  await page.evaluate(await readFile(axePath, 'utf8'));
  return await page.evaluate(`axe.run(${JSON.stringify(include)}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}

/** A function for the page, where other names exist than here. */
export const inPage = (source: string) => new Function(`return ${source}`)() as (element: unknown) => unknown;
