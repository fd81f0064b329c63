import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTerminalChannel } from '../channels/terminal.js';
import { readIntents, type IntentDefinition } from '../classifiers/intents-folder.js';
import { createLocalClassifier } from '../classifiers/local-classifier.js';
import { meaningfulWords } from '../classifiers/linear/text.js';
import { openModel } from '../classifiers/model.js';
import { createMessageGuard } from '../classifiers/guard/message-guard.js';
import { rememberingGuard } from '../classifiers/guard/remembering-guard.js';
import { createSwappableClassifier } from '../classifiers/swappable.js';
import type { Config } from '../config.js';
import type { Book } from '../dialogue/book.js';
import { Fault } from '../domain/fault.js';
import { createDocuments } from '../documents/documents.js';
import { createDiskFiles } from '../files/disk.js';
import { withCleanPictures } from '../files/metadata.js';
import { withProof } from '../files/proven.js';
import { byButton } from '../flows/by-button.js';
import { deadlines } from '../flows/deadlines/index.js';
import { followUps } from '../flows/follow-ups.js';
import { flows } from '../flows/index.js';
import { createFolderMailer } from '../mail/folder.js';
import { createSmtpMailer } from '../mail/smtp.js';
import { articleMessages, createKnowledge, gapsOf } from '../knowledge/knowledge.js';
import { laidOver, readArticles } from '../knowledge/read-articles.js';
import type { Privacy } from '../ops/privacy.js';
import { besideHelpdesk } from '../policy/beside-helpdesk.js';
import { loadPolicy } from '../policy/read-policy.js';
import { unknownFlows, unknownNames } from '../policy/unknown-names.js';
import type { JournalOfTalk } from '../ports/records.js';
import type { SharedLimits } from '../ports/shared-limits.js';
import type { Parts } from '../runtime/parts.js';
import { replay, type Replayed } from '../runtime/replay.js';
import { createRuntime, type Runtime } from '../runtime/runtime.js';
import { warmUp } from '../runtime/warm-up.js';
import { createEmbeddedShop } from '../shops/embedded.js';
import { withPatience } from '../shops/patient.js';
import { migrateShop, type ShopDb } from '../shops/tables.js';
import { ensureSample, findShopSource } from '../shops/transfer.js';
import { createJournalledConversations } from '../stores/journalled-conversations.js';
import { createSqlInbox } from '../stores/sql-inbox.js';
import { createSqlRecords } from '../stores/sql-records.js';
import { createTexts, readLocales, withMessages } from '../text/texts.js';
import { foldersOf, learn, learnGuard, stampOf } from './learn.js';
import { root } from './place.js';
import { filesFolder, privacyOf } from './privacy.js';
import { openConversations, openRecordsDb } from './stores.js';
import type { Surroundings } from './surroundings.js';

/** What is asked most, in front of the parts of the menu; with those, each handler is at most two presses away. */
const menu = ['order_status', 'track_parcel', 'return_request'];

/** One sentence of every so manieth intent is enough to have everything made ready: a second's work. */
const warmedUpBy = 5;

/** Everything but the ends: stores, shop, understanding, flows. */
export type Core = Omit<Parts, 'channels'> & {
  /** Export, erasure and retention of what is kept of people. */
  readonly privacy: Privacy;
  readonly isSampleShop: boolean;
  readonly shopDb: ShopDb;
  /** What was found wrong while opening, in words for the operator; it works all the same. */
  readonly warnings: readonly string[];
  /** Limits of senders that all nodes count together; absent for one node alone. */
  readonly sharedLimits?: SharedLimits;
  /**
   * Learns the intents folder anew, in threads, and from then on understands by it; serving goes on meanwhile. Sentences may
   * change freely; where intents or their flows did, it is a Fault `intents.invalid`, because those need a new start.
   */
  relearn(): Promise<{ readonly isFresh: boolean; readonly milliseconds: number }>;
  /** Makes ready what is otherwise made for the first customers, while serving goes on. */
  warmUp(): Promise<void>;
  /** How the files of the intents stood before they were learned from. */
  readonly learnedFrom: string;
  close(): Promise<void>;
};

/** Opens the core. Whatever is wrong with settings, policy, intents or locales is a Fault that says how to mend it. */
export async function openCore(config: Config, { clock, log, learned, random = (bytes) => randomBytes(bytes) }: Surroundings): Promise<Core> {
  const { policy: ownPolicy, contradictions } = loadPolicy(config.POLICY_FILE);
  const policy = config.CHATWOOT_URL === undefined ? ownPolicy : besideHelpdesk(ownPolicy);
  for (const { code, says, meanwhile, places } of contradictions.filter(({ isDecided }) => !isDecided)) log.warn('policy.contradiction', { code, says, meanwhile, places });
  const strange = unknownFlows(ownPolicy, flows.map(({ id }) => id));
  if (strange.length > 0) throw new Fault('policy.invalid', `The policy file ${config.POLICY_FILE ?? '(default)'} is wrong:\n${strange.map(({ name, near }) => `  identity.levels.${name}: there is no such flow${near === undefined ? '' : `; did you mean “${near}”?`}`).join('\n')}`);
  const articles = laidOver(readArticles(join(root, 'locales', 'knowledge')), config.KNOWLEDGE_DIR === undefined ? undefined : readArticles(config.KNOWLEDGE_DIR));
  const texts = createTexts(withMessages(readLocales(join(root, 'locales')), articleMessages(articles)));
  for (const gap of gapsOf(articles, texts.locales)) log.warn('knowledge.incomplete', { message: gap });
  const knowledge = createKnowledge(articles, meaningfulWords);
  if (!texts.locales.includes(config.DEFAULT_LOCALE)) throw new Fault('config.invalid', `DEFAULT_LOCALE is ${config.DEFAULT_LOCALE}; there are: ${texts.locales.join(', ')}.`);
  const learnedFrom = await stampOf(config);
  const { intents, opened } = learned ?? await learn(config);
  const recordsDb = openRecordsDb(config, (message) => log.warn('postgres', { message }));
  const records = await createSqlRecords(recordsDb.db, recordsDb.dialect);
  const shopDb = recordsDb.db as unknown as ShopDb;
  await migrateShop(shopDb);
  await ensureSample(shopDb, clock.now());
  const shop = withPatience(createEmbeddedShop({ db: shopDb, clock }));
  const profile = await shop.reader.profile();
  for (const name of await unknownNames(policy, shop.reader)) log.warn('policy.unknown-name', { name });
  const warnings: string[] = [];
  let isOpen = false;
  const { store: conversations, restorable, sharedLimits, close } = await openConversations(config, clock, (message) => {
    log.warn('redis', { message });
    if (!isOpen) warnings.push(message);
  });
  // Redis may lose its memory: every message is written into the records first.
  const store = restorable === undefined ? conversations : createJournalledConversations({
    inner: restorable, journal: createSqlInbox(recordsDb.db, recordsDb.dialect), clock, expireSeconds: config.REDIS_EXPIRE_DAYS * 86_400, onMended: (counts) => log.warn('redis.mended', { ...counts }),
  });
  isOpen = true;
  const book: Book = {
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    intents: Object.fromEntries([...intents.map(({ intent, group, flow }) => ({ intent, group, flow: flow === 'none' ? null : flow })), ...byButton].map((entry) => [entry.intent, entry])),
    levels: Object.fromEntries(flows.map((flow) => [flow.id, [flow.needs, policy.identity.levels[flow.id] ?? 'L0'].toSorted().at(-1) ?? flow.needs])) as Book['levels'],
    menu, locales: texts.locales, identity: policy.identity, angerAnswered: policy.feedback.angerAnswered, handOverOn: policy.handOver.reasons, followUps,
  };
  const classifier = createSwappableClassifier(createLocalClassifier({ model: opened.model, shop: profile }));
  const known = flowsOf(intents);
  const guard = rememberingGuard(createMessageGuard(await learnGuard()));
  let isClosed = false;
  return {
    learnedFrom, book, deadlines: Object.fromEntries(deadlines.map((deadline) => [deadline.name, deadline])),
    policy, texts, knowledge, guard, shop, shopDb, warnings, ...(sharedLimits === undefined ? {} : { sharedLimits }), store, records, clock, log, random, classifier,
    async relearn() {
      const folders = foldersOf(config);
      if (flowsOf(await readIntents(folders.intentsFolder, folders.cacheFolder)) !== known) throw new Fault('intents.invalid', 'intents or their flows have changed, not only sentences: start anew');
      const { model, isFresh, milliseconds } = await openModel(folders);
      classifier.swap(createLocalClassifier({ model, shop: profile }));
      return { isFresh, milliseconds };
    },
    files: withProof(withCleanPictures(createDiskFiles(filesFolder(config)))),
    privacy: privacyOf(config, { recordsDb, records, store, reader: shop.reader, clock }),
    documents: createDocuments(texts, { zone: profile.timeZone }),
    mailer: config.SMTP_URL ? createSmtpMailer(config.SMTP_URL.reveal(), config.MAIL_FROM, (message) => log.error('mail.not-taken', { message })) : createFolderMailer(join(config.DATA_DIR, 'outbox'), clock),
    defaultLocale: config.DEFAULT_LOCALE, keepsJournal: config.KEEP_JOURNAL,
    isSampleShop: (await findShopSource(shopDb))?.kind === 'sample',
    warmUp: () => warmUp(intents.filter((_, n) => n % warmedUpBy === 0).flatMap(({ examples }) => Object.entries(examples).flatMap(([locale, [text]]) => (text === undefined ? [] : [{ locale, text }]))), { book, classifier, texts, guard, knowledge, policy, clock }, () => isClosed),
    async close() {
      isClosed = true;
      await close();
      await records.close();
      await recordsDb.close();
    },
  };
}

/** Which intents there are and which flow answers each. */
const flowsOf = (intents: readonly IntentDefinition[]): string => intents.map(({ intent, group, flow }) => `${intent} ${group} ${flow}`).toSorted().join('\n');

/** Takes a talk again from its journal, with today's flows, rules and words. */
export const replayTalk = (core: Pick<Core, 'book' | 'policy' | 'texts'>, journal: JournalOfTalk): Promise<Replayed> => replay(journal, core);

/** The core with the terminal as its only end. */
export function createTerminalRuntime(core: Core): Runtime {
  return createRuntime({ ...core, channels: new Map([['terminal', createTerminalChannel()]]), elsewhere: ['web', 'telegram', 'bot-framework'] });
}
