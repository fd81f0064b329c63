import { withoutPerson } from '../domain/mask.js';
import type { Choice, Incoming, Json, Reply } from '../domain/message.js';
import type { Understanding } from '../domain/understanding.js';
import { advance, nextWish, totals } from './advance.js';
import { articleChoice, flowChoice, groupChoices, intentChoice, menuChoice, personChoice, spokenChoice } from './choices.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';
import { miss } from './misses.js';
import { doing, patch, say, type Step } from './step.js';
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

/** What is asked most, and the parts everything else is found in. */
const menuChoices = (book: Book): Choice[] => [...book.menu.map(intentChoice), ...groupChoices(book), personChoice];

/** Flows that a file brings, in the part of the menu their intents are in. */
const fileFlows = (name: string, book: Book): Flow[] => Object.values(book.flows).filter((flow) => flow.withFileOf?.some((intent) => book.intents[intent]?.group === name));

/** Counts a question that nothing here answers, without what tells of the person. */
const gap = (step: Step, { text, entities, locale }: Understanding): Step => doing(step, { kind: 'gap', question: withoutPerson(text, entities), locale });

/** The menu: what can be done here, in at most two presses. */
export function menu(step: Step, book: Book): Step {
  return say(step, { key: 'menu.ask', choices: menuChoices(book) });
}

/** A part of the menu: everything that can be done there. */
export function group(step: Step, name: string, book: Book): Step {
  const inside = [...Object.values(book.intents).filter((one) => one.group === name && one.flow !== null && one.flow in book.flows).map(({ intent }) => intentChoice(intent)), ...fileFlows(name, book).map(flowChoice), ...(name === 'account' ? Object.values(book.flows).filter(({ words }) => words !== undefined).map(spokenChoice) : [])];
  if (inside.length === 0) return say(step, { key: 'choice.stale' });
  return say(step, { key: 'menu.group', values: { group: { text: { key: `group.${name}` } } }, choices: [...inside, menuChoice] });
}

/** What a message says first; between thanks and a farewell ("thanks, bye") nothing is left open. */
function talkOf({ intents: [intent, second] }: Understanding): Understanding['intents'][number] | undefined {
  const [first, other] = intent?.top ?? [];
  const isMere = intent?.verdict === 'unsure' && second === undefined && first !== undefined && other !== undefined && [first, other].every((one) => TALK.includes(one.intent));
  return isMere ? { ...intent, intent: first.intent, verdict: 'sure' } : intent;
}
const TALK: readonly string[] = ['thanks', 'goodbye', 'greet'];

/** Talk that asks for nothing in the shop; undefined when the message is something else. */
export function smallTalk(step: Step, understanding: Understanding, book: Book): Step | undefined {
  const intent = talkOf(understanding);
  if (intent?.verdict !== 'sure') return understanding.answer === undefined ? undefined : menu(step, book);
  const calm = patch(step, { misses: 0 });
  switch (intent.intent) {
    case 'greet': return say(calm, { key: step.conversation.turns === 1 ? 'hello.bot' : 'hello.again', choices: menuChoices(book) });
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

/** A word of thanks or the like in the middle of something is answered, and the question asked again. */
export function smallTalkThen(step: Step, understanding: Understanding, book: Book): Step | undefined {
  const [intent] = understanding.intents;
  if (intent?.verdict !== 'sure' || ['affirm', 'deny'].includes(intent.intent)) return undefined;
  const talked = smallTalk(step, understanding, book);
  return talked && advance(talked, book);
}

/** A yes to part of a plan, under a condition, or with more beside it: the plan is shown once more, and why. */
export const askOnceMore = (step: Step, book: Book): Step => advance(say(patch(step, { misses: 0 }), { key: 'confirm.once-more' }), book);

/** Nothing in the message fits the question: it is asked again, and the third time a person comes in. */
export const missed = (step: Step, at: string, book: Book): Step => miss(step, at, (counted) => advance(say(counted, { key: 'miss.question' }), book));

/**
 * Not sure: the likeliest are offered, never guessed, and the second time in a row a person comes in. What is out of scope
 * is said to be so, with what can be done here; there a person comes in at the third.
 */
export function misunderstood(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  if ((message.files?.length ?? 0) > 0 && understanding.text.trim() === '') return say(step, { key: 'file.received', choices: menuChoices(book) });
  if (understanding.text.trim() === '' && message.choice === undefined) return say(step, { key: 'file.unread' });
  // Abuse without a wish has been answered calmly already; nothing is held against it.
  if (understanding.mood === 'angry') return say(step, { key: 'mood.ask', choices: [...groupChoices(book), personChoice] });
  const intent = understanding.intents[0];
  const near = understanding.known?.near ?? [];
  const isGap = intent?.verdict !== 'unsure' && near.length === 0 && /\p{L}{2}/u.test(understanding.text);
  const asked = isGap ? gap(step, understanding) : step;
  return miss(asked, message.at, (counted) => offerLikely(counted, understanding, book), intent?.verdict === 'unsure' ? 2 : undefined);
}

/** What may have been meant, to press; else what can be done here. */
function offerLikely(step: Step, understanding: Understanding, book: Book): Step {
  const intent = understanding.intents[0];
  const near = understanding.known?.near ?? [];
  const likely = (intent?.top ?? []).map((one) => one.intent).filter((name) => (book.intents[name]?.flow ?? null) !== null).slice(0, 3);
  if (intent?.verdict === 'unsure' && likely.length > 0) {
    const unclear = { text: understanding.text.slice(0, 1200), entities: JSON.parse(JSON.stringify(understanding.entities.filter(({ end }) => end <= 1200))) as Json, intents: likely, turn: step.conversation.turns };
    return say(patch(step, { unclear }), { key: 'unsure.ask', choices: [...likely.map(intentChoice), personChoice] });
  }
  if (near.length > 0) return say(step, { key: 'known.near', choices: [...near.map(articleChoice), personChoice] });
  return say(step, { key: step.conversation.misses > 1 ? 'miss.again' : 'scope.out', choices: menuChoices(book) });
}

/** The message is in a language not spoken here: said in English, with the languages that are, and what was asked is asked again. */
export function notSpoken(step: Step, at: string, book: Book): Step {
  const { localeIsChosen, locale, active } = step.conversation;
  return miss(step, at, (counted) => {
    const told = say(patch(counted, { locale: localeIsChosen || !book.locales.includes('en') ? locale : 'en' }), {
      key: 'language.foreign', values: { languages: { list: book.locales.map((language) => ({ language })) } }, choices: [personChoice],
    });
    return active ? advance(told, book) : told;
  });
}
