import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const anna = 'cus-0001';

describe('what customers say in passing', () => {
  test('pictures that are announced are welcome, and what was asked is asked again', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the sweater from AC-100031 has a hole in it', { identity: 'cus-0006' });
    await talk.says("I'll send photos in a minute", { identity: 'cus-0006' });
    expect(talk.keys()).toContain('evidence.welcome');
    expect(talk.keys()).not.toContain('miss.question');
  });

  test('thanks answer no question, and are no answer that was not understood', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('отмените заказ AC-100032', { identity: 'cus-0006' });
    await talk.says('спасибо', { identity: 'cus-0006' });
    expect(talk.keys()).toContain('thanks.reply');
    expect(talk.keys()).not.toContain('miss.question');
  });

  test('thanks with an okay take nothing that was offered', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('is my parcel of AC-100001 held in customs?', { identity: anna });
    await talk.says('ok thanks', { identity: anna });
    expect(talk.keys()).toEqual(['thanks.reply']);
  });

  test('a reason told at a plan is no other wish', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('take the floor lamp out of AC-100002', { identity: anna });
    expect(talk.keys()).toContain('remove-item.plan');
    await talk.says('changed my mind, that is all', { identity: anna });
    expect(talk.keys()).toContain('remove-item.plan');
    expect(talk.keys()).not.toContain('miss.question');
  });
});

describe('who somebody is', () => {
  test('told right behind a general answer, with the order: it is told of that order', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('do I have to pay customs duty?');
    expect(talk.keys()).toContain('customs.general');
    await talk.says('order AC-100001, anna@example.com');
    expect(talk.keys()).toContain('customs.stage.in_customs');
  });

  test('a bare number beside an e-mail address told before is the order’s', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('quiero devolver la sartén, ya no la quiero');
    await talk.says('maria@example.com');
    await talk.says('la del 100021');
    expect(talk.keys()).toContain('confirm.ask');
  });

  test.each([
    ['wo steckt denn mein Schlafsack', 'tom@example.com', '100005', 'AC-100005'], ['أين طلبي', 'ahmed@example.com', '١٠٠٠٣٠', 'AC-100030'], ['我的包裹到哪了', 'wang@example.com', '100010', 'AC-100010'],
  ])('%s, %s: %s alone is the order’s number', async (wish, email, digits, number) => {
    const talk = await aTalk(await aCore());
    await talk.says(wish);
    await talk.says(email);
    await talk.says(digits);
    expect(talk.words()).toContain(number);
  });

  test('with an e-mail address in one message it is, too', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('where is my parcel');
    await talk.says('100030 ahmed@example.com');
    expect(talk.words()).toContain('AC-100030');
  });

  test('behind an order number and a name it is the postcode', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('我的包裹到哪了 AC-100010');
    await talk.says('王小明');
    await talk.says('200040');
    expect(talk.words()).toContain('AC-100010');
    expect(talk.keys()).not.toContain('who.ask.postcode');
  });

  test('told again, it is thanked for, and nobody has to come in', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('wo ist mein Paket AC-100009?');
    await talk.says('Tom Becker, 10115');
    await talk.says('tom@example.com');
    expect(talk.keys()).toEqual(['who.known']);
  });
});

test('a day on which something should come is no day on which it was ordered', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('where is my order? it was to come today');
  await talk.says('AC-100030 ahmed@example.com');
  expect(talk.keys()).toContain('track.one');
  expect(talk.keys()).not.toContain('order.not-found');
});

test('a day and a part of it are an answer to whether the courier should come again', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('Der Bote war da und ich nicht, bitte noch einmal, Bestellung AC-100007', { identity: 'cus-0002' });
  await talk.says('morgen nachmittag wäre gut', { identity: 'cus-0002' });
  expect(talk.keys()).not.toContain('order.not-found');
  expect(talk.keys().some((key) => key.startsWith('redeliver.'))).toBe(true);
});
