import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { contentHash, readIntents } from '../../src/classifiers/intents-folder.js';
import { loadModel, openModel, saveModel } from '../../src/classifiers/model.js';
import { smallFolder } from './sentences.js';

let folder = '';
const fill = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
};
const good = (intent: string): string => `intent: ${intent}\ngroup: orders\nflow: none\ndescription:\n  en: "x"\nexamples:\n  en:\n    - "one"\n`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intents-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

// Training shares the machine with other tests.
jest.setTimeout(60_000);

describe('a merchant who writes intents', () => {
  test('gets them read in the order of their names', async () => {
    await fill(smallFolder());
    const definitions = await readIntents(folder);
    expect(definitions.map(({ intent }) => intent)).toEqual(['address', 'cancel', 'out_of_scope', 'refund', 'track']);
  });

  test.each([
    ['a sentence that is a number', 'cancel.yaml', good('cancel').replace('"one"', '1042'), ['cancel.yaml', 'examples.en.0']],
    ['a group that is none', 'cancel.yaml', good('cancel').replace('orders', 'things'), ['cancel.yaml', 'group']],
    ['a name that is not the file’s', 'cancel.yaml', good('track'), ['cancel.yaml', 'intent']],
    ['a field that is unknown', 'cancel.yaml', `${good('cancel')}colour: red\n`, ['cancel.yaml', 'colour']],
    ['a missing field', 'cancel.yaml', good('cancel').replace('flow: none\n', ''), ['cancel.yaml', 'flow']],
    ['a language tag that is none', 'cancel.yaml', good('cancel').replace('examples:\n  en', 'examples:\n  English'), ['cancel.yaml', 'examples.English']],
    ['text that is not YAML', 'cancel.yaml', 'intent: [', ['cancel.yaml']],
  ])('is told the file and the field of %s', async (_, file, text, named) => {
    await fill({ [file]: text });
    const fault = await readIntents(folder).then(() => undefined, (error: unknown) => error);
    expect(fault).toMatchObject({ code: 'intents.invalid' });
    for (const part of named) expect(String(fault)).toContain(part);
  });

  test('is told all mistakes at once', async () => {
    await fill({ 'a.yaml': good('b'), 'c.yaml': good('c').replace('orders', 'x') });
    await expect(readIntents(folder)).rejects.toThrow(/a\.yaml[\s\S]*c\.yaml/);
  });

  test('is told when there is no folder, and when it is empty', async () => {
    await expect(readIntents(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'intents.invalid' });
    await expect(readIntents(folder)).rejects.toMatchObject({ code: 'intents.invalid' });
  });
});

describe('a shop that starts again', () => {
  test('loads the model it trained before, and trains anew only when a sentence has changed', async () => {
    await fill(smallFolder());
    const cacheFolder = join(folder, 'cache');
    const first = await openModel({ intentsFolder: folder, cacheFolder });
    const second = await openModel({ intentsFolder: folder, cacheFolder });
    expect([first.isFresh, second.isFresh]).toEqual([true, false]);
    expect(Buffer.compare(saveModel(second.model), saveModel(first.model))).toBe(0);

    await fill({ 'cancel.yaml': (smallFolder()['cancel.yaml'] ?? '').replace('cancel my order', 'call my order off') });
    const third = await openModel({ intentsFolder: folder, cacheFolder });
    expect(third.isFresh).toBe(true);
    expect(third.contentHash).not.toBe(first.contentHash);
  });

  test('trains anew over a damaged model instead of failing its customers', async () => {
    await fill(smallFolder());
    const cacheFolder = join(folder, 'cache');
    await openModel({ intentsFolder: folder, cacheFolder });
    const file = (await readdir(cacheFolder)).find((name) => name.endsWith('.model'));
    await writeFile(join(cacheFolder, file ?? ''), 'half a mod');
    expect((await openModel({ intentsFolder: folder, cacheFolder })).isFresh).toBe(true);
    expect((await openModel({ intentsFolder: folder, cacheFolder })).isFresh).toBe(false);
  });

  test('takes thresholds from the file beside the intents, without training for them', async () => {
    await fill(smallFolder());
    const cacheFolder = join(folder, 'cache');
    await openModel({ intentsFolder: folder, cacheFolder });
    const thresholds = { en: { reject: 5, sure: 6, slope: 1, offset: 0 } };
    await fill({ 'thresholds.json': JSON.stringify(thresholds) });
    const opened = await openModel({ intentsFolder: folder, cacheFolder });
    expect(opened.isFresh).toBe(false);
    expect(opened.model.linear.thresholds).toEqual(thresholds);
    await fill({ 'thresholds.json': '{"en": 1}' });
    await expect(openModel({ intentsFolder: folder, cacheFolder })).rejects.toMatchObject({ code: 'intents.invalid' });
  });

  test('what the same bytes came to is kept: read once, read anew after any change, and where what is kept was damaged', async () => {
    await fill(smallFolder());
    const cacheFolder = join(folder, 'cache');
    const kept = async (): Promise<string[]> => (await readdir(cacheFolder)).filter((name) => name.startsWith('intents-')).toSorted();
    const first = await readIntents(folder, cacheFolder);
    const [name = ''] = await kept();
    expect(await readIntents(folder, cacheFolder)).toEqual(first);
    expect(await kept()).toEqual([name]);
    const held = await readFile(join(cacheFolder, name), 'utf8');
    await writeFile(join(cacheFolder, name), held.replace('cancel', 'cancle'));
    expect(await readIntents(folder, cacheFolder)).toEqual(first);
    expect(await readFile(join(cacheFolder, name), 'utf8')).toBe(held);
    await fill({ 'more.yaml': good('more') });
    expect((await readIntents(folder, cacheFolder)).map(({ intent }) => intent)).toContain('more');
    await fill({ 'more.yaml': 'intent: more' });
    await expect(readIntents(folder, cacheFolder)).rejects.toMatchObject({ code: 'intents.invalid' });
    expect(await kept()).toHaveLength(2);
  });

  test('a cache that cannot be written to takes nothing from a reading', async () => {
    await fill(smallFolder());
    expect(await readIntents(folder, join(folder, 'track.yaml', 'cache'))).toEqual(await readIntents(folder));
  });

  test('a comment in a file changes nothing that is learned', async () => {
    await fill(smallFolder());
    const before = contentHash(await readIntents(folder));
    await fill({ 'track.yaml': `# where is it\n${smallFolder()['track.yaml'] ?? ''}` });
    expect(contentHash(await readIntents(folder))).toBe(before);
  });

  test('a whole model, languages included, survives being saved', async () => {
    await fill(smallFolder());
    const { model } = await openModel({ intentsFolder: folder, cacheFolder: join(folder, 'cache') });
    expect(loadModel(saveModel(model))).toEqual({ ...model, linear: { ...model.linear } });
  });
});
