import type { Json, Line } from '../domain/message.js';
import type { KeptCourse, OpenItem, Restoration } from '../ports/inbox-journal.js';
import { customerLine, instantMs, isoOf } from './lines.js';

/** The log of a conversation as it grows again. */
function createLog(lines: readonly Line[]): { readonly lines: Line[]; add(line: Omit<Line, 'seq'>): number } {
  const log = [...lines];
  return {
    lines: log,
    add(line) {
      const seq = log.length + 1;
      const before = log.at(-1);
      log.push({ ...line, seq, at: isoOf(Math.max(instantMs(line.at), before === undefined ? 0 : instantMs(before.at) + 1)) });
      return seq;
    },
  };
}

/**
 * How a conversation stood in a store that has lost it: its last snapshot, and on top of it, in their order, the turns that were written
 * down as concluded. `isStateKept` false leaves out what it knew of the talk, and keeps what was said.
 */
export function redo({ conversationId, snapshot, lines, answered, open }: KeptCourse, isStateKept: boolean): Restoration | null {
  const [first] = open;
  const from = snapshot ?? first;
  if (from === undefined) return null;
  const log = createLog(lines);
  const logged = new Set(lines.flatMap(({ messageId }) => (messageId === undefined ? [] : [messageId])));
  const done = new Map<string, number>(answered.map((id) => [id, 0]));
  const toLog = open.flatMap(({ item }) => (item.kind === 'message' && !logged.has(item.id) ? [item] : []));
  let [state, epoch, turn, undelivered]: [Json, number, number, string[]] = [isStateKept ? snapshot?.state ?? null : null, snapshot?.epoch ?? 0, snapshot?.turn ?? 0, [...snapshot?.undelivered ?? []]];

  // All that customers had said stands before the answers: an answer that came at an earlier place than before would be
  // overlooked by a page that is further on, while one that comes later is at worst seen twice.
  for (const item of toLog) {
    log.add({ ...customerLine(item), at: item.at });
    logged.add(item.id);
  }
  const conclude = ({ item, concluded }: OpenItem): void => {
    if (!concluded) return;
    const { commit } = concluded;
    const own = commit.epoch ?? epoch;
    undelivered = undelivered.filter((entry) => {
      const [, of = '0', who] = entry.split(':');
      return who !== 'b' || (commit.withdrawUndelivered !== true && Number(of) >= own);
    });
    const newest = Math.max(epoch, own);
    for (const line of commit.lines) {
      const seq = log.add(line);
      if (commit.toLogOnly === true || line.from === 'customer' || (line.from === 'bot' && own < newest)) continue;
      undelivered.push(`${seq}:${own}:${line.from === 'bot' ? 'b' : 'o'}`);
    }
    [state, epoch, turn] = [commit.state, newest, turn + 1];
    done.set(item.id, turn);
  };

  for (const one of open) conclude(one);
  const waiting = open.filter(({ item }) => !done.has(item.id));
  const spoken = open.findLast(({ item }) => item.kind === 'message');
  return {
    conversationId, channel: from.channel, address: (spoken ?? from).address, state, epoch, turn, lines: log.lines, keptSeq: snapshot?.seq ?? 0, undelivered,
    answered: [...done].map(([id, of]) => ({ id, turn: of })),
    open: waiting.map(({ item }) => ({ item, isLogged: logged.has(item.id) })),
  };
}
