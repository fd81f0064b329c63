import type { Entity, Understanding } from '../domain/understanding.js';
import type { Active, Conversation } from './conversation.js';
import type { Book } from './book.js';
import { beginsYes, CLEARLY, flowOf, isQuestion, tokensOf, wordCount } from './telling.js';

/** So many things done are remembered, each by so many words of what it was about. */
const mostDone = 6;
const mostWords = 80;

/** What was carried out in this talk, with what it was remembered by: the words said for it and what its plan named. */
export function remembered(done: Conversation['done'], active: Active): NonNullable<Conversation['done']> {
  const words = [...new Set([...(active.heard ?? []).flatMap(({ text, whole }) => tokensOf(`${text} ${whole?.text ?? ''}`)), ...tokensOf(JSON.stringify(active.plan?.shows ?? []))])].slice(0, mostWords);
  return [...done ?? [], { flow: active.flow, words }].slice(-mostDone);
}

/** Beside so many words a yes is hardly more than one. */
const A_YES = 7;

/**
 * "Yes, cancel it if the lamp went back": a yes under the one condition that something else in this talk came out as it did is
 * a yes. The condition goes; where it is not met, or is any other, the message stays as it is.
 */
export function pastOutcomes(understanding: Understanding, active: Active, { done = [] }: Conversation, book: Book): Understanding {
  const { text, entities, intents: [first, second], says } = understanding;
  const [mark, more] = entities.filter((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not'));
  if (!active.plan || done.length === 0 || says !== 'yes' || !beginsYes(understanding) || isQuestion(text) || !first || second || !mark || more || mark.kind !== 'marker' || mark.value !== 'if') return understanding;
  const end = mark.end + (/[,.;:!，。；！،؛]|$/u.exec(text.slice(mark.end))?.index ?? 0);
  if (!done.some((one) => cameOut(one, text.slice(mark.end, end), book))) return understanding;
  const rest = `${text.slice(0, mark.start).replace(/[\s,，،]+$/u, '')}${text.slice(end)}`;
  const isOwn = first.top.some(({ intent }) => intent === 'affirm' || flowOf(intent, book)?.id === active.flow);
  if (!isOwn || wordCount(rest) > A_YES) return understanding;
  const left = entities.filter((entity) => entity.end <= mark.start || entity.start >= end).map((entity): Entity => (entity.end <= mark.start ? entity : { ...entity, start: entity.start - (text.length - rest.length), end: entity.end - (text.length - rest.length) }));
  const top = first.top.filter(({ intent }) => intent !== 'affirm');
  return { ...understanding, text: rest, entities: left, intents: [{ ...first, intent: 'affirm', verdict: 'sure', confidence: Math.max(CLEARLY, first.confidence), text: rest, entities: left, top: [{ intent: 'affirm', score: first.top[0]?.score ?? 0 }, ...top] }] };
}

/** Whether words tell of something that was done, and of nothing that was not spoken of with it. */
function cameOut({ flow: id, words }: NonNullable<Conversation['done']>[number], clause: string, book: Book): boolean {
  const flow = book.flows[id];
  const named = flow?.kind === 'action' ? flow.cameOut?.(clause) : undefined;
  return named !== undefined && tokensOf(named).every((token) => words.some((word) => word === token || (token.length >= 5 && word.slice(0, 5) === token.slice(0, 5))));
}
