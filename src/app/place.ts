import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The project's own folder: `src/` and `dist/` lie side by side in it. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The version of this program. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;
