import { describe, expect, test } from '@jest/globals';
import { createSettling } from '../../src/desk/settling.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const anna = 'cus-0001';
type Core = Awaited<ReturnType<typeof aCore>>;
type Talk = Awaited<ReturnType<typeof aTalk>>;

const yes = (talk: Talk): string => talk.choices().find((id) => id.startsWith('y:')) ?? '';
const no = (talk: Talk): string => talk.choices().find((id) => id.startsWith('n:')) ?? '';
const casesOf = (core: Core, talk: Talk) => core.records.cases.ofConversation(talk.id);
const settling = (core: Core, talk: Talk) => createSettling({ records: core.records, act: (act) => talk.runtime.act(act), clock: core.clock }, async () => undefined, () => undefined);
const agent = { id: 'a-1', email: 'ada@example.com', name: 'Ada', role: 'agent' as const, passwordHash: '', createdAt: '' };

/** The lines an answer from the desk brought. */
async function answered(core: Core, talk: Talk, text: string) {
  const [one] = await casesOf(core, talk);
  const before = (await core.store.head(talk.id))?.lastSeq ?? 0;
  const done = await settling(core, talk)(one?.number ?? '', agent, text);
  await talk.runtime.settled(talk.id);
  return { done, lines: await core.store.readLog(talk.id, before, 20) };
}

describe('a complaint', () => {
  test('[SH-41] is told once and asked for nothing it said already: category, weight, department, day; nothing is kept after a no', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to make a complaint');
    expect(talk.keys()).toEqual(['hello.short', 'complaint.ask.told']);
    await talk.says('Your courier shouted at my wife and threw the box over the fence yesterday');
    expect(talk.keys()).toEqual(['complaint.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/“Your courier shouted at my wife and threw the box over the fence yesterday”[\s\S]*About: courier or delivery\. Weight: normal\.\nIn charge: carrier desk; answer here by 19 June 2026/u);
    await talk.presses(no(talk));
    expect(await casesOf(core, talk)).toEqual([]);
    expect(await core.records.tickets.queue()).toEqual([]);
  });

  test('[SH-41, WI-09] is recorded with a number, an owner and an answer due in business days; said twice it is one', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('your agent was so rude to me in the chat yesterday, I want to complain');
    expect(talk.words()).toContain('About: how you were treated.');
    const press = yes(talk);
    await talk.presses(press);
    expect(talk.keys()).toEqual(['complaint.done']);
    await talk.presses(press);
    const [one, second] = await casesOf(core, talk);
    expect(second).toBeUndefined();
    expect(one).toMatchObject({ kind: 'complaint', state: 'open', owner: 'service_desk', customerId: '', orderNumber: '', details: { category: 'attitude', severity: 'normal' } });
    expect(talk.words().length > 0 && one?.number).toMatch(/^CS-/u);
    // Wednesday; two business days of the desk later, at its close in the shop's zone.
    expect(one?.dueAt).toBe('2026-06-19T16:00:00.000Z');
    expect(await core.records.tickets.queue()).toMatchObject([{ id: one?.number, kind: 'complaint', dueAt: one?.dueAt, brief: { owner: 'service_desk', details: { category: 'attitude' } } }]);
  });

  test('what is grave is answered sooner; what is not recognised is asked with buttons', async () => {
    // A shop that does not bring a person in at once where somebody is hurt.
    const core = await aCore({ policy: (own) => ({ ...own, handOver: { ...own.handOver, reasons: [] } }) });
    const talk = await aTalk(core);
    await talk.says('I want to make a complaint');
    await talk.says('your poor quality gave my son an electric shock and he is in hospital');
    expect(talk.words()).toMatch(/Weight: grave[\s\S]*18 June 2026/u);
    const other = await aTalk(core, 'other');
    await other.says('I want to make a complaint');
    await other.says('they lied to us the whole time');
    expect(other.keys()).toContain('complaint.ask.category');
    await other.says('price or charge');
    expect(other.words()).toContain('About: price or charge');
  });

  test('[SH-43] the same once more is added to the one there is, and reaches its ticket', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('the courier was rude and threw my parcel over the fence, I want to complain', { identity: anna });
    await talk.presses(yes(talk));
    const [first] = await casesOf(core, talk);
    await talk.says('another complaint: the courier came again and laughed at me at the door');
    expect(talk.keys()).toContain('complaint.plan.add');
    expect(talk.words()).toContain(first?.number);
    const press = yes(talk);
    await talk.presses(press);
    expect(talk.keys()).toEqual(['complaint.done.added']);
    await talk.presses(press);
    const all = await casesOf(core, talk);
    expect(all).toHaveLength(1);
    expect(all[0]?.additions).toMatchObject([{ details: { told: expect.stringContaining('laughed at me') } }]);
    expect((await core.records.tickets.queue())[0]?.brief).toMatchObject({ additions: [{ details: { category: 'delivery' } }] });
  });

  test('[SH-43] what came of it is told in the same conversation, once, and the ticket is closed', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('the courier was rude and threw my parcel over the fence, I want to complain');
    await talk.presses(yes(talk));
    const { done, lines } = await answered(core, talk, 'We have spoken to the courier; he no longer delivers in your street.');
    expect(done).toEqual({ outcome: 'accepted' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ from: 'bot', text: expect.stringMatching(/There is an answer to CS-\w+ \(complaint\), from the carrier desk:\nWe have spoken/u) });
    expect(await casesOf(core, talk)).toMatchObject([{ state: 'closed', outcome: 'We have spoken to the courier; he no longer delivers in your street.' }]);
    expect(await core.records.tickets.queue()).toEqual([]);
    expect((await answered(core, talk, 'something else')).lines).toEqual([]);
    expect((await casesOf(core, talk))[0]?.outcome).toContain('spoken to the courier');
  });

  test('[SH-43] the answer comes in the middle of something else: the plan on the table stands and a yes to it counts', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('the courier was rude and threw my parcel over the fence, I want to complain', { identity: anna });
    await talk.presses(yes(talk));
    await talk.says('cancel my order AC-100002');
    if (!talk.choices().some((id) => id.startsWith('y:'))) await talk.says('I no longer need it');
    expect(yes(talk)).not.toBe('');
    const { lines } = await answered(core, talk, 'Thank you for telling us.');
    expect(lines.flatMap(({ replies }) => replies ?? []).map(({ key }) => key)).toEqual(expect.arrayContaining(['case.settled', 'confirm.ask']));
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('cancelled');
  });

  test('a crash between telling and closing loses nothing: pressed again it is closed, and told once', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('the courier was rude and threw my parcel over the fence, I want to complain');
    await talk.presses(yes(talk));
    const [one] = await casesOf(core, talk);
    const breaking = createSettling({ records: { ...core.records, tickets: { ...core.records.tickets, update: async () => { throw new Error('cut off'); } } }, act: (act) => talk.runtime.act(act), clock: core.clock }, async () => undefined, () => undefined);
    const failing = { ...core.records, cases: { ...core.records.cases, update: async (number: string, change: Parameters<typeof core.records.cases.update>[1]) => (change.state === 'closed' ? Promise.reject(new Error('cut off')) : core.records.cases.update(number, change)) } };
    await expect(createSettling({ records: failing, act: (act) => talk.runtime.act(act), clock: core.clock }, async () => undefined, () => undefined)(one?.number ?? '', agent, 'First words.')).rejects.toThrow('cut off');
    expect(breaking).toBeDefined();
    await settling(core, talk)(one?.number ?? '', agent, 'Other words.');
    await talk.runtime.settled(talk.id);
    const told = (await core.store.readLog(talk.id, 0, 100)).filter(({ replies }) => replies?.some(({ key }) => key === 'case.settled'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain('First words.');
    expect((await casesOf(core, talk))[0]).toMatchObject({ state: 'closed', outcome: 'First words.' });
  });

  test.each(['there is a fake review under the product I bought, it is not fair', 'someone left an unfair review about me'])('[TB-01] an unfair or false review becomes a complaint: %s', async (text) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(text);
    expect(talk.keys()).toContain('how-to.refused.review-abuse');
    if (talk.keys().includes('complaint.ask.told')) await talk.says('it says I never paid, which is false');
    expect(talk.words()).toContain('About: unfair or false review');
    await talk.presses(yes(talk));
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'complaint', details: { category: 'review' } }]);
  });
});

describe('a suggestion', () => {
  test('[SH-42, SH-43] is recorded with a number and passed on; nothing is promised; the next one is added; what came of it is told here, once', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I have a suggestion');
    expect(talk.keys()).toContain('suggestion.ask.told');
    await talk.says('coupons should be sorted by the day they run out');
    expect(talk.words()).toMatch(/“coupons should be sorted by the day they run out”\nAbout: campaigns and their rules\.[\s\S]*22 June 2026[\s\S]*Whether it is taken up I can’t say/u);
    await talk.presses(yes(talk));
    expect(talk.keys()).toEqual(['suggestion.done']);
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'suggestion', owner: 'shop_desk', details: { area: 'campaign', severity: 'low' } }]);
    expect(await core.records.tickets.queue()).toMatchObject([{ kind: 'suggestion' }]);
    await talk.says('I have another suggestion: please add a dark mode to the app');
    expect(talk.keys()).toContain('suggestion.plan.add');
    await talk.presses(yes(talk));
    expect((await casesOf(core, talk))[0]?.additions).toHaveLength(1);
    // What came of it is told where it was made, once, and the ticket is closed with it.
    const { done, lines } = await answered(core, talk, 'Coupons are sorted by their last day from next week on.');
    expect(done).toEqual({ outcome: 'accepted' });
    expect(lines).toMatchObject([{ from: 'bot', text: expect.stringMatching(/There is an answer to CS-\w+ \(suggestion\)[^:]*:\nCoupons are sorted/u) }]);
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'suggestion', state: 'closed', outcome: 'Coupons are sorted by their last day from next week on.' }]);
    expect(await core.records.tickets.queue()).toEqual([]);
    expect((await answered(core, talk, 'something else')).lines).toEqual([]);
  });
});

describe('an account that is locked or broken into', () => {
  test('[SH-33] hears what to do at once, and after a yes a person has a case; never a password', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('my account was hacked and is locked');
    expect(talk.keys()).toEqual(['hello.short', 'unlock-account.ask.email']);
    expect(talk.words()).toMatch(/change your password now[\s\S]*tell your bank[\s\S]*Never send passwords/u);
    await talk.says('it is anna@example.com');
    expect(talk.keys()).toEqual(['unlock-account.tips', 'unlock-account.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/anna@example\.com[\s\S]*accounts desk; answer here by 18 June 2026[\s\S]*can’t unlock it myself/u);
    expect(await casesOf(core, talk)).toEqual([]);
    await talk.presses(yes(talk));
    expect(talk.keys()).toEqual(['unlock-account.done']);
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'account', owner: 'account_desk', details: { wish: 'unlock', email: 'anna@example.com' } }]);
    await talk.says('my account is still locked');
    expect(talk.keys()).toContain('unlock-account.refused.already-open');
  });
});

describe('a request about one’s own data', () => {
  test('is passed on with a number and a day, after it is known who asks', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('please delete all my data');
    expect(talk.keys()).toContain('who.ask.all');
    await talk.says('AC-100003, anna@example.com');
    expect(talk.keys()).toEqual(['privacy-request.plan', 'privacy-request.kept', 'confirm.ask']);
    expect(talk.words()).toMatch(/have my data erased, for the account of anna@example\.com[\s\S]*17 July 2026/u);
    await talk.presses(yes(talk));
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'privacy', owner: 'privacy_desk', customerId: anna, details: { wish: 'erase' } }]);
    await talk.says('delete my data please');
    expect(talk.keys()).toContain('privacy-request.refused.already-open');
  });
  test('whose wish is not clear is asked with buttons', async () => {
    const talk = await aTalk(await aCore());
    await talk.presses('i:privacy_request');
    await talk.says('AC-100003, anna@example.com');
    expect(talk.keys()).toEqual(['privacy-request.ask']);
    await talk.says('get a copy');
    expect(talk.words()).toContain('get a copy, for the account');
  });
});

describe('somebody asks for money past the checkout', () => {
  test('the warning comes at once, and it is reported after a yes', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('someone asks me to pay outside the shop by bank transfer, is that right?', { files: ['shot'] });
    expect(talk.keys()).toEqual(['hello.short', 'report-scam.warning', 'report-scam.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/don’t pay[\s\S]*fraud[\s\S]*with your words and your file/u);
    await talk.presses(yes(talk));
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'scam_report', owner: 'security_desk', details: { severity: 'grave', files: ['shot'] } }]);
  });
});

describe('a proof of payment', () => {
  test('[TB-01] sent with a word about a payment, goes to those who match payments', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('here is the proof that I paid for AC-100002, has my payment arrived?', { identity: anna, files: ['slip'] });
    expect(talk.keys()).toEqual(['hello.short', 'payment-proof.plan', 'confirm.ask']);
    expect(talk.words()).toMatch(/proof of payment for order AC-100002[\s\S]*payments desk[\s\S]*Nothing is charged/u);
    await talk.presses(yes(talk));
    expect(await casesOf(core, talk)).toMatchObject([{ kind: 'payment', owner: 'payment_desk', orderNumber: 'AC-100002', details: { proof: ['slip'] } }]);
    await talk.says('did my payment for AC-100002 arrive? one more screenshot', { files: ['second'] });
    expect(talk.keys()).toContain('payment-proof.plan.add');
    await talk.presses(yes(talk));
    expect((await casesOf(core, talk))[0]?.additions).toMatchObject([{ details: { proof: ['second'] } }]);
  });
  test('without a file the payment is looked up, and the button asks for the proof', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('has my payment for AC-100002 arrived?', { identity: anna });
    expect(talk.keys()).toContain('payment-status.of');
    await talk.presses('f:payment-proof');
    expect(talk.keys()).toEqual(['payment-proof.ask']);
    await talk.says('', { files: ['slip'] });
    expect(talk.keys()).toEqual(['payment-proof.plan', 'confirm.ask']);
  });
});
