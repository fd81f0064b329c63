import { defineAnswerFlow, type Finding, type Found, type Reading, type Slot } from '../dialogue/flow.js';
import { hiddenPassword } from '../domain/mask.js';
import type { Choice, Reply, Text, Value } from '../domain/message.js';
import { speaksOfAbusiveReview } from '../domain/words/feedback.js';
import { AT_ONCE } from '../domain/words/how-to.js';
import type { Article } from '../ports/knowledge.js';
import { factsOf, pageLinks } from './shop-facts.js';

/** `<article>`, `<article>.all` or `<article>.<step>`. */
const partOf = (said: string): { readonly id: string; readonly part: string } => {
  const at = said.indexOf('.');
  return at < 0 ? { id: said, part: '' } : { id: said.slice(0, at), part: said.slice(at + 1) };
};

/** Which article, and which part of it: pressed, found by the engine, or by the words among those that answer the intent. */
const articleSlot: Slot<string> = {
  hear: ({ text }) => (text.trim() === '' ? undefined : { said: { words: text.slice(0, 300) }, definite: false }),
  async find({ said, intent, knowledge, locale }: Finding): Promise<Found<string>> {
    if (typeof said === 'string') return { value: said };
    const own = knowledge.articles.filter((article) => article.intents.includes(intent));
    const besides = knowledge.articles.filter((article) => article.besides.includes(intent));
    const words = said !== null && typeof said === 'object' && 'words' in said ? String(said.words) : '';
    const found = words === '' ? undefined : knowledge.search(words, locale, [...own, ...besides].map(({ id }) => id));
    const id = found?.best ?? found?.near[0] ?? own[0]?.id ?? besides[0]?.id ?? '';
    return { value: AT_ONCE.test(words) ? `${id}.all` : id };
  },
};

/** Whether the words held a password, which was hidden before anything was kept. */
const passwordSlot: Slot<boolean> = {
  hear: ({ text, whole }) => ((whole?.text ?? text).includes(hiddenPassword) ? { said: true, definite: false } : undefined),
  find: async ({ said }) => ({ value: said === true }),
};

/** Whether a review is what is wrong: that is for people to look at. */
const abuseSlot: Slot<boolean> = {
  hear: ({ text }) => (speaksOfAbusiveReview(text) ? { said: true, definite: false } : undefined),
  find: async ({ said, intent }) => ({ value: said === true && intent === 'review_help' }),
};

const person: Choice = { id: 'h', label: { text: { key: 'choice.person' } } };
const toPart = (article: Article, part: string | number, key: string): Choice => ({ id: `f:how-to:${article.id}.${part}`, label: { text: { key } } });

/** The steps one below the other, each with its number. */
function numbered(article: Article, facts: Record<string, Value>): Text | undefined {
  return article.steps.map((key, index): Text => ({ key: 'how-to.numbered', values: { number: index + 1, text: { text: { key, values: facts } } } }))
    .reduce<Text | undefined>((before, next) => (before ? { key: 'how-to.below', values: { before: { text: before }, next: { text: next } } } : next), undefined);
}

/** One step, with the ways on, back and to all of them. */
function oneStep(article: Article, at: number, facts: Record<string, Value>): Reply {
  const isLast = at >= article.steps.length;
  return {
    key: 'how-to.step', values: { title: { text: { key: article.title } }, number: at, count: article.steps.length, text: { text: { key: article.steps[at - 1] ?? article.title, values: facts } } },
    choices: [...(isLast ? [] : [toPart(article, at + 1, 'choice.next-step')]), ...(at > 1 ? [toPart(article, at - 1, 'choice.step-back')] : []), toPart(article, 'all', 'choice.all-steps')],
  };
}

/** The sentences of an article, or of the part of it that is asked for. */
async function told(article: Article, part: string, reading: Pick<Reading, 'shop' | 'policy'>): Promise<Reply[]> {
  const facts = await factsOf(reading);
  const said = (keys: readonly string[]): Reply[] => keys.map((key) => ({ key, values: facts }));
  const picture = article.picture === undefined ? {} : { pictures: [article.picture] };
  const number = Number(part);
  const at = part === '' && article.walked && article.steps.length > 1 ? 1 : Number.isInteger(number) && number >= 1 && number <= article.steps.length ? number : 0;
  if (at > 0) return [...(at === 1 ? said(article.intro) : []), { ...oneStep(article, at, facts), ...(at === 1 ? picture : {}) }, ...(at === article.steps.length ? said(article.outro) : [])];
  const steps = numbered(article, facts);
  return [{ key: 'how-to.title', values: { title: { text: { key: article.title } } }, ...picture }, ...said(article.intro), ...(steps ? [steps] : []), ...said(article.outro)];
}

/**
 * Tells an article: how something is done on the shop's site, step by step or all at once, or what is asked often. A password
 * that was typed is never taken; a review that is unfair or false becomes a complaint.
 */
export const howTo = defineAnswerFlow({
  id: 'how-to',
  needs: 'L0',
  slots: { article: articleSlot, password: passwordSlot, abuse: abuseSlot },
  refusals: ['review-abuse'],
  async answer(reading) {
    const { slots, knowledge } = reading;
    if (slots.abuse) return { refused: 'review-abuse', leadsTo: 'complaint' };
    const { id, part } = partOf(slots.article);
    const article = knowledge.find(id);
    const warning: Reply[] = slots.password ? [{ key: 'how-to.password-hidden' }] : [];
    if (!article) return { say: [...warning, { key: 'how-to.none', choices: [person] }] };
    const replies = await told(article, part, reading);
    const links = await pageLinks(article.pages, reading);
    const last = replies.length - 1;
    return {
      say: [...warning, ...replies.map((reply, index) => (index === last ? { ...reply, links, choices: [...(reply.choices ?? []), person] } : reply))],
      offers: article.offers,
    };
  },
});
