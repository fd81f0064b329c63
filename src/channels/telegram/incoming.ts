import type { Incoming, IncomingFile, Json } from '../../domain/message.js';
import { chatOf, type TelegramMessage, type TelegramUpdate } from './updates.js';

/** A file that came with a message and is still at Telegram. */
export interface Attachment {
  readonly telegramId: string;
  readonly what: 'photo' | 'document' | 'video';
  readonly name: string;
  readonly size?: number;
}

/** Something in a message that could not be read; it goes along in the message's `clientData`, so that nobody thinks nothing came. */
export interface Unread {
  readonly what: string;
  readonly name?: string;
  readonly why: 'not-readable' | 'too-large' | 'not-available';
}

/** What an update says, before its files are fetched. */
export interface Reading {
  readonly chatId: number;
  readonly message: Omit<Incoming, 'at' | 'files' | 'clientData' | 'edits'>;
  readonly attachments: readonly Attachment[];
  readonly unread: readonly Unread[];
  /** Telegram's number of the message within its chat, by which an edit names it. */
  readonly messageId?: number;
  readonly isEdit: boolean;
  readonly album?: string;
  /** To be answered, so that the button stops spinning. */
  readonly callbackId?: string;
}

const unreadable = ['voice', 'audio', 'video_note', 'sticker', 'location', 'contact', 'poll', 'dice'] as const;

/**
 * What an update says to us; null when it is not for us. Only private chats are served: in a group a customer's order
 * would be read by everybody there, so what is said in groups is left unanswered.
 */
export function readUpdate(update: TelegramUpdate): Reading | null {
  const chat = chatOf(update);
  if (chat?.type !== 'private') return null;
  const { callback_query: press } = update;
  const message = update.message ?? update.edited_message;
  const from = press?.from ?? message?.from;
  const displayName = [from?.first_name, from?.last_name].filter((name) => name !== undefined && name.trim() !== '').join(' ');
  const base = {
    kind: 'message' as const,
    id: `u${update.update_id}`,
    conversationId: `telegram:${chat.id}`,
    channel: 'telegram',
    address: { chatId: chat.id },
    ...(from?.language_code === undefined ? {} : { localeHint: from.language_code }),
    ...(displayName === '' ? {} : { displayName }),
  };
  if (press !== undefined) {
    if (press.data === undefined) return null;
    return { chatId: chat.id, message: { ...base, choice: press.data }, attachments: [], unread: [], isEdit: false, callbackId: press.id };
  }
  if (message === undefined) return null;
  const isEdit = update.edited_message !== undefined;
  const attachments = attachmentsOf(message);
  const unread = unreadable.filter((what) => message[what] !== undefined).map((what) => ({ what, why: 'not-readable' as const }));
  const words = isEdit ? withText(message.text ?? message.caption) : wordsOf(message.text ?? message.caption);
  // Service messages, and edits that bring no words (a live location moving), say nothing to us.
  if (words === null && attachments.length === 0 && (unread.length === 0 || isEdit)) return null;
  return {
    chatId: chat.id,
    message: { ...base, ...words },
    attachments,
    unread,
    isEdit,
    ...(message.message_id === undefined ? {} : { messageId: message.message_id }),
    ...(message.media_group_id === undefined || isEdit ? {} : { album: message.media_group_id }),
  };
}

type Words = Pick<Incoming, 'text' | 'choice' | 'payload'>;

const withText = (text: string | undefined): Words | null => (text === undefined || text.trim() === '' ? null : { text });

/** Commands become what they stand for: the menu and the way to a person are choices of the engine, the others are words. */
function wordsOf(text: string | undefined): Words | null {
  const command = /^\/([A-Za-z]\w*)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text ?? '');
  if (command === null) return withText(text);
  const name = command[1]?.toLowerCase() ?? '';
  const rest = command[2]?.trim() ?? '';
  if (name === 'start') return /^[\w-]{1,64}$/.test(rest) ? { payload: rest } : {};
  if (rest === '' && (name === 'menu' || name === 'help')) return { choice: 'm' };
  if (rest === '' && name === 'human') return { choice: 'h' };
  return withText(`${name.replaceAll('_', ' ')} ${rest}`.trim());
}

function attachmentsOf(message: TelegramMessage): Attachment[] {
  const largest = message.photo?.reduce((best, photo) => (photo.width * photo.height > best.width * best.height ? photo : best));
  // An animation comes with the same file as `document`, for older bots.
  const document = message.animation === undefined ? message.document : undefined;
  const video = message.video ?? message.animation;
  const of = (what: Attachment['what'], file: { readonly file_id: string; readonly file_size?: number | undefined }, name: string): Attachment => ({
    telegramId: file.file_id, what, name, ...(file.file_size === undefined ? {} : { size: file.file_size }),
  });
  return [
    ...(largest === undefined ? [] : [of('photo', largest, 'photo.jpg')]),
    ...(document === undefined ? [] : [of('document', document, document.file_name ?? 'document')]),
    ...(video === undefined ? [] : [of('video', video, video.file_name ?? 'video.mp4')]),
  ];
}

/** Puts together the message that is handed to the runtime. */
export function complete(reading: Reading, at: string, files: readonly IncomingFile[], unread: readonly Unread[], edits: string | undefined): Incoming {
  return {
    ...reading.message,
    at,
    ...(files.length === 0 ? {} : { files }),
    ...(unread.length === 0 ? {} : { clientData: { unread: unread as unknown as Json } }),
    ...(edits === undefined ? {} : { edits }),
  };
}
