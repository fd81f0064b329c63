/** A button under a message, or in a card. */
export interface Choice {
  readonly title: string;
  readonly text: string;
  readonly value: unknown;
}

/** A link in a card; only addresses that are safe to open get here. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** A hero card without its pictures. */
export interface Card {
  readonly title: string;
  readonly text: string;
  readonly links: readonly Link[];
  readonly choices: readonly Choice[];
}

/** A file that came with a message. */
export interface SharedFile {
  readonly name: string;
  readonly type: string;
  readonly url: string | undefined;
  readonly size: number | undefined;
}

/** A file whose address is known. */
export type Reachable = SharedFile & { readonly url: string };

/** One message as it is shown. */
export interface Message {
  readonly id: string;
  readonly from: 'own' | 'bot' | 'agent' | 'notice';
  readonly name: string;
  readonly text: string;
  readonly language: string | undefined;
  readonly at: number;
  /** The place in the conversation. */
  readonly order: number;
  readonly choices: readonly Choice[];
  readonly cards: readonly Card[];
  readonly files: readonly SharedFile[];
  /** Its number in the log; 0 where the server is not ours. */
  readonly seq: number;
  /** The id we gave our own message before the server knew it. */
  readonly clientId: string | undefined;
}

/** Somebody is typing. */
export interface Typing {
  readonly id: string;
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const orNothing = (text: string) => (text === '' ? undefined : text);

/** The address when it is safe to open or load; everything else (`javascript:`, `data:` …) is dropped. */
export function safeUrl(url: unknown, schemes: RegExp = /^https?:$/): string | undefined {
  try {
    const parsed = new URL(string(url));
    return schemes.test(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined; // no address at all
  }
}

function choiceOf(action: unknown): Choice[] {
  const { type, title, text, displayText, value } = fields(action);
  if (type === 'openUrl' || string(title) === '') return [];
  const said = string(displayText) || string(text) || (typeof value === 'string' ? value : string(title));
  return [{ title: string(title), text: said, value: typeof value === 'string' ? undefined : value }];
}

function linkOf(action: unknown): Link[] {
  const { type, title, value } = fields(action);
  const url = type === 'openUrl' ? safeUrl(value, /^(https?|mailto):$/) : undefined;
  return url === undefined ? [] : [{ title: string(title) || url, url }];
}

/** The event by which each side tells up to which line it has read. */
export const SEEN_EVENT = 'aftercare/seen';

/** What a server or a person wrote, read with suspicion; undefined for what is not shown. */
export function readActivity(activity: unknown): { readonly message: Message } | { readonly typing: Typing } | { readonly seen: number } | undefined {
  const { name: event, value, type, id, from, text, locale, timestamp, attachments, suggestedActions, channelData } = fields(activity);
  const sender = fields(from);
  const data = fields(channelData);
  const isOwn = sender['role'] === 'user';
  if (type === 'typing') return isOwn ? undefined : { typing: { id: string(sender['id']), name: string(sender['name']) } };
  if (type === 'event' && event === SEEN_EVENT && !isOwn && typeof value === 'number') return { seen: value };
  if (type !== 'message' || string(id) === '') return undefined;

  const cards: Card[] = [];
  const files: SharedFile[] = [];
  const sizes = list(data['attachmentSizes']);
  list(attachments).forEach((attachment, index) => {
    const { contentType, content, contentUrl, name, size } = fields(attachment);
    const kind = string(contentType);
    if (/^application\/vnd\.microsoft\.card\.(hero|thumbnail)$/.test(kind)) {
      const card = fields(content);
      const buttons = list(card['buttons']);
      cards.push({ title: string(card['title']), text: string(card['text']) || string(card['subtitle']), links: buttons.flatMap(linkOf), choices: buttons.flatMap(choiceOf) });
    } else if (kind !== '' && !kind.startsWith('application/vnd.microsoft.')) {
      const bytes = typeof size === 'number' ? size : sizes[index];
      files.push({ name: string(name) || kind, type: kind, url: safeUrl(contentUrl), size: typeof bytes === 'number' && bytes > 0 ? bytes : undefined });
    }
  });
  const at = Date.parse(string(timestamp)) || Date.now();
  const sequence = data['webchat:sequence-id'];
  const { speaker, seq } = fields(data['aftercare']);
  return {
    message: {
      id: string(id),
      from: isOwn ? 'own' : speaker === 'system' ? 'notice' : string(sender['id']).startsWith('agent-') ? 'agent' : 'bot',
      name: string(sender['name']),
      text: string(text).replace(/\r\n?/g, '\n'),
      language: orNothing(string(locale)),
      at,
      order: typeof sequence === 'number' ? sequence : at,
      choices: isOwn ? [] : list(fields(suggestedActions)['actions']).flatMap(choiceOf),
      cards,
      files,
      seq: typeof seq === 'number' ? seq : 0,
      clientId: orNothing(string(data['clientActivityID'])),
    },
  };
}
