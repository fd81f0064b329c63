import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/read-policy.js';
import { aTauShop } from '../shops/a-tau-shop.js';

// Each of these starts processes of its own, on a machine that may be busy.
jest.setTimeout(120_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tau-test-'));
const data = join(folder, 'benchmark');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Passes when nothing was changed and the bot said the word the task names; tells a difference the way the real one does. */
const STAND_IN = `
import { readFileSync } from 'node:fs';
const option = (name) => process.argv[process.argv.indexOf('--' + name) + 1];
const json = (name) => JSON.parse(readFileSync(option(name), 'utf8'));
const task = json('tasks').find(({ id }) => id === option('task'));
if (!task) { console.error('no such task'); process.exit(2); }
const [before, after] = [json('db-before').orders, json('db-after').orders];
const same = Object.keys(before).every((id) => JSON.stringify(after[id].items) === JSON.stringify(before[id].items) && after[id].status === before[id].status);
const lines = readFileSync(option('transcript'), 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
const met = lines.filter(({ role }) => role === 'bot').some(({ text }) => text.toLowerCase().includes(task.word));
console.log(JSON.stringify({ differences: same ? [] : [{ path: 'orders', expected: 1, got: 2 }], said: [{ info: task.word, met }, { info: 'lines ' + lines.length, met: true }] }));
process.exit(same && met ? 0 : 1);
`;

beforeAll(() => {
  mkdirSync(data);
  writeFileSync(join(data, 'db.json'), JSON.stringify(aTauShop()));
  writeFileSync(join(data, 'tasks.train.json'), JSON.stringify([{ id: 'polite', word: 'hello' }, { id: 'odd', word: 'xylophone' }]));
  writeFileSync(join(data, 'score.mjs'), STAND_IN);
  writeFileSync(join(folder, 'talks.jsonl'), '{"task":"polite","lines":["hello","I want to talk to a person","never said"]}\n\n{"task":"odd","lines":["hello"]}\n{"task":"nobody","lines":["hello"]}\n');
  writeFileSync(join(folder, 'bad.jsonl'), '{"task":"polite","lines":["hello"]}\n{"task":"polite"}\n');
});

const run = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/aftercare.ts'), 'tau', ...args], { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'untouched') } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });

describe('the outside benchmark at the command line', () => {
  test('plays talks until they end or are handed over, scores each, and keeps them to be read', async () => {
    const kept = join(folder, 'kept');
    const { code, out } = await run('--data', data, '--script', join(folder, 'talks.jsonl'), '--transcripts', kept, '--jobs', '2', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      passRate: 1 / 3, talks: [
        { file: 'talks.jsonl', task: 'polite', passed: true, differences: [] },
        { file: 'talks.jsonl', task: 'odd', passed: false, differences: [{ path: 'said', expected: 'xylophone', got: null }] },
        { file: 'talks.jsonl', task: 'nobody', passed: false, differences: [{ path: 'fault', expected: null, got: expect.stringContaining('no such task') }] },
      ],
    });
    const lines = readFileSync(join(kept, 'talks-polite.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line['role'] === 'buyer').map((line) => line['text'])).toEqual(['hello', 'I want to talk to a person']);
    expect(lines[1]).toMatchObject({ role: 'bot', intents: [expect.stringMatching(/^greet 0\.\d\d/u)], flow: null });
    expect(lines.at(-1)).toEqual({ verdict: 'passed', differences: [] });
    expect(readdirSync(folder)).not.toContain('untouched');
  });
  test('plays one task only, and tells it in a table', async () => {
    const { code, out } = await run('--data', data, '--script', join(folder, 'talks.jsonl'), '--task', 'odd', '--jobs', '1');
    expect(code).toBe(0);
    expect(out).toBe('talks.jsonl   odd  failed\n    said: expected "xylophone", got null\n\n0 of 1 passed (0.0 %)\n');
  });
  test('checks that import and export lose nothing', async () => {
    expect(await run('--check-adapter', '--data', data)).toMatchObject({ code: 0, out: 'Imported and exported: the same.\n' });
  });
  test('says what is missing or cannot be read', async () => {
    expect(await run('--data', join(folder, 'nowhere'))).toMatchObject({ code: 1, err: expect.stringContaining('db.json, tasks.train.json, score.mjs are missing. Name its folder with --data DIR.') });
    expect(await run('--data', data, '--script', join(folder, 'bad.jsonl'))).toMatchObject({ code: 1, err: expect.stringContaining('bad.jsonl, line 2') });
    expect(await run('--data', data, '--script', join(folder, 'talks.jsonl'), '--task', '9')).toMatchObject({ code: 1, err: expect.stringContaining('no talk to play for task 9') });
    expect(await run('--jobs', 'many')).toMatchObject({ code: 2 });
  });
  test('its rules are a policy that can be read', () => {
    expect(parsePolicy(readFileSync(join(root, 'test/tau/policy.yaml'), 'utf8'))).toMatchObject({
      policy: { identity: { emailAlone: true, nameAndPostcodeAlone: true }, orders: { differenceBy: 'choice', changeItemsOnce: true }, returns: { windowDays: null, oncePerOrder: true, refundDays: { from: 5, to: 7 } } },
    });
  });
});
