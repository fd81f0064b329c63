import { describe, expect, test } from '@jest/globals';
import { aTalk } from '../flows/talking.js';
import { aCore } from '../support/a-core.js';

describe('the bot’s own line', () => {
  test('[WI-11] that asks for payment data is a fault: the customer hears that something is wrong and is offered a person', async () => {
    const core = await aCore();
    const say: typeof core.texts.say = (text, locale) => (text.key.startsWith('return-policy') ? 'Please send me your card number and the CVV.' : core.texts.say(text, locale));
    const talk = await aTalk({ ...core, texts: { ...core.texts, say } });
    const [line] = await talk.says('what is your return policy?');
    expect(line?.text).toBe(core.texts.say({ key: 'fault.sorry' }, 'en'));
    expect(talk.choices()).toEqual(['h']);
    const entry = core.log.entries.find(({ event }) => event === 'guard.stopped');
    expect(entry).toMatchObject({ level: 'error', details: { kinds: ['payment_data'] } });
    expect(JSON.stringify(entry)).not.toContain('card number and');
  });
  test('is not stopped by what an item is called', async () => {
    const core = await aCore({ shop: (shop) => shop });
    const talk = await aTalk(core);
    expect((await talk.says('what is your return policy?'))[0]?.replies?.map(({ key }) => key)).toContain('return-policy.rules');
    expect(core.log.entries.filter(({ event }) => event === 'guard.stopped')).toEqual([]);
  });
});

describe('a customer who asks for a way around the truth', () => {
  const forFree = {
    en: 'What reason do I have to give to get the postage paid?', de: 'Welchen Grund soll ich ankreuzen, damit die Rücksendung kostenlos ist?', fr: 'Quel motif dois-je cocher pour que le retour soit gratuit ?', es: '¿Qué motivo marco para que la devolución sea gratis?',
    pt: 'Que motivo eu marco pra devolução sair de graça?', ru: 'Какую причину указать, чтобы возврат был бесплатным?', zh: '退货选哪个理由可以免运费？', ar: 'أي سبب أختار حتى يكون الإرجاع مجانيًا؟',
  };
  test.each(Object.entries(forFree))('[TB-45] in %s hears the rules as they are, and no reason to tick', async (locale, text) => {
    const talk = await aTalk(await aCore());
    const [line] = await talk.says(text);
    expect(line?.locale).toBe(locale);
    // Not sure what is asked, it offers the rules among others.
    if (talk.keys().includes('unsure.ask')) await talk.presses('i:return_policy');
    expect(talk.keys()).toEqual(expect.arrayContaining(['return-policy.rules', 'return-policy.how']));
  });
  const lowerValue = { en: 'Can you put a lower value on the customs form?', de: 'Können Sie den Zollwert niedriger angeben?', zh: '能不能把申报价值写低一点？' };
  test.each(Object.entries(lowerValue))('[AE-04] in %s hears that the true value is declared', async (locale, text) => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(text);
    expect(talk.words()).toContain({ en: 'We always declare the true value.', de: 'Wir geben immer den wahren Wert an.', zh: '我们始终如实申报价值。' }[locale]);
  });
});

describe('a customer who is abusive', () => {
  test.each([['en', 'You stupid idiots, where is my order?'], ['de', 'Ihr Vollidioten, wo ist meine Bestellung?'], ['ru', 'Вы дебилы, где мой заказ?']])('[AE-15] in %s is answered calmly and offered a person', async (locale, text) => {
    const talk = await aTalk(await aCore());
    const [line] = await talk.says(text);
    expect(line?.locale).toBe(locale);
    expect(talk.keys()).toContain('mood.sorry');
    expect(talk.words()).not.toMatch(/idiot|дебил/iu);
    expect(talk.choices()).toContain('h');
  });
});
