import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSimilarity } from '../classifiers/similarity.js';
import { createTrainer } from '../classifiers/trainer.js';
import type { Config } from '../config.js';
import type { Similarity } from '../ports/similarity.js';
import type { Trainer } from '../ports/training.js';
import type { Core } from './core.js';
import { foldersOf, ownIntents } from './learn.js';
import { root } from './place.js';

/** The texts models are measured by: those shipped with the build, and the shop's own beside its intents. */
const checkFoldersOf = (config: Config): readonly string[] => [
  [join(root, 'dist', 'check'), join(root, 'test', 'understanding')].find((folder) => existsSync(folder)) ?? join(root, 'dist', 'check'),
  join(ownIntents(config), 'check'),
];

/** What teaches the classifier of a core, and what finds sentences that are alike. */
export const trainingOf = (config: Config, { relearn, clock, log }: Pick<Core, 'relearn' | 'clock' | 'log'>): { readonly trainer: Trainer; readonly similarity: Similarity } => ({
  similarity: createSimilarity(),
  trainer: createTrainer({
    intentsFolder: () => foldersOf(config).intentsFolder, ownFolder: ownIntents(config), cacheFolder: foldersOf(config).cacheFolder, modelsFolder: join(config.DATA_DIR, 'models'),
    checkFolders: () => checkFoldersOf(config), relearn, clock, log,
  }),
});
