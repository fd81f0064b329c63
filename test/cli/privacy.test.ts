import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { privacy } from '../../src/cli/privacy.js';
import { dataFolder } from '../support/served.js';

const folder = dataFolder();
afterAll(() => folder.remove());

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  process.env['DATA_DIR'] = folder.path;
  let [out, err] = ['', ''];
  const code = await privacy.run(args, { out: (text) => void (out += text), err: (text) => void (err += text), stdin: Readable.from([]) });
  return { code, out, err };
}

describe('an operator who is asked for somebody’s data', () => {
  test.each([[[]], [['export']], [['export', '--customer', 'a', '--conversation', 'b']], [['forget', '--customer', 'a']], [['erase', '--everybody']]])('%j is not understood', async (args) => {
    expect((await run(...args)).code).toBe(2);
  });

  test('gets a file that only they can read, even where nothing is kept', async () => {
    const file = join(folder.path, 'export.json');
    expect(await run('export', '--customer', 'nobody', '--out', file)).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ customerId: 'nobody', customer: null, orders: [], conversations: [] });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(JSON.parse((await run('export', '--conversation', 'web:1', '--conversation', 'web:2')).out)).toMatchObject({ conversations: [{ conversationId: 'web:1' }, { conversationId: 'web:2' }] });
  });

  test('has a conversation erased and reads what went', async () => {
    const { code, out } = await run('erase', '--conversation', 'web:1', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { erased: true, subject: expect.stringMatching(/^erased:[0-9a-f]{16}$/u), conversations: 1, files: 0, mails: 0, records: {} }]);
    await expect(run('erase', '--customer', 'nobody')).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
