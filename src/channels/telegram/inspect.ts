import { createBotApi } from './api.js';

/** What Telegram says of a bot, and how it is told of updates. */
export interface TelegramReport {
  readonly bot: string;
  /** Where Telegram delivers to; '' when it waits to be asked. */
  readonly webhook: string;
  readonly waiting: number;
  readonly lastError: string | null;
}

/** Asks Telegram for the bot and its webhook; changes nothing. Gives words for the operator when it does not answer. */
export async function inspectTelegram(parts: { readonly token: string; readonly apiRoot: string; readonly allowInsecureHttp: boolean }): Promise<TelegramReport | string> {
  const api = createBotApi(parts);
  const limits = { timeoutMs: 8_000 };
  try {
    const me = await api.call('getMe', {}, limits);
    if (!me.ok) return me.status === 401 || me.status === 404 ? 'Telegram does not know this token' : `Telegram cannot be asked: ${me.reason}`;
    const info = await api.call('getWebhookInfo', {}, limits);
    if (!info.ok) return `Telegram cannot be asked for the webhook: ${info.reason}`;
    const { url = '', pending_update_count: waiting, last_error_date: at, last_error_message: message } = info.result;
    return { bot: me.result.username, webhook: url, waiting, lastError: message === undefined ? null : `${new Date((at ?? 0) * 1000).toISOString()}: ${message}` };
  } finally {
    api.close();
  }
}
