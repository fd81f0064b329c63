import { maskSecrets, maskSecretsIn } from '../domain/mask.js';
import type { AgentAct, Incoming } from '../domain/message.js';
import type { ChannelDoor } from '../ports/channel.js';
import { createOutbox } from './outbox.js';
import type { Parts } from './parts.js';
import type { ShopEvent } from '../domain/notice.js';
import { within } from '../waiting/within.js';
import { lookForChanges } from './look.js';
import { takeShopEvent, type EventOutcome } from './notices.js';
import { recover } from './recover.js';
import { createTimerSweep } from './timers.js';
import { createWorker } from './worker.js';

/** How often is looked for work that no hint told of: expired leases, retries, other processes. */
const sweepMs = 1_000;

/** How often is looked whether the store still has its memory. */
const mendMs = 2_000;
/** So long a start waits for what the store has lost; with thousands of conversations the rest comes back while the node is at work already. */
const mendFirstMs = 5_000;

/** The shell around the dialogue: accept → claim → turn → commit → deliver. */
export interface Runtime {
  /** The door every channel is given. */
  readonly door: ChannelDoor;
  /** The desk's door: an agent's act becomes an item of its conversation, in order with the customer's messages. */
  act(act: AgentAct): Promise<'accepted' | 'duplicate'>;
  start(): Promise<void>;
  /** The shop's door: something that happened to an order becomes at most one message to its customer. */
  shopEvent(event: ShopEvent): Promise<EventOutcome>;
  /** Looks at the shop's data for what has changed since the last look; gives how many changes there were. */
  look(): Promise<number>;
  /** Has timers that are due by the clock come due now, without waiting for the next look; gives how many did. */
  sweepTimers(): Promise<number>;
  /** Resolves when this conversation has nothing waiting in its inbox. */
  settled(conversationId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the shell together from its parts; nothing runs before `start`. */
export function createRuntime(parts: Parts): Runtime {
  const { store, random, channels } = parts;
  const owner = Buffer.from(random(9)).toString('base64url');
  const worker = createWorker(parts, owner);
  // Where the store's memory may be lost, the records are to know what is delivered.
  const outbox = createOutbox(parts, owner, undefined, store.snapshot ? (id) => worker.note(id) : undefined);
  const timers = createTimerSweep(parts);
  let unwatch = (): void => undefined;
  let sweep: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let looked: Promise<unknown> | undefined;
  let mending: NodeJS.Timeout | undefined;
  let mended: Promise<unknown> | undefined;

  /** Whether nothing of a conversation is delivered since its customer reads the log; its id begins with the channel's name. */
  const isReadInLog = (conversationId: string): boolean => channels.get(conversationId.slice(0, conversationId.indexOf(':')))?.readsLog === true;

  function look(): void {
    looked ??= lookForChanges(parts)
      .catch((error: unknown) => parts.log.error('look.failed', { message: error instanceof Error ? error.message : String(error) }))
      .finally(() => {
        looked = undefined;
      });
  }

  let isRecovered = false;
  /** Puts back what the store has lost, and has the records learn what they have not heard of. Only then is known which turns are taken again, and which writes are to be asked about. */
  async function mend(): Promise<void> {
    await store.mend?.((ids) => {
      for (const id of ids) worker.note(id);
    });
    if (isRecovered) return;
    await recover(parts);
    isRecovered = true;
  }

  /** One at a time; what fails is told, and tried again with the next look. */
  function mendNow(): Promise<unknown> {
    mended ??= mend().catch((error: unknown) => parts.log.error('mend.failed', { message: error instanceof Error ? error.message : String(error) })).finally(() => {
      mended = undefined;
    });
    return mended;
  }

  /** A start that cannot mend fails; one that is mending for long goes on with it beside its work, as a node does that was up when the store lost its memory. */
  async function mendFirst(): Promise<void> {
    const first = mend();
    if (!store.mend) return first;
    mended = first.catch(() => undefined).finally(() => {
      mended = undefined;
    });
    await within(first, mendFirstMs, () => undefined);
  }

  async function accept(incoming: Incoming): Promise<'accepted' | 'duplicate'> {
    // Card numbers and passwords must not reach the store, the log or the desk.
    const { text, displayName, clientData, files } = incoming;
    const masked = {
      ...incoming,
      ...maskSecretsIn({ ...(text === undefined ? {} : { text }), ...(displayName === undefined ? {} : { displayName }), ...(clientData === undefined ? {} : { clientData }), }),
      ...(files ? { files: files.map((file) => ({ ...file, name: maskSecrets(file.name) })) } : {}),
    };
    const outcome = await store.accept(incoming.conversationId, masked, { channel: incoming.channel, address: incoming.address });
    parts.pass?.('accept');
    worker.expect(incoming.conversationId);
    worker.pump();
    return outcome;
  }

  return {
    door: { accept },
    async act(act) {
      const head = await store.head(act.conversationId);
      if (!head) return 'duplicate';
      return store.accept(act.conversationId, act.text === undefined ? act : { ...act, text: maskSecrets(act.text) }, { channel: head.channel, address: head.address });
    },
    async shopEvent(event) {
      const outcome = await takeShopEvent(event, parts);
      timers.pump();
      return outcome;
    },
    look: () => lookForChanges(parts),
    async sweepTimers() {
      const fired = await timers.sweep();
      worker.pump();
      return fired;
    },
    async start() {
      unwatch = store.watch((hint) => {
        if (hint.what === 'inbox') worker.pump();
        else if (!isReadInLog(hint.conversationId)) outbox.pump();
      });
      await mendFirst();
      // Where accepted messages are journalled, mending has told already what the records have not heard of.
      if (parts.elsewhere === undefined && !store.mend) await worker.catchUp();
      for (const channel of channels.values()) await channel.start({ accept });
      sweep = setInterval(() => {
        timers.pump();
        worker.pump();
        outbox.pump();
      }, sweepMs);
      // A process that serves one channel of its own leaves this to the server, too.
      if (parts.policy.notices.lookMinutes > 0 && parts.elsewhere === undefined) looking = setInterval(look, parts.policy.notices.lookMinutes * 60_000);
      if (store.mend) mending = setInterval(() => void mendNow(), mendMs);
      worker.pump();
      outbox.pump();
    },
    async settled(conversationId) {
      while ((await store.pending(conversationId)).inbox > 0) await worker.moved();
    },
    async stop() {
      clearInterval(sweep);
      clearInterval(looking);
      clearInterval(mending);
      await mended;
      await looked;
      unwatch();
      await timers.stop();
      await Promise.all([...channels.values()].map((channel) => channel.stop()));
      await worker.stop();
      await outbox.stop();
    },
  };
}
