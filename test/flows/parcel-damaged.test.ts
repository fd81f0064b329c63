import { describe, expect, test } from '@jest/globals';
import { parcelDamaged } from '../../src/flows/parcel-damaged.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import { reading, watched } from './writes.js';

const [anna, tom, chloe] = ['cus-0001', 'cus-0002', 'cus-0007'];
const broken = 'the necklace arrived broken, the box is crushed';

describe('a customer whose goods were damaged on the way', () => {
  test('[SH-16, TB-46] shows it, says what they want, sees that they deal with the shop alone, says yes, and the claim is open', async () => {
    const { shop, writes } = watched();
    const core = await aCore({ shop });
    const talk = await aTalk(core);
    await talk.says(broken, { identity: chloe });
    expect(talk.keys()).toEqual(['hello.short', 'parcel-damaged.ask.photos']);
    await talk.says('', { files: ['f1', 'f2'] });
    expect(talk.keys()).toEqual(['parcel-damaged.ask.wish']);
    await talk.says('my money back');
    expect(talk.keys()).toEqual(['parcel-damaged.plan', 'confirm.ask']);
    for (const consequence of ['AC-100040', 'Necklace', '€66.90', 'Photos with it: 2', 'carrier desk', '19 June 2026', 'deal with us only', 'No money moves before', 'keep goods, box and packing']) expect(talk.words()).toContain(consequence);
    expect(await core.records.cases.ofCustomer(chloe)).toEqual([]);
    await talk.says('yes');
    expect(talk.keys()).toEqual(['parcel-damaged.done']);
    expect(await core.records.cases.ofCustomer(chloe)).toMatchObject([{ kind: 'transport_damage', owner: 'carrier_desk', lines: [{ lineId: 'l1', quantity: 1 }], details: { wish: 'refund', photos: ['f1', 'f2'] } }]);
    expect(writes).toEqual([]);
  });

  test('sends the photos one by one where the shop wants several', async () => {
    const core = await aCore({ policy: (policy) => ({ ...policy, delivery: { ...policy.delivery, damagePhotos: 2 } }) });
    const talk = await aTalk(core);
    await talk.says(broken, { identity: chloe });
    await talk.says('', { files: ['f1'] });
    expect(talk.keys()).toEqual(['parcel-damaged.ask.more']);
    expect(talk.words()).toContain('1 of 2');
    await talk.says('', { files: ['f2'] });
    expect(talk.keys()).toEqual(['parcel-damaged.ask.wish']);
  });

  test.each([
    ['en', "I don't have a photo"], ['en', "can't take pictures, my phone is broken"], ['es', 'lo siento, no tengo fotos'], ['pt', 'não tirei foto'], ['fr', "je n'ai pas de photo"], ['de', 'hab leider kein Foto mehr'],
    ['ru', 'у меня нет фото'], ['zh', '我没有照片'], ['ar', 'ليس لدي صورة'], ['ar', 'ما عندي صور'],
  ])('says in words that there is no photo (%s: %s): it goes on without one', async (locale, words) => {
    const talk = await aTalk(await aCore());
    await talk.says(broken, { identity: chloe });
    await talk.says({ en: 'English please', es: 'en español por favor', pt: 'em português por favor', fr: 'en français svp', de: 'auf Deutsch bitte', ru: 'по-русски пожалуйста', zh: '请说中文', ar: 'بالعربية من فضلك' }[locale] ?? '');
    await talk.says(words);
    expect(talk.keys()).toEqual(['parcel-damaged.ask.wish']);
  });

  test('has no photo: the plan says what that means', async () => {
    const talk = await aTalk(await aCore());
    await talk.says(broken, { identity: chloe });
    await talk.says('I have no photo');
    await talk.says('part of the money back');
    expect(talk.keys()).toContain('parcel-damaged.plan');
    expect(talk.words()).toMatch(/no photos with it[\s\S]*decline without them/u);
  });

  test('[SH-16] whose parcel the carrier itself reports damaged is asked for no photo, and told what to do at the door', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the tracking of LP000100128CN says damaged', { identity: tom });
    if (!talk.keys().includes('parcel-damaged.ask.wish')) await talk.says('my parcel AC-100012 was damaged on the way');
    expect(talk.keys()).toContain('parcel-damaged.ask.wish');
    await talk.says('Send it again');
    expect(talk.words()).toMatch(/carrier has reported the damage itself[\s\S]*don’t sign for it/u);
  });

  test('[TB-32] whose parcel has not come hears to refuse it at the door, to have damage noted, and to take photos', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the courier dropped it, the headphones box looks crushed, AC-100001', { identity: anna });
    expect(talk.keys()).toEqual(expect.arrayContaining(['parcel-damaged.refused.not-delivered', 'refusal.alternatives']));
    for (const advice of ['don’t sign for it', 'have the courier note the damage', 'Take photos']) expect(talk.words()).toContain(advice);
  });

  test('is asked which piece of the order, and cannot be sent again what is sold out', async () => {
    const talk = await aTalk(await aCore({ shop: (own) => reading(own, {
      findProduct: async (id) => {
        const product = await own.reader.findProduct(id);
        return product && { ...product, variants: product.variants.map((variant) => ({ ...variant, stock: 0 })) };
      },
    }) }));
    await talk.says('my order AC-100003 arrived damaged', { identity: anna });
    expect(talk.keys()).toContain('lines.which');
    await talk.says('the desk lamp');
    await talk.says('I have no photo');
    await talk.says('send me a new one');
    expect(talk.keys()).toContain('parcel-damaged.ask.sold-out');
  });

  test('says no, and it leaves no trace', async () => {
    const core = await aCore();
    const talk = await aTalk(core);
    await talk.says(broken, { identity: chloe });
    await talk.says('', { files: ['f1'] });
    await talk.says('Money back');
    await talk.says('no');
    expect(talk.keys()).toEqual(['plan.dropped']);
    expect([await core.records.cases.ofCustomer(chloe), await core.records.tickets.queue()]).toEqual([[], []]);
  });

  test('the same commit twice opens one case and gives the same receipt', async () => {
    const core = await aCore();
    const doing = {
      request: { order: 'AC-100040', customerId: chloe, dueAt: '2026-06-19T16:00:00.000Z', lines: [{ lineId: 'l1', quantity: 1 }], caseKey: 'k', wish: 'refund', photos: ['f1'], worth: { amount: 6690, currency: 'EUR' }, isReported: false },
      writer: core.shop.writer, caseWriter: core.records.cases, shop: core.shop.reader, key: 'k1', now: core.clock.now(), policy: core.policy, timeZone: 'UTC', conversationId: 'test:one',
    };
    const first = await parcelDamaged.commit(doing);
    expect(await parcelDamaged.commit(doing)).toEqual(first);
    expect(await core.records.cases.ofCustomer(chloe)).toHaveLength(1);
  });
});

describe('every refusal of a claim can be reached', () => {
  const refusals: Record<string, (talk: Awaited<ReturnType<typeof aTalk>>) => Promise<unknown>> = {
    'no-orders': (talk) => talk.says(broken, { identity: chloe }),
    'not-delivered': (talk) => talk.says('the headphones box looks crushed, AC-100001', { identity: anna }),
    'too-late': (talk) => talk.says('my kettle AC-100004 was damaged in transit', { identity: tom }),
    return: async (talk) => {
      await talk.says(broken, { identity: chloe });
      await talk.says('', { files: ['f1'] });
      await talk.says('Send it back');
    },
    'already-open': async (talk) => {
      await talk.says(broken, { identity: chloe });
      await talk.says('', { files: ['f1'] });
      await talk.says('Money back');
      await talk.says('yes');
      await talk.says('the necklace arrived broken');
    },
  };
  test('and each has a test here', () => expect(Object.keys(refusals).sort()).toEqual([...parcelDamaged.refusals].sort()));
  test.each(Object.keys(refusals))('%s', async (code) => {
    const { shop, writes } = watched();
    const talk = await aTalk(await aCore({ shop: (own) => shop(code === 'no-orders' ? reading(own, { ordersOf: async () => [] }) : own) }));
    await refusals[code]?.(talk);
    expect(talk.keys()).toContain(`parcel-damaged.refused.${code}`);
    expect(talk.choices()).toContain('h');
    expect(writes).toEqual([]);
  });
});
