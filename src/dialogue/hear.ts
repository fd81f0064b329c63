import type { Incoming } from '../domain/message.js';
import { alarmIn } from '../domain/alarm-words.js';
import type { Understanding } from '../domain/understanding.js';
import { advance, start } from './advance.js';
import { followUp } from './follow-ups.js';
import { withdraw } from './charge.js';
import { handOver, tellPlace } from './hand-over.js';
import { personChoice } from './choices.js';
import { rated } from './rating.js';
import { hearSlots } from './edits.js';
import type { Book } from './flow.js';
import { claimsIn, isTellingWho, readClaims, who } from './who.js';
import { knownWish } from './known.js';
import { pressed } from './pressed.js';
import { meta, notSpoken, stop } from './repair.js';
import { patch, say, type Step } from './step.js';
import { asksForReason } from './why.js';
import { bornOut, CLEARLY, flowOf, has, isBare, isSureOf, numberedIntent, wordCount } from './telling.js';
import { goOn } from './go-on.js';
import { isAnswering } from './reading.js';
import { startAnew } from './start-anew.js';
import { inGeneral, withoutStanding, worded } from './worded.js';
import { wishOf } from './wishes.js';

/** Somebody who tells a long story and mentions talking to somebody has not asked for a person. */
const RAMBLING = 15;

/** From here on a person is asked for in so many words, whatever else is said. */
const PLAINLY = 0.85;

/** Takes a customer's message. Anger changes nothing in an answer; the second time a person comes in. */
export function hear(before: Step, heard: Incoming, given: Understanding, book: Book): Step {
  const { step, message } = rated(aboutTheNotice(before), heard, given);
  const { level, claims } = step.conversation.identity;
  const isNobody = level === 'L0' && claims.order === undefined && claims.parcel === undefined;
  const understanding = withoutStanding(worded(bornOut(isNobody ? inGeneral(given, book) : given, book), book), book);
  const alarm = message.choice === undefined && step.conversation.charge.who === 'bot' ? alarmIn(understanding.text) : undefined;
  if (alarm !== undefined && book.handOverOn?.includes(alarm)) return handOver(notice(fresh(step, message.at), message, understanding, book), alarm, message.at, { wants: wantsOf(understanding) });
  const isAngry = understanding.mood === 'angry' && message.choice === undefined && step.conversation.charge.who === 'bot';
  if (!isAngry) return answer(step, message, understanding, book, false);
  const times = (step.conversation.angry ?? 0) + 1;
  if (times > (book.angerAnswered ?? 1)) return handOver(patch(notice(fresh(step, message.at), message, understanding, book), { angry: 0 }), 'anger', message.at, { wants: wantsOf(understanding) });
  return answer(patch(step, { angry: times }), message, understanding, book, true);
}

/** Whoever answers to something told unasked speaks of that order: once it has to be known who they are, its number is not asked for again. */
function aboutTheNotice(step: Step): Step {
  const { noticed, identity, topic } = step.conversation;
  if (noticed !== true || identity.level !== 'L0' || identity.lastCustomerId === undefined || topic.order === undefined || identity.claims.order !== undefined) return step;
  return patch(step, { identity: { ...identity, claims: { ...identity.claims, order: topic.order } } });
}

/** The first rule that applies answers. */
function answer(step: Step, message: Incoming, understanding: Understanding, book: Book, isToCalm: boolean): Step {
  const before = step.conversation.last.replies;
  const met = script(welcome(notice(fresh(step, message.at), message, understanding, book), message, understanding), understanding);
  const started = isToCalm ? say(met, { key: 'mood.sorry', choices: [personChoice] }) : met;
  const { charge } = started.conversation;
  const intent = understanding.intents[0];
  const isSure = intent !== undefined && isSureOf(intent, book) && !isBare(understanding);
  if (charge.who === 'agent') return started;
  if (charge.who === 'waiting') return whileWaiting(started, message, isSure ? intent.intent : '', book);
  if (message.choice !== undefined) return pressed(started, message.choice, message.at, book);
  const goesOn = isBareQuestion(started, message, understanding, book) ? followUp(started, message, understanding, book) : undefined;
  if (goesOn) return goesOn;
  if (understanding.meta === 'also') {
    const again = sameAgain(started, message, understanding, book);
    if (again) return again;
  } else if (understanding.meta === 'total') {
    if ((started.conversation.sums ?? []).length > 0 && !(isSure && understanding.leaves !== true && wishOf(intent, understanding, message, book))) return meta(started, 'total', before, understanding, book);
  } else if (understanding.meta !== undefined && !(understanding.meta === 'why' && started.conversation.last.receipts.length === 0 && isSure && wishOf(intent, understanding, message, book))) return meta(started, understanding.meta, before, understanding, book);
  if (understanding.meta === undefined && !isAnswering(started.conversation.active, message, understanding, book) && asksForReason(started, understanding, isSure && wishOf(intent, understanding, message, book) !== undefined)) return meta(started, 'why', before, understanding, book);
  // "What is your phone number?" is told, with a person one button away; whoever asks for a person gets one.
  if (isSure && intent.intent === 'human_agent' && knownWish(understanding, book) === undefined && !(intent.confidence < CLEARLY && (wordCount(understanding.text) > RAMBLING || isTellingWho(started.conversation.active, understanding, book) || isAnswering(started.conversation.active, message, understanding, book)))) return handOver(started, 'asked', message.at, { wants: wantsOf(understanding) });
  // Asked for besides something else, a person comes in just as well; "if not, a person, please" waits for the no.
  if (understanding.intents.slice(1).some((one) => one.intent === 'human_agent' && one.verdict === 'sure' && one.confidence >= PLAINLY && !one.entities.some((entity) => entity.kind === 'marker' && (entity.value === 'if' || entity.value === 'if_not'))) && !has(understanding, 'if_not') && !has(understanding, 'if')) return handOver(started, 'asked', message.at, { wants: wantsOf(understanding) });
  if (understanding.wantsLocale !== undefined && understanding.intents.length === 1 && !wishOf(intent, understanding, message, book)) {
    return advance(say(started, { key: 'language.changed' }), book);
  }
  const called = flowCalled(step, message, isSure ? intent.intent : '', book);
  if (called !== undefined && !isAnswering(started.conversation.active, message, understanding, book)) return pressed(started, `f:${called}`, message.at, book);
  if (isSure && intent.intent === 'stop' && !isAnswering(started.conversation.active, message, understanding, book)) return stop(started, book);
  if (!isSure && isUnspoken(started, message, understanding, book)) return notSpoken(started, message.at, book);
  if (started.conversation.active) return goOn(started, started.conversation.active, message, understanding, book);
  return startAnew(started, message, understanding, before, book);
}

/** Whether a message is a bare question that is neither answered otherwise nor an answer itself. */
function isBareQuestion({ conversation }: Step, message: Incoming, understanding: Understanding, book: Book): boolean {
  const { meta: what, follows } = understanding;
  if (follows === undefined || what === 'why' || what === 'repeat' || (what === 'total' && (conversation.sums ?? []).length > 0)) return false;
  return conversation.active?.asked !== who && !isAnswering(conversation.active, message, understanding, book);
}

/** What a message surely wants besides a person, for whoever comes in. */
const wantsOf = ({ intents }: Understanding): string[] => intents.filter(({ verdict, intent }) => verdict === 'sure' && intent !== 'human_agent' && intent !== '').map(({ intent }) => intent);

/** A new message: what was said last is kept until this turn has said something itself. */
const fresh = (step: Step, at: string): Step => patch(step, { heardAt: at, noticed: false, turns: step.conversation.turns + 1, last: { ...step.conversation.last, replies: [] } });

/** Remembers the language and what the message claims of who is speaking. */
function notice(step: Step, message: Incoming, understanding: Understanding, book: Book): Step {
  const { conversation } = step;
  const claims = conversation.active?.asked === who ? claimsIn(understanding, book) : conversation.identity.level === 'L0' ? readClaims(understanding.text, understanding.entities, false, book.identity.nameAndPostcodeAlone) : {};
  const seen = conversation.identity.level === 'L0' ? {} : { seenAt: message.at };
  const kept = conversation.identity.claims;
  const [digits] = book.identity.nameAndPostcodeAlone && (kept.name ?? kept.names) !== undefined && claims.postcode === undefined && claims.email === undefined ? /(?<![\p{L}\p{N}#_-])\d{4,6}(?![\p{L}\p{N}])/u.exec(understanding.text) ?? [] : [];
  const names = claims.names && kept.names ? { names: [...new Set([...kept.names, ...claims.names])].slice(0, 6) } : {};
  const { missed } = conversation.identity;
  const corrected = missed !== undefined && (claims.name ?? claims.names) !== undefined && claims.postcode === undefined && claims.email === undefined && digits === undefined ? { postcode: missed.postcode } : {};
  const identity = { ...conversation.identity, ...seen, claims: { ...kept, ...claims, ...names, ...corrected, ...(digits === undefined ? {} : { postcode: digits }) } };
  const wanted = understanding.wantsLocale;
  if (wanted !== undefined && book.locales.includes(wanted)) return patch(step, { identity, locale: wanted, localeIsChosen: true });
  // An answer (an address, a name) is no prose: it changes the language only when it clearly wants something.
  const isAnswer = conversation.active?.asked !== undefined && (understanding.intents[0]?.verdict !== 'sure' || isAnswering(conversation.active, message, understanding, book));
  const isTold = message.choice === undefined && !isAnswer && understanding.localeConfidence >= (conversation.turns === 1 ? 0.32 : 0.7) && book.locales.includes(understanding.locale);
  return patch(step, { identity, locale: isTold && !conversation.localeIsChosen ? understanding.locale : conversation.locale });
}

/** The first message of a conversation is answered by saying that this is a bot. */
function welcome(step: Step, message: Incoming, understanding: Understanding): Step {
  if (step.conversation.greeted || step.conversation.charge.who !== 'bot') return step;
  const greeted = patch(step, { greeted: true });
  const isGreeting = understanding.intents[0]?.intent === 'greet' && understanding.intents.length === 1 && message.choice === undefined;
  return isGreeting ? greeted : say(greeted, { key: 'hello.short' });
}

/** Who writes Traditional Chinese is told once that the answers come in Simplified. */
function script(step: Step, understanding: Understanding): Step {
  const { toldScript = false, charge, locale } = step.conversation;
  if (understanding.script !== 'traditional' || toldScript || charge.who !== 'bot' || locale !== 'zh') return step;
  return say(patch(step, { toldScript: true }), { key: 'language.simplified' });
}

/** A flow that is called by its own words, or by a mere "stop" to something that was told unasked while nothing was under way. */
function flowCalled({ conversation }: Step, message: Incoming, sureIntent: string, book: Book): string | undefined {
  const isStop = sureIntent === 'stop' && conversation.noticed === true && conversation.active === null && conversation.wishes.length === 0;
  return Object.values(book.flows).find((flow) => flow.words?.test(message.text ?? '') || (isStop && flow.stopsNotices))?.id;
}

/** Whether the message is in a language not spoken here, and neither answers what was asked nor numbers anything. */
function isUnspoken(step: Step, message: Incoming, understanding: Understanding, book: Book): boolean {
  if (understanding.foreign === undefined || understanding.answer !== undefined || (message.files?.length ?? 0) > 0) return false;
  const { active } = step.conversation;
  const flow = active ? book.flows[active.flow] : undefined;
  if (!active || !flow) return numberedIntent(understanding) === undefined;
  if (isTellingWho(active, understanding, book)) return false;
  return hearSlots(flow, active, message, understanding, book).length === 0;
}

function whileWaiting(step: Step, message: Incoming, sureIntent: string, book: Book): Step {
  if (message.choice === 'b' || sureIntent === 'stop') return withdraw(step, book);
  return tellPlace(say(step, { key: 'handover.still-waiting', choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }] }));
}

/** "And the lamp?": the last question again, about something else. */
function sameAgain(step: Step, message: Incoming, understanding: Understanding, book: Book): Step | undefined {
  const { asked, active } = step.conversation;
  const first = understanding.intents[0];
  if (asked === undefined || active || !first) return undefined;
  // A clear wish for something else, or a number of something else, is no "and the other one?".
  const isOther = first.verdict === 'sure' && first.confidence >= CLEARLY && flowOf(first.intent, book) !== undefined && flowOf(first.intent, book) !== flowOf(asked, book);
  if (isOther || understanding.entities.some(({ kind }) => kind === 'tracking_number' || kind === 'return_number')) return undefined;
  const wish = wishOf({ ...first, intent: asked, text: understanding.text, entities: understanding.entities }, understanding, message, book);
  return wish && Object.keys(wish.said).length > 0 ? start(patch(step, { misses: 0, offers: [] }), wish, book) : undefined;
}
