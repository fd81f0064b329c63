import { createHmac } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { Channel } from '../ports/channel.js';
import { anEnd } from '../waiting/pause.js';
import { createAlbumLog } from './telegram/album-log.js';
import { createAlbums } from './telegram/albums.js';
import { createBotApi } from './telegram/api.js';
import { createAttachments } from './telegram/attachments.js';
import { createInOrder } from './telegram/in-order.js';
import { createIntake, type Intake } from './telegram/intake.js';
import { poll } from './telegram/poller.js';
import { createSender } from './telegram/sender.js';
import { usualTiming, type TelegramParts, type Timing } from './telegram/settings.js';
import { checkWebhook, createWebhookRoutes, setWebhook } from './telegram/webhook.js';

export type { TelegramParts } from './telegram/settings.js';

/** How long requests under way may still take when the channel is stopped. */
const graceMs = 3_000;

/**
 * Customers on Telegram, by long polling or webhook. telegraf is used for the API and its types alone: its own loops
 * lose updates when a handler fails, ours confirm an update only after it is accepted durably.
 */
export function createTelegramChannel(parts: TelegramParts): { readonly channel: Channel; readonly routes?: FastifyPluginAsync } {
  const { token, mode, files, clock, log } = parts;
  const allowInsecureHttp = parts.allowInsecureHttp ?? false;
  const timing: Timing = { ...usualTiming, ...parts.timing };
  const webhook = mode === 'polling' ? undefined : mode.webhook;
  if (webhook !== undefined) checkWebhook(webhook, allowInsecureHttp);
  const api = createBotApi({ token, apiRoot: parts.apiRoot ?? 'https://api.telegram.org', allowInsecureHttp });
  const now = (): string => clock.now();
  // Ids of files are made of the update, so that a redelivered one stores nothing twice; the key keeps them unguessable.
  const fileIdOf = (name: string): string => createHmac('sha256', token).update(name).digest('base64url').slice(0, 32);

  const arriving = anEnd();
  const leaving = anEnd();
  const sender = createSender({ api, files, now, timing, log, signal: leaving.signal });
  let intake: Intake | undefined;
  let problem: string | null = null;
  const background = new Set<Promise<unknown>>();
  let stopAlbums = async (): Promise<void> => undefined;

  function inBackground(what: string, job: Promise<unknown>): void {
    const guarded = job.catch((error: unknown) => log.error({ reason: error instanceof Error ? error.message : 'unknown' }, `${what} ended by a fault`));
    background.add(guarded);
    void guarded.finally(() => background.delete(guarded));
  }

  async function showCommands(): Promise<void> {
    for (const { locale, commands } of parts.commands ?? []) {
      const answer = await api.call('setMyCommands', { commands, ...(locale === undefined ? {} : { language_code: locale }) }, { timeoutMs: 20_000, signal: arriving.signal });
      if (!answer.ok) log.warn({ status: answer.status, reason: answer.reason }, 'the menu of commands could not be set');
    }
  }

  const channel: Channel = {
    name: 'telegram',
    start: async (door) => {
      const inOrder = createInOrder();
      const albumLog = createAlbumLog({ files, clock, idOf: fileIdOf });
      const albums = createAlbums({ log: albumLog, accept: (message) => door.accept(message), inOrder, timing, report: log });
      stopAlbums = () => albums.stop();
      intake = createIntake({
        accept: (message) => door.accept(message),
        api, attachments: createAttachments({ api, files, clock }), albums, inOrder, fileIdOf, now, log, signal: arriving.signal,
      });
      inBackground('taking up open albums', albums.resume());
      inBackground('setting the commands', showCommands());
      if (webhook === undefined) inBackground('polling', poll({ api, intake, timing, log, signal: arriving.signal, onAnswer: (told) => (problem = told) }));
      else if (webhook.publicUrl !== undefined) {
        inBackground('setting the webhook', setWebhook({ webhook: { ...webhook, publicUrl: webhook.publicUrl }, api, timing, log, signal: arriving.signal }));
      }
    },
    send: (line, address) => sender.send(line, address),
    typing: (address) => sender.typing(address),
    problem: () => problem,
    stop: async () => {
      arriving.abort();
      const cutOff = setTimeout(() => leaving.abort(), graceMs);
      const running = intake;
      intake = undefined;
      await Promise.all([...background, stopAlbums(), running?.settled(), sender.settled()]);
      clearTimeout(cutOff);
      leaving.abort();
      api.close();
    },
  };
  return webhook === undefined ? { channel } : { channel, routes: createWebhookRoutes({ webhook, intake: () => intake, log }) };
}
