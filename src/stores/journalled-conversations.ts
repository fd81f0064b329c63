import type { Clock } from '../ports/clock.js';
import type { ConversationStore } from '../ports/conversation-store.js';
import type { InboxJournal, RestorableConversations } from '../ports/inbox-journal.js';
import { instantMs } from './lines.js';
import { redo } from './redo.js';

/** What makes a store of conversations safe against losing its memory. */
export interface JournalledOptions {
  readonly inner: RestorableConversations;
  readonly journal: InboxJournal;
  readonly clock: Clock;
  /** Idle conversations are let go after so many seconds (0 = never): what is older comes back without its state. */
  readonly expireSeconds: number;
  /** Called between the journal and the inbox, by tests that kill processes there. */
  readonly between?: () => void;
  readonly onMended?: (counts: { readonly conversations: number; readonly items: number }) => void;
}

const PAGE = 500;
/** Items younger than this may still be on their way from the journal into the inbox. */
const settleMs = 1_000;
/** After a loss so many conversations come back at once, those spoken in last; the others when somebody speaks in them. */
const mostAtOnce = 5_000;
/** A copy of a store that takes its place may be so far behind. */
const behindMs = 120_000;
const mostTries = 5;

/**
 * A store that writes every accepted item into the journal first, and what its turn came to before it is committed. What the store has lost comes back out of the records: at
 * once for items that wait for an answer, with the next message or look for everything else.
 */
export function createJournalledConversations({ inner, journal, clock, expireSeconds, between, onMended }: JournalledOptions): ConversationStore {
  const msAgo = (ms: number): string => new Date(Date.parse(clock.now()) - ms).toISOString();
  const isFresh = (at: string): boolean => expireSeconds === 0 || Date.parse(clock.now()) - Date.parse(at) < expireSeconds * 1000;

  /** Puts one conversation back as far as the records know it. */
  async function bringBack(conversationId: string): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      const ticket = await inner.ticket(conversationId);
      const course = await journal.course(conversationId);
      const whole = redo(course, course.snapshot !== null && isFresh(course.snapshot.at));
      let outcome = whole === null ? 'doubted' : await inner.restore(whole, ticket);
      if (outcome === 'doubted') {
        // What is there is the beginning of what was: it can lack what was accepted last.
        for (const { item, channel, address } of course.open) await inner.acceptLate(conversationId, item, { channel, address }, ticket);
        outcome = await inner.trust(conversationId, ticket) ? 'left' : 'stale';
      }
      // Somebody has written, or memory was lost, in between; the journal had it first.
      if (outcome !== 'stale' || tries === mostTries) return outcome === 'restored';
    }
  }

  /** Items nobody answered: into the inbox, where it does not know them. Gives conversations that know them as answered. */
  async function replay(before: string, isWhole: boolean): Promise<{ readonly done: Set<string>; readonly items: number; readonly restored: Set<string> }> {
    const [done, restored] = [new Set<string>(), new Set<string>()];
    let items = 0;
    for (let after = 0; ;) {
      const page = await journal.open(before, after, PAGE);
      for (const id of new Set(page.map(({ conversationId }) => conversationId))) {
        if (restored.has(id)) continue;
        // After a loss the memory that is there may be older than the records.
        if (isWhole && await bringBack(id)) restored.add(id);
      }
      for (const { conversationId, item, channel, address } of page) {
        if (restored.has(conversationId)) continue;
        const outcome = await inner.acceptKnown(conversationId, item, { channel, address });
        if (outcome === 'unknown' && await bringBack(conversationId)) restored.add(conversationId);
        else if (outcome === 'accepted') items += 1;
        else if (outcome === 'duplicate') done.add(conversationId);
      }
      if (page.length < PAGE) return { done, items, restored };
      after = page.at(-1)?.place ?? after;
    }
  }

  /** After a loss: what was spoken in last comes back with its log and its state. */
  async function bringBackRecent(): Promise<number> {
    const recent = await journal.recent(expireSeconds === 0 ? msAgo(365 * 86_400_000) : msAgo(expireSeconds * 1000), mostAtOnce);
    let count = 0;
    for (let from = 0; from < recent.length; from += PAGE) {
      const ids = recent.slice(from, from + PAGE);
      const known = await inner.known(ids);
      for (const id of ids) if (!known.has(id) && await bringBack(id)) count += 1;
    }
    // A copy that was behind lacks what was said last: what is older there than in the records is put in its place.
    for (const id of await journal.recent(msAgo(behindMs), mostAtOnce)) if (await bringBack(id)) count += 1;
    return count;
  }

  inner.whenDoubted(bringBack);
  return {
    ...inner,
    async accept(conversationId, item, meta) {
      instantMs(item.at);
      const isNew = await journal.add(conversationId, item, meta, clock.now());
      between?.();
      let outcome = await inner.acceptKnown(conversationId, item, meta);
      // Nobody was here yet, or the store has lost it, perhaps once more meanwhile.
      for (let tries = 1; outcome === 'unknown' && tries <= mostTries && await journal.knows(conversationId, item.id); tries += 1) {
        await bringBack(conversationId);
        outcome = await inner.acceptKnown(conversationId, item, meta);
      }
      if (outcome === 'unknown') outcome = await inner.accept(conversationId, item, meta);
      return isNew || outcome === 'accepted' ? 'accepted' : 'duplicate';
    },
    async commit(claim, commit, now) {
      const stands = await journal.conclude(claim.conversationId, claim.head.id, claim.fence, { commit });
      return inner.commit(claim, stands.commit, now);
    },
    async head(conversationId) {
      const head = await inner.head(conversationId);
      if (head !== null) return head;
      return (await journal.knows(conversationId, '')) && await bringBack(conversationId) ? inner.head(conversationId) : null;
    },
    async forget(conversationId) {
      await journal.forget(conversationId);
      await inner.forget(conversationId);
    },
    async mend() {
      const isSound = await inner.isVouchedFor();
      const { done, items, restored } = await replay(isSound ? msAgo(settleMs) : msAgo(-1), !isSound);
      if (!isSound) {
        const recent = await bringBackRecent();
        await inner.vouch();
        if (restored.size + recent + items > 0) onMended?.({ conversations: restored.size + recent, items });
      }
      // Of what came back, too, the records are to know what stands.
      return [...new Set([...done, ...restored])];
    },
  };
}
