import type { Json, Line } from '../domain/message.js';
import type { KeptTalk } from '../ports/records.js';
import type { Parts } from './parts.js';

/** What a turn leaves for the records beside its commit. */
export interface Kept {
  readonly messageId: string;
  readonly at: string;
  readonly understanding?: Json;
  readonly tape?: { readonly turn: number; readonly entry: string; readonly facts: Readonly<Record<string, string>>; readonly sharedFacts: Readonly<Record<string, string>> };
}

/**
 * Copies what must outlive the conversations into the records: lines, verdicts, what was understood, the tape. Verdicts and
 * lines come out of the conversation's own log, in its order, so that what a crash kept back is made up for later.
 */
export interface Keeper {
  note(conversationId: string, kept?: Kept): void;
  /** Whether the last turn of a conversation went through this keeper: only then is it sure to be on the tape. */
  follows(conversationId: string, state: Json): boolean;
  /** Makes up for what was committed before this process began. */
  catchUp(): Promise<void>;
  drain(): Promise<void>;
}

/** How long turns are gathered for one transaction. */
const gatherMs = 60;
const againMs = 2_000;
/** Conversations in one transaction: few enough that nobody waits long for its rows, and that a process that dies over it has not tried much in vain. */
const mostAtOnce = 100;
/** Conversations whose place in the log is remembered; of others it is looked up. */
const mostPlaces = 5_000;
const PAGE = 500;

/** A keeper over the records of some parts; several turns share one transaction. */
export function createKeeper({ store, records, log }: Parts): Keeper {
  const waiting = new Map<string, Kept[]>();
  const places = new Map<string, number>();
  /** Shared facts that are written down already. */
  const known = new Set<string>();
  const taped = new Map<string, number>();
  /** The turn up to which the records know of a conversation. */
  const turns = new Map<string, number>();
  /** Conversations of which the records know another course than the store: their lines are handed in anew. */
  const others = new Set<string>();
  /** Fewer after a failure, so that what cannot be written down does not keep the others from it. */
  let atOnce = mostAtOnce;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const placeOf = async (conversationId: string): Promise<number> => places.get(conversationId) ?? records.transcripts.last(conversationId);

  async function newLines(conversationId: string, after: number): Promise<Line[]> {
    const lines: Line[] = [];
    let place = after;
    for (;;) {
      const page = await store.readLog(conversationId, place, PAGE);
      lines.push(...page);
      place = page.at(-1)?.seq ?? place;
      if (page.length < PAGE) return lines;
    }
  }

  /** How it stands, and the lines it stands on; where it may be lost, none are given that its snapshot does not end with. */
  async function standing(conversationId: string, isWhole: boolean): Promise<Pick<KeptTalk, 'lines' | 'snapshot'> | null> {
    const after = isWhole ? 0 : await placeOf(conversationId);
    if (!store.snapshot) return { lines: await newLines(conversationId, after) };
    // First how it stands: none may be kept of a turn that the snapshot does not know of.
    const snapshot = await store.snapshot(conversationId, isWhole ? 0 : turns.get(conversationId) ?? 0);
    if (!snapshot) return null;
    const lines = (await newLines(conversationId, after)).filter(({ seq }) => seq <= snapshot.seq);
    return (lines.at(-1)?.seq ?? after) === snapshot.seq ? { lines, snapshot } : null;
  }

  async function gather(conversationId: string, kept: readonly Kept[]): Promise<KeptTalk> {
    // Lost, put back or begun anew since it was looked at last, it is read from its beginning.
    const isWhole = others.delete(conversationId);
    const stands = await standing(conversationId, isWhole);
    const whole = stands === null && !isWhole ? await standing(conversationId, true) : null;
    const { lines, snapshot } = stands ?? whole ?? { lines: [] };
    return {
      conversationId, lines, ...(snapshot ? { snapshot } : {}), ...(isWhole || whole !== null ? { isWhole: true } : {}),
      receipts: lines.flatMap((line) => (line.trace?.receipts ?? []).map((receipt) => ({ turn: line.id.replace(/\.r$/u, ''), receipt }))),
      understandings: kept.flatMap(({ messageId, at, understanding }) => (understanding === undefined ? [] : [{ messageId, at, understanding }])),
      turns: kept.flatMap(({ tape }) => (tape ? [{ turn: tape.turn, entry: tape.entry }] : [])),
      facts: Object.assign({}, ...kept.map(({ tape }) => tape?.facts ?? {})) as Readonly<Record<string, string>>,
      sharedFacts: Object.fromEntries(kept.flatMap(({ tape }) => Object.entries(tape?.sharedFacts ?? {})).filter(([hash]) => !known.has(hash))),
    };
  }

  async function flush(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, atOnce);
      for (const [id] of batch) waiting.delete(id);
      const anew = batch.flatMap(([id]) => (others.has(id) ? [id] : []));
      try {
        const talks = await Promise.all(batch.map(([id, kept]) => gather(id, kept)));
        const left = new Set(await records.keep(talks));
        for (const { conversationId, lines, sharedFacts, snapshot } of talks) {
          if (left.has(conversationId)) {
            others.add(conversationId);
            waiting.set(conversationId, waiting.get(conversationId) ?? []);
            continue;
          }
          if (snapshot) turns.set(conversationId, snapshot.turn);
          for (const hash of Object.keys(sharedFacts)) known.add(hash);
          const last = lines.at(-1)?.seq;
          if (last !== undefined) places.set(conversationId, last);
        }
        for (const id of places.keys()) if (places.size > mostPlaces) places.delete(id);
        for (const id of turns.keys()) if (turns.size > mostPlaces) turns.delete(id);
        atOnce = Math.min(mostAtOnce, atOnce * 2);
      } catch (error) {
        for (const [id, kept] of batch) {
          const since = waiting.get(id) ?? [];
          waiting.delete(id);
          waiting.set(id, [...kept, ...since]);
        }
        for (const id of anew) others.add(id);
        atOnce = Math.ceil(batch.length / 2);
        log.error('keep.failed', { conversations: batch.length, message: error instanceof Error ? error.message : String(error) });
        soon(againMs);
        return;
      }
    }
  }

  function soon(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      running = (running ?? Promise.resolve()).then(flush);
    }, ms);
  }

  return {
    note(conversationId, kept) {
      if (kept?.tape) taped.set(conversationId, kept.tape.turn);
      for (const id of taped.keys()) if (taped.size > mostPlaces) taped.delete(id);
      waiting.set(conversationId, [...waiting.get(conversationId) ?? [], ...(kept ? [kept] : [])]);
      soon(gatherMs);
    },
    follows: (conversationId, state) => (state as { readonly tape?: { readonly turns?: number } } | null)?.tape?.turns === taped.get(conversationId) && taped.has(conversationId),
    async catchUp() {
      for (const { conversationId, lastSeq } of await store.list(PAGE)) {
        if (await records.transcripts.last(conversationId) < lastSeq) this.note(conversationId);
      }
    },
    async drain() {
      clearTimeout(timer);
      timer = undefined;
      await (running ?? Promise.resolve()).then(flush);
      clearTimeout(timer);
    },
  };
}
