import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { Fault } from '../../domain/fault.js';
import { pause } from '../../waiting/pause.js';
import type { BotApi } from './api.js';
import type { Intake } from './intake.js';
import { backoff } from './backoff.js';
import type { TelegramLog, Timing, WebhookMode } from './settings.js';
import { wantedUpdates } from './updates.js';

const mostBytes = 1024 * 1024;
/** Telegram tries again after so many seconds, instead of at once. */
const tryAgainSeconds = 3;

const refusal = (code: string, message: string) => ({ error: { code, message } });
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks the settings of a webhook, so that a mistake is found at start. */
export function checkWebhook({ path, secret, publicUrl }: WebhookMode, allowInsecureHttp: boolean): void {
  if (!path.startsWith('/')) throw new Fault('config.invalid', 'The path of the Telegram webhook must begin with a slash.');
  if (!/^[\w-]{16,256}$/.test(secret)) throw new Fault('config.invalid', 'The secret of the Telegram webhook must be 16 to 256 of A-Z, a-z, 0-9, _ and -.');
  if (publicUrl === undefined) return;
  const protocol = URL.canParse(publicUrl) ? new URL(publicUrl).protocol : '';
  if (protocol !== 'https:' && !(protocol === 'http:' && allowInsecureHttp)) throw new Fault('config.invalid', 'Telegram delivers to https only: the public address must be an https address.');
}

/** The end that Telegram delivers to: the secret is checked before the body is read, and 200 is answered only when the update is taken. */
export function createWebhookRoutes(parts: { readonly webhook: WebhookMode; readonly intake: () => Intake | undefined; readonly log: TelegramLog }): FastifyPluginAsync {
  const { webhook, intake, log } = parts;
  const right = digest(webhook.secret);
  return async (app) => {
    app.post(webhook.path, {
      bodyLimit: mostBytes,
      onRequest: async (request, reply) => {
        const given = request.headers['x-telegram-bot-api-secret-token'];
        if (timingSafeEqual(digest(typeof given === 'string' ? given : ''), right)) return;
        return reply.code(401).send(refusal('WrongSecret', 'The secret token is missing or wrong.'));
      },
    }, async (request, reply) => {
      try {
        const taken = await intake()?.take(request.body);
        if (taken === 'malformed') return await reply.code(400).send(refusal('BadArgument', 'The body is not an update of Telegram.'));
        if (taken !== undefined) return await reply.code(200).send({});
      } catch (error) {
        log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'an update could not be taken; it will come again');
      }
      return reply.code(503).header('retry-after', tryAgainSeconds).send(refusal('ServiceUnavailable', 'The update could not be taken right now; try again.'));
    });
  };
}

/** Tells Telegram where to deliver, trying until it is told or the signal is aborted. */
export async function setWebhook(parts: { readonly webhook: WebhookMode & { readonly publicUrl: string }; readonly api: BotApi; readonly timing: Timing; readonly log: TelegramLog; readonly signal: AbortSignal }): Promise<void> {
  const { webhook, api, timing, log, signal } = parts;
  const url = webhook.publicUrl.replace(/\/+$/, '') + webhook.path;
  for (let failures = 1; !signal.aborted; failures += 1) {
    // Each delivery may hold a file of 20 MB in memory, so fewer at a time than Telegram's forty.
    const answer = await api.call('setWebhook', { url, secret_token: webhook.secret, allowed_updates: wantedUpdates, max_connections: 20 }, { timeoutMs: 20_000, signal });
    if (answer.ok || signal.aborted) return;
    log.error({ status: answer.status, reason: answer.reason }, 'the Telegram webhook could not be set; it will be tried again');
    await pause(Math.max(answer.retryAfterMs ?? 0, backoff(failures, timing.backoffMs, timing.mostBackoffMs)), signal);
  }
}
