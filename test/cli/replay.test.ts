import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { createTerminalRuntime, machineClock, openCore } from '../../src/app.js';
import { receipts } from '../../src/cli/receipts.js';
import { replay } from '../../src/cli/replay.js';
import { readConfig } from '../../src/config.js';
import { defaultPolicyFile } from '../../src/policy/read-policy.js';
import { openSqlite } from '../../src/stores/sqlite.js';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'aftercare-replay-'));
const id = 'terminal:one';
const before = { ...process.env };

async function run(command: typeof replay, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await command.run(args, { out: (text) => { out += text; }, err: (text) => { err += text; }, stdin: Readable.from([]) });
  return { code, out, err };
}

/** A talk in the terminal, over stores on the disk. */
async function hold(): Promise<void> {
  const read = readConfig({ DATA_DIR: folder });
  if (!('config' in read)) throw new Error('the settings are wrong');
  const quiet = (): void => undefined;
  const core = await openCore(read.config, { clock: machineClock, log: { info: quiet, warn: quiet, error: quiet } });
  const runtime = createTerminalRuntime(core);
  await runtime.start();
  for (const [n, text] of ['change the address of AC-100006, tom@example.com', 'why not?', 'cancel AC-100007', 'thanks'].entries()) {
    await runtime.door.accept({ kind: 'message', id: `m${n}`, conversationId: id, channel: 'terminal', address: null, at: machineClock.now(), text });
    await runtime.settled(id);
  }
  await runtime.stop();
  await core.close();
}

beforeAll(async () => {
  process.env['DATA_DIR'] = folder;
  await hold();
});
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

describe('an auditor', () => {
  test('[SH-05] takes past talks again and sees that every answer is the same, also from a saved file', async () => {
    expect(await run(replay, '--all')).toMatchObject({ code: 0, out: `${id}: 4 turns, the same byte for byte\n` });
    const file = join(folder, 'talk.json');
    expect((await run(replay, '--conversation', id, '--save', file)).code).toBe(0);
    expect(JSON.parse((await run(replay, file, '--json')).out)).toMatchObject({ same: true, talks: [{ turns: 4, gaps: [], difference: null }] });
    expect(readFileSync(file, 'utf8')).toContain('AC-100006');
  });

  test('sees the first verdict another policy would have changed', async () => {
    const file = join(folder, 'next.yaml');
    writeFileSync(file, readFileSync(defaultPolicyFile, 'utf8').replace('changeAddressIn: [unpaid, under_review, paid]', 'changeAddressIn: [unpaid, under_review, paid, packed]'));
    process.env['POLICY_FILE'] = file;
    const { code, out } = await run(replay, '--conversation', id);
    delete process.env['POLICY_FILE'];
    expect(code).toBe(1);
    expect(out).toMatch(/differs at turn \d, in verdict[\s\S]*was:[\s\S]*is:/u);
  });

  test('is told when there is nothing to take again, or the command was not understood', async () => {
    expect(await run(replay, '--conversation', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('KEEP_JOURNAL') });
    for (const args of [[], ['a', 'b'], ['a', '--all'], ['--save', 'x'], ['--loud']]) expect((await run(replay, ...args)).code).toBe(2);
    expect((await run(receipts, 'look')).code).toBe(2);
  });

  test('[SH-10] sees that all receipts fit, and which does not once somebody laid hands on it or cut the end off', async () => {
    expect(await run(receipts, 'verify')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ receipts of 1 conversations; all fit\.\n$/u) });
    const { db, close } = openSqlite(join(folder, 'records.db'));
    const last = await sql<{ n: number }>`select max(n) as n from receipts`.execute(db);
    await sql.raw(`delete from receipts where n = ${last.rows[0]?.n ?? 0}`).execute(db);
    expect(JSON.parse((await run(receipts, 'verify', '--json')).out)).toMatchObject({ ok: false, chains: [{ conversation: id, missing: 1 }] });
    await sql.raw(`update receipts set receipt = replace(receipt, 'AC-100006', 'AC-999999')`).execute(db);
    await close();
    expect(await run(receipts, 'verify', '--conversation', id)).toMatchObject({ code: 1, out: expect.stringContaining('receipt 1 (m0) does not fit') });
  });
});
