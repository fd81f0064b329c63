import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const maria = 'cus-0004';
const langs = {
  en: (limit: number) => `Exchange the knife set from AC-100021 for the 7 pieces one, but only if it costs less than ${limit} euros. If it is more than that, I want to return it.`,
  fr: (limit: number) => `Je veux échanger les couteaux de AC-100021 contre le set 7 pieces, seulement si c’est moins de ${limit} euros. Si c’est plus cher, je veux le retourner.`,
  ru: (limit: number) => `Хочу обменять ножи из AC-100021 на набор 7 pieces, но только если он стоит меньше ${limit} евро. Если он дороже, хочу оформить возврат.`,
} as const;

// Maria: the knife set in AC-100021 has 3 pieces; the one with 5 costs 107.90 €, the one with 7 costs 135.90 €.
async function planned(text: string) {
  const { writes, shop } = watched();
  const talk = await aTalk(await aCore({ shop }));
  await talk.says(text, { identity: maria });
  const first = talk.keys();
  if (talk.keys().includes('reason.ask')) await talk.presses(talk.choices()[0] ?? '');
  return { talk, writes, first };
}

describe('an exchange wanted only below a price', () => {
  test.each(Object.entries(langs))('%s: within it, the exchange is planned', async (_, says) => {
    const { talk, writes } = await planned(says(140));
    expect(talk.keys().some((key) => key.startsWith('swap-items.plan.exchange'))).toBe(true);
    expect(talk.words()).toContain('7 pieces');
    expect(writes).toEqual([]);
  });

  test.each(Object.entries(langs))('%s: beyond it, what was wanted then is planned in its place', async (_, says) => {
    const { talk, writes, first } = await planned(says(50));
    expect(first).toContain('swap-items.not-had');
    expect(talk.keys().some((key) => key.startsWith('swap-items.plan'))).toBe(false);
    expect(talk.keys().some((key) => key.startsWith('return-item.plan'))).toBe(true);
    expect(talk.words()).toContain('AC-100021');
    expect(writes).toEqual([]);
  });

  test('beyond it, where nothing is to be done then, it stays as it is', async () => {
    const { talk, writes } = await planned('Exchange the knife set from AC-100021 for the 7 pieces one. If it is more than 50 euros, leave it as it is.');
    expect(talk.keys()).toContain('swap-items.refused.nothing-left');
    expect(writes).toEqual([]);
  });

  test('an amount told of what was paid sets no limit', async () => {
    const { talk } = await planned('I paid less than 90 euros for the knife set in AC-100021, exchange it for the 7 pieces one please');
    expect(talk.words()).toContain('7 pieces');
    expect(talk.keys().some((key) => key.startsWith('swap-items.plan.exchange'))).toBe(true);
  });
});

describe('what is wanted in case of a no', () => {
  test.each([
    ['en', 'please change the sneakers in AC-100020 to size 39. If that is not available, cancel the whole order', 'I no longer need it'],
    ['de', 'Bitte ändern Sie die Turnschuhe in AC-100020 auf Größe 39. Wenn das nicht geht, stornieren Sie die ganze Bestellung', 'brauche ich nicht mehr'],
    ['fr', 'Changez les baskets de AC-100020 en taille 39. Si ce n’est pas possible, annulez toute la commande', 'je n’en ai plus besoin'],
  ])('%s: is planned where the first cannot be had', async (_, text, why) => {
    const { writes, shop } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(text, { identity: maria });
    expect(talk.keys()).toContain('swap-items.not-had');
    if (!talk.keys().includes('confirm.ask')) await talk.says(why);
    expect(talk.keys().some((key) => key.startsWith('cancel-order.plan'))).toBe(true);
    expect(writes).toEqual([]);
  });
});
