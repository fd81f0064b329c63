import { setTimeout as pause } from 'node:timers/promises';
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
/** So long the node that has answered an item has for writing that down, before others do. */
const ownMs = 10_000;
/** After a loss so many conversations come back at once, those spoken in last; the others when somebody speaks in them. */
const mostAtOnce = 5_000;
/** A copy of a store that takes its place may be so far behind. */
const behindMs = 120_000;
const mostTries = 5;
/** How often is looked whether another node is done with what it has in hand. */
const lookAgainMs = 100;

/**
 * A store that writes every accepted item into the journal first, and what its turn came to before it is committed. What the store has lost comes back out of the records: at
 * once for items that wait for an answer, with the next message or look for everything else.
 */
export function createJournalledConversations({ inner, journal, clock, expireSeconds, between, onMended }: JournalledOptions): ConversationStore {
  const msAgo = (ms: number): string => new Date(Date.parse(clock.now()) - ms).toISOString();
  const isFresh = (at: string): boolean => expireSeconds === 0 || Date.parse(clock.now()) - Date.parse(at) < expireSeconds * 1000;

  /** Puts one conversation back as far as the records know it; `null` where that did not come off: too much happened in between. */
  async function bringBack(conversationId: string): Promise<boolean | null> {
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
      if (outcome !== 'stale') return outcome === 'restored';
      if (tries === mostTries) return null;
    }
  }

  /** What is put back after a loss: here, or by another node. */
  type Share = { readonly restored: Set<string>; readonly others: Set<string>; readonly onRestored: (conversationId: string) => void };

  /** One conversation of those that all nodes put back together. Who has it in hand is waited for at the end. */
  async function bringBackShared(conversationId: string, { restored, others, onRestored }: Share): Promise<void> {
    const whose = await inner.share(conversationId);
    if (whose === 'others') others.add(conversationId);
    else others.delete(conversationId);
    if (whose !== 'mine') return;
    const isRestored = await bringBack(conversationId);
    if (isRestored === null) others.add(conversationId);
    else await inner.shared(conversationId);
    if (isRestored !== true) return;
    restored.add(conversationId);
    onRestored(conversationId);
  }

  /** Until each is done by whoever has it in hand, or here, where they have died over it. */
  async function bringBackLeft(share: Share): Promise<void> {
    for (let wait = 0; share.others.size > 0; wait = lookAgainMs) {
      await pause(wait);
      for (const id of share.others) await bringBackShared(id, share);
    }
  }

  /** Items nobody answered: into the inbox, where it does not know them. Tells of the conversations that know them as accepted for long; gives how many were put in. */
  async function replay(before: string, share: Share | null, seen: Set<string>, restored: Set<string>, tell: (conversationIds: readonly string[]) => void): Promise<number> {
    const own = msAgo(ownMs);
    let items = 0;
    for (let after = 0; ;) {
      const page = await journal.open(before, after, PAGE);
      const told = new Set<string>();
      for (const id of new Set(page.map(({ conversationId }) => conversationId))) {
        seen.add(id);
        // After a loss the memory that is there may be older than the records.
        if (share !== null && !restored.has(id)) await bringBackShared(id, share);
      }
      for (const { conversationId, item, channel, address, at } of page) {
        // What another node has in hand it puts back with all its items; what it leaves out is found by the next look.
        if (restored.has(conversationId) || share?.others.has(conversationId) === true) continue;
        const outcome = await inner.acceptKnown(conversationId, item, { channel, address });
        if (outcome === 'unknown' && await bringBack(conversationId) === true) {
          restored.add(conversationId);
          told.add(conversationId);
        } else if (outcome === 'accepted') items += 1;
        else if (outcome === 'duplicate' && at < own) told.add(conversationId);
      }
      if (told.size > 0) tell([...told]);
      if (page.length < PAGE) return items;
      after = page.at(-1)?.place ?? after;
    }
  }

  /** After a loss: what was spoken in last comes back with its log and its state. */
  async function bringBackRecent(share: Share): Promise<void> {
    const recent = await journal.recent(expireSeconds === 0 ? msAgo(365 * 86_400_000) : msAgo(expireSeconds * 1000), mostAtOnce);
    for (let from = 0; from < recent.length; from += PAGE) {
      const ids = recent.slice(from, from + PAGE);
      const known = await inner.known(ids);
      for (const id of ids) if (!known.has(id)) await bringBackShared(id, share);
    }
    // A copy that was behind lacks what was said last: what is older there than in the records is put in its place.
    for (const id of await journal.recent(msAgo(behindMs), mostAtOnce)) await bringBackShared(id, share);
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
      if (!await journal.knows(conversationId, '')) return null;
      await bringBack(conversationId);
      return inner.head(conversationId);
    },
    async forget(conversationId) {
      await journal.forget(conversationId);
      await inner.forget(conversationId);
    },
    async mend(tell) {
      const isSound = await inner.isVouchedFor();
      const [seen, restored] = [new Set<string>(), new Set<string>()];
      // Of what came back, too, the records are to know what stands.
      const onRestored = (id: string): void => void (seen.has(id) && tell([id]));
      const share: Share = { restored, others: new Set(), onRestored };
      const items = await replay(isSound ? msAgo(settleMs) : msAgo(-1), isSound ? null : share, seen, restored, tell);
      if (isSound) return;
      await bringBackRecent(share);
      await bringBackLeft(share);
      await inner.vouch();
      if (restored.size + items > 0) onMended?.({ conversations: restored.size, items });
    },
  };
}
