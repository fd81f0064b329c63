import type { Updates } from './updates.js';
import { badRequest, writableChat, type BotMessage, type Button, type ChatState, type Fields, type World } from './world.js';

const mostDownload = 20 * 1024 * 1024;

/** What a method does with its fields; `hungUp` is aborted when the caller goes away. */
export type Method = (payload: Fields, hungUp: AbortSignal) => unknown;

/** The methods of the Bot API that the fake knows. */
export function createMethods(world: World, updates: Updates): ReadonlyMap<string, Method> {
  function post(chat: ChatState, message: Partial<BotMessage>): Fields {
    const posted: BotMessage = { messageId: world.nextMessageId(), text: '', entities: [], rows: [], isPhoto: false, isDeleted: false, ...message };
    chat.messages.push(posted);
    world.changed();
    return shown(chat, posted);
  }
  const shown = (chat: ChatState, message: BotMessage): Fields => ({
    message_id: message.messageId,
    from: { id: world.botId, is_bot: true, first_name: 'Shop', username: 'shop_bot' },
    chat: { id: chat.id, type: chat.type, first_name: chat.person['first_name'] },
    date: world.now(),
    ...(message.document === undefined ? { text: message.text } : { caption: message.text, document: { file_id: `sent-${message.messageId}`, file_name: message.document.name } }),
  });
  function messageOf(payload: Fields, what: string): { chat: ChatState; message: BotMessage } {
    const chat = writableChat(world, payload['chat_id']);
    const message = chat.messages.find((one) => one.messageId === Number(payload['message_id']) && !one.isDeleted);
    if (message === undefined) throw badRequest(`message to ${what} not found`);
    return { chat, message };
  }

  function sendText(payload: Fields): unknown {
    const chat = writableChat(world, payload['chat_id']);
    const text = textOf(payload, 'text', 4096, 'message is too long');
    if (text === '') throw badRequest('message text is empty');
    return post(chat, { text, entities: listOf(payload['entities']), rows: rowsOf(payload) });
  }

  async function sendFile(payload: Fields, field: 'document' | 'photo' | 'video'): Promise<unknown> {
    const chat = writableChat(world, payload['chat_id']);
    const file = payload[field];
    if (!(file instanceof File)) throw badRequest(`there is no ${field} in the request`);
    const text = textOf(payload, 'caption', 1024, 'message caption is too long');
    const bytes = Buffer.from(await file.arrayBuffer());
    if (bytes.length === 0) throw badRequest('file must be non-empty');
    const wrong = field === 'photo' ? wrongPhoto(bytes) : undefined;
    if (wrong !== undefined) throw badRequest(wrong);
    return post(chat, { text, rows: rowsOf(payload), isPhoto: field === 'photo', document: { name: file.name, type: file.type, bytes } });
  }

  async function sendAlbum(payload: Fields): Promise<unknown> {
    const chat = writableChat(world, payload['chat_id']);
    const items = JSON.parse(String(payload['media'] ?? '[]')) as readonly { readonly type: string; readonly media: string }[];
    if (items.length < 2 || items.length > 10) throw badRequest('wrong number of items in the media group');
    const files = items.map(({ media }) => payload[media.replace(/^attach:\/\//, '')]);
    const bytes = await Promise.all(files.map(async (file) => (file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0))));
    for (const [index, { type }] of items.entries()) {
      if (type !== 'photo' && type !== 'video') throw badRequest(`media of type ${type} cannot be mixed`);
      const wrong = type === 'photo' ? wrongPhoto(bytes[index] ?? Buffer.alloc(0)) : undefined;
      // All or nothing: one that cannot be shown, and none is.
      if (wrong !== undefined) throw badRequest(`failed to send message #${index + 1} with the error message "${wrong}"`);
    }
    const album = world.nextName();
    return items.map(({ type }, index) => post(chat, { isPhoto: type === 'photo', album, document: { name: (files[index] as File).name, type: (files[index] as File).type, bytes: bytes[index] ?? Buffer.alloc(0) } }));
  }

  function edit(payload: Fields, withText: boolean): unknown {
    const { chat, message } = messageOf(payload, 'edit');
    const text = withText ? textOf(payload, 'text', 4096, 'message is too long') : message.text;
    const rows = rowsOf(payload);
    if (text === message.text && JSON.stringify(rows) === JSON.stringify(message.rows)) {
      throw badRequest('message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message');
    }
    message.text = text;
    message.rows = rows;
    world.changed();
    return shown(chat, message);
  }

  const methods: Record<string, Method> = {
    getMe: () => ({ id: world.botId, is_bot: true, first_name: 'Shop', username: 'shop_bot', can_join_groups: true }),
    getUpdates: (payload, hungUp) => updates.poll(payload, hungUp),
    setWebhook: (payload) => {
      if (!/^[\w-]{0,256}$/.test(String(payload['secret_token'] ?? ''))) throw badRequest('secret token contains unallowed characters');
      updates.setWebhook(payload);
      return true;
    },
    deleteWebhook: () => {
      updates.deleteWebhook();
      return true;
    },
    getWebhookInfo: () => updates.webhookInfo(),
    sendMessage: sendText,
    sendDocument: (payload) => sendFile(payload, 'document'),
    sendPhoto: (payload) => sendFile(payload, 'photo'),
    sendVideo: (payload) => sendFile(payload, 'video'),
    sendMediaGroup: sendAlbum,
    sendChatAction: (payload) => {
      writableChat(world, payload['chat_id']).typings += 1;
      world.changed();
      return true;
    },
    answerCallbackQuery: (payload) => {
      const press = world.presses.get(String(payload['callback_query_id']));
      if (press === undefined || press.answers > 0 || world.now() - press.at > 15) throw badRequest('query is too old and response timeout expired or query ID is invalid');
      press.answers += 1;
      world.changed();
      return true;
    },
    editMessageText: (payload) => edit(payload, true),
    editMessageReplyMarkup: (payload) => edit(payload, false),
    deleteMessage: (payload) => {
      messageOf(payload, 'delete').message.isDeleted = true;
      world.changed();
      return true;
    },
    getFile: (payload) => {
      const fileId = String(payload['file_id']);
      const upload = world.uploads.get(fileId);
      if (upload === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable');
      if (upload.size > mostDownload) throw badRequest('file is too big');
      return { file_id: fileId, file_unique_id: fileId, file_size: upload.size, file_path: upload.path };
    },
    setMyCommands: (payload) => {
      world.commands.push(payload);
      return true;
    },
    getMyCommands: () => world.commands.at(-1)?.['commands'] ?? [],
  };
  return new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]));
}

function textOf(payload: Fields, field: string, most: number, tooLong: string): string {
  const given = payload[field] ?? '';
  if (typeof given !== 'string') throw badRequest(`field "${field}" must be of type String`);
  // Half a surrogate pair cannot be written as UTF-8, which the real server insists on.
  if (Buffer.from(given).toString() !== given) throw badRequest('strings must be encoded in UTF-8');
  const text = given.trim();
  if (text.length > most) throw badRequest(tooLong);
  if (payload['parse_mode'] !== undefined && /[_*[\]()~`>#+\-=|{}.!<&]/.test(text)) throw badRequest("can't parse entities: a character is reserved and must be escaped");
  return text;
}

/** Why bytes cannot be shown as a photo, in the words of the real server: 10 MB, 10,000 pixels of width and height together, and a ratio of 20 at most. */
function wrongPhoto(bytes: Buffer): string | undefined {
  if (bytes.length > 10 * 1024 * 1024) return 'file is too big';
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length > 24;
  if (!isPng && bytes.readUInt16BE(0) !== 0xffd8 && bytes.subarray(8, 12).toString('latin1') !== 'WEBP') return 'IMAGE_PROCESS_FAILED';
  if (!isPng) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height) ? 'PHOTO_INVALID_DIMENSIONS' : undefined;
}

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

function rowsOf(payload: Fields): Button[][] {
  const markup: unknown = typeof payload['reply_markup'] === 'string' ? JSON.parse(payload['reply_markup']) : payload['reply_markup'];
  const rows = (markup as { inline_keyboard?: unknown } | undefined)?.inline_keyboard ?? [];
  if (!Array.isArray(rows)) throw badRequest('object expected as reply markup');
  return rows.map((row: unknown) => listOf(row).map(buttonOf));
}

function buttonOf(button: Fields): Button {
  const { text, callback_data: data, url } = button;
  if (typeof text !== 'string' || text.trim() === '') throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  if (typeof url === 'string') {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || !new URL(url).hostname.includes('.')) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    return { label: text, url };
  }
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
  if (typeof data !== 'string' || bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  return { label: text, data };
}
