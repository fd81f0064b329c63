import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { dataFolder, root, serveProcess, until, type ServedProcess } from '../support/served.js';
import { joinAsAdmin, type DeskAgent } from './agent.js';
import { createBuyer } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(120_000);

interface Definition { examples: Record<string, string[]> }
interface Training {
  readonly clusters: readonly { readonly locale: string; readonly sentences: readonly { readonly id: string; readonly text: string; readonly count: number }[] }[];
  readonly waiting: readonly { readonly text: string; readonly intent: string }[];
  readonly state: { readonly busy: object | null; readonly failed: string | null; readonly current: string | null; readonly canRollBack: boolean; readonly cards: readonly { readonly id: string; readonly outcome: string }[] };
}

let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
let other: ServedProcess;
let ada: DeskAgent;
let intents: string;

/** So many sentences of each intent nothing is learned from. */
const HELD_BACK = 30;
const shipped = (intent: string): string[] => (parse(readFileSync(join(root, 'intents', `${intent}.yaml`), 'utf8')) as Definition).examples['en'] ?? [];

/** A folder of intents of the shop's own: English alone, so that learning it is quick, and nearly all of it, so that three sentences more change no figure by chance; with texts of its own to measure by. */
function ownIntents(): string {
  const path = join(folder.path, 'own-intents');
  cpSync(join(root, 'intents'), path, { recursive: true });
  for (const file of readdirSync(path).filter((name) => name.endsWith('.yaml'))) {
    const definition = parse(readFileSync(join(path, file), 'utf8')) as Definition;
    definition.examples = { en: (definition.examples['en'] ?? []).slice(0, -HELD_BACK) };
    writeFileSync(join(path, file), stringify(definition, { lineWidth: 0 }));
  }
  mkdirSync(join(path, 'check'));
  writeFileSync(join(path, 'check', 'en.tsv'), 'text\tintent\nhow would I put this on a wish list\thowto_wishlist\nwhat do bananas cost in Peru\tout_of_scope\n');
  return path;
}

beforeAll(async () => {
  folder = dataFolder();
  intents = ownIntents();
  server = await serveProcess(folder.path, { INTENTS_DIR: intents });
  other = await serveProcess(folder.path, { INTENTS_DIR: intents });
  ada = await joinAsAdmin(server.url, await until('the admin link', () => server.adminLink()));
});
afterAll(async () => {
  ada?.leave();
  await Promise.all([server?.stop(), other?.stop()]);
  folder?.remove();
});

const training = async (): Promise<Training> => (await ada.call('GET', '/training?locale=en')).json as unknown as Training;
const finished = (): Promise<Training> => until('the model to be learned', async () => {
  const one = await training();
  return one.state.busy === null ? one : undefined;
}, 60);
const asked = ['Is the flumbergast whizzled already for AC-104233?', 'flumbergast whizzled?', 'has my flumbergast been whizzled, I am zed@example.org'];
const source = (): string => readFileSync(join(intents, 'howto_wishlist.yaml'), 'utf8');

describe('a message that was not understood', () => {
  test('is shown at the desk without what tells of its writer, beside those that are like it', async () => {
    for (const text of asked) {
      const buyer = await createBuyer(server.url);
      expect((await buyer.ask(text)).text).not.toContain('Save favourites');
      await buyer.leave();
    }
    const clusters = await until('the messages at the desk', async () => {
      const found = (await training()).clusters.filter(({ sentences }) => sentences.some(({ text }) => /flumbergast/iu.test(text)));
      return found.flatMap(({ sentences }) => sentences).length === asked.length ? found : undefined;
    });
    expect(clusters).toHaveLength(1);
    const shown = JSON.stringify(clusters);
    for (const secret of ['104233', 'zed@']) expect(shown).not.toContain(secret);
  });

  test('once taught by one click is learned while the service runs, without a message lost, and understood; its sentences stand in the files', async () => {
    const before = source();
    const cluster = (await training()).clusters.find(({ sentences }) => sentences.some(({ text }) => /flumbergast/iu.test(text)));
    const sentences = cluster?.sentences.map(({ id, text }) => ({ id, text, locale: 'en' })) ?? [];
    expect(await ada.call('POST', '/training/teach', { sentences, intent: 'howto_wishlist' })).toMatchObject({ status: 200 });
    expect((await training()).waiting.map(({ intent }) => intent)).toEqual(['howto_wishlist', 'howto_wishlist', 'howto_wishlist']);
    expect((await ada.call('GET', '/training/diff')).text).toMatch(/^--- a\/intents\/howto_wishlist\.yaml\n[^]*\n\+ {4}- "/u);

    const talker = await createBuyer(server.url);
    expect(await ada.call('POST', '/training/learn', {})).toMatchObject({ status: 202 });
    expect(await ada.call('POST', '/training/learn', {})).toMatchObject({ status: 409 });
    let sent = 0;
    let isBusy = true;
    let meanwhile = 0;
    do {
      expect((await talker.say('Are you a bot?')).status).toBe(200);
      sent += 1;
      await talker.hearsCount(sent);
      isBusy = (await training()).state.busy !== null;
      if (isBusy) meanwhile += 1;
      await pause(300);
    } while (isBusy);
    // Asked and answered while it was being learned, not only after.
    expect(meanwhile).toBeGreaterThan(0);
    expect(talker.heard().filter((text) => text.includes(words('bot.yes')))).toHaveLength(sent);
    expect((await training()).state).toMatchObject({ failed: null, cards: [{ outcome: 'released', gate: { objections: [] } }] });
    expect((await talker.ask('is the flumbergast whizzled')).text).toContain('Save favourites');
    await talker.leave();
    // Nobody tells the other node; it finds the release in the records.
    await until('the other node to follow', () => other.logged('relearn.followed').length === 1, 40);
    const elsewhere = await createBuyer(other.url);
    expect((await elsewhere.ask('is the flumbergast whizzled')).text).toContain('Save favourites');
    await elsewhere.leave();

    const { state, waiting } = await finished();
    expect(state).toMatchObject({ failed: null, canRollBack: true, cards: [{ id: state.current, outcome: 'released' }] });
    expect(waiting).toEqual([]);
    expect(source().split('\n')).toHaveLength(before.split('\n').length + asked.length);
    expect((await ada.call('GET', `/training/cards/${state.current}/md`)).text).toContain('| howto_wishlist | en | 3 |');
    const card = (await ada.call('GET', `/training/cards/${state.current}/json`)).json;
    expect(card).toMatchObject({ outcome: 'released', by: { name: 'Ada' }, gate: { passes: true }, figures: { before: { en: expect.any(Object) }, after: { en: expect.any(Object) } } });
    expect(readdirSync(join(folder.path, 'models'))).toContain(`${state.current}.md`);
  });

  test('goes back to what it was by one click; what was taught waits again, and the way there was written down', async () => {
    expect(await ada.call('POST', '/training/roll-back', {})).toMatchObject({ status: 200 });
    const buyer = await createBuyer(server.url);
    expect((await buyer.ask('is the flumbergast whizzled')).text).not.toContain('Save favourites');
    await buyer.leave();
    const { state, waiting } = await training();
    expect(state).toMatchObject({ current: null, canRollBack: false });
    expect(waiting).toHaveLength(asked.length);
    expect(source()).not.toContain('flumbergast');
    expect(await ada.call('POST', '/training/roll-back', {})).toMatchObject({ status: 409 });
  });

  test('the other node goes back with it', async () => {
    await until('the other node to go back', () => other.logged('relearn.followed').length === 2, 30);
    expect(other.logged('relearn.failed')).toEqual([]);
    const buyer = await createBuyer(other.url);
    expect((await buyer.ask('is the flumbergast whizzled')).text).not.toContain('Save favourites');
    await buyer.leave();
  });

  test('a model that understands less is refused: the service goes on with the one it has, and the files are as they were', async () => {
    // Of all intents, sentences nothing was learned from, all taught as one: enough to show in the figures however many texts are measured by.
    const others = readdirSync(intents).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length)).filter((intent) => intent !== 'order_cancel');
    for (const intent of others) {
      const sentences = shipped(intent).slice(-HELD_BACK).map((text, i) => ({ id: `wrong-${intent}-${i}`, text, locale: 'en' }));
      expect(await ada.call('POST', '/training/teach', { sentences, intent: 'order_cancel' })).toMatchObject({ status: 200 });
    }
    const before = readFileSync(join(intents, 'order_cancel.yaml'), 'utf8');
    await ada.call('POST', '/training/learn', {});
    const { state, waiting } = await finished();
    expect(state.cards[0]).toMatchObject({ outcome: 'refused', gate: { passes: false } });
    expect(state).toMatchObject({ current: null });
    expect(waiting.length).toBeGreaterThan(others.length * HELD_BACK);
    expect(readFileSync(join(intents, 'order_cancel.yaml'), 'utf8')).toBe(before);
  });
});
