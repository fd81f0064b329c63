import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.js';

const keptSecrets = z.object({ token: z.string(), identity: z.string() });

/** Secrets nobody set, made once and kept beside the data. */
export function secretsOf(config: Config): { readonly token: string; readonly identity: string } {
  const file = join(config.DATA_DIR, 'secrets.json');
  try {
    return keptSecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there yet, or not readable as ours: new ones end open chats' tokens, nothing else.
    const made = { token: randomBytes(32).toString('base64url'), identity: randomBytes(32).toString('base64url') };
    mkdirSync(config.DATA_DIR, { recursive: true });
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
}
