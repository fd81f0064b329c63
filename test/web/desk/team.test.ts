import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aTalk } from '../../support/a-core.js';
import { openRealDesk } from './real-desk.js';
import { axeFindings } from './stage.js';

jest.setTimeout(240_000);
const anna = 'cus-0001';

let stage: Awaited<ReturnType<typeof openRealDesk>>;
beforeAll(async () => {
  stage = await openRealDesk();
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

  const pia = await asPia.open('');
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

  const quy = await asQuy.open('');
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

  const sue = await asSue.open('#/approvals');
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

test('an agent passes a talk on by the keyboard to a colleague who is there; whoever is not is refused', async () => {
  const { core, runtime } = stage;
  const [una, vic, wim] = [await stage.seat('Una'), await stage.seat('Vic'), await stage.seat('Wim')];
  // Only Una is given it by herself: Vic takes talks in Russian alone.
  await core.records.team.setSkills('vic', { languages: ['ru'], departments: [], capacity: 2 });
  const talk = await aTalk(core, 'pass', runtime);
  await talk.says('I want to talk to a person');
  const path = `#/c/${encodeURIComponent(talk.id)}`;
  const [page, vics] = [await una.open(path), await vic.open('')];
  await vics.locator('.presence-online').waitFor();
  await page.keyboard.press('t');
  await page.getByText('You are in charge', { exact: true }).waitFor();
  const acts = `/conversation/${encodeURIComponent(talk.id)}/acts`;
  expect(await una.call('POST', acts, { act: 'pass', id: 'pass-0001', to: 'wim' })).toMatchObject({ status: 409, json: { error: { code: 'NotThere' } } });
  expect(await una.call('POST', acts, { act: 'pass', id: 'pass-0002', to: 'una' })).toMatchObject({ status: 409 });
  expect(await vic.call('POST', acts, { act: 'pass', id: 'pass-0003', to: 'una' })).toMatchObject({ status: 409, json: { error: { code: 'NotInCharge' } } });
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('p');
  const window = page.getByRole('dialog', { name: 'Who goes on with this?' });
  await window.getByRole('button', { name: 'Vic' }).waitFor();
  expect(await window.getByRole('button', { name: /Wim|Una/u }).count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await shot(page, 'pass-on');
  await window.getByRole('button', { name: 'Vic' }).press('Enter');
  await page.getByText('Passed on to Vic. The customer has been told.').waitFor();
  await vics.locator(`[data-id="${talk.id}"]`, { hasText: 'For you' }).click();
  await vics.locator('.bubble', { hasText: 'Una is passing you on to Vic' }).waitFor();
  await vics.getByRole('button', { name: 'Take over' }).click();
  await vics.locator('#compose').waitFor();
  expect((await core.records.audit.list(20)).filter(({ what }) => what === 'desk.pass')).toMatchObject([{ who: 'una', subject: talk.id, details: { to: 'vic' } }]);
  await wim.call('GET', '/me');
  for (const one of [page, vics]) await one.context().close();
  expect(stage.errors).toEqual([]);
});

test('the clock of a talk nobody answers stands in the queue: by when, soon due, and since when it is overdue', async () => {
  const { core, runtime } = stage;
  // At nine in the morning of a Monday.
  core.clock.move(Date.parse('2026-06-22T09:00:00.000Z') - Date.parse(core.clock.now()));
  const waiting = await aTalk(core, 'clock', runtime);
  await waiting.says('I want to talk to a person');
  const page = await (await stage.seat('Kim')).open('');
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

test('a case the customer was promised an answer to stands in the queue with its own clock, however long nobody talks', async () => {
  const { core, runtime } = stage;
  const talk = await aTalk(core, 'case-clock', runtime);
  await talk.says('I want to complain about the support staff, they were rude to me', { identity: 'cus-0002' });
  for (let n = 0; n < 6 && !talk.keys().includes('confirm.ask'); n += 1) await (talk.choices().some((id) => id.startsWith('s:')) ? talk.presses(talk.choices()[0] ?? '') : talk.says('he hung up on me twice', { identity: 'cus-0002' }));
  await talk.says('yes', { identity: 'cus-0002' });
  const ticket = (await core.records.tickets.ofConversation(talk.id)).find(({ kind }) => kind === 'complaint');
  const due = Date.parse(ticket?.dueAt ?? '');
  const page = await (await stage.seat('Kit')).open('');
  const row = page.locator(`[data-id="${talk.id}"]`);
  await row.locator('.clock-running', { hasText: 'Answer to the case by' }).waitFor();
  core.clock.move(due - 3_600_000 - Date.parse(core.clock.now()));
  await page.reload();
  await row.locator('.clock-warning', { hasText: 'Answer to the case soon due' }).waitFor();
  core.clock.move(7_200_000);
  await page.reload();
  await row.locator('.clock-late', { hasText: 'Answer to the case overdue since' }).waitFor();
  // Behind the short time stands the whole one, with its zone.
  expect(await row.locator('.clock-late').getAttribute('title')).toMatch(/20\d\d.*\d:\d\d.*(?:UTC|GMT|CES?T|BST)/u);
  expect(await axeFindings(page)).toEqual([]);
  await page.context().close();
});

test('the pages hold in every theme, width and direction', async () => {
  const asAda = await stage.seat('Ada', 'admin');
  for (const [name, hash, options] of [
    ['people-light', '#/people', {}], ['people-dark-360', '#/people', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }], ['approvals-360', '#/approvals', { viewport: { width: 360, height: 780 } }],
    ['approvals-dark', '#/approvals', { colorScheme: 'dark' }], ['queue-ar-360', '', { locale: 'ar', viewport: { width: 360, height: 780 } }], ['people-ar', '#/people', { locale: 'ar' }], ['queue-dark', '', { colorScheme: 'dark' }],
  ] as const) {
    const page = await asAda.open(hash, options);
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
