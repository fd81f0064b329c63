import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfig, settings } from '../../src/config.js';
import { envExample, settingsTable } from './settings.js';
import { readSources, root } from './sources.js';

const readme = existsSync(`${root}README.md`) ? readFileSync(`${root}README.md`, 'utf8') : '';
const example = readFileSync(`${root}.env.example`, 'utf8');

describe('a merchant who looks for a setting', () => {
  test('finds each of them in .env.example as the code has it', () => {
    // node test/house/settings-table.mjs --env > .env.example
    expect(example).toBe(envExample());
  });
  test('finds each of them in the table of README.md', () => {
    const found = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/u.exec(readme)?.[1]?.trim();
    if (found !== settingsTable()) throw new Error(`README.md must hold this between <!-- settings --> and <!-- /settings --> (node test/house/settings-table.mjs prints it):\n\n<!-- settings -->\n\n${settingsTable()}\n\n<!-- /settings -->\n`);
  });
  test('finds nothing there that does nothing', () => {
    const code = Object.entries(readSources()).filter(([file]) => file !== 'config.ts').map(([, source]) => source).join('\n');
    expect(Object.keys(settings).filter((name) => !new RegExp(`\\b${name}\\b`, 'u').test(code))).toEqual([]);
  });
  test('can take all the comments away where there is a default, and nothing changes', () => {
    const given = Object.fromEntries([...example.matchAll(/^#([A-Z_]+)=(.*)$/gmu)].map((match) => [match[1] ?? '', match[2] ?? '']));
    expect(Object.keys(given)).toEqual(Object.keys(settings));
    expect(JSON.stringify(readConfig(given))).toBe(JSON.stringify(readConfig({})));
  });
});
