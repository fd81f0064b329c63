import { describe, expect, test } from '@jest/globals';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from './talking.js';

const nora = 'cus-0201';

// Nora: AC-100062 (floor lamp, desk lamp) and AC-100063 (suitcase) are paid, AC-100064 (kettle, frying pans) is delivered.
async function planned(says: string): Promise<Talk> {
  const talk = await aTalk(await aCore(), says.slice(0, 10));
  await talk.says(says, { identity: nora });
  return talk;
}

describe('pieces told on top of a plan to cancel', () => {
  test.each([
    ['en', 'Please cancel the order AC-100062, I no longer need it', 'also the suitcase, same reason'],
    ['zh', '请取消订单AC-100062，我不需要了', '还有行李箱也要'],
    ['es', 'Cancela el pedido AC-100062, ya no lo necesito', 'también la maleta, por lo mismo'],
    ['pt', 'Cancele o pedido AC-100062, não preciso mais', 'o Vuelo também'],
    ['fr', 'Annulez la commande AC-100062, je n’en ai plus besoin', 'le Vuelo aussi'],
    ['de', 'Bitte stornieren Sie die Bestellung AC-100062, ich brauche sie nicht mehr', 'auch der Vuelo, aus demselben Grund'],
    ['ru', 'Отмените заказ AC-100062, он мне больше не нужен', 'и Vuelo тоже'],
    ['ar', 'ألغوا الطلب AC-100062 لم أعد بحاجة إليه', 'و Vuelo أيضا'],
  ])('%s: join it, and nothing is done before the yes', async (_, cancel, more) => {
    const talk = await planned(cancel);
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says(more);
    expect(talk.keys()).toContain('cancel-order.plan.several');
    expect(talk.words()).toContain('AC-100062');
    expect(talk.words()).toContain('AC-100063');
    expect(talk.keys().join()).not.toContain('miss.');
  });
});

describe('a yes with something more in it', () => {
  const plan = 'Please cancel the order AC-100062, I no longer need it';

  test('takes what is named on top into the plan first: nothing is cancelled yet', async () => {
    const talk = await planned(plan);
    await talk.says('yes, and the suitcase too please');
    expect(talk.keys()).toContain('cancel-order.plan.several');
    await talk.says('yes');
    expect(talk.words()).toContain('AC-100063');
    expect(talk.keys().filter((key) => key === 'cancel-order.done.refund' || key === 'cancel-order.done').length).toBeGreaterThan(0);
  });

  test('counts where what is named is in the plan already', async () => {
    const talk = await planned(plan);
    await talk.says('yes, the desk lamp too');
    expect(talk.keys().join()).toContain('cancel-order.done');
  });

  test('says what of it cannot be cancelled', async () => {
    const talk = await planned(plan);
    await talk.says('yes, and the kettle as well');
    expect(talk.keys()).toContain('confirm.ask');
    expect(talk.words()).toContain('AC-100064');
    expect(talk.keys().join()).not.toContain('done');
  });

  test.each(['yes, but only if it is really free of charge for me', 'yes, if the other order is given back to me too'])('is asked again, and told why, where it sets a condition: “%s”', async (says) => {
    const talk = await planned(plan);
    await talk.says(says);
    expect(talk.keys().join()).not.toContain('done');
    expect(talk.keys()).toContain('confirm.once-more');
    expect(talk.keys()).toContain('confirm.ask');
  });
});

describe('a piece that is to be kept of what is cancelled', () => {
  test.each([
    ['en', 'Please cancel the order AC-100062, I no longer need it', 'but keep the desk lamp'],
    ['de', 'Bitte stornieren Sie die Bestellung AC-100062, ich brauche sie nicht mehr', 'die Schreibtischlampe behalte ich'],
    ['ar', 'ألغوا الطلب AC-100062 لم أعد بحاجة إليه', 'بس خلوا مصباح المكتب'],
  ])('%s: is never taken for the piece that goes, and nothing is done', async (_, cancel, keep) => {
    const talk = await planned(cancel);
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says(keep);
    expect(talk.keys().join()).not.toContain('done');
    expect(talk.words()).not.toMatch(/Desk lamp Luma \(white\): /);
    expect(talk.choices().length).toBeGreaterThan(0);
  });
});
