import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const nora = 'cus-0201';

describe('a new piece wanted for one that has a fault', () => {
  // The kettle of AC-100064 has arrived.
  test.each([
    ['The kettle from AC-100064 is broken, please send me a new one'],
    ['The kettle came in pieces, order AC-100064, i want a new one'],
    ['Der Wasserkocher aus AC-100064 ist kaputt, ich will einen neuen'],
    ['Чайник из AC-100064 сломался, пришлите новый'],
    ['AC-100064的水壶坏了，给我换个新的'],
  ])('is what comes of the fault, no exchange: %s', async (wish) => {
    const talk = await aTalk(await aCore());
    await talk.says(wish, { identity: nora });
    expect(talk.keys().filter((key) => key.startsWith('swap-items'))).toEqual([]);
    expect(talk.keys().join(' ')).toMatch(/evidence\.ask|parcel-damaged/u);
  });

  test('is an exchange where it is to be another one', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('Please exchange the kettle from AC-100064 for the black one', { identity: nora });
    expect(talk.keys()).toEqual(['hello.short', 'reason.ask']);
  });

  test.each(['AC-100009 is lost, please send a new one', 'Посылка AC-100009 потерялась, пришлите новую'])('comes of a lost parcel, too: %s', async (wish) => {
    const talk = await aTalk(await aCore());
    await talk.says(wish, { identity: 'cus-0003' });
    expect(talk.keys().filter((key) => key.startsWith('swap-items') || key === 'plan.later')).toEqual([]);
  });
});
