import type { Effect, TurnEvent } from '../dialogue/events.js';
import { parseConversation, type Conversation } from '../dialogue/conversation.js';
import type { Book } from '../dialogue/book.js';
import { takeTurn } from '../dialogue/turn.js';
import { canonicalJson, firstDifference } from '../domain/canonical.js';
import type { Json, Reply } from '../domain/message.js';
import type { Policy } from '../domain/policy.js';
import type { JournalOfTalk } from '../ports/records.js';
import type { Texts } from '../ports/texts.js';
import type { Parts } from './parts.js';
import { perform } from './perform.js';
import { wordsOf } from './render.js';
import { asked, hashOf, isRepeatable, through, type TapeStep, type TapeTurn } from './tape.js';

/** Where a talk taken again differs from how it went: in what, and what it was and is. */
export interface ReplayDifference {
  readonly turn: number;
  readonly messageId: string;
  /** `verdict`: what flows and rules made of the same facts; `effect`: what was done; `words`: what was said; `state`: what is remembered. */
  readonly what: 'verdict' | 'effect' | 'words' | 'state';
  readonly path: string;
  readonly was: Json;
  readonly is: Json;
}

/** What taking a talk again came to. `gaps` are turns the journal does not hold; it goes on behind them. */
export interface Replayed {
  readonly turns: number;
  readonly gaps: readonly number[];
  readonly difference: ReplayDifference | null;
}

/** What the talk is taken again with: today's flows, rules and words. */
export interface ReplayWith {
  readonly book: Book;
  readonly policy: Policy;
  readonly texts: Texts;
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
const answersWithEvent = ({ kind }: Effect): boolean => !['hand-over', 'end-hand-over', 'lease-changed', 'relay', 'set-timers', 'notices', 'note', 'gap'].includes(kind);

class Unasked extends Error {
  readonly question: string;
  constructor(question: string) {
    super(`asked now and not then: ${question}`);
    this.question = question;
  }
}

/** Parts that know nothing but a step of the tape. */
function fromTape({ reads = [], looks = [] }: TapeStep, facts: JournalOfTalk['facts'], { book, policy, texts }: ReplayWith): Parts {
  const answers = new Map(reads);
  let look = 0;
  const answer = (what: string) => async (method: string, given: readonly unknown[]): Promise<unknown> => {
    const question = asked(what, method, given);
    const hash = answers.get(question);
    if (hash === undefined) throw new Unasked(question);
    return JSON.parse(facts[hash] ?? 'null') as unknown;
  };
  // Every method goes through the tape; what stands behind it is never called.
  const behind = new Proxy({}, { get: () => () => undefined });
  const quiet = (): void => undefined;
  return {
    book, policy, texts, clock: { now: () => looks[Math.min(look++, looks.length - 1)] ?? '' }, log: { info: quiet, warn: quiet, error: quiet },
    shop: { reader: through(behind, answer('shop')), writer: behind }, records: { cases: through(behind, answer('cases')) },
  } as unknown as Parts;
}

/** Does an effect again from the tape; gives the event, or what was asked that was not asked then. */
async function again(effect: Effect, step: TapeStep, conversation: Conversation, messageId: string, facts: JournalOfTalk['facts'], given: ReplayWith): Promise<TurnEvent | Unasked | null> {
  try {
    return await perform(effect, conversation, messageId, fromTape(step, facts, given));
  } catch (error) {
    if (error instanceof Unasked) return error;
    throw error;
  }
}

/**
 * Takes a talk again, turn by turn, with today's flows, rules and words over the facts of then: the same events must lead
 * to the same verdicts, words and state, byte for byte. Stops at the first difference.
 */
export async function replay({ turns, facts }: JournalOfTalk, given: ReplayWith): Promise<Replayed> {
  let conversation: Conversation | null = null;
  let [taken, last] = [0, 0];
  const gaps: number[] = [];
  for (const { turn, entry } of turns) {
    const tape = JSON.parse(entry) as TapeTurn;
    const isGap = turn !== last + 1 && last > 0;
    if (isGap) gaps.push(...Array.from({ length: turn - last - 1 }, (_, index) => last + 1 + index));
    last = turn;
    if (tape.from !== undefined) conversation = parseConversation(tape.from);
    else if (isGap) conversation = null;
    if (!conversation) {
      gaps.push(turn);
      continue;
    }
    const done = await takeAgain(conversation, tape, turn, facts, given);
    taken += 1;
    if ('what' in done) return { turns: taken, gaps, difference: done };
    conversation = parseConversation(plain(done));
  }
  return { turns: taken, gaps, difference: null };
}

async function takeAgain(start: Conversation, tape: TapeTurn, turn: number, facts: JournalOfTalk['facts'], given: ReplayWith): Promise<Conversation | ReplayDifference> {
  const differs = (what: ReplayDifference['what'], was: unknown, is: unknown): ReplayDifference => {
    const found = firstDifference(plain(was), plain(is));
    return { turn, messageId: tape.messageId, what, path: found?.path ?? '', was: found?.was ?? null, is: found?.is ?? null };
  };
  let conversation = start;
  let waiting: Effect | undefined;
  const replies: Reply[] = [];
  for (const step of tape.steps) {
    if (step.effect !== undefined) {
      if (waiting?.kind !== step.effect) return differs('effect', step.effect, waiting?.kind ?? null);
      if (step.reads && step.event.kind !== 'broke' && isRepeatable(waiting.kind)) {
        const event = await again(waiting, step, conversation, tape.messageId, facts, given);
        if (event instanceof Unasked) return differs('verdict', (step.reads).map(([question]) => question), [event.question]);
        if (canonicalJson(event) !== canonicalJson(step.event)) return differs('verdict', step.event, event);
      }
    } else if (waiting) return differs('effect', null, waiting.kind);
    const moved: ReturnType<typeof takeTurn> = takeTurn(conversation, step.event, given.book);
    conversation = moved.conversation;
    waiting = moved.effects.find(answersWithEvent);
    if (!step.isSilent) replies.push(...moved.replies);
  }
  // A deadline that has become needless passes without a word, and so does a place that is not told.
  if (waiting && waiting.kind !== 'meet' && waiting.kind !== 'tell-place') return differs('effect', null, waiting.kind);
  const said = replies.length === 0 ? null : { locale: conversation.locale, ...wordsOf(replies, conversation.locale, given.texts) };
  if (canonicalJson(said) !== canonicalJson(tape.said)) return differs('words', tape.said, said);
  const to = hashOf(JSON.stringify(conversation));
  return to === tape.to ? conversation : { ...differs('state', tape.to, to), path: 'conversation' };
}
