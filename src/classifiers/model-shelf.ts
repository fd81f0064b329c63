import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cardMarkdown, type ModelCard } from '../domain/model-card.js';

const stateShape = z.object({ released: z.array(z.string()) });

/** The models learned from the desk, as files: a card of each, to read and to compute with, and which were let in, the last one on top. */
export interface ModelShelf {
  put(card: ModelCard): Promise<void>;
  card(id: string, as: 'md' | 'json'): Promise<string | null>;
  /** The newest first. */
  cards(limit: number): Promise<readonly ModelCard[]>;
  released(): Promise<readonly string[]>;
  setReleased(ids: readonly string[]): Promise<void>;
}

/** Ids are made here; anything else is no name of a file. */
const ID = /^[0-9A-Za-z-]{1,60}$/u;

async function write(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, text);
  await rename(aside, path);
}

/** A shelf in a folder, which is made when the first model is learned. */
export function createModelShelf(folder: string): ModelShelf {
  const state = join(folder, 'released.json');
  return {
    async put(card) {
      await mkdir(folder, { recursive: true });
      await write(join(folder, `${card.id}.md`), cardMarkdown(card));
      await write(join(folder, `${card.id}.json`), `${JSON.stringify(card, null, 2)}\n`);
    },
    async card(id, as) {
      if (!ID.test(id)) return null;
      return readFile(join(folder, `${id}.${as}`), 'utf8').catch(() => null); // there is no such model
    },
    async cards(limit) {
      const files = await readdir(folder).catch(() => []); // nothing was learned yet
      const ids = files.filter((file) => file.endsWith('.json') && file !== 'released.json').sort().toReversed().slice(0, limit);
      return Promise.all(ids.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as ModelCard));
    },
    async released() {
      const text = await readFile(state, 'utf8').catch(() => null); // nothing was let in yet
      return text === null ? [] : stateShape.parse(JSON.parse(text)).released;
    },
    async setReleased(ids) {
      await mkdir(folder, { recursive: true });
      await write(state, `${JSON.stringify({ released: ids }, null, 2)}\n`);
    },
  };
}
