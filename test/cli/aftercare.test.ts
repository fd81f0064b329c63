import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';

// Each of these starts a process of its own, on a machine that may be busy.
jest.setTimeout(120_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/aftercare.ts'), ...args], { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });

describe('a merchant at the command line', () => {
  test('sees every command with what it is for', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of ['serve', 'chat', 'train', 'evaluate', 'nlu-benchmark', 'shop', 'policy', 'capabilities', 'bench']) expect(out).toMatch(new RegExp(`^ {2}${command} `, 'mu'));
  });
  test('types a command there is none of and sees those there are', async () => {
    const { code, out, err } = await run('dance');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('There is no command "dance"');
    expect(err).toContain('  serve ');
  });
  test('types none at all and sees them too, as a mistake', async () => expect(await run()).toMatchObject({ code: 2, out: expect.stringContaining('Usage: aftercare COMMAND') }));
  test('gets the help of a command, and a wrong option named', async () => {
    expect(await run('policy', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('aftercare policy check [FILE] [--explain SECTION] [--json]') });
    expect(await run('policy', 'check', '--loud')).toMatchObject({ code: 2, err: expect.stringContaining('See "aftercare policy --help"') });
  });
  test('is told of wrong settings before anything starts', async () => {
    const child = await new Promise<{ code: number | null; err: string }>((resolve) => {
      const started = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/aftercare.ts'), 'serve'], { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), PORT: 'eighty', LOG_LEVEL: 'loud' } });
      let err = '';
      started.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
      started.once('close', (code) => resolve({ code, err }));
    });
    expect(child.code).toBe(2);
    expect(child.err).toContain('PORT ');
    expect(child.err).toContain('LOG_LEVEL ');
  });
});
