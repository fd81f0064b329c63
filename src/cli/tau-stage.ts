import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createTerminalRuntime, learn, machineClock, openCore, openShopDb, type Core, type Learned } from '../app.js';
import { readConfig, type Config } from '../config.js';
import { Fault } from '../domain/fault.js';
import type { Line } from '../domain/message.js';
import { conversationOf } from './chat-session.js';
import { score, type TauDifference, type TauLine } from './tau-score.js';
import type { TauTalk } from './tau-talks.js';

/** Where talks are played: the benchmark's folder, the rules, a folder for what lasts a talk, and where transcripts are kept. */
export interface TauPlace {
  readonly data: string;
  readonly policy: string;
  readonly folder: string;
  readonly transcripts?: string;
}

/** How the benchmark's file becomes the shop, and the shop its file again; the composition root hands it in. */
export interface TauShop {
  load(db: Core['shopDb'], text: string): Promise<void>;
  print(db: Core['shopDb']): Promise<string>;
}

/** How one talk came out. */
export interface TauOutcome {
  readonly file: string;
  readonly task: string;
  readonly passed: boolean;
  readonly differences: readonly TauDifference[];
}

const template = ({ folder }: TauPlace): string => join(folder, 'template');

/** No setting of this machine counts here: every talk has a database of its own. */
function configFor(folder: string, policy: string): Config {
  const read = readConfig({ DATA_DIR: folder, POLICY_FILE: policy });
  if ('problems' in read) throw new Fault('config.invalid', read.problems.join('\n'));
  return read.config;
}

/** Imports the benchmark's database once; each talk then begins with a copy of what came of it. */
export async function prepareStage(place: TauPlace, shop: TauShop): Promise<void> {
  await mkdir(template(place), { recursive: true });
  const { db, close } = await openShopDb(configFor(template(place), place.policy));
  try {
    await shop.load(db, await readFile(join(place.data, 'db.json'), 'utf8'));
  } finally {
    await close();
  }
}

/** The database of the untouched copy, written out again. */
export async function exportTemplate(place: TauPlace, shop: TauShop): Promise<string> {
  const { db, close } = await openShopDb(configFor(template(place), place.policy));
  try {
    return await shop.print(db);
  } finally {
    await close();
  }
}

const chargeShape = z.object({ conversation: z.object({ charge: z.object({ who: z.string() }) }) });

/** Plays talks one after another, each on a fresh copy of the shop; the model is loaded once. */
export function createStage(place: TauPlace, shop: TauShop): { play(talk: TauTalk): Promise<TauOutcome> } {
  let learned: Promise<Learned> | undefined;
  let count = 0;
  return {
    async play(talk) {
      count += 1;
      const folder = join(place.folder, `talk-${process.pid}-${count}`);
      await cp(template(place), folder, { recursive: true });
      const config = configFor(folder, place.policy);
      learned ??= learn(config);
      try {
        const { database, transcript, notes } = await hold(talk, config, await learned, shop);
        const verdict = await score(place.data, talk.task, folder, database, transcript);
        if (place.transcripts !== undefined) await keep(place.transcripts, talk, notes, verdict);
        return { file: talk.file, task: talk.task, ...verdict };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** A line to be read by whoever looks into a talk: what was said, and of the bot's how it came to it. */
type Note = TauLine & { readonly choices?: readonly string[]; readonly intents?: readonly string[]; readonly flow?: string | null };

async function hold(talk: TauTalk, config: Config, learned: Learned, shop: TauShop): Promise<{ readonly database: string; readonly transcript: TauLine[]; readonly notes: Note[] }> {
  let fail = (_: Error): void => undefined;
  // A turn that fails is tried again later; here it ends the talk.
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  const log = { info: () => undefined, warn: () => undefined, error: (event: string, details: Record<string, unknown> = {}) => fail(new Error(`${event}: ${String(details['error'] ?? '')}`)) };
  const core = await openCore(config, { clock: machineClock, log, learned });
  const runtime = createTerminalRuntime(core);
  await runtime.start();
  const conversationId = conversationOf(`tau-${talk.task}`);
  const notes: Note[] = [];
  try {
    let seen = 0;
    for (const [index, text] of talk.lines.entries()) {
      await runtime.door.accept({ kind: 'message', id: String(index), conversationId, channel: 'terminal', address: null, at: machineClock.now(), text });
      await Promise.race([runtime.settled(conversationId), failure]);
      const lines = await core.store.readLog(conversationId, seen, 500);
      seen = lines.at(-1)?.seq ?? seen;
      notes.push({ role: 'buyer', text }, ...lines.filter((line) => line.from !== 'customer').map(noteOf));
      const head = chargeShape.safeParse((await core.store.head(conversationId))?.state);
      if (head.success && head.data.conversation.charge.who !== 'bot') break;
    }
    return { database: await shop.print(core.shopDb), transcript: notes.map(({ role, text }) => ({ role, text })), notes };
  } finally {
    await runtime.stop();
    await core.close();
  }
}

const noteOf = ({ text, links = [], choices = [], trace }: Line): Note => ({
  role: 'bot', text: [text, ...links.map((link) => `${link.label}: ${link.url}`)].join('\n'), ...(choices.length === 0 ? {} : { choices: choices.map((choice) => choice.label) }),
  ...(trace === undefined ? {} : { intents: trace.intents.map(({ intent, confidence, verdict }) => `${intent} ${confidence.toFixed(2)} ${verdict}`), flow: trace.flow }),
});

async function keep(folder: string, talk: TauTalk, notes: readonly Note[], verdict: Pick<TauOutcome, 'passed' | 'differences'>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = [...notes, { verdict: verdict.passed ? 'passed' : 'failed', differences: verdict.differences }];
  await writeFile(join(folder, `${talk.file.replace(/\.jsonl$/u, '')}-${talk.task.replace(/[^\w-]/gu, '_')}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
