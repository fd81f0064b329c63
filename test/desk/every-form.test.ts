import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { flows } from '../../src/flows/index.js';
import { createWorkbench } from '../../src/runtime/workbench.js';
import { aCore, aTalk, type Talk } from '../support/a-core.js';
import { at, serveDesk, type Caller, type DeskServer } from './support.js';

// The first core of a file may train the model before anybody says a word.
jest.setTimeout(60_000);

let core: Awaited<ReturnType<typeof aCore>>;
let talk: Talk;
let desk: DeskServer;
let ada: Caller;
beforeAll(async () => {
  core = await aCore();
  talk = await aTalk(core);
  const { records, store, files, clock, texts, policy, shop } = core;
  desk = await serveDesk({ isRealTime: true, parts: { records, store, files, clock, texts, policy, shop: shop.reader, shopWriter: shop.writer, work: createWorkbench(core), act: (act) => talk.runtime.act(act) } });
  ada = await desk.seated('Ada', 'admin');
  await talk.says('Where is my order AC-100003?', { identity: 'cus-0001' });
  await ada.call('POST', at(talk.id, '/acts'), { id: 'take-0001', act: 'take' });
  await talk.runtime.settled(talk.id);
});
afterAll(async () => {
  await desk?.close();
  await talk?.end();
});

const actions = flows.filter(({ kind }) => kind === 'action').map(({ id }) => id).sort();

describe('everything the bot can do is a form at the desk', () => {
  test('by a name of its own, in every language', async () => {
    for (const locale of core.texts.locales) {
      const { forms } = (await ada.call('GET', `/forms?locale=${locale}`)).json as unknown as { forms: { flow: string; title: string }[] };
      expect([locale, forms.map(({ flow }) => flow).sort()]).toEqual([locale, actions]);
      const titles = forms.map(({ title }) => title);
      expect([locale, titles.filter((title) => title.trim() === '' || /_|\{|\bundefined\b/u.test(title))]).toEqual([locale, []]);
      expect([locale, titles.filter((title, index) => titles.indexOf(title) !== index)]).toEqual([locale, []]);
    }
  });

  test.each(actions)('%s begins with a question, a plan or a no with its reason, in the agent’s language', async (flow) => {
    const { status, json } = await ada.call('POST', at(talk.id, '/form'), { locale: 'de', flow, answers: [] });
    expect(status).toBe(200);
    const step = json['step'] as { readonly kind: string; readonly flow: string; readonly text: string; readonly title: string };
    expect(step.title).not.toContain('_');
    expect(['ask', 'plan', 'told']).toContain(step.kind);
    expect(step.text.trim()).not.toBe('');
    expect((await core.records.actions.ofConversation(talk.id))).toEqual([]);
  });
});
