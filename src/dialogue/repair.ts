import type { Incoming, Json, Reply } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { advance, nextWish, totals } from './advance.js';
import { handOver } from './charge.js';
import { intentChoice, personChoice } from './choices.js';
import type { Book } from './flow.js';
import { patch, say, type Step } from './step.js';
import { tellWhy } from './why.js';

/** "Never mind": drops what is under way; nothing was changed, and the customer hears so. */
export function stop(step: Step, book: Book): Step {
  const { active } = step.conversation;
  const [, ...others] = active ? [active, ...step.conversation.wishes] : [null, ...step.conversation.wishes];
  const dropped = say(patch(step, { active: null, wishes: [], offers: [], misses: 0 }), { key: active || others.length > 0 ? 'stop.done' : 'stop.nothing' });
  return nextWish(dropped, book);
}

/** "Why?" and "say that again". */
export function meta(step: Step, what: 'why' | 'repeat' | 'total', before: readonly Reply[], understanding: Understanding, book: Book): Step {
  if (what === 'total') return advance(say(step, ...totals(step.conversation.sums ?? [])), book);
  if (what === 'why') return advance(tellWhy(step, understanding), book);
  if (step.conversation.active) return advance(step, book);
  const heard = before.filter((reply) => reply.key !== 'hello.short');
  return heard.length > 0 ? say(step, ...heard) : say(step, { key: 'repeat.nothing' });
}

/** The menu: what can be done here, in at most two presses. */
export function menu(step: Step, book: Book): Step {
  return say(step, { key: 'menu.ask', choices: [...book.menu.map(intentChoice), personChoice] });
}

/** Talk that asks for nothing in the shop; undefined when the message is something else. */
export function smallTalk(step: Step, understanding: Understanding, book: Book): Step | undefined {
  const intent = understanding.intents[0];
  if (intent?.verdict !== 'sure') return understanding.answer === undefined ? undefined : menu(step, book);
  const calm = patch(step, { misses: 0 });
  switch (intent.intent) {
    case 'greet': return say(calm, { key: step.conversation.turns === 1 ? 'hello.bot' : 'hello.again', choices: [...book.menu.map(intentChoice), personChoice] });
    case 'thanks': return say(calm, { key: 'thanks.reply' });
    case 'goodbye': return say(calm, { key: 'goodbye.reply' });
    case 'bot_challenge': return say(calm, { key: 'bot.yes', choices: [personChoice] });
    case 'help': return menu(calm, book);
    case 'change_language': return say(calm, { key: 'language.which', values: { languages: { list: book.locales.map((language) => ({ language })) } } });
    case 'affirm':
    case 'deny': return menu(calm, book);
    default: return undefined;
  }
}

/**
 * Not sure: the likeliest are offered, never guessed, and the second time in a row a person comes in. What is out of scope
 * is said to be so, with what can be done here; there a person comes in at the third.
 */
export function misunderstood(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  if ((message.files?.length ?? 0) > 0 && understanding.text.trim() === '') return say(step, { key: 'file.received', choices: [...book.menu.map(intentChoice), personChoice] });
  if (understanding.text.trim() === '' && message.choice === undefined) return say(step, { key: 'file.unread' });
  const misses = step.conversation.misses + 1;
  const intent = understanding.intents[0];
  if (misses >= (intent?.verdict === 'unsure' ? 2 : 3)) return handOver(patch(step, { misses: 0 }), 'not-understood', message.at);
  const counted = patch(step, { misses });
  const likely = (intent?.top ?? []).map((one) => one.intent).filter((name) => (book.intents[name]?.flow ?? null) !== null).slice(0, 3);
  if (intent?.verdict === 'unsure' && likely.length > 0) {
    const unclear = { text: understanding.text.slice(0, 1200), entities: JSON.parse(JSON.stringify(understanding.entities.filter(({ end }) => end <= 1200))) as Json, intents: likely, turn: step.conversation.turns };
    return say(patch(counted, { unclear }), { key: 'unsure.ask', choices: [...likely.map(intentChoice), personChoice] });
  }
  return say(counted, { key: misses > 1 ? 'miss.again' : 'scope.out', choices: [...book.menu.map(intentChoice), personChoice] });
}

/** The message is in a language not spoken here: said in English, with the languages that are, and what was asked is asked again. */
export function notSpoken(step: Step, at: string, book: Book): Step {
  const { localeIsChosen, locale, active } = step.conversation;
  const misses = step.conversation.misses + 1;
  if (misses >= 3) return handOver(patch(step, { misses: 0 }), 'not-understood', at);
  const told = say(patch(step, { misses, locale: localeIsChosen || !book.locales.includes('en') ? locale : 'en' }), {
    key: 'language.foreign', values: { languages: { list: book.locales.map((language) => ({ language })) } }, choices: [personChoice],
  });
  return active ? advance(told, book) : told;
}
