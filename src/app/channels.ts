import type { FastifyPluginAsync } from 'fastify';
import { createBotFrameworkChannel, type BotCredentials } from '../channels/bot-framework.js';
import { createTelegramChannel } from '../channels/telegram.js';
import type { Config } from '../config.js';
import type { Channel } from '../ports/channel.js';
import type { Texts } from '../ports/texts.js';
import type { Log } from '../runtime/parts.js';
import type { Core } from './core.js';

/** A channel's line for the operator: whether it is on, and which setting turns it on. */
export interface ChannelNotice {
  readonly channel: string;
  readonly isOn: boolean;
  readonly note: string;
}

/** A channel to somebody else's service: absent where no setting turns it on; its notice says so. */
export interface RemoteChannel {
  readonly name: string;
  readonly channel?: Channel;
  readonly routes?: FastifyPluginAsync | undefined;
  readonly notice: ChannelNotice;
}

/** Hears that a customer is writing, from channels that tell it. */
type OnSign = (conversationId: string, sign: { readonly typing: true }) => void;

/** Telegram and the Bot Framework, each on if its settings are there. Telegram never tells bots that somebody is writing. */
export const openRemoteChannels = async (config: Config, core: Core, onSign: OnSign): Promise<readonly RemoteChannel[]> => [openTelegram(config, core), await openBotFramework(config, core, onSign)];

function openTelegram(config: Config, { files, clock, log, texts }: Core): RemoteChannel {
  const token = config.TELEGRAM_BOT_TOKEN?.reveal();
  if (token === undefined) return { name: 'telegram', notice: { channel: 'Telegram', isOn: false, note: 'set TELEGRAM_BOT_TOKEN' } };
  const webhook = config.TELEGRAM_WEBHOOK_SECRET && config.PUBLIC_URL ? { webhook: { path: '/telegram', secret: config.TELEGRAM_WEBHOOK_SECRET.reveal(), publicUrl: config.PUBLIC_URL } } : undefined;
  const { channel, routes } = createTelegramChannel({ token, apiRoot: config.TELEGRAM_API_ROOT, mode: webhook ?? 'polling', files, clock, log: reporter(log), allowInsecureHttp: isLoopback(config.TELEGRAM_API_ROOT), commands: commandsOf(texts) });
  return { name: 'telegram', channel, routes, notice: { channel: 'Telegram', isOn: true, note: webhook ? 'by webhook' : 'by long polling' } };
}

async function openBotFramework(config: Config, { files, clock }: Core, onSign: OnSign): Promise<RemoteChannel> {
  const credentials = botCredentials(config);
  if (!credentials) return { name: 'bot-framework', notice: { channel: 'Bot Framework', isOn: false, note: 'set BOT_APP_ID and BOT_APP_PASSWORD' } };
  const { channel, routes } = await createBotFrameworkChannel({ credentials, files, clock, onSign });
  return { name: 'bot-framework', channel, routes, notice: { channel: 'Bot Framework', isOn: true, note: 'withoutAuthentication' in credentials ? '/api/messages WITHOUT authentication, this machine only' : '/api/messages' } };
}

/** The commands Telegram shows, in every language; English for everybody else. */
const commandsOf = (texts: Texts) => [undefined, ...texts.locales].map((locale) => ({
  ...(locale === undefined ? {} : { locale }),
  commands: ['menu', 'human'].map((command) => ({ command, description: texts.say({ key: `command.${command}` }, locale ?? 'en') })),
}));

const isLoopback = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** Telegram reports as pino does: details first, then words. */
const reporter = (log: Log): { debug: Report; info: Report; warn: Report; error: Report } => ({
  debug: () => undefined,
  info: (details, message) => log.info(message, details), warn: (details, message) => log.warn(message, details), error: (details, message) => log.error(message, details),
});
type Report = (details: Record<string, unknown>, message: string) => void;

/** Authentication is on unless the setting for this machine says otherwise; half a registration is no registration. */
function botCredentials(config: Config): BotCredentials | null {
  if (config.BOT_APP_ID !== undefined && config.BOT_APP_PASSWORD) {
    return { appId: config.BOT_APP_ID, password: config.BOT_APP_PASSWORD.reveal(), ...(config.BOT_APP_TENANT_ID === undefined ? {} : { tenantId: config.BOT_APP_TENANT_ID }) };
  }
  return config.BOT_WITHOUT_AUTHENTICATION ? { withoutAuthentication: true } : null;
}
