import { createHash } from 'node:crypto';
import type { Activity, CloudAdapter, ConversationReference, Response as BotResponse, TurnContext } from 'botbuilder';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import type { Incoming, Json, Line } from '../domain/message.js';
import type { Channel, ChannelDoor, SendOutcome } from '../ports/channel.js';
import type { Clock } from '../ports/clock.js';
import type { FileStore } from '../ports/file-store.js';
import { sendAttachments, takeAttachments, type Arrived, type ConnectorFiles } from './bot-framework/attachments.js';

/** How the Azure bot is registered, or that there is none and everybody on this machine may speak. */
export type BotCredentials =
  | { readonly appId: string; readonly password: string; readonly tenantId?: string }
  | { readonly withoutAuthentication: true };

/** What the channel is made of. `adapter` takes the place of the one built from the credentials; `onSign` hears that a customer is writing, where the channel tells it. */
export interface BotFrameworkParts {
  readonly credentials: BotCredentials;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly adapter?: CloudAdapter;
  readonly onSign?: (conversationId: string, sign: { readonly typing: true }) => void;
}

const address = z.object({ reference: z.json() });
const pressed = z.object({ choice: z.string().max(64) });

/**
 * Any Bot Framework channel, through `/api/messages`. The SDK checks who calls and parses the activity; the activity is
 * put into our inbox before it is acknowledged, and answers go out later through a continued conversation. The SDK is
 * loaded only when the channel is on, for its size.
 */
export async function createBotFrameworkChannel({ credentials, files, clock, adapter: given, onSign }: BotFrameworkParts): Promise<{ readonly channel: Channel; readonly routes: FastifyPluginAsync }> {
  const isOpen = 'withoutAuthentication' in credentials;
  const appId = isOpen ? '' : credentials.appId;
  const adapter = given ?? await buildAdapter(credentials);
  const { ActivityTypes, TurnContext: Turns, CardFactory } = await import('botbuilder');
  let door: ChannelDoor | undefined;

  async function take(context: TurnContext): Promise<void> {
    const { activity } = context;
    if (activity.type !== ActivityTypes.Message && activity.type !== ActivityTypes.Typing) return;
    if (isOpen && !isLoopback(activity.serviceUrl)) throw new Fault('input.invalid', 'Without authentication only callers on this machine are answered.');
    if (activity.type === ActivityTypes.Typing) return onSign?.(conversationOf(activity), { typing: true });
    if (!door) throw new Fault('channel.unreachable', 'The channel has not been started.', { again: true });
    const at = clock.now();
    const { conversationId } = incomingOf(activity, {}, at);
    const arrived = await takeAttachments(activity.attachments, { serviceUrl: activity.serviceUrl, connector: connectorOf(context), conversationId, at, files });
    await door.accept(incomingOf(activity, Turns.getConversationReference(activity), at, arrived));
  }

  const channel: Channel = {
    name: 'bot-framework',
    async start(given) {
      door = given;
    },
    async send(line, to): Promise<SendOutcome> {
      const reference = address.parse(to).reference as unknown as ConversationReference;
      try {
        await adapter.continueConversationAsync(appId, reference, async (context) => {
          const { conversation, serviceUrl } = reference;
          const attached = await sendAttachments((line.files ?? []).map(({ fileId }) => fileId), files, { connector: connectorOf(context), serviceUrl, conversationId: conversation.id });
          await context.sendActivity(activityOf(line, attached, CardFactory));
        });
        return { sent: true };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async typing(to) {
      const reference = address.parse(to).reference as unknown as ConversationReference;
      await adapter.continueConversationAsync(appId, reference, async (context) => {
        await context.sendActivity({ type: ActivityTypes.Typing });
      });
    },
    async stop() {
      door = undefined;
    },
  };

  const routes: FastifyPluginAsync = async (server) => {
    server.post('/api/messages', async (request, reply) => {
      reply.hijack();
      // The SDK would make every failure a 500 that is not tried again.
      const refusal: { status?: number } = {};
      await adapter.process(
        { body: request.body as Record<string, unknown>, headers: request.headers, method: request.method },
        responseOf(reply, refusal),
        async (context) => {
          await take(context).catch((error: unknown) => {
            refusal.status = error instanceof Fault && error.code === 'input.invalid' ? 400 : 503;
          });
        },
      ).catch((error: unknown) => {
        // The SDK throws on what it cannot read or verify; its message may tell of keys, so it is not passed on.
        if (!reply.raw.writableEnded) refuse(reply, isAuthError(error) ? 401 : 400);
      });
    });
  };
  return { channel, routes };
}

async function buildAdapter(credentials: BotCredentials): Promise<CloudAdapter> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const settings = 'withoutAuthentication' in credentials
    ? {}
    : {
      MicrosoftAppId: credentials.appId, MicrosoftAppPassword: credentials.password,
      MicrosoftAppType: credentials.tenantId === undefined ? 'MultiTenant' : 'SingleTenant',
      ...(credentials.tenantId === undefined ? {} : { MicrosoftAppTenantId: credentials.tenantId }),
    };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings));
  adapter.onTurnError = async (_, error) => {
    throw error;
  };
  return adapter;
}

const isLoopback = (serviceUrl: string): boolean => {
  try {
    return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(serviceUrl).hostname);
  } catch {
    // Not a URL at all.
    return false;
  }
};

/** The conversation an activity belongs to, as everything else here names it. */
const conversationOf = ({ channelId, conversation }: Activity): string => `bot-framework:${channelId}:${conversation.id}`;

/** A connector's activity as the runtime takes it. */
export function incomingOf(activity: Activity, reference: Partial<ConversationReference>, now: string, { files, unread }: Arrived = { files: [], unread: [] }): Incoming {
  const choice = pressed.safeParse(activity.value);
  // The SDK looks at little more than the type; an id of another kind is none.
  const id = typeof activity.id === 'string' ? activity.id : createHash('sha256').update(JSON.stringify(activity)).digest('hex');
  const { serviceUrl, channelId, conversation, bot, user } = reference;
  return {
    kind: 'message', id: `bf:${id}`.slice(0, 200), conversationId: conversationOf(activity), channel: 'bot-framework', at: now,
    address: { reference: JSON.parse(JSON.stringify({ serviceUrl, channelId, conversation, bot, user })) as Json },
    ...(choice.success ? { choice: choice.data.choice } : typeof activity.text === 'string' ? { text: activity.text } : {}),
    ...(files.length === 0 ? {} : { files }), ...(unread.length === 0 ? {} : { clientData: { unread } }),
    ...(typeof activity.locale === 'string' ? { localeHint: activity.locale } : {}),
    ...(typeof activity.from?.name === 'string' ? { displayName: activity.from.name } : {}),
  };
}

/** The connector a turn speaks through. */
const connectorOf = (context: TurnContext): ConnectorFiles | undefined => context.turnState.get<ConnectorFiles | undefined>(context.adapter.ConnectorClientKey);

function activityOf(line: Line, { sent, left }: Awaited<ReturnType<typeof sendAttachments>>, cards: typeof import('botbuilder').CardFactory): Partial<Activity> {
  const attachments = [...sent, ...(line.links ?? []).map((link) => cards.heroCard(link.label, [], [{ type: 'openUrl', title: link.label, value: link.url }]))];
  return {
    // A file the channel does not take is named, so that whoever reads it can say that it is missing.
    type: 'message', text: [line.text, ...left.map((name) => `[${name}]`)].filter((part) => part !== '').join('\n'), textFormat: 'plain', locale: line.locale,
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(line.choices && line.choices.length > 0
      ? { suggestedActions: { to: [], actions: line.choices.map((choice) => ({ type: 'messageBack', title: choice.label, text: choice.label, displayText: choice.label, value: { choice: choice.id } })) } }
      : {}),
  };
}

const isAuthError = (error: unknown): boolean => error instanceof Error && /unauthori[sz]ed|signature|token|claim|endorse|audience|issuer/iu.test(error.message);

function outcomeOf(error: unknown): SendOutcome {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 0;
  if (status === 403 || status === 404) return { sent: false, gone: true, reason: `The connector answered ${status}.` };
  if (status >= 400 && status < 500 && status !== 429 && status !== 408) return { sent: false, refused: true, reason: `The connector answered ${status}.` };
  return { sent: false, retryAfterMs: 5_000 };
}

/** The Express-like answer that the SDK writes to. */
function responseOf(reply: FastifyReply, refusal: { readonly status?: number }): BotResponse {
  const { raw } = reply;
  const settle = (): boolean => {
    if (raw.writableEnded) return true;
    if (refusal.status === undefined) return false;
    refuse(reply, refusal.status);
    return true;
  };
  const response = {
    socket: raw.socket,
    status(code: number) {
      raw.statusCode = code;
      return response;
    },
    header(name: string, value: unknown) {
      raw.setHeader(name, String(value));
      return response;
    },
    send(body: unknown) {
      if (settle()) return response;
      // Words of an error may tell of keys and claims; the status says enough.
      raw.end(raw.statusCode >= 400 ? JSON.stringify({ error: { code: 'refused', message: `Refused with ${raw.statusCode}.` } }) : typeof body === 'string' ? body : JSON.stringify(body ?? ''));
      return response;
    },
    end(...rest: unknown[]) {
      if (!settle()) raw.end(...(rest as []));
      return response;
    },
  };
  return response as unknown as BotResponse;
}

function refuse(reply: FastifyReply, status: number): void {
  reply.raw.statusCode = status;
  reply.raw.setHeader('content-type', 'application/json');
  reply.raw.end(JSON.stringify({ error: { code: status === 401 ? 'unauthorized' : status === 503 ? 'unavailable' : 'bad_request', message: `Refused with ${status}.` } }));
}
