/** Whether somebody at the desk can be given a talk: there, there but not free for new ones, or not there. */
export type Presence = 'online' | 'away' | 'offline';

/** Who works at the desk and has said or shown what of themselves. */
export interface Sighting {
  /** What they have set themselves to. */
  readonly wish: 'online' | 'away';
  readonly wishAt: string;
  /** Their desk is open, as far as is known. */
  readonly isHere: boolean;
  readonly seenAt: string;
}

/** A desk nobody has heard of for so long has gone without saying so. */
export const SILENT_MS = 75_000;

/** Whether somebody is there now, and if not for new talks, since when. */
export function presenceOf(sighting: Sighting | undefined, now: string): { readonly presence: Presence; readonly absentSince: string | null } {
  if (!sighting) return { presence: 'offline', absentSince: null };
  const { wish, wishAt, isHere, seenAt } = sighting;
  const isSeen = isHere && Date.parse(now) - Date.parse(seenAt) <= SILENT_MS;
  if (!isSeen) return { presence: 'offline', absentSince: wish === 'away' && wishAt < seenAt ? wishAt : seenAt };
  return wish === 'away' ? { presence: 'away', absentSince: wishAt } : { presence: 'online', absentSince: null };
}

/** Somebody at the desk as talks are given out: what they can take, and what they have. */
export interface Seat {
  readonly id: string;
  readonly name: string;
  readonly presence: Presence;
  readonly absentSince: string | null;
  /** Languages and departments they take; none named means all. */
  readonly languages: readonly string[];
  readonly departments: readonly string[];
  readonly capacity: number;
  /** Talks they hold already. */
  readonly load: number;
}

/** A talk that waits for a person. */
export interface Waiting {
  readonly ticket: string;
  readonly conversationId: string;
  readonly locale: string;
  readonly department?: string;
  readonly openedAt: string;
  /** Whom it has been given to, who has not taken it up yet. */
  readonly assigned?: { readonly id: string; readonly name: string; readonly at: string };
}

/** The times after which a talk goes elsewhere. */
export interface LineUpRules {
  readonly graceSeconds: number;
  readonly takeUpSeconds: number;
  readonly anyoneAfterMinutes: number;
}

/** A talk to be given to somebody; `instead` names who has it now. */
export interface Assignment {
  readonly ticket: string;
  readonly conversationId: string;
  readonly to: { readonly id: string; readonly name: string };
  readonly instead?: string;
}

const since = (at: string, now: string): number => Date.parse(now) - Date.parse(at);

/** First come, first served. */
export const inOrder = <T extends { readonly openedAt: string; readonly ticket: string }>(waiting: readonly T[]): T[] =>
  [...waiting].sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.ticket.localeCompare(b.ticket));

/** The place of a talk among those that wait, 1 being next; nought where it does not wait. */
export const placeOf = (ticket: string, waiting: readonly Waiting[]): number => inOrder(waiting).findIndex((one) => one.ticket === ticket) + 1;

/** Whether somebody takes talks of this language and department. */
export const isSkilled = ({ languages, departments }: Pick<Seat, 'languages' | 'departments'>, { locale, department }: Pick<Waiting, 'locale' | 'department'>): boolean =>
  (languages.length === 0 || languages.includes(locale)) && (departments.length === 0 || department === undefined || departments.includes(department));

/** Somebody is away for longer than the time they are given to come back. */
const isGone = ({ presence, absentSince }: Seat, { graceSeconds }: LineUpRules, now: string): boolean =>
  presence !== 'online' && absentSince !== null && since(absentSince, now) > graceSeconds * 1000;

/**
 * Who is to be given which of the talks that wait: the one that came first goes first, to the least busy who is there, has
 * room and the skills; when nobody with the skills has taken it for long enough, to anybody with room. A talk whose agent has
 * gone or does not take it up goes to the next. Pure.
 */
export function assignmentsOf(waiting: readonly Waiting[], seats: readonly Seat[], rules: LineUpRules, now: string): Assignment[] {
  const loads = new Map(seats.map(({ id, load }) => [id, load]));
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const found: Assignment[] = [];
  for (const talk of inOrder(waiting)) {
    const { assigned } = talk;
    const holder = assigned && byId.get(assigned.id);
    const isKept = assigned !== undefined && holder !== undefined && !isGone(holder, rules, now) && since(assigned.at, now) <= rules.takeUpSeconds * 1000;
    if (isKept) continue;
    const isForAnyone = since(talk.openedAt, now) > rules.anyoneAfterMinutes * 60_000;
    const free = seats.filter((seat) => seat.presence === 'online' && seat.id !== assigned?.id && (loads.get(seat.id) ?? 0) < seat.capacity);
    const skilled = free.filter((seat) => isSkilled(seat, talk));
    const [next] = (skilled.length > 0 || !isForAnyone ? skilled : free).toSorted((a, b) => (loads.get(a.id) ?? 0) - (loads.get(b.id) ?? 0) || a.id.localeCompare(b.id));
    if (!next) continue;
    loads.set(next.id, (loads.get(next.id) ?? 0) + 1);
    if (assigned) loads.set(assigned.id, Math.max(0, (loads.get(assigned.id) ?? 0) - 1));
    found.push({ ticket: talk.ticket, conversationId: talk.conversationId, to: { id: next.id, name: next.name }, ...(assigned ? { instead: assigned.id } : {}) });
  }
  return found;
}

/** Talks held by somebody who has been gone for longer than the time they are given to come back. Pure. */
export const releasesOf = <T extends { readonly agent: { readonly id: string } }>(held: readonly T[], seats: readonly Seat[], rules: LineUpRules, now: string): T[] =>
  held.filter(({ agent }) => {
    const seat = seats.find(({ id }) => id === agent.id);
    // Whoever may not work here any more comes back no more.
    return seat === undefined || isGone(seat, rules, now);
  });
