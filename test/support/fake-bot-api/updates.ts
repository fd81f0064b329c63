import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFailure, type Fields, type World } from './world.js';

interface Waiting {
  readonly id: number;
  /** Updates of one queue are delivered one after the other; the first blocks the others. */
  readonly queue: string;
  readonly isQuery: boolean;
  readonly at: number;
  readonly update: Fields;
}

/** One try to deliver by webhook. `status` 0 means that no answer came. */
export interface Delivery {
  readonly updateId: number;
  readonly status: number;
}

/** Updates on their way to the bot. */
export interface Updates {
  /** Puts one into its queue; returns its number. */
  add(kind: string, queue: string, content: Fields): number;
  /** The same again, as after a lost confirmation. */
  repeat(updateId: number): void;
  poll(payload: Fields, hungUp: AbortSignal): Promise<Fields[]>;
  setWebhook(payload: Fields): void;
  deleteWebhook(): void;
  webhookInfo(): Fields;
  readonly deliveries: readonly Delivery[];
  readonly pending: number;
  stop(): void;
}

/** Makes the queues; all waiting times are divided by `speed`. */
export function createUpdates(world: World, speed: number): Updates {
  const waiting: Waiting[] = [];
  const sent = new Map<number, Waiting>();
  const deliveries: Delivery[] = [];
  const busy = new Set<string>();
  let nextId = 5_000;
  let allowed: readonly unknown[] = [];
  let webhook: { readonly url: string; readonly secret: string; readonly life: AbortController } | null = null;
  let poller: AbortController | null = null;
  let lastPoll = { offset: -1, at: -Infinity };

  const hold = (seconds: number, signal: AbortSignal): Promise<unknown> => sleep((seconds * 1000) / speed, undefined, { signal }).catch(() => undefined);
  const remove = (one: Waiting): void => {
    const index = waiting.indexOf(one);
    if (index >= 0) waiting.splice(index, 1);
    world.changed();
  };
  /** Presses are worth nothing after 150 seconds, messages after a day. */
  const expire = (): void => {
    for (const one of waiting.filter(({ at, isQuery }) => world.now() - at > (isQuery ? 150 : 86_400))) remove(one);
  };
  const setAllowed = (payload: Fields): void => {
    if (Array.isArray(payload['allowed_updates'])) allowed = payload['allowed_updates'];
  };

  async function deliver(one: Waiting, hook: NonNullable<typeof webhook>): Promise<{ status: number; retryAfter: number | null }> {
    try {
      const response = await fetch(hook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(hook.secret === '' ? {} : { 'x-telegram-bot-api-secret-token': hook.secret }) },
        body: JSON.stringify(one.update),
        signal: AbortSignal.any([hook.life.signal, AbortSignal.timeout(60_000)]),
      });
      await response.arrayBuffer();
      const after = Number(response.headers.get('retry-after') ?? NaN);
      return { status: response.status, retryAfter: Number.isFinite(after) ? Math.min(3600, after) : null };
    } catch {
      return { status: 0, retryAfter: null };
    }
  }

  async function drain(queue: string): Promise<void> {
    if (busy.has(queue)) return;
    busy.add(queue);
    let failures = 0;
    for (;;) {
      expire();
      const hook = webhook;
      const one = waiting.find((candidate) => candidate.queue === queue);
      if (hook === null || one === undefined) break;
      const { status, retryAfter } = await deliver(one, hook);
      if (hook.life.signal.aborted) continue;
      deliveries.push({ updateId: one.id, status });
      world.changed();
      if (status >= 200 && status < 300) {
        failures = 0;
        remove(one);
      } else {
        failures += 1;
        await hold(retryAfter ?? (failures === 1 ? 0 : Math.min(60, 2 ** (failures - 1))), hook.life.signal);
      }
    }
    busy.delete(queue);
  }

  const wake = (): void => {
    world.changed();
    if (webhook !== null) for (const queue of new Set(waiting.map((one) => one.queue))) void drain(queue);
  };

  return {
    deliveries,
    get pending() {
      return waiting.length;
    },
    add: (kind, queue, content) => {
      const id = nextId++;
      const one = { id, queue, isQuery: kind === 'callback_query', at: world.now(), update: { update_id: id, [kind]: content } };
      sent.set(id, one);
      if (allowed.length === 0 || allowed.includes(kind)) waiting.push(one);
      wake();
      return id;
    },
    repeat: (updateId) => {
      const one = sent.get(updateId);
      if (one === undefined) throw new Error(`no update ${updateId} was ever sent`);
      waiting.unshift({ ...one, at: world.now() });
      wake();
    },
    poll: async (payload, hungUp) => {
      if (webhook !== null) throw new ApiFailure(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
      setAllowed(payload);
      poller?.abort();
      const mine = new AbortController();
      poller = mine;
      const offset = Number(payload['offset'] ?? 0);
      for (const one of waiting.filter(({ id }) => id < offset)) remove(one);
      const isHasty = offset > 0 && offset === lastPoll.offset && performance.now() - lastPoll.at < 500 / speed;
      const limit = isHasty ? 1 : Math.min(100, Math.max(1, Number(payload['limit'] ?? 100)));
      const seconds = Math.min(50, Number(payload['timeout'] ?? 0));
      const end = new AbortController();
      const timer = setTimeout(() => end.abort(), (seconds * 1000) / speed);
      for (const signal of [mine.signal, hungUp]) signal.addEventListener('abort', () => end.abort(), { once: true });
      end.signal.addEventListener('abort', () => world.changed(), { once: true });
      const batch = await world.when(() => {
        expire();
        const found = [...waiting].sort((a, b) => a.id - b.id).slice(0, limit);
        return found.length > 0 || end.signal.aborted || hungUp.aborted || mine.signal.aborted ? found : undefined;
      });
      clearTimeout(timer);
      lastPoll = { offset, at: performance.now() };
      if (mine.signal.aborted) throw new ApiFailure(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running');
      if (poller === mine) poller = null;
      return batch.map((one) => one.update);
    },
    setWebhook: (payload) => {
      webhook?.life.abort();
      const url = String(payload['url'] ?? '');
      setAllowed(payload);
      webhook = url === '' ? null : { url, secret: String(payload['secret_token'] ?? ''), life: new AbortController() };
      poller?.abort();
      wake();
    },
    deleteWebhook: () => {
      webhook?.life.abort();
      webhook = null;
    },
    webhookInfo: () => ({ url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: waiting.length, allowed_updates: allowed }),
    stop: () => {
      webhook?.life.abort();
      webhook = null;
      poller?.abort();
    },
  };
}
