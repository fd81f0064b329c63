import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openRecords } from '../../app.js';
import type { Config } from '../../config.js';
import { createClients, type Clients, type LoadBuyer } from './client.js';
import { createTally, metricOf, round, type Answers, type Times } from './figures.js';
import type { Serving } from './serving.js';

/** What buyers say, one after the other: who they are, orders, parcels, rules, small talk, in several languages; nothing is confirmed, so nothing is written. */
const talks: readonly (readonly string[])[] = [
  ['hi', 'where is my order AC-100001?', 'anna@example.com', 'and the one with the lamp?', 'what promotions are running?', 'how many points do I have?', 'why?', 'thanks'],
  ['Hola', '¿Cómo va mi pedido AC-100022? Soy maria@example.com', '¿cuánto tarda un reembolso?', '¿dónde está el paquete?', 'gracias'],
  ['wang@example.com AC-100011 我的包裹到哪里了', '我想退货', '算了', '谢谢'],
  ['Guten Tag', 'Wie schicke ich etwas zurück?', 'Wie lange dauert eine Erstattung?', 'danke'],
];

/** What the server itself says it used, between two looks. */
export interface Used {
  /** Of one processor: 1 is a whole one. */
  readonly processor: number;
  readonly residentMb: number;
  readonly eventLoopP99Ms: number;
}

async function watch(clients: Clients): Promise<() => Promise<Used>> {
  const [before, begun] = [await clients.read('/metrics'), performance.now()];
  return async () => {
    const after = await clients.read('/metrics');
    const seconds = (performance.now() - begun) / 1000;
    return {
      processor: round((metricOf(after, 'process_cpu_seconds_total') - metricOf(before, 'process_cpu_seconds_total')) / seconds),
      residentMb: Math.round(metricOf(after, 'process_resident_memory_bytes') / 1_048_576),
      eventLoopP99Ms: round(metricOf(after, 'nodejs_eventloop_lag_seconds', '0.99') * 1000),
    };
  };
}

/** Opens so many windows, some at a time. */
export async function openBuyers(clients: Clients, count: number): Promise<{ readonly buyers: readonly LoadBuyer[]; readonly seconds: number }> {
  const begun = performance.now();
  const buyers: LoadBuyer[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(40, count) }, async () => {
    for (let index = next++; index < count; index = next++) {
      for (let tries = 1; ; tries += 1) {
        try {
          buyers.push(await clients.open(index));
          break;
        } catch (error) {
          // So many at once are paced by the server, as strangers would be.
          if (tries >= 20 || !(error instanceof Error) || !error.message.startsWith('429')) throw error;
          await pause(500);
        }
      }
    }
  }));
  return { buyers, seconds: round((performance.now() - begun) / 1000) };
}

/** The steady load: so many windows open, some of them talking. */
export interface Steady extends Answers {
  readonly sockets: number;
  readonly openAfterwards: number;
  readonly openedInSeconds: number;
  readonly talking: number;
  readonly everySeconds: number;
  readonly seconds: number;
  readonly server: Used;
}

/** Has some of the buyers say something every few seconds, each beginning at a moment of their own. */
export async function steady(clients: Clients, { buyers, seconds: openedInSeconds }: Awaited<ReturnType<typeof openBuyers>>, plan: { readonly talking: number; readonly everySeconds: number; readonly seconds: number }): Promise<Steady> {
  const tally = createTally();
  const talking = buyers.slice(0, plan.talking);
  const used = await watch(clients);
  const end = performance.now() + plan.seconds * 1000;
  await Promise.all(talking.map(async (buyer, index) => {
    const texts = talks[index % talks.length] ?? [];
    const under: Promise<void>[] = [];
    const first = performance.now() + (index / talking.length) * plan.everySeconds * 1000;
    for (let n = 0; ; n += 1) {
      const at = first + n * plan.everySeconds * 1000;
      if (at >= end) break;
      await pause(Math.max(0, at - performance.now()));
      // By the clock, whether or not the one before was answered: a slow server is not spared.
      under.push(buyer.say(texts[n % texts.length] ?? 'hi').then(tally.add, tally.fail));
    }
    await Promise.all(under);
  }));
  return {
    sockets: buyers.length, openAfterwards: buyers.filter((buyer) => buyer.isOpen()).length, openedInSeconds, talking: talking.length, everySeconds: plan.everySeconds, seconds: plan.seconds,
    ...tally.answers(), server: await used(),
  };
}

/** One try at so many messages under way at a time. */
export interface Step extends Answers {
  readonly atOnce: number;
  readonly turnsPerSecond: number;
  readonly server: Used;
}

/** Messages as fast as they are answered, with more and more under way at a time. */
export async function highest(clients: Clients, buyers: readonly LoadBuyer[], plan: { readonly atOnce: readonly number[]; readonly seconds: number }): Promise<Step[]> {
  const steps: Step[] = [];
  for (const atOnce of plan.atOnce) {
    const tally = createTally();
    const used = await watch(clients);
    const begun = performance.now();
    const end = begun + plan.seconds * 1000;
    await Promise.all(Array.from({ length: atOnce }, async (_, lane) => {
      // Each lane goes round its own share of the windows, so that no conversation is written to faster than a person could.
      const own = buyers.filter((__, index) => index % atOnce === lane);
      for (let n = 0; performance.now() < end && own.length > 0; n += 1) {
        const texts = talks[(lane + n) % talks.length] ?? [];
        const buyer = own[n % own.length];
        await buyer?.say(texts[Math.floor(n / own.length) % texts.length] ?? 'hi').then(tally.add, tally.fail);
      }
    }));
    const answers = tally.answers();
    steps.push({ atOnce, turnsPerSecond: round(answers.answered / ((performance.now() - begun) / 1000)), ...answers, server: await used() });
  }
  return steps;
}

/** The highest rate that was held: no error, and 99 of 100 answers within the bound. */
export const held = (steps: readonly Step[], mostP99Ms = 250): Step | undefined =>
  steps.filter(({ errors, acceptToReply }) => Object.keys(errors).length === 0 && acceptToReply.p99Ms < mostP99Ms).toSorted((a, b) => b.turnsPerSecond - a.turnsPerSecond)[0];

/** Timers of many hours that come due at the same moment. */
export interface Due {
  readonly timers: number;
  readonly conversations: number;
  readonly overHours: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Timers that did what they lead to; more or fewer than there were is a fault. */
  readonly done: number;
  /** Turns taken for timers, by the server's own count. */
  readonly turns: number;
  readonly left: number;
  /** What buyers who write meanwhile get. */
  readonly meanwhile: Pick<Answers, 'sent' | 'answered' | 'errors'> & { readonly acceptToReply: Times };
}

const hours = 8;

/** Puts timers into the records while no server runs: each leads to one note for the desk. */
export async function fillTimers(config: Config, conversations: readonly string[], count: number): Promise<void> {
  const { records, close } = await openRecords(config);
  const now = Date.now();
  const at = (ms: number): string => new Date(ms).toISOString();
  for (const id of conversations) await records.tickets.open({ id: `load-${id}`, conversationId: id, kind: 'handover', state: 'open', reason: 'asked', brief: null, openedAt: at(now - hours * 3_600_000) });
  const lane = async (from: number): Promise<void> => {
    for (let n = from; n < count; n += 8) {
      const conversationId = conversations[n % conversations.length] ?? '';
      await records.timers.set({ id: `load|${n}`, conversationId, name: 'answer-alarm', dueAt: at(now - Math.round((n / count) * hours * 3_600_000)), data: { ticket: `load-${conversationId}` } });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => lane(n)));
  await close();
}

/** Waits until a server that has just started is through with its timers, with buyers writing meanwhile. */
export async function due(serving: Serving, config: Config, conversations: readonly string[], count: number): Promise<Due> {
  const clients = createClients(serving.url);
  const begun = performance.now();
  const { buyers } = await openBuyers(clients, 20);
  const tally = createTally();
  let isOver = false;
  const probing = Promise.all(buyers.map(async (buyer, index) => {
    for (let n = 0; !isOver; n += 1) {
      await buyer.say(talks[0]?.[n % 8] ?? 'hi').then(tally.add, tally.fail);
      await pause(400 + index * 10);
    }
  }));
  const timersOf = (text: string): number => metricOf(text, 'aftercare_messages_total', 'kind="timer"', 'outcome="accepted"');
  const limit = performance.now() + 300_000;
  let metrics = await clients.read('/metrics');
  while (performance.now() < limit && (timersOf(metrics) < count || metricOf(metrics, 'aftercare_inbox_items') > buyers.length)) {
    await pause(200);
    metrics = await clients.read('/metrics');
  }
  const seconds = (performance.now() - begun) / 1000;
  isOver = true;
  await probing;
  await pause(300);
  metrics = await clients.read('/metrics');
  const { sent, answered, errors, acceptToReply } = tally.answers();
  const taken = metricOf(metrics, 'aftercare_turns_total', 'outcome="committed"') - answered;
  for (const buyer of buyers) buyer.close();
  clients.close();
  await serving.stop();
  const { records, close } = await openRecords(config);
  let done = 0;
  for (const id of conversations) done += (await records.notes.ofConversation(id)).length;
  const left = await records.timers.takeDue(new Date(Date.now() + 120_000).toISOString(), 1000, count);
  await close();
  return {
    timers: count, conversations: conversations.length, overHours: hours, seconds: round(seconds), perSecond: round(count / seconds), done, turns: taken, left: left.filter(({ id }) => id.startsWith('load|')).length,
    meanwhile: { sent, answered, errors, acceptToReply },
  };
}

