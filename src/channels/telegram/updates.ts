import { z } from 'zod';

const id = z.number().int().refine(Number.isSafeInteger);
const maybe = <Shape extends z.ZodType>(shape: Shape) => shape.optional().catch(undefined);
const text = maybe(z.string());

const user = z.object({ id, first_name: text, last_name: text, language_code: text });
const chat = z.object({ id, type: z.string() });
const file = z.object({ file_id: z.string().min(1), file_name: text, file_size: maybe(z.number()) });

const message = z.object({
  message_id: maybe(id),
  chat,
  from: maybe(user),
  text,
  caption: text,
  media_group_id: text,
  photo: maybe(z.array(z.object({ file_id: z.string().min(1), width: z.number(), height: z.number(), file_size: maybe(z.number()) })).min(1)),
  document: maybe(file),
  animation: maybe(file),
  video: maybe(file),
  voice: z.unknown().optional(),
  audio: z.unknown().optional(),
  video_note: z.unknown().optional(),
  sticker: z.unknown().optional(),
  location: z.unknown().optional(),
  contact: z.unknown().optional(),
  poll: z.unknown().optional(),
  dice: z.unknown().optional(),
});

const update = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z.object({ id: z.string(), from: user, message: maybe(message), data: text }).optional(),
  my_chat_member: z.object({ chat, new_chat_member: z.object({ status: z.string() }) }).optional(),
});

/** The kinds of updates we ask Telegram for. */
export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** A message as Telegram sends it, as far as we read it. */
export type TelegramMessage = z.infer<typeof message>;

/** An update as Telegram sends it, as far as we read it; fields of a form we do not know are left out. */
export type TelegramUpdate = z.infer<typeof update>;

/** The number of an update, or null when it is none at all. */
export function updateIdOf(raw: unknown): number | null {
  const parsed = z.object({ update_id: id }).safeParse(raw);
  return parsed.success ? parsed.data.update_id : null;
}

/** Reads an update; null when it has a number but what it brings is not of a form we can read. */
export function parseUpdate(raw: unknown): TelegramUpdate | null {
  const parsed = update.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

/** The chat an update belongs to; updates of one chat are taken in their order. */
export function chatOf(update: TelegramUpdate): { readonly id: number; readonly type: string } | undefined {
  return update.message?.chat ?? update.edited_message?.chat ?? update.callback_query?.message?.chat ?? update.my_chat_member?.chat;
}
