import { expect, test } from '@jest/globals';
import { startRedis } from '../support/servers.js';

test('a missing server names the Debian package that has it', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    await expect(startRedis()).rejects.toThrow(/Debian's package redis-server/u);
  } finally {
    process.env['PATH'] = path;
  }
});
