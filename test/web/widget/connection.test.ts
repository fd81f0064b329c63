import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { buildWeb, handsOn, launchBrowser, startStage, visit, type Stage } from './stage.js';

jest.setTimeout(60_000);

let web: Awaited<ReturnType<typeof buildWeb>>;
let browser: Browser;
let stage: Stage;

beforeAll(async () => {
  [web, browser] = await Promise.all([buildWeb(), launchBrowser()]);
  stage = await startStage(web.folder);
});
afterEach(() => {
  Object.assign(stage.trouble, { failPosts: 0, loseAnswers: 0, areSocketsBarred: false, isDown: false });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await web?.remove();
});

test('sockets cut in the middle of a talk lose nothing and double nothing', async () => {
  const { open, write, reads, context } = await visit(browser, stage.base);
  await open();
  await write('start');
  await reads(['start', 'bot: start']);
  const expected = ['start', 'bot: start'];
  for (let round = 1; round <= 3; round += 1) {
    await stage.say({ text: `before ${round}` });
    stage.cutSockets();
    await Promise.all([stage.say({ text: `while down ${round}` }), write(`mine ${round}`)]);
    expected.push(`before ${round}`, `while down ${round}`, `mine ${round}`, `bot: mine ${round}`);
  }
  await stage.say({ text: 'end' });
  // Who was first while the line was down is the server's to say; that all is there once is ours.
  await handsOn(context.pages()[0]!).hears('end');
  const read = await handsOn(context.pages()[0]!).texts();
  expect([...read].sort()).toEqual([...expected, 'end'].sort());
  const lines = await stage.log.store.readLog(stage.log.accepted.at(-1)?.conversationId ?? '', 0, 100);
  expect(read).toEqual(lines.map(({ text }) => text));
  await context.close();
});

test('a line that comes again under another number, as after a loss of memory, is not shown again', async () => {
  const { open, write, reads, context } = await visit(browser, stage.base);
  await open();
  await write('start');
  await stage.say({ id: 'turn-9.r', text: 'said once' });
  await reads(['start', 'bot: start', 'said once']);
  await stage.say({ id: 'turn-9.r', text: 'said once' });
  await stage.say({ text: 'and then this' });
  await reads(['start', 'bot: start', 'said once', 'and then this']);
  await context.close();
});

test('where sockets do not get through, the conversation goes on by asking', async () => {
  stage.trouble.areSocketsBarred = true;
  const { open, write, reads, context } = await visit(browser, stage.base);
  await open();
  await write('no sockets');
  await reads(['no sockets', 'bot: no sockets']);
  await stage.say({ text: 'still here' });
  await reads(['no sockets', 'bot: no sockets', 'still here']);
  await context.close();
});

test('a post whose answer got lost is sent again under the same id and taken once', async () => {
  const { open, write, reads, context } = await visit(browser, stage.base);
  await open();
  stage.trouble.loseAnswers = 1;
  const before = stage.posts.length;
  await write('once only');
  await reads(['once only', 'bot: once only']);
  await stage.say({ text: 'done' });
  await reads(['once only', 'bot: once only', 'done']);
  expect(stage.log.accepted.filter(({ text }) => text === 'once only')).toHaveLength(1);
  expect(stage.posts.length).toBeGreaterThan(before);
  await context.close();
});

test('a message that cannot be sent says so, and "Try again" sends the very same', async () => {
  const { open, write, widget, reads, page, context } = await visit(browser, stage.base);
  await open();
  stage.trouble.failPosts = 3;
  const ids: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/activities')) ids.push((request.postDataJSON() as { channelData: { clientActivityID: string } }).channelData.clientActivityID);
  });
  await write('important');
  await widget.getByText('Not sent.').waitFor();
  await widget.getByRole('button', { name: 'Try again' }).click();
  await reads(['important', 'bot: important']);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(1);
  await context.close();
});

test('a message that was not sent is still there after a reload, and goes out when the line is back', async () => {
  const { open, write, widget, reads, page, context } = await visit(browser, stage.base);
  await open();
  await write('first');
  await reads(['first', 'bot: first']);
  stage.trouble.failPosts = 3;
  await write('second');
  await widget.getByText('Not sent.').waitFor();
  await page.reload();
  await reads(['first', 'bot: first', 'second', 'bot: second']);
  expect(stage.log.accepted.filter(({ text }) => text === 'second')).toHaveLength(1);
  await context.close();
});

test('offline, the customer is told; back online, what they wrote is sent', async () => {
  const { open, write, widget, reads, context } = await visit(browser, stage.base);
  await open();
  await write('hello');
  await reads(['hello', 'bot: hello']);
  await context.setOffline(true);
  await widget.getByText('You are offline').waitFor();
  await write('written offline');
  await widget.getByText('Not sent.').waitFor();
  await context.setOffline(false);
  await reads(['hello', 'bot: hello', 'written offline', 'bot: written offline']);
  await widget.getByText('You are offline').waitFor({ state: 'detached' });
  await context.close();
});

test('the server being away is shown, and forgotten when it is back', async () => {
  const { open, write, widget, reads, context } = await visit(browser, stage.base);
  await open();
  await write('hello');
  await reads(['hello', 'bot: hello']);
  stage.trouble.isDown = true;
  stage.cutSockets();
  await widget.getByText('Connection lost').waitFor();
  stage.trouble.isDown = false;
  await stage.say({ text: 'said meanwhile' });
  await widget.getByRole('button', { name: 'Try again' }).click();
  await reads(['hello', 'bot: hello', 'said meanwhile']);
  await widget.getByText('Connection lost').waitFor({ state: 'detached' });
  await context.close();
});

test('the conversation is there after a reload and on the next page, also when the token has expired meanwhile', async () => {
  const { open, write, reads, page, context } = await visit(browser, stage.base);
  await open();
  await write('remember me');
  await reads(['remember me', 'bot: remember me']);
  const conversation = stage.log.accepted.at(-1)?.conversationId;
  await page.reload();
  await reads(['remember me', 'bot: remember me']);
  stage.advance(2 * 3_600_000);
  await page.reload();
  await reads(['remember me', 'bot: remember me']);
  await write('again');
  await reads(['remember me', 'bot: remember me', 'again', 'bot: again']);
  expect(stage.log.accepted.at(-1)?.conversationId).toBe(conversation);
  stage.advance(40 * 24 * 3_600_000);
  await page.reload();
  await write('much later');
  await reads(['much later', 'bot: much later']);
  expect(stage.log.accepted.at(-1)?.conversationId).not.toBe(conversation);
  await context.close();
});

test('closed, it counts what is new, and says nothing is new once it was looked at', async () => {
  const { open, write, reads, widget, page, context } = await visit(browser, stage.base);
  await open();
  await write('hello');
  await reads(['hello', 'bot: hello']);
  await page.keyboard.press('Escape');
  await stage.say({ text: 'one' });
  await stage.say({ text: 'two' });
  await widget.getByRole('button', { name: 'Open support chat, new messages: 2' }).waitFor();
  await page.reload();
  await widget.getByRole('button', { name: 'Open support chat, new messages: 2' }).click();
  await reads(['hello', 'bot: hello', 'one', 'two']);
  await page.keyboard.press('Escape');
  await widget.getByRole('button', { name: 'Open support chat', exact: true }).waitFor();
  expect(await page.title()).toMatch(/^Lumavela/);
  await context.close();
});

test('two tabs show the same talk', async () => {
  const first = await visit(browser, stage.base);
  await first.open();
  await first.write('from the first');
  await first.reads(['from the first', 'bot: from the first']);
  const page = await first.context.newPage();
  await page.goto(stage.base);
  const second = handsOn(page);
  await second.open();
  await second.reads(['from the first', 'bot: from the first']);
  await second.write('from the second');
  const all = ['from the first', 'bot: from the first', 'from the second', 'bot: from the second'];
  await second.reads(all);
  await first.reads(all);
  await first.context.close();
});

test('a page that only shows the launcher starts no conversation and keeps nothing', async () => {
  const calls: string[] = [];
  const { page, widget, context } = await visit(browser, stage.base);
  page.on('request', (request) => calls.push(request.url()));
  await page.reload();
  await widget.locator('.launcher').waitFor();
  await page.waitForLoadState('networkidle');
  expect(calls.filter((url) => /token|directline/.test(url))).toEqual([]);
  expect(await page.evaluate('localStorage.length')).toBe(0);
  await context.close();
});
