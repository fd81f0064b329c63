import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { watched } from './writes.js';

const anna = 'cus-0001';
const wish = (number: string): string => `Cancel order ${number} please. If that isn't possible, tell me where the parcel is.`;

describe('a customer who says what is wanted if the first thing cannot be had', () => {
  test('gets the second where the shop refuses the first', async () => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop }));
    await talk.says(wish('AC-100001'), { identity: anna });
    expect(talk.keys()).toEqual(['hello.short', 'cancel-order.refused.locked', 'refusal.alternatives', 'track.one']);
    expect(writes).toEqual([]);
  });

  test('hears nothing of the second where the first can be done', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(wish('AC-100002'), { identity: anna });
    await talk.says('I changed my mind');
    expect(talk.keys()).toContain('cancel-order.plan');
    await talk.says('yes');
    expect(talk.keys()).toEqual(['cancel-order.done']);
  });

  test('the same in German, French and Chinese', async () => {
    for (const text of ['Bitte AC-100001 stornieren. Wenn das nicht geht, wo ist das Paket gerade?', 'Annulez la commande AC-100001. Sinon, dites-moi où est mon colis.', '取消订单AC-100001。如果不行,告诉我包裹到哪里了?']) {
      const talk = await aTalk(await aCore());
      await talk.says(text, { identity: anna });
      expect(talk.keys().slice(-3)).toEqual(['cancel-order.refused.locked', 'refusal.alternatives', 'track.one']);
    }
  });
});

describe('a customer whose first words leave open what they want', () => {
  test('presses one of the buttons, and what was said before still counts', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('phone cases money back or what', { identity: anna });
    expect(talk.keys()).toContain('unsure.ask');
    expect(talk.choices()).toContain('i:refund_only');
    await talk.presses('i:refund_only');
    // Which order and which of its things is known already.
    expect(talk.keys()).toEqual(['lines.how-many']);
  });
});

describe('a name and an address', () => {
  test.each(['hey, Mia Garcia, mia.garcia@example.com', 'Anna Kowalska, 00-001'])('tell no language: %s', async (text) => {
    const talk = await aTalk(await aCore());
    const lines = await talk.says(text);
    expect(lines.map(({ locale }) => locale)).toEqual(lines.map(() => 'en'));
    expect(lines.length).toBeGreaterThan(0);
  });
});
