import { describe, expect, jest, test } from '@jest/globals';
import type { Book } from '../../src/dialogue/book.js';
import type { Flow } from '../../src/dialogue/flow.js';
import type { JournalOfTalk } from '../../src/ports/records.js';
import { replay, type ReplayWith } from '../../src/runtime/replay.js';
import { createTexts, readLocales } from '../../src/text/texts.js';
import { root } from '../house/sources.js';
import { aCore, aTalk, type Talk } from '../support/a-core.js';

jest.setTimeout(60_000);

type Core = Awaited<ReturnType<typeof aCore>>;

/** Holds a whole talk, ends it, and gives what is in the journal of it. */
async function journalOf(hold: (talk: Talk) => Promise<void>): Promise<{ readonly core: Core; readonly journal: JournalOfTalk; readonly id: string }> {
  const core = await aCore();
  const talk = await aTalk(core);
  await hold(talk);
  await talk.end();
  return { core, journal: await core.records.journal.ofConversation(talk.id), id: talk.id };
}

/** A return, from the first word to the label, with a question why. */
const aReturn = async (talk: Talk): Promise<void> => {
  for (const text of ['hello', 'I want to send the phone cases from AC-100003 back', 'anna@example.com', 'both of them', 'I changed my mind', 'why 5.90?', 'where is my order AC-100001?', 'yes', 'thanks']) await talk.says(text);
};

/** A refusal, a person who takes over and gives it back, a wrong guess, and offers. */
const aRefusal = async (talk: Talk): Promise<void> => {
  for (const text of ['change the address of AC-100006', 'nobody@example.com', 'AC-100006 tom@example.com', 'why not?', 'what promotions are running?', 'talk to a person', 'are you there?']) await talk.says(text);
  await talk.presses('b');
  await talk.says('how many points do I have?');
};

describe('a talk taken again from its journal', () => {
  test.each([['a return', aReturn], ['a refusal and a person', aRefusal]])('[SH-05] [WI-13] gives the same words, verdicts and state, byte for byte: %s', async (_, hold) => {
    const { core, journal, id } = await journalOf(hold);
    const turns = (await core.store.readLog(id, 0, 500)).filter(({ from }) => from === 'customer').length;
    expect(journal.turns).toHaveLength(turns);
    expect(await replay(journal, core)).toEqual({ turns, gaps: [], difference: null });
    // Also after it was stored as text and read again.
    expect(await replay(JSON.parse(JSON.stringify(journal)) as JournalOfTalk, core)).toMatchObject({ difference: null });
  });

  test('a text that was changed is found, with what it was and is', async () => {
    const { core, journal } = await journalOf(aReturn);
    const locales = readLocales(`${root}locales`);
    const texts = createTexts({ ...locales, en: { ...locales['en'], 'thanks.reply': 'Bitte.' } });
    expect(await replay(journal, { ...core, texts })).toMatchObject({ turns: 9, difference: { turn: 9, what: 'words', path: 'text', is: expect.stringContaining('Bitte.') } });
  });

  test('a rule that was changed is found at the verdict it changes, though the facts are the same', async () => {
    const { core, journal } = await journalOf(aReturn);
    const policy = { ...core.policy, returns: { ...core.policy.returns, freight: 690 } };
    const { difference } = await replay(journal, { ...core, policy });
    expect(difference).toMatchObject({ turn: 5, what: 'verdict', was: 2390, is: 2290 });
    expect(difference?.path).toContain('refund');
  });

  test('so is a window that closed, a flow that asks for something else, and a version that was not named anew', async () => {
    const { core, journal } = await journalOf(aReturn);
    const withReturns = (change: object): ReplayWith => ({ ...core, policy: { ...core.policy, returns: { ...core.policy.returns, ...change } } });
    expect((await replay(journal, withReturns({ windowDays: 0, countries: {} }))).difference).toMatchObject({ what: 'verdict' });
    expect((await replay(journal, withReturns({ askReason: false }))).difference).not.toBeNull();
    expect((await replay(journal, { ...core, policy: { ...core.policy, version: 'next' } })).difference).toMatchObject({ what: 'verdict', was: core.policy.version, is: 'next' });
    const flow = core.book.flows['return-item'];
    const other: Flow = { ...(flow as Flow), slots: Object.fromEntries(Object.entries(flow?.slots ?? {}).toReversed()) };
    const book: Book = { ...core.book, flows: { ...core.book.flows, 'return-item': other } };
    expect((await replay(journal, { ...core, book })).difference).not.toBeNull();
  });

  test('a turn that is missing is named, and what comes after it is taken again as soon as it can be', async () => {
    const { core, journal } = await journalOf(aReturn);
    const cut = { ...journal, turns: journal.turns.filter(({ turn }) => turn !== 3) };
    const { gaps, difference, turns } = await replay(cut, core);
    expect({ gaps: gaps.slice(0, 1), difference }).toEqual({ gaps: [3], difference: null });
    expect(turns).toBeGreaterThan(1);
  });

  test('a talk that goes on in another process goes on in the journal', async () => {
    const core = await aCore();
    const first = await aTalk(core);
    await first.says('where is my order AC-100001?');
    await first.end();
    const second = await aTalk({ ...core });
    await second.says('anna@example.com', { id: 'later' });
    await second.end();
    const journal = await core.records.journal.ofConversation(first.id);
    expect(journal.turns.map(({ turn }) => turn)).toEqual([1, 2]);
    // Each process begins with the whole conversation: a turn a crash kept back would not stop it.
    expect(journal.turns.map(({ entry }) => 'from' in (JSON.parse(entry) as object))).toEqual([true, true]);
    expect(await replay(journal, core)).toEqual({ turns: 2, gaps: [], difference: null });
  });

  test('nothing is kept where the journal is off, and nothing of it hangs on the talk', async () => {
    const core = { ...(await aCore()), keepsJournal: false };
    const talk = await aTalk(core);
    await talk.says('where is my order AC-100001?');
    await talk.end();
    expect(await core.records.journal.conversations()).toEqual([]);
    expect(await core.records.transcripts.read(talk.id)).toHaveLength(2);
  });
});
