import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import { Fault } from '../../domain/fault.js';

/** Why a call brought nothing; `status` 0 means that no answer came, so that it may have been done all the same. */
export interface ApiRefusal {
  readonly ok: false;
  readonly status: number;
  readonly reason: string;
  readonly retryAfterMs?: number;
  readonly movedTo?: number;
}

/** What a call of the Bot API brought. */
export type ApiAnswer<Result> = { readonly ok: true; readonly result: Result } | ApiRefusal;

/** How long a call may take, and what ends it early. */
interface CallLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The Bot API: calls and downloads of one bot. Never throws for what the network or Telegram does, and never names the token. */
export interface BotApi {
  call<Method extends keyof Methods>(method: Method, payload: Opts<Method>, limits: CallLimits): Promise<ApiAnswer<ReturnType<Methods[Method]>>>;
  /** The bytes of a file at most so large; a larger one is answered with status 413. */
  download(filePath: string, mostBytes: number, limits: CallLimits): Promise<ApiAnswer<Buffer>>;
  /** Ends all connections. */
  close(): void;
}

/** Makes the client for a bot; without `allowInsecureHttp` the token travels over https only. */
export function createBotApi(parts: { readonly token: string; readonly apiRoot: string; readonly allowInsecureHttp: boolean }): BotApi {
  const { token } = parts;
  if (!/^\d+:[\w-]+$/.test(token)) throw new Fault('config.invalid', 'The Telegram token is malformed; BotFather gives it as digits, a colon and letters.');
  const root = URL.canParse(parts.apiRoot) ? new URL(parts.apiRoot) : undefined;
  if (root === undefined || !(root.protocol === 'https:' || (root.protocol === 'http:' && parts.allowInsecureHttp))) {
    throw new Fault('config.invalid', 'The root of the Telegram API must be an https address (http only where that is explicitly allowed).');
  }
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  const isSecure = root.protocol === 'https:';
  // IPv4: Node's race between both families ends in ETIMEDOUT with Telegram's hosts (telegraf#1961).
  const agent = isSecure ? new HttpsAgent({ keepAlive: true, family: 4 }) : new HttpAgent({ keepAlive: true });
  const telegram = new Telegram(token, { apiRoot: root.href, webhookReply: false });
  // telegraf's constructor drops an agent for http; ours is needed so that close() really closes.
  telegram.options.agent = agent;
  const secret = token.slice(token.indexOf(':') + 1);
  const redact = (text: string): string => text.replaceAll(secret, '[token]');

  function refusal(error: unknown): ApiRefusal {
    if (!(error instanceof TelegramError)) return { ok: false, status: 0, reason: redact(error instanceof Error ? error.message : String(error)) };
    const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = error.parameters ?? {};
    return {
      ok: false,
      status: error.code,
      reason: redact(String(error.description)),
      ...(typeof retryAfter === 'number' ? { retryAfterMs: retryAfter * 1000 } : {}),
      ...(typeof movedTo === 'number' ? { movedTo } : {}),
    };
  }

  return {
    call: (method, payload, limits) =>
      within(limits, async (signal) => {
        try {
          // telegraf's own type of AbortSignal is a shim that lacks newer members of Node's.
          const result = await telegram.callApi(method, payload, { signal: signal as never });
          return { ok: true, result };
        } catch (error) {
          return refusal(error);
        }
      }),

    download: (filePath, mostBytes, limits) =>
      within(limits, async (signal) => {
        const segments = filePath.split('/');
        // A local Bot API server answers with absolute paths of its own disk; those are not ours to follow.
        if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return { ok: false, status: 400, reason: 'the file has no path under the API root' };
        try {
          const url = new URL(`file/bot${token}/${segments.map(encodeURIComponent).join('/')}`, root);
          const response = await new Promise<IncomingMessage>((resolve, reject) => {
            (isSecure ? httpsGet : httpGet)(url, { agent, signal }, resolve).on('error', reject);
          });
          if (response.statusCode !== 200) {
            response.destroy();
            return { ok: false, status: response.statusCode ?? 0, reason: `download answered ${response.statusCode}` };
          }
          return await readUpTo(response, mostBytes);
        } catch (error) {
          return refusal(error);
        }
      }),

    close: () => agent.destroy(),
  };
}

async function readUpTo(response: IncomingMessage, mostBytes: number): Promise<ApiAnswer<Buffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (size > mostBytes) return { ok: false, status: 413, reason: 'the file is too large' };
    chunks.push(chunk);
  }
  return { ok: true, result: Buffer.concat(chunks) };
}

async function within<Result>({ timeoutMs, signal }: CallLimits, job: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    return await job(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
