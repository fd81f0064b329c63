import { labelsOf, type BotMessage, type FakeBotApi } from '../fake-bot-api.js';
import type { Door, Seen } from './door.js';
import type { Stage } from './stage.js';

/** Telegram: a chat at a Bot API of our own, polled by the real channel. */
export function openTelegramDoor(stage: Stage, api: FakeBotApi): Door {
  const { core, runtime } = stage;

  const isLink = ({ url }: { readonly url?: string }): boolean => url !== undefined;
  const seenOf = (messages: readonly BotMessage[]): Seen => ({
    words: messages.filter(({ document }) => document === undefined).map(({ text }) => text).join('\n\n'),
    links: messages.flatMap(({ rows }) => rows.flat().filter(isLink).map(({ label, url }) => `${label}: ${url}`)),
    labels: messages.flatMap((message) => labelsOf({ ...message, rows: message.rows.map((row) => row.filter((button) => !isLink(button))) })),
    files: messages.flatMap(({ document }) => (document === undefined ? [] : [{ name: document.name, bytes: new Uint8Array(document.bytes) }])),
  });

  return {
    name: 'telegram',
    hasButtons: true,
    visit: async () => {
      const chat = api.chat();
      const conversationId = `telegram:${chat.id}`;
      let seq = 0;
      let shown = 0;
      /** Once every update is confirmed it is in the inbox, once that is empty the answers are in the log; then they are on their way. */
      const next = async (): Promise<Seen> => {
        await api.idle();
        await runtime.settled(conversationId);
        const lines = await core.store.readLog(conversationId, seq, 500);
        seq = lines.at(-1)?.seq ?? seq;
        const awaited = lines.filter(({ from }) => from !== 'customer').reduce((sum, { text, files }) => sum + Math.ceil(text.length / 4096) + (files?.length ?? 0), shown);
        const messages = await api.when(() => (chat.received().length >= awaited ? chat.received().slice(shown) : undefined));
        shown = awaited;
        return seenOf(messages);
      };
      return {
        conversationId,
        says: async (messages) => {
          for (const text of messages) chat.says(text);
          return next();
        },
        presses: async ({ id, label }) => {
          const newest = chat.received().flatMap(({ rows }) => rows.flat()).findLast((button) => button.label === label);
          if (newest?.data === id) chat.presses(label);
          else chat.pressesData(id);
          return next();
        },
        sendsPhoto: async (bytes) => {
          chat.sendsPhoto(bytes);
          return next();
        },
      };
    },
    close: async () => undefined,
  };
}
