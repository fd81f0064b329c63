import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { root } from './sources.js';

/** The names of tests as they stand in a file, with those of the groups around them left out. */
const namesIn = (file: string): string => (existsSync(`${root}${file}`) ? readFileSync(`${root}${file}`, 'utf8') : '');

describe.each([['docs/security.md', 40], ['docs/reliability.md', 50]])('%s', (page, least) => {
  const rows = [...readFileSync(`${root}${page}`, 'utf8').matchAll(/\| `(test\/\S+)`: (.+?) \|$/gmu)].map(([, file = '', words = '']) => ({ file, words }));

  test('promises a good deal', () => expect(rows.length).toBeGreaterThan(least));

  test('names tests that are there', () => {
    expect(rows.filter(({ file, words }) => !namesIn(file).includes(words))).toEqual([]);
  });
});
