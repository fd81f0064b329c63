import type { FastifyPluginAsync } from 'fastify';
import type { Config } from '../config.js';
import type { AgentAct } from '../domain/message.js';
import { createChatwoot } from '../helpdesks/chatwoot.js';
import { createChatwootWebhook } from '../helpdesks/chatwoot-webhook.js';
import { createAgentDeskBridge, type AgentDeskBridge } from '../runtime/agent-desk.js';
import type { ChannelNotice } from './channels.js';
import type { Core } from './core.js';

/** A helpdesk conversations are handed over to besides our own desk: absent where no setting turns one on. */
export interface Helpdesk {
  readonly notice: ChannelNotice;
  readonly routes?: FastifyPluginAsync;
  /** Starts keeping both sides in step; gives what stops it. */
  readonly bridge?: (act: (act: AgentAct) => Promise<'accepted' | 'duplicate'>) => AgentDeskBridge;
}

/** The helpdesk the settings name; undefined where they name none. */
export function deskOf(config: Config): (ReturnType<typeof createChatwoot> & { readonly host: string; readonly inboxId: number; readonly accountId: number; readonly secret: string }) | undefined {
  const { CHATWOOT_URL: url, CHATWOOT_ACCOUNT_ID: accountId, CHATWOOT_INBOX_ID: inboxId } = config;
  const [token, secret] = [config.CHATWOOT_API_TOKEN?.reveal(), config.CHATWOOT_WEBHOOK_SECRET?.reveal()];
  if (url === undefined || accountId === undefined || inboxId === undefined || token === undefined || secret === undefined) return undefined;
  return { ...createChatwoot({ url, accountId, inboxId, token, webhookSecret: secret, maxFileBytes: config.MAX_UPLOAD_MB * 1_048_576 }), host: new URL(url).host, inboxId, accountId, secret };
}

/** Chatwoot, if its settings are there. */
export function openHelpdesk(config: Config, core: Core): Helpdesk {
  const found = deskOf(config);
  if (!found) return { notice: { channel: 'Chatwoot', isOn: false, note: 'set CHATWOOT_URL and those beside it' } };
  const { desk, hint, host, inboxId, accountId, secret } = found;
  return {
    notice: { channel: 'Chatwoot', isOn: true, note: `hand-overs go to ${host}, inbox ${inboxId}` },
    routes: createChatwootWebhook({ secret, accountId, clock: core.clock, hint }),
    bridge: (act) => createAgentDeskBridge({ ...core, desk, act }),
  };
}
