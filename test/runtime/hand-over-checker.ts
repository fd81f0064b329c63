import type { Conversation } from '../../src/dialogue/conversation.js';
import type { InboxItem } from '../../src/domain/message.js';
import type { Ticket } from '../../src/ports/records.js';
import type { HandOverFacts } from '../../src/ports/team.js';

type Charge = Conversation['charge'];

/** What happened in one conversation, in the order it happened. */
export type Happening =
  /** An agent pressed something, having seen this lease. */
  | { readonly kind: 'pressed'; readonly actId: string; readonly confirm: boolean; readonly seen: Charge }
  | { readonly kind: 'committed'; readonly item: InboxItem; readonly before: Charge; readonly after: Charge; readonly lines: readonly { readonly id: string; readonly from: string; readonly keys: readonly string[] }[] }
  | { readonly kind: 'delivered'; readonly lineId: string };

/** How it stands in the end, with nothing left to do. */
export interface Ending {
  readonly charge: Charge;
  readonly tickets: readonly Ticket[];
  readonly facts: readonly HandOverFacts[];
  readonly logged: readonly string[];
  /** It stands in the desk's queue. */
  readonly isInQueue: boolean;
}

const nobody: Charge = { who: 'bot', epoch: 0 };
const holder = (charge: Charge): string | undefined => (charge.who === 'agent' ? charge.agent?.id : undefined);

/** What has to be said, once, in the very commit in which who is in charge changes. */
function announcements(before: Charge, after: Charge): RegExp | null {
  if (before.who === after.who && holder(before) === holder(after)) return null;
  if (after.who === 'agent') return /^handover\.joined$/u;
  if (after.who === 'waiting') return before.who === 'agent' ? /^handover\.left$/u : /^handover\.announced\./u;
  return /^handover\.(?:back|closed|withdrawn)$/u;
}

const isAnnouncement = (key: string): boolean => /^handover\.(?:joined|left|announced\..*|back|closed|withdrawn)$/u.test(key);

function ofCommit({ item, before, after, lines }: Extract<Happening, { kind: 'committed' }>, pressed: ReadonlyMap<string, Extract<Happening, { kind: 'pressed' }>>): string[] {
  const found: string[] = [];
  const keys = lines.flatMap((line) => line.keys);
  const what = `${item.kind === 'agent-act' ? item.act : item.kind} ${item.id}`;
  if (holder(before) !== undefined && item.kind !== 'agent-act' && lines.some(({ from }) => from === 'bot')) found.push(`${what}: the bot spoke while ${holder(before) ?? ''} was in charge`);
  if (holder(before) !== undefined && holder(before) === holder(after) && item.kind === 'agent-act' && keys.some(isAnnouncement)) found.push(`${what}: announced although nothing changed`);
  const wanted = announcements(before, after);
  const announced = keys.filter(isAnnouncement);
  if (wanted === null ? announced.length > 0 : announced.length !== 1 || !wanted.test(announced[0] ?? '')) found.push(`${what}: ${before.who} → ${after.who} was announced as [${announced.join(', ')}]`);
  const isChanged = wanted !== null;
  if (isChanged ? after.epoch <= before.epoch : after.epoch !== before.epoch) found.push(`${what}: the epoch went from ${before.epoch} to ${after.epoch}`);
  if (item.kind !== 'agent-act') {
    if (holder(before) !== undefined && isChanged) found.push(`${what}: ended the lease of ${holder(before) ?? ''}`);
    return found;
  }
  const press = pressed.get(item.id);
  if (item.act === 'take' && isChanged && holder(before) !== undefined && holder(before) !== item.agent.id) {
    if (!press?.confirm || holder(press.seen) !== holder(before) || press.seen.epoch !== before.epoch) found.push(`${what}: put out ${holder(before) ?? ''}, whom ${item.agent.id} had not seen`);
  }
  if (item.act !== 'take' && isChanged && holder(before) !== undefined && holder(before) !== item.agent.id) found.push(`${what}: ended the lease of ${holder(before) ?? ''}`);
  return found;
}

/**
 * Whether the hand-overs of one conversation held: no word of the bot committed while a person was in charge, or delivered
 * after a person had taken over; no other word lost; nobody's lease ended by somebody who had not seen it; each change announced exactly
 * once; nobody waiting or talking out of sight in the end. Gives what did not hold. Pure.
 */
export function checkHandOvers(happenings: readonly Happening[], ending: Ending): string[] {
  const found: string[] = [];
  const pressed = new Map(happenings.flatMap((one) => (one.kind === 'pressed' ? [[one.actId, one] as const] : [])));
  const epochs = new Map<string, { readonly epoch: number; readonly from: string }>();
  let charge = nobody;
  let takenAt = 0;
  const due = new Set<string>();
  for (const one of happenings) {
    if (one.kind === 'committed') {
      if (one.before.epoch !== charge.epoch || one.before.who !== charge.who || holder(one.before) !== holder(charge)) found.push(`${one.item.id}: committed over a lease that was not the newest`);
      found.push(...ofCommit(one, pressed));
      for (const line of one.lines) {
        if (epochs.has(line.id)) found.push(`${line.id}: committed twice`);
        epochs.set(line.id, { epoch: one.after.epoch, from: line.from });
        if (line.from !== 'customer') due.add(line.id);
      }
      charge = one.after;
      if (charge.who === 'agent') takenAt = charge.epoch;
    } else if (one.kind === 'delivered') due.delete(one.lineId);
    const line = one.kind === 'delivered' ? epochs.get(one.lineId) : undefined;
    if (line?.from === 'bot' && line.epoch < takenAt) found.push(`${one.kind === 'delivered' ? one.lineId : ''}: delivered although it should have been withdrawn`);
  }
  for (const lineId of due) {
    const line = epochs.get(lineId);
    if (line?.from !== 'bot' || line.epoch >= takenAt) found.push(`${lineId}: never delivered, and nobody took over after it`);
  }
  const open = ending.tickets.filter(({ kind, state }) => kind === 'handover' && state !== 'closed');
  const running = ending.facts.filter(({ endedAt }) => endedAt === undefined);
  if (ending.charge.who !== 'bot') {
    if (!open.some(({ id }) => id === ending.charge.ticket)) found.push(`${ending.charge.who} without an open ticket`);
    if (!ending.isInQueue) found.push(`${ending.charge.who} and not in the queue`);
    const facts = running.find(({ ticket }) => ticket === ending.charge.ticket);
    if ((facts?.waitingSince !== undefined) !== (ending.charge.who === 'waiting')) found.push('the facts tell another story than the lease');
  }
  for (const { id } of open) if (id !== ending.charge.ticket || ending.charge.who === 'bot') found.push(`ticket ${id} is open and nobody’s`);
  for (const { ticket } of running) if (ticket !== ending.charge.ticket || ending.charge.who === 'bot') found.push(`hand-over ${ticket} runs and is nobody’s`);
  if (new Set(ending.logged).size !== ending.logged.length) found.push('a line stands twice in the log');
  return found;
}
