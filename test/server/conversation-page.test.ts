import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { dataFolder, serveProcess, until, type ServedProcess } from '../support/served.js';
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
let ada: Page;
let ben: Page;
const errors: string[] = [];
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  folder = dataFolder();
  server = await serveProcess(folder.path);
  browser = await launchBrowser();
  buyer = await visit(browser, server.url, { viewport: { width: 1280, height: 900 }, locale: 'es-ES' });
  buyer.page.setDefaultTimeout(10_000);
  ada = await joinDesk(browser, server.adminLink(), 'Ada', 'ada@example.com', errors);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  folder?.remove();
});

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `talk-${name}.png`) });
const say = async (text: string, answer: string): Promise<void> => {
  await buyer.write(text);
  await buyer.bubbles.getByText(answer).last().waitFor();
};

/** Takes the focus out of whatever is written in, so that letters are keys again. */
const leave = (page: Page) => page.evaluate(`document.activeElement?.blur()`);

describe('a buyer who writes Spanish and an agent who reads English', () => {
  test('the agent reads the bot’s sentences and what was understood in his own language', async () => {
    await buyer.open();
    await say('¿Dónde está mi pedido AC-100002?', 'correo');
    await say('anna@example.com', 'AC-100002');
    await say('Quiero hablar con una persona', words('handover.announced.asked', 'es'));
    await ada.locator('.queue .row').first().click();
    await ada.getByText('The customer waits for a person. Take over to answer.').waitFor();
    await ada.keyboard.press('t');
    await ada.getByText('You are in charge', { exact: true }).waitFor();
    const line = ada.locator('.from-bot', { hasText: words('handover.announced.asked', 'en') });
    await line.locator('.bubble').waitFor();
    await line.locator('summary', { hasText: 'As the customer reads it' }).click();
    expect(await line.locator('.original p').innerText()).toContain(words('handover.announced.asked', 'es'));
    await ada.getByText(`understood: ${words('intent.order_status', 'en')}`).or(ada.getByText(`understood: ${words('intent.track_parcel', 'en')}`)).first().waitFor();
    await picture(ada, '1-own-language');
  });

  test('a suggestion by the rules is used by one key; what was sent can be taken back for five seconds and has surely not gone out', async () => {
    await buyer.write('¿Y dónde está mi pedido AC-100001?');
    await ada.locator('.suggestion-text', { hasText: 'LP000100012CN' }).waitFor();
    await picture(ada, '2-suggestion');
    expect(await axeFindings(ada)).toEqual([]);
    await leave(ada);
    await ada.keyboard.press('s');
    await until('the suggestion in the field', async () => /LP000100012CN/.test(await ada.inputValue('#compose')));
    const text = await ada.inputValue('#compose');
    expect(text).toMatch(/paquete|aduana/i);
    await ada.locator('#compose:focus').waitFor();
    await ada.keyboard.press('Enter');
    await ada.locator('.is-held .undo').waitFor();
    await picture(ada, '3-held');
    await leave(ada);
    await ada.keyboard.press('z');
    await until('the line back in the field', async () => (await ada.inputValue('#compose')) === text);
    await ada.locator('.is-held').waitFor({ state: 'detached' });
    await ada.locator('#compose').focus();
    await ada.keyboard.press('Enter');
    await buyer.bubbles.getByText('LP000100012CN').first().waitFor();
    // Taken back once and sent once: the buyer reads it once.
    expect((await buyer.texts()).filter((one) => one.includes('LP000100012CN'))).toHaveLength(1);
    await ada.locator('.from-agent:not(.is-held)').waitFor();
  });

  test('each side sees the other write and read', async () => {
    await ada.locator('.seen', { hasText: 'Seen' }).waitFor();
    await buyer.input.pressSequentially('Gra');
    await ada.locator('.typing', { hasText: 'is writing' }).waitFor();
    await buyer.input.fill('');
    await buyer.write('Gracias');
    await buyer.widget.getByText(words('widget.seen', 'es')).waitFor();
    await ada.locator('#compose').pressSequentially('De nada');
    await buyer.widget.locator('.typing').waitFor();
    await ada.locator('#compose').fill('');
  });

  test('an order is cancelled by a form with the bot’s questions, plan and rules; the buyer reads it in her language', async () => {
    await leave(ada);
    await ada.keyboard.press('a');
    await ada.locator('#pick').fill('cancel');
    await ada.keyboard.press('Enter');
    const form = ada.locator('.form-window');
    await form.locator('.form-step').waitFor();
    await until('a question or a plan', async () => (await form.locator('.form-text').count()) > 0, 10);
    // The order the conversation is about is not asked for again; the reason is, and the keyboard stands on the first one.
    await form.locator('.form-choices .button:first-child:focus').waitFor();
    await form.getByRole('button', { name: 'I no longer need it' }).press('Enter');
    await form.locator('.is-plan:focus').waitFor();
    expect(await form.locator('.is-plan').innerText()).toContain('AC-100002');
    await picture(ada, '4-plan');
    expect(await axeFindings(ada)).toEqual([]);
    await form.getByRole('button', { name: 'Do this' }).click();
    await form.getByText('Done. The customer has been told.').waitFor();
    await form.getByRole('button', { name: 'Close window' }).last().click();
    await buyer.bubbles.getByText('Ada ha hecho esto por ti').waitFor();
    await ada.locator('.order', { hasText: 'AC-100002' }).locator('.state-cancelled').waitFor();
  });

  test('goods are sent back by a form begun at the order, and the merchant’s word on the return is given beside it', async () => {
    const order = ada.locator('.order', { hasText: 'AC-100003' });
    await order.locator('summary').first().click();
    await order.locator('.order-actions select').selectOption('return-item');
    const form = ada.locator('.form-window');
    // Which piece, why, and whatever else the rules want to know: the first choice each time, as fast as the form asks.
    for (let n = 0; n < 6; n += 1) {
      await form.locator('.form-step:not([aria-busy="true"]) .form-text').waitFor();
      if (await form.locator('.is-plan').count() > 0) break;
      const mind = form.getByRole('button', { name: 'I changed my mind' });
      await ((await mind.count()) > 0 ? mind : form.locator('.form-choices .button').first()).click();
      await form.locator('.form-trail li').nth(n).waitFor();
    }
    await picture(ada, '4-return-plan');
    await form.getByRole('button', { name: 'Do this' }).click();
    await form.getByText('Done. The customer has been told.').waitFor();
    await form.getByRole('button', { name: 'Close window' }).last().click();
    await buyer.bubbles.getByText(/RMA-\w+/).first().waitFor();
    await order.getByRole('button', { name: /^Decide return RMA-/ }).click();
    await ada.getByLabel('Goods are here').check();
    expect(await axeFindings(ada)).toEqual([]);
    await picture(ada, '4-decide');
    await ada.getByRole('button', { name: 'Decide so' }).click();
    await order.getByText('Received').waitFor();
  });

  test('a colleague is called in a note and finds it; labels file the conversation and filter the list', async () => {
    const { link } = await ada.evaluate<{ link: string }>(`fetch('/desk/api/invites', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'ben@example.com', role: 'agent' }) }).then((answer) => answer.json())`);
    ben = await joinDesk(browser, link, 'Ben Okafor', 'ben@example.com', errors);
    await leave(ada);
    await ada.keyboard.press('n');
    await ada.locator('#compose:focus').waitFor();
    await ada.keyboard.type('Please ask the carrier, @ben');
    await ada.locator('.called').getByRole('button', { name: 'Ben Okafor' }).click();
    await ada.keyboard.press('Enter');
    await ada.locator('.from-note .bubble', { hasText: '@Ben Okafor' }).waitFor();
    await ben.getByRole('link', { name: /Mentions/ }).click();
    await ben.locator('.mention.is-new', { hasText: 'ask the carrier' }).waitFor();
    await picture(ben, '5-mentions');
    expect(await axeFindings(ben)).toEqual([]);
    await ben.locator('.mention').click();
    await ben.locator('.from-note', { hasText: 'ask the carrier' }).waitFor();
    await leave(ben);
    await ben.keyboard.press('l');
    await ben.locator('#add-label:focus').waitFor();
    await ben.keyboard.type('Carrier');
    await ben.keyboard.press('Enter');
    await ada.locator('.label', { hasText: 'Carrier' }).waitFor();
    await ben.getByRole('link', { name: 'All', exact: true }).click();
    await ben.locator('.label-filter select').selectOption('Carrier');
    await until('one row', async () => (await ben.locator('.queue .row').count()) === 1);
  });

  test('a macro asks what it needs, says what is missing, and does what follows once it has gone out', async () => {
    await ben.getByRole('link', { name: 'Saved replies' }).click();
    await ben.getByRole('button', { name: 'New reply' }).click();
    await ben.getByLabel('Title').fill('Carrier asked');
    await ben.locator('.editor select').first().selectOption('es');
    await ben.getByLabel('Text in this language').fill('Hola {{customer.first_name}}, hemos preguntado por {{order.number}} a {{input.who}}.');
    await ben.locator('.editor summary').click();
    await ben.getByLabel('Asked before use').fill('who: Carrier = DHL | Correos');
    await ben.getByLabel('Labels to add').fill('Asked');
    await picture(ben, '6-editor');
    expect(await axeFindings(ben)).toEqual([]);
    await ben.getByRole('button', { name: 'Save' }).click();
    await ben.locator('.saved-reply', { hasText: 'Carrier asked' }).waitFor();
    await leave(ada);
    await ada.keyboard.press('m');
    await ada.locator('.pick', { hasText: 'Carrier asked' }).click();
    await ada.locator('.window .failure', { hasText: 'Carrier' }).waitFor();
    await ada.locator('.window').getByLabel('Order').selectOption('AC-100001');
    await ada.locator('.window').getByLabel('Carrier').selectOption('Correos');
    await ada.locator('.window .is-plan', { hasText: 'Hola Anna, hemos preguntado por AC-100001 a Correos.' }).waitFor();
    await picture(ada, '7-macro');
    await ada.locator('.window').getByRole('button', { name: 'Use' }).click();
    await ada.locator('#compose:focus').waitFor();
    await ada.keyboard.press('Enter');
    await buyer.bubbles.getByText('hemos preguntado por AC-100001 a Correos').waitFor();
    await ada.locator('.label', { hasText: 'Asked' }).waitFor();
  });

  test('everything is found from everywhere; the keys are listed; the conversation can be kept', async () => {
    await leave(ada);
    await ada.keyboard.press('/');
    await ada.locator('#search').fill('AC-100003');
    await ada.locator('.hit', { hasText: 'AC-100003' }).first().waitFor();
    await ada.locator('#search').fill('Correos');
    await ada.locator('.hit', { hasText: 'hemos preguntado' }).waitFor();
    await ada.locator('#search').fill('ASK THE CARRIER');
    await ada.locator('.hit', { hasText: 'Please ask the carrier, @Ben Okafor' }).waitFor();
    await ada.locator('#search').fill('wang');
    await ada.locator('.hit', { hasText: 'wang@example.com' }).waitFor();
    await picture(ada, '8-search');
    expect(await axeFindings(ada)).toEqual([]);
    await ada.keyboard.press('Escape');
    await leave(ada);
    await ada.keyboard.press('?');
    await ada.locator('.shortcuts .keys').waitFor();
    await picture(ada, '9-keys');
    await ada.keyboard.press('Escape');
    const [file] = await Promise.all([ada.waitForEvent('download'), ada.getByRole('link', { name: 'As text' }).click()]);
    expect(file.suggestedFilename()).toMatch(/^transcript-.*\.txt$/);
    expect(errors).toEqual([]);
  });
});
