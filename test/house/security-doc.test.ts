import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { root } from './sources.js';

/** The names of tests as they stand in a file, with those of the groups around them left out. */
const namesIn = (file: string): string => (existsSync(`${root}${file}`) ? readFileSync(`${root}${file}`, 'utf8') : '');

describe('docs/security.md', () => {
  const rows = [...readFileSync(`${root}docs/security.md`, 'utf8').matchAll(/\| `(test\/\S+)`: (.+?) \|$/gmu)].map(([, file = '', words = '']) => ({ file, words }));

  test('promises a good deal', () => expect(rows.length).toBeGreaterThan(40));

  test('names tests that are there', () => {
    expect(rows.filter(({ file, words }) => !namesIn(file).includes(words))).toEqual([]);
  });
});
