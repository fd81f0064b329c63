import { describe, expect, jest, test } from '@jest/globals';
import { flows } from '../../src/flows/index.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from '../flows/talking.js';

jest.setTimeout(60_000);

describe('the menu', () => {
  test('[SH-52] leads to every handler in two presses, and to a person in one', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.presses('m');
    expect(talk.choices()).toContain('h');
    const parts = talk.choices().filter((id) => id.startsWith('g:'));
    const reached = new Set<string>();
    const see = (ids: readonly string[]): void => ids.forEach((id) => {
      if (id.startsWith('i:')) reached.add(core.book.intents[id.slice(2)]?.flow ?? '');
      if (id.startsWith('f:')) reached.add(id.slice(2).split(':')[0] ?? '');
    });
    see(talk.choices());
    const intents: string[] = [];
    for (const part of parts) {
      await talk.presses(part);
      see(talk.choices());
      intents.push(...talk.choices().filter((id) => id.startsWith('i:')));
      expect(talk.choices().length).toBeLessThanOrEqual(16);
      expect(talk.choices()).toContain('m');
    }
    // A coupon is claimed from the list of coupons, a photo shared by whoever is satisfied; what a return comes to is asked in the middle of it; the other two answer what the shop wrote first.
    const elsewhere = ['claim-coupon', 'return-money', 'satisfied', 'share-photo', 'sold-out-wait'];
    expect(flows.map(({ id }) => id).filter((id) => !reached.has(id)).sort()).toEqual(elsewhere);
    // Not only each flow: each thing a customer can want.
    expect(Object.values(core.book.intents).filter(({ flow, intent }) => flow !== null && !intents.includes(`i:${intent}`)).map(({ intent }) => intent)).toEqual([]);
  });
  test('a part there is not is a button out of date', async () => {
    const talk = await aTalk(await aCore());
    await talk.presses('g:nothing');
    expect(talk.keys()).toContain('choice.stale');
  });
});

/** Abuse without a wish, a few in each language. */
const abuse: Readonly<Record<string, readonly string[]>> = {
  en: ['you are all idiots', 'fuck you, stupid bot', 'you useless piece of shit'], de: ['ihr seid alle Idioten', 'verdammte Scheiße, ihr Betrüger'], es: ['sois unos idiotas', 'vete a la mierda'],
  fr: ['vous êtes des idiots', 'bande de connards'], pt: ['vocês são uns idiotas', 'vai se foder'], ru: ['вы все идиоты', 'да пошли вы нахер'], zh: ['你们都是白痴', '去你妈的'], ar: ['أنتم أغبياء', 'تبا لكم يا نصابين'],
};

describe('who abuses the bot', () => {
  test.each(Object.entries(abuse))('[AE-15] %s: gets one calm sentence and a person within reach, the second time the person; nothing is given back', async (locale, sayings) => {
    const core = await aCore();
    for (const [index, said] of sayings.entries()) {
      const talk = await aTalk(core, `${locale}-${index}`);
      await talk.says(said);
      const words = said.toLowerCase().split(/[\s,]+/u).filter((word) => word.length > 3);
      expect([said, talk.keys().includes('mood.sorry'), talk.choices().includes('h')]).toEqual([said, true, true]);
      expect(talk.keys()).not.toContain('scope.out');
      expect(words.filter((word) => /idiot|scheiß|mierda|connard|fod|нахер|白痴|妈的|أغبياء|fuck|shit|stupid|нахрен/u.test(word) && talk.words().toLowerCase().includes(word))).toEqual([]);
      expect(talk.words()).not.toMatch(/[!！]/u);
      await talk.says(said);
      expect(talk.keys()).toContain('handover.announced.anger');
    }
  });
  test('how often the bot answers by itself is the shop’s to say', async () => {
    const talk = await aTalk(await aCore({ policy: (policy) => ({ ...policy, feedback: { ...policy.feedback, angerAnswered: 0 } }) }));
    await talk.says('you are all idiots');
    expect(talk.keys()).toContain('handover.announced.anger');
  });
});
