import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.js';

const keptSecrets = z.object({ token: z.string(), identity: z.string() });

const read = (file: string): z.infer<typeof keptSecrets> | null => {
  try {
    return keptSecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there yet, or not readable as ours.
    return null;
  }
};

/** Secrets nobody set, made once and kept beside the data; of nodes that share the folder and start together, one makes them for all. */
export function secretsOf(config: Config): { readonly token: string; readonly identity: string } {
  const file = join(config.DATA_DIR, 'secrets.json');
  const kept = read(file);
  if (kept) return kept;
  const made = { token: randomBytes(32).toString('base64url'), identity: randomBytes(32).toString('base64url') };
  mkdirSync(config.DATA_DIR, { recursive: true });
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, JSON.stringify(made), { mode: 0o600 });
  try {
    // The whole file appears at once or, where another node was faster, not at all.
    linkSync(own, file);
  } catch {
    const others = read(file);
    if (others) return others;
    // What lies there is not readable as ours: new ones end open chats' tokens, nothing else.
    renameSync(own, file);
    return made;
  } finally {
    rmSync(own, { force: true });
  }
  return made;
}
