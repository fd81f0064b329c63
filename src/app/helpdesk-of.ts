import type { Config } from '../config.js';
import { createChatwoot } from '../helpdesks/chatwoot.js';

/** The helpdesk the settings name; undefined where they name none. */
export function deskOf(config: Config): (ReturnType<typeof createChatwoot> & { readonly host: string; readonly inboxId: number; readonly accountId: number; readonly secret: string }) | undefined {
  const { CHATWOOT_URL: url, CHATWOOT_ACCOUNT_ID: accountId, CHATWOOT_INBOX_ID: inboxId } = config;
  const [token, secret] = [config.CHATWOOT_API_TOKEN?.reveal(), config.CHATWOOT_WEBHOOK_SECRET?.reveal()];
  if (url === undefined || accountId === undefined || inboxId === undefined || token === undefined || secret === undefined) return undefined;
  return { ...createChatwoot({ url, accountId, inboxId, token, webhookSecret: secret, maxFileBytes: config.MAX_UPLOAD_MB * 1_048_576 }), host: new URL(url).host, inboxId, accountId, secret };
}
