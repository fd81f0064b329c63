/** A message that was acknowledged; `write` names the one write it is to lead to, where it asks for one. */
export interface AcceptedMessage {
  readonly conversation: string;
  readonly message: string;
  readonly write?: string;
}

/** A reply that reached its customer, each time it did, in the order it did. */
export interface DeliveredReply {
  readonly conversation: string;
  /** The message it answers, and the line it is. */
  readonly message: string;
  readonly line: string;
  readonly text: string;
  /** What it says of a write: done; or that the shop did not answer and a person looks after it. */
  readonly says?: 'written' | 'uncertain';
  /** It stood on a page that shows every line once; elsewhere the same line may come twice. */
  readonly isShown?: boolean;
}

/** A write as the shop holds it, in the order it made them. */
export interface MadeWrite {
  readonly conversation: string;
  readonly write: string;
}

/** A line as the records keep it for the desk and for good. */
export interface KeptLine {
  readonly conversation: string;
  readonly line: string;
  /** The customer's message it is; absent where it is an answer. */
  readonly message?: string;
}

/** Everything that happened, conversation by conversation in its order. */
export interface History {
  readonly accepted: readonly AcceptedMessage[];
  readonly delivered: readonly DeliveredReply[];
  readonly writes: readonly MadeWrite[];
  /** The transcripts, where they are looked at: every message and every answer stands in them once. */
  readonly kept?: readonly KeptLine[];
}

/** A promise that was broken. */
export interface Violation {
  readonly kind: 'lost' | 'repeated' | 'reordered' | 'invented';
  readonly what: 'reply' | 'write' | 'record';
  readonly conversation: string;
  readonly id: string;
  readonly detail: string;
}

const grouped = <T extends { readonly conversation: string }>(all: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.conversation);
    if (group) group.push(one);
    else groups.set(one.conversation, [one]);
  }
  return groups;
};

/** The places at which a list of names leaves the order another one gives them. */
const outOfOrder = (found: readonly string[], wanted: readonly string[]): string[] => {
  const place = new Map(wanted.map((name, n) => [name, n]));
  let last = -1;
  return found.filter((name) => {
    const at = place.get(name);
    if (at === undefined) return false;
    if (at < last) return true;
    last = at;
    return false;
  });
};

function checkReplies(accepted: readonly AcceptedMessage[], delivered: readonly DeliveredReply[], found: (violation: Omit<Violation, 'conversation' | 'what'>) => void): void {
  const known = new Set(accepted.map(({ message }) => message));
  const answers = new Map<string, DeliveredReply>();
  const shown = new Set<string>();
  for (const reply of delivered) {
    const first = answers.get(reply.message);
    if (!known.has(reply.message)) found({ kind: 'invented', id: reply.line, detail: `answers ${reply.message}, which nobody accepted` });
    if (reply.isShown === true && shown.has(reply.line)) found({ kind: 'repeated', id: reply.line, detail: 'shown twice' });
    if (first && (first.line !== reply.line || first.text !== reply.text)) found({ kind: 'repeated', id: reply.message, detail: `answered by ${first.line} (${first.text}) and by ${reply.line} (${reply.text})` });
    shown.add(reply.line);
    if (!first) answers.set(reply.message, reply);
  }
  for (const id of outOfOrder([...answers.keys()], accepted.map(({ message }) => message))) found({ kind: 'reordered', id, detail: 'answered after a later message' });
  for (const { message } of accepted) if (!answers.has(message)) found({ kind: 'lost', id: message, detail: 'accepted and never answered' });
}

function checkWrites(accepted: readonly AcceptedMessage[], delivered: readonly DeliveredReply[], writes: readonly MadeWrite[], found: (violation: Omit<Violation, 'conversation' | 'what'>) => void): void {
  const wanted = new Map(accepted.flatMap(({ message, write }) => (write === undefined ? [] : [[message, write] as const])));
  const told = new Map(delivered.flatMap(({ message, says }) => (says === undefined ? [] : [[wanted.get(message) ?? '', says] as const])));
  const counts = new Map<string, number>();
  for (const { write } of writes) counts.set(write, (counts.get(write) ?? 0) + 1);
  for (const [write, count] of counts) {
    if (count > 1) found({ kind: 'repeated', id: write, detail: `written ${count} times` });
    if (!told.has(write)) found({ kind: 'invented', id: write, detail: 'written, and the customer was told nothing of it' });
  }
  for (const [write, says] of told) if (says === 'written' && !counts.has(write)) found({ kind: 'lost', id: write, detail: 'told to be done and not written' });
  for (const id of outOfOrder(writes.map(({ write }) => write), [...wanted.values()])) found({ kind: 'reordered', id, detail: 'written after a later write' });
}

function checkRecord(accepted: readonly AcceptedMessage[], delivered: readonly DeliveredReply[], kept: readonly KeptLine[], found: (violation: Omit<Violation, 'conversation' | 'what'>) => void): void {
  const [lines, messages] = [new Set<string>(), new Set<string>()];
  for (const { line, message } of kept) {
    if (lines.has(line)) found({ kind: 'repeated', id: line, detail: 'stands twice in the transcript' });
    lines.add(line);
    if (message !== undefined) messages.add(message);
  }
  for (const { message } of accepted) if (!messages.has(message)) found({ kind: 'lost', id: message, detail: 'accepted, and not in the transcript' });
  for (const line of new Set(delivered.map((reply) => reply.line))) if (!lines.has(line)) found({ kind: 'lost', id: line, detail: 'delivered, and not in the transcript' });
}

/**
 * Looks through the whole history and lists every broken promise: each accepted message answered once and in order; each write
 * made exactly once, in order, and told; nothing shown twice; all of it in the transcripts, once. Looks at everything, leaves nothing to chance.
 */
export function checkHistory({ accepted, delivered, writes, kept }: History): Violation[] {
  const violations: Violation[] = [];
  const [replies, made, messages, records] = [grouped(delivered), grouped(writes), grouped(accepted), grouped(kept ?? [])];
  for (const conversation of new Set([...messages.keys(), ...replies.keys(), ...made.keys()])) {
    const found = (what: Violation['what']) => (violation: Omit<Violation, 'conversation' | 'what'>): void => void violations.push({ ...violation, conversation, what });
    const [asked, answered, written] = [messages.get(conversation) ?? [], replies.get(conversation) ?? [], made.get(conversation) ?? []];
    checkReplies(asked, answered, found('reply'));
    checkWrites(asked, answered, written, found('write'));
    if (kept) checkRecord(asked, answered, records.get(conversation) ?? [], found('record'));
  }
  return violations;
}
