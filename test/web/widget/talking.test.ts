import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { buildWeb, inPage, launchBrowser, startShop, startStage, until, visit, type Stage } from './stage.js';

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

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4 the label');

describe('a customer on the sample shop page', () => {
  test('writes and is answered; the script is at most 30 kB gzipped', async () => {
    const { open, write, reads, context, problems, page, input } = await visit(browser, stage.base);
    await open();
    await write('hello');
    await reads(['hello', 'bot: hello']);
    await input.fill('first line');
    await input.press('Shift+Enter');
    await input.pressSequentially('second line');
    await input.press('Enter');
    await reads(['hello', 'bot: hello', 'first line\nsecond line', 'bot: first line\nsecond line']);
    expect(await input.inputValue()).toBe('');
    expect(problems).toEqual([]);
    expect(await page.title()).toMatch(/^Lumavela/);
    await context.close();
    expect(gzipSync(await readFile(join(web.folder, 'widget.js'))).length).toBeLessThanOrEqual(30_000);
  });

  test('while an input method composes, Enter sends nothing', async () => {
    const { open, write, input, reads, context } = await visit(browser, stage.base);
    await open();
    await input.fill('订单');
    await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(await input.inputValue()).toBe('订单');
    await write('订单在哪');
    await reads(['订单在哪', 'bot: 订单在哪']);
    await context.close();
  });

  test('presses a button of the last message; older buttons are gone', async () => {
    const { open, write, widget, reads, context } = await visit(browser, stage.base);
    await open();
    await write('choices');
    await widget.getByRole('button', { name: 'Phone case' }).click();
    await reads(['choices', 'bot: choices', 'Phone case', 'bot: chose case']);
    expect(await widget.locator('.choices button').count()).toBe(0);
    expect(stage.log.accepted.at(-1)).toMatchObject({ text: 'Phone case', choice: 'case' });
    await context.close();
  });

  test('gets a card whose link opens elsewhere, and knows nothing of this page', async () => {
    const { open, write, widget, context } = await visit(browser, stage.base);
    await open();
    await write('card please');
    const link = widget.getByRole('link', { name: /Track it at Orient Post/ });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('https://track.example/LP000100012CN');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await context.close();
  });

  test('sends several files as one message, by the button and by paste, and sees the picture', async () => {
    const { open, widget, input, write, hears, context, page, problems } = await visit(browser, stage.base);
    await open();
    await widget.locator('input[type=file]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: PICTURE }]);
    await input.evaluate(inPage(`(area) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([37, 80, 68, 70, 45, 49])], 'invoice.pdf', { type: 'application/pdf' }));
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }`));
    await widget.locator('.chips li').nth(1).waitFor();
    await write('it is broken');
    await hears(`bot: got lamp.png (${PICTURE.length}), invoice.pdf (6)`);
    expect(stage.log.accepted.at(-1)).toMatchObject({ text: 'it is broken', files: [{ type: 'image/png' }, { type: 'application/pdf' }] });
    expect(await until(page, `[...document.querySelector('aftercare-widget').shadowRoot.querySelectorAll('.picture img')].some((img) => img.src.startsWith('http') && img.naturalWidth === 1)`)).toBe(true);
    expect(await widget.locator('.chips li').count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('drops a file on the panel, takes it away again, and is told what cannot be sent', async () => {
    const { open, widget, context } = await visit(browser, stage.base);
    await open();
    const drop = (name: string, type: string, size: number) => widget.locator('.panel').evaluate(inPage(`(panel) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(${size})], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
      for (const kind of ['dragenter', 'dragover', 'drop']) panel.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }`));
    await drop('virus.exe', 'application/x-msdownload', 10);
    await widget.getByRole('alert').getByText('virus.exe can’t be sent').waitFor();
    await drop('huge.mp4', 'video/mp4', 11 * 1024 * 1024);
    await widget.getByRole('alert').getByText('10 MB').waitFor();
    await drop('label.pdf', 'application/pdf', 10);
    await widget.getByRole('button', { name: 'Remove label.pdf' }).click();
    expect(await widget.locator('.chips li').count()).toBe(0);
    await context.close();
  });

  test('is told when the server takes the file for something else than it says it is', async () => {
    const { open, write, widget, context } = await visit(browser, stage.base);
    await open();
    await widget.locator('input[type=file]').setInputFiles([{ name: 'not-really.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') }]);
    await write('look');
    await widget.getByText('not-really.png can’t be sent').waitFor();
    await context.close();
  });

  test('downloads the document the bot sent, under its name', async () => {
    const { open, write, hears, widget, page, context } = await visit(browser, stage.base);
    await open();
    await write('label');
    await hears('bot: label');
    const file = await stage.putFile(PDF, 'return-label.pdf', 'application/pdf');
    await stage.say({ text: 'Here it is.', files: [{ fileId: file.fileId, name: file.name, type: file.type, size: file.size }] });
    const [download] = await Promise.all([page.waitForEvent('download'), widget.getByRole('link', { name: /return-label\.pdf/ }).click()]);
    expect(download.suggestedFilename()).toBe('return-label.pdf');
    expect(await readFile(await download.path())).toEqual(PDF);
    await context.close();
  });

  test('sees that the bot is working, and who took over', async () => {
    const { open, write, hears, widget, context } = await visit(browser, stage.base);
    await open();
    await write('a person please');
    await hears('bot: a person please');
    await stage.typing();
    await widget.locator('.typing').waitFor();
    await stage.say({ text: 'One moment.' });
    await widget.locator('.typing').waitFor({ state: 'detached' });
    await stage.say({ from: 'agent', agent: { id: '7', name: 'María López' }, text: 'Hello, I am here.' });
    await widget.getByText('María López from our team is with you').waitFor();
    await stage.say({ text: 'The bot is back.' });
    await widget.getByText('Support bot — a person can take over').waitFor();
    await context.close();
  });

  test('hostile words stay words', async () => {
    const { open, write, hears, widget, problems, context } = await visit(browser, stage.base);
    await open();
    await write('card');
    await hears('bot: card');
    const hostile = '<img src=x onerror=alert(1)> <script>alert(2)</script> javascript:alert(3) [x](javascript:alert(4))';
    await stage.say({ text: hostile, choices: [{ id: 'x', label: '<b onclick=alert(5)>x</b>' }], links: [{ label: 'bad', url: 'javascript:alert(6)' }, { label: 'worse', url: 'data:text/html,<script>alert(7)</script>' }] });
    await stage.say({ from: 'agent', agent: { id: '1', name: '<img src=x onerror=alert(8)>' }, text: 'see (https://safe.example/a_(b)). And https://safe.example/c, ok' });
    await hears(hostile);
    await widget.locator('.bubble a').nth(1).waitFor();
    expect(await widget.locator('a').evaluateAll(inPage('(links) => links.map((link) => link.href)'))).toEqual(['https://track.example/LP000100012CN', 'https://safe.example/a_(b)', 'https://safe.example/c']);
    expect(await widget.locator('img, script, b, .bubble [onclick]').count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('bullets are a list, blank lines paragraphs, line breaks kept', async () => {
    const { open, write, hears, widget, context } = await visit(browser, stage.base);
    await open();
    await write('hi');
    await hears('bot: hi');
    await stage.say({ text: 'Two things:\n- one\n• two\n\nBye\nand thanks' });
    const bubble = widget.locator('.bubble', { hasText: 'Two things' });
    await bubble.waitFor();
    expect(await bubble.locator('li').allInnerTexts()).toEqual(['one', 'two']);
    expect(await bubble.locator('p').allInnerTexts()).toEqual(['Two things:', 'Bye\nand thanks']);
    await context.close();
  });

  test('signs in as Anna, goes on in the same conversation, and leaves nothing behind when signing out', async () => {
    const { open, write, reads, page, context, widget } = await visit(browser, stage.base);
    await open();
    await write('who am I');
    await reads(['who am I', 'bot: who am I']);
    expect(stage.log.accepted.at(-1)?.identity).toBeUndefined();
    const before = stage.log.accepted.at(-1)?.conversationId;
    await page.getByRole('switch', { name: 'Signed in as Anna' }).click();
    await page.getByText('Signed in as Anna; the bot').waitFor();
    await write('and now');
    await reads(['who am I', 'bot: who am I', 'and now', 'bot: and now']);
    expect(stage.log.accepted.at(-1)).toMatchObject({ identity: { customerId: 'cus-0001' }, conversationId: before });
    await page.reload();
    await reads(['who am I', 'bot: who am I', 'and now', 'bot: and now']);
    await page.getByRole('switch', { name: 'Signed in as Anna' }).click();
    await widget.locator('.intro').waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('cus-0001');
    await write('a stranger');
    await reads(['a stranger', 'bot: a stranger']);
    expect(stage.log.accepted.at(-1)?.conversationId).not.toBe(before);
    await context.close();
  });
});

describe('a shop on another origin', () => {
  test('needs no more than the server in its strict content security policy', async () => {
    const shop = await startShop(() => ({
      html: `<!doctype html><html lang="es"><title>Tienda</title><body><main><h1>Tienda</h1></main><script src="${stage.base}/widget.js" data-title="Atención" data-accent="#8a2be2"></script></body></html>`,
      policy: `default-src 'none'; script-src ${stage.base}; connect-src ${stage.base} ${stage.base.replace('http', 'ws')}; img-src ${stage.base}; require-trusted-types-for 'script'`,
    }));
    const { open, write, reads, widget, problems, context } = await visit(browser, shop.base);
    await open();
    expect(await widget.locator('h2').innerText()).toBe('Atención');
    expect(await widget.locator('textarea').getAttribute('placeholder')).toBe('Escribe un mensaje');
    await write('hola');
    await reads(['hola', 'bot: hola']);
    expect(await widget.locator('.launcher').evaluate(inPage('(one) => getComputedStyle(one).backgroundColor'))).toBe('rgb(138, 43, 226)');
    expect(problems).toEqual([]);
    await context.close();
    await shop.close();
  });

  test('cannot bend the widget with its styles, nor be bent by it', async () => {
    const page = (extra: string) => `<!doctype html><html lang="en"><head><title>Shop</title>${extra}</head><body><main><h1>Shop</h1><p id="p">text <button id="b">b</button></p></main></body></html>`;
    const hostile = '<style>html{font-size:4px} :not(html){color:red!important;font-size:40px!important;display:none!important;position:static!important;opacity:.1!important;transform:rotate(9deg)!important;visibility:hidden!important} :root{--ac-accent:red;--ac-1:90px}</style>';
    const script = `<script src="${stage.base}/widget.js" defer></script>`;
    const plain = await visit(browser, stage.addPage('plain', { html: page(script) }), { reducedMotion: 'reduce' });
    const bent = await visit(browser, stage.addPage('bent', { html: page(hostile + script) }), { reducedMotion: 'reduce' });
    const bare = await visit(browser, stage.addPage('bare', { html: page('') }));
    const looks = async ({ open, widget }: typeof plain) => {
      const launcher = await widget.locator('.launcher').boundingBox();
      await open();
      return { launcher, panel: await widget.locator('.panel').boundingBox(), input: await widget.locator('textarea').evaluate(inPage('(one) => { const { color, fontSize, opacity } = getComputedStyle(one); return { color, fontSize, opacity }; }')) };
    };
    expect(await looks(bent)).toEqual(await looks(plain));
    const styleOf = `JSON.stringify(['p', 'b'].map((id) => { const { font, color, margin, display } = getComputedStyle(document.getElementById(id)); return { font, color, margin, display }; }))`;
    expect(await plain.page.evaluate(styleOf)).toBe(await bare.page.evaluate(styleOf));
    for (const { context } of [plain, bent, bare]) await context.close();
  });

  test('that is not allowed sees a calm notice, and the page a reason in its console', async () => {
    const closed = await startStage(web.folder, { settings: { allowedOrigins: [] } });
    const shop = await startShop(() => ({ html: `<!doctype html><html lang="en"><title>x</title><body><script src="${closed.base}/widget.js"></script></body></html>` }));
    const { open, widget, context } = await visit(browser, shop.base);
    await open();
    await widget.locator('.trouble', { hasText: /can’t be reached|Connection lost/ }).waitFor();
    await context.close();
    await shop.close();
    await closed.close();
  });
});
