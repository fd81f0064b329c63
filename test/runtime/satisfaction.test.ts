import { describe, expect, jest, test } from '@jest/globals';
import { figuresOf } from '../../src/domain/metrics/figures.js';
import { aTalk } from '../flows/talking.js';
import { aChangingCore, choicesOf, comesDue, day, greeted, hour, keysOf, wordsOf, type Core } from '../flows/notices.js';
import type { Talk } from '../support/a-core.js';

jest.setTimeout(60_000);

const tom = 'cus-0002';
const anna = 'cus-0001';
const act = async (core: Core, talk: Talk, what: 'take' | 'close' | 'hand-back', id = `${what}.${core.clock.now()}`): Promise<void> => {
  await talk.runtime.act({ kind: 'agent-act', id, conversationId: talk.id, at: core.clock.now(), agent: { id: 'a1', name: 'Ada' }, act: what });
  await talk.runtime.settled(talk.id);
};
/** A phone number changed by the bot, to the end. */
const changePhone = async (talk: Talk, phone = '+49 30 901820'): Promise<void> => {
  await talk.says(`change the phone number of AC-100002 to ${phone}`, { identity: anna });
  await talk.says('yes', { identity: anna });
  expect(talk.keys()).toContain('change-contact.done');
};

describe('whether a case is solved', () => {
  test('is asked once after a person has closed it; "all good" counts, and the question is never put twice', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.says('I want to talk to a person', { identity: tom });
    await act(core, talk, 'take');
    await act(core, talk, 'close');
    const lines = await comesDue(core, talk, 25 * hour);
    expect(keysOf(lines)).toEqual(['notice.satisfaction']);
    expect(await core.records.ratings.ofConversation(talk.id)).toMatchObject([{ conversationId: talk.id }]);
    await talk.presses('f:satisfied');
    expect(talk.keys()).toContain('satisfied.done');
    const [rating] = await core.records.ratings.ofConversation(talk.id);
    expect(rating).toMatchObject({ score: 'good' });
    await talk.presses('h');
    expect(await core.records.ratings.find(rating?.case ?? '')).toEqual(rating);
    await act(core, talk, 'take');
    await act(core, talk, 'hand-back');
    expect(keysOf(await comesDue(core, talk, 9 * day))).not.toContain('notice.satisfaction');
  });

  test('is asked after the bot has done what was wanted, about the last thing it did; a plain no brings a person', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, anna);
    await changePhone(talk);
    await changePhone(talk, '+49 30 901821');
    const lines = await comesDue(core, talk, 25 * hour);
    expect(keysOf(lines)).toEqual(['notice.satisfaction.bot']);
    expect(choicesOf(lines)).toEqual(['f:satisfied', 'h', 'f:notices-off']);
    await talk.says('no', { identity: anna });
    expect(talk.keys()).toContain('handover.announced.asked');
    expect(await core.records.ratings.ofConversation(talk.id)).toMatchObject([{ score: 'bad' }]);
    // It came back within seven days: what was good before would not count now, and nothing is asked again meanwhile.
    expect(keysOf(await comesDue(core, talk, 9 * day))).not.toContain('notice.satisfaction.bot');
  });

  test('is not asked of who wrote since, who was angry, or whose matter is still open', async () => {
    for (const then of ['thanks', 'this is an outrage, you useless idiots!!!', 'I have a complaint: the parcel came late and nobody answered me']) {
      const core = await aChangingCore();
      const talk = await greeted(core, anna);
      if (then.startsWith('this')) await talk.says(then, { identity: anna });
      await changePhone(talk);
      if (!then.startsWith('this')) await talk.says(then, { identity: anna });
      if (talk.keys().includes('confirm.ask')) await talk.says('yes', { identity: anna });
      expect([then, keysOf(await comesDue(core, talk, 30 * hour)).filter((key) => key.startsWith('notice.satisfaction'))]).toEqual([then, []]);
      expect(await core.records.ratings.ofConversation(talk.id)).toEqual([]);
    }
  });

  test('is not asked after a hand-over in anger, nor after one because something of ours broke', async () => {
    for (const reason of ['anger', 'commit-unknown']) {
      const core = await aChangingCore();
      const talk = await greeted(core, tom);
      await core.records.tickets.open({ id: `before|${reason}`, conversationId: talk.id, kind: 'handover', state: 'closed', reason, brief: {}, openedAt: core.clock.now() });
      await talk.says('I want to talk to a person', { identity: tom });
      await act(core, talk, 'take');
      await act(core, talk, 'close');
      expect(keysOf(await comesDue(core, talk, 3 * day))).not.toContain('notice.satisfaction');
    }
  });

  test('is asked after a department has answered, by the number of the case', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await talk.says('I want to complain about the support staff, they were rude to me', { identity: tom });
    for (let n = 0; n < 6 && !talk.keys().includes('confirm.ask'); n += 1) await (talk.choices().some((id) => id.startsWith('s:')) ? talk.presses(talk.choices()[0] ?? '') : talk.says('he hung up on me twice', { identity: tom }));
    await talk.says('yes', { identity: tom });
    const [one] = await core.records.cases.ofConversation(talk.id);
    expect(one?.kind).toBe('complaint');
    expect(keysOf(await comesDue(core, talk, 26 * hour))).not.toContain('notice.satisfaction.bot');
    await core.records.cases.update(one?.number ?? '', { state: 'closed', outcome: 'We have spoken to them.' });
    await talk.runtime.act({ kind: 'agent-act', id: 'settle', conversationId: talk.id, at: core.clock.now(), agent: { id: 'a1', name: 'Ada' }, act: 'settle', text: 'We have spoken to them.', settles: { number: one?.number ?? '', kind: 'complaint', owner: 'service_desk' } });
    await talk.runtime.settled(talk.id);
    const lines = (await comesDue(core, talk, 25 * hour)).filter((line) => line.replies?.some(({ key }) => key.startsWith('notice.satisfaction')));
    expect(keysOf(lines)).toEqual(['notice.satisfaction.case']);
    expect(wordsOf(lines)).toContain(one?.number ?? '?');
    await talk.says('yes', { identity: tom });
    expect(await core.records.ratings.ofConversation(talk.id)).toMatchObject([{ case: one?.number, score: 'good' }]);
  });

  test('is asked after the shop told that a case is solved, also where that was told unasked', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    const one = await core.records.cases.open({ kind: 'missing_item', conversationId: talk.id, customerId: tom, orderNumber: 'AC-100005', owner: 'returns_desk', dueAt: core.clock.now(), details: {} }, 'k', core.clock.now());
    const at = core.clock.now();
    await core.records.cases.note({ case: one.number, conversationId: talk.id, by: 'shop', what: 'answered', text: 'It is on its way.' }, 'e', at);
    await core.records.cases.close(one.number, 'It is on its way.', at);
    await core.records.timers.set({ id: `news|${one.number}`, conversationId: talk.id, name: 'case-news', dueAt: at, data: { case: one.number, customerId: tom, at } });
    expect(keysOf(await comesDue(core, talk, 3 * hour))).toEqual(['notice.case-news']);
    const lines = await comesDue(core, talk, 26 * hour);
    expect(keysOf(lines)).toContain('notice.satisfaction.case');
    // Solved, about an order: whoever is content is invited to a review, good or bad, and nothing is given for it.
    await talk.presses('f:satisfied');
    expect(talk.keys()).toEqual(['satisfied.done', 'satisfied.review']);
    expect(talk.words()).toMatch(/good or bad[\s\S]*nothing depends on it/u);
  });

  test('is asked of the order it was about, whatever was spoken of last: who is content is invited to a review of it', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    await core.records.timers.set({ id: 'solved|x', conversationId: talk.id, name: 'satisfaction', dueAt: core.clock.now(), data: { customerId: tom, case: 'x', since: core.clock.now(), by: 'case', order: 'AC-100005' } });
    expect(keysOf(await comesDue(core, talk, hour))).toEqual(['notice.satisfaction.case']);
    await talk.presses('f:satisfied');
    expect(talk.keys()).toEqual(['satisfied.done', 'satisfied.review']);
  });

  test('is asked in the language of the talk, with the buttons that answer it', async () => {
    const seen = new Set<string>();
    for (const locale of ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar']) {
      const core = await aChangingCore();
      const talk = await greeted(core, anna, { locale });
      const since = core.clock.now();
      await core.records.timers.set({ id: 'solved|x', conversationId: talk.id, name: 'satisfaction', dueAt: core.clock.now(), data: { customerId: anna, case: 'x', since, by: 'bot' } });
      const [line] = await comesDue(core, talk, hour);
      expect([locale, line?.locale]).toEqual([locale, locale]);
      seen.add([line?.text, ...(line?.choices ?? []).map(({ label }) => label)].join(' | '));
      expect(line?.choices?.map(({ id }) => id)).toEqual(['f:satisfied', 'h', 'f:notices-off']);
    }
    expect(seen.size).toBe(8);
  });

  test('counts against it when the customer comes back about the same within seven days', async () => {
    const core = await aChangingCore();
    const talk = await greeted(core, tom);
    const from = core.clock.now();
    await talk.says('where is AC-100007', { identity: tom });
    await talk.says('I want to talk to a person', { identity: tom });
    await act(core, talk, 'take');
    await act(core, talk, 'close');
    await comesDue(core, talk, 25 * hour);
    await talk.presses('f:satisfied');
    const figures = async () => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      const talks = await core.records.history.read([talk.id, 'test:two']);
      return figuresOf({ talks, orders: [], gaps: [] }, { from, to: new Date(Date.parse(from) + 30 * day).toISOString() }, core.clock.now()).satisfaction;
    };
    expect(await figures()).toEqual({ asked: 1, good: 1, bad: 0, reopened: 0 });
    core.clock.move(2 * day);
    const again = await aTalk(core, 'two', talk.runtime);
    await again.says('where is AC-100007', { identity: tom });
    expect(await figures()).toEqual({ asked: 1, good: 1, bad: 0, reopened: 1 });
  });
});
