import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { dataFolder, root, serveProcess, until, type ServedProcess } from '../support/served.js';
import { axeFindings } from '../web/desk/stage.js';
import { launchBrowser, visit } from '../web/widget/stage.js';
import { joinDesk } from './at-desk.js';
import { words } from './words.js';

jest.setTimeout(90_000);

/** Pictures for people to look at. */
const pictures = process.env['AFTERCARE_PICTURES'] ?? join(tmpdir(), 'aftercare-pictures');

let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
let browser: Browser;
let buyer: Awaited<ReturnType<typeof visit>>;
let ben: Page;
let sue: Page;
const errors: string[] = [];

const invite = async (by: Page, email: string, role: string): Promise<string> =>
  (await by.evaluate<{ link: string }>(`fetch('/desk/api/invites', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(${JSON.stringify({ email, role })}) }).then((answer) => answer.json())`)).link;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  folder = dataFolder();
  // Returns of one unit of money and more are above an agent here; and whatever the hour, the buyer is told at once.
  const policy = join(folder.path, 'policy.yaml');
  writeFileSync(policy, readFileSync(join(root, 'src/policy/default.yaml'), 'utf8').replace('agentUpTo: 20000', 'agentUpTo: 100').replace(/quietHours: \{[^}]*\}/u, 'quietHours: { from: "00:00", to: "00:00" }'));
  server = await serveProcess(folder.path, { POLICY_FILE: policy });
  browser = await launchBrowser();
  buyer = await visit(browser, server.url, { viewport: { width: 1280, height: 900 } });
  buyer.page.setDefaultTimeout(10_000);
  sue = await joinDesk(browser, server.adminLink(), 'Sue', 'sue@example.com', errors);
  ben = await joinDesk(browser, await invite(sue, 'ben@example.com', 'agent'), 'Ben', 'ben@example.com', errors);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  folder?.remove();
});

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `decide-${name}.png`) });
const press = (name: string | RegExp) => buyer.widget.getByRole('button', { name }).last().click();
const hears = (text: string | RegExp) => buyer.bubbles.getByText(text).last().waitFor();
async function say(text: string, answer: string | RegExp): Promise<void> {
  await buyer.write(text);
  await hears(answer);
}
const focused = (page: Page) => page.evaluate<string>(`document.activeElement?.getAttribute('aria-label') ?? ''`);

describe('a buyer in the widget, and what people decide at the desk', () => {
  test('a dispute is opened with pictures of the damage', async () => {
    const [first, second] = [await buyer.page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 400 } }), await buyer.page.screenshot({ clip: { x: 300, y: 200, width: 400, height: 600 } })];
    await buyer.open();
    await say('I want to dispute the desk lamp from AC-100003, the seller will not help. anna@example.com', /Desk lamp/u);
    await press('Submit it to the platform');
    await buyer.bubbles.last().waitFor();
    await say('the shade is cracked and I asked twice, nobody answers', 'Please send what shows it');
    await buyer.widget.locator('input[type=file]').setInputFiles([{ name: 'shade.png', mimeType: 'image/png', buffer: first }, { name: 'box.png', mimeType: 'image/png', buffer: second }]);
    await buyer.input.press('Enter');
    await hears('All 2 received');
    await press('the goods beside the page or order');
    await hears(words('confirm.ask'));
    await press(words('choice.yes'));
    await hears(/CS-\w+/u);
  });

  test('its pictures open large at the desk: keys go through the album, Esc gives the focus back', async () => {
    await ben.getByRole('link', { name: 'All', exact: true }).click();
    await ben.locator('.row', { hasText: 'Anna Kowalska' }).first().click();
    const album = ben.locator('.album');
    await album.getByRole('button', { name: 'Enlarge shade.png' }).click();
    const viewer = ben.getByRole('dialog', { name: 'Pictures' });
    await viewer.getByRole('img', { name: 'shade.png, from Anna Kowalska' }).waitFor();
    await viewer.getByText('1 of 2').waitFor();
    expect(await axeFindings(ben)).toEqual([]);
    await picture(ben, '1-viewer');
    await ben.keyboard.press('ArrowRight');
    await viewer.getByRole('img', { name: 'box.png, from Anna Kowalska' }).waitFor();
    expect(await viewer.getByRole('button', { name: 'Next picture' }).isDisabled()).toBe(true);
    await ben.keyboard.press('Home');
    await viewer.getByText('1 of 2').waitFor();
    await viewer.getByRole('button', { name: 'Next picture' }).click();
    const [file] = await Promise.all([ben.waitForEvent('download'), viewer.getByRole('link', { name: 'Download' }).click()]);
    expect(file.suggestedFilename()).toBe('box.png');
    await ben.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await until('the focus back on the picture', async () => (await focused(ben)) === 'Enlarge shade.png');
  });

  test('what was asked for is declined in the case window, and the buyer is told; then it is answered, and told again', async () => {
    const one = ben.locator('#side .order', { hasText: 'CS-' }).first();
    await one.locator('summary').first().click();
    await one.getByRole('button', { name: /^Decide case CS-/u }).click();
    const form = ben.getByRole('dialog', { name: /Decide case CS-/u });
    await form.getByLabel('Decline what was asked').check();
    await form.getByLabel('A word to it').fill('The pictures show no crack.');
    expect(await axeFindings(ben)).toEqual([]);
    await picture(ben, '2-decline');
    await form.getByRole('button', { name: 'Decide so' }).click();
    await form.waitFor({ state: 'detached' });
    await hears(/was not agreed to.*The pictures show no crack\./u);
    await one.getByText('The pictures show no crack.').waitFor();

    await one.getByRole('button', { name: /^Decide case CS-/u }).click();
    // Nothing can be answered with nothing.
    expect(await form.getByRole('button', { name: 'Decide so' }).getAttribute('aria-disabled')).toBe('true');
    await form.getByLabel('Solved').check();
    await form.locator('textarea').fill('We send you a new shade today.');
    await form.getByRole('button', { name: 'Decide so' }).click();
    await hears(/it is settled.*We send you a new shade today\./u);
    await one.locator('.state', { hasText: 'Closed' }).first().waitFor();
    expect(await one.getByRole('button', { name: /^Decide case/u }).count()).toBe(0);
    await picture(ben, '3-answered');
  });

  test('a return above an agent’s limit is put before a supervisor, who agrees; it is done, and the buyer is told', async () => {
    await say('I want to return both phone cases from AC-100003', 'What is the reason?');
    await press('I changed my mind');
    await hears(words('confirm.ask'));
    await press(words('choice.yes'));
    await hears(/Return RMA-\w+ is open/u);
    const order = ben.locator('#side .order', { has: ben.locator('.order-number', { hasText: 'AC-100003' }) });
    if ((await order.getAttribute('open')) === null) await order.locator('summary').first().click();
    const decide = order.getByRole('button', { name: /^Decide return RMA-/u });
    const form = ben.getByRole('dialog', { name: /Decide return RMA-/u });
    await decide.click();
    // That goods are here is a fact, which anybody may put down.
    await form.getByLabel('Goods are here').check();
    await form.getByRole('button', { name: 'Decide so' }).click();
    await form.waitFor({ state: 'detached' });
    await hears(/The warehouse has return RMA-/u);
    await order.getByText('Received').waitFor();
    await decide.click();
    await form.getByLabel('Inspection passed').check();
    await form.getByRole('button', { name: 'Decide so' }).click();
    await form.getByText('This is above your limit.').waitFor();
    await form.getByLabel('Why').fill('All pieces are as new');
    expect(await axeFindings(ben)).toEqual([]);
    await picture(ben, '4-above');
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await form.getByText('A supervisor decides').waitFor();
    await form.getByRole('button', { name: 'Close window' }).last().click();
    await order.getByText('Waits for a supervisor').waitFor();
    await picture(ben, '5-waits');

    await sue.getByRole('link', { name: /Approvals/u }).click();
    const request = sue.locator('.approval', { hasText: 'All pieces are as new' });
    await request.getByText('Anna Kowalska').waitFor();
    expect(await axeFindings(sue)).toEqual([]);
    await picture(sue, '6-approvals');
    await request.getByRole('button', { name: 'Approve' }).click();
    await request.getByText('Approved').waitFor();
    await hears(/RMA-\w+ (?:passed inspection|is done)/u);
    await order.getByText('Waits for a supervisor').waitFor({ state: 'detached' });
  });

  test('a fault that was told without a picture is not there: what was found is written down, the label comes off, and the buyer sees the sum', async () => {
    await say('I want to send the desk lamp from AC-100003 back, it is broken', words('return-item.ask.photos'));
    await press(words('choice.no-photo'));
    await hears(/the label is charged to you: €5\.90/u);
    await hears(words('confirm.ask'));
    await press(words('choice.yes'));
    await hears(/Return RMA-\w+ is open/u);
    const order = ben.locator('#side .order', { has: ben.locator('.order-number', { hasText: 'AC-100003' }) });
    const decide = order.getByRole('button', { name: /^Decide return RMA-/u });
    const form = ben.getByRole('dialog', { name: /Decide return RMA-/u });
    await decide.click();
    await form.getByLabel('Goods are here').check();
    await form.getByRole('button', { name: 'Decide so' }).click();
    await form.waitFor({ state: 'detached' });
    await order.getByText('Received').waitFor();
    await decide.click();
    await form.getByLabel('In order, no fault found: the label of €5.90 is charged').check();
    expect(await form.getByRole('button', { name: 'Decide so' }).getAttribute('aria-disabled')).toBe('true');
    await form.getByLabel('What was found').fill('It lights up as it should');
    await form.getByRole('button', { name: 'Decide so' }).click();
    await form.getByText('This is above your limit.').waitFor();
    await form.getByLabel('Why').fill('Tried out with three bulbs');
    expect(await axeFindings(ben)).toEqual([]);
    await picture(ben, '7-faultless');
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await form.getByText('A supervisor decides').waitFor();
    await form.getByRole('button', { name: 'Close window' }).last().click();
    const request = sue.locator('.approval', { hasText: 'Tried out with three bulbs' });
    await request.getByRole('button', { name: 'Approve' }).click();
    await request.getByText('Approved').waitFor();
    await hears(/It lights up as it should.*€49\.90 less €5\.90 for the label is €44\.00/u);
  });

  test('without an error on any page or in the server', () => {
    expect(errors).toEqual([]);
    expect(buyer.problems).toEqual([]);
    expect(server.logged('turn.failed')).toEqual([]);
  });
});
