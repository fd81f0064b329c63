import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecondOpinion, type SecondOpinion } from '../classifiers/guard/guard-model.js';
import { openGuardModel } from '../classifiers/guard/guard-lines.js';
import { openModel } from '../classifiers/model.js';
import type { Config } from '../config.js';
import type { Learned } from './surroundings.js';
import { keptOnceLoaded } from './kept.js';
import { root } from './place.js';

type Folders = Pick<Config, 'INTENTS_DIR' | 'DATA_DIR'>;

/** The folder sentences taught at the desk are written to: the shop's own, or a copy of the shipped one in the data folder. */
export const ownIntents = (config: Folders): string => config.INTENTS_DIR ?? join(config.DATA_DIR, 'intents');

/** Where the sentences are, the copy made by the first teaching counting from then on, and where their model is kept. */
export const foldersOf = (config: Folders) => ({ intentsFolder: existsSync(ownIntents(config)) ? ownIntents(config) : config.INTENTS_DIR ?? join(root, 'intents'), cacheFolder: join(root, '.cache') });

/** The folder of the intents and how its files stand, as one short text: another once any of them was written anew. */
export async function stampOf(config: Folders): Promise<string> {
  const { intentsFolder } = foldersOf(config);
  const files = (await readdir(intentsFolder)).filter((name) => /\.(?:yaml|json)$/u.test(name)).toSorted();
  const stands = await Promise.all(files.map(async (name) => {
    const { ino, size, mtimeMs } = await stat(join(intentsFolder, name));
    return `${name} ${ino} ${size} ${mtimeMs}`;
  }));
  return [intentsFolder, ...stands].join('\n');
}

/** Reads the intents folder and loads its model, or learns it where the sentences have changed. */
export async function learn(config: Config): Promise<Learned> {
  const opened = await openModel(foldersOf(config));
  return { intents: opened.definitions, opened };
}

/** What the guard has learned from its lines, which are the product's own and no shop's: from the cache, or learned and cached; read once. */
export const learnGuard: () => Promise<SecondOpinion> = keptOnceLoaded(async () => createSecondOpinion(await openGuardModel({ linesFolder: join(root, 'intents', 'guard'), cacheFolder: join(root, '.cache') })));
