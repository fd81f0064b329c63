import { describe, expect, test } from '@jest/globals';
import { isAllBut } from '../../../src/domain/words/going.js';

describe('everything comes but one thing: that one goes', () => {
  test.each([
    'send everything except the mat', 'envíen todo menos la alfombra', 'podem mandar tudo menos o tapete', 'envoyez tout sauf le tapis', 'schickt bitte alles außer der Matte', 'bitte alles bis auf die Matte schicken',
    'отправьте всё, кроме коврика', 'أرسلوا كل شيء ما عدا السجادة', '除了垫子，其他都发', '发全部的，除了垫子',
  ])('%s', (text) => expect(isAllBut(text)).toBe(true));

  test.each(['cancel everything except the mat', 'cancelen todo menos la alfombra', 'annulez tout sauf le tapis', 'storniert alles außer der Matte', 'отмените всё, кроме коврика', 'ألغوا كل شيء ما عدا السجادة', '除了垫子，其他都取消', 'I want to cancel everything except the mat', 'quiero cancelar todo menos la alfombra', 'quero cancelar tudo menos o tapete', 'je veux annuler tout sauf le tapis', 'ich möchte alles stornieren außer der Matte', 'хочу отменить всё, кроме коврика', '除了垫子，其他都要取消'])('not: %s', (text) => expect(isAllBut(text)).toBe(false));
});
