import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { createPromiseReader } from '../../../src/classifiers/guard/promises.js';
import { createDesk } from '../../../src/desk/desk.js';
import type { DeskParts } from '../../../src/desk/parts.js';
import { hashOfSecret } from '../../../src/desk/passwords.js';
import { createPages } from '../../../src/http/pages.js';
import { createHttpServer } from '../../../src/http/server.js';
import type { AgentRole } from '../../../src/ports/records.js';
import { createWorkbench } from '../../../src/runtime/workbench.js';
import { createRuntime } from '../../../src/runtime/runtime.js';
import { aCore } from '../../support/a-core.js';
import { launchBrowser } from '../widget/stage.js';
import { buildDesk } from './stage.js';

/** Somebody seated at the desk: their pages, and their calls of its API. */
export interface Seated {
  open(hash: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  call(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly json: Readonly<Record<string, unknown>> }>;
}

/** The real desk over the real runtime, all in memory, with the built page. */
export async function openRealDesk(more: Partial<DeskParts> = {}) {
  const [built, browser, core] = await Promise.all([buildDesk(), launchBrowser(), aCore()]);
  const runtime = createRuntime({ ...core });
  await runtime.start();
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  const desk = createDesk({
    ...core, shop: core.shop.reader, shopWriter: core.shop.writer, random: (bytes) => randomBytes(bytes), mailer: null, work: createWorkbench(core), promises: createPromiseReader(core.policy.desk), act: (act) => runtime.act(act),
    departments: ['account', 'delivery', 'orders', 'people', 'promotions', 'returns'], assignEveryMs: 150, ...more, settings: { publicUrl: 'http://desk.example', secureCookies: false, sessionHours: 12 },
  });
  await app.register(desk.routes);
  await app.register(createPages({ root: built.folder }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const errors: string[] = [];

  async function seat(name: string, role: AgentRole = 'agent'): Promise<Seated> {
    const [now, end] = [core.clock.now(), '2030-01-01T00:00:00.000Z'];
    const secret = randomBytes(32).toString('base64url');
    await core.records.agents.addInvite({ tokenHash: name, role, createdAt: now, expiresAt: end });
    await core.records.agents.createByInvite(name, { id: name.toLowerCase(), email: `${name.toLowerCase()}@example.com`, name, passwordHash: 'none', createdAt: now }, now);
    await core.records.agents.addSession({ idHash: hashOfSecret(secret), agentId: name.toLowerCase(), createdAt: now, expiresAt: end });
    return {
      async open(hash, options = {}) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
        await context.addCookies([{ name: 'aftercare-desk', value: secret, url: base }]);
        const page = await context.newPage();
        page.on('pageerror', (error) => errors.push(String(error)));
        await page.goto(`${base}/desk${hash}`);
        return page;
      },
      async call(method, path, body) {
        const response = await fetch(`${base}/desk/api${path}`, { method, headers: { origin: base, cookie: `aftercare-desk=${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        const text = await response.text();
        return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) as Readonly<Record<string, unknown>> : {} };
      },
    };
  }
  return {
    core, runtime, browser, errors, seat,
    /** A page of somebody who is not signed in. */
    async visit(hash: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(`${base}/desk${hash}`);
      return page;
    },
    async close() {
      await browser.close();
      await app.close();
      await runtime.stop();
      await built.remove();
    },
  };
}
