import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createFakeTrainer, hears } from '../../desk/fake-trainer.js';
import { aTalk } from '../../support/a-core.js';
import { openRealDesk, type Seated } from './real-desk.js';
import { axeFindings } from './stage.js';

jest.setTimeout(600_000);
const [anna, tom] = ['cus-0001', 'cus-0002'];

let stage: Awaited<ReturnType<typeof openRealDesk>>;
let ada: Seated;
let invite = '';
let waiting = '';
let mine = '';
let case_ = '';
beforeAll(async () => {
  stage = await openRealDesk({ training: createFakeTrainer().training });
  ada = await stage.seat('Ada', 'admin');
  await fill();
});
afterAll(async () => stage?.close());

/** Pictures that look like something. */
async function aPicture(colours: string, width: number, height: number): Promise<Buffer> {
  const page = await stage.browser.newPage({ viewport: { width, height } });
  await page.setContent(`<body style="margin:0;height:100vh;background:linear-gradient(135deg,${colours})"></body>`);
  const bytes = await page.screenshot();
  await page.close();
  return bytes;
}

/** A desk in the middle of a day: somebody waits with a dispute and pictures, somebody is talked with, a request, notes, labels, replies, mentions. */
async function fill(): Promise<void> {
  const { core, runtime } = stage;
  const put = async (id: string, fileId: string, bytes: Buffer) => core.files.put(bytes, { conversationId: id, name: `${fileId}.jpg`, type: 'image/jpeg', at: core.clock.now(), fileId });
  const earlier = await aTalk(core, 'earlier', runtime);
  await earlier.says('Where is my order AC-100001?', { identity: anna });
  const first = await aTalk(core, 'waiting', runtime);
  waiting = first.id;
  await put(first.id, 'shade', await aPicture('#8a5a2b,#f3d9b1', 640, 480));
  await put(first.id, 'box', await aPicture('#3b5b8a,#dfe8f5', 480, 640));
  await first.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
  for (const words of ['Submit it to the platform', 'the glass is cracked and the shop does not write back, I want my money']) await first.says(words);
  await first.says('here they are', { files: ['shade', 'box'] });
  for (const words of ['the goods beside the page or order', 'yes']) await first.says(words);
  await first.says('I want to talk to a person');
  case_ = (await core.records.cases.ofCustomer(anna)).at(-1)?.number ?? '';

  const talk = await aTalk(core, 'mine', runtime);
  mine = talk.id;
  await talk.says('¿Dónde está mi pedido AC-100007?', { identity: tom });
  await talk.says('¿Puedo devolverlo? No me queda bien.');
  await talk.says('Quiero hablar con una persona, por favor');
  await runtime.act({ kind: 'agent-act', id: 'take', conversationId: mine, at: core.clock.now(), agent: { id: 'ada', name: 'Ada' }, act: 'take' });
  await runtime.settled(mine);
  await put(mine, 'etiqueta', await aPicture('#2b6a4a,#e3f5ea', 400, 300));
  await runtime.act({ kind: 'agent-act', id: 'say', conversationId: mine, at: core.clock.now(), agent: { id: 'ada', name: 'Ada' }, act: 'say', text: 'Hola, lo miro ahora mismo. La etiqueta va en la parte de arriba de la caja, así:', files: [{ fileId: 'etiqueta', name: 'etiqueta.jpg', type: 'image/jpeg', size: 10 }] });
  await runtime.settled(mine);
  await talk.says('Gracias. ¿Dónde está mi pedido AC-100007?');
  const ben = await stage.seat('Ben Okafor');
  const at = (id: string, more: string) => `/conversation/${encodeURIComponent(id)}${more}`;
  const done = async (answer: ReturnType<Seated['call']>): Promise<Readonly<Record<string, unknown>>> => {
    const { status, json } = await answer;
    expect([status, JSON.stringify(json)]).toEqual([200, expect.any(String)]);
    return json;
  };
  await done(ben.call('POST', at(mine, '/acts'), { id: 'note-0001', act: 'note', text: 'The carrier asked for the invoice on Friday, @Ada – I sent it to them.' }));
  await done(ben.call('POST', at(mine, '/labels'), { label: 'Carrier' }));
  await done(ben.call('POST', '/replies', { id: 'reply-0001', title: 'Carrier asked', texts: { es: 'Hola {{customer.first_name}}, hemos preguntado por {{order.number}} a {{input.who}}.', en: 'Hello {{customer.first_name}}, we asked {{input.who}} about {{order.number}}.' }, inputs: [{ name: 'who', label: 'Carrier', options: ['DHL', 'Correos'] }], after: { labels: ['Asked'] } }));
  await done(ben.call('POST', '/approvals', { id: 'ask-00001', note: 'A customer for ten years', request: { kind: 'refund', case: case_, amount: 3000 } }));
  invite = String((await done(ada.call('POST', '/invites', { email: 'new@example.com', role: 'agent' })))['link']).replace(/^.*#/u, '#');
  for (const text of ['how can i get a gift wrap', 'gift wrap for AC-104233', 'gift wrap??']) await hears(core.records, text, { at: core.clock.now() });
  await hears(core.records, 'هل يوجد تغليف هدايا للطلب', { locale: 'ar', at: core.clock.now() });
}

type Way = readonly [theme: 'light' | 'dark', locale: string, width: number];
/** Each two of theme, direction and width meet in one of them; DESK_SHOTS looks at all eight. */
const some: readonly Way[] = [['light', 'en-GB', 1440], ['dark', 'en-GB', 360], ['dark', 'ar', 1440], ['light', 'ar', 360]];
const rest: readonly Way[] = [['dark', 'en-GB', 1440], ['light', 'en-GB', 360], ['light', 'ar', 1440], ['dark', 'ar', 360]];
const shots = process.env['DESK_SHOTS'];

/** Words in buttons, heads and links that do not fit where they stand. */
const cutOff = `[...document.querySelectorAll('button, h1, h2, h3, dt, label, a, summary, th')].filter((one) => {
  const style = getComputedStyle(one);
  return one.offsetParent !== null && style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && !one.classList.contains('hidden') && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 120))`;

interface Look {
  readonly name: string;
  readonly hash: () => string;
  /** Anything that is there once the page is. */
  readonly there: string;
  /** What is done on the page before it is looked at. */
  readonly doing?: (page: Page, way: Way) => Promise<void>;
  readonly isOut?: boolean;
}
const c = (id: string): string => `#/c/${encodeURIComponent(id)}`;
const key = (one: string) => async (page: Page): Promise<void> => page.keyboard.press(one);
async function details(page: Page, [, , width]: Way): Promise<void> {
  if (width < 1000 && await page.locator('.side.is-open').count() === 0) await page.locator('[aria-controls=side]').click();
  await page.locator('#side .order').first().waitFor();
}

const looks: readonly Look[] = [
  { name: 'sign-in', hash: () => '', there: '#email', isOut: true },
  { name: 'join', hash: () => invite, there: '#name', isOut: true },
  { name: 'queue', hash: () => '', there: '.queue .row' },
  { name: 'all', hash: () => '#/all', there: '.label-filter' },
  { name: 'talk-waiting', hash: () => c(waiting), there: '.brief-card' },
  { name: 'talk-mine', hash: () => c(mine), there: '.suggestion' },
  { name: 'talk-side', hash: () => c(waiting), there: '.brief-card', doing: async (page, way) => {
    await details(page, way);
    await page.locator('#side details.order', { hasText: 'AC-100002' }).locator('summary').first().click();
    await page.locator('#side .checks summary').first().click();
    await page.locator('#side .checks li').first().waitFor();
  } },
  { name: 'actions', hash: () => c(mine), there: '#compose', doing: async (page) => {
    await page.keyboard.press('a');
    await page.locator('#pick').waitFor();
  } },
  { name: 'form', hash: () => c(mine), there: '#compose', doing: async (page) => {
    await page.keyboard.press('a');
    await page.locator('.pick').first().click();
    await page.locator('.form-step:not([aria-busy="true"]) .form-text').waitFor();
  } },
  { name: 'pass-on', hash: () => c(mine), there: '#compose', doing: async (page) => {
    await page.keyboard.press('p');
    await page.locator('.picker [role=status]', { hasText: /./u }).waitFor();
  } },
  { name: 'macro', hash: () => c(mine), there: '#compose', doing: async (page) => {
    await page.keyboard.press('m');
    await page.locator('.pick', { hasText: 'Carrier asked' }).click();
    await page.locator('.window .failure', { hasText: /./u }).waitFor();
  } },
  { name: 'decide', hash: () => c(waiting), there: '.brief-card', doing: async (page, way) => {
    await details(page, way);
    const one = page.locator('#side .order', { hasText: 'CS-' }).first();
    await one.locator('summary').first().click();
    await one.locator('button[aria-label*="CS-"]').click();
    await page.locator('dialog[open] input[type=radio]').first().check();
  } },
  { name: 'packing', hash: () => c(waiting), there: '.talk-top', doing: async (page, way) => {
    await details(page, way);
    const one = page.locator('#side details.order', { hasText: 'CS-' }).first();
    if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
    await one.locator('button[aria-label*="AC-100003"]').click();
    await page.locator('.packing-form input[type=file]').setInputFiles([{ name: 'parcel-open-before-closing.png', mimeType: 'image/png', buffer: await aPicture('#7a4f2b,#e9d3b4', 400, 300) }]);
    await page.locator('.packing-photos li').waitFor();
  } },
  { name: 'packed', hash: () => c(waiting), there: '.talk-top', doing: async (page, way) => {
    await details(page, way);
    const one = page.locator('#side details.order', { hasText: 'CS-' }).first();
    if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
    await one.locator('.packing').first().scrollIntoViewIfNeeded();
  } },
  { name: 'viewer', hash: () => c(waiting), there: '.talk-top', doing: async (page) => {
    if (await page.locator('.side.is-open').count() > 0) await page.locator('[aria-controls=side]').click();
    await page.locator('.album .picture').first().click();
    await page.locator('dialog[open] img').waitFor();
  } },
  { name: 'search', hash: () => '', there: '.queue .row', doing: async (page) => {
    await page.keyboard.press('/');
    await page.locator('#search').fill('AC-100003');
    await page.locator('.hit').first().waitFor();
  } },
  { name: 'search-none', hash: () => '', there: '.queue .row', doing: async (page) => {
    await page.keyboard.press('/');
    await page.locator('#search').fill('zzzzzz');
    await page.locator('.search-none', { hasText: /./u }).waitFor();
  } },
  { name: 'keys', hash: () => c(mine), there: '.line', doing: key('?') },
  { name: 'mentions', hash: () => '#/mentions', there: '.mention' },
  { name: 'replies', hash: () => '#/replies', there: '.saved-reply' },
  { name: 'reply-editor', hash: () => '#/replies', there: '.saved-reply', doing: async (page) => {
    await page.locator('.saved-reply button').first().click();
    await page.locator('.editor').waitFor();
    await page.locator('.editor summary').click();
  } },
  { name: 'approvals', hash: () => '#/approvals', there: '.approval' },
  { name: 'people', hash: () => '#/people', there: 'table.team tbody tr' },
  { name: 'people-form', hash: () => '#/people', there: 'table.team tbody tr', doing: async (page) => {
    await page.locator('table.team .people-acts .button').first().click();
    await page.locator('.person-form').waitFor();
  } },
  { name: 'training', hash: () => '#/training', there: '.cluster' },
  { name: 'insights', hash: () => '#/insights', there: '.cards' },
];

test('the brief has a line for each thing asked of it, and beside the talk stand orders with their parcels, cases and past talks, which open', async () => {
  const page = await ada.open(c(waiting));
  const rows = page.locator('.brief-card .facts > div');
  await rows.first().waitFor();
  expect(await page.locator('.brief-card summary').first().innerText()).toContain('Asked for a person');
  expect(await page.locator('.brief-next').innerText()).toMatch(/Next step: \S/u);
  const said = Object.fromEntries((await rows.allInnerTexts()).map((row) => row.split('\n') as [string, string]));
  expect(said).toEqual({
    Who: expect.stringContaining('Anna Kowalska'), Wants: 'Open a dispute', Facts: 'AC-100003', Tried: 'Open a dispute (done)', Promised: expect.stringMatching(new RegExp(`^Case ${case_}, by `, 'u')), Evidence: 'shade.jpg · box.jpg',
  });
  const side = page.locator('#side');
  const order = side.locator('.order', { hasText: 'AC-100003' }).first();
  expect(await order.locator('.parcel a').getAttribute('href')).toMatch(/^https:\/\/.*RB000100030ES/u);
  await order.getByText('Delivered', { exact: true }).first().waitFor();
  expect(await side.locator('.order-number').allInnerTexts()).toEqual(expect.arrayContaining(['AC-100001', 'AC-100002', 'AC-100003', case_]));
  // What is still to be sent has the list of what to see to first; what was noted at packing stands with what was sent.
  const unsent = side.locator('details.order', { hasText: 'AC-100002' }).first();
  await unsent.locator('summary').first().click();
  await unsent.getByText('Before dispatch', { exact: true }).click();
  expect((await unsent.locator('.checks li').allInnerTexts()).join(' ')).toMatch(/Count the pieces: [^]*Try out before packing: [^]*Weigh and measure the parcel/u);
  expect(await order.innerText()).toMatch(/Packed: Packing table 4 · 1840 g · 410 × 260 × 220 mm · Lamp tested, glass wrapped twice/u);
  const earlier = side.locator('.side-part', { hasText: 'Earlier conversations' });
  await earlier.getByText('Where is my order AC-100001?').waitFor();
  await earlier.getByRole('link').first().click();
  await page.locator('.from-customer .bubble', { hasText: 'Where is my order AC-100001?' }).waitFor();
  await page.context().close();
});

test.each(shots === undefined ? some : [...some, ...rest])('every page in %s, %s, %i px wide: nothing axe minds, nothing beside the screen, no text cut off', async (...way) => {
  const [colorScheme, locale, width] = way;
  const only = process.env['DESK_ONLY']?.split(',');
  const found: (readonly [string, unknown])[] = [];
  const options = { colorScheme, locale, viewport: { width, height: width < 1000 ? 780 : 900 }, reducedMotion: 'reduce' } as const;
  const inside = await ada.open('', options);
  for (const { name, hash, there, doing, isOut } of looks) {
    if (only && !only.includes(name)) continue;
    const page = isOut ? await stage.visit(hash(), options) : inside;
    try {
      page.setDefaultTimeout(10_000);
      if (!isOut) await page.evaluate(`for (const one of document.querySelectorAll('dialog[open]')) one.dispatchEvent(new Event('cancel')); document.activeElement?.blur(); location.hash = ${JSON.stringify(hash() || '#/')}`);
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
      await page.locator(there).first().waitFor();
      await doing?.(page, way);
      found.push(...(await axeFindings(page)).map((one) => [name, one] as const));
      const beside = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (beside > 0) found.push([name, `${beside} px beside the screen`]);
      for (const one of await page.evaluate<string[]>(cutOff)) found.push([name, `cut off: ${one}`]);
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${locale.slice(0, 2)}-${width}.png` });
    } catch (error) {
      found.push([name, String(error).slice(0, 400)]);
    }
    if (isOut) await page.context().close();
  }
  await inside.context().close();
  expect(found).toEqual([]);
  expect(stage.errors).toEqual([]);
});
