import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const [anna, tom, chloe] = ['cus-0001', 'cus-0002', 'cus-0007'];

describe('while the photo of a fault is asked for', () => {
  test.each([
    ['my desk lamp broke, AC-100003', 'just refund me', 'no photo', 'refund-only.'], ['台灯坏了怎么办 AC-100003', '换新的', '没有照片', 'swap-items.'],
    ['die Schreibtischlampe aus AC-100003 ist kaputt, was kann man machen', 'dann will ich mein Geld zurück', 'kein Foto', 'refund-only.'],
  ])('%s – %s: what is wanted of it comes once that is answered, of the same piece', async (problem, wanted, none, flow) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(problem, { identity: anna });
    expect(talk.keys()).toContain('evidence.ask');
    await talk.says(wanted);
    expect(talk.keys()).toEqual(['plan.later', 'evidence.ask']);
    await talk.says(none);
    expect(talk.keys()).toContain('item-problem.services');
    expect(talk.keys().at(-1)).toContain(flow);
    expect(talk.keys()).not.toContain('lines.which');
    expect(writes).toEqual([]);
  });

  test('what is wanted of another order is taken up at once', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('mon collier de AC-100040 est cassé', { identity: chloe });
    await talk.says('annulez plutôt ma commande AC-100040');
    expect(talk.keys()).not.toContain('plan.later');
  });
});

test.each(['ok so what now', 'und jetzt?', 'y ahora qué', 'e agora?', 'et maintenant ?', 'и что теперь?', '那现在怎么办', 'طيب وبعدين'])('behind a parcel that is lost, "%s" leads on to what can be done', async (words) => {
  const talk = await aTalk(await aCore());
  await talk.says('where is my parcel AC-100009', { identity: tom });
  await talk.says(words);
  expect(talk.keys()).toContain('parcel-lost.ask.outcome');
});

test('a street told right behind a no to the change of an address is that wish again', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('ich hab die falsche Adresse angegeben bei AC-100006', { identity: tom });
  expect(talk.keys()).toContain('change-address.refused.locked');
  await talk.says('Torstraße 5, 10119 Berlin');
  expect(talk.keys()).toContain('change-address.refused.locked');
});

test('a fault told beside the number of an order is what is wanted, not where the order is', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('my desk lamp broke, AC-100003', { identity: anna });
  expect(talk.keys()).toContain('evidence.ask');
});

test('what was just offered is meant by a few words that may mean it', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('où est ma commande AC-100040', { identity: chloe });
  expect(talk.choices()).toContain('i:delivered_not_received');
  await talk.says("je l'ai pas reçue!");
  expect(talk.keys()).not.toContain('unsure.ask');
  expect(talk.keys()[0]).toContain('not-received.');
});

test('asked whether pieces of an order can go back, the way back is shown, not where the order is', async () => {
  const talk = await aTalk(await aCore());
  await talk.says('kann ich die Handyhüllen zurückgeben? AC-100003', { identity: anna });
  expect(talk.keys()).toContain('lines.how-many');
});
