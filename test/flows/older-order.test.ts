import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const nora = 'cus-0201';

// Nora: AC-100062 was placed ten hours ago, AC-100063 twenty; both can be cancelled. What she had before is delivered.
describe('the older order is the one placed first, of those it can be done with', () => {
  test.each([
    ['en', 'Please cancel the older order, I no longer need it'], ['zh', '请取消最早的那个订单，我不需要了'], ['es', 'Cancela el pedido más antiguo, ya no lo necesito'],
    ['pt', 'Cancele o pedido mais antigo, não preciso mais'], ['fr', 'Annulez la commande la plus ancienne, je n’en ai plus besoin'],
    ['de', 'Bitte stornieren Sie die ältere Bestellung, ich brauche sie nicht mehr'], ['ru', 'Отмените самый старый заказ, он мне больше не нужен'], ['ar', 'أريد إلغاء الطلب الأقدم، لم أعد بحاجة إليه'],
  ])('%s', async (_, says) => {
    const talk = await aTalk(await aCore(), says.slice(0, 12));
    await talk.says(says, { identity: nora });
    expect(talk.keys()).toContain('confirm.ask');
    expect(talk.words()).toContain('AC-100063');
    expect(talk.words()).not.toContain('AC-100062');
  });

  test('also after another one was talked about', async () => {
    const talk = await aTalk(await aCore(), 'older-after');
    await talk.says('what is the status of order AC-100062?', { identity: nora });
    await talk.says('and please cancel the older one, I no longer need it');
    expect(talk.words()).toContain('AC-100063');
    expect(talk.keys()).toContain('confirm.ask');
  });
});
