import { describe, expect, test } from '@jest/globals';
import { createRuntime } from '../../src/runtime/runtime.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';
import { watched } from '../flows/writes.js';
import { storedConversation } from './stored.js';

const [anna, emily] = ['cus-0001', 'cus-0008'];
const codeIn = (mails: readonly { text: string }[]): string => /\b\d{6}\b/u.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
const minutes = (count: number): number => count * 60_000;
const wrong = async (talk: Talk, count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await talk.says(`AC-100002, somebody${i}@example.com`);
};

describe('a customer who is not known yet', () => {
  test.each([
    ['order number and e-mail', 'AC-100002 anna@example.com'], ['order number and the e-mail in capitals', 'ac-100002, ANNA@EXAMPLE.COM'],
    ['order number with name and postcode', 'AC-100002, Anna Kowalska, 00-001'], ['the name the other way round, without blanks in the postcode', 'AC-100002, Kowalska Anna, 00001'], ['the parcel’s number and e-mail', 'LP000100012CN anna@example.com'],
  ])('is let in by %s', async (_, text) => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my order?');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.all']);
    await talk.says(text);
    expect(talk.keys().some((key) => /^(?:track|order-status)\./u.test(key))).toBe(true);
  });
  test.each([['the e-mail alone', 'anna@example.com', 'who.ask.order'], ['name and postcode alone', 'Anna Kowalska, 00-001', 'who.ask.order'], ['the number alone', 'AC-100002', 'who.ask.second']])('is asked for more when they give %s', async (_, text, key) => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my order?');
    await talk.says(text);
    expect(talk.keys()).toEqual([key]);
  });
  test('is let in by the e-mail alone where the shop’s policy says so', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, identity: { ...policy.identity, emailAlone: true } }) }));
    await talk.says('where is my order? anna@example.com');
    expect(talk.keys()).toContain('track.one');
  });
  test('is not told apart: a number that does not exist, one that is somebody else’s, and a wrong e-mail sound alike', async () => {
    const heard: string[] = [];
    for (const text of ['AC-100002, tom@example.com', 'AC-999999, anna@example.com', 'AC-100002, nobody@example.com', 'AC-100002, Anna Kowalska, 99-999', 'AC-100002, Tom Becker, 10115']) {
      const talk = await aTalk(await aCore());
      await talk.says('where is my order?');
      await talk.says(text);
      expect(talk.keys()).toEqual(['who.no-match']);
      heard.push(JSON.stringify([talk.keys(), talk.words(), talk.choices()]));
    }
    expect(new Set(heard).size).toBe(1);
  });
  test('learns nothing of an order from its number, not even in the trace a page might show', async () => {
    const talk = await aTalk(await aCore());
    const lines = await talk.says('where is order AC-100002?');
    expect(JSON.stringify(lines)).not.toMatch(/Kowalska|Floor lamp|paid/u);
  });
});

describe('somebody who guesses', () => {
  test('is slowed down after five tries, also with the right answer, and is let in after a quarter of an hour', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my order?');
    await wrong(talk, 5);
    expect(talk.keys()).toEqual(['who.no-match']);
    await talk.says('AC-100002, anna@example.com');
    expect(talk.keys()).toEqual(['who.slow-down']);
    core.clock.move(minutes(16));
    await talk.says('where is my order?');
    await talk.says('AC-100002, anna@example.com');
    expect(talk.keys().join()).toMatch(/track\./u);
  });
  test('is slowed down in a new conversation too, when it is the same order', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my order?');
    await wrong(talk, 5);
    const other = await aTalk(core, 'other', talk.runtime);
    await other.says('where is my order?');
    await other.says('AC-100002, anna@example.com');
    expect(other.keys()).toEqual(['who.slow-down']);
    await other.says('where is my order?');
    await other.says('AC-100020, maria@example.com');
    expect(other.keys()).not.toContain('who.slow-down');
  });
  test('is not helped by a restart: another process over the same records remembers', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my order?');
    await wrong(talk, 5);
    await talk.end();
    const again = createRuntime({ ...core });
    await again.start();
    const later = await aTalk(core, 'later', again);
    await later.says('where is my order?');
    await later.says('AC-100002, anna@example.com');
    expect(later.keys()).toEqual(['who.slow-down']);
  });
});

describe('a customer who proved who they are', () => {
  test('is known for as long as they keep writing', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my order? AC-100002 anna@example.com');
    for (let i = 0; i < 4; i += 1) {
      core.clock.move(minutes(20));
      await talk.says('status of order AC-100002');
      expect(talk.keys()).toContain('order-status.one.paid');
    }
  });
  test('is asked again after half an hour of silence', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('status of order AC-100002, anna@example.com');
    expect(talk.keys()).toContain('order-status.one.paid');
    core.clock.move(minutes(31));
    await talk.says('status of order AC-100002');
    expect(talk.keys()).toEqual(['who.ask.second']);
  });
  test('left the screen with a plan on it: whoever says yes after half an hour must first prove who they are', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('change the delivery address of order AC-100002, my e-mail is anna@example.com');
    await talk.says('ul. Prosta 5, 00-838 Warszawa');
    const [button = ''] = talk.choices();
    core.clock.move(minutes(31));
    await talk.says('yes');
    expect(writes).toEqual([]);
    await talk.presses(button);
    expect(writes).toEqual([]);
  });
  test('nobody else’s yes counts for their plan, nor does anything of theirs show, once another customer is signed in', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('change the delivery address of order AC-100002', { identity: anna });
    await talk.says('ul. Prosta 5, 00-838 Warszawa', { identity: anna });
    await talk.says('yes', { identity: emily });
    expect(writes).toEqual([]);
    expect(talk.words()).not.toMatch(/AC-100002|Prosta|Kowalska/u);
    const state = JSON.stringify(await storedConversation(core.store, talk.id));
    expect(state).not.toMatch(/AC-100002|Prosta/u);
    await talk.says('where is my order?', { identity: emily });
    expect(talk.words()).not.toMatch(/AC-1000(?:0\d|1\d|2\d)/u);
  });
  test('is not asked for anything when the shop’s site has signed them in', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel?', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'track.one']);
  });
  test('is asked like anybody when the site names a customer the shop does not know', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel?', { identity: 'cus-none' });
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.all']);
  });
});

describe('a shop that wants a one-time code before it changes anything', () => {
  const strict = { policy: (policy: Awaited<ReturnType<typeof aCore>>['policy']) => ({ ...policy, identity: { ...policy.identity, levels: { 'change-address': 'L2' as const } } }) };

  test('gets it: the code goes to the address on file, is typed, and the change goes on', async () => {
    const core = await aCore(strict);
    const talk = await aTalk(core);
    await talk.says('change the delivery address of order AC-100002, my e-mail is anna@example.com');
    expect(talk.keys()).toEqual(['hello.short', 'who.code-sent']);
    expect(core.mails).toMatchObject([{ to: 'anna@example.com' }]);
    await talk.says(codeIn(core.mails));
    expect(talk.keys()).toEqual(['address.ask']);
  });
  test('does not take an order number for it', async () => {
    const core = await aCore(strict);
    const talk = await aTalk(core);
    await talk.says('status of order AC-100002, anna@example.com');
    await talk.says('change the delivery address of order AC-100002');
    expect(talk.keys()).toEqual(['who.code-sent']);
    expect(core.mails).toHaveLength(1);
  });
  test('says the same to an address it does not know, and sends nothing', async () => {
    const core = await aCore(strict);
    const [known, unknown] = [await aTalk(core), await aTalk(await aCore(strict), 'other')];
    await known.says('I want to change the delivery address, anna@example.com');
    await unknown.says('I want to change the delivery address, stranger@example.com');
    expect(unknown.words()).toBe(known.words());
    expect(core.mails).toHaveLength(1);
  });
  test('refuses a wrong code, one that is ten minutes old, and every code after five tries', async () => {
    const core = await aCore(strict);
    const talk = await aTalk(core);
    await talk.says('change the delivery address of order AC-100002, anna@example.com');
    const code = codeIn(core.mails);
    const other = code === '000000' ? '000001' : '000000';
    await talk.says(other);
    expect(talk.keys()).toEqual(['who.wrong-code']);
    for (let i = 0; i < 4; i += 1) await talk.says(other);
    await talk.says(code);
    expect(talk.keys()).toEqual(['who.slow-down']);
    const late = await aCore(strict);
    const later = await aTalk(late, 'later');
    await later.says('change the delivery address of order AC-100002, anna@example.com');
    late.clock.move(minutes(11));
    await later.says(codeIn(late.mails));
    expect(later.keys()).toEqual(['who.wrong-code']);
  });
  test('does not send a fourth code in a quarter of an hour', async () => {
    const core = await aCore(strict);
    for (let i = 0; i < 4; i += 1) {
      const talk = await aTalk(core, `talk${i}`);
      await talk.says('change the delivery address of order AC-100002, anna@example.com');
      expect(talk.keys()).toContain(i < 3 ? 'who.code-sent' : 'who.slow-down');
      await talk.end();
    }
    expect(core.mails).toHaveLength(3);
  });
});

describe('a machine that tries codes', () => {
  const strict = { policy: (policy: Awaited<ReturnType<typeof aCore>>['policy']) => ({ ...policy, identity: { ...policy.identity, levels: { 'change-address': 'L2' as const } } }) };
  type Core = Awaited<ReturnType<typeof aCore>>;
  /** Somebody who asks for a code in a talk of their own, from this network address. */
  async function asks(core: Core, name: string, email: string, source: string): Promise<Talk> {
    const talk = await aTalk(core, name);
    await talk.says(`change the delivery address of order AC-100002, ${email}`, { source });
    return talk;
  }

  test('is stopped by its network address, whatever talk and e-mail it tries them in; others are not', async () => {
    const core = await aCore(strict);
    const heard: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const talk = await asks(core, `machine${n}`, `somebody${n}@example.com`, '192.0.2.7');
      for (let tries = 0; tries < 5; tries += 1) {
        await talk.says(`00000${tries}`, { source: '192.0.2.7' });
        heard.push(...talk.keys());
      }
      await talk.end();
    }
    expect(heard.filter((key) => key === 'who.wrong-code')).toHaveLength(25);
    expect(heard[25]).toBe('who.slow-down');
    const there = await asks(core, 'there', 'anna@example.com', '192.0.2.7');
    await there.says(codeIn(core.mails), { source: '192.0.2.7' });
    expect(there.keys()).toEqual(['who.slow-down']);
    await there.end();
    const elsewhere = await asks(core, 'elsewhere', 'anna@example.com', '192.0.2.8');
    await elsewhere.says(codeIn(core.mails), { source: '192.0.2.8' });
    expect(elsewhere.keys()).toEqual(['address.ask']);
    await elsewhere.end();
  });

  test('has no more than fifteen mails sent in a quarter of an hour, to whomever', async () => {
    const core = await aCore(strict);
    const ofAll = (await core.shop.reader.findCustomerByEmail('anna@example.com'))?.email ?? '';
    const heard: boolean[] = [];
    for (let n = 0; n < 17; n += 1) {
      const talk = await asks(core, `mails${n}`, n < 16 ? `somebody${n}@example.com` : ofAll, '192.0.2.9');
      heard.push(talk.keys().includes('who.code-sent'));
      await talk.end();
    }
    expect(heard).toEqual([...Array.from({ length: 15 }, () => true), false, false]);
    expect(core.mails).toEqual([]);
    expect((await asks(core, 'another', ofAll, '192.0.2.10')).keys()).toContain('who.code-sent');
  });
});

describe('a customer without the order’s number', () => {
  test.each([
    ['en', 'where is my parcel?', "I can't find the number"], ['zh', '我的包裹到哪儿了？', '订单号找不到了'], ['es', '¿dónde está mi paquete?', 'no tengo el número'], ['pt', 'cadê meu pacote?', 'não tenho o número'],
    ['fr', 'où est mon colis ?', 'je ne l’ai pas'], ['de', 'wo ist mein Paket?', 'die Nummer hab ich nicht'], ['ru', 'где моя посылка?', 'не помню номер'], ['ar', 'وين الطرد حقي؟', 'ما عندي الرقم'],
  ])('is sent a code instead, and the question is answered behind it: %s', async (locale, wish, lacking) => {
    const core = await aCore();
    const talk = await aTalk(core, locale);
    await talk.says(wish);
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.all']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['who.ask.order']);
    await talk.says(lacking);
    expect(talk.keys()).toEqual(['who.code-sent']);
    expect(core.mails).toMatchObject([{ to: 'anna@example.com' }]);
    await talk.says(codeIn(core.mails));
    expect(talk.keys().every((key) => key.startsWith('track.'))).toBe(true);
  });
  test('is asked for the e-mail first where that is not known either, and may press a button for it all', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('where is my parcel?');
    await talk.presses('c');
    expect(talk.keys()).toEqual(['who.ask.email']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['who.code-sent']);
    await talk.says(codeIn(core.mails));
    expect(talk.keys().every((key) => key.startsWith('track.'))).toBe(true);
  });
  test('may still find the number: then no code is needed', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel? anna@example.com');
    await talk.says('I don’t have the number');
    await talk.says('ah, here it is: AC-100001');
    expect(talk.keys()).toEqual(['track.one']);
  });
  test('is asked again by a question in the place of an answer, and no word of it is taken for a name', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel?');
    await talk.says('when will it be here');
    expect(talk.keys()).not.toContain('who.ask.postcode');
    await talk.says('AC-100001');
    expect(talk.keys()).toEqual(['who.ask.second']);
  });
});

describe('words in the place of an answer to the question who is speaking', () => {
  test.each(['can I get a discount', 'tell me a joke please', 'Can I get a job'])('are no name: %s', async (text) => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel?');
    await talk.says(text);
    await talk.says('00-001');
    expect(talk.keys()).not.toContain('who.ask.order');
  });
  test.each(['anna kowalska', 'Anna Maria Kowalska', '王小明'])('may well be one: %s', async (text) => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel AC-100001?');
    await talk.says(text);
    expect(talk.keys()).toEqual(['who.ask.postcode']);
  });
});

describe('a customer who says who they are before it is clear what they want', () => {
  test('is not told that nothing was understood: it is noted, and what was left open is asked again', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['hello.short', 'who.noted']);
    await talk.says('where is parcel LP000100012CN?');
    expect(talk.keys()).toEqual(['track.one']);
  });
  test('gets the same few things to choose from as before', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('la lámpara');
    const offered = talk.choices();
    expect(talk.keys()).toContain('unsure.ask');
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['who.noted']);
    expect(talk.choices()).toEqual(offered);
  });
});
