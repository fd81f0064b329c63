import { spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { anEnd, pause } from '../../src/waiting/pause.js';

test('pauses take their listeners away when they are over', async () => {
  const end = anEnd();
  const many = Array.from({ length: 200 }, () => pause(1, end.signal));
  expect(getEventListeners(end.signal, 'abort')).toHaveLength(200);
  await Promise.all(many);
  expect(getEventListeners(end.signal, 'abort')).toEqual([]);
});

test('an end cuts every pause short, one that begins afterwards too', async () => {
  const end = anEnd();
  const many = Array.from({ length: 20 }, () => pause(3_600_000, end.signal));
  end.abort();
  await Promise.all([...many, pause(3_600_000, end.signal)]);
  expect(getEventListeners(end.signal, 'abort')).toEqual([]);
});

test('many customers who wait at once are no leak that the process warns of', () => {
  // What a process warns of is told to no test inside it.
  const waits = `import { createPatience } from './src/channels/web/patience.ts';
    const patience = createPatience(1_000);
    await Promise.all(Array.from({ length: 200 }, () => patience.wait(1)));`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', waits], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  expect([status, stderr]).toEqual([0, '']);
});
