import { PassThrough } from 'node:stream';
import { chatJsonl, conversationOf } from '../../../src/cli/chat-session.js';
import type { Door, Seen } from './door.js';
import type { Stage } from './stage.js';

interface Printed {
  readonly replies: readonly { readonly text: string; readonly choices: readonly string[]; readonly attachments: readonly { readonly name: string; readonly path: string }[] }[];
  readonly error?: string;
}

const linkLine = /^.+: https?:\/\/\S+$/u;

/** The terminal's JSON lines, over streams: what `aftercare chat --jsonl` reads and prints. */
export function openTerminalDoor(stage: Stage): Door {
  const { core, runtime, clock } = stage;
  const input = new PassThrough();
  const saved = new Map<string, Uint8Array>();
  const waiting: ((line: string) => void)[] = [];
  const running = chatJsonl(input, (line) => waiting.shift()?.(line), {
    store: core.store, files: core.files, now: clock.now,
    accept: async ({ id, session, text }) => {
      await runtime.door.accept({ kind: 'message', id, conversationId: conversationOf(session), channel: 'terminal', address: null, at: clock.now(), text });
    },
    settled: (conversationId) => runtime.settled(conversationId),
    saveFile: async (name, bytes) => {
      const path = `received/${saved.size}/${name}`;
      saved.set(path, bytes);
      return path;
    },
  });
  const ask = (session: string, text: string): Promise<string> => new Promise((resolve) => {
    waiting.push(resolve);
    input.write(`${JSON.stringify({ session, text })}\n`);
  });
  const seenOf = (lines: readonly string[]): Seen => {
    const replies = lines.flatMap((line) => {
      const printed = JSON.parse(line) as Printed;
      if (printed.error !== undefined) throw new Error(printed.error);
      return printed.replies;
    });
    const parts = replies.map(({ text }) => {
      const all = text.split('\n');
      let links = all.length;
      while (links > 0 && linkLine.test(all[links - 1] ?? '')) links -= 1;
      return { words: all.slice(0, links).join('\n'), links: all.slice(links) };
    });
    return {
      words: parts.map(({ words }) => words).join('\n\n'),
      links: parts.flatMap(({ links }) => links),
      labels: replies.flatMap(({ choices }) => choices),
      files: replies.flatMap(({ attachments }) => attachments.map(({ name, path }) => ({ name, bytes: saved.get(path) ?? new Uint8Array() }))),
    };
  };

  return {
    name: 'terminal',
    hasButtons: false,
    visit: async (session) => ({
      conversationId: conversationOf(session),
      says: async (messages) => seenOf(await Promise.all(messages.map((text) => ask(session, text)))),
      presses: async ({ label }) => seenOf([await ask(session, label)]),
    }),
    close: async () => {
      input.end();
      await running;
    },
  };
}
