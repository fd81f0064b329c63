import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const anna = 'cus-0001';

describe('a customer who asks how something is done on the site', () => {
  test.each([
    ['[SH-30] I cannot register an account', 'register', /1\..*sign-up page[\s\S]*2\.[\s\S]*3\./u], ['[SH-31] I cannot log in to my account', 'login', /1\.[\s\S]*2\.[\s\S]*Forgot password/u],
    ['[SH-32] I forgot my password', 'forgotten-password', /1\.[\s\S]*2\.[\s\S]*never need your password/u],
  ])('%s', async (title, article, words) => {
    const talk = await aTalk(await aCore());
    const [said] = await talk.says(title.replace(/^\[[^\]]+\] /u, ''));
    expect(talk.keys()).toEqual(expect.arrayContaining(['how-to.title', 'how-to.below', `knowledge.${article}.outro.1`]));
    expect(talk.words()).toMatch(words);
    expect(talk.choices()).toContain('h');
    // The links are the shop's own: its address from the profile, the path from the policy.
    expect(said?.links?.[0]?.url).toMatch(/^https:\/\/shop\.example\.com\/account\//u);
  });

  test.each([
    ['[SH-34] how do I search for a product?', 'search'], ['[SH-35] how can I sort the list by price?', 'filter-and-sort'], ['[SH-36] how do I add something to the cart?', 'cart'],
    ['[SH-37] how do I check out and place an order?', 'checkout'], ['[SH-38] how do I save something to my wish list?', 'favourites'], ['[SH-39] where do I see my past orders on the website?', 'past-orders'],
  ])('%s: gets the first of the numbered steps, a drawing and the page', async (title, article) => {
    const talk = await aTalk(await aCore());
    const [said] = await talk.says(title.replace(/^\[[^\]]+\] /u, ''));
    expect(talk.keys()).toContain('how-to.step');
    expect(talk.words()).toMatch(/step 1 of [34]:/u);
    expect(talk.choices()).toEqual(expect.arrayContaining([`f:how-to:${article}.2`, `f:how-to:${article}.all`, 'h']));
    expect(said?.files).toEqual([expect.objectContaining({ name: `${article}.png`, type: 'image/png' })]);
    expect(said?.links).toHaveLength(1);
  });

  test('[SH-40] goes through the steps one at a time, on and back, by press, words or number, or sees all at once', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('how do I place an order?');
    expect(talk.words()).toContain('step 1 of 4');
    expect(talk.choices().some((id) => id.endsWith('.0'))).toBe(false);
    await talk.says('next step');
    expect(talk.words()).toContain('step 2 of 4');
    await talk.presses('f:how-to:checkout.3');
    expect(talk.words()).toContain('step 3 of 4');
    await talk.says('Step back');
    expect(talk.words()).toContain('step 2 of 4');
    await talk.presses('f:how-to:checkout.4');
    expect(talk.words()).toMatch(/step 4 of 4:[\s\S]*button stays grey/u);
    expect(talk.choices()).not.toContain('f:how-to:checkout.5');
    await talk.says('All steps');
    expect(talk.words()).toMatch(/1\. [\s\S]*\n2\. [\s\S]*\n3\. [\s\S]*\n4\. /u);
    await talk.says('how do I place an order? all steps at once please');
    expect(talk.words()).toMatch(/1\. [\s\S]*\n4\. /u);
    // Nothing stays under way: another question is answered, and the steps do not come back by themselves.
    await talk.says('which payment methods do you accept?');
    expect(talk.keys()).toEqual(['payment-methods.rule']);
  });

  test('a button of an article that is no more brings a person near, and nothing breaks', async () => {
    const talk = await aTalk(await aCore());
    await talk.presses('f:how-to:no-such-article.2');
    expect(talk.keys()).toContain('how-to.none');
    await talk.presses('f:no-such-flow:x');
    expect(talk.keys()).toEqual(['choice.stale']);
    await talk.presses('f:how-to:checkout.99');
    expect(talk.keys()).toContain('how-to.title');
  });

  test('in the middle of a return the question is answered and the return goes on', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want to return the desk lamp from AC-100003', { identity: anna });
    const asked = talk.keys().at(-1);
    await talk.says('what are your opening hours?');
    expect(talk.keys()).toEqual(['how-to.title', 'knowledge.contact.intro.1', 'knowledge.contact.intro.2', 'knowledge.contact.intro.3', asked]);
    expect(talk.words()).toContain('Monday to Friday, 09:00 to 18:00 (Madrid time)');
  });
});

describe('how the shop is reached', () => {
  test.each([
    ['en', 'what is the phone number of the shop?', 'I want to talk to a person'], ['de', 'Wie kann ich Sie kontaktieren?', 'Ich will mit einem Menschen sprechen'], ['fr', 'Où se trouve votre magasin ?', 'je veux parler à une personne'], ['es', '¿Cómo contacto con atención al cliente?', 'quiero hablar con una persona'],
    ['pt', 'Qual é o telefone da loja?', 'quero falar com uma pessoa'], ['ru', 'Где находится ваш магазин?', 'хочу поговорить с человеком'], ['ar', 'ما رقم هاتفكم؟', 'أريد التحدث مع موظف'], ['zh', '你们店的电话是多少？', '我要人工客服'],
  ])('%s: it is told what the shop has put down, with a person one button away; whoever asks for a person gets one', async (locale, question, wish) => {
    const talk = await aTalk(await aCore(), locale);
    await talk.says(question);
    expect(talk.keys()).toEqual(expect.arrayContaining(['knowledge.contact.intro.1', 'knowledge.contact.intro.3']));
    expect(talk.choices()).toContain('h');
    await talk.says(wish);
    expect(talk.keys()[0]).toMatch(/^handover\.announced/u);
  });
});

describe('a password in the chat', () => {
  test.each([
    ['my password is hunter2 and I cannot log in', 'hunter2'], ['Mein Passwort ist Sommer2024! und ich kann mich nicht einloggen', 'Sommer2024!'],
    ['我的密码是abc12345，登录不上去', 'abc12345'],
  ])('[SH-32] is hidden before anything is stored, and the customer is told: %s', async (text, secret) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(text);
    expect(talk.keys()).toContain('how-to.password-hidden');
    expect(JSON.stringify([await core.store.readLog(talk.id, 0, 100), await core.store.head(talk.id)])).not.toContain(secret);
  });
});

describe('questions no flow answers', () => {
  test('[TB-02] is it genuine? The rules on certificates, from the policy alone', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('are your watches original?');
    expect(talk.words()).toMatch(/is on the product’s page[\s\S]*certificate’s number[\s\S]*15 days to send it back, 30 days/u);
    expect(talk.choices()).toContain('i:item_not_as_described');
    const other = await aTalk(await aCore({ policy: (policy) => ({ ...policy, site: { ...policy.site, certified: ['jewellery'] } }) }), 'certified');
    await other.says('are your watches original?');
    expect(other.words()).toMatch(/come with a certificate of authenticity: jewellery/iu);
  });

  test('[AE-04] the value for customs: always the true one, and no help with another', async () => {
    const talk = await aTalk(await aCore());
    for (const question of ['can you declare a lower value?', 'please mark the parcel as a gift', 'can you write a smaller amount for customs?']) {
      await talk.says(question);
      expect(talk.words()).toMatch(/always declare the true/u);
    }
    await talk.says('could you add a small gift?');
    expect(talk.words()).toContain('I can’t add or promise one');
  });

  test('[TB-45] which reason to give: the true one, with what each comes to, and no other is suggested', async () => {
    const talk = await aTalk(await aCore());
    for (const question of ['what do I have to say to get free return shipping?', 'should I say it is broken so that I do not pay?']) {
      await talk.says(question);
      expect(talk.words()).toMatch(/give the reason that is true[\s\S]*Changed your mind[\s\S]*label costs €5\.90/u);
      expect(talk.words()).not.toMatch(/\byou (?:could|can|should) say\b|just say|pretend/iu);
    }
  });

  test('coupons together, islands, gift wrapping: answered from the settings', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('can I use two coupons?');
    expect(talk.words()).toContain('One order takes one coupon; two can’t be combined.');
    expect(talk.choices()).toContain('i:coupon_help');
    await talk.says('do you ship to islands?');
    expect(talk.words()).toContain('the checkout tells');
    await talk.says('do you offer gift wrapping?');
    expect(talk.words()).toContain('We don’t offer gift wrapping.');
  });

  test('what is near is offered by its title; what nothing answers is told to be out of scope and counted without the person', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says('who will win the football world cup, Peter Miller from Leeds asks, peter@example.com, 0171 2345678');
    expect(talk.keys()).toContain('scope.out');
    await talk.says('who will win the football world cup?');
    const gaps = await core.records.gaps.list(10);
    expect(gaps.map(({ question }) => question).join(' ')).not.toMatch(/peter|miller|leeds|example|0171|2345678/iu);
    expect(gaps.some(({ question, locale }) => question.startsWith('who will win the football') && locale === 'en')).toBe(true);
    expect(JSON.stringify(gaps)).not.toContain(talk.id);
  });

  test('switched off by the shop, nothing is looked up', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, knowledge: { answers: false } }) }));
    await talk.says('what are your opening hours?');
    expect(talk.keys()).toContain('scope.out');
  });
});
