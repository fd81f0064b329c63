import { expect, test } from '@jest/globals';
import { keptOnceLoaded } from '../../src/app/kept.js';

test('what the guard has learned is loaded once for all who ask at the same time, and later', async () => {
  let loads = 0;
  const load = keptOnceLoaded(async () => ++loads);
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
  expect(await load()).toBe(1);
});

test('a load that failed is tried again by the next who asks, and what came of that is kept', async () => {
  let loads = 0;
  const load = keptOnceLoaded(async () => {
    loads += 1;
    if (loads === 1) throw new Error('the disk was full');
    return loads;
  });
  const first = [load(), load()];
  await expect(first[0]).rejects.toThrow('the disk was full');
  await expect(first[1]).rejects.toThrow('the disk was full');
  expect([await load(), await load(), loads]).toEqual([2, 2, 2]);
});
