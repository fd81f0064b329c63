import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { failpoints, failpointsOf } from '../../src/runtime/failpoints.js';
import { readSources, root } from '../house/sources.js';

test('a failpoint ends the process at the wanted passing of the wanted place, and at no other', () => {
  let deaths = 0;
  const pass = failpointsOf('commit=3', () => void (deaths += 1));
  for (const place of ['commit', 'turn', 'commit', 'ack'] as const) pass?.(place);
  expect(deaths).toBe(0);
  pass?.('commit');
  expect(deaths).toBe(1);
});

test('without the variable, or with a place that is none, there is nothing to pass', () => {
  expect(failpointsOf(undefined)).toBeUndefined();
  expect(failpointsOf('')).toBeUndefined();
  expect(failpointsOf('nowhere=1')).toBeUndefined();
});

test('every place is passed somewhere, and nothing but the nodes of a chaos run switches any on', () => {
  const sources = Object.entries(readSources());
  for (const place of failpoints) expect([place, sources.filter(([, text]) => new RegExp(`pass\\??\\.?\\('${place}'\\)`, 'u').test(text)).length > 0]).toEqual([place, true]);
  expect(sources.filter(([, text]) => /AFTERCARE_FAILPOINT/u.test(text)).map(([file]) => file)).toEqual(['chaos/node.ts', 'chaos/nodes.ts']);
  expect(readFileSync(`${root}src/config.ts`, 'utf8')).not.toMatch(/FAILPOINT/u);
});
