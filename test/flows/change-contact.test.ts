import { describe, expect, test } from '@jest/globals';
import { changeContact } from '../../src/flows/change-contact.js';
import { aCore } from '../support/a-core.js';
import { changedOrders, withOrders } from './orders.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const anna = 'cus-0001';
const codeIn = (core: Awaited<ReturnType<typeof aCore>>): string => /\d{6}/u.exec(core.mails.at(-1)?.text ?? '')?.[0] ?? '';

describe('a customer who wants other contact details on an order', () => {
  test('[SH-07] proves it with a code from the mailbox on file, sees old and new, says yes, and only the order changes', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says('change the phone number on order AC-100002 to +48 600 700 800');
    expect(talk.keys()).toEqual(['hello.short', 'who.ask.second']);
    await talk.says('anna@example.com');
    expect(talk.keys()).toEqual(['who.code-sent']);
    expect(talk.words()).toContain('So that nobody else can do this in your name');
    expect(core.mails.map(({ to }) => to)).toEqual(['anna@example.com']);
    await talk.says('999999');
    expect([talk.keys(), writes]).toEqual([['who.wrong-code'], []]);
    await talk.says(codeIn(core));
    expect(talk.keys()).toEqual(['change-contact.plan', 'confirm.ask']);
    for (const consequence of ['AC-100002', '+48 512 345 678 → +48600700800', 'Only this order changes', 'the address stays']) expect(talk.words()).toContain(consequence);
    expect(writes).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['change-contact.done']);
    expect((await core.shop.reader.findOrder('AC-100002'))?.contact).toEqual({ email: 'anna@example.com', phone: '+48600700800' });
    expect((await core.shop.reader.findCustomer(anna))?.phone).toBe('+48 512 345 678');
  });

  test.each(['why a code?', 'зачем код?', 'wozu der Code?', '为什么要验证码？'])('is told why, asked "%s", and still waited for', async (question) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('change the phone number on order AC-100002 to +48 600 700 800');
    await talk.says('anna@example.com');
    await talk.says(question);
    expect(talk.keys()).toEqual(['who.code-sent']);
    expect(core.mails).toHaveLength(1);
    await talk.says(codeIn(core));
    expect(talk.keys()).toEqual(['change-contact.plan', 'confirm.ask']);
  });

  test('a new e-mail address proves nothing, and no code goes to it', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('change my email on order AC-100002 to eve@example.com');
    await talk.says('AC-100002, anna@example.com');
    expect(talk.keys()).toContain('who.code-sent');
    expect(core.mails.map(({ to }) => to)).toEqual(['anna@example.com']);
    await talk.says(codeIn(core));
    expect(talk.words()).toContain('anna@example.com → eve@example.com');
  });

  test.each([
    ['en', 'the recipient of order AC-100002 should be Jan Nowak', 'Jan Nowak'], ['zh', '订单AC-100002的收件人改成王芳', '王芳'], ['es', 'cambia el destinatario del pedido AC-100002 a Ana Ruiz', 'Ana Ruiz'],
  ])('another recipient, %s', async (_, says, name) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(says, { identity: anna });
    expect(talk.keys()).toContain('change-contact.plan');
    expect(talk.words()).toContain(name);
    await talk.presses(talk.choices().find((id) => id.startsWith('y:')) ?? '');
    expect(writes).toMatchObject([{ method: 'changeContact', request: { orderNumber: 'AC-100002', name } }]);
  });

  test('is asked what it should be, and may correct it at the question', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says('change the phone on order AC-100002', { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'change-contact.ask']);
    await talk.says('hmm');
    expect(talk.keys()).toEqual(['change-contact.ask-again']);
    await talk.says('+48 600 111 222');
    expect(talk.keys()).toEqual(['change-contact.plan', 'confirm.ask']);
    await talk.says('sorry, +48 600 111 333');
    expect(talk.words()).toContain('+48600111333');
    await talk.says('yes');
    expect(writes).toMatchObject([{ request: { phone: '+48600111333' } }]);
  });

  test('says no, and it leaves no trace', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const before = await core.shop.reader.findOrder('AC-100002');
    const talk = await aTalk(core);
    await talk.says('change the phone number on order AC-100002 to +48 600 700 800', { identity: anna });
    await talk.says('no');
    expect([talk.keys(), writes]).toEqual([['plan.dropped'], []]);
    expect(await core.shop.reader.findOrder('AC-100002')).toEqual(before);
  });

  test('the same commit twice writes once and gives the same receipt', async () => {
    const core = await aCore();
    const order = await core.shop.reader.findOrder('AC-100002');
    const doing = {
      request: { orderNumber: 'AC-100002', revision: order?.revision ?? 0, phone: '+48600700800' }, writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1',
      now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await changeContact.commit(doing);
    expect(await changeContact.commit(doing)).toEqual(first);
    expect((await core.shop.reader.findOrder('AC-100002'))?.revision).toBe((order?.revision ?? 0) + 1);
  });
});

describe('every refusal of a change of contact can be reached', () => {
  const says: Readonly<Record<string, readonly string[]>> = {
    locked: ['change the phone number on order AC-100001 to +48 600 700 800'], 'already-changed': ['change the phone number on order AC-100002 to +48 600 700 800'], 'no-orders': ['change the phone number on my order to +48 600 700 800'],
    'same-contact': ['change the phone number on order AC-100002', '+48 512 345 678'],
  };
  test('and each has a test here', () => expect(Object.keys(says).sort()).toEqual([...changeContact.refusals].sort()));
  test.each(Object.keys(says))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({
      policy: withOrders({ changeItemsOnce: true }),
      shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : code === 'already-changed' ? changedOrders((order) => ({ ...order, itemsChanged: true }))(own) : own),
    }));
    for (const text of says[code] ?? []) await talk.says(text, { identity: anna });
    expect(talk.keys()).toContain(`change-contact.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });
});
