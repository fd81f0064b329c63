import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
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

test('[AE-05] an agent notes what was packed at the order, with a photo; it stands there, and beside the customer’s evidence in the case', async () => {
  const { core, runtime } = stage;
  const talk = await aTalk(core, 'packing', runtime);
  await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
  for (const words of ['Submit it to the platform', 'the glass is cracked and the shop does not write back, I want my money', 'Nothing for now', 'yes']) await talk.says(words);
  const page = await (await stage.seat('Ben')).open(`#/c/${encodeURIComponent(talk.id)}`);
  page.setDefaultTimeout(15_000);
  const side = page.locator('#side');
  const picture = { mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }) };

  // An order that has not left, where the list of what to see to stands.
  const unsent = side.locator('details.order', { hasText: 'AC-100002' }).first();
  await unsent.locator('summary').first().click();
  await unsent.getByRole('button', { name: 'Note packing of AC-100002' }).click();
  const form = page.getByRole('dialog', { name: 'Note packing of AC-100002' });
  const save = form.getByRole('button', { name: 'Save the note' });
  expect([await save.getAttribute('aria-disabled'), await form.getByLabel('Packed by').inputValue()]).toEqual(['true', 'Ben']);
  await form.locator('input[type=file]').setInputFiles([{ name: 'open.png', ...picture }, { name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }]);
  await form.getByText('list.pdf: is not a picture.').waitFor();
  await form.getByText('open.png').waitFor();
  await form.getByLabel('Weight in grams').fill('1840');
  await form.getByLabel('Length').fill('410');
  // Half a size is none.
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await form.getByLabel('Width').fill('260');
  await form.getByLabel('Height').fill('220');
  await form.getByLabel('Remark').fill('Glass wrapped twice');
  expect(await axeFindings(page)).toEqual([]);
  await save.click();
  await form.waitFor({ state: 'detached' });
  await unsent.getByText('1840 g').waitFor();
  expect(await unsent.locator('.packing').innerText()).toMatch(/Packed: Ben · 1840 g · 410 × 260 × 220 mm · Glass wrapped twice · Packing photo 1 · /u);
  expect(await unsent.locator('.checks').count()).toBe(0);
  const [kept] = (await core.shop.reader.findOrder('AC-100002'))?.packing ?? [];
  expect(kept).toMatchObject({ by: 'Ben', weightGrams: 1840, sha256: [expect.stringMatching(/^[\da-f]{64}$/u)], note: 'Glass wrapped twice' });
  const [file] = await Promise.all([page.waitForEvent('download'), unsent.getByRole('link', { name: 'Packing photo 1' }).click()]);
  expect(file.suggestedFilename()).toBe('open.png');

  // And in the case, of an order that has left.
  const one = side.locator('details.order', { hasText: 'CS-' }).first();
  await one.locator('summary').first().click();
  await one.getByRole('button', { name: 'Note packing of AC-100003' }).click();
  const later = page.getByRole('dialog', { name: 'Note packing of AC-100003' });
  await later.getByText('This order has left already').waitFor();
  expect(await later.getByLabel('Parcel number').inputValue()).toBe('RB000100030ES');
  await later.getByLabel('Weight in grams').fill('1850');
  await later.getByRole('button', { name: 'Save the note' }).click();
  await later.waitFor({ state: 'detached' });
  await one.getByText('written down after dispatch').waitFor();
  expect(await one.locator('.packing').allInnerTexts()).toEqual([expect.stringContaining('Packing table 4 · 1840 g'), expect.stringMatching(/Ben · 1850 g.*written down after dispatch/u)]);
  expect(stage.errors).toEqual([]);
  await page.context().close();
});
