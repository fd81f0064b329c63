import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading } from './writes.js';

const anna = 'cus-0001';
/** Further names of the two things, as a shop that sells in these languages has them. */
const names: Readonly<Record<string, readonly string[]>> = { 'desk-lamp': ['Schreibtischlampe', 'مصباح المكتب', 'مصباح'], 'phone-case': ['Handyhülle', 'غطاء الهاتف', 'غطاء'] };
const eur = (text: string): string => text.replace(/\s/gu, ' ');

/** The same plan in several languages: a lamp and two phone cases go back; how it is agreed to in part, in whole, and with other words beside. */
const languages: readonly { readonly locale: string; readonly wish: string; readonly reason?: string; readonly part: string; readonly whole: string; readonly beside: string }[] = [
  { locale: 'en', wish: 'I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind', part: 'yes, the lamp', whole: 'yes, the desk lamp and the phone cases please', beside: 'yes, please send it back to my Visa card' },
  { locale: 'de', wish: 'Ich möchte die Schreibtischlampe und beide Handyhüllen aus AC-100003 zurückschicken, ich habe es mir anders überlegt', part: 'ja, die Schreibtischlampe', whole: 'ja, Schreibtischlampe und Handyhüllen', beside: 'ja, bitte machen Sie das so' },
  { locale: 'zh', wish: '我想退掉订单 AC-100003 的台灯和两个手机壳，我改变主意了', part: '好的，台灯', whole: '好的，台灯和手机壳', beside: '好的，就这样办吧，谢谢您' },
  { locale: 'ar', wish: 'أريد إرجاع مصباح المكتب وغطاء الهاتف من الطلب AC-100003', reason: 'غيرت رأيي', part: 'نعم، المصباح', whole: 'نعم، المصباح وغطاء الهاتف', beside: 'نعم، من فضلك' },
];

async function atThePlan(wish: string, reason: string) {
  const core = await aCore({ shop: (own) => reading(own, { findProduct: async (id) => { const product = await own.reader.findProduct(id); return product && { ...product, aliases: [...product.aliases, ...names[id] ?? []] }; } }) });
  const talk = await aTalk(core);
  await talk.says(wish, { identity: anna });
  for (let n = 0; n < 3 && !talk.keys().includes('confirm.ask'); n += 1) await talk.says(talk.keys().includes('lines.how-many') ? '2' : reason);
  expect(talk.keys()).toContain('confirm.ask');
  expect(eur(talk.words())).toMatch(/79[.,]70/u);
  const returns = async () => (await core.shop.reader.findOrder('AC-100003'))?.returns ?? [];
  return { core, talk, returns };
}

describe.each(languages)('a plan about two things, agreed to in $locale', ({ wish, reason = '', part, whole, beside }) => {
  test('a yes that names one of them does nothing yet: a plan of that one is shown, and a yes to it does only that', async () => {
    const { talk, returns } = await atThePlan(wish, reason);
    await talk.says(part);
    expect(talk.keys()).toEqual(['plan.part', expect.stringContaining('return-item.plan'), 'confirm.ask']);
    expect(eur(talk.words())).toMatch(/49[.,]90/u);
    expect(eur(talk.words())).not.toMatch(/79[.,]70/u);
    expect(await returns()).toEqual([]);
    await talk.presses(talk.choices().find((id) => id.startsWith('y:')) ?? '');
    expect((await returns()).map(({ lines }) => lines.length)).toEqual([1]);
  });
  test('a yes that names both counts', async () => {
    const { talk, returns } = await atThePlan(wish, reason);
    await talk.says(whole);
    expect(talk.keys()).toEqual(['return-item.done']);
    expect((await returns())[0]?.lines).toHaveLength(2);
  });
  test('so does a yes with words beside that name none of them', async () => {
    const { talk, returns } = await atThePlan(wish, reason);
    await talk.says(beside);
    expect(talk.keys()).toEqual(['return-item.done']);
    expect((await returns())[0]?.lines).toHaveLength(2);
  });
});

describe('a yes that names a thing by a word nobody has for it', () => {
  test.each([
    ['en', 'I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind', 'yes, the sleeve and the lamp'],
    ['de', 'Ich möchte die Schreibtischlampe und beide Handyhüllen aus AC-100003 zurückschicken, ich habe es mir anders überlegt', 'ja, das Etui und die Schreibtischlampe'],
    ['zh', '我想退掉订单 AC-100003 的台灯和两个手机壳，我改变主意了', '好的，保护套和台灯'],
  ])('%s: joined to one that is known, it leaves nothing out: all of it is asked once more', async (_, wish, says) => {
    const { talk, returns } = await atThePlan(wish, '');
    await talk.says(says);
    expect(talk.keys()[0]).toBe('confirm.once-more');
    expect(eur(talk.words())).toMatch(/79[.,]70/u);
    expect(await returns()).toEqual([]);
    await talk.presses(talk.choices().find((id) => id.startsWith('y:')) ?? '');
    expect((await returns())[0]?.lines).toHaveLength(2);
  });
  test('joined to a mere word of consent, the one that is known is all that is named', async () => {
    const { talk, returns } = await atThePlan('I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind', '');
    await talk.says('yes and the lamp');
    expect(talk.keys()[0]).toBe('plan.part');
    expect(await returns()).toEqual([]);
  });
  test('beside a name, what only the other piece is names that one', async () => {
    const { talk, returns } = await atThePlan('I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind', '');
    await talk.says('yes, the lamp and the clear ones');
    expect(talk.keys()).toEqual(['return-item.done']);
    expect((await returns())[0]?.lines).toHaveLength(2);
  });
});

describe('a yes that names some of it, at other plans', () => {
  test('money back for two things: what was named is planned alone, with an amount of its own', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('refund only for the desk lamp and the underwear from AC-100003, they are broken', { identity: anna });
    await talk.says('40 euros');
    await talk.says('no');
    expect(talk.keys()).toContain('refund-only.plan.requested');
    await talk.says('yes, the lamp please');
    expect(talk.keys()[0]).toBe('plan.part');
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds ?? []).toEqual([]);
    for (let n = 0; n < 2 && !talk.keys().includes('confirm.ask'); n += 1) await talk.says('20 euros');
    expect(talk.words()).toContain('Desk lamp');
    expect(talk.words()).not.toMatch(/• .*Underwear/u);
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toMatchObject([{ lines: [{ quantity: 1 }] }]);
  });
  test('… and a yes that names something else of the order does nothing: the plan is shown again', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('refund only for the underwear from AC-100003, it is broken', { identity: anna });
    await talk.says('10 euros');
    await talk.says('no');
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says('yes, the lamp');
    expect(talk.keys()).toEqual(['plan.beside', expect.stringContaining('refund-only.plan'), 'refund-only.kept', 'refund-only.shown', 'refund-only.once', 'confirm.ask']);
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds ?? []).toEqual([]);
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100003'))?.refunds).toHaveLength(1);
  });
  test('an order that is cancelled whole: who agrees to one thing of it hears first that all of it goes', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('cancel AC-100002, I ordered it by mistake', { identity: anna });
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says('yes, the floor lamp');
    expect(talk.keys()).toContain('confirm.ask');
    expect((await core.shop.reader.findOrder('AC-100002'))?.state).not.toBe('cancelled');
    expect(talk.keys().some((key) => key.startsWith('cancel-order.whole'))).toBe(true);
    await talk.says('yes');
    expect((await core.shop.reader.findOrder('AC-100002'))?.state).toBe('cancelled');
  });
});

describe('words that name something that has gone back already', () => {
  test('are taken for it, and nothing else of the order takes its place', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('I want to send back the desk lamp and both phone cases from AC-100003, I changed my mind', { identity: anna });
    await talk.says('yes');
    await talk.says('refund only for the desk lamp from AC-100003, it is broken');
    expect(talk.words()).not.toContain('Underwear');
    expect(talk.keys().some((key) => key.startsWith('refund-only.refused.'))).toBe(true);
  });
});
