import type { Updates } from './updates.js';
import type { BotMessage, Button, ChatState, Fields, World } from './world.js';

/** What was sent: the update the bot gets, and the message's number in the chat. */
export interface SentByCustomer {
  readonly updateId: number;
  readonly messageId: number;
}

/** A file as a customer sends it; `claims` is a size without any bytes behind it. */
interface CustomerFile {
  readonly bytes?: Uint8Array;
  readonly claims?: number;
  readonly name?: string;
  readonly type?: string;
  /** Leaves the size out of the message, as Telegram may. */
  readonly hidesSize?: boolean;
}

/** A chat as the customer has it before them. */
export interface FakeChat {
  readonly id: number;
  says(text: string): SentByCustomer;
  edits(sent: SentByCustomer, text: string): SentByCustomer;
  /** Presses the newest button with this label. */
  presses(label: string): { readonly updateId: number; readonly pressId: string };
  /** Presses a button that may be old or was never there. */
  pressesData(data: string): { readonly updateId: number; readonly pressId: string };
  isAnswered(pressId: string): boolean;
  sendsPhoto(bytes: Uint8Array, caption?: string): SentByCustomer;
  sendsDocument(file: CustomerFile, caption?: string): SentByCustomer;
  /** Several files as one album, each an update of its own. */
  sendsAlbum(files: readonly CustomerFile[], caption?: string): SentByCustomer[];
  /** One part of an album, for when they come apart. */
  sendsAlbumPart(album: string, file: CustomerFile, caption?: string): SentByCustomer;
  /** Any other content: `{ voice: {...} }`, `{ location: {...} }`. */
  sends(content: Fields): SentByCustomer;
  blocks(): void;
  unblocks(): void;
  /** The chat moves to another number, as groups do. */
  movesTo(chatId: number): void;
  /** What the bot has sent so far and not deleted. */
  received(): readonly BotMessage[];
  /** The next message of the bot that `next` has not given yet, as soon as it is there. */
  next(): Promise<BotMessage>;
  typings(): number;
}

/** The labels of a message's buttons, in reading order. */
export const labelsOf = (message: BotMessage): string[] => message.rows.flat().map(({ label }) => label);

/** The customer's side of a chat. */
export function createChat(world: World, updates: Updates, chat: ChatState): FakeChat {
  let given = 0;
  const whom = { id: chat.id, type: chat.type, ...(chat.type === 'private' ? { first_name: chat.person['first_name'] } : { title: 'A group' }) };
  const common = (messageId: number): Fields => ({ message_id: messageId, from: chat.person, chat: whom, date: world.now() });
  const send = (content: Fields): SentByCustomer => {
    const messageId = world.nextMessageId();
    return { messageId, updateId: updates.add('message', String(chat.id), { ...common(messageId), ...content }) };
  };
  const entitiesOf = (text: string): Fields => {
    const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
    return command === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
  };
  function upload(file: CustomerFile): Fields & { readonly file_id: string } {
    const name = world.nextName();
    const fileId = `file-${name}`;
    const size = file.claims ?? file.bytes?.length ?? 0;
    world.uploads.set(fileId, { size: file.hidesSize === true ? 0 : size, path: `documents/file_${name}.bin`, ...(file.bytes === undefined ? {} : { bytes: Buffer.from(file.bytes) }) });
    return { file_id: fileId, file_unique_id: `u${fileId}`, ...(file.hidesSize === true ? {} : { file_size: size }) };
  }
  const captioned = (caption: string | undefined): Fields => (caption === undefined ? {} : { caption });
  const photo = (bytes: Uint8Array): Fields => ({
    photo: [{ ...upload({ bytes: Buffer.from('a small preview') }), width: 90, height: 60 }, { ...upload({ bytes }), width: 1280, height: 853 }],
  });
  const document = (file: CustomerFile): Fields => ({ document: { ...upload(file), ...(file.name === undefined ? {} : { file_name: file.name }), ...(file.type === undefined ? {} : { mime_type: file.type }) } });
  const part = (album: string, file: CustomerFile, caption?: string): SentByCustomer =>
    send({ media_group_id: album, ...(file.name === undefined && file.bytes !== undefined ? photo(file.bytes) : document(file)), ...captioned(caption) });
  function press(data: string, message: BotMessage | undefined): { updateId: number; pressId: string } {
    const pressId = `press-${world.nextName()}`;
    world.presses.set(pressId, { at: world.now(), answers: 0 });
    const about = message === undefined ? { message_id: 1, date: 0, chat: whom } : { message_id: message.messageId, date: world.now(), chat: whom, text: message.text };
    // Presses travel in a queue of the person, not of the chat, and may overtake messages.
    const updateId = updates.add('callback_query', `press:${chat.person.id}`, { id: pressId, from: chat.person, chat_instance: '1', data, message: about });
    return { updateId, pressId };
  }
  const membership = (status: string): void => {
    updates.add('my_chat_member', `member:${chat.person.id}`, {
      chat: whom, from: chat.person, date: world.now(), old_chat_member: { status: 'member', user: { id: world.botId } }, new_chat_member: { status, user: { id: world.botId } },
    });
  };

  return {
    id: chat.id,
    says: (text) => send({ text, ...entitiesOf(text) }),
    edits: (sent, text) => ({
      messageId: sent.messageId,
      updateId: updates.add('edited_message', String(chat.id), { ...common(sent.messageId), edit_date: world.now(), text }),
    }),
    presses: (label) => {
      for (const message of [...chat.messages].reverse()) {
        const button: Button | undefined = message.isDeleted ? undefined : message.rows.flat().find((one) => one.label === label);
        if (button?.data !== undefined) return press(button.data, message);
      }
      throw new Error(`there is no button "${label}" to press; there are: ${chat.messages.flatMap(labelsOf).join(', ') || 'none'}`);
    },
    pressesData: (data) => press(data, undefined),
    isAnswered: (pressId) => (world.presses.get(pressId)?.answers ?? 0) > 0,
    sendsPhoto: (bytes, caption) => send({ ...photo(bytes), ...captioned(caption) }),
    sendsDocument: (file, caption) => send({ ...document(file), ...captioned(caption) }),
    sendsAlbum: (files, caption) => {
      const album = `album-${world.nextName()}`;
      return files.map((file, index) => part(album, file, index === 0 ? caption : undefined));
    },
    sendsAlbumPart: part,
    sends: send,
    blocks: () => {
      chat.isBlocked = true;
      membership('kicked');
    },
    unblocks: () => {
      chat.isBlocked = false;
      membership('member');
    },
    movesTo: (chatId) => {
      chat.movedTo = chatId;
    },
    received: () => chat.messages.filter(({ isDeleted }) => !isDeleted),
    next: async () => {
      const index = given++;
      return world.when(() => chat.messages[index]);
    },
    typings: () => chat.typings,
  };
}
