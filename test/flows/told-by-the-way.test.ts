import { describe, expect, test } from '@jest/globals';
import type { Product } from '../../src/domain/product.js';
import type { Entity } from '../../src/domain/understanding.js';
import { createEntityReader } from '../../src/classifiers/entities/entity-reader.js';
import { readWish, type Part } from '../../src/flows/grounding/wish.js';
import { fittingFor, resolveWish } from '../../src/flows/grounding/wished-variant.js';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';
import type { Policy } from '../../src/domain/policy.js';
import { asksForOptions } from '../../src/domain/words/options-asked.js';

const read = createEntityReader({ orderNumberPattern: 'AC-\\d{6}', returnNumberPattern: 'RMA-[0-9A-Z]{6}', country: 'DE' });
const part = (text: string): Part => ({ text, entities: read(text, 'en', { locale: 'en', at: '2026-11-20T12:00:00Z' }) as readonly Entity[] });

const boots: Product = {
  id: 'boots', name: 'Trail boots', category: 'other', aliases: [],
  variants: [['40', 'suede', 'yes', 90], ['41', 'suede', 'no', 95], ['41', 'canvas', 'yes', 80], ['42', 'canvas', 'no', 85], ['42', 'suede', 'no', 99]].map(([size, material, waterproof, price]) => ({
    id: `boots-${size}-${material}-${waterproof}`, productId: 'boots', options: { size: String(size), material: String(material), waterproof: String(waterproof) }, price: { amount: Number(price) * 100, currency: 'EUR' }, stock: 3,
  })),
};
const mine = boots.variants[0] ?? boots.variants[1];
const resolved = (text: string) => (mine ? resolveWish(readWish(part(text), boots), boots, mine, false) : { drop: true as const });
const wanted = (text: string): string => {
  const found = resolved(text);
  return 'variant' in found ? found.variant.id : JSON.stringify(found);
};

describe('what a piece is to become, said by the way', () => {
  test('an option named only to say that it may be anything asks for nothing', () => {
    expect(wanted('size 41 with the same material, I do not mind if they are waterproof or not')).toBe('boots-41-suede-no');
    expect(wanted("in 41, keep the material, don't care whether they end up waterproof")).toBe('boots-41-suede-no');
  });

  test('preferences of several options count one after the other', () => {
    expect(wanted('size 42, and I prefer suede over canvas, not waterproof ideally')).toBe('boots-42-suede-no');
  });

  test('what fits what was said comes first where nothing is just like it', () => {
    const found = resolved('I want them in 42');
    expect('none' in found && found.none.slice(0, 2).map(({ id }) => id).toSorted()).toEqual(['boots-42-canvas-no', 'boots-42-suede-no']);
  });

  test('all that fits is found, whatever would be kept of the piece at hand', () => {
    expect(mine && fittingFor(readWish(part('in size 41'), boots), boots, mine).map(({ id }) => id)).toEqual(['boots-41-suede-no', 'boots-41-canvas-yes']);
  });

  test.each(['What options do I have there?', 'tell me all the choices with prices', 'which ones do you have', '¿Qué opciones hay?', 'Quais opções vocês têm?', 'Quelles sont les options ?', 'Welche Varianten gibt es?', 'Какие есть варианты?', 'ما الخيارات المتاحة؟', '有哪些款式'])('asks what there is: "%s"', (text) => expect(asksForOptions(text)).toBe(true));
  test.each(['I want the red one', 'have you sent it', 'exchange it for a larger one please'])('asks for nothing of the kind: "%s"', (text) => expect(asksForOptions(text)).toBe(false));
});

const alone = (policy: Policy): Policy => ({ ...policy, identity: { ...policy.identity, emailAlone: true, nameAndPostcodeAlone: true } });

describe('a buyer who chats', () => {
  test('corrects the name that fitted nobody, and need not tell the postcode again', async () => {
    const talk = await aTalk(await aCore({ policy: alone }));
    await talk.says('I would like to send something back');
    await talk.says('my login is kowalska_a, postcode 00-001');
    await talk.says('My name is Anna Kowalska.');
    expect(talk.keys().some((key) => key.startsWith('who.'))).toBe(false);
  });

  test('says that nothing is to be done if a part alone cannot be cancelled: nothing is', async () => {
    const talk = await aTalk(await aCore());
    await talk.says("If the lamp can't be cancelled on its own, then don't do anything with that order.", { identity: 'cus-0001' });
    expect(talk.keys()).toContain('plan.dropped');
  });

  test('wants the account to have the address an order was just promised', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('Please send my order AC-100002 to ul. Polna 3, 00-625 Warszawa', { identity: 'cus-0001' });
    expect(talk.keys()).toContain('change-address.plan');
    await talk.says('yes');
    await talk.says('please update the address of my account');
    expect(talk.keys()).toEqual(['account-update.plan', 'confirm.ask']);
    expect(talk.words()).toContain('ul. Polna 3');
  });

  test('asks for all that can be had: it is listed, and the dearest of it is taken', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I want another colour of the floor lamp in my order AC-100002, which ones do you have?', { identity: 'cus-0001' });
    expect(talk.keys()[0]).not.toBe('swap-items.plan.change');
    expect(talk.words()).toContain('black');
  });
});
