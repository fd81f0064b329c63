/** Plain data as it comes in a request or goes out in an update. */
export type Fields = Readonly<Record<string, unknown>>;

/** A button as the customer's client shows it. */
export interface Button {
  readonly label: string;
  readonly data?: string;
  readonly url?: string;
}

/** A message of the bot as the customer sees it; edits change it in place. */
export interface BotMessage {
  readonly messageId: number;
  text: string;
  readonly entities: readonly Fields[];
  rows: readonly (readonly Button[])[];
  readonly document?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
  isPhoto: boolean;
  /** The album it is part of. */
  readonly album?: string;
  isDeleted: boolean;
}

/** A chat as the server keeps it. */
export interface ChatState {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly person: Fields & { readonly id: number };
  isBlocked: boolean;
  movedTo: number | null;
  typings: number;
  readonly messages: BotMessage[];
}

/** A call the bot made, with what it was answered. */
export interface ApiCall {
  readonly method: string;
  readonly payload: Fields;
  readonly status: number;
}

/** A file a customer sent; without bytes it only claims its size. */
interface Upload {
  readonly size: number;
  readonly path: string;
  readonly bytes?: Buffer;
}

/** An answer in the words of the real API. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly parameters: Fields | undefined;

  constructor(status: number, description: string, parameters?: Fields) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

/** A 400 as the real API words it. */
export const badRequest = (what: string, parameters?: Fields): ApiFailure => new ApiFailure(400, `Bad Request: ${what}`, parameters);

/** All the fake server knows. `changed` wakes whoever waits with `when`. */
export interface World {
  readonly token: string;
  readonly botId: number;
  readonly chats: Map<number, ChatState>;
  readonly uploads: Map<string, Upload>;
  readonly presses: Map<string, { readonly at: number; answers: number }>;
  readonly calls: ApiCall[];
  readonly commands: Fields[];
  nextMessageId(): number;
  nextName(): string;
  /** The server's time in seconds. */
  now(): number;
  pass(seconds: number): void;
  changed(): void;
  /** Resolves with what `look` finds, as soon as it finds something. */
  when<Found>(look: () => Found | undefined): Promise<Found>;
}

/** Makes an empty world. */
export function createWorld(token: string): World {
  const waiting = new Set<() => void>();
  let messageId = 100;
  let name = 0;
  let shift = 0;
  return {
    token,
    botId: Number(token.split(':')[0]),
    chats: new Map(),
    uploads: new Map(),
    presses: new Map(),
    calls: [],
    commands: [],
    nextMessageId: () => ++messageId,
    nextName: () => String(++name),
    now: () => Math.floor(Date.now() / 1000) + shift,
    pass: (seconds) => {
      shift += seconds;
    },
    changed: () => {
      for (const wake of waiting) wake();
    },
    when: (look) =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          try {
            const found = look();
            if (found === undefined) return;
            waiting.delete(wake);
            resolve(found);
          } catch (error) {
            waiting.delete(wake);
            reject(error as Error);
          }
        };
        waiting.add(wake);
        wake();
      }),
  };
}

/** The chat, or the answer the real server gives where there is none or it cannot be written to. */
export function writableChat(world: World, chatId: unknown): ChatState {
  const chat = world.chats.get(Number(chatId));
  if (chat === undefined) throw badRequest('chat not found');
  if (chat.movedTo !== null) throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo });
  if (chat.isBlocked) throw new ApiFailure(403, chat.type === 'private' ? 'Forbidden: bot was blocked by the user' : 'Forbidden: bot was kicked from the group chat');
  return chat;
}
