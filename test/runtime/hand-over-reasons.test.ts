import { describe, expect, jest, test } from '@jest/globals';
import { Fault } from '../../src/domain/fault.js';
import type { Policy } from '../../src/domain/policy.js';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore, aTalk } from '../support/a-core.js';

jest.setTimeout(120_000);
const anna = 'cus-0001';
type Core = Awaited<ReturnType<typeof aCore>>;
type Talk = Awaited<ReturnType<typeof aTalk>>;

const handed = async (core: Core, talk: Talk) => (await core.records.tickets.ofConversation(talk.id)).find(({ kind }) => kind === 'handover');
const briefOf = async (core: Core, talk: Talk) => (await handed(core, talk))?.brief as Readonly<Record<string, unknown>>;

describe('a person comes in', () => {
  test('when asked for: the ticket names it, and the customer is told where they stand', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to talk to a person');
    expect(talk.keys()).toContain('handover.announced.asked');
    expect(await handed(core, talk)).toMatchObject({ reason: 'asked', state: 'open' });
    await talk.end();
  });

  test('when twice nothing was understood', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    const said: string[] = [];
    for (let times = 0; times < 3 && !said.includes('handover.announced.not-understood'); times += 1) {
      await talk.says('qwop zxuv blorf');
      said.push(...talk.keys());
    }
    expect(said).toContain('handover.announced.not-understood');
    expect((await handed(core, talk))?.reason).toBe('not-understood');
    await talk.end();
  });

  test.each([
    ['en', 'This is outrageous, you are useless!'], ['zh', '气死我了，你们太过分了！'], ['es', '¡Esto es indignante, sois unos inútiles!'], ['pt', 'Isso é um absurdo, vocês são uns inúteis!'],
    ['fr', 'C’est scandaleux, vous êtes nuls !'], ['de', 'Das ist eine Frechheit, ihr seid unfähig!'], ['ru', 'Это возмутительно, вы бесполезны!'], ['ar', 'هذا غير مقبول، أنتم عديمو الفائدة!'],
  ])('when anger is not calmed by an answer (%s)', async (_locale, words) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(words);
    await talk.says(words);
    expect(talk.keys()).toContain('handover.announced.anger');
    expect((await briefOf(core, talk))['next']).toBe('own-it');
    await talk.end();
  });

  test.each([['safety', 'The lamp AC-100003 caught fire and burned my hand', 'safety-first'], ['law', 'You will hear from my lawyer about AC-100003', 'no-legal-word'], ['dispute', 'I have opened a chargeback for AC-100003', 'bank-has-it']])(
    'for words of %s, at once; a shop that does not want so is left in peace', async (reason, words, next) => {
      const core = await aCore();
      const talk = await aTalk(core);
      await talk.says(words, { identity: anna });
      expect(talk.keys()).toContain(`handover.announced.${reason}`);
      expect(await handed(core, talk)).toMatchObject({ reason, brief: { next, identity: { level: 'L2', customerId: anna } } });
      await talk.end();
      const quiet = await aCore({ policy: (policy: Policy) => ({ ...policy, handOver: { ...policy.handOver, reasons: [] } }) });
      const other = await aTalk(quiet);
      await other.says(words, { identity: anna });
      expect(other.keys()).not.toContain(`handover.announced.${reason}`);
      await other.end();
    },
  );

  test('when what was asked is above the bot’s limit, and the brief says what is open and by when', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to open a dispute about the desk lamp from AC-100003', { identity: anna });
    for (const words of ['Hear an offer', 'No, thank you', '30 euros', 'yes']) await talk.says(words);
    expect(talk.keys()).toEqual(expect.arrayContaining(['dispute.done.asked', 'handover.announced.limit']));
    const one = (await core.records.cases.ofCustomer(anna)).find(({ kind }) => kind === 'dispute');
    expect(await briefOf(core, talk)).toMatchObject({
      next: 'decide-amount', tried: [{ flow: 'dispute', outcome: 'done' }], promised: [{ what: 'case', number: one?.number, dueAt: one?.dueAt }], topic: { order: 'AC-100003' },
    });
    await talk.end();
  });

  test('when a customer takes a case to the platform', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    const ask = 'open a dispute about the desk lamp from AC-100003';
    await talk.says(`I want to ${ask}`, { identity: anna });
    for (const words of ['Submit it to the platform', 'the glass is cracked and the shop does not write back, I want my money', 'Nothing for now', 'yes']) await talk.says(words);
    core.clock.move(6 * 86_400_000);
    await talk.says(ask, { identity: anna });
    await talk.says('Ask the platform to step in');
    await talk.says('yes');
    expect(talk.keys()).toEqual(expect.arrayContaining(['dispute.done.platform', 'handover.announced.dispute']));
    expect((await briefOf(core, talk))['next']).toBe('decide-request');
    await talk.end();
  });

  test('a signal for a person lies in the same queue, and the customer is told nothing of it', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('If you do not refund me I will leave a bad review', { identity: anna });
    expect((await core.records.tickets.queue()).map(({ reason }) => reason)).toContain('signal');
    expect(talk.keys().join(' ')).not.toContain('handover');
    await talk.end();
  });

  test('when the shop breaks twice in a row, and when a message cannot be taken at all', async () => {
    let isAway = false;
    const core = await aCore({ shop: (own) => ({ ...own, reader: { ...own.reader, findOrder: async (number) => { if (isAway) throw new Fault('shop.unreachable', 'away'); return own.reader.findOrder(number); } } }) });
    const talk = await aTalk(core);
    await talk.says('hello', { identity: anna });
    isAway = true;
    await talk.says('where is AC-100001?');
    expect(talk.keys()).toEqual(['fault.sorry']);
    await talk.says('where is AC-100001?');
    expect(talk.keys()).toEqual(expect.arrayContaining(['handover.announced.fault']));
    expect((await briefOf(core, talk))['next']).toBe('look-into-fault');
    await talk.end();
  });

  test('a message that fails again and again brings a person in; where one is there already, the bot says nothing', async () => {
    const core = await aCore();
    let isPoison = true;
    const parts = { ...core, classifier: { ...core.classifier, understand: (...given: Parameters<typeof core.classifier.understand>) => { if (isPoison && given[0] === 'poison') throw new Error('poison'); return core.classifier.understand(...given); } } };
    const { setAside } = await import('../../src/runtime/set-aside.js');
    const accept = (id: string) => core.store.accept('test:one', { kind: 'message', id, conversationId: 'test:one', channel: 'test', address: null, at: core.clock.now(), text: 'poison' }, { channel: 'test', address: null });
    const talk = await aTalk(core, 'one', createRuntime(parts));
    await talk.runtime.start();
    await talk.says('hello');
    await talk.end();
    await accept('p1');
    const claim = await core.store.claim('w', 10_000, core.clock.now(), 'test:one');
    if (!claim) throw new Error('nothing to claim');
    const first = await setAside(claim, parts);
    expect(first.lines[0]?.replies?.map(({ key }) => key)).toEqual(['handover.announced.fault']);
    await core.store.commit(claim, first, core.clock.now());
    await accept('p2');
    const again = await core.store.claim('w', 10_000, core.clock.now(), 'test:one');
    expect((await setAside(again ?? claim, parts)).lines).toEqual([]);
    isPoison = false;
  });
});

describe('who waits is told', () => {
  const waits = async (core: Core, minutes: readonly number[]): Promise<void> => {
    for (const [index, count] of minutes.entries()) {
      const [ticket, openedAt] = [`t${index}`, new Date(Date.parse(core.clock.now()) - 86_400_000).toISOString()];
      await core.records.handOvers.opened({ ticket, conversationId: `test:w${index}`, channel: 'test', locale: 'en', reason: 'asked', openedAt });
      await core.records.handOvers.joined(ticket, { id: 'pia', name: 'Pia' }, new Date(Date.parse(openedAt) + count * 60_000).toISOString());
      await core.records.handOvers.ended(ticket, 'closed', core.clock.now());
    }
  };

  test('their place and how long others waited lately, as it was measured; nothing where too little was', async () => {
    const core = await aCore();
    await core.records.team.seen('pia', true, core.clock.now());
    const [first, second] = [await aTalk(core, 'first'), await aTalk(core, 'second')];
    await first.presses('h');
    expect(first.words()).toContain('You are number 1 in the queue. How long it will take isn\'t known at the moment.');
    await waits(core, [1, 2, 4, 4, 9]);
    await core.records.team.seen('pia', true, core.clock.now());
    await second.presses('h');
    expect(second.words()).toContain('You are number 2 in the queue. Lately most people waited less than 5 minutes.');
    await second.says('are you there?');
    expect(second.keys()).toEqual(['handover.still-waiting', 'handover.place.usual']);
    await first.presses('b');
    await second.says('hello?');
    expect(second.words()).toContain('You are number 1');
    await first.end();
    await second.end();
  });

  test('when the desk opens again and by when there is an answer, out of hours and on holidays', async () => {
    const core = await aCore({ policy: (policy: Policy) => ({ ...policy, desk: { ...policy.desk, holidays: ['2026-06-18'] } }) });
    core.clock.move(12 * 3_600_000);
    const talk = await aTalk(core);
    await talk.presses('h');
    expect(talk.keys()).toEqual(['hello.short', 'handover.announced.asked', 'handover.place.closed']);
    expect(talk.words()).toMatch(/back on .*19.*Your request [0-9A-F]{8} is kept.*22/u);
    await talk.end();
  });
});
