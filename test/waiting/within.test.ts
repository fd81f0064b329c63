import { expect, test } from '@jest/globals';
import { within } from '../../src/waiting/within.js';

const never = new Promise<never>(() => undefined);
const late = (): never => {
  throw new RangeError('too late');
};

test('work that is done in time is its own answer, and its own failure', async () => {
  await expect(within(Promise.resolve('done'), 60_000, late)).resolves.toBe('done');
  await expect(within(Promise.reject(new TypeError('broken')), 60_000, late)).rejects.toThrow('broken');
});

test('of work that takes longer, what is said for it is the answer or the failure', async () => {
  await expect(within<string>(never, 1, () => 'no answer')).resolves.toBe('no answer');
  await expect(within(never, 1, late)).rejects.toThrow('too late');
});

test('what comes of late work afterwards is heard by nobody, a failure neither', async () => {
  let fail = (_: Error): void => undefined;
  const work = new Promise<string>((_, reject) => {
    fail = reject;
  });
  await expect(within(work, 1, () => 'no answer')).resolves.toBe('no answer');
  fail(new Error('a failure that nobody listens to ends the process'));
  await expect(work).rejects.toThrow('nobody listens');
});

test('work that is done leaves no timer behind that would say anything later', async () => {
  let count = 0;
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await Promise.all(Array.from({ length: 100 }, () => within(Promise.resolve(), 60_000, () => void (count += 1))));
  expect([timers() - before, count]).toEqual([0, 0]);
});
