import { createHash } from 'node:crypto';
import type { Conversation } from '../dialogue/conversation.js';
import type { Reply } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';
import type { FilledForm, FormStep, Suggested, Workbench } from '../ports/workbench.js';
import type { Parts } from './parts.js';
import { asksWho, rehearse, type Rehearsed } from './rehearse.js';
import { wordsOf } from './render.js';

/** Buttons of the bot that are for customers alone: a yes or no to a plan, a person, the menu. */
const forCustomers = /^(?:[yn]:|h$|m$|g:|b$)/u;

/** Names one plan for good: by what it does and what it shows. */
const nameOf = (plan: NonNullable<NonNullable<Conversation['active']>['plan']>): string => createHash('sha256').update(JSON.stringify([plan.request, plan.shows])).digest('base64url').slice(0, 22);

/** Makes the workbench: the bot's own flows for people, and what it would say. */
export function createWorkbench(parts: Parts): Workbench {
  const { book, texts } = parts;
  const intentOf = (flow: string): string | undefined => Object.values(book.intents).find((one) => one.flow === flow)?.intent;
  /** The first of these keys there are words for. */
  const named = (keys: readonly string[], locale: string): string | undefined => {
    const key = keys.find((one) => texts.has(one));
    return key === undefined ? undefined : texts.say({ key }, locale);
  };
  const ownName = (flow: string, locale: string): string | undefined => named([`desk.flow-name.${flow}`, `flow.${flow}`], locale);
  // What only a button leads to goes by the name of its flow.
  const intentName = (intent: string, locale: string): string => named([`intent.${intent}`, `desk.intent.${intent}`], locale) ?? ownName(intent, locale) ?? intent.replaceAll(/[-_]/gu, ' ');
  const titleOf = (flow: string, locale: string): string => intentName(intentOf(flow) ?? flow, locale);
  const told = (replies: readonly Reply[], locale: string) => wordsOf(replies.filter(({ key }) => key !== 'confirm.ask'), locale, texts);

  const go = (conversationId: string, { start, answers, locale, at }: FilledForm): Promise<Rehearsed | null> => rehearse(conversationId, start, answers, locale, { ...parts, clock: { now: () => at } });

  function step({ conversation, replies, came }: Rehearsed, flow: string, locale: string): FormStep {
    const { active } = conversation;
    const of = active?.flow ?? flow;
    const shared = { flow: of, title: active ? intentName(active.intent, locale) : titleOf(of, locale) };
    if (asksWho(conversation)) return { kind: 'unproven', ...shared, text: '', choices: [], receipts: [] };
    if (active?.plan) {
      return { kind: 'plan', ...shared, text: wordsOf(active.plan.shows, locale, texts).text, choices: [], receipts: active.plan.receipts as readonly Receipt[], plan: nameOf(active.plan) };
    }
    const { text, choices = [] } = told(replies, locale);
    return { kind: active && !came.includes('broke') ? 'ask' : 'told', ...shared, text, choices: choices.filter(({ id }) => !forCustomers.test(id)), receipts: conversation.last.receipts as readonly Receipt[] };
  }

  return {
    intentName,
    flowName: (flow, locale) => ownName(flow, locale) ?? titleOf(flow, locale),
    forms: (locale) => Object.values(book.flows).filter(({ kind }) => kind === 'action')
      .map(({ id }) => ({ flow: id, title: titleOf(id, locale) })).sort((a, b) => a.title.localeCompare(b.title, locale)),
    async form(conversationId, filled) {
      const { start, locale } = filled;
      if ('flow' in start && book.flows[start.flow]?.kind !== 'action') return null;
      const rehearsed = await go(conversationId, filled);
      return rehearsed && step(rehearsed, 'flow' in start ? start.flow : '', locale);
    },
    async planned(conversationId, filled, plan) {
      const active = (await go(conversationId, filled))?.conversation.active;
      if (!active?.plan || nameOf(active.plan) !== plan) return null;
      return { flow: active.flow, request: active.plan.request, receipts: active.plan.receipts as readonly Receipt[] };
    },
    async suggest(conversationId, said, locale): Promise<Suggested | null> {
      const rehearsed = await rehearse(conversationId, { said }, [], undefined, parts);
      // What was not understood, asks for a person or is mere small talk is the agent's to answer.
      if (!rehearsed || rehearsed.came.length === 0 || rehearsed.came.includes('broke') || asksWho(rehearsed.conversation)) return null;
      const { conversation, replies, came } = rehearsed;
      const { active } = conversation;
      const isToDo = active !== null && book.flows[active.flow]?.kind === 'action';
      const flow = active?.flow ?? intentFlow(conversation, parts) ?? '';
      const shown = active?.plan && came.includes('proposed') ? active.plan.shows : replies;
      return {
        kind: isToDo ? 'form' : 'reply', flow, title: intentName(active?.intent ?? conversation.asked ?? intentOf(flow) ?? flow, locale), text: told(shown, conversation.locale).text, own: told(shown, locale).text, days: [...new Set(JSON.stringify(shown).match(/\d{4}-\d{2}-\d{2}/gu) ?? [])],
        receipts: (active?.plan?.receipts ?? conversation.last.receipts) as readonly Receipt[],
      };
    },
  };
}

/** The flow that has just answered. */
const intentFlow = ({ asked }: Conversation, { book }: Parts): string | null | undefined => (asked === undefined ? undefined : book.intents[asked]?.flow);
