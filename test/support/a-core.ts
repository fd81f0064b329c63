import { fileURLToPath } from 'node:url';
import { createMessageGuard } from '../../src/classifiers/guard/message-guard.js';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.js';
import { openModel } from '../../src/classifiers/model.js';
import type { Book } from '../../src/dialogue/book.js';
import type { Line } from '../../src/domain/message.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { withProof } from '../../src/files/proven.js';
import { deadlines } from '../../src/flows/deadlines/index.js';
import { byButton } from '../../src/flows/by-button.js';
import { followUps } from '../../src/flows/follow-ups.js';
import { flows } from '../../src/flows/index.js';
import { meaningfulWords } from '../../src/classifiers/linear/text.js';
import { articleMessages, createKnowledge } from '../../src/knowledge/knowledge.js';
import { laidOver, readArticles } from '../../src/knowledge/read-articles.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import type { Policy } from '../../src/domain/policy.js';
import type { Channel } from '../../src/ports/channel.js';
import type { Shop } from '../../src/ports/shop.js';
import type { Log, Parts } from '../../src/runtime/parts.js';
import { createRuntime, type Runtime } from '../../src/runtime/runtime.js';
import { createMemoryShop } from '../../src/shops/memory.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { createMemoryConversations } from '../../src/stores/memory-conversations.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { createTexts, readLocales, withMessages } from '../../src/text/texts.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The day all tests with a clock of their own take place on. */
export const today = '2026-06-17T09:00:00.000Z';

/** A clock to move by hand; every look at it is a millisecond later, as in life. */
export function handClock(from = today): { now: () => string; move: (ms: number) => void } {
  let at = Date.parse(from);
  return {
    now: () => new Date((at += 1)).toISOString(),
    move: (ms) => {
      at += ms;
    },
  };
}

/** A log that keeps what was written. */
export function keptLog(): Log & { readonly entries: { level: string; event: string; details: Record<string, unknown> }[]; onError(listener: (error: Error) => void): void } {
  const listeners: ((error: Error) => void)[] = [];
  const entries: { level: string; event: string; details: Record<string, unknown> }[] = [];
  const at = (level: string) => (event: string, details: Record<string, unknown> = {}): void => {
    entries.push({ level, event, details });
    if (event === 'turn.failed') for (const listener of listeners) listener(new Error(String(details['error'])));
  };
  return { entries, onError: (listener) => void listeners.push(listener), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Bytes that are the same in every run, never twice the same in one (no two nodes have one name), and no small numbers (codes made of them are not guessed). */
function chance(): (bytes: number) => Uint8Array {
  let count = 0;
  return (bytes) => {
    const given = new Uint8Array(bytes).fill(7);
    new DataView(given.buffer).setUint32(bytes - 4, Math.imul((count += 1), 0x9e3779b1) >>> 0);
    return given;
  };
}

/** What takes long to make and nothing changes: once for all the cores of a test file. */
const sample = createSampleShop(today);
const shippedPolicy = readPolicy(undefined);
const understanding = openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` }).then(async ({ definitions, model }) => ({
  intents: definitions, classifier: createLocalClassifier({ model, shop: await createMemoryShop(sample).reader.profile() }),
}));

/** Everything that can be said; read once, as nothing changes it. */
const articles = laidOver(readArticles(`${root}locales/knowledge`), undefined);
const spoken = { texts: createTexts(withMessages(readLocales(`${root}locales`), articleMessages(articles))), knowledge: createKnowledge(articles, meaningfulWords) };

/** What a test may put in the place of the usual. */
export interface Instead {
  readonly shop?: (shop: Shop) => Shop;
  readonly policy?: (policy: Policy) => Policy;
}

/** The whole core in memory, with the real classifier, flows, policy and texts. */
export async function aCore(instead: Instead = {}): Promise<Parts & { readonly mails: { to: string; text: string }[]; readonly clock: ReturnType<typeof handClock>; readonly log: ReturnType<typeof keptLog>; readonly channels: Map<string, Channel> }> {
  const clock = handClock();
  const policy = (instead.policy ?? ((one) => one))(shippedPolicy);
  const { texts, knowledge } = spoken;
  const own = createMemoryShop(sample, clock);
  const shop = (instead.shop ?? ((one) => one))(own);
  const mails: { to: string; text: string }[] = [];
  const { intents, classifier } = await understanding;
  const book: Book = {
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    intents: Object.fromEntries([...intents.map(({ intent, group, flow }) => ({ intent, group, flow: flow === 'none' ? null : flow })), ...byButton].map((entry) => [entry.intent, entry])),
    levels: Object.fromEntries(flows.map((flow) => [flow.id, policy.identity.levels[flow.id] ?? flow.needs])),
    menu: ['order_status', 'track_parcel'], locales: texts.locales, identity: policy.identity, angerAnswered: policy.feedback.angerAnswered, handOverOn: policy.handOver.reasons, followUps,
  };
  return {
    book, deadlines: Object.fromEntries(deadlines.map((deadline) => [deadline.name, deadline])), policy, texts, knowledge, guard: createMessageGuard(), shop, clock, mails, log: keptLog(), random: chance(), defaultLocale: 'en', channels: new Map(),
    store: createMemoryConversations(), records: createMemoryRecords(), files: withProof(createMemoryFiles()),
    classifier,
    documents: { make: async (request) => {
      const name = request.document === 'invoice' ? `receipt-${request.order.number}` : request.document === 'return-label' ? `${request.return.number}-${request.page}` : request.document === 'case-file' ? `case-${request.file.number}` : `transcript-${request.case}-${request.lines?.length ?? 0}`;
      return { name: `${name}.pdf`, type: 'application/pdf', bytes: new TextEncoder().encode(name) };
    } },
    mailer: { send: async ({ to, text }) => void mails.push({ to, text }) },
  };
}

/** A conversation to hold in a test: say something, get the lines that came of it. */
export interface Talk {
  says(text: string, more?: { readonly files?: readonly string[]; readonly identity?: string; readonly id?: string; readonly source?: string }): Promise<Line[]>;
  presses(choice: string): Promise<Line[]>;
  /** Keys of the replies to the last thing said. */
  keys(): string[];
  /** Words of the replies to the last thing said. */
  words(): string;
  choices(): string[];
  readonly runtime: Runtime;
  readonly id: string;
  end(): Promise<void>;
}

/** Starts a conversation over a core in memory. */
export async function aTalk(core: Awaited<ReturnType<typeof aCore>>, name = 'one', runtime?: Runtime): Promise<Talk> {
  const running = runtime ?? createRuntime({ ...core });
  if (!runtime) await running.start();
  const id = `test:${name}`;
  let count = 0;
  let last: Line[] = [];
  // A turn that fails is tried again later; in a test it is an error at once.
  const failed = new Promise<never>((_, reject) => core.log.onError(reject));
  failed.catch(() => undefined);
  const send = async (message: Record<string, unknown>): Promise<Line[]> => {
    count += 1;
    const before = (await core.store.head(id))?.lastSeq ?? 0;
    await running.door.accept({ kind: 'message', id: `m${count}`, conversationId: id, channel: 'test', address: null, at: core.clock.now(), ...message });
    await Promise.race([running.settled(id), failed]);
    last = (await core.store.readLog(id, before, 100)).filter((line) => line.from !== 'customer');
    return last;
  };
  return {
    says: (text, { files, identity, id: own, source } = {}) => send({
      text, ...(own === undefined ? {} : { id: own }), ...(source === undefined ? {} : { source }), ...(identity === undefined ? {} : { identity: { customerId: identity } }),
      ...(files ? { files: files.map((fileId) => ({ fileId, name: `${fileId}.jpg`, type: 'image/jpeg', size: 10 })) } : {}),
    }),
    presses: (choice) => send({ choice }),
    keys: () => last.flatMap((line) => line.replies ?? []).map((reply) => reply.key),
    words: () => last.map((line) => line.text).join('\n'),
    choices: () => last.flatMap((line) => line.choices ?? []).map((choice) => choice.id),
    runtime: running,
    id,
    end: () => running.stop(),
  };
}
