import { describe, expect, test } from '@jest/globals';
import { agent, message, no, play, playAll, press, started, yes, type Heard } from './a-play.js';

const planned = [message('send thing=a count=2', { intents: ['send'] })];
const commits = (effects: readonly { kind: string }[]): number => effects.filter((effect) => effect.kind === 'commit').length;

describe('a customer who wants something done', () => {
  test('is asked only for what is missing, with what can be pressed', async () => {
    const first = await playAll([message('send count=2', { intents: ['send'] })]);
    expect(first.keys).toEqual(['ask.thing']);
    expect(first.choices).toEqual(['s:1.1', 's:1.2']);
    const second = await play(first.conversation, press('s:1.2'));
    expect(second.keys).toEqual(['send.plan', 'confirm.ask']);
    expect(second.replies[0]?.values).toEqual({ thing: 'b', count: '2' });
    expect(commits(second.effects)).toBe(0);
  });
  test('says yes in words or by the button, and it is done once', async () => {
    for (const answer of [yes(), press('y:p1')]) {
      const done = await playAll([...planned, answer]);
      expect(done.keys).toEqual(['send.done']);
      expect(commits(done.effects)).toBe(1);
      expect(done.conversation.active).toBeNull();
      const again = await play(done.conversation, press('y:p1'));
      expect([again.keys, commits(again.effects)]).toEqual([['choice.stale'], 0]);
    }
  });
  test('says no, and it leaves no trace', async () => {
    for (const answer of [no(), press('n:p1')]) {
      const dropped = await playAll([...planned, answer]);
      expect(dropped.keys).toEqual(['plan.dropped']);
      expect(dropped.effects).toEqual([]);
      expect(dropped.conversation).toMatchObject({ active: null, wishes: [], offers: [] });
      expect(commits((await play(dropped.conversation, yes())).effects)).toBe(0);
    }
  });
  test('corrects an answer at the question, and the old plan is void: the yes in that message does not count, its button is stale', async () => {
    const corrected = await playAll([...planned, message('yes but thing=b', { answer: 'yes', intents: ['affirm'] })]);
    expect(commits(corrected.effects)).toBe(0);
    // What rests on the thing is asked anew.
    expect(corrected.keys).toEqual(['ask.count']);
    const anew = await play(corrected.conversation, message('count=4'));
    expect(anew.replies[0]).toMatchObject({ key: 'send.plan', values: { thing: 'b', count: '4' } });
    const old = await play(anew.conversation, press('y:p1'));
    expect([old.keys, commits(old.effects)]).toEqual([['choice.stale', 'send.plan', 'confirm.ask'], 0]);
    expect((await play(old.conversation, press('y:p3'))).effects).toContainEqual(expect.objectContaining({ kind: 'commit', request: { thing: 'b', count: '4' } }));
  });
  test('changes what nothing rests on, and the rest is kept', async () => {
    const corrected = await playAll([...planned, message('count=3')]);
    expect(corrected.keys).toEqual(['send.plan', 'confirm.ask']);
    expect(corrected.replies[0]?.values).toEqual({ thing: 'a', count: '3' });
  });
  test('is refused with the reason, what is possible instead, and a person', async () => {
    const refused = await playAll([message('send thing=bad count=2', { intents: ['send'] })]);
    expect(refused.keys).toEqual(['send.refused.not-that', 'refusal.alternatives']);
    expect(refused.choices).toEqual(['i:look', 'h']);
    expect((await play(refused.conversation, message('why', { meta: 'why' }))).replies[0]).toMatchObject({ key: 'why.because', values: { lines: { lines: [{ text: { key: 'receipt.that.not.refused' } }] } } });
  });
  test('finds a plan that went stale told as such and made anew, and nothing was done', async () => {
    const { conversation } = await playAll(planned);
    const stale = await play(conversation, { kind: 'plan-stale' });
    expect(stale.keys).toEqual(['plan.stale', 'send.plan', 'confirm.ask']);
    expect(commits(stale.effects)).toBe(0);
  });
  test('hears that an outcome is being checked when it is not known, and a person looks at it', async () => {
    const { conversation } = await playAll(planned);
    const unknown = await play(conversation, { kind: 'commit-unknown', key: 'abc|p1|1', reference: '1f2e', at: '2026-06-17T09:00:00.000Z' });
    expect(unknown.keys).toEqual(['plan.unknown', 'handover.announced.commit-unknown']);
    expect(unknown.effects).toMatchObject([{ kind: 'hand-over', reason: 'commit-unknown' }, { kind: 'tell-place' }]);
    expect(unknown.conversation).toMatchObject({ active: null, charge: { who: 'waiting', epoch: 1 } });
  });
});

describe('a customer who wants several things', () => {
  test('gets each in turn, in the order they were said', async () => {
    const first = await playAll([message('tell, news and send thing=a count=1', { intents: ['tell', 'news', 'send'] })]);
    expect(first.keys).toEqual(['tell.tell', 'tell.news', 'send.plan', 'confirm.ask']);
  });
  test('has the later ones kept while the first is under way', async () => {
    const first = await playAll([message('send and look', { intents: ['send', 'look'] })]);
    expect(first.conversation.wishes).toMatchObject([{ intent: 'look' }]);
    const done = await playAll([message('thing=a count=1'), no()], first.conversation);
    expect(done.keys).toEqual(['plan.dropped', 'ask.thing']);
    expect(done.conversation.active).toMatchObject({ flow: 'look' });
  });
  test('says the same twice and gets it once', async () => expect((await playAll([message('tell me, tell me', { intents: ['tell', 'tell'] })])).keys).toEqual(['tell.tell']));
});

describe('a customer who asks something else half-way', () => {
  const asked = [message('send', { intents: ['send'] }), message('thing=a')];

  test('gets the answer, and the question goes on by itself', async () => {
    const digressed = await playAll([...asked, message('tell', { intents: ['tell'] })]);
    expect(digressed.keys).toEqual(['tell.tell', 'ask.count']);
    expect((await play(digressed.conversation, message('count=2'))).keys).toEqual(['send.plan', 'confirm.ask']);
  });
  test('gets the answer while a plan is on the table, and the plan is shown again, the same', async () => {
    const digressed = await playAll([...planned, message('tell', { intents: ['tell'] })]);
    expect(digressed.keys).toEqual(['tell.tell', 'send.plan', 'confirm.ask']);
    expect(digressed.choices).toEqual(['y:p1', 'n:p1']);
  });
  test('wants another thing done: that comes first, and the first is offered again afterwards', async () => {
    const swapped = await playAll([...asked, message('swap thing=b', { intents: ['swap'] }), message('count=1')]);
    expect(swapped.keys).toEqual(['swap.plan', 'confirm.ask']);
    const done = await play(swapped.conversation, yes());
    expect(done.keys).toEqual(['swap.done', 'resume.ask']);
    expect(done.replies[1]?.values).toEqual({ what: { text: { key: 'intent.send' } } });
    for (const again of [yes(), press(done.choices[0] ?? '')]) expect((await play(done.conversation, again)).keys).toEqual(['ask.count']);
    for (const enough of [no(), press(done.choices[1] ?? '')]) {
      const dropped = await play(done.conversation, enough);
      expect(dropped.keys).toEqual(['plan.dropped']);
      expect(dropped.conversation).toMatchObject({ active: null, wishes: [] });
    }
  });
  test('wants another thing while a plan is on the table: a yes to the other is no yes to the first', async () => {
    const swapped = await playAll([...planned, message('swap thing=b count=1', { intents: ['swap'] })]);
    const old = await play(swapped.conversation, press('y:p1'));
    expect([old.keys[0], commits(old.effects)]).toEqual(['choice.stale', 0]);
    const done = await play(old.conversation, yes());
    expect(done.effects.filter((effect) => effect.kind === 'commit')).toMatchObject([{ flow: 'swap' }]);
    expect(done.keys).toEqual(['swap.done', 'resume.back', 'send.plan', 'confirm.ask']);
    expect((await play(done.conversation, yes())).effects.filter((effect) => effect.kind === 'commit')).toMatchObject([{ flow: 'send' }]);
  });
  test('is thanked back, and the question stays', async () => expect((await playAll([...asked, message('thanks', { intents: ['thanks'] })])).keys).toEqual(['thanks.reply', 'ask.count']));
  test('drops everything with a word, and hears that nothing was changed', async () => {
    const stopped = await playAll([...asked, message('never mind', { intents: ['stop'] })]);
    expect(stopped.keys).toEqual(['stop.done']);
    expect(stopped.conversation).toMatchObject({ active: null, wishes: [], offers: [] });
    expect((await play(stopped.conversation, message('never mind', { intents: ['stop'] }))).keys).toEqual(['stop.nothing']);
  });
});

describe('a customer who is not understood', () => {
  const hm = message('???');
  test('is offered the menu, then told so again, then given a person', async () => {
    expect((await playAll([hm])).keys).toEqual(['scope.out']);
    expect((await playAll([hm, hm])).keys).toEqual(['miss.again']);
    const third = await playAll([hm, hm, hm]);
    expect(third.keys).toEqual(['handover.announced.not-understood']);
    expect(third.effects).toMatchObject([{ kind: 'hand-over', reason: 'not-understood' }, { kind: 'tell-place' }]);
  });
  test('is asked the question again, at most twice, before a person comes', async () => {
    const at = [message('send', { intents: ['send'] }), hm, hm];
    expect((await playAll(at)).keys).toEqual(['miss.question', 'ask.thing']);
    expect((await playAll([...at, hm])).keys).toEqual(['handover.announced.not-understood']);
  });
  test('is given a person when the likeliest were offered and the next words are no clearer', async () => {
    const doubtful = message('hm', { intents: ['send'], verdict: 'unsure' });
    expect((await playAll([doubtful, doubtful])).keys).toEqual(['handover.announced.not-understood']);
  });
  test('[AE-15] who is angry is answered all the same, after a word of regret; the second time a person comes in', async () => {
    const calm = await playAll([message('send', { intents: ['send'] })]);
    const angry = message('send it, this is ridiculous', { intents: ['send'], mood: 'angry' });
    const first = await playAll([angry]);
    expect(first.keys).toEqual(['mood.sorry', ...calm.keys]);
    expect(first.effects).toEqual(calm.effects);
    const second = await play(first.conversation, angry);
    expect(second.keys).toEqual(['handover.announced.anger']);
    expect(second.effects).toContainEqual(expect.objectContaining({ kind: 'hand-over', reason: 'anger' }));
  });
  test('is offered the likeliest rather than guessed at', async () => {
    const unsure = await playAll([message('hm', { intents: ['send'], verdict: 'unsure' })]);
    expect(unsure.keys).toEqual(['unsure.ask']);
    expect(unsure.choices).toEqual(['i:send', 'i:look', 'h']);
    expect((await play(unsure.conversation, press('i:look'))).keys).toEqual(['ask.thing']);
  });
  test('is understood once in between, and the count begins anew', async () =>
    expect((await playAll([hm, hm, message('tell', { intents: ['tell'] }), hm])).keys).toEqual(['scope.out']));
});

describe('a customer and a person', () => {
  test('a person is called at the first word; the bot says so and is quiet', async () => {
    const called = await playAll([message('a human please', { intents: ['human_agent'] })]);
    expect(called.keys).toEqual(['handover.announced.asked']);
    expect(called.conversation.charge).toMatchObject({ who: 'waiting', epoch: 1 });
    const taken = await playAll([agent('take'), message('hello?', { intents: ['greet'] })], called.conversation);
    expect([taken.keys, taken.effects]).toEqual([[], []]);
    expect(taken.conversation.charge).toMatchObject({ who: 'agent', epoch: 2, agent: { id: 'a1' } });
  });
  test('nobody but the one in charge is heard', async () => {
    const { conversation } = await playAll([message('a human', { intents: ['human_agent'] }), agent('take')]);
    expect((await play(conversation, agent('say', 'a1', 'Hi'))).effects).toMatchObject([{ kind: 'relay', act: { text: 'Hi' } }]);
    expect((await play(conversation, agent('say', 'a2', 'Hi'))).effects).toEqual([]);
  });
  test('the same takeover twice is one; another agent’s is a new one', async () => {
    const { conversation } = await playAll([agent('take')]);
    expect((await play(conversation, agent('take'))).conversation.charge.epoch).toBe(1);
    expect((await play(conversation, agent('take', 'a2'))).conversation.charge).toMatchObject({ epoch: 2, agent: { id: 'a2' } });
  });
  test('waiting grows long, and the customer goes on with the bot where they were', async () => {
    const back = await playAll([message('send thing=a', { intents: ['send'] }), message('a human', { intents: ['human_agent'] }), press('b')]);
    expect(back.keys).toEqual(['handover.withdrawn', 'ask.count']);
    expect(back.effects).toMatchObject([{ kind: 'end-hand-over', how: 'withdrawn' }, { kind: 'find' }]);
  });
  test('a yes typed while a person is waited for does nothing; the plan is on the table again when the bot is back', async () => {
    const waiting = await playAll([...planned, message('a human', { intents: ['human_agent'] }), press('y:p1')]);
    expect([waiting.keys, commits(waiting.effects)]).toEqual([['handover.still-waiting'], 0]);
    const back = await playAll([agent('take'), yes(), agent('hand-back')], waiting.conversation);
    expect([back.keys, commits(back.effects)]).toEqual([['handover.back', 'send.plan', 'confirm.ask'], 0]);
  });
  test('a closed conversation begins with nothing open', async () => {
    const closed = await playAll([...planned, agent('take'), agent('close')]);
    expect(closed.keys).toEqual(['handover.closed']);
    expect(closed.conversation).toMatchObject({ active: null, wishes: [], offers: [], charge: { who: 'bot', epoch: 2 } });
  });
});

describe('who is speaking', () => {
  const email = { start: 0, end: 0, raw: 'anna@example.com', kind: 'email' as const, value: 'anna@example.com' };
  const number = { start: 0, end: 0, raw: 'AC-1', kind: 'order_number' as const, value: 'AC-1', marked: true };

  test('is made sure before anything is looked at, and the flow goes on with what was said before', async () => {
    const asked = await playAll([message('secret thing=a', { intents: ['secret'] })]);
    expect([asked.keys, asked.effects]).toEqual([['who.ask.all'], []]);
    const half = await play(asked.conversation, message('AC-1', { entities: [number] }));
    expect([half.keys, half.effects]).toEqual([['who.ask.second'], []]);
    const known = await play(half.conversation, message('anna@example.com', { entities: [email] }));
    expect(known.keys).toEqual(['ask.count']);
    expect(known.conversation.identity).toMatchObject({ level: 'L1', customerId: 'c1', claims: {} });
  });
  test('a claim that does not fit leaves nothing behind', async () => {
    const wrong = await playAll([message('secret', { intents: ['secret'] }), message('AC-1 b@example.com', { entities: [number, { ...email, raw: 'b@example.com', value: 'b@example.com' }] })]);
    expect(wrong.keys).toEqual(['who.no-match']);
    expect(wrong.conversation.identity).toEqual({ level: 'L0', claims: {} });
  });
  test('too many tries end the flow and offer a person', async () => {
    const { conversation } = await playAll([message('secret', { intents: ['secret'] })]);
    const slow = await play(conversation, { kind: 'not-identified', why: 'slow-down' });
    expect([slow.keys, slow.choices, slow.conversation.active]).toEqual([['who.slow-down'], ['h'], null]);
  });
});

describe('a button of another time', () => {
  test.each(['y:p0', 'n:p0', 's:0.1', 's:9.y', 'nonsense', ''])('%s does nothing and is told to be stale', async (id) => {
    const idle = await play(started(), press(id));
    expect([idle.keys, idle.effects]).toEqual([['choice.stale'], []]);
    const busy = await playAll([...planned, press(id)]);
    expect([busy.keys, commits(busy.effects)]).toEqual([['choice.stale', 'send.plan', 'confirm.ask'], 0]);
  });
  test('of a slot that has its value by now does not change it', async () => {
    const moved = await playAll([message('send', { intents: ['send'] }), message('thing=a'), press('s:1.2')]);
    expect(moved.keys).toEqual(['choice.stale', 'ask.count']);
    expect(moved.conversation.active?.slots).toEqual({ thing: 'a' });
  });
});

describe('what the bot says of itself', () => {
  test('comes once, with the first message', async () => {
    const first = await playAll([message('tell', { intents: ['tell'] })], { ...started(), greeted: false });
    expect(first.keys).toEqual(['hello.short', 'tell.tell']);
    expect((await play(first.conversation, message('tell', { intents: ['tell'] }))).keys).toEqual(['tell.tell']);
    expect((await playAll([message('hi', { intents: ['greet'] })], { ...started(), greeted: false })).keys).toEqual(['hello.bot']);
  });
  test('is said again on "say that again", whole', async () => {
    const again = await playAll([message('tell', { intents: ['tell'] }), message('again', { meta: 'repeat' })]);
    expect(again.keys).toEqual(['tell.tell']);
    expect((await playAll([message('again', { meta: 'repeat' })])).keys).toEqual(['repeat.nothing']);
  });
  test('"and b?" asks the last question of something else', async () =>
    expect((await playAll([message('look thing=a', { intents: ['look'] }), message('and thing=b?', { meta: 'also' })])).replies).toEqual([{ key: 'look.is', values: { thing: 'b' } }]));
  test('follows the language the customer writes, and keeps the one they chose', async () => {
    const spanish = await playAll([message('hola', { intents: ['tell'], locale: 'es' })]);
    expect(spanish.conversation).toMatchObject({ locale: 'es', localeIsChosen: false });
    const chosen = await playAll([message('中文', { wantsLocale: 'zh', locale: 'zh' }), message('tell', { intents: ['tell'], locale: 'en' })], spanish.conversation);
    expect(chosen.conversation).toMatchObject({ locale: 'zh', localeIsChosen: true });
    expect((await playAll([message('ok', { intents: ['tell'], locale: 'es', localeConfidence: 0.3 })])).conversation.locale).toBe('en');
  });
  test('names the languages it speaks, in English, to who writes another, and brings a person the third time', async () => {
    const italian = message('non capisco niente', { foreign: 'it', locale: 'es', localeConfidence: 0.1 });
    const told = await playAll([italian], { ...started(), locale: 'es' });
    expect(told.replies).toMatchObject([{ key: 'language.foreign', values: { languages: { list: [{ language: 'en' }, { language: 'es' }, { language: 'zh' }] } } }]);
    expect([told.choices, told.conversation.locale]).toEqual([['h'], 'en']);
    expect((await playAll([italian, italian], told.conversation)).conversation.charge.who).toBe('waiting');
  });
  test.each<[string, Heard]>([['what was asked', {}], ['something it is sure of', { intents: ['tell'] }], ['a yes', { answer: 'yes' }]])('does not speak of languages to a foreign message that says %s', async (_, heard) => {
    const text = Object.keys(heard).length === 0 ? 'b' : 'sì';
    expect((await playAll([message('send', { intents: ['send'] }), message(text, { foreign: 'it', ...heard })])).keys).not.toContain('language.foreign');
  });
  test('asks again after a foreign message that does not answer', async () =>
    expect((await playAll([message('send', { intents: ['send'] }), message('non capisco niente', { foreign: 'it' })])).keys).toEqual(['language.foreign', 'ask.thing']));
  test('says once that it writes Simplified Chinese', async () => {
    const first = await playAll([message('查詢', { intents: ['tell'], locale: 'zh', script: 'traditional' })]);
    expect(first.keys).toEqual(['language.simplified', 'tell.tell']);
    expect((await play(first.conversation, message('查詢', { intents: ['tell'], locale: 'zh', script: 'traditional' }))).keys).toEqual(['tell.tell']);
  });
});
