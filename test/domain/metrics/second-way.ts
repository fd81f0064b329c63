import type { Figures } from '../../../src/domain/metrics/figures.js';
import type { RawHistory, RawTalk, Span } from '../../../src/domain/metrics/history.js';

/*
 * The figures a second time, written from docs/metrics.md and from nothing of the first way: one walk over a flat list of what
 * happened, in order, with counters; no function of src/domain/metrics is used.
 */

const H = 3_600_000;
const D = 24 * H;
const t = (at: string): number => new Date(at).getTime();
const chat = ['greet', 'thanks', 'goodbye', 'affirm', 'deny', 'bot_challenge', 'help', 'change_language', 'stop', 'out_of_scope'];
const smallTalk = ['hello', 'thanks', 'goodbye', 'sums', 'notice', 'satisfied', 'menu', 'bot', 'language', 'repeat', 'handover', 'protection'];
const leavesOpen = ['unsure', 'miss', 'scope', 'known', 'who', 'fault', 'choice', 'confirm', 'resume', 'file', 'mood', 'refusal', 'stop', 'start-over'];

interface Episode { talk: RawTalk; who: string; start: number; end: number; heard: number; about: Set<string>; result: string; closed: boolean }

/** Whether the last words of the bot leave something open, told by the first part of each key. */
function isOpen(keys: string[]): boolean {
  return keys.some((key) => {
    const parts = key.split('.');
    if (key === 'mood.sorry') return true;
    return key.startsWith('plan.dropped') || parts.includes('ask') || (parts.indexOf('refused') > 0 && parts.indexOf('refused') < parts.length - 1) || leavesOpen.includes(parts[0] ?? '');
  });
}

function episodes(talk: RawTalk, now: number): Episode[] {
  const starts: number[] = [];
  let last = -Infinity;
  for (const line of talk.lines) {
    if (line.from !== 'customer') continue;
    if (t(line.at) - last > D) starts.push(t(line.at));
    last = t(line.at);
  }
  return starts.map((start, n) => {
    const end = starts[n + 1] ?? Infinity;
    const within = (at: string) => t(at) >= start && t(at) < end;
    let heard = start;
    let word: string[] | undefined;
    let pressedGood = false;
    for (const line of talk.lines) {
      if (!within(line.at)) continue;
      if (line.from === 'customer') heard = t(line.at);
      const keys = (line.replies ?? []).map(({ key }) => key);
      if (keys.includes('satisfied.done')) pressedGood = true;
      if (line.from === 'bot' && keys.some((key) => key !== 'mood.sorry' && !smallTalk.includes(key.split('.')[0] ?? ''))) word = keys;
    }
    const about = new Set<string>();
    let polite = false;
    for (const message of talk.messages) {
      if (!within(message.at)) continue;
      polite = message.intents.length === 1 && message.intents[0]?.intent === 'thanks' && message.intents[0].verdict === 'sure';
      for (const one of message.intents) if (one.verdict === 'sure' && one.intent !== 'human_agent' && !chat.includes(one.intent)) about.add(one.intent);
      for (const order of message.orders) about.add(order);
    }
    const waits = talk.tickets.filter((one) => one.kind === 'handover' && within(one.openedAt));
    const rating = talk.ratings.filter((one) => one.answeredAt !== undefined && within(one.answeredAt)).pop();
    const fresh = now - heard <= D;
    let result: string;
    if (waits.length > 0) result = fresh && waits.some((one) => !one.closedAt) ? 'running' : 'handed-over';
    else if (fresh) result = 'running';
    else if (!word) result = 'nothing';
    else if (rating?.score === 'bad' || isOpen(word)) result = 'unsolved';
    else result = rating?.score === 'good' || (rating?.score === undefined && (pressedGood || polite)) ? 'confirmed' : 'assumed';
    return { talk, who: talk.customerId ?? talk.conversationId, start, end, heard, about, result, closed: waits.length > 0 && waits.every((one) => one.closedAt !== undefined) };
  });
}

const percentile = (values: number[], percent: number): number | null => {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  let at = 0;
  while ((at + 1) * 100 < percent * values.length) at += 1;
  return values[at] ?? null;
};

function times(rows: { from: number; to: number | undefined; due: number | undefined }[], now: number): Figures['firstAnswer'] {
  let inTime = 0;
  let late = 0;
  const took: number[] = [];
  for (const { from, to, due } of rows) {
    if (to !== undefined) took.push(to - from);
    if (due === undefined) continue;
    if ((to ?? now) > due) late += 1;
    else if (to !== undefined) inTime += 1;
  }
  return { count: took.length, medianMs: percentile([...took], 50), p90Ms: percentile([...took], 90), inTime, late };
}

/** A tally of names, as an object: the order of lists is not what is checked. */
const tally = (names: string[]): Record<string, number> => names.reduce<Record<string, number>>((all, name) => ({ ...all, [name]: (all[name] ?? 0) + 1 }), {});

/** What the first way gives, with its lists as tallies, so that both can be laid beside each other. */
export const flat = (f: Figures) => ({
  ...f,
  handOvers: Object.fromEntries(f.handOvers.map((one) => [one.reason, one.count])), refusals: Object.fromEntries(f.refusals.map((one) => [one.rule, one.count])),
  intents: Object.fromEntries(f.intents.map((one) => [[one.day, one.intent, one.locale, one.channel].join(' '), one.count])),
  refunds: Object.fromEntries(f.refunds.map((one) => [`${one.flow} ${one.currency}`, [one.count, one.amount]])), goodwill: Object.fromEntries(f.goodwill.map((one) => [`${one.kind} ${one.currency}`, [one.count, one.amount]])),
  notUnderstood: { ...f.notUnderstood, byLocale: Object.fromEntries(f.notUnderstood.byLocale.map((one) => [one.locale, [one.messages, one.missed]])) },
});

/** The figures, the second way. */
export function secondWay(history: RawHistory, span: Span, nowText: string): ReturnType<typeof flat> {
  const now = t(nowText);
  const during = (at: string) => t(at) >= t(span.from) && t(at) < t(span.to);
  const all = history.talks.flatMap((talk) => episodes(talk, now));
  const own = all.filter((one) => one.start >= t(span.from) && one.start < t(span.to));
  const returns = (who: string, about: Set<string>, since: number) => all.some((one) => one.who === who && one.start > since && one.start <= since + 7 * D && [...one.about].some((what) => about.has(what)));
  const outcomes = tally(own.map((one) => one.result));
  const done = own.filter((one) => (one.result === 'confirmed' || one.result === 'assumed' || (one.result === 'handed-over' && one.closed)) && now >= one.heard + 7 * D);
  const first: { from: number; to: number | undefined; due: number | undefined }[] = [];
  const solve: typeof first = [];
  const rated = { asked: 0, good: 0, bad: 0, reopened: 0 };
  const [intents, refusals, reasons]: [string[], string[], string[]] = [[], [], []];
  const refunds: Record<string, [number, number]> = {};
  const goodwill: Record<string, [number, number]> = {};
  const add = (to: Record<string, [number, number]>, name: string, amount: number) => (to[name] = [(to[name]?.[0] ?? 0) + 1, (to[name]?.[1] ?? 0) + amount]);
  const missed = { messages: 0, unsure: 0, outOfScope: 0, gaps: history.gaps.filter(({ at }) => during(at)).length, byLocale: {} as Record<string, [number, number]> };
  for (const talk of history.talks) {
    for (const ticket of talk.tickets) {
      if (!during(ticket.openedAt)) continue;
      const dueBy = (clock: string | undefined): number | undefined => { const by = clock ?? ticket.dueAt; return by === undefined ? undefined : t(by); };
      if (ticket.kind === 'handover') {
        reasons.push(ticket.reason);
        const word = talk.lines.find((line) => line.from === 'agent' && t(line.at) >= t(ticket.openedAt) && t(line.at) <= (ticket.closedAt === undefined ? Infinity : t(ticket.closedAt)));
        if (word || ticket.closedAt === undefined) first.push({ from: t(ticket.openedAt), to: word && t(word.at), due: dueBy(ticket.clocks?.firstAnswer) });
      }
      if (ticket.kind === 'handover' && ticket.closedAt !== undefined && !ticket.isTaken) continue;
      solve.push({ from: t(ticket.openedAt), to: ticket.closedAt === undefined ? undefined : t(ticket.closedAt), due: dueBy(ticket.clocks?.resolution) });
    }
    for (const rating of talk.ratings) {
      if (!during(rating.askedAt)) continue;
      rated.asked += 1;
      if (rating.score === 'bad') rated.bad += 1;
      if (rating.score !== 'good') continue;
      rated.good += 1;
      const solved = t(rating.solvedAt);
      const episode = all.filter((one) => one.talk === talk && one.start <= solved).pop();
      const handed = talk.tickets.some((one) => one.kind === 'handover' && t(one.openedAt) > solved && t(one.openedAt) <= solved + 7 * D);
      if (handed || (episode && returns(episode.who, episode.about, solved))) rated.reopened += 1;
    }
    for (const message of talk.messages) {
      if (!during(message.at)) continue;
      for (const one of message.intents) if (one.verdict === 'sure' && !chat.includes(one.intent)) intents.push([message.at.slice(0, 10), one.intent, message.locale, talk.channel].join(' '));
      const verdict = message.intents[0]?.verdict ?? 'sure';
      missed.messages += 1;
      if (verdict === 'unsure') missed.unsure += 1;
      if (verdict === 'out_of_scope') missed.outOfScope += 1;
      const [total, lost] = missed.byLocale[message.locale] ?? [0, 0];
      missed.byLocale[message.locale] = [total + 1, lost + (verdict === 'sure' ? 0 : 1)];
    }
    for (const line of talk.lines) if (during(line.at)) for (const receipt of line.receipts ?? []) if (!receipt.granted) refusals.push(receipt.rule);
    for (const write of talk.writes) if (during(write.at)) for (const { what, amount } of write.sums) if (what === 'refund') add(refunds, `${write.flow} ${amount.currency}`, amount.amount);
    for (const one of talk.goodwill) if (during(one.at)) add(goodwill, `${one.kind} ${one.amount?.currency ?? ''}`, one.amount?.amount ?? 0);
  }
  const orders = history.orders.filter(({ placedAt }) => during(placedAt));
  const bad = ['lost_parcel', 'not_received', 'transport_damage', 'missing_item', 'wrong_item', 'product_fault', 'dispute'];
  const disputes = { told: { orders: 0, disputed: 0 }, untold: { orders: 0, disputed: 0 } };
  let defective = 0;
  for (const order of orders) {
    const cases = history.talks.flatMap((talk) => talk.cases).filter((one) => one.order === order.number);
    if (order.isFaulty || cases.some((one) => bad.includes(one.kind))) defective += 1;
    const told = history.talks.flatMap((talk) => talk.lines).filter((line) => line.notice === order.number).map(({ at }) => t(at)).sort((a, b) => a - b)[0];
    const disputed = cases.filter((one) => one.kind === 'dispute').map(({ openedAt }) => t(openedAt)).sort((a, b) => a - b)[0];
    const side = told !== undefined && !(disputed !== undefined && disputed < told) ? disputes.told : disputes.untold;
    side.orders += 1;
    if (disputed !== undefined) side.disputed += 1;
  }
  const count = (name: string) => outcomes[name] ?? 0;
  return {
    span, contacts: { running: count('running'), nothing: count('nothing'), 'handed-over': count('handed-over'), confirmed: count('confirmed'), assumed: count('assumed'), unsolved: count('unsolved') },
    durable: { solved: done.length, held: done.filter((one) => !returns(one.who, one.about, one.heard)).length },
    handOvers: tally(reasons), firstAnswer: times(first, now), resolution: times(solve, now), satisfaction: rated, intents: tally(intents), refusals: tally(refusals), refunds, goodwill,
    defects: { orders: orders.length, defective }, disputes, notUnderstood: missed,
  };
}
