import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTerminalRuntime, machineClock, openCore } from '../app.js';
import { configOrExit, createLog } from '../main.js';
import { chatInteractive, chatJsonl, conversationOf, type ChatParts } from './chat-session.js';
import { misuse, type Command, type CommandIo } from './command.js';

/** Talks with the bot in the terminal, or line by line as JSON for programs. */
export const chat: Command = {
  name: 'chat',
  summary: 'talk with the bot in the terminal; --jsonl for programs',
  help: `Usage:
  aftercare chat [--session NAME] [--locale TAG]
  aftercare chat --jsonl

Talks with the bot over the same shop, policy and conversations as the server.

  --jsonl          read {"session","text"} a line from standard input, answer each with one JSON line
                   {"session","replies":[{"text","choices","attachments"}],"trace"}
  --session NAME   go on with an earlier talk of that name
  --locale TAG     the language to begin in
  --help           print this

Exit codes: 0 done · 1 could not be done · 2 the command was not understood
`,
  async run(args, io) {
    let options: { jsonl?: boolean; session?: string; locale?: string };
    try {
      options = parseArgs({ args: [...args], strict: true, options: { jsonl: { type: 'boolean' }, session: { type: 'string' }, locale: { type: 'string' } } }).values;
    } catch (error) {
      return misuse(io, 'chat', error instanceof Error ? error.message : String(error));
    }
    await talk(options, io);
    return 0;
  },
};

async function talk({ jsonl = false, session, locale }: { jsonl?: boolean; session?: string; locale?: string }, io: CommandIo): Promise<void> {
  const config = configOrExit();
  const core = await openCore(config, { clock: machineClock, log: createLog(jsonl ? 'error' : 'warn') });
  const runtime = createTerminalRuntime(core);
  await runtime.start();
  const folder = join(config.DATA_DIR, 'received');
  const parts: ChatParts = {
    store: core.store, files: core.files, now: machineClock.now,
    accept: async (message) => {
      await runtime.door.accept({
        kind: 'message', id: message.id, conversationId: conversationOf(message.session), channel: 'terminal', address: null, at: machineClock.now(), text: message.text,
        ...(locale === undefined ? {} : { localeHint: locale }),
      });
    },
    settled: (conversationId) => runtime.settled(conversationId),
    async saveFile(name, bytes, fileId) {
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${fileId.slice(0, 8)}-${name.replace(/[^\w.-]+/gu, '_')}`);
      await writeFile(path, bytes);
      return path;
    },
  };
  try {
    if (jsonl) await chatJsonl(io.stdin, (line) => io.out(`${line}\n`), parts);
    else await chatInteractive(io.stdin, io.out, session ?? `at-${machineClock.now()}`, parts);
  } finally {
    // An open standard input would keep the process.
    io.stdin.destroy();
    await runtime.stop();
    await core.close();
  }
}
