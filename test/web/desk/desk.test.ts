import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD, png, type Caller } from '../../desk/support.js';
import { launchBrowser } from '../widget/stage.js';
import { axeFindings, buildDesk, fillDesk, startStage, type Stage } from './stage.js';

jest.setTimeout(120_000);

let built: Awaited<ReturnType<typeof buildDesk>>;
let browser: Browser;
let stage: Stage;
const errors: string[] = [];
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDesk(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});
beforeEach(async () => {
  stage = await startStage(built.folder);
  errors.length = 0;
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await stage.close();
});

/** A browser at an address of the desk; whoever is given is signed in already. */
async function open(hash: string, options: BrowserContextOptions & { readonly as?: Caller } = {}): Promise<Page> {
  const { as, ...given } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...given });
  const [name = '', value = ''] = as?.cookie().split('=') ?? [];
  if (as) await context.addCookies([{ name, value, url: stage.base }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => void (/Content Security Policy|inline/.test(message.text()) && errors.push(message.text())));
  await page.goto(`${stage.base}/desk${hash}`);
  return page;
}

// What runs in the page is text: the tests are checked without the browser's types.
const openDetails = `document.querySelectorAll('details').forEach((one) => (one.open = true))`;
const talkWith = (id: string) => `#/c/${encodeURIComponent(id)}`;
const focused = (page: Page) => page.evaluate<string>(`document.activeElement?.getAttribute('data-id') ?? document.activeElement?.id ?? ''`);

describe('a message that is stopped', () => {
  test('[WI-11] [WI-13] says why; a day without a source goes out once an admin has said why, a question for a card never', async () => {
    await stage.talks.asks('web:anna', { text: 'Where is my lamp?' });
    const page = await open(talkWith('web:anna'), { as: await stage.seated('Ada', 'admin') });
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.locator('#compose').fill('It will be delivered on Friday.');
    await page.keyboard.press('Enter');
    await page.getByText('without saying whose word it is').waitFor();
    await page.getByLabel('Why it should go out all the same').fill('told on the phone');
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.locator('.from-agent .bubble', { hasText: 'on Friday' }).waitFor();
    await page.locator('#compose').fill('Please send me your card number.');
    await page.keyboard.press('Enter');
    await page.getByText('It asks for payment data.').waitFor();
    expect(await page.getByRole('button', { name: 'Send anyway' }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(stage.talks.acts.filter(({ act }) => act === 'say').map(({ text }) => text)).toEqual(['It will be delivered on Friday.']);
    expect(errors).toEqual([]);
  });
});

describe('an agent’s day', () => {
  test('by keyboard alone: join, sign in, see the queue, take over, reply, note, hand back', async () => {
    await stage.talks.asks('web:anna', { text: 'Where is my lamp?' });
    await stage.talks.asks('web:bert', { text: 'Me too' });
    const page = await open(`#/join/${stage.tokenOf(await stage.desk.firstAdminLink())}`);
    const { keyboard } = page;
    await page.locator('#name:focus').waitFor();
    await keyboard.type('Ada');
    await keyboard.press('Tab');
    await keyboard.type('ada@example.com');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await page.getByText('Your account is ready').waitFor();
    await page.locator('#password:focus').waitFor();
    expect(await page.inputValue('#email')).toBe('ada@example.com');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');

    await page.getByRole('link', { name: /Me too/ }).waitFor();
    await keyboard.press('j');
    expect(await focused(page)).toBe('web:anna');
    await keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('web:bert');
    await keyboard.press('k');
    await keyboard.press('Enter');
    await page.getByText('The customer waits for a person. Take over to answer.').waitFor();
    await keyboard.press('t');
    await page.getByText('You are in charge', { exact: true }).waitFor();
    await page.locator('#compose:focus').waitFor();
    await keyboard.type('Hello Anna, I am looking.');
    await keyboard.press('Enter');
    await page.locator('.from-agent .bubble', { hasText: 'Hello Anna, I am looking.' }).waitFor();
    expect(await page.inputValue('#compose')).toBe('');

    await keyboard.press('Shift+Tab');
    for (let n = 0; n < 12 && await page.evaluate<boolean>(`document.activeElement?.dataset.mode !== 'note'`); n += 1) await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await keyboard.press('n');
    await page.locator('#compose:focus').waitFor();
    await keyboard.type('Waiting for the carrier.');
    await keyboard.press('Enter');
    await page.locator('.from-note .bubble', { hasText: 'Waiting for the carrier.' }).waitFor();

    for (let n = 0; n < 12 && await page.evaluate<boolean>(`document.activeElement?.textContent !== 'Hand back'`); n += 1) await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await page.getByText('The bot is in charge', { exact: true }).waitFor();
    await keyboard.press('Escape');
    await page.locator('.at-queue [data-id="web:bert"]:focus').waitFor();
    expect(stage.talks.acts.map(({ act, text }) => [act, text])).toEqual([['take', undefined], ['say', 'Hello Anna, I am looking.'], ['hand-back', undefined]]);
    expect(errors).toEqual([]);
  });

  test('on a telephone, with a finger: the queue, take over, what is known, reply, back to the queue', async () => {
    await stage.talks.asks('web:anna', { text: 'Where is my lamp?', change: { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: 'AC-104233' } } });
    await stage.talks.asks('web:bert', { text: 'Me too' });
    const page = await open('', { as: await stage.seated('Ada'), viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    /** Whatever is pressed can be seen and is as large as a fingertip asks for. */
    const tap = async (name: string, what = page.getByRole('button', { name, exact: true })): Promise<void> => {
      const box = await what.boundingBox();
      expect([name, (box?.height ?? 0) >= 24, (box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 999) <= 360]).toEqual([name, true, true, true]);
      await what.tap();
    };
    const maria = page.locator('[data-id="web:anna"]');
    await maria.waitFor();
    await tap('the row', maria);
    // The list makes room for the talk.
    await page.locator('.queue').waitFor({ state: 'hidden' });
    await tap('Take over');
    await page.getByText('You are in charge', { exact: true }).waitFor();
    await tap('Details');
    await page.locator('#side .order', { hasText: 'AC-104233' }).waitFor();
    await page.locator('#compose').waitFor({ state: 'hidden' });
    await tap('Details');
    await page.locator('#compose').fill('Hello Maria, I am looking.');
    await tap('Send');
    await page.locator('.from-agent .bubble', { hasText: 'Hello Maria, I am looking.' }).waitFor();
    await tap('Hand back');
    await page.getByText('The bot is in charge', { exact: true }).waitFor();
    await tap('Back', page.locator('.button.back'));
    await page.locator('[data-id="web:bert"]').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    expect(errors).toEqual([]);
  });

  test('what customers write appears by itself, in the queue and in the conversation', async () => {
    const ada = await stage.seated('Ada');
    const page = await open('', { as: ada });
    await page.getByText('Nobody is waiting.').waitFor();
    await stage.talks.asks('web:anna', { text: 'Is anybody there?' });
    await page.getByRole('link', { name: /Is anybody there/ }).click();
    await page.locator('.bubble', { hasText: 'Is anybody there?' }).waitFor();
    await stage.talks.says('web:anna', { text: 'Hello???' });
    await page.locator('.bubble', { hasText: 'Hello???' }).waitFor();
    expect(await page.title()).toContain('Unknown customer');
  });

  test('taking over from a colleague is asked about, and the colleague is told', async () => {
    await stage.talks.asks('web:anna');
    const [ada, ben] = [await stage.seated('Ada'), await stage.seated('Ben')];
    const first = await open(talkWith('web:anna'), { as: ada });
    await first.getByRole('button', { name: 'Take over' }).click();
    await first.getByText('You are in charge', { exact: true }).waitFor();
    const second = await open(talkWith('web:anna'), { as: ben });
    await second.getByText('Ada is in charge', { exact: true }).waitFor();
    await second.getByRole('button', { name: 'Take over' }).click();
    await second.getByRole('dialog', { name: 'Take over from Ada?' }).waitFor();
    await second.keyboard.press('Escape');
    expect(stage.talks.acts).toHaveLength(1);
    await second.getByRole('button', { name: 'Take over' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
    await second.getByText('You are in charge', { exact: true }).waitFor();
    await first.getByText('Ben is in charge', { exact: true }).waitFor();
    expect(await first.locator('#compose').count()).toBe(0);
  });

  test('a file is attached and sent; a program is refused with its name', async () => {
    await stage.talks.asks('web:anna');
    const page = await open(talkWith('web:anna'), { as: await stage.seated('Ada') });
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.locator('#compose').waitFor();
    await page.setInputFiles('input[type=file]', { name: 'tool.exe', mimeType: 'image/png', buffer: Buffer.from('MZ program') });
    await page.getByText('tool.exe: can’t be sent.').waitFor();
    await page.setInputFiles('input[type=file]', { name: 'label.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 label') });
    await page.getByRole('button', { name: 'Remove label.pdf' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = page.locator('.from-agent a.file');
    await sent.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), sent.click()]);
    expect(download.suggestedFilename()).toBe('label.pdf');
  });

  test('a picture is pasted or dropped where the reply is written, and is not taken along into a note', async () => {
    await stage.talks.asks('web:anna');
    const page = await open(talkWith('web:anna'), { as: await stage.seated('Ada') });
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.locator('#compose').waitFor();
    const give = (kind: 'paste' | 'drop', name: string) => page.evaluate(`{
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob('${png.toString('base64')}'), (one) => one.charCodeAt(0))], '${name}', { type: 'image/png' }));
      const [event, at] = '${kind}' === 'paste' ? [new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }), '#compose'] : [new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }), '.composer'];
      document.querySelector(at).dispatchEvent(event);
    }`);
    await give('paste', 'screen.png');
    await page.getByRole('button', { name: 'Remove screen.png' }).waitFor();
    await give('drop', 'photo.png');
    await page.getByRole('button', { name: 'Remove photo.png' }).waitFor();
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await give('drop', 'other.png');
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    expect(await page.locator('.attached .file').count()).toBe(2);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.from-agent .album .picture').nth(1).waitFor();
  });

  test('an unfinished reply is still there after looking at another customer', async () => {
    await stage.talks.asks('web:anna');
    await stage.talks.asks('web:bert');
    const page = await open(talkWith('web:anna'), { as: await stage.seated('Ada') });
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.fill('#compose', 'half a sen');
    await page.locator('[data-id="web:bert"]').click();
    await page.getByText('Take over to answer').waitFor();
    await page.locator('[data-id="web:anna"]').click();
    await page.locator('#compose').waitFor();
    expect(await page.inputValue('#compose')).toBe('half a sen');
  });

  test('who is disabled is out at once', async () => {
    const ada = await stage.seated('Ada', 'admin');
    const ben = await open('', { as: await stage.seated('Ben') });
    await ben.getByText('Nobody is waiting.').waitFor();
    const page = await open('#/people', { as: ada });
    await page.getByRole('button', { name: 'Disable Ben' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable Ben' }).waitFor();
    await ben.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('speaks the agent’s language and keeps the choice', async () => {
    await stage.talks.asks('web:anna');
    const page = await open('', { as: await stage.seated('Ada'), locale: 'es-ES' });
    await page.getByRole('link', { name: /Cola/ }).waitFor();
    await page.selectOption('.language select', 'zh');
    await page.getByRole('link', { name: /队列/ }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: /队列/ }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('zh');
    await page.selectOption('.language select', 'ar');
    await page.getByRole('link', { name: /قائمة الانتظار/ }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.dir')).toBe('rtl');
  });
});

describe('hostile text', () => {
  test('is text and nothing else: in the queue, the log, names, notes, choices, links and files', async () => {
    const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> javascript:window.hit=1 [x](javascript:window.hit=1) \u202eevil';
    const identity = { level: 'L0', name: evil } as const;
    const file = await stage.files.put(Buffer.from('<svg onload="window.hit=1">'), { conversationId: 'web:eve', name: `${evil}.svg`, type: 'image/svg+xml', at: stage.clock.now() });
    await stage.talks.says('web:eve', { text: evil, files: [{ fileId: file.fileId, name: file.name, type: file.type, size: 9 }], answer: {
      text: evil, choices: [{ id: 'a', label: evil }], links: [{ label: evil, url: 'javascript:window.hit=1' }],
      trace: { locale: 'en', intents: [{ intent: evil, confidence: 0.5, verdict: 'unsure' }], entities: [{ kind: evil, raw: evil, value: { html: evil } }], flow: evil, receipts: [{ rule: evil, granted: false, inputs: { [evil]: evil }, policyVersion: '1', at: stage.clock.now() }] },
    }, change: { identity, topic: { order: evil } } });
    await stage.talks.asks('web:eve', { text: evil, reason: evil, change: { identity } });
    await stage.records.notes.add({ id: 'n', conversationId: 'web:eve', at: stage.clock.now(), agent: { id: 'x', name: evil }, text: evil });
    const page = await open(talkWith('web:eve'), { as: await stage.seated('Ada') });
    await page.locator('.from-note .bubble').waitFor();
    await page.evaluate(openDetails);
    expect(await page.locator('.from-customer .bubble').first().textContent()).toBe(evil);
    expect(await page.evaluate(`({
      hit: 'hit' in window, foreign: document.querySelectorAll('#desk :is(script, iframe, object), #desk img').length,
      links: [...document.querySelectorAll('a')].map(({ protocol }) => protocol).filter((protocol) => !/^https?:$/.test(protocol)),
    })`)).toEqual({ hit: false, foreign: 0, links: [] });
    expect(errors).toEqual([]);
  });
});

describe('axe finds nothing', () => {
  const sizes = [['light', 1440], ['dark', 1440], ['light', 360], ['dark', 360]] as const;

  test.each(sizes)('in %s at %i px', async (colorScheme, width) => {
    await fillDesk(stage);
    const ada = await stage.seated('Ada', 'admin');
    await stage.seated('Ben');
    const options = { colorScheme, viewport: { width, height: 800 } } as const;
    const findings: string[] = [];
    const look = async (page: Page, name: string) => {
      findings.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
      const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (wider > 0) findings.push(`${name}: ${wider} px wider than the screen`);
    };
    const signIn = await open('', options);
    await signIn.locator('#email').waitFor();
    await look(signIn, 'sign-in');
    const page = await open('', { ...options, as: ada });
    await page.locator('.row').first().waitFor();
    await look(page, 'queue');
    await page.locator('[data-id="web:maria"]').click();
    await page.locator('.bubble').first().waitFor();
    await look(page, 'conversation');
    await page.keyboard.press('t');
    await page.locator('#compose').waitFor();
    await page.evaluate(openDetails);
    await look(page, 'conversation in charge');
    if (width < 1000) {
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByText('Customer', { exact: true }).waitFor();
      await look(page, 'details');
      await page.getByRole('button', { name: 'Details' }).click();
    }
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'question');
    await page.keyboard.press('Escape');
    await page.goto(`${stage.base}/desk#/people`);
    await page.getByRole('button', { name: 'Disable Ben' }).waitFor();
    await look(page, 'people');
    expect(findings).toEqual([]);
    expect(errors).toEqual([]);
  });
});
