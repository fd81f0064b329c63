import { describe, expect, test } from '@jest/globals';
import { withoutRefused } from '../../src/classifiers/refused-wishes.js';
import { beginsWithDeed, saidBoth, toldByVerbs } from '../../src/classifiers/verbs.js';
import { seamsOf } from '../../src/classifiers/wishes.js';
import type { Locale } from '../../src/domain/understanding.js';

describe('what is said not to be wanted', () => {
  test.each([
    ["I don't want to cancel it, where is my parcel now", 'cancel'], ['no quiero cancelar el pedido, solo saber dónde está', 'cancelar'], ['não quero cancelar, quero saber onde está', 'cancelar'],
    ['je ne veux pas annuler la commande, où est mon colis', 'annuler'], ['ich will das nicht stornieren, wo ist mein Paket', 'stornieren'], ['я не хочу отменять заказ, где моя посылка', 'отменять'],
    ['لا أريد إلغاء الطلب، أين الطرد الآن', 'إلغاء'], ['我不想取消，请问我的包裹到哪里了', '取消'],
  ])('hides nothing of what is wanted: %s', (text, word) => {
    expect(withoutRefused(text)).not.toContain(word);
    expect(withoutRefused(text)).toHaveLength(text.length);
  });
  test.each(["I don't want to cancel", "I don't want the mug any more, please take it back"])('is left where nothing else is said, or it is a reason: %s', (text) => expect(withoutRefused(text)).toBe(text));
});

describe('what is to be done, told by verbs', () => {
  const told = (text: string, locale: Locale) => {
    const found = toldByVerbs(text, locale, seamsOf(text, locale));
    return found && [text.slice(0, found.end), text.slice(found.start)];
  };
  test('two things are cut apart where the second begins', () => expect(told('return the mug and the tray, exchange the lamp for a red one', 'en')).toEqual(['return the mug and the tray', 'exchange the lamp for a red one']));
  test('a verb that comes back cuts nothing', () => expect(told('return the mug, exchange the lamp, return the tray', 'en')).toBeUndefined());
  test('a few words that begin with it are that', () => {
    expect(beginsWithDeed('return mug', 'en')).toEqual(['return_request']);
    expect(beginsWithDeed('where is my return', 'en')).toEqual([]);
  });
  test('cancel or return is both, unless something else is surely wanted', () => {
    expect(saidBoth('cancel or return whatever you can', 'en', undefined)).toEqual(['order_cancel', 'return_request']);
    expect(saidBoth('cancel or return whatever you can', 'en', 'track_parcel')).toBeUndefined();
  });
});
