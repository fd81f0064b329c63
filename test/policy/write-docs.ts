import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPolicy } from '../../src/policy/read-policy.js';
import { settingsTable } from '../../src/policy/settings.js';

/** Writes the table of all settings into docs/policy.md anew. */
const file = fileURLToPath(new URL('../../docs/policy.md', import.meta.url));
const marks = /<!-- policy settings -->[\s\S]*<!-- \/policy settings -->/u;
writeFileSync(file, readFileSync(file, 'utf8').replace(marks, () => `<!-- policy settings -->\n${settingsTable(readPolicy(undefined))}\n<!-- /policy settings -->`));
