import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Caller } from '../../desk/support.js';
import { launchBrowser } from '../widget/stage.js';
import { fillHistory } from './insights-history.js';
import { axeFindings, buildDesk, startStage, type Stage } from './stage.js';

jest.setTimeout(120_000);

let built: Awaited<ReturnType<typeof buildDesk>>;
let browser: Browser;
let stage: Stage;
let ada: Caller;
const errors: string[] = [];
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDesk(), launchBrowser()]);
  stage = await startStage(built.folder);
  await fillHistory(stage.records, stage.clock.now());
  ada = await stage.seated('Ada', 'admin');
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await built?.remove();
});

async function open(path: string, as: Caller, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const [name = '', value = ''] = as.cookie().split('=');
  await context.addCookies([{ name, value, url: stage.base }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => void (/Content Security Policy/.test(message.text()) && errors.push(message.text())));
  await page.goto(`${stage.base}${path}`);
  return page;
}

const cards = ['contacts', 'durable', 'handovers', 'first', 'resolution', 'satisfaction', 'refusals', 'intents', 'refunds', 'defects', 'disputes', 'missed'];

describe('the numbers', () => {
  test('[AE-21] [AE-09] are read at a glance: a picture for each, what it means beside it, the period before; other days at a press', async () => {
    const page = await open('/desk/insights', ada);
    await page.locator('.cards').waitFor();
    expect(page.url()).toBe(`${stage.base}/desk#/insights`);
    expect(await page.locator('[data-insight]').evaluateAll((all: { dataset: Record<string, string> }[]) => all.map(({ dataset }) => dataset['insight']))).toEqual(cards);
    const answer = (await ada.call('GET', '/insights')).json as unknown as { figures: { contacts: Record<string, number> } };
    for (const card of cards) {
      const here = page.locator(`[data-insight="${card}"]`);
      expect([card, (await here.locator('.means').innerText()).length > 20]).toEqual([card, true]);
      expect([card, await here.locator('svg').count()]).not.toEqual([card, 0]);
    }
    const contacts = await page.locator('[data-insight="contacts"] .legend').innerText();
    expect(contacts).toMatch(new RegExp(`Solved, confirmed\\s+${answer.figures.contacts['confirmed']}\\b[^]*Solved, assumed\\s+${answer.figures.contacts['assumed']}\\b[^]*Handed to a person\\s+${answer.figures.contacts['handed-over']}\\b`, 'u'));
    // Nowhere is what was confirmed mixed with what is only assumed, nor a number without its name.
    const { confirmed = 0, assumed = 0, unsolved = 0, 'handed-over': handed = 0 } = answer.figures.contacts;
    const all = confirmed + assumed + unsolved + handed;
    const percent = (one: number): string => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(one / all);
    expect(await page.locator('.tile', { hasText: 'Contained by the bot' }).innerText()).toContain(`confirmed ${percent(confirmed)}, assumed ${percent(assumed)}`);
    expect(await page.locator('[data-insight="contacts"]').innerText()).toContain(`Contacts: ${all} (before: `);
    const intents = page.locator('[data-insight="intents"]');
    expect(await intents.locator('.legend').innerText()).toMatch(/Track a parcel/u);
    const everywhere = await intents.locator('.legend').innerText();
    await intents.locator('select').first().selectOption('ar');
    expect(await intents.locator('.legend').innerText()).not.toBe(everywhere);
    await page.locator('.insights-span select').selectOption('7');
    await page.waitForFunction(`document.querySelector('[data-insight="contacts"] .legend')?.innerText !== ${JSON.stringify(contacts)}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /CSV/ }).click()]);
    expect(download.suggestedFilename()).toMatch(/^insights-.*\.csv$/u);
    expect(errors).toEqual([]);
  });

  test('are readable in both themes, from right to left, on a telephone and on a wide screen', async () => {
    for (const [width, colorScheme, locale] of [[360, 'light', 'en-GB'], [360, 'dark', 'ar'], [1440, 'dark', 'de'], [1440, 'light', 'zh']] as const) {
      const page = await open('/desk/insights', ada, { viewport: { width, height: 900 }, colorScheme, locale });
      await page.locator('.cards').waitFor();
      expect([width, locale, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([width, locale, width]);
      expect([width, locale, await page.evaluate(`document.querySelector('.insights').scrollWidth - document.querySelector('.insights').clientWidth`)]).toEqual([width, locale, 0]);
      expect([width, locale, await axeFindings(page)]).toEqual([width, locale, []]);
      await page.close();
    }
    expect(errors).toEqual([]);
  });

  test('are not there for a plain agent: no way leads to them, and the address gives nothing', async () => {
    const page = await open('/desk#/insights', await stage.seated('Ben', 'agent'));
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    expect(await page.locator('.cards').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Numbers' }).count()).toBe(0);
  });
});
