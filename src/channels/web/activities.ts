import { createHash } from 'node:crypto';
import type { Json, Line, OutgoingFile } from '../../domain/message.js';
import type { Holder, Tokens } from './tokens.js';

/** A Bot Framework activity as we send it. */
export type Activity = { readonly [key: string]: unknown; readonly type: string };

/** Who looks at a line: the token's holder, and the address our file links begin with. */
export interface Viewer {
  readonly holder: Holder;
  readonly baseUrl: string;
}

/** Puts lines of the log into the words of Direct Line. */
export interface Shower {
  line(line: Line, viewer: Viewer): Activity;
  /** The sign that the bot is working; belongs to no line. */
  typing(conversation: string, at: string): Activity;
  /** Up to which line somebody at the desk has read; belongs to no line either. */
  seen(conversation: string, at: string, seq: number): Activity;
}

/** The event by which each side tells up to which line it has read. */
export const SEEN_EVENT = 'aftercare/seen';

/** The id of a customer's activity: known before the log has numbered it, so that the answer to a POST names its echo. */
export const echoId = (conversation: string, messageId: string) => `${conversation}|c-${messageId}`;

/**
 * The id of any other line's activity. It goes by the line, not by its number: put back after a loss of memory a line may get
 * another number, and a page that has shown it knows it again.
 */
const lineId = (conversation: string, line: Line): string => `${conversation}|l-${createHash('sha256').update(line.id).digest('base64url').slice(0, 22)}`;

/** The part of channel data that is ours; whatever a client puts there is dropped. */
export const OURS = 'aftercare';

/** The customer a customer's line was spoken by, as `ours` of its channel data says. */
export function speakerOf(line: Line): string | undefined {
  if (line.from !== 'customer') return undefined;
  const ours = asRecord(asRecord(line.clientData)?.[OURS]);
  return typeof ours?.['customer'] === 'string' ? ours['customer'] : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

/** Makes activities; `botName` is what the bot is called on screen. */
export function createShower(parts: { readonly tokens: Tokens; readonly botName: string }): Shower {
  const { tokens, botName } = parts;

  const common = (conversation: string, at: string) => ({ channelId: 'directline', conversation: { id: conversation }, timestamp: at });

  function attachmentsOf(line: Line, viewer: Viewer): Activity['attachments'][] {
    const file = ({ fileId, name, type }: OutgoingFile) => ({
      contentType: type,
      contentUrl: `${viewer.baseUrl}/v3/directline/attachments/${encodeURIComponent(fileId)}?${tokens.linkQuery(viewer.holder.conv, fileId)}`,
      name,
    });
    const links = (line.links ?? []).filter(({ url }) => /^(https?:\/\/|mailto:)/i.test(url));
    const card = links.length === 0 ? [] : [{
      contentType: 'application/vnd.microsoft.card.hero',
      content: { buttons: links.map(({ label, url }) => ({ type: 'openUrl', title: label, value: url })) },
    }];
    return [...(line.files ?? []).map(file), ...card];
  }

  function from(line: Line, viewer: Viewer): Json {
    switch (line.from) {
      case 'customer': return { id: viewer.holder.user, name: '', role: 'user' };
      // The typing sign ends with a message of the same id only, so bot and agent must differ.
      case 'agent': return { id: `agent-${line.agent?.id ?? 'desk'}`, name: line.agent?.name ?? '', role: 'bot' };
      case 'bot':
      case 'system': return { id: 'bot', name: botName, role: 'bot' };
    }
  }

  function ours(line: Line): Readonly<Record<string, unknown>> {
    if (line.from === 'customer') return { seq: line.seq, speaker: line.from };
    return {
      seq: line.seq,
      speaker: line.from,
      ...(line.agent === undefined ? {} : { agent: line.agent.name }),
      ...(line.choices === undefined ? {} : { choices: line.choices }),
      ...(line.links === undefined ? {} : { links: line.links }),
    };
  }

  return {
    line(line, viewer) {
      const attachments = attachmentsOf(line, viewer);
      const conversation = viewer.holder.conv;
      const isCustomer = line.from === 'customer';
      return {
        ...common(conversation, line.at),
        type: 'message',
        id: isCustomer && line.messageId !== undefined ? echoId(conversation, line.messageId) : lineId(conversation, line),
        from: from(line, viewer),
        text: line.text,
        // Plain, because rendered markdown would load pictures that a customer or agent typed.
        textFormat: 'plain',
        ...(line.locale === '' || line.locale === 'und' ? {} : { locale: line.locale }),
        ...(attachments.length === 0 ? {} : { attachments, attachmentLayout: 'list' }),
        ...(isCustomer || line.choices === undefined || line.choices.length === 0 ? {} : {
          suggestedActions: {
            to: [viewer.holder.user],
            actions: line.choices.map(({ id, label }) => ({ type: 'messageBack', title: label, text: label, displayText: label, value: { choice: id } })),
          },
        }),
        channelData: { ...asRecord(isCustomer ? line.clientData : undefined), [OURS]: ours(line), 'webchat:sequence-id': Date.parse(line.at) },
      };
    },
    typing: (conversation, at) => ({ ...common(conversation, at), type: 'typing', id: `${conversation}|t-${tokens.freshId()}`, from: { id: 'bot', name: botName, role: 'bot' } }),
    seen: (conversation, at, seq) => ({ ...common(conversation, at), type: 'event', name: SEEN_EVENT, value: seq, id: `${conversation}|e-${tokens.freshId()}`, from: { id: 'bot', name: botName, role: 'bot' } }),
  };
}
