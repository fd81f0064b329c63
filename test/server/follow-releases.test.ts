import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { followReleases } from '../../src/app/follow-releases.js';
import { stampOf } from '../../src/app/learn.js';
import type { TrainingLabel } from '../../src/ports/training.js';
import { dataFolder } from '../support/served.js';

let folder: ReturnType<typeof dataFolder>;
let stop: (() => Promise<void>) | undefined;
let config: { readonly INTENTS_DIR: string; readonly DATA_DIR: string };
beforeEach(() => {
  folder = dataFolder();
  config = { INTENTS_DIR: join(folder.path, 'intents'), DATA_DIR: folder.path };
  mkdirSync(config.INTENTS_DIR);
  write('hello');
});
afterEach(async () => {
  await stop?.();
  folder.remove();
});

/** Writes the sentences of an intent as a release does: aside, then in their place. */
function write(sentence: string): void {
  const path = join(config.INTENTS_DIR, 'greeting.yaml');
  writeFileSync(`${path}.aside`, sentence);
  renameSync(`${path}.aside`, path);
}
const label = (model: string): TrainingLabel => ({ id: 'one', text: 'hello there', locale: 'en', intent: 'greeting', state: 'learned', model, by: { id: 'ada', name: 'Ada' }, at: '2026-11-01T00:00:00Z' });

/** A node that follows; gives what it did, and a promise of its next relearning. */
async function node(learnedFrom: string, labels: readonly TrainingLabel[] | (() => readonly TrainingLabel[])) {
  const did: string[] = [];
  let told: (() => void) | undefined;
  let looks = 0;
  let looked: (() => void) | undefined;
  const read = () => {
    looks += 1;
    if (looks === 4) looked?.();
    return typeof labels === 'function' ? labels() : labels;
  };
  const [next, several] = [new Promise<void>((resolve) => (told = resolve)), new Promise<void>((resolve) => (looked = resolve))];
  const log = { info: () => told?.(), warn: () => undefined, error: () => undefined };
  stop = await followReleases({
    labels: { list: async () => [...read()] }, isCurrent: async () => await stampOf(config) === learnedFrom, everyMs: 5, log,
    reread: () => void did.push('reread'), relearn: async () => (did.push('relearn'), { isFresh: true, milliseconds: 1 }),
  });
  return { did, next, several };
}

describe('a node follows what another one released', () => {
  test('while it was starting, after it had read the files: at the first look, once', async () => {
    const learnedFrom = await stampOf(config);
    write('hello\nhello there');
    const { did, next, several } = await node(learnedFrom, [label('m1')]);
    await next;
    await several;
    expect(did).toEqual(['reread', 'relearn']);
  });

  test('later on, by what is written down', async () => {
    let all = [label('m1')];
    const { did, next } = await node(await stampOf(config), () => all);
    expect(did).toEqual([]);
    all = [label('m2')];
    await next;
    expect(did).toEqual(['reread', 'relearn']);
  });

  test('and leaves alone what it has learned from already', async () => {
    const { did, several } = await node(await stampOf(config), [label('m1')]);
    await several;
    expect(did).toEqual([]);
  });
});
