import { maskCards, maskCardsIn } from '../domain/mask.js';
import type { AgentAct, Incoming } from '../domain/message.js';
import type { ChannelDoor } from '../ports/channel.js';
import { createOutbox } from './outbox.js';
import type { Parts } from './parts.js';
import { recover } from './recover.js';
import { createTimerSweep } from './timers.js';
import { createWorker } from './worker.js';

/** How often is looked for work that no hint told of: expired leases, retries, other processes. */
const sweepMs = 1_000;

/** The shell around the dialogue: accept → claim → turn → commit → deliver. */
export interface Runtime {
  /** The door every channel is given. */
  readonly door: ChannelDoor;
  /** The desk's door: an agent's act becomes an item of its conversation, in order with the customer's messages. */
  act(act: AgentAct): Promise<'accepted' | 'duplicate'>;
  start(): Promise<void>;
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
  const outbox = createOutbox(parts, owner);
  const timers = createTimerSweep(parts);
  let unwatch = (): void => undefined;
  let sweep: NodeJS.Timeout | undefined;

  async function accept(incoming: Incoming): Promise<'accepted' | 'duplicate'> {
    // Card numbers must not reach the store, the log or the desk.
    const { text, displayName, clientData, files } = incoming;
    const masked = {
      ...incoming,
      ...maskCardsIn({ ...(text === undefined ? {} : { text }), ...(displayName === undefined ? {} : { displayName }), ...(clientData === undefined ? {} : { clientData }), }),
      ...(files ? { files: files.map((file) => ({ ...file, name: maskCards(file.name) })) } : {}),
    };
    const outcome = await store.accept(incoming.conversationId, masked, { channel: incoming.channel, address: incoming.address });
    worker.expect(incoming.conversationId);
    worker.pump();
    return outcome;
  }

  return {
    door: { accept },
    async act(act) {
      const head = await store.head(act.conversationId);
      if (!head) return 'duplicate';
      return store.accept(act.conversationId, act.text === undefined ? act : { ...act, text: maskCards(act.text) }, { channel: head.channel, address: head.address });
    },
    async sweepTimers() {
      const fired = await timers.sweep();
      worker.pump();
      return fired;
    },
    async start() {
      unwatch = store.watch((hint) => {
        if (hint.what === 'inbox') worker.pump();
        else outbox.pump();
      });
      await recover(parts);
      for (const channel of channels.values()) await channel.start({ accept });
      sweep = setInterval(() => {
        timers.pump();
        worker.pump();
        outbox.pump();
      }, sweepMs);
      worker.pump();
      outbox.pump();
    },
    async settled(conversationId) {
      while ((await store.pending(conversationId)).inbox > 0) await worker.moved();
    },
    async stop() {
      clearInterval(sweep);
      unwatch();
      await timers.stop();
      await Promise.all([...channels.values()].map((channel) => channel.stop()));
      await worker.stop();
      await outbox.stop();
    },
  };
}
