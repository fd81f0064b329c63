import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const maria = 'cus-0004';
const wishes = {
  en: ['return the frying pan from AC-100021', 'changed my mind'], zh: ['想退平底锅 AC-100021', '不想要了'], es: ['quiero devolver la sartén AC-100021', 'ya no la quiero'], pt: ['quero devolver a frigideira AC-100021', 'não gostei'],
  fr: ['je veux renvoyer la poêle AC-100021', 'elle ne me plaît pas'], de: ['will die Pfanne aus AC-100021 zurückgeben', 'gefällt mir nicht'], ru: ['хочу сделать возврат AC-100021, сковорода Ferro', 'передумала'], ar: ['أريد إرجاع المقلاة AC-100021', 'غيرت رأيي'],
} as const;

const kept: readonly (readonly [locale: keyof typeof wishes, words: string])[] = [
  ['en', 'nah keep it'], ['en', 'forget it, i’ll keep it'], ['zh', '算了，还是留着吧'], ['zh', '不退了，留着用'], ['es', 'déjalo, me la quedo'], ['es', 'no, al final me la quedo'], ['pt', 'deixa, vou ficar com ela'],
  ['fr', 'bon je la garde'], ['fr', 'laissez tomber, je la garde'], ['de', 'ach nein, ich behalte es'], ['de', 'dann behalt ichs doch'], ['ru', 'ладно, оставлю себе'], ['ar', 'خلاص بخليه عندي'],
];

describe('a customer who keeps it after all', () => {
  test.each(kept)('says no to the plan of a return (%s): %s', async (locale, words) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(wishes[locale].join(', '), { identity: maria });
    expect(talk.keys()).toContain('confirm.ask');
    await talk.says(words);
    expect(talk.keys()).toEqual([expect.stringMatching(/^(?:stop\.done|plan\.dropped)$/u)]);
    expect(writes).toEqual([]);
  });

  test.each(kept)('and needs no reason any more, where it is still asked for (%s): %s', async (locale, words) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(wishes[locale][0], { identity: maria });
    expect(talk.keys()).toContain('reason.ask');
    await talk.says(words);
    expect(talk.keys()).toEqual([expect.stringMatching(/^(?:stop\.done|plan\.dropped)$/u)]);
    expect(writes).toEqual([]);
  });

  test('a mere no to the question why is no answer, and drops nothing', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(wishes.en[0], { identity: maria });
    await talk.says('no');
    expect(talk.keys()).not.toContain('plan.dropped');
  });
});
