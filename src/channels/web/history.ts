import type { Line } from '../../domain/message.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import { speakerOf } from './activities.js';
import { CONVERSATION_PREFIX } from './settings.js';
import type { Holder } from './tokens.js';

/** Some lines of a log; at the end there were no more when they were read. */
export interface Page {
  readonly lines: readonly Line[];
  readonly isEnd: boolean;
}

/** The log as one holder of a token may see it. */
export interface History {
  /**
   * Lines after `after`, as many as make a frame of reasonable size; `closed` once a signed-in customer has spoken in the conversation and the holder is not that
   * customer: a token that was made before they signed in (on a shared computer, say) must not show what came after.
   */
  read(holder: Holder, after: number, limit: number): Promise<Page | 'closed'>;
  /** Whether the holder may still take part; the same rule. */
  isOpenTo(holder: Holder): Promise<boolean>;
  /** Where to read on for a client's watermark: from the beginning when it has none, or one this log never gave. */
  positionOf(holder: Holder, watermark: string | undefined): Promise<number>;
}

interface Owner {
  /** How far the log has been looked through for a signed-in customer. */
  seq: number;
  customer?: string;
}

const PAGE = 200;
/** Of text in one answer or frame; a longer line comes alone. */
const MAX_CHARACTERS = 250_000;
const REMEMBERED = 5_000;

/** The history over a store; it remembers the owners of the conversations last asked for. */
export function createHistory(store: Pick<ConversationStore, 'readLog' | 'head'>): History {
  const owners = new Map<string, Owner>();

  function ownerOf(conversation: string): Owner {
    const owner = owners.get(conversation) ?? { seq: 0 };
    owners.delete(conversation);
    owners.set(conversation, owner);
    for (const oldest of owners.keys()) {
      if (owners.size <= REMEMBERED) break;
      owners.delete(oldest);
    }
    return owner;
  }

  function note(owner: Owner, lines: readonly Line[]): void {
    for (const line of lines) {
      if (line.seq <= owner.seq) continue;
      owner.seq = line.seq;
      const customer = speakerOf(line);
      if (owner.customer === undefined && customer !== undefined) owner.customer = customer;
    }
  }

  /** Looks the log through up to `seq`; what has been looked at once is not read again. */
  async function lookThrough(conversation: string, owner: Owner, seq: number): Promise<void> {
    while (owner.customer === undefined && owner.seq < seq) {
      const lines = await store.readLog(CONVERSATION_PREFIX + conversation, owner.seq, PAGE);
      if (lines.length === 0) return;
      note(owner, lines);
    }
  }

  const isClosed = (owner: Owner, holder: Holder) => holder.trusted !== true && owner.customer !== undefined && owner.customer !== holder.customer;

  return {
    async read(holder, after, limit) {
      const owner = ownerOf(holder.conv);
      await lookThrough(holder.conv, owner, after);
      if (isClosed(owner, holder)) return 'closed';
      const lines = await store.readLog(CONVERSATION_PREFIX + holder.conv, after, limit);
      note(owner, lines);
      if (isClosed(owner, holder)) return 'closed';
      const shown = upTo(lines, MAX_CHARACTERS);
      return { lines: shown, isEnd: lines.length < limit && shown.length === lines.length };
    },
    async isOpenTo(holder) {
      const owner = ownerOf(holder.conv);
      if (owner.customer === undefined) await lookThrough(holder.conv, owner, Infinity);
      return !isClosed(owner, holder);
    },
    async positionOf(holder, watermark) {
      const position = watermark !== undefined && /^\d{1,15}$/.test(watermark) ? Number(watermark) : 0;
      if (position === 0) return 0;
      const head = await store.head(CONVERSATION_PREFIX + holder.conv);
      return position > (head?.lastSeq ?? 0) ? 0 : position;
    },
  };
}

function upTo(lines: readonly Line[], characters: number): readonly Line[] {
  let sum = 0;
  const end = lines.findIndex(({ text }, index) => {
    sum += text.length;
    return index > 0 && sum > characters;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
