import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../src/classifiers/entities/entity-reader.js';
import { addressSlot } from '../../src/flows/address-slot.js';

const read = createEntityReader({ orderNumberPattern: 'AC-\\d{6}', returnNumberPattern: 'RMA-[A-Z0-9]{6}', country: 'PL' });
const heardIn = (text: string, locale: string): string => {
  const entities = read(text, locale, { at: '2026-06-17T12:00:00Z' });
  const mention = addressSlot.hear({ text, entities, intent: 'order_change_address', files: [], asked: true });
  return (mention?.said as { text: string } | undefined)?.text ?? '';
};

describe('words around an address are none of it', () => {
  test.each([
    ['de', 'nein, Calle Mayor 51, 28013 Madrid', 'Calle Mayor 51, 28013 Madrid'], ['fr', 'non, plutôt Calle Mayor 51, 28013 Madrid', 'Calle Mayor 51, 28013 Madrid'],
    ['fr', "non pardon, c'est Calle Mayor 51, 28013 Madrid", 'Calle Mayor 51, 28013 Madrid'], ['pt', 'não, na verdade Calle Mayor 51, 28013 Madrid', 'Calle Mayor 51, 28013 Madrid'],
    ['ru', 'нет, подождите, ul. Mokotowska 21, 00-561 Warszawa', 'ul. Mokotowska 21, 00-561 Warszawa'], ['ar', 'عفوا، الصحيح ul. Mokotowska 21, 00-561 Warszawa', 'ul. Mokotowska 21, 00-561 Warszawa'],
    ['ru', 'поменяйте адрес заказа AC-100002 на ul. Nowa 3, 31-056 Kraków', 'ul. Nowa 3, 31-056 Kraków'],
  ])('%s: %s', (locale, text, expected) => expect(heardIn(text, locale)).toBe(expected));

  test.each([
    ['es', 'Ana Ruiz, Calle Mayor 3, 28013 Madrid'], ['ru', 'Анна Иванова, ul. Nowa 3, 31-056 Kraków'], ['en', 'ul. Nowa 7, 30-001 Kraków'], ['ru', 'ул. Ленина 5, 101000 Москва'],
  ])('a recipient and a street stay, %s: %s', (locale, text) => expect(heardIn(text, locale)).toBe(text));
});
