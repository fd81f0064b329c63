import { join } from 'node:path';
import { openModel } from '../classifiers/model.js';
import type { Config } from '../config.js';
import type { Learned } from './surroundings.js';
import { root } from './place.js';

/** Where the sentences are and where their model is kept. */
export const foldersOf = (config: Config) => ({ intentsFolder: config.INTENTS_DIR ?? join(root, 'intents'), cacheFolder: join(root, '.cache') });

/** Reads the intents folder and loads its model, or learns it where the sentences have changed. */
export async function learn(config: Config): Promise<Learned> {
  const opened = await openModel(foldersOf(config));
  return { intents: opened.definitions, opened };
}
