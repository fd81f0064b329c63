import type { FastifyPluginAsync } from 'fastify';
import type { Config } from '../config.js';
import type { AgentAct } from '../domain/message.js';
import { createChatwootWebhook } from '../helpdesks/chatwoot-webhook.js';
import { createAgentDeskBridge, type AgentDeskBridge } from '../runtime/agent-desk.js';
import type { ChannelNotice } from './channels.js';
import type { Core } from './core.js';
import { deskOf } from './helpdesk-of.js';

/** A helpdesk conversations are handed over to besides our own desk: absent where no setting turns one on. */
export interface Helpdesk {
  readonly notice: ChannelNotice;
  readonly routes?: FastifyPluginAsync;
  /** Starts keeping both sides in step; gives what stops it. */
  readonly bridge?: (act: (act: AgentAct) => Promise<'accepted' | 'duplicate'>) => AgentDeskBridge;
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
