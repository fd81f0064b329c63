import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { createPromiseReader } from '../../../src/classifiers/guard/promises.js';
import { createDesk } from '../../../src/desk/desk.js';
import { hashOfSecret } from '../../../src/desk/passwords.js';
import { createPages } from '../../../src/http/pages.js';
import { createHttpServer } from '../../../src/http/server.js';
import type { AgentRole } from '../../../src/ports/records.js';
import { createWorkbench } from '../../../src/runtime/workbench.js';
import { createRuntime } from '../../../src/runtime/runtime.js';
import { aCore, aTalk } from '../../support/a-core.js';
import { launchBrowser } from '../widget/stage.js';
import { axeFindings, buildDesk } from './stage.js';

jest.setTimeout(240_000);
const anna = 'cus-0001';

/** The real desk over the real runtime, all in memory, with the built page. */
async function open() {
  const [built, browser, core] = await Promise.all([buildDesk(), launchBrowser(), aCore()]);
  const runtime = createRuntime({ ...core });
  await runtime.start();
  const app = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  const desk = createDesk({
    ...core, shop: core.shop.reader, shopWriter: core.shop.writer, random: (bytes) => randomBytes(bytes), mailer: null, work: createWorkbench(core), promises: createPromiseReader(core.policy.desk), act: (act) => runtime.act(act),
    departments: ['account', 'delivery', 'orders', 'people', 'promotions', 'returns'], assignEveryMs: 150, settings: { publicUrl: 'http://desk.example', secureCookies: false, sessionHours: 12 },
  });
  await app.register(desk.routes);
  await app.register(createPages({ root: built.folder }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const errors: string[] = [];

  async function seat(name: string, role: AgentRole = 'agent'): Promise<(hash: string, options?: Parameters<Browser['newContext']>[0]) => Promise<Page>> {
    const [now, end] = [core.clock.now(), '2030-01-01T00:00:00.000Z'];
    const secret = randomBytes(32).toString('base64url');
    await core.records.agents.addInvite({ tokenHash: name, role, createdAt: now, expiresAt: end });
    await core.records.agents.createByInvite(name, { id: name.toLowerCase(), email: `${name.toLowerCase()}@example.com`, name, passwordHash: 'none', createdAt: now }, now);
    await core.records.agents.addSession({ idHash: hashOfSecret(secret), agentId: name.toLowerCase(), createdAt: now, expiresAt: end });
    return async (hash, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
      await context.addCookies([{ name: 'aftercare-desk', value: secret, url: base }]);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`${base}/desk${hash}`);
      return page;
    };
  }
  return {
    core, runtime, browser, errors, seat,
    async close() {
      await browser.close();
      await app.close();
      await runtime.stop();
      await built.remove();
    },
  };
}

let stage: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  stage = await open();
});
afterAll(async () => stage?.close());

/** With DESK_SHOTS=folder the pages are kept as pictures, to be looked at. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['DESK_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
const overflow = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

test('two agents at once, one goes away and the talk goes to the other, and a supervisor approves what is above their limit', async () => {
  const { core, runtime } = stage;
  const [asPia, asQuy, asSue] = [await stage.seat('Pia'), await stage.seat('Quy'), await stage.seat('Sue', 'supervisor')];
  await core.records.team.setSkills('sue', { languages: ['zh'], departments: [], capacity: 1 });
  const [first, second] = [await aTalk(core, 'first', runtime), await aTalk(core, 'second', runtime)];
  await first.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
  for (const words of ['Submit it to the platform', 'the glass is cracked and the shop does not write back, I want my money', 'Nothing for now', 'yes']) await first.says(words);
  const lines = async (id: string) => (await core.store.readLog(id, 0, 200)).flatMap(({ replies }) => (replies ?? []).map(({ key }) => key));

  const pia = await asPia('');
  await pia.locator('.presence-online').waitFor();
  await first.says('I want to talk to a person');
  await pia.locator('.row', { hasText: 'For you' }).click();
  const card = pia.locator('.brief-card');
  await card.getByText('Next step').waitFor();
  expect(await card.innerText()).toMatch(/Asked for a person[\s\S]*Anna Kowalska[\s\S]*AC-100003[\s\S]*dispute[\s\S]*CS-/u);
  await shot(pia, 'brief');
  await pia.getByRole('button', { name: 'Take over' }).click();
  await pia.locator('#compose').fill('Good morning, I look into it.');
  await pia.keyboard.press('Enter');
  await pia.locator('.from-agent .bubble', { hasText: 'Good morning' }).waitFor();

  const quy = await asQuy('');
  await quy.locator('.presence-online').waitFor();
  await second.says('human please');
  expect(second.keys()).toContain('handover.announced.asked');
  await quy.locator('.row', { hasText: 'For you' }).waitFor();
  await shot(quy, 'queue');
  expect(await axeFindings(quy)).toEqual([]);

  await pia.getByRole('switch', { name: /Presence/u }).click();
  await pia.locator('.presence-away').waitFor();
  await shot(quy, 'queue-two');
  core.clock.move(130_000);
  await quy.reload();
  const theirs = quy.locator('.row', { hasText: 'Anna Kowalska' });
  await theirs.getByText('For you').waitFor();
  expect((await lines(first.id)).filter((key) => key === 'handover.left')).toHaveLength(1);
  await theirs.click();
  await quy.getByRole('button', { name: 'Take over' }).click();
  await quy.locator('#compose').waitFor();

  const panel = quy.locator('#side');
  await panel.locator('details', { hasText: 'CS-' }).locator('summary').first().click();
  await panel.getByLabel('Amount in EUR').fill('30,00');
  await panel.getByRole('button', { name: 'Offer', exact: true }).click();
  await panel.getByLabel('Why').fill('A customer for ten years');
  await shot(quy, 'above');
  expect(await axeFindings(quy)).toEqual([]);
  await panel.getByRole('button', { name: 'Ask for approval' }).click();
  await panel.getByText('A supervisor decides').waitFor();

  const sue = await asSue('#/approvals');
  const request = sue.locator('.approval', { hasText: 'A customer for ten years' });
  await request.getByText('Anna Kowalska').waitFor();
  expect(await axeFindings(sue)).toEqual([]);
  await shot(sue, 'approvals');
  await request.getByRole('button', { name: 'Approve' }).click();
  await request.getByText('Approved').waitFor();
  const [one] = await core.records.cases.ofCustomer(anna);
  expect((await core.records.cases.entries(one?.number ?? '')).filter(({ what }) => what === 'approved')).toMatchObject([{ agent: 'Sue', offer: { approver: 'supervisor', amount: { amount: 3000 } } }]);
  expect(stage.errors).toEqual([]);
});

test('the clock of a talk nobody answers stands in the queue: by when, soon due, and since when it is overdue', async () => {
  const { core, runtime } = stage;
  // At nine in the morning of a Monday.
  core.clock.move(Date.parse('2026-06-22T09:00:00.000Z') - Date.parse(core.clock.now()));
  const waiting = await aTalk(core, 'clock', runtime);
  await waiting.says('I want to talk to a person');
  const page = await (await stage.seat('Kim'))('');
  const row = page.locator(`[data-id="${waiting.id}"]`);
  await row.locator('.clock-running', { hasText: 'First answer by' }).waitFor();
  core.clock.move(25 * 60_000);
  await page.reload();
  await row.locator('.clock-warning', { hasText: 'First answer soon due' }).waitFor();
  core.clock.move(10 * 60_000);
  await page.reload();
  await row.locator('.clock-late', { hasText: 'First answer overdue since' }).waitFor();
  await shot(page, 'clock');
  expect(await axeFindings(page)).toEqual([]);
  await page.context().close();
});

test('the pages hold in every theme, width and direction', async () => {
  const asAda = await stage.seat('Ada', 'admin');
  for (const [name, hash, options] of [
    ['people-light', '#/people', {}], ['people-dark-360', '#/people', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }], ['approvals-360', '#/approvals', { viewport: { width: 360, height: 780 } }],
    ['approvals-dark', '#/approvals', { colorScheme: 'dark' }], ['queue-ar-360', '', { locale: 'ar', viewport: { width: 360, height: 780 } }], ['people-ar', '#/people', { locale: 'ar' }], ['queue-dark', '', { colorScheme: 'dark' }],
  ] as const) {
    const page = await asAda(hash, options);
    await page.locator('.presence').waitFor();
    await page.locator(hash === '#/people' ? 'table.team tbody tr' : hash === '' ? '.row' : '.approval').first().waitFor();
    if (hash === '#/people') {
      await page.locator('table.team .people-acts .button').first().click();
      await page.locator('.person-form').waitFor();
    }
    expect([name, await axeFindings(page), await overflow(page)]).toEqual([name, [], 0]);
    await shot(page, name);
    await page.context().close();
  }
  expect(stage.errors).toEqual([]);
});
