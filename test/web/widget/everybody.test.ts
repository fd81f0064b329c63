import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { axe, buildWeb, inPage, launchBrowser, startStage, until, visit, type Stage } from './stage.js';

jest.setTimeout(60_000);

let web: Awaited<ReturnType<typeof buildWeb>>;
let browser: Browser;
let stage: Stage;

beforeAll(async () => {
  [web, browser] = await Promise.all([buildWeb(), launchBrowser()]);
  stage = await startStage(web.folder);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await web?.remove();
});

const focused = `(() => { let active = document.activeElement; while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement; return active?.getAttribute('aria-label') || active?.innerText || active?.tagName; })()`;

test('with the keyboard alone: open, write, press a button, send a file away, close, and be back where one was', async () => {
  const { page, widget, reads, hears, context } = await visit(browser, stage.addPage('keys', {
    html: `<!doctype html><html lang="en"><title>Shop</title><body><main><h1>Shop</h1></main><script src="${stage.base}/widget.js"></script></body></html>`,
  }));
  const { keyboard } = page;
  await keyboard.press('Tab');
  expect(await page.evaluate(focused)).toBe('Open support chat');
  await keyboard.press('Enter');
  await widget.locator('.panel').waitFor();
  expect(await page.evaluate(focused)).toBe('Write a message');
  await keyboard.type('choices');
  await keyboard.press('Enter');
  await hears('bot: choices');
  await widget.getByRole('button', { name: 'Desk lamp' }).waitFor();
  const seen: unknown[] = [];
  for (let steps = 0; steps < 8 && seen.at(-1) !== 'Desk lamp'; steps += 1) {
    await keyboard.press('Shift+Tab');
    seen.push(await page.evaluate(focused));
  }
  expect(seen).toEqual(['Attach files', 'Phone case', 'Desk lamp']);
  await keyboard.press('Space');
  await reads(['choices', 'bot: choices', 'Desk lamp', 'bot: chose lamp']);
  expect(await page.evaluate(focused)).toBe('Write a message');
  await keyboard.press('Escape');
  await widget.locator('.panel').waitFor({ state: 'detached' });
  expect(await page.evaluate(focused)).toBe('Open support chat');
  await context.close();
});

test('on a small screen the panel is the page: it fills it, and Tab stays inside', async () => {
  const { open, page, widget, context } = await visit(browser, stage.base, { viewport: { width: 360, height: 640 } });
  await open();
  expect(await widget.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
  expect(await widget.locator('.panel').getAttribute('aria-modal')).toBe('true');
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.localName`)).toBe('aftercare-widget');
  }
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await context.close();
});

describe('axe finds nothing', () => {
  const cases: readonly (readonly [string, BrowserContextOptions, string])[] = [
    ['in light', {}, 'en'], ['in dark', { colorScheme: 'dark' }, 'en'], ['from right to left', {}, 'ar'], ['from right to left in dark', { colorScheme: 'dark' }, 'ar'], ['from right to left at 360 px', { viewport: { width: 360, height: 640 } }, 'ar'],
    ['at 360 px', { viewport: { width: 360, height: 640 } }, 'zh'], ['at 360 px in dark', { viewport: { width: 360, height: 640 }, colorScheme: 'dark' }, 'es'],
  ];
  test.each(cases)('%s', async (_name, options, locale) => {
    const { open, write, widget, page, hears, context } = await visit(browser, stage.addPage(`axe-${locale}`, {
      html: `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><meta name="viewport" content="width=device-width"><title>Shop</title><body><main><h1>Shop</h1></main><script src="${stage.base}/widget.js"></script></body></html>`,
    }), { ...options, reducedMotion: 'reduce' });
    expect(await axe(page)).toEqual([]);
    await open();
    await widget.locator('.choices button').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await write('card');
    await hears('bot: card');
    const file = await stage.putFile(Buffer.from('%PDF-'), 'label.pdf', 'application/pdf');
    await stage.say({ text: 'أهلاً\n- https://a.example/b', locale: 'ar', files: [{ fileId: file.fileId, name: file.name, type: file.type, size: file.size }] });
    await stage.say({ from: 'system', text: 'A person has joined.' });
    await stage.say({ from: 'agent', agent: { id: '1', name: 'María' }, text: 'Hello, see https://a.example/c', choices: [{ id: 'y', label: 'Yes' }, { id: 'n', label: 'No' }] });
    await widget.locator('.choices button').nth(1).waitFor();
    await widget.locator('input[type=file]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from('x') }, { name: 'bad.exe', mimeType: 'x/y', buffer: Buffer.from('x') }]);
    await widget.getByRole('alert').getByText('bad.exe').waitFor();
    stage.trouble.failPosts = 3;
    await write('never arrives');
    await widget.locator('.failed').waitFor();
    expect(await axe(page)).toEqual([]);
    await context.close();
  });

  test.each([['light', {}], ['dark', { colorScheme: 'dark' }], ['small', { viewport: { width: 360, height: 640 } }]] as const)('on the sample shop page, %s', async (_name, options) => {
    const { page, problems, context } = await visit(browser, stage.base, options);
    expect(await axe(page, 'html')).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });
});

test('the sample shop page speaks the language it is asked for, else the browser’s, and the chat with it', async () => {
  const { page, open, widget, context } = await visit(browser, stage.base, { locale: 'ar-AE' });
  expect(await page.evaluate<string>('`${document.documentElement.lang} ${document.documentElement.dir}`')).toBe('ar rtl');
  await open();
  expect(await widget.locator('.frame').getAttribute('dir')).toBe('rtl');
  await page.goto(`${stage.base}/?locale=de`);
  await page.getByRole('heading', { name: 'Licht und Stoffe für ruhige Räume' }).waitFor();
  await widget.locator('.frame[lang=de]').waitFor({ state: 'attached' });
  await page.selectOption('#language', 'ru');
  await page.getByRole('heading', { name: 'Свет и ткани для спокойных комнат' }).waitFor();
  await context.close();
});

test('from right to left the whole layout is mirrored, and each message keeps its own direction', async () => {
  const { open, write, hears, widget, context } = await visit(browser, stage.addPage('rtl', {
    html: `<!doctype html><html lang="ar" dir="rtl"><title>متجر</title><body><main><h1>متجر</h1></main><script src="${stage.base}/widget.js"></script></body></html>`,
  }), { viewport: { width: 1000, height: 700 } });
  const launcher = await widget.locator('.launcher').boundingBox();
  expect(launcher?.x).toBeLessThan(100);
  await open();
  await write('أين طلبي؟');
  await hears('bot: أين طلبي؟');
  const [own, bot] = [await widget.locator('.own .bubble').boundingBox(), await widget.locator('.row.bot .bubble').boundingBox()];
  expect(own?.x).toBeLessThan(bot?.x ?? 0);
  expect(await widget.locator('.bubble p').evaluateAll(inPage('(all) => all.map((one) => getComputedStyle(one).direction)'))).toEqual(['rtl', 'ltr']);
  expect(stage.log.accepted.at(-1)?.localeHint).toBe('ar');
  await context.close();
});

describe('a picture', () => {
  const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const opener = `(() => { let active = document.activeElement; while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement; return active?.querySelector('img')?.alt; })()`;
  /** An agent sends two pictures in one message; gives the large view of them. */
  async function album({ open, write, reads, widget }: Awaited<ReturnType<typeof visit>>) {
    await open();
    await write('hello');
    await reads(['hello', 'bot: hello']);
    const files = await Promise.all(['shade.png', 'box.png'].map(async (name) => stage.putFile(PIXEL, name, 'image/png')));
    await stage.say({ from: 'agent', agent: { id: '1', name: 'María' }, text: '', files: files.map(({ fileId, name, type, size }) => ({ fileId, name, type, size })) });
    await widget.locator('.album .picture').nth(1).waitFor();
    return widget.locator('dialog.viewer');
  }

  test('opens large: keys go through those of the message, Esc closes it alone and gives the focus back', async () => {
    const one = await visit(browser, stage.base, { viewport: { width: 360, height: 640 } });
    const { widget, page, problems, context } = one;
    const viewer = await album(one);
    await widget.getByRole('button', { name: 'shade.png' }).click();
    await viewer.getByRole('img', { name: 'shade.png' }).waitFor();
    expect(await viewer.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    await viewer.getByText('1 / 2').waitFor();
    expect([(await viewer.locator('.back').boundingBox())?.x, (await viewer.locator('.next').boundingBox())?.x]).toEqual([8, 360 - 8 - 40]);
    expect(await page.evaluate(focused)).toBe('Close picture');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await viewer.getByRole('img', { name: 'box.png' }).waitFor();
    await page.keyboard.press('Home');
    await viewer.getByText('1 / 2').waitFor();
    await viewer.getByRole('button', { name: 'Next picture' }).click();
    await viewer.getByText('2 / 2').waitFor();
    // The button that leads nowhere now keeps the focus: the keys go on working.
    await page.keyboard.press('ArrowLeft');
    await viewer.getByText('1 / 2').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), viewer.getByRole('link', { name: 'Download' }).click()]);
    expect(file.suggestedFilename()).toBe('shade.png');
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    expect(await page.evaluate(opener)).toBe('Picture shade.png');
    expect(await widget.locator('.panel').count()).toBe(1);
    await page.keyboard.press('Enter');
    await viewer.locator('.stage').click({ position: { x: 20, y: 60 } });
    await viewer.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await context.close();
  });

  test('of an album read from right to left: the next one lies to the left', async () => {
    const one = await visit(browser, `${stage.base}/?locale=ar`);
    const viewer = await album(one);
    await one.widget.locator('.album .picture').first().click();
    await one.page.keyboard.press('ArrowRight');
    await viewer.getByText('1 / 2').waitFor();
    await one.page.keyboard.press('ArrowLeft');
    await viewer.getByText('2 / 2').waitFor();
    const [back, next] = [await viewer.locator('.back').boundingBox(), await viewer.locator('.next').boundingBox()];
    expect([back?.x, next?.x]).toEqual([1280 - 8 - 40, 8]);
    await one.context.close();
  });
});

test('news is announced politely, history is not', async () => {
  const { open, write, reads, widget, page, context } = await visit(browser, stage.base);
  await open();
  const log = widget.getByRole('log');
  await write('hello');
  await reads(['hello', 'bot: hello']);
  expect(await log.getAttribute('aria-live')).toBe('polite');
  await page.addInitScript(`{
    window.announced = [];
    new MutationObserver(() => {
      const root = document.querySelector('aftercare-widget')?.shadowRoot;
      if (root && !window.watching) {
        window.watching = true;
        new MutationObserver((changes) => {
          if (root.querySelector('[role=log]')?.getAttribute('aria-live') !== 'polite') return;
          for (const { addedNodes, target } of changes) if (target.closest?.('[role=log]')) for (const node of addedNodes) window.announced.push(node.textContent);
        }).observe(root, { childList: true, subtree: true });
      }
    }).observe(document, { childList: true, subtree: true });
  }`);
  await page.reload();
  await reads(['hello', 'bot: hello']);
  expect(await until(page, `document.querySelector('aftercare-widget').shadowRoot.querySelector('[role=log]').getAttribute('aria-live') === 'polite'`)).toBe(true);
  await stage.say({ text: 'this is new' });
  await reads(['hello', 'bot: hello', 'this is new']);
  const announced = (await page.evaluate('window.announced')) as string[];
  expect(announced).toHaveLength(1);
  expect(announced[0]).toContain('this is new');
  await context.close();
});

test('every language has every message of the widget, with the same places to fill', () => {
  const source = readFileSync('src/web/widget/texts.ts', 'utf8');
  const keys = [...(/export type TextKey =([^;]+);/.exec(source)?.[1] ?? '').matchAll(/'([\w.-]+)'/g)].map((match) => `widget.${match[1]}`).sort();
  const all = readdirSync('locales').filter((name) => name.endsWith('.json')).map((name) => `locales/${name}`).map((file) => [file, JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>] as const);
  expect(all.length).toBeGreaterThanOrEqual(3);
  const english = all.find(([file]) => file.endsWith('en.json'))?.[1] ?? {};
  const places = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const [file, messages] of all) {
    expect([file, Object.keys(messages).filter((key) => key.startsWith('widget.')).sort()]).toEqual([file, keys]);
    for (const key of keys) expect([file, key, places(messages[key])]).toEqual([file, key, places(english[key])]);
  }
});
