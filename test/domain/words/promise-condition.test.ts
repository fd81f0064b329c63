import { describe, expect, test } from '@jest/globals';
import { hangsOnNoPromise, hangsOnPromise } from '../../../src/domain/words/promise-condition.js';

describe('a condition that something is promised', () => {
  test.each([
    'If you can’t guarantee that it leaves this week, cancel it', 'cancel it if you cannot promise me Friday',
    'Si no me pueden garantizar que salga esta semana, cancélenlo', 'Se não podem garantir que sai esta semana, cancelem',
    'Si vous ne pouvez pas garantir qu’elle parte cette semaine, annulez-la', 'Wenn ihr nicht garantieren könnt, dass es diese Woche rausgeht, dann bitte stornieren',
    'Wenn Sie mir das nicht zusagen können, stornieren Sie es', 'Если вы не можете гарантировать, что он уйдёт на этой неделе, отмените', 'إذا كنتم لا تستطيعون ضمان شحنه هذا الأسبوع فألغوه', '如果你们不能保证这周发货，就取消',
  ])('is one: %s', (text) => {
    expect(hangsOnPromise(text)).toBe(true);
    expect(hangsOnNoPromise(text)).toBe(true);
  });

  test.each([
    'If it is still under guarantee, repair it', 'You cannot guarantee anything, can you? If it is broken, send it back.', 'Si la garantía no cubre esto, lo devuelvo', 'Wenn die Garantie abgelaufen ist, schicke ich es zurück',
    'Если гарантия истекла, верну', '如果还在保修期内，请修理', 'I promise to send it back if you like',
  ])('is none: %s', (text) => expect(hangsOnPromise(text)).toBe(false));

  test.each([
    'If there is no guarantee of that, then yes', 'si no hay garantía de eso, entonces sí', 'se não há garantia disso, então sim', 's’il n’y a pas de garantie, alors oui',
    'wenn es keine Zusage gibt, dann ja', 'если нет гарантии, то да', 'إذا لا يوجد ضمان لذلك فنعم', '如果没有保证，那就可以',
  ])('is said again: %s', (text) => expect(hangsOnNoPromise(text)).toBe(true));
});
