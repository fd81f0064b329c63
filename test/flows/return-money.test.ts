import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const [anna, wang, maria, chloe] = ['cus-0001', 'cus-0003', 'cus-0004', 'cus-0007'];

describe('money asked after in the middle of a return', () => {
  test.each([
    ['en', anna, 'i want to return the desk lamp from AC-100003', ['how much do i get back?', 'when do i get my money?', 'what do i get if i send it back?'], ['€49.90', '€44.00', '3 to 7']],
    ['de', anna, 'ich will die Schreibtischlampe aus AC-100003 zurückgeben', ['wie viel bekomme ich denn zurück?', 'und wann krieg ich das Geld?'], ['49,90', '44,00', '3 bis 7']],
    ['zh', wang, '我要退裙子 AC-100011', ['能退多少钱', '钱什么时候到'], ['59.90', '54.00', '3 至 7']],
    ['es', maria, 'quiero devolver la sartén AC-100021', ['¿cuándo me devuelven el dinero?', '¿y cuánto me devuelven si la devuelvo?'], ['42,21', '36,31', '3 a 7']],
    ['fr', chloe, 'je veux rendre le collier AC-100040', ['combien je récupère ?', 'je serai remboursé quand ?'], ['66,90', '61,00', '3 à 7']],
    ['pt', chloe, 'quero devolver o colar AC-100040', ['quanto recebo de volta?', 'quando cai o dinheiro?'], ['66,90', '61,00', '3 a 7']],
    ['ru', 'cus-0006', 'мне нужно вернуть свитер AC-100031', ['сколько мне вернут?', 'а деньги когда вернутся?'], ['69,90', '64,00', '3–7']],
    ['ar', wang, 'بدي رجع الفستان AC-100011', ['كم يرجع لي', 'متى يرجع المبلغ'], ['59.90', '54.00', '3 إلى 7']],
  ])('is told with and without a fault, and the reason is asked again (%s)', async (_locale, identity, wish, questions, facts) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(wish, { identity });
    expect(talk.keys()).toContain('reason.ask');
    for (const question of questions) {
      await talk.says(question);
      expect([question, talk.keys()]).toEqual([question, ['return-money.either', 'reason.ask']]);
      for (const fact of facts) expect(talk.words()).toContain(fact);
    }
    expect(writes).toEqual([]);
  });

  test('once the reason is told, by that reason; and the photo is asked for again', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('i want to return the desk lamp from AC-100003, it broke', { identity: anna });
    expect(talk.keys()).toContain('return-item.ask.photos');
    await talk.says('how long does the refund take?');
    expect(talk.keys()).toEqual(['return-money.told', 'return-item.ask.photos']);
    expect(talk.words()).toContain('€49.90');
  });

  test('as a rule, while it is open what goes back', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('i want to return something from AC-100003', { identity: anna });
    await talk.says('and how much do i get back?');
    expect(talk.keys()).toEqual(['return-money.rule', 'lines.which']);
  });

  test('only with a fault, where nothing else brings the piece back', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('i want to return the underwear set from AC-100003', { identity: anna });
    expect(talk.keys()).toContain('reason.ask');
    await talk.says('how much do i get back?');
    expect(talk.keys()).toEqual(['return-money.fault-only', 'reason.ask']);
  });

  test('of another order, it is told of that order', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('i want to return the desk lamp from AC-100003', { identity: anna });
    await talk.says('when do I get the refund for AC-100002?');
    expect(talk.keys()).not.toContain('return-money.either');
  });
});

describe('at the plan of a return of one of two things', () => {
  test.each([
    ['return the frying pan from AC-100021, changed my mind', 'actually both of them'], ['quiero devolver la sartén del AC-100021, ya no la quiero', 'mejor los dos'],
    ['will die Pfanne aus AC-100021 zurückgeben, gefällt mir nicht', 'doch beide'], ['je veux renvoyer la poêle AC-100021, elle ne me plaît pas', 'finalement les deux'],
    ['quero devolver a frigideira AC-100021, não gostei', 'na verdade os dois'], ['想退平底锅 AC-100021，不想要了', '还是两个都退吧'], ['أريد إرجاع المقلاة AC-100021، غيرت رأيي', 'لا، الاثنين معًا'],
  ])('%s – %s: the other comes on top, and nothing is done before a yes', async (wish, more) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(wish, { identity: maria });
    expect(talk.words()).toContain('Frying pan Ferro');
    expect(talk.words()).not.toContain('Knife set Tajo');
    await talk.says(more);
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-item.plan.customer', 'confirm.ask']));
    for (const piece of ['Frying pan Ferro', 'Knife set Tajo']) expect(talk.words()).toContain(piece);
    expect(writes).toEqual([]);
  });

  test('asked which of the two, both are meant', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('я хочу вернуть кое-что из AC-100021, передумала', { identity: maria });
    expect(talk.keys()).toContain('lines.which');
    await talk.says('лучше оба');
    for (const piece of ['Frying pan Ferro', 'Knife set Tajo']) expect(talk.words()).toContain(piece);
    expect(talk.keys()).toContain('confirm.ask');
  });
});
