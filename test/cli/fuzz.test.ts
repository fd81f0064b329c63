import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import type { Activity } from 'botbuilder';
import { incomingOf } from '../../src/channels/bot-framework.js';
import { readDefinition } from '../../src/classifiers/intents-folder.js';
import { fuzz, fuzzCommand } from '../../src/cli/fuzz.js';
import { createRandom, mutateBytes, mutateJson, mutateText } from '../../src/cli/fuzz-mutations.js';
import { isExpected } from '../../src/cli/fuzz-targets.js';
import { Fault } from '../../src/domain/fault.js';
import { readArticle } from '../../src/knowledge/read-articles.js';
import { parsePolicy } from '../../src/policy/read-policy.js';
import { createTexts } from '../../src/text/texts.js';

jest.setTimeout(120_000);

describe('broken inputs', () => {
  test('break nothing that reads from outside: refused in our own words or read, no promise forgotten', async () => {
    const report = await fuzz(2_500, 7);
    expect(report.targets.flatMap(({ name, crashes }) => crashes.map((crash) => ({ name, ...crash })))).toEqual([]);
    expect(report.unhandled).toEqual([]);
    expect(report.inputs).toBeGreaterThan(2_400);
    // Broken they are: where a reader refuses at all, it had to. Alive they are, too: not everything was refused.
    for (const name of ['Direct Line activities', 'identities and tokens', 'multipart uploads', 'desk inputs', 'webhooks of the shop and of a helpdesk', 'articles']) {
      const target = report.targets.find((one) => one.name === name);
      expect([name, (target?.refused ?? 0) > 5, (target?.refused ?? 0) < (target?.inputs ?? 0)]).toEqual([name, true, true]);
    }
  });

  test('are reported with the slowest of them, so that it can be had again', async () => {
    let out = '';
    expect(await fuzzCommand.run(['--inputs', '300', '--seed', '3'], { out: (text) => void (out += text), err: () => undefined, stdin: Readable.from([]) })).toBe(0);
    expect(out).toMatch(/^Slowest of [\w ]+: [\d.]+ ms\n {2}\S/mu);
    expect(out).toMatch(/0 crashes, 0 unhandled rejections, \d+ readers slower than 100 ms\n$/u);
  });

  test('are the same for the same seed', () => {
    const made = (seed: number): string => {
      const random = createRandom(seed);
      return JSON.stringify(Array.from({ length: 200 }, () => [mutateText(['{"a": [1, "two"]}', 'x: y'], random), mutateJson({ a: [1, { b: 'two' }] }, random), mutateBytes([Buffer.from('abcdef')], random).toString('base64')]));
    };
    expect(made(1)).toBe(made(1));
    expect(made(1)).not.toBe(made(2));
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  test('what is thrown without a code of ours counts as a crash', () => {
    expect([new Fault('input.invalid', 'x'), Object.assign(new Error('x'), { code: 'BadArgument', statusCode: 400 })].map(isExpected)).toEqual([true, true]);
    expect([new TypeError('x'), new RangeError('x'), 'x', null, Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG' }), Object.assign(new Error('x'), { code: 'ServiceError', statusCode: 500 })].map(isExpected)).toEqual([false, false, false, false, false, false]);
  });

  test('a wrong call is said as such', async () => {
    for (const args of [['--inputs', 'many'], ['--seed', '-1'], ['--what']]) expect(await fuzzCommand.run(args, { out: () => undefined, err: () => undefined, stdin: Readable.from([]) })).toBe(2);
  });
});

describe('what once broke a reader', () => {
  test('an article whose head has an alias that leads nowhere is told with its file, like every other mistake', () => {
    const problems: string[] = [];
    expect(readArticle('returns.md', 'en', '---\ntitle: *nowhere\n---\nWords.\n', problems)).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^en\/returns\.md: .*alias/iu)]);
  });

  test('a policy or an intent with an alias that leads nowhere, or multiplies without end, is refused with a reason', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefg'.split('').map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[n]}`).join(', ')}]`).join('\n')}\n`;
    for (const yaml of ['version: *nowhere\n', bomb]) {
      expect(parsePolicy(yaml)).toEqual({ problems: [{ path: '(whole file)', line: 0, message: expect.stringMatching(/alias/u) }] });
      const problems: string[] = [];
      expect(readDefinition('a.yaml', yaml, problems)).toBeUndefined();
      expect(problems).toEqual([expect.stringMatching(/^a\.yaml: .*alias/u)]);
    }
  });

  test('a connector’s activity whose id is no text has one made of what it says', () => {
    const activity = { type: 'message', id: { toString: 1 }, text: 'hello', channelId: 'msteams', conversation: { id: 'c' } } as unknown as Activity;
    expect(incomingOf(activity, {}, '2026-06-17T09:00:00.000Z').id).toMatch(/^bf:[0-9a-f]{64}$/u);
  });

  test('a message of a language that is no ICU message is a fault that names file and key', () => {
    const texts = createTexts({ en: { 'a.b': 'one {two', 'c.d': '{missing}' } });
    for (const key of ['a.b', 'c.d']) expect(() => texts.say({ key }, 'en')).toThrow(expect.objectContaining({ code: 'locales.invalid', message: expect.stringContaining(`en.json: ${key}`) }));
  });
});
