import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createFakeTrainer, hears } from '../../desk/fake-trainer.js';
import { serveDesk, type Caller, type DeskServer } from '../../desk/support.js';
import { createPages } from '../../../src/http/pages.js';
import { launchBrowser } from '../widget/stage.js';
import { axeFindings, buildDesk } from './stage.js';

jest.setTimeout(120_000);

let built: Awaited<ReturnType<typeof buildDesk>>;
let browser: Browser;
let desk: DeskServer;
let fake: ReturnType<typeof createFakeTrainer>;
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDesk(), launchBrowser()]);
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await desk?.close();
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

async function open(as: Caller, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const [name = '', value = ''] = as.cookie().split('=');
  await context.addCookies([{ name, value, url: desk.base }]);
  const page = await context.newPage();
  await page.goto(`${desk.base}/desk/training`);
  return page;
}

async function start(): Promise<Caller> {
  fake = createFakeTrainer();
  desk = await serveDesk({ isRealTime: true, parts: { training: fake.training }, plugins: [createPages({ root: built.folder })] });
  for (const text of ['how can i get a gift wrap', 'How can I get a gift wrap for AC-104233', 'gift wrap??', 'gift wrap??', 'can i get a gift wrap with a card that says happy birthday in gold letters and a ribbon, because my sister turns forty on Sunday']) await hears(desk.records, text);
  for (const text of ['my neighbour plays the trumpet', 'do you sell second hand']) await hears(desk.records, text, { verdict: 'out_of_scope' });
  await hears(desk.records, 'هل يوجد تغليف هدايا للطلب', { locale: 'ar' });
  await hears(desk.records, '可以开礼品包装吗', { locale: 'zh' });
  return desk.seated('Ada', 'admin');
}

describe('the page of training', () => {
  test('a group is taught, learned while the page looks on, used, and rolled back; nothing axe minds on the way', async () => {
    const page = await open(await start());
    const first = page.locator('.cluster').first();
    // Something is proposed for every group, also where the bot took it for none of what it can do.
    expect(await page.locator('.cluster select[id^=i-]').evaluateAll((all: { value: string }[]) => all.map(({ value }) => value))).not.toContain('');
    await first.getByRole('button', { name: /^Teach \(/u }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await first.locator('input[type=checkbox]').last().uncheck();
    await first.getByRole('combobox', { name: 'This means' }).selectOption('product_question');
    await first.getByRole('button', { name: 'Teach (3)' }).click();
    await page.getByRole('button', { name: 'Learn now (3)' }).click();
    await page.getByText('Learning since').waitFor();
    fake.control.f1 = 0.8;
    await fake.control.finish();
    await page.getByText('Not used').waitFor();
    expect(await page.locator('.labels li').count()).toBe(3);
    // What was taught can be taken along as a change of the files before it is learned.
    const [diff] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as a patch' }).click()]);
    expect(diff.suggestedFilename()).toBe('intents.diff');
    expect(readFileSync(await diff.path(), 'utf8').split('\n').filter((line) => /^\+ {4}- "/u.test(line))).toHaveLength(3);
    await page.getByRole('button', { name: 'Learn now (3)' }).click();
    await page.getByText('Learning since').waitFor();
    fake.control.f1 = 0.9;
    await fake.control.finish();
    await page.getByText('In use since').waitFor();
    const [card] = await Promise.all([page.waitForEvent('download'), page.locator('.models').getByRole('link', { name: /^Model card/u }).first().click()]);
    expect(readFileSync(await card.path(), 'utf8')).toBe('# Model m2\n');
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('rolled back since').waitFor();
    expect(await page.locator('.labels li').count()).toBe(3);
  });

  test('any agent says in the conversation what a message really meant; it waits for somebody to agree', async () => {
    await start();
    await desk.talks.says('web:bert', { text: 'gift wrap for my aunt', answer: { text: 'Your order is on its way.' } });
    const line = (await desk.store.readLog('web:bert', 0, 5)).find(({ from }) => from === 'customer');
    await hears(desk.records, 'gift wrap for my aunt', { conversationId: 'web:bert', messageId: line?.messageId ?? '', verdict: 'sure', intent: 'order_status' });
    const page = await open(await desk.seated('Ben'));
    await page.goto(`${desk.base}/desk#/c/${encodeURIComponent('web:bert')}`);
    await page.getByRole('button', { name: 'Understood wrongly?' }).click();
    // Nothing is chosen for them: one press too many teaches nothing.
    const correct = page.getByRole('button', { name: 'Correct', exact: true });
    expect([await page.locator('.correct select').inputValue(), await correct.isDisabled()]).toEqual(['', true]);
    await page.locator('.correct select').selectOption('product_question');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByText('Noted:').waitFor();
    expect(await desk.records.training.list(5)).toMatchObject([{ text: 'gift wrap for my aunt', intent: 'product_question', state: 'proposed', by: { name: 'Ben' } }]);
    // Whoever may teach finds it among what was not understood and agrees by one press: then it is learned with the rest.
    const adas = await open(await desk.seated('Ada', 'admin'));
    const proposed = adas.locator('.labels', { hasText: 'gift wrap for my aunt' });
    await proposed.getByText('Ben').waitFor();
    await proposed.getByRole('button', { name: /^Agree/u }).click();
    await adas.getByRole('button', { name: 'Learn now (1)' }).waitFor();
    expect(await desk.records.training.list(5)).toMatchObject([{ text: 'gift wrap for my aunt', intent: 'product_question', state: 'waiting', by: { name: 'Ada' } }]);
  });

  test('another language and out of scope are a press each, and what nobody needs is left out', async () => {
    const page = await open(await start());
    const german = page.locator('.cluster', { hasText: 'do you sell second hand' });
    await german.getByLabel('Language').selectOption('de');
    await german.getByRole('button', { name: 'Out of scope' }).click();
    await page.getByRole('button', { name: 'Learn now (1)' }).waitFor();
    expect((await desk.records.training.list(5)).filter(({ state }) => state === 'waiting')).toMatchObject([{ text: 'do you sell second hand', intent: 'out_of_scope', locale: 'de', state: 'waiting' }]);
    const trumpet = page.locator('.cluster', { hasText: 'trumpet' });
    await trumpet.getByRole('button', { name: 'Leave out' }).click();
    await trumpet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Learn now (1)' }).waitFor();
    // By language: only what was said in it.
    await page.locator('.training-head select').selectOption('ar');
    expect(await page.locator('.cluster').allInnerTexts()).toEqual([expect.stringContaining('هل يوجد تغليف هدايا للطلب')]);
  });

  test.each([['light', 'en', 360], ['dark', 'ar', 360], ['dark', 'de', 1440], ['light', 'ar', 1440]] as const)('%s, in %s, %i pixels wide: nothing runs over the edge', async (colorScheme, language, width) => {
    const ada = await start();
    await ada.call('POST', '/training/teach', { sentences: [{ id: 'a', text: 'gift wrap for my sister please', locale: 'en' }], intent: 'product_question' });
    await ada.call('POST', '/training/learn', {});
    await fake.control.finish();
    await ada.call('POST', '/training/teach', { sentences: [{ id: 'b', text: 'how much is a gift wrap for a very large thing', locale: 'en' }], intent: 'product_question' });
    const page = await open(ada, { viewport: { width, height: 900 }, colorScheme, locale: language });
    await page.locator('.cluster').first().waitFor();
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate(`document.querySelector('.training').scrollWidth - document.querySelector('.training').clientWidth`)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
    if (process.env['SHOTS'] !== undefined) {
      await page.addStyleTag({ content: '.shell{block-size:auto !important}.training{overflow:visible !important}' }).catch(() => undefined);
      await page.screenshot({ path: `${process.env['SHOTS']}/training-${colorScheme}-${language}-${width}.png`, fullPage: true });
    }
  });
});
