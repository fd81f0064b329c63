import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { chatInteractive, chatJsonl, conversationOf, type ChatParts } from '../../src/cli/chat-session.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';

async function parts(): Promise<ChatParts & { readonly saved: string[] }> {
  const core = await aCore();
  const { runtime } = await aTalk(core, 'unused');
  const saved: string[] = [];
  return {
    saved, store: core.store, files: core.files, now: core.clock.now, settled: (conversation) => runtime.settled(conversation),
    accept: async ({ session, text, id }) => {
      await runtime.door.accept({ kind: 'message', id, conversationId: conversationOf(session), channel: 'terminal', address: null, at: core.clock.now(), text });
    },
    saveFile: async (name) => {
      saved.push(name);
      return `/received/${name}`;
    },
  };
}

async function jsonl(lines: readonly string[]): Promise<{ readonly answers: Record<string, unknown>[]; readonly saved: readonly string[] }> {
  const answers: Record<string, unknown>[] = [];
  const made = await parts();
  await chatJsonl(Readable.from(lines.map((line) => `${line}\n`)), (line) => {
    expect(line).not.toContain('\n');
    answers.push(JSON.parse(line) as Record<string, unknown>);
  }, made);
  return { answers, saved: made.saved };
}
const say = (session: string, text: string): string => JSON.stringify({ session, text });

describe('a program that talks with the bot line by line', () => {
  test('gets one line for each of its own, in order, with replies, choices and how the bot came to them', async () => {
    const { answers } = await jsonl([say('a', 'status of order AC-100002, anna@example.com'), say('b', 'where is my order?')]);
    expect(answers.map((answer) => answer['session'])).toEqual(['a', 'b']);
    expect(answers[0]).toMatchObject({
      replies: [{ text: expect.stringContaining('AC-100002'), choices: expect.arrayContaining(['Change the address']), attachments: [] }],
      trace: { locale: 'en', flow: 'order-status', intents: [{ intent: 'order_status' }], entities: expect.arrayContaining([expect.objectContaining({ kind: 'order_number', value: 'AC-100002' })]), receipts: [] },
    });
    expect(JSON.stringify(answers[1])).not.toContain('AC-100002');
  });
  test('goes on with a session, and gets links in the text and files with their place', async () => {
    const { answers, saved } = await jsonl([say('a', 'I want to send back the desk lamp from AC-100003, I changed my mind. anna@example.com'), say('a', 'yes'), say('a', 'where is my order AC-100001?')]);
    expect(answers[1]).toMatchObject({ replies: [{ attachments: [{ type: 'application/pdf', path: `/received/${saved[0]}` }, { type: 'application/pdf' }] }] });
    expect(JSON.stringify(answers[2])).toContain('http');
  });
  test('is told of a line that cannot be read, and the next is answered all the same', async () => {
    const { answers } = await jsonl(['not json', '', '{"session":"a"}', '{"session":"","text":"x"}', '[]', '{"session":"a","text":7}', say('a', 'hello')]);
    expect(answers.slice(0, 5).map((answer) => Object.keys(answer))).toEqual(Array.from({ length: 5 }, () => ['error']));
    expect(answers[5]).toMatchObject({ session: 'a', replies: [{ text: expect.stringContaining('Hello') }] });
    expect(answers).toHaveLength(6);
  });
  test('gets an empty answer to an empty text, never silence', async () => {
    const { answers } = await jsonl([say('a', ''), say('a', '   ')]);
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(answer).toMatchObject({ session: 'a', replies: expect.any(Array) });
  });
});

describe('a person at the terminal', () => {
  test('talks until /quit, sees buttons numbered and presses one by its number', async () => {
    let shown = '';
    await chatInteractive(Readable.from(['help\n', '1\n', '/quit\n', 'never read\n']), (text) => { shown += text; }, 'me', await parts());
    expect(shown).toContain('Type your message; /quit ends.');
    expect(shown).toMatch(/1\) \S/u);
    expect(shown).toContain('order number');
    expect(shown.match(/support bot/gu)).toHaveLength(1);
  });
});
