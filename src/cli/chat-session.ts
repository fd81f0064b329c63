import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Line } from '../domain/message.js';
import type { ConversationStore } from '../ports/conversation-store.js';
import type { FileStore } from '../ports/file-store.js';

/** What the chat needs of the running core. */
export interface ChatParts {
  readonly store: Pick<ConversationStore, 'readLog' | 'watch' | 'head' | 'pending'>;
  readonly files: FileStore;
  readonly now: () => string;
  readonly accept: (message: { readonly session: string; readonly text: string; readonly id: string }) => Promise<void>;
  /** Resolves when the conversation has nothing waiting in its inbox. */
  readonly settled: (conversationId: string) => Promise<void>;
  /** Where files are put that a person is to open; absent with `--jsonl`. */
  readonly saveFile: (name: string, bytes: Uint8Array, fileId: string) => Promise<string>;
}

const request = z.object({ session: z.string().min(1).max(200), text: z.string() });

/** The conversation a session of the terminal stands for. */
export const conversationOf = (session: string): string => `terminal:${session}`;

const isAnswer = (line: Line): boolean => line.from !== 'customer';

async function linesAfter(parts: ChatParts, conversationId: string, seq: number): Promise<Line[]> {
  const lines: Line[] = [];
  for (let from = seq; ;) {
    const more = await parts.store.readLog(conversationId, from, 500);
    const last = more.at(-1);
    if (!last) return lines;
    lines.push(...more);
    from = last.seq;
  }
}

/**
 * One JSON line in, one JSON line out, in order: `{"session","text"}` is answered by
 * `{"session","replies":[{"text","choices","attachments"}],"trace"}` once all its replies are out. A line that cannot
 * be read is answered by `{"error"}`.
 */
export async function chatJsonl(input: Readable, print: (line: string) => void, parts: ChatParts): Promise<void> {
  let count = 0;
  for await (const raw of createInterface({ input, crlfDelay: Infinity })) {
    if (raw.trim() === '') continue;
    count += 1;
    const parsed = parseRequest(raw);
    if ('error' in parsed) {
      print(JSON.stringify(parsed));
      continue;
    }
    const { session, text } = parsed;
    const conversationId = conversationOf(session);
    const before = (await parts.store.head(conversationId))?.lastSeq ?? 0;
    await parts.accept({ session, text, id: `${parts.now()}-${count}` });
    await parts.settled(conversationId);
    const lines = (await linesAfter(parts, conversationId, before)).filter(isAnswer);
    const replies = await Promise.all(lines.map(async (line) => ({
      text: [line.text, ...(line.links ?? []).map((link) => `${link.label}: ${link.url}`)].join('\n'),
      choices: (line.choices ?? []).map((choice) => choice.label),
      attachments: await Promise.all((line.files ?? []).map(async (file) => {
        const stored = await parts.files.get(file.fileId);
        return { name: file.name, type: file.type, size: file.size, path: stored ? await parts.saveFile(file.name, stored.bytes, file.fileId) : null };
      })),
    })));
    const trace = lines.findLast((line) => line.trace)?.trace ?? null;
    print(JSON.stringify({ session, replies, trace }));
  }
}

function parseRequest(raw: string): { session: string; text: string } | { error: string } {
  try {
    const parsed = request.safeParse(JSON.parse(raw));
    if (parsed.success) return parsed.data;
    return { error: `Expected {"session","text"}: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the line'} ${issue.message}`).join('; ')}` };
  } catch (error) {
    return { error: `Not a line of JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Talks with a person at the terminal until end of input or `/quit`; what an agent says appears as it comes. */
export async function chatInteractive(input: Readable, print: (text: string) => void, session: string, parts: ChatParts): Promise<void> {
  const conversationId = conversationOf(session);
  let seen = (await parts.store.head(conversationId))?.lastSeq ?? 0;
  let printing = Promise.resolve();
  const show = (): Promise<void> => {
    printing = printing.then(async () => {
      for (const line of await linesAfter(parts, conversationId, seen)) {
        seen = Math.max(seen, line.seq);
        if (isAnswer(line)) print(await wordsOf(line, parts));
      }
    });
    return printing;
  };
  const unwatch = parts.store.watch((hint) => {
    if (hint.conversationId === conversationId && hint.what === 'log') void show();
  });
  // Another process may have answered: an agent at the desk of a running server.
  const timer = setInterval(() => void show(), 1000);
  try {
    print('Type your message; /quit ends.\n');
    let count = 0;
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      if (text.trim() === '/quit') break;
      if (text.trim() === '') continue;
      count += 1;
      await parts.accept({ session, text, id: `${parts.now()}-${count}` });
      await parts.settled(conversationId);
      await show();
    }
  } finally {
    clearInterval(timer);
    unwatch();
    await printing;
  }
}

async function wordsOf(line: Line, parts: ChatParts): Promise<string> {
  const who = line.from === 'agent' ? `${line.agent?.name ?? 'agent'}: ` : '';
  const links = (line.links ?? []).map((link) => `${link.label}: ${link.url}`);
  const saved = await Promise.all((line.files ?? []).map(async (file) => {
    const stored = await parts.files.get(file.fileId);
    return stored ? `[${await parts.saveFile(file.name, stored.bytes, file.fileId)}]` : `[${file.name}]`;
  }));
  const choices = (line.choices ?? []).map((choice, index) => `  ${index + 1}) ${choice.label}`);
  return `\n${[`${who}${line.text}`, ...links, ...saved, ...choices].join('\n')}\n`;
}
